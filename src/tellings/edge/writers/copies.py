"""Copies, and two tellings side by side, for people and for programs."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from tellings.edge.writers.why import objects as why_objects
from tellings.edge.writers.why import printed
from tellings.edge.writers.wording import one_line, shorten
from tellings.model.counted import count
from tellings.tell.copies import Copies, Piece, SideBySide

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

#: Passages that a table lists, and characters of one.
LISTED, WIDEST = 12, 110
_STYLES = {"same": "", "changed": "bold underline", "only": "dim"}
# Not by style alone: what is changed stands between these.
_OPEN, _CLOSE = "⟨", "⟩"


def table(found: Copies, console: Console, *, why: bool = False) -> None:
    """Print the tellings with what they share, the near-duplicates, the longest passages and the origins; with `why`,
    why each pair was found."""
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=None, pad_edge=False, header_style="bold")
    for heading, right in (("", False), ("telling", False), ("words", True), ("shared", True), ("most with", False)):
        drawn.add_column(heading, justify="right" if right else "left")
    for telling in found.tellings:
        share = f"{100 * telling.shared / telling.words:.0f}%" if telling.words else "–"
        nearest = f"{telling.nearest}, earlier" if telling.nearest else ""
        drawn.add_row(telling.label, Text(one_line(telling.name)), str(telling.words), share, nearest)
    console.print(drawn)
    for pair in found.near_duplicates:
        console.print(Text(f"{pair.a} and {pair.b}: {pair.rule}, {100 * pair.containment:.0f}% of the smaller"))
        if why:
            console.print(Text(f"    {printed(pair.why)}", style="dim"))
    for passage in found.passages[:LISTED]:
        words, _ = shorten(one_line(passage.a.exact), WIDEST)
        kind = "quote one speaker" if passage.kind == "quotation" else "share"
        console.print(
            Text(f"{passage.a.telling} and {passage.b.telling} {kind}, {count(passage.words, 'word')}: “{words}”")
        )
        if why:
            console.print(Text(f"    {printed(passage.why)}", style="dim"))
    if len(found.passages) > LISTED:
        console.print(Text(f"and {count(len(found.passages) - LISTED, 'more passage')} (all of them: --format json)"))
    tellings = count(len(found.tellings), "article")
    groups = ", ".join("+".join(group) for group in found.origins)
    console.print(Text(f"{tellings}, {count(len(found.origins), 'independent origin')}: {groups}"))


def objects(found: Copies) -> dict[str, Any]:
    """Copies as plain objects; offsets in code points of the tellings' texts."""
    return {
        "tellings": [
            {
                **{"label": each.label, "id": each.id, "name": each.name},
                **{"words": each.words, "shared": each.shared, "nearest": each.nearest},
            }
            for each in found.tellings
        ],
        "near_duplicates": [
            {
                **{"a": each.a, "b": each.b, "rule": each.rule},
                **{"containment": each.containment, "resemblance": each.resemblance, "why": why_objects(each.why)},
            }
            for each in found.near_duplicates
        ],
        "passages": [
            {
                **{"kind": each.kind, "words": each.words},
                **{
                    side: {"telling": at.telling, "start": at.start, "end": at.end, "exact": at.exact}
                    for side, at in (("a", each.a), ("b", each.b))
                },
                "why": why_objects(each.why),
            }
            for each in found.passages
        ],
        "origins": [list(group) for group in found.origins],
    }


def columns(found: SideBySide, console: Console) -> None:
    """Print the two tellings' shared passages in two columns, and what only one of them has as a count."""
    from rich.table import Table
    from rich.text import Text

    drawn = Table(show_lines=True, expand=True)
    for name, shared, words in zip(found.names, found.shared, found.words, strict=True):
        drawn.add_column(
            Text(f"{one_line(name)}: {shared:,} of {count(words, 'word')} shared"), ratio=1, overflow="fold"
        )
    for number in range(1, len(found.passages) + 1):
        drawn.add_row(*(_passage(side, number) for side in (found.first, found.second)))
    console.print(drawn)
    if not found.passages:
        console.print(Text("No passage is shared."))
    else:
        console.print(Text(f"{_OPEN}{_CLOSE}: other words, or only here"))


def _passage(pieces: tuple[Piece, ...], number: int) -> Text:
    from rich.text import Text

    line = Text()
    for piece in pieces:
        if piece.passage == number:
            words = one_line(piece.exact) if piece.exact.strip() else " "
            lead = " " if piece.exact[:1].isspace() and words != " " else ""
            tail = " " if piece.exact[-1:].isspace() and words != " " else ""
            marked = f"{_OPEN}{words}{_CLOSE}" if piece.side == "changed" else words
            line.append(f"{lead}{marked}{tail}", style=_STYLES[piece.side])
    return line


def page(found: SideBySide) -> str:
    """The two tellings as an HTML page that stands alone: shared passages marked and numbered, differences in them."""
    from jinja2 import BaseLoader, Environment, StrictUndefined

    environment = Environment(
        loader=BaseLoader(), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_template()).render(found=found, count=count, sides=(found.first, found.second))


@cache
def _template() -> str:
    file = resources.files("tellings").joinpath("edge", "writers", "page", "diff.html.j2")
    return file.read_text(encoding="utf-8")
