"""Writes a drawing as SVG: words are words, links can be reached, and colours are the page's."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from api.drawing.box import LABEL, PADDING, Placed, Row, rows_of
from api.drawing.diagram import Arrow, Diagram


def svg(diagram: Diagram, name: str, title: str, told: str) -> Markup:
    """Write a drawing in a box of its own that scrolls where it is too wide.

    `name` tells it from others on its page, and `told` says in words what it shows. It takes its
    colours from the classes of style.css.
    """
    size = f"{diagram.width} {diagram.height}"
    return Markup(
        '<div class="diagram" role="region" aria-label="{title}" tabindex="0">\n'
        '<svg width="{width}" height="{height}" viewBox="0 0 {size}" role="group" '
        'aria-labelledby="{name}-title" aria-describedby="{name}-told">\n'
        '<title id="{name}-title">{title}</title>\n<desc id="{name}-told">{told}</desc>\n'
        "{arrows}\n{boxes}\n</svg>\n</div>"
    ).format(
        title=title,
        told=told,
        name=name,
        size=size,
        width=diagram.width,
        height=diagram.height,
        arrows=_joined(map(_arrow, diagram.arrows)),
        boxes=_joined(map(_box, diagram.boxes)),
    )


def _arrow(arrow: Arrow) -> Markup:
    look = f" {arrow.look}" * bool(arrow.look) + " back" * arrow.back
    heads = (Markup('<path class="head{}" d="{}"/>').format(look, each) for each in arrow.heads)
    path = Markup('<path class="edge{}" d="{}"/>').format(look, arrow.path)
    return path + Markup("").join(heads)


def _box(placed: Placed) -> Markup:
    box = placed.box
    words = [_words(placed, row) for row in rows_of(placed)]
    if box.look == LABEL:
        return _joined(words)
    frame = Markup('<rect class="box {}" x="{}" y="{}" width="{}" height="{}" rx="5"/>').format(
        box.look, placed.x, placed.y, box.width, box.height
    )
    return _joined([frame, *words])


def _words(placed: Placed, row: Row) -> Markup:
    line, is_label = row.line, placed.box.look == LABEL
    x = placed.x + (placed.box.width // 2 if is_label else PADDING)
    spans = Markup(" ").join(
        Markup('<tspan x="{}" y="{}">{}</tspan>').format(x, foot, text) for text, foot in row.texts
    )
    language = Markup(' lang="{}"').format(line.language) if line.language else ""
    looks = "strong" * line.strong or "sub", LABEL * is_label
    text = Markup('<text class="{}"{}>{}</text>').format(
        " ".join(filter(None, looks)), language, spans
    )
    if line.href is None:
        return text
    inset = 0 if is_label else PADDING // 2
    room = Markup('<rect class="room" x="{}" y="{}" width="{}" height="{}"/>').format(
        placed.x + inset, row.top, placed.box.width - 2 * inset, row.height
    )
    return Markup('<a href="{}">{}{}</a>').format(line.href, room, text)


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("\n").join(parts)
