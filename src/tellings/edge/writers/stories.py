"""Stories of a pile for people and for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tellings.edge.writers.wording import day, one_line, shorten
from tellings.model.counted import count
from tellings.model.records import Document
from tellings.tell.stories import StoryLine

if TYPE_CHECKING:
    from rich.console import Console

#: Characters of a headline that a table shows, and names of tellings under it.
WIDEST, NAMES = 90, 6


def table(lines: Sequence[StoryLine], documents: Mapping[str, Document], console: Console) -> None:
    """Print the stories, the largest first: headline, tellings, days and people."""
    from rich.text import Text

    headlines = {line.id: shorten(one_line(line.headline.exact), WIDEST // 2)[0] for line in lines}
    for line in lines:
        headline, _ = shorten(one_line(line.headline.exact), WIDEST)
        console.print(Text(headline, style="bold"))
        told = [count(len(line.tellings), "article"), _days(line), *line.people]
        console.print(Text("  " + " · ".join(filter(None, told))))
        if line.running != line.id and (first := headlines.get(line.running)):
            console.print(Text(f"  part of a running story with: {first}", style="italic"))
        names = [one_line(documents[member].name) for member in line.tellings]
        more = f", and {len(names) - NAMES} more" if len(names) > NAMES else ""
        console.print(Text(f"  {', '.join(names[:NAMES])}{more}"))
    running = count(len({line.running for line in lines}), "running story")
    tellings = sum(len(line.tellings) for line in lines)
    console.print(Text(f"{count(len(lines), 'story')}, {running}, in {count(tellings, 'article')}"))


def objects(lines: Sequence[StoryLine], documents: Mapping[str, Document]) -> list[dict[str, Any]]:
    """The stories as plain objects; offsets in code points of the telling's text."""
    return [
        {
            "id": line.id,
            "running": line.running,
            "headline": {
                "telling": documents[line.headline.document].name,
                "start": line.headline.span.start if line.headline.span else None,
                "end": line.headline.span.end if line.headline.span else None,
                "exact": line.headline.exact,
            },
            "people": list(line.people),
            "first": line.first.isoformat() if line.first else None,
            "last": line.last.isoformat() if line.last else None,
            "publishers": list(line.publishers),
            "tellings": [{"id": member, "name": documents[member].name} for member in line.tellings],
        }
        for line in lines
    ]


def _days(line: StoryLine) -> str:
    if line.first is None or line.last is None:
        return ""
    return day(line.first) if line.first == line.last else f"{day(line.first)} – {day(line.last)}"
