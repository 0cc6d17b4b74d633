"""What a record says of its quotations, held against itself and the words it cites: speaker, rank, stance, origins."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache

from tellings.across.sets import DisjointSets
from tellings.across.words_from_one import outlet_in, publishes, tells_of
from tellings.library.checks.outcome import Failure
from tellings.model.record import Evidence, OneOriginLine, QuoteEntry, Record, TellingLine, VariantLine
from tellings.model.rules import load

#: Whether one of some tellings (labels) prints a name.
Prints = Callable[[str, Iterable[str]], bool]
_SPACE = re.compile(r"\s+")
_QUESTION = re.compile(r"\?[\s”\"’'»]*\Z")


def quotations(record: Record, origin: Callable[[str], object], prints: Prints) -> Iterator[Failure]:
    """What does not agree; `origin` gives the independent origin of a label."""
    people = {person.id: person.name for person in record.people}
    tellings = {telling.label: telling for telling in record.tellings}
    for entry in record.quotes:
        path = f"quotes[{entry.id}]"
        for message in _speaker(entry, people, prints):
            yield Failure(f"{path}.speaker", "", message)
        if (entry.speaker.rank != "unsure") != (entry.reason is None):
            yield Failure(f"{path}.reason", "", "only what is not simply shown has a reason")
        for line in entry.from_one:
            for message in _from_one(entry, line, tellings):
                yield Failure(f"{path}.from_one", "", message)
        if entry.origins != (right := _origins(entry, origin)):
            yield Failure(f"{path}.origins", "", f"for these words its tellings have {right}, not {entry.origins}")
        for variant in entry.variants:
            for message in (*_cited(variant), *_stance(variant)):
                yield Failure(f"{path}.variants", variant.telling, message)
        there = {variant.telling for variant in entry.variants}
        pieces = {piece.words.telling for piece in entry.fullest if piece.words is not None}
        if pieces - there:
            yield Failure(f"{path}.fullest", "", f"it cites {_list(pieces - there)}, which has no variant")


def _speaker(entry: QuoteEntry, people: dict[str, str], prints: Prints) -> Iterator[str]:
    speaker, labels = entry.speaker, [variant.telling for variant in entry.variants]
    if speaker.person is not None and people.get(speaker.person) != speaker.name:
        yield f"{speaker.name!r} is not the name of person {speaker.person}"
    if speaker.name is not None and speaker.person is None and not prints(speaker.name, labels):
        yield f"no telling of these words prints {speaker.name!r}"
    if (speaker.rank == "unsure") != (speaker.name is None):
        yield f"nobody is named where it is not told who speaks, and somebody where it is {speaker.rank!r}"
    if speaker.others and (speaker.rank != "probably" or speaker.name in speaker.others):
        yield "others may be meant only where somebody else speaks probably"
    for other in speaker.others:
        if other not in people.values() and not prints(other, labels):
            yield f"no telling of these words prints {other!r}"


# ---- origins ------------------------------------------------------------------------------


def _from_one(entry: QuoteEntry, line: OneOriginLine, tellings: dict[str, TellingLine]) -> Iterator[str]:
    """Each telling says where its words are from, but for the outlet that was told them."""
    if len(set(line.labels)) < 2 or not set(line.labels) <= {variant.telling for variant in entry.variants}:
        yield f"{_list(line.labels)} are not several of its tellings"
    said = {words.telling for words in line.words}
    for words in line.words:
        if words.telling not in line.labels or not tells_of(line.kind, words.exact):
            yield f"{words.exact!r} does not tell where {words.telling} has its words from"
    outlets = {outlet_in(words.exact) for words in line.words} if line.kind == "outlet" else set()
    if line.kind == "outlet" and (len(outlets) != 1 or None in outlets):
        yield f"the words of {_list(said)} do not name one outlet"
    for label in set(line.labels) - said:
        telling = tellings.get(label)
        if telling is None or not any(publishes(telling.publisher, outlet) for outlet in outlets if outlet):
            yield f"{label} does not tell where it has its words from"


def _origins(entry: QuoteEntry, origin: Callable[[str], object]) -> int:
    sets = DisjointSets(variant.telling for variant in entry.variants)
    for one in sets.groups():
        for other in sets.groups():
            if origin(one[0]) == origin(other[0]):
                sets.join(one[0], other[0])
    for line in entry.from_one:
        mine = [variant.telling for variant in entry.variants if variant.telling in line.labels]
        for label in mine[1:]:
            sets.join(mine[0], label)
    return len(sets.groups())


# ---- what each telling does with the words -------------------------------------------------


def _cited(variant: VariantLine) -> Iterator[str]:
    """All that a variant cites stands in its telling, and what tells of the saying in the words around it."""
    beside = (variant.source, variant.cue, variant.medium, variant.audience, variant.marker, variant.lead)
    cited = [words for words in (*variant.stretches, variant.sentence, *beside, *variant.circumstances) if words]
    if others := {words.telling for words in cited} - {variant.telling}:
        yield f"it cites {_list(others)}"
    lead = variant.lead
    if lead is not None and (
        variant.cue is None
        or not _within(variant.cue, lead)
        or not any(lead.end <= words.start for words in variant.stretches)
    ):
        yield f"{lead.exact!r} does not lead from its cue to its words"
    for words in variant.circumstances:
        if any(words.start < stretch.end and stretch.start < words.end for stretch in variant.stretches):
            yield f"{words.exact!r} is of what was said, not of how"
    if variant.marker is not None and not any(_within(variant.marker, words) for words in _around(variant)):
        yield f"{variant.marker.exact!r} does not stand with its words"


def _stance(variant: VariantLine) -> Iterator[str]:
    """What a source does with its words is told by its verb, by a marker, or by a question mark."""
    stance, by_verb = variant.stance, _by_verb(variant.cue)
    if stance == "says":
        if variant.marker is not None or (variant.lead is not None and by_verb and not _is_only_said(variant)):
            yield "its words tell more than that it was said"
        return
    asked = stance == "asks" and any(_QUESTION.search(words.exact) for words in variant.stretches)
    # "Told her to follow": what is ordered is asked for, whatever the verb.
    ordered = stance == "asks" and variant.why.rule.split(";")[0] == "order"
    left_open = stance == "unsure" and by_verb == "denies"
    if not (by_verb == stance or left_open or asked or ordered or variant.marker is not None):
        yield f"nothing in its words tells of the stance {stance!r}"


def _by_verb(cue: Evidence | None) -> str | None:
    """The stance of a verb of speech, by the list of the language."""
    return None if cue is None else load("en", "quote").meanings("stance").get(_SPACE.sub(" ", cue.exact.casefold()))


def _is_only_said(variant: VariantLine) -> bool:
    """Whether a verb of another stance does no more than say: "dismissed the plan as too dear", "did not ask". (What
    "did not deny" leads to is left open.)"""
    if variant.why.rule.split(";")[0] == "description" or variant.lead is None or variant.cue is None:
        return True
    if _by_verb(variant.cue) == "denies":
        return False
    return _undone().search(variant.lead.exact[: variant.cue.start - variant.lead.start]) is not None


@cache
def _undone() -> re.Pattern[str]:
    return re.compile(load("en", "quote").patterns["undone"].pattern, re.IGNORECASE)


def _around(variant: VariantLine) -> tuple[Evidence, ...]:
    return (variant.sentence, *variant.stretches)


def _within(words: Evidence, whole: Evidence) -> bool:
    return whole.start <= words.start <= words.end <= whole.end


def _list(labels: Collection[str]) -> str:
    return ", ".join(sorted(labels))
