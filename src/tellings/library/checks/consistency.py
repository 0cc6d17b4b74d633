"""What a record says of itself, held against itself and the tellings' texts: nothing is read or found anew.

Each check is one function of the record, which gives what does not agree. All bear a record that somebody has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tellings.across.origins import by_telling
from tellings.library.checks.outcome import Failure
from tellings.library.checks.quotations import quotations
from tellings.model.counted import count
from tellings.model.record import Evidence, Head, Line, Record, TellingLine, TimelineEntry
from tellings.model.records import STORY_KINDS
from tellings.model.text import Span
from tellings.tell.cite import label
from tellings.tell.given import given
from tellings.tell.line_ids import Anchors, Entry, named
from tellings.tell.shared_text import covered


@dataclass(frozen=True)
class _Known:
    """A record and the texts of its tellings by label (`None`: neither source nor text is there)."""

    record: Record
    texts: Mapping[str, str | None]

    @cached_property
    def origin(self) -> dict[str, int]:
        """Label → the number of its independent origin."""
        return by_telling(self.record.origins)

    def origins(self, labels: Iterable[str]) -> int:
        """How many independent origins stand behind `labels`; one that is in none counts for itself."""
        return len({self.origin.get(label, label) for label in labels})

    def prints(self, name: str, labels: Iterable[str]) -> bool:
        """Whether one of the tellings prints `name`; where a text is not there, that cannot be denied."""
        texts = [self.texts.get(label) for label in labels]
        return any(text is None or _spaced(name) in _spaced(text) for text in texts)


def inconsistencies(record: Record, texts: Mapping[str, str | None]) -> Iterator[Failure]:
    """Everything in `record` that does not agree; `texts` are label → text, `None` where there is none."""
    known = _Known(record, texts)
    for check in _CHECKS:
        yield from check(known)


# ---- the tellings ------------------------------------------------------------------------


def _labels(known: _Known) -> Iterator[Failure]:
    """Labels run from A, ids are unique, and no line speaks of a telling that is not there."""
    tellings = known.record.tellings
    for index, telling in enumerate(tellings):
        if telling.label != label(index):
            yield _of(telling, "label", f"telling number {index + 1} is labelled {label(index)}, not {telling.label}")
    if len({telling.id for telling in tellings}) != len(tellings):
        yield Failure("tellings", "", "two of them have one id")
    for path, each in strays(known.record):
        yield Failure(path, each, f"there is no telling {each} in the record")


def strays(record: Record) -> Iterator[tuple[str, str]]:
    """Where the record speaks of a telling that it does not have, and the label."""
    there = {telling.label for telling in record.tellings}
    named = [
        *((path, words.telling) for path, words in record.evidence()),
        *(("near_duplicates", each) for pair in record.near_duplicates for each in (pair.a, pair.b)),
        *(("credits", each) for credit in record.credits for each in credit.labels),
        *(("quotes", variant.telling) for entry in record.quotes for variant in entry.variants),
        *(("origins", each) for group in record.origins for each in group),
    ]
    return ((path, each) for path, each in named if each not in there)


def _bare(known: _Known) -> Iterator[Failure]:
    """Every line rests on words."""
    for path in bare(known.record):
        yield Failure(path, "", "it rests on no words of any telling")


def bare(record: Record) -> Iterator[str]:
    """The path of each entry, or value, that rests on no words."""
    yield from (f"people[{entry.id}]" for entry in record.people if not entry.names)
    yield from (f"timeline[{entry.id}]" for entry in record.timeline if not entry.lines)
    for quote in record.quotes:
        if not quote.variants or not all(variant.stretches for variant in quote.variants):
            yield f"quotes[{quote.id}]"
    for fact in record.facts:
        if not fact.values or not all(value.lines for value in fact.values):
            yield f"facts[{fact.id}]"


def _ids(known: _Known) -> Iterator[Failure]:
    """Each line is called by what it says of which words."""
    record = known.record
    anchors = Anchors({telling.label: (telling.id, telling.date.value) for telling in record.tellings})
    yield from _misnamed("people", anchors, record.people)
    yield from _misnamed("timeline", anchors, record.timeline)
    yield from _misnamed("brief", anchors, record.brief)
    yield from _misnamed("quotes", anchors, record.quotes)
    yield from _misnamed("facts", anchors, record.facts)
    yield from _misnamed("passages", anchors, record.passages)
    yield from _misnamed("near_duplicates", anchors, record.near_duplicates)
    yield from _misnamed("credits", anchors, record.credits)


def _misnamed(view: str, anchors: Anchors, entries: tuple[Entry, ...]) -> Iterator[Failure]:
    if len({entry.id for entry in entries}) != len(entries):
        yield Failure(view, "", "two lines have one id")
        return
    for entry, right in zip(entries, named(anchors, entries), strict=True):
        if entry.id != right.id:
            yield Failure(f"{view}[{entry.id}].id", "", f"by what the line says it is {right.id}")


def _order(known: _Known) -> Iterator[Failure]:
    days = [telling.date.value for telling in known.record.tellings]
    dated = [day for day in days if day is not None]
    if days != [*sorted(dated), *[None] * (len(days) - len(dated))]:
        yield Failure("tellings", "", "they do not stand in the order of their dates")


def _stretches(known: _Known) -> Iterator[Failure]:
    """Blocks and parts tile the text, and a block tells the story as its kind says."""
    for telling in known.record.tellings:
        text = known.texts.get(telling.label)
        for name in ("blocks", "parts"):
            found = getattr(telling, name)
            ends = [0, *(each.end for each in found)]
            whole = text is None or ends[-1] == len(text)
            if [each.start for each in found] != ends[:-1] or any(e.end < e.start for e in found) or not whole:
                yield _of(telling, name, "they do not cover the text without gap or overlap")
        for index, block in enumerate(telling.blocks):
            if block.story != (block.kind in STORY_KINDS):
                yield _of(telling, f"blocks[{index}].story", f"a {block.kind} is not said to be that")


def _words(known: _Known) -> Iterator[Failure]:
    """How many words of story a telling has, and how many of them it shares."""
    shared: dict[str, list[Span]] = {}
    for passage in known.record.passages:
        for side in (passage.a, passage.b):
            if 0 <= side.start <= side.end:
                shared.setdefault(side.telling, []).append(Span(side.start, side.end))
    for telling in known.record.tellings:
        text = known.texts.get(telling.label)
        if text is None:
            continue
        story = [Span(b.start, b.end) for b in telling.blocks if b.story and 0 <= b.start <= b.end <= len(text)]
        words, common = covered(text, story, shared.get(telling.label, []))
        if telling.words != words:
            yield _of(telling, "words", f"its story has {count(words, 'word')}, not {telling.words}")
        if telling.shared != common:
            yield _of(telling, "shared", f"{common} of its words stand in the passages, not {telling.shared}")


def _head(known: _Known) -> Iterator[Failure]:
    record, head = known.record, known.record.head
    days = [telling.date.value for telling in record.tellings if telling.date.value is not None]
    counted = Head(
        tellings=len(record.tellings),
        outlets=len({telling.publisher.value.casefold() for telling in record.tellings if telling.publisher}),
        unnamed=sum(telling.publisher is None for telling in record.tellings),
        origins=len(record.origins),
        first=min(days, default=None),
        last=max(days, default=None),
        undated=len(record.tellings) - len(days),
        title=head.title,
    )
    for name in ("tellings", "outlets", "unnamed", "origins", "first", "last", "undated"):
        said, right = getattr(head, name), getattr(counted, name)
        if said != right:
            yield Failure(f"head.{name}", "", f"it is {right} by the tellings, not {said}")
    if head.title is not None:
        blocks = [b for t in record.tellings if t.label == head.title.telling for b in t.blocks]
        if not any(b.kind == "headline" and b.start <= head.title.start <= head.title.end <= b.end for b in blocks):
            yield Failure("head.title", head.title.telling, "it stands in no headline")


def _origins(known: _Known) -> Iterator[Failure]:
    """Every telling is in one origin; those that are one origin by their credits are in the same."""
    grouped = [each for group in known.record.origins for each in group]
    if sorted(grouped) != sorted(telling.label for telling in known.record.tellings):
        yield Failure("origins", "", "not every telling is in exactly one of them")
    for credit in known.record.credits:
        if known.origins(credit.labels) > 1:
            yield Failure("credits", credit.labels[0], f"{', '.join(credit.labels)} are not one origin")


# ---- the views ---------------------------------------------------------------------------


def _people(known: _Known) -> Iterator[Failure]:
    for person in known.record.people:
        if not known.prints(person.name, [words.telling for words in person.names]):
            yield Failure(f"people[{person.id}].name", "", f"no telling that names this person prints {person.name!r}")


def _timeline(known: _Known) -> Iterator[Failure]:
    entries = known.record.timeline
    if [entry.when for entry in entries] != sorted(entry.when for entry in entries):
        yield Failure("timeline", "", "its entries do not stand in the order of their days")
    for entry in entries:
        path = f"timeline[{entry.id}]"
        if entry.vague != (entry.when.days > 1):
            yield Failure(f"{path}.vague", "", f"it can mean {count(entry.when.days, 'day')}")
        yield from _counted(known, path, entry.origins, [line.words.telling for line in entry.lines])
        yield from _marks(path, entry.lines)
        yield from _who(known, path, entry.who, [line.words for line in entry.lines[:1]])
        yield from _then(path, entry, {other.id: other for other in entries})


def _then(path: str, entry: TimelineEntry, entries: Mapping[str, TimelineEntry]) -> Iterator[Failure]:
    for other in entry.then:
        if not entry.announced or other not in entries or entries[other].announced:
            yield Failure(f"{path}.then", "", f"{other} is no entry that tells of what was announced here")


def _brief(known: _Known) -> Iterator[Failure]:
    for line in known.record.brief:
        path = f"brief[{line.id}]"
        yield from _counted(known, path, line.origins, [words.telling for words in line.saying_it])
        yield from _who(known, path, line.who, [line.words])


def _quotes(known: _Known) -> Iterator[Failure]:
    yield from quotations(known.record, lambda label: known.origin.get(label, label), known.prints)


def _facts(known: _Known) -> Iterator[Failure]:
    for entry in known.record.facts:
        for value in entry.values:
            path = f"facts[{entry.id}].values[{value.label}]"
            yield from _counted(known, path, value.origins, [line.words.telling for line in value.lines])
            yield from _marks(path, value.lines)


def _shared(known: _Known) -> Iterator[Failure]:
    for passage in known.record.passages:
        if passage.a.telling == passage.b.telling:
            yield Failure(f"passages[{passage.id}]", passage.a.telling, "both sides stand in one telling")
    for pair in known.record.near_duplicates:
        if pair.a == pair.b or not 0 <= pair.resemblance <= pair.containment <= 1:
            yield Failure("near_duplicates", pair.a, f"{pair.a} and {pair.b} cannot have these shares")


def _revisions(known: _Known) -> Iterator[Failure]:
    """Words that a telling had before stand in the text that it had before."""
    texts = {telling.label for telling in known.record.tellings}
    for line in known.record.revisions:
        path = f"revisions[{line.telling} {line.number}]"
        if line.telling not in texts:
            yield Failure(path, line.telling, "there is no such telling")
        for change in line.changes:
            words = change.before
            if words is not None and line.text is not None and line.text[words.start : words.end] != words.exact:
                yield Failure(path, line.telling, f"[{words.start}, {words.end}) of its text does not read so")
            if change.after is not None and change.after.telling != line.telling:
                yield Failure(path, line.telling, f"what it has now is of {change.after.telling}")


def _given(known: _Known) -> Iterator[Failure]:
    """What was given: each telling lies in it, and no article of it is missing."""
    told, tellings = known.record.given, known.record.tellings
    if told is None:
        return
    right = given(told.paths, ((telling.name, telling.digest) for telling in tellings), told.fields)
    if told.articles != right.articles:
        message = f"{count(told.articles, 'article')} given, {right.articles:,} in the record"
        yield Failure("given.articles", "", message)
    elif told.digest != right.digest:
        yield Failure("given.digest", "", "the articles given were others than those in the record")
    for telling in tellings:
        if not any(telling.origin == path or telling.origin.startswith(_folder(path)) for path in told.paths):
            yield _of(telling, "origin", "it lies in nothing that was given")


def _folder(path: str) -> str:
    return path if path.endswith("/") else f"{path}/"


_CHECKS: Sequence[Callable[[_Known], Iterator[Failure]]] = (
    *(_labels, _bare, _ids, _order, _stretches, _words, _head, _origins),
    *(_people, _timeline, _brief, _quotes, _facts, _shared, _revisions, _given),
)


# ---- what several views say --------------------------------------------------------------


def _counted(known: _Known, path: str, said: int, labels: Sequence[str]) -> Iterator[Failure]:
    if said != (right := known.origins(labels)):
        yield Failure(f"{path}.origins", "", f"{_list(labels)}: {count(right, 'independent origin')}, not {said}")


def _marks(path: str, lines: Iterable[Line]) -> Iterator[Failure]:
    for line in lines:
        if any(not line.words.start <= mark.start <= mark.end <= line.words.end for mark in line.marks):
            yield Failure(f"{path}.marks", line.words.telling, "a mark lies outside its sentence")


def _who(known: _Known, path: str, who: str | None, lines: Iterable[Evidence]) -> Iterator[Failure]:
    if who is not None and not known.prints(who, [words.telling for words in lines]):
        yield Failure(f"{path}.who", "", f"its telling does not print {who!r}")


def _of(telling: TellingLine, field: str, message: str) -> Failure:
    return Failure(f"tellings[{telling.label}].{field}", telling.label, message)


def _list(labels: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(labels))


def _spaced(text: str) -> str:
    """`text` with single spaces: a name may run over a line's end."""
    return " ".join(text.split())
