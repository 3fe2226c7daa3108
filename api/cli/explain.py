"""`servanda explain`: why an undertaking stands where it stands, down to the words of sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

import typer

from api.cli.answering import Json, answered, caption, write_json
from api.cli.options import (
    AnswerFormat,
    AsOf,
    DataDir,
    FormatOption,
    KnownAt,
    PolicyName,
    PolicyOption,
    Version,
    asked,
)
from api.cli.tables import obligation_cells
from api.cli.terminal import say, visible, write
from api.identifiers import short

_DECIDES: Final = "*"


def explain(
    id: Annotated[  # noqa: A002
        str,
        typer.Argument(metavar="ID", help="Such as commitment/multinational-force, or its label."),
    ],
    debtor: Annotated[
        str | None, typer.Option(metavar="ID", help="Only for this debtor, such as actor/france.")
    ] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    policy: PolicyOption = PolicyName.sceptical,
    version: Version = None,
    format: FormatOption = AnswerFormat.table,  # noqa: A002
    data_dir: DataDir = None,
) -> None:
    """Explain a state for each debtor: the sentence, the tree (* decides) and obligations."""
    from api.jobs.undertakings import Explain

    answer = answered(data_dir, Explain(asked(as_of, known_at, policy), id, debtor), version)
    if format is AnswerFormat.json:
        write_json(answer)
        return
    if answer["debtors"]:
        text = "\n\n".join("\n".join(_lines(each)) for each in answer["debtors"])
        write(visible(text).encode())
    else:
        say("no debtor is named")
    say(f"{short(answer['undertaking'])}; {caption(answer)}")


def _lines(of_debtor: Json) -> Iterator[str]:
    since = of_debtor["since"]
    started = "from the beginning" if since is None else f"since {since}"
    yield f"{of_debtor['label']}, {started}: {of_debtor['sentence']}"
    for gate, tree in of_debtor["gates"].items():
        decides = " (decides)" if gate == of_debtor["decidedBy"] else ""
        yield f"  {gate}{decides}"
        yield from _tree(tree, of_debtor["label"], depth=2)
    yield from map(_obligation, of_debtor["obligations"])


def _obligation(obligation: Json) -> str:
    trigger, since, due, state, provided = obligation_cells(obligation)
    parts = [f"obligation since {since}"]
    parts += [f"by {trigger}"] if trigger else []
    parts += [f"due {due}"] if due else []
    return f"  {', '.join(parts)}: {state}" + (f", {provided} provided" if provided else "")


def _tree(node: Json, who: str, depth: int) -> Iterator[str]:
    """Write a node and all below it, one to a line; `*` marks those on which the value rests."""
    from api.labels import BETWEEN, judged

    mark = _DECIDES if node["contributes"] else " "
    indent = "  " * depth
    operator = f" ({node['operator']})" if node["operator"] else ""
    needless = "" if node["applies"] else f" for {who}"
    yield f"{indent}{mark} {judged(node)}{needless}: {node['label']}{operator}{_limit(node)}"
    for word in ("for", "against"):
        for claim in node[word]:
            yield f"{indent}      {word}: {_claim(claim)}"
    for place, operand in enumerate(node["operands"]):
        if place == 1 and node["kind"] in BETWEEN:
            yield f"{indent}    {BETWEEN[node['kind']]}"
        yield from _tree(operand, who, depth + 1)


def _limit(node: Json) -> str:
    return f" (applies to {node['appliesTo']['label']})" if node["appliesTo"] else ""


def _claim(claim: Json) -> str:
    said = " … ".join(f"“{each}”" for each in claim["quotations"]) or claim["label"]
    paragraphs = claim["paragraphs"]
    where = f"paragraph{'s' * (len(paragraphs) > 1)} {', '.join(paragraphs)}" if paragraphs else ""
    speakers, sources = (
        " and ".join(each["label"] for each in claim[who]) for who in ("speakers", "sources")
    )
    return ", ".join(filter(None, (said, speakers, sources, where)))
