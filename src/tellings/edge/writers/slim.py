"""The record as the page's script takes it: every row of every view in few characters, in the order it is shown.

`page/record.js` reads it; the shape of each row stands here in `_Rows` and there where the row is drawn. To be small:

- An evidence is a number: its place in `evidence`, three numbers each: how far its telling lies behind that of the one
  before, how far its start does in the same telling, and its length. Its words are cut from the telling's text, which
  stands on the page; only those that are not what stands there (a record without texts, a record that does not hold)
  are in `words`.
- A string of our own that comes often is a number: its place in `said`; so is a `why`: its place in `whys`.
- A row is a list, without the names of its fields and without the empty fields at its end.
- Rows, numbers and ids are packed (`packing`).
"""

from __future__ import annotations

from collections import Counter
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

import msgspec

from tellings.edge.writers import pictures, saying, wording
from tellings.edge.writers.packing import Cited, Rows, packed, packed_ids, signed
from tellings.edge.writers.verbatim import printable
from tellings.model.record import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tellings.edge.writers.arrange import Facts, Origin, Pair, SharedText, Speaker
    from tellings.edge.writers.opening import Opening
    from tellings.model.record import (
        FactEntry,
        Line,
        PassageLine,
        PersonLine,
        QuoteEntry,
        Record,
        TellingLine,
        TimelineEntry,
        ValueLine,
        VariantLine,
        Why,
    )

#: Roles of marks, kinds of edits and types of quotations are numbers: their places here.
ROLES = ("time", "value", "source", "cue", "head")
EDITS = tuple(wording.EDITS)
TYPES = tuple(wording.TYPE_OF_QUOTE)
STANCES = tuple(wording.STANCES)
#: Words that lead to a quotation and are not shown before it.
_NOT_SHOWN = 2
#: The group of quotations whose speaker is only probable.
_PROBABLE = "~"
#: Start and length of the words of a telling.
_Stretch = tuple[int, int]
#: What is packed as rows.
_PACKED = ("timeline", "quotes", "unsure", "people", "facts", "whys")


def data(
    record: Record,
    speakers: Sequence[Speaker],
    probable: Sequence[QuoteEntry],
    facts: Sequence[Facts],
    pairs: Sequence[Pair],
    shared: Sequence[SharedText],
    origins: Sequence[Origin],
    opened: Opening,
    names: Mapping[str, str],
) -> str:
    """The data of a page as JSON in which no `<` stands, so that nothing in it can end its element."""
    rows = _Rows(record, names)
    keys = {entry.speaker.name: speaker.key for speaker in speakers for entry in speaker.quotes}
    people, people_of = pictures.mentioned(record)
    place_of = {key: place for place, (key, _) in enumerate(people)}
    beside = pictures.beside(record.timeline, record.quotes, record.facts)
    found: dict[str, Any] = {
        "roles": ROLES,
        "edits": [(kind.replace(" ", "-"), said) for kind, said in wording.EDITS.items()],
        "types": [(kind, wording.TYPE_OF_QUOTE[kind]) for kind in TYPES],
        "named": [(key, printable(name)) for key, name in people],
        "timeline": [
            rows.moment(
                entry,
                [place_of[key] for key in people_of[entry.id]],
                entry.id in opened.timeline,
                beside.get(entry.id, ()),
            )
            for entry in record.timeline
        ],
        "open": sorted(opened.quotes | opened.facts),
        "stances": [(stance, wording.STANCES[stance]) for stance in STANCES],
        "probable": [_PROBABLE, wording.PROBABLE],
        "quotes": [
            *([speaker.key, [rows.quote(entry, keys) for entry in speaker.quotes]] for speaker in speakers),
            *([[_PROBABLE, [rows.quote(entry, keys) for entry in probable]]] if probable else []),
        ],
        "unsure": [rows.quote(entry, keys) for entry in record.quotes if entry.speaker.rank == "unsure"],
        "people": [rows.person(person) for person in record.people],
        "facts": [
            [
                group.name,
                group.meaning,
                group.relation,
                int(group.folded),
                [rows.fact(entry) for entry in group.entries],
            ]
            for group in facts
        ],
        "shared": [[_steps(text.passages), text.labels, text.words, text.quoted, text.own] for text in shared],
        "open_shared": opened.shared,
        "origins": [[list(origin.labels), [printable(reason) for reason in origin.reasons]] for origin in origins],
        "near": [
            _row(item.a, item.b, f"{item.containment:.0%}", f"{item.resemblance:.0%}", item.rule, rows.why(item.why))
            for item in record.near_duplicates
        ],
        "pairs": rows.pairs(pairs),
    }
    rows.cited_elsewhere(record)
    found |= rows.tables()
    packing = Rows()
    found |= {name: packing.packed(found[name]) for name in _PACKED}
    found |= {"packed": _PACKED, "constants": packing.constants}
    return msgspec.json.encode(found).decode().replace("<", "\\u003c")


def _steps(numbers: Sequence[int]) -> str:
    """Numbers, packed as how far each lies from the one before."""
    return packed(signed(number - before) for before, number in pairwise((0, *numbers)))


def _telling(telling: TellingLine, name: str) -> list[Any]:
    """[label, outlet in few words, date in words, day as a number or 0, language, words, shared words]; a label alone
    where a damaged record cites a telling that it does not hold."""
    day = telling.date.value.toordinal() if telling.date.value else 0
    shown = printable(name), wording.dated(telling), day, printable(telling.read_as)
    return [printable(telling.label), *shown, telling.words, telling.shared]


class _Rows:
    """Makes the rows, and keeps the evidence and the strings that they refer to."""

    def __init__(self, record: Record, names: Mapping[str, str]) -> None:
        self._names = names
        self._tellings = [_telling(telling, names[telling.label]) for telling in record.tellings]
        self._places = {telling.label: place for place, telling in enumerate(record.tellings)}
        self._texts = {telling.label: telling.text for telling in record.tellings}
        self._dates = {telling.label: telling.date.value for telling in record.tellings}
        self._evidence: dict[tuple[str, int, int, str], int] = {}
        self._said: dict[str, int] = {}
        self._whys: dict[tuple[Any, ...], int] = {}
        #: Evidence whose words do not stand in a text of the page.
        self._words: dict[int, str] = {}

    def tables(self) -> dict[str, Any]:
        """The tellings, strings, evidence and words that the rows made so far refer to."""
        evidence: list[int] = []
        place = start = 0
        for label, begins, ends, _ in self._evidence:
            before, place = place, self._place(label)
            behind, start = (0 if place != before else start), max(begins, 0)
            evidence += (signed(place - before), signed(start - behind), max(ends - begins, 0))
        said = [printable(said) for said in self._said]
        whys = [[printable(stage), printable(rule), *rest] for stage, rule, rest in self._whys]
        return {
            "tellings": self._tellings,
            "said": said,
            "whys": whys,
            "evidence": packed(evidence),
            "words": self._words,
        }

    def cited_elsewhere(self, record: Record) -> None:
        """Keeps what no row refers to and the page's own mark-up cites: a text that is not there lists these, too."""
        for line in record.brief:
            for words in (line.words, *line.also):
                self._number(words)
        if record.head.title is not None:
            self._number(record.head.title)

    # ---- one function for each row; `page/rows.js` draws them --------------------------------

    def moment(
        self, entry: TimelineEntry, people: Sequence[int], main: bool, beside: Sequence[tuple[str, str]]
    ) -> list[Any]:
        """[id, month, when, carried, lines, weight, weekday, vague 1 + inferred 2 + announced 4, open, who, people
        (places in `named`), then, beside, why]."""
        return _row(
            entry.id,
            self._say(wording.month(entry.when)),
            self._say(wording.days(entry.when)),
            self._told_by((line.words.telling for line in entry.lines), entry.origins),
            [self._line(line) for line in entry.lines],
            round(entry.weight, 4),
            self._say(wording.weekday(entry.when.earliest)) if entry.when.days == 1 else None,
            sum(1 << place for place, name in enumerate(wording.REMARKS) if name in wording.remarks(entry)),
            main or None,
            _shown(entry.who),
            people,
            entry.then,
            [[key, printable(shown)] for key, shown in beside],
            self.why(entry.why),
        )

    def quote(self, entry: QuoteEntry, keys: Mapping[str | None, str]) -> list[Any]:
        """[id, name, carried, variants, first day said, fullest (empty where the only variant says it all), status
        (empty where shown), reason, why, stance, what stands before the fullest text, words that tell that it is from
        one place, its group and the speakers who may be meant (empty where that is sure)]; `keys`: these by name."""
        said = [variant.said.earliest for variant in entry.variants if variant.said]
        named = [entry.speaker.name, *entry.speaker.others]
        return _row(
            entry.id,
            None if entry.speaker.name is None else self._say(wording.speaker(entry.speaker)),
            self._say(wording.printed_by_name(entry, self._names)),
            [self._variant(variant, entry) for variant in entry.variants],
            min(said).isoformat() if said else "",
            [piece.words and self._number(piece.words) for piece in entry.fullest] if _fullest_shown(entry) else [],
            "" if entry.speaker.rank != "unsure" else "speaker not sure",
            _shown(entry.reason),
            # An only variant says why by itself.
            self.why(entry.why) if len(entry.variants) > 1 or entry.variants[0].why != entry.why else None,
            STANCES.index(saying.speaks_for(entry).stance),
            self._say(saying.of_fullest(entry).ours) if _fullest_shown(entry) else None,
            [self._number(words) for line in entry.from_one for words in line.words],
            [_PROBABLE, *(keys[name] for name in named if name in keys)] if entry.speaker.rank == "probably" else [],
        )

    def _variant(self, variant: VariantLine, entry: QuoteEntry) -> list[Any]:
        """[telling, type, sentence, stretches, source, cue, medium, audience, said, differences, why, stance, our words
        before them, the telling's, 1 where words are left out behind these and 2 where these are not shown, marker,
        words of when, where and to whom, how much of the fullest text it has in words, whom it has as the
        speaker where that is another, the types of its stretches where they differ]."""
        begins = saying.in_variant(variant)
        return _row(
            self._place(variant.telling),
            TYPES.index(variant.type),
            self._number(variant.sentence),
            [self._number(stretch) for stretch in variant.stretches],
            *(item and self._number(item) for item in (variant.source, variant.cue, variant.medium, variant.audience)),
            self._say(wording.days(variant.said)) if variant.said else None,
            [
                [EDITS.index(item.kind), self._number(item.words), self._number(item.base)]
                for item in variant.differences
            ],
            self.why(variant.why),
            STANCES.index(variant.stance),
            self._say(begins.ours) if begins.ours else None,
            variant.lead and self._number(variant.lead),
            variant.lead and (int(saying.leaves_out(variant.lead, variant)) if begins.theirs else _NOT_SHOWN),
            variant.marker and self._number(variant.marker),
            [self._number(words) for words in variant.circumstances],
            self._say(share) if (share := wording.printed(variant, entry)) else None,
            self._say(variant.named) if variant.named and wording.named_otherwise(variant, entry) else None,
            [TYPES.index(each) for each in variant.types] if len(set(variant.types)) > 1 else [],
        )

    def person(self, person: PersonLine) -> list[Any]:
        """[id, name, names, why]."""
        names = sorted(person.names, key=lambda name: name.exact)
        return _row(person.id, printable(person.name), [self._number(name) for name in names], self.why(person.why))

    def fact(self, entry: FactEntry) -> list[Any]:
        """[id, kind, kind in words, what it is about, values, whom, explanation, why, points of a strip]."""
        return _row(
            entry.id,
            self._say(entry.kind),
            self._say(wording.kind(entry)),
            self._say(wording.spoken(entry)),
            [self._value(value, entry.kind) for value in entry.values],
            _shown(entry.whom),
            printable(wording.because(entry)) or None,
            self.why(entry.why),
            [[day.toordinal(), number, printable(label)] for day, number, label in pictures.climb(entry, self._dates)],
        )

    def _value(self, value: ValueLine, kind: str) -> list[Any]:
        """[value in words, carried, lines, vague, why]."""
        carried = self._told_by((line.words.telling for line in value.lines), value.origins)
        lines = [self._line(line) for line in value.lines]
        vague = value.bound == "vague" or None
        return _row(self._say(wording.written(value, kind)), carried, lines, vague, self.why(value.why))

    def pairs(self, pairs: Sequence[Pair]) -> dict[str, Any]:
        """The pairs in the order of their tellings, two lists of numbers, packed; and the ids of the passages.

        `stretches`: for each telling how many of its stretches are shared, and for each of these how far its start lies
        behind that of the one before, and its length. `numbers`: for each pair how far its second telling lies behind
        that of the pair before (behind the first of all where the pair has another first telling), and twice the
        number of its passages, and 1 where it has another; then how far that lies behind. For each passage the
        places of its sides among the stretches of their tellings, and four times its equal words, 2 where both quote
        it, and 1 where its why is another than the first of `whys`; then the place there. `whys` holds places in the
        table of all.
        """
        placed = [((self._place(pair.a), self._place(pair.b)), pair) for pair in pairs]
        ordered = sorted(placed, key=lambda each: each[0])
        sides = [[self._sides(pair, passage) for passage in pair.passages] for _, pair in ordered]
        shared: dict[int, set[_Stretch]] = {place: set() for place in range(len(self._tellings))}
        for ((first, second), _), held in zip(ordered, sides, strict=True):
            shared[first].update(a for a, _ in held)
            shared[second].update(b for _, b in held)
        stretches: list[int] = []
        number: dict[int, dict[_Stretch, int]] = {}
        for place, found in shared.items():
            in_order = sorted(found)
            number[place] = {stretch: at for at, stretch in enumerate(in_order)}
            stretches.append(len(found))
            for (before, _), (start, length) in pairwise([(0, 0), *in_order]):
                stretches += (start - before, length)
        reasons = [[self.why(passage.why) for passage in pair.passages] for _, pair in ordered]
        whys = {why: place for place, (why, _) in enumerate(Counter(chain.from_iterable(reasons)).most_common())}
        numbers: list[int] = []
        at_first = at_second = 0
        for ((first, second), pair), held, each in zip(ordered, sides, reasons, strict=True):
            step = first - at_first
            numbers += (second - (0 if step else at_second), len(held) << 1 | (step > 0), *([step] if step else []))
            at_first, at_second = first, second
            for (a, b), passage, reason in zip(held, pair.passages, each, strict=True):
                why = whys[reason]
                told = passage.words << 2 | (passage.kind == "quotation") << 1 | (why > 0)
                numbers += (number[first][a], number[second][b], told, *([why] if why else []))
        ids = [passage.id for _, pair in ordered for passage in pair.passages]
        return {
            **{"many": len(ids), "stretches": packed(stretches), "numbers": packed(numbers), "whys": list(whys)},
            **packed_ids(ids),
        }

    def _sides(self, pair: Pair, passage: PassageLine) -> tuple[_Stretch, _Stretch]:
        """The stretches of a passage, start and length each, that of the pair's first telling first."""
        a, b = (passage.a, passage.b) if passage.a.telling == pair.a else (passage.b, passage.a)
        for side in (a, b):
            if not self._stands(side):
                self._number(side)
        return _stretch(a), _stretch(b)

    def why(self, why: Why) -> int:
        """The place in `whys`, [stage, rule, score or null, evidence], of why an entry was made."""
        evidence = tuple(self._number(item) for item in why.evidence)
        score = None if why.score is None else round(why.score, 2)
        return self._whys.setdefault((why.stage, why.rule, (score, evidence)), len(self._whys))

    # ---- what rows are made of ----------------------------------------------------------------

    def _told_by(self, labels: Iterable[str], origins: int) -> int:
        return self._say(wording.told_by([self._names.get(label, label) for label in labels], origins))

    def _line(self, line: Line) -> Cited | list[int]:
        """The evidence; where it has marks, a list of it and of (role, start, length) each, counted from its start."""
        number = self._number(line.words)
        marks = list(chain.from_iterable(_apart(line)))
        return [number, *marks] if marks else number

    def _place(self, label: str) -> int:
        place = self._places.setdefault(label, len(self._tellings))
        if place == len(self._tellings):
            self._tellings.append([printable(label)])
        return place

    def _say(self, words: str) -> int:
        return self._said.setdefault(words, len(self._said))

    def _number(self, evidence: Evidence) -> Cited:
        key = (evidence.telling, evidence.start, evidence.end, evidence.exact)
        number = self._evidence.get(key)
        if number is None:
            number = self._evidence[key] = len(self._evidence)
            if not self._stands(evidence):
                self._words[number] = printable(evidence.exact)
        return Cited(number)

    def _stands(self, evidence: Evidence) -> bool:
        """Whether the words of `evidence` stand where it says, in a text that is on the page."""
        text = self._texts.get(evidence.telling)
        return text is not None and text[evidence.start : evidence.end] == evidence.exact


def _stretch(evidence: Evidence) -> _Stretch:
    return max(evidence.start, 0), max(evidence.end - evidence.start, 0)


def _row(*fields: Any) -> list[Any]:
    """The fields of a row without the empty ones at its end."""
    found = list(fields)
    while found and (found[-1] is None or found[-1] in ("", [], ())):
        found.pop()
    return found


def _apart(line: Line) -> Iterator[tuple[int, int, int]]:
    """The marks of a line as (role, start, length), counted from its start, without those that overlap an earlier."""
    seen = line.words.start
    for mark in sorted(line.marks, key=lambda mark: (mark.start, -mark.end, mark.role)):
        if mark.start >= seen and mark.end <= line.words.end and mark.end > mark.start:
            yield ROLES.index(mark.role), mark.start - line.words.start, mark.end - mark.start
            seen = mark.end


def _fullest_shown(entry: QuoteEntry) -> bool:
    """Whether the fullest text says more than the only variant does."""
    stretches = {stretch for variant in entry.variants for stretch in variant.stretches}
    return bool(entry.fullest) and (
        len(entry.variants) > 1 or any(piece.words not in stretches for piece in entry.fullest)
    )


def _shown(words: str | None) -> str | None:
    return None if words is None else printable(words)
