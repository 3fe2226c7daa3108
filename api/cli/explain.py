"""`servanda explain`: why an undertaking stands where it stands, down to the words of sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.options import (
    AnswerFormat,
    AsOf,
    DataDir,
    FormatOption,
    KnownAt,
    PolicyName,
    PolicyOption,
)
from api.cli.terminal import say, visible, write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.cli.situation import Json, Situation
    from graph.explain import Explanation


def explain(
    id: Annotated[  # noqa: A002
        str, typer.Argument(metavar="ID", help="Such as commitment/multinational-force.")
    ],
    debtor: Annotated[
        str | None, typer.Option(metavar="ID", help="Only for this debtor, such as actor/france.")
    ] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    policy: PolicyOption = PolicyName.sceptical,
    format: FormatOption = AnswerFormat.table,  # noqa: A002
    data_dir: DataDir = None,
) -> None:
    """Explain a state for each debtor: the sentence, then the tree; * marks what decides."""
    from api.cli.situation import asked, identified, short
    from graph.difference import explained

    situation = asked(data_dir, as_of, known_at, policy)
    undertaking = situation.undertaking(id)
    debtors = undertaking.debtors
    if debtor is not None:
        noun = f"named debtor of `{short(undertaking.id)}`"
        debtors = (identified(debtor, debtors, noun),)
    found = [explained(situation.view, undertaking.id, each) for each in debtors]
    if format is AnswerFormat.json:
        answers = [_json(situation, each) for each in found]
        situation.write_json({"undertaking": undertaking.id, "debtors": answers})
        return
    if found:
        text = "\n\n".join("\n".join(_lines(situation, each)) for each in found)
        write(visible(text).encode())
    else:
        say("no debtor is named")
    say(f"{short(undertaking.id)}; {situation.caption()}")


def _lines(situation: Situation, explanation: Explanation) -> Iterator[str]:
    from api.cli.situation import shown_day
    from api.cli.trees import lines

    since = shown_day(explanation.phase.start)
    started = "from the beginning" if since is None else f"since {since}"
    sentence = situation.sentences.explanation(explanation)
    yield f"{situation.name(explanation.debtor)}, {started}: {sentence}"
    for gate, tree in explanation.gates.items():
        decides = " (decides)" if gate is explanation.phase.standing.gate else ""
        yield f"  {gate.value}{decides}"
        yield from lines(situation, tree, explanation.debtor, depth=2)


def _json(situation: Situation, explanation: Explanation) -> Json:
    from api.cli.standings import debtor_json
    from api.cli.trees import tree_json

    decides = explanation.phase.standing.gate
    return {
        **debtor_json(situation, explanation),
        "decided_by": decides and decides.value,
        "gates": {
            gate.value: tree_json(situation, tree, explanation.debtor)
            for gate, tree in explanation.gates.items()
        },
    }
