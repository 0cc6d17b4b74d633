"""What a library keeps, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import msgspec

from tellings.edge.writers.wording import day, one_line, shorten
from tellings.model.counted import count
from tellings.model.text import Span

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from tellings.model.kept import (
        Added,
        Addition,
        Alert,
        Changes,
        Decision,
        Hit,
        KeptStory,
        KeptTelling,
        News,
        TellingWords,
    )

#: Characters of a title, and of a line, that a table shows.
TITLE, LINE = 90, 300
#: Stories that an addition names.
NAMED = 10


def as_object(told: Any) -> Any:
    """Anything told of a library as plain objects."""
    return msgspec.to_builtins(told)


def stories(found: Sequence[KeptStory], console: Console) -> None:
    """Print stories: title, how much of it, when, what is new."""
    from rich.text import Text

    for story in found:
        console.print(Text(_short(story.title, TITLE), style="bold"))
        told = [
            story.id,
            count(story.tellings, "article"),
            count(story.outlets, "outlet") if story.outlets else "",
            _days(story.first, story.last),
            f"{story.new} new" if story.new else "",
        ]
        console.print(Text("  " + " · ".join(filter(None, told))))
    if not found:
        console.print(Text("no story"))


def tellings(found: Iterable[KeptTelling], console: Console) -> None:
    """Print the tellings of a story, each with its id and where it is from."""
    from rich.text import Text

    for telling in found:
        told = [
            telling.id,
            _day(telling.published) or "no day",
            telling.publisher or "",
            _short(telling.title or telling.name, TITLE),
            f"{telling.revisions} texts" if telling.revisions > 1 else "",
        ]
        console.print(Text("  " + " · ".join(filter(None, map(one_line, told)))))


def hits(found: Iterable[Hit], console: Console) -> None:
    """Print lines that words were found in, with these marked."""
    from rich.text import Text

    for hit in found:
        head = [
            hit.publisher or "",
            _day(hit.published),
            _short(hit.title or "", TITLE),
            f"{hit.telling}@{hit.span.start}",
        ]
        console.print(Text(" · ".join(filter(None, map(one_line, head))), style="bold"))
        line = Text("  ")
        if hit.speaker:
            line.append(f"{one_line(hit.speaker)}: ")
        _append_marked(line, hit.words, hit.marks)
        console.print(line)


def alerts(found: Sequence[Alert], console: Console) -> None:
    """Print what saved searches found that is new."""
    from rich.text import Text

    for each in found:
        told_of = [count(len(each.developments), "development")] if each.developments else []
        told_of += [count(len(each.hits), "new line")] if each.hits else []
        new = ", ".join(told_of) or "nothing new"
        console.print(Text(f"{one_line(each.name)}: {new}", style="bold"))
        hits(each.hits, console)
        for told in each.developments:
            console.print(Text("  " + one_line(": ".join(filter(None, (told.what, told.about)))), style="italic"))
            # Of persons their names say it.
            for sign, words in (("-", told.before), ("+", told.now)) if told.kind != "person" else ():
                for said in words:
                    console.print(Text(f"  {sign} {_short(said.words, LINE)}  [{_where(said)}]"))
    if not found:
        console.print(Text("no search is saved, and no story followed"))


def rss(found: Iterable[Alert]) -> str:
    """What saved searches found that is new, as a feed (RSS 2.0)."""
    channel = ElementTree.Element("channel")
    for tag, text in (("title", "tellings: alerts"), ("link", ""), ("description", "New lines of saved searches")):
        ElementTree.SubElement(channel, tag).text = text
    for each in found:
        for hit in each.hits:
            where = " · ".join(filter(None, (hit.publisher, hit.title)))
            place = f"{hit.telling}#char={hit.span.start},{hit.span.end}"
            _item(channel, f"{each.name}: {where}", hit.words, place, hit.published)
        for told in each.developments:
            said = (*told.before, *told.now)
            words = "\n".join(f"{_where(one)}: {one.words}" for one in said)
            places = ",".join(f"{one.telling}#char={one.span.start},{one.span.end}" for one in said[-1:])
            about = ": ".join(filter(None, (each.name, told.what, told.about)))
            _item(channel, about, words, f"{told.kind}:{places or told.about}", said[-1].published if said else None)
    feed = ElementTree.Element("rss", version="2.0")
    feed.append(channel)
    return ElementTree.tostring(feed, encoding="unicode", xml_declaration=True) + "\n"


def _item(channel: ElementTree.Element, title: str, words: str, place: str, published: str | None) -> None:
    item = ElementTree.SubElement(channel, "item")
    ElementTree.SubElement(item, "title").text = _in_xml(title)
    ElementTree.SubElement(item, "description").text = _in_xml(words)
    ElementTree.SubElement(item, "guid", isPermaLink="false").text = place
    if published:
        moment = datetime.combine(date.fromisoformat(published), time(), UTC)
        ElementTree.SubElement(item, "pubDate").text = format_datetime(moment)


def _in_xml(words: str) -> str:
    """Words without what XML 1.0 cannot hold."""
    return "".join(character if character.isprintable() else " " for character in words)


def changes(found: Sequence[Changes], console: Console) -> None:
    """Print what changed from one text to the next."""
    from rich.text import Text

    for each in found:
        console.print(Text(f"Text {each.revision}, added on {_day(each.at[:10])}", style="bold"))
        for change in each.changes:
            console.print(Text(f"  {change.kind}: {', '.join(change.what)}", style="italic"))
            for sign, words in (("-", change.before), ("+", change.after)):
                if words is not None:
                    console.print(Text(f"  {sign} {_short(words, LINE)}"))
        if not each.changes:
            console.print(Text("  nothing of substance"))
    if not found:
        console.print(Text("one text of it is kept: nothing to compare"))


def news(found: Sequence[News], console: Console) -> None:
    """Print what is new in stories."""
    from rich.text import Text

    for each in found:
        stories([each.story], console)
        if not each.tellings:
            console.print(Text("  nothing new"))
        tellings(each.tellings, console)
        for line in each.lines:
            console.print(Text(f"  + {_short(line.words, LINE)}  [{_where(line)}]"))
    if not found:
        console.print(Text("nothing new"))


def decisions(found: Iterable[Decision], console: Console, *, orphaned: Iterable[Decision] = ()) -> None:
    """Print decisions: number, kind, of what, by whom."""
    from rich.text import Text

    lone = {each.number for each in orphaned}
    for each in found:
        of = " and ".join(filter(None, (each.a, each.b)))
        value = f": {_short(_value(each), LINE)}" if each.value else ""
        undone = f", undone by {each.undone_by} on {_day((each.undone_at or '')[:10])}" if each.undone_at else ""
        orphan = ", of something that is no longer there" if each.number in lone else ""
        said = f"decision {each.number}, {each.kind} of {of}{value} ({each.who}, {_day(each.at[:10])}{undone}{orphan})"
        console.print(Text(one_line(said)))


def _value(decision: Decision) -> str:
    """The value of a decision; of places the words there, and who speaks."""
    if "@" not in decision.a or not (decision.value or "").startswith("["):
        return decision.value or ""
    words, *more = json.loads(decision.value or "[]")
    return " | ".join((words, *more)) if decision.b else f"{more[0]}: {words}" if more else words


def additions(found: Iterable[Addition], console: Console) -> None:
    """Print what was added when."""
    from rich.text import Text

    for each in found:
        told = [
            each.at,
            f"{each.new_tellings} new",
            f"{each.new_revisions} changed" if each.new_revisions else "",
            f"{each.known} known" if each.known else "",
            ", ".join(each.paths[:3]) + (", …" if len(each.paths) > 3 else ""),
        ]
        console.print(Text(one_line(" · ".join(filter(None, told)))))


def added(told: Added, changed: Sequence[KeptStory], console: Console) -> None:
    """Print what an addition brought; `changed` are the stories that are others by it, as they are listed."""
    from rich.text import Text

    parts = [f"{count(len(told.new), 'new article')}"]
    if told.revised:
        parts.append(f"{count(len(told.revised), 'article')} with another text")
    if told.known:
        parts.append(f"{told.known} known already")
    console.print(Text(", ".join(parts)))
    if changed:
        stories(changed[:NAMED], console)
    if len(changed) > NAMED:
        console.print(Text(f"and {count(len(changed) - NAMED, 'other story')}; tellings list --new shows them"))


def added_object(told: Added, changed: Sequence[KeptStory]) -> dict[str, Any]:
    """What an addition brought as plain objects, without its problems, which stand on standard error. `changed` as for
    `added`."""
    return {
        "number": told.number,
        "new": list(told.new),
        "revised": list(told.revised),
        "known": told.known,
        "stories": [story.id for story in changed],
    }


def _where(said: TellingWords) -> str:
    """Outlet, day and telling of words."""
    return one_line(" · ".join(filter(None, (said.publisher or "", _day(said.published), said.telling))))


def _append_marked(line: Text, words: str, marks: Iterable[Span]) -> None:
    """Words with the marked ones in bold, a piece of them where they are long."""
    from rich.text import Text

    # One character for each, so that the marks stay where they are.
    seen = "".join(character if character.isprintable() else " " for character in words)
    shown = Text(seen)
    first = None
    for mark in marks:
        shown.stylize("bold", mark.start, mark.end)
        first = mark.start if first is None else first
    start = max(0, (first or 0) - LINE // 3)
    piece = shown[start : start + LINE]
    line.append("…" if start else "").append(piece).append("…" if start + LINE < len(seen) else "")


def _short(words: str | None, most: int) -> str:
    return shorten(one_line(words or ""), most)[0]


def _day(told: str | None) -> str:
    return day(date.fromisoformat(told)) if told else ""


def _days(first: str | None, last: str | None) -> str:
    if first is None or last is None:
        return ""
    return _day(first) if first == last else f"{_day(first)} – {_day(last)}"
