"""Facts that are compared: a table for the terminal, plain objects for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tellings.edge.exports.facts import explained
from tellings.edge.exports.lines import value_in
from tellings.edge.writers import arrange, wording
from tellings.edge.writers.why import objects as why_objects
from tellings.edge.writers.why import printed
from tellings.model.counted import count
from tellings.model.record import FactEntry, Line
from tellings.model.records import Document
from tellings.model.text import Span
from tellings.tell.stated import StatedFact

if TYPE_CHECKING:
    from rich.console import Console

Articles = Mapping[str, tuple[Document, tuple[StatedFact, ...]]]

#: Characters of a sentence that a table shows, beside its value.
WIDEST = 110
#: Characters of an article's headline.
HEADLINE = 60
#: Characters that are shown behind a value at least.
BEHIND = 15
#: Articles whose sentence stands under a value, unless all are asked for.
MOST = 4


def table(
    slots: Sequence[FactEntry], articles: Articles, console: Console, *, every: bool = False, why: bool = False
) -> None:
    """Print the slots in the order of the page, each value with a sentence of some of its articles; with `every`, with
    all of them, and also sentences that several have, what one alone gives and what is not certain; with `why`, why
    each was found."""
    from rich.text import Text

    for label, (document, _) in articles.items():
        console.print(Text(f"{label}  {_article(document)}", style="dim"))
    groups = [group for group in arrange.facts(slots) if every or not group.folded]
    for group in groups:
        for entry in group.entries:
            console.print()
            console.print(Text(f"{group.name}: {_about(entry)}", style="bold"))
            if why:
                console.print(Text(f"  {printed(entry.why)}", style="dim"))
            for value in entry.values:
                labels = dict.fromkeys(line.words.telling for line in value.lines)
                carried = wording.carried_by(labels, value.origins)
                console.print(Text(f"  {wording.written(value, entry.kind)}  ({', '.join(labels)}: {carried})"))
                lines = value.lines if every else _firsts(value.lines)
                for line in lines:
                    words, _ = wording.shorten(_from_the_value(line), WIDEST)
                    console.print(Text(f"    {_reference(line, articles)}  {words}", style="dim"))
                    if why:
                        console.print(Text(f"      {printed(line.why)}", style="dim"))
                if left := len(value.lines) - len(lines):
                    console.print(Text(f"    and {count(left, 'more place')}, with --all", style="dim"))
            if because := wording.because(entry):
                console.print(Text(f"  {because}"))
            for other in entry.apart:
                name = articles[other.telling][0].name
                console.print(Text(f"  decided: “{other.exact}” at {name}@{other.start} is of another thing"))
    console.print()
    shown = sum(len(group.entries) for group in groups)
    left = len(slots) - shown
    console.print(Text(f"{count(shown, 'line')}" + (f"; {left} more with --all" if left else "")))


def _about(entry: FactEntry) -> str:
    """What an entry is about, as one says it; where no such words are known, the question it
    answers, or the first words of a sentence."""
    said = wording.spoken(entry)
    if not said and entry.kind == "claim":
        said = wording.slot(entry)
    elif not said and entry.kind != "name":
        said = wording.kind(entry)
    return ", ".join(map(wording.one_line, filter(None, (said, entry.whom)))) or wording.slot(entry)


def _firsts(lines: Sequence[Line]) -> Sequence[Line]:
    """The first lines of as many articles as are shown, in their order."""
    firsts = {line.words.telling: line for line in reversed(lines)}
    return [line for line in lines if firsts[line.words.telling] is line][:MOST]


def _article(document: Document) -> str:
    """What an article is called, and what is known of it: outlet, day, headline."""
    day = document.date.value
    known = (document.name, document.publisher.value if document.publisher else "", day.isoformat() if day else "")
    headline, _ = wording.shorten(wording.one_line(document.title.value if document.title else ""), HEADLINE)
    return " · ".join(filter(None, (*map(wording.one_line, known), headline)))


def _from_the_value(line: Line) -> str:
    """The words of a line on one line, from where its value is seen: a long beginning is left out."""
    start, end, _ = value_in(line)
    words, begins = line.words.exact, start - line.words.start
    if end - line.words.start <= WIDEST - BEHIND or len(words) <= WIDEST or end - start > WIDEST:
        return wording.one_line(words)
    cut = words.rfind(" ", 0, max(begins - WIDEST // 2, 0)) + 1
    return f"…{wording.one_line(words[cut:])}" if cut else wording.one_line(words)


def objects(slots: Sequence[FactEntry], articles: Articles) -> dict[str, Any]:
    """The slots, and each article with its facts, as plain objects; offsets in code points of the article's text."""
    return {
        "slots": [_slot(entry) for entry in slots],
        "articles": [
            {
                "label": label,
                "name": document.name,
                "facts": [_fact(document.text, each) for each in stated],
            }
            for label, (document, stated) in articles.items()
        ],
    }


def _slot(entry: FactEntry) -> dict[str, Any]:
    return {
        **{"id": entry.id, "relation": entry.relation, "kind": entry.kind, "head": entry.head, "whom": entry.whom},
        **{
            "scope": entry.scope,
            "explanation": explained(entry),
            "probability": entry.probability,
            "why": why_objects(entry.why),
        },
        "values": [
            {
                **{"label": value.label, "bound": value.bound, "origins": value.origins},
                "given": list(_given(value.lines)),
            }
            for value in entry.values
        ],
        "apart": [
            {"telling": words.telling, "start": words.start, "end": words.end, "exact": words.exact}
            for words in entry.apart
        ],
    }


def _given(lines: Sequence[Line]) -> Iterator[dict[str, Any]]:
    for line in lines:
        start, end, exact = value_in(line)
        yield {
            **{"telling": line.words.telling, "start": start, "end": end, "exact": exact},
            "sentence": line.words.exact,
            "why": why_objects(line.why),
        }


def _fact(text: str, each: StatedFact) -> dict[str, Any]:
    return {
        **{"kind": each.kind, "head": each.head, "whom": each.whom, "scope": each.scope, "bound": each.bound},
        **{"low": each.low, "high": each.high, "unit": each.unit},
        **{"earliest": _iso(each.when, 0), "latest": _iso(each.when, 1)},
        **{"start": each.span.start, "end": each.span.end, "exact": each.span.of(text)},
        "value": _span(text, each.value),
        "head_at": _span(text, each.head_at),
        "attribution": _span(text, each.attribution),
        **{"told_earliest": _iso(each.told, 0), "told_latest": _iso(each.told, 1), "rule": each.rule},
    }


def _iso(when: Any, side: int) -> str | None:
    return None if when is None else (when.latest if side else when.earliest).isoformat()


def _span(text: str, span: Span | None) -> dict[str, Any] | None:
    return {"start": span.start, "end": span.end, "exact": span.of(text)} if span is not None else None


def _reference(line: Line, articles: Articles) -> str:
    """How a decision names the value of a line."""
    return f"{articles[line.words.telling][0].name}@{value_in(line)[0]}"
