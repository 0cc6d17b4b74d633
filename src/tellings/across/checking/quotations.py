"""Quotations of a draft: whether tellings print them, in these words, and in this mouth.

1. What stands in quotation marks is looked for as it is; where words are marked as left out, piece by piece.
2. Where it is not there, the stretches that are nearest by the fewest edits: it is altered, or made of two.
3. Where there is none, the sentences that tell the same: a paraphrase, printed as a quotation.
4. What was found is held against who says it there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from tellings.across.checking import speakers
from tellings.across.checking.alike import Alike
from tellings.across.checking.edits import edits_of, turns
from tellings.across.checking.locating import Located, exactly, nearly, place_of, tells
from tellings.across.checking.sources import Sources, words_in
from tellings.across.families.stretches import own_words
from tellings.across.keys import Word, words
from tellings.across.questions.sentence_words import words_of
from tellings.language.base import language_of
from tellings.model.checked import Checked, DraftEdit, Verdict
from tellings.model.records import Place, Provenance, Quote, Telling
from tellings.model.text import Span
from tellings.within.marks import quoted

STAGE = "checking"
#: Share of its words, weighed, that must be printed for a quotation to be an altered one; of a short one more.
ALTERED, SHORT_ALTERED, SHORT = 0.55, 0.65, 4
#: Words in a row that both have.
RUN = 3
#: Words of either part of two quotations that were joined, and the share of them that must be printed.
PART, OF_A_PART = 3, 0.8
#: Share of what it says that a sentence must tell for a quotation to be its paraphrase.
PARAPHRASE = 0.6
#: Words between two pieces of one utterance, where the draft marks that words are left out.
BETWEEN = 250
#: Words from which a statement in marks must be somebody's words in a telling, and no turn of phrase of its own.
OWN = 4
#: Words before a quotation among which one may turn its sense.
BEFORE = 5
_OMITTED = re.compile(r"\[?(?:…|\.\.\.|\. \. \.)\]?")
_BRACKETED = re.compile(r"\[[^\[\]]{0,80}\]")
_CLAUSE_END = re.compile(r"[,;:.!?—–()\"“”]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """What stands in quotation marks in a draft: its content without them, and the quotation that it is part of."""

    content: Span
    quote: Quote | None

    @property
    def stated(self) -> bool:
        """Whether somebody is said to have said it, and it is no title or turn of phrase."""
        return self.quote is not None and self.quote.status != "not-a-statement"


def stretches(draft: Telling) -> Iterator[Stretch]:
    """What stands in marks in the draft, in its order; what is nested in another stretch is part of it."""
    found, _ = quoted(draft.text, draft.blocks, language_of(draft.document.read_as))
    for each in found:
        if each.outer is None and each.content.end > each.content.start:
            over = [
                quote for quote in draft.quotes if quote.type != "indirect" and quote.content.overlaps(each.content)
            ]
            yield Stretch(each.content, min(over, key=lambda quote: len(quote.content), default=None))


def check_quotations(alike: Alike) -> Iterator[Checked]:
    """The verdict on each stretch in quotation marks that holds a word."""
    for stretch in stretches(alike.draft):
        quotation = _Quotation(alike.draft, stretch, alike.sources)
        if quotation.words:
            yield quotation.checked()


class _Quotation:
    """A stretch of the draft in marks, looked for in the tellings."""

    def __init__(self, draft: Telling, stretch: Stretch, sources: Sources) -> None:
        self.draft = draft
        self.stretch = stretch
        self.sources = sources
        content = stretch.content
        text = draft.text
        brackets = [Span(*match.span()) for match in _BRACKETED.finditer(text, content.start, content.end)]
        self.pieces: list[tuple[Word, ...]] = []
        for span in _between(content, [m.span() for m in _OMITTED.finditer(text, content.start, content.end)]):
            if piece := words(text, (span,)):
                self.pieces.append(piece)
        self.words = [word for piece in self.pieces for word in piece]
        self._bracketed = {word.start for word in self.words for span in brackets if span.contains(word.span)}

    def marked(self, piece: Sequence[Word]) -> list[bool]:
        """For each word of a piece, whether it stands in square brackets."""
        return [word.start in self._bracketed for word in piece]

    def checked(self) -> Checked:
        """The verdict."""
        exact = self._exact()
        if exact:
            return self._printed(exact)
        if not self.stretch.stated and len(self.words) < OWN:
            return self._found("not checked", "nobody is quoted", reason="no-statement")
        return self._nearly() or self._retold() or self._nowhere()

    # ---- as it is

    def _exact(self) -> tuple[Place, ...]:
        """Where all pieces stand as they are, within reach of one another and in their order."""
        if self._bracketed:
            return ()
        where = [exactly([word.normal for word in piece], self.sources) for piece in self.pieces]
        found = []
        for first in where[0] if where else ():
            last: Located | None = first
            for piece in where[1:]:
                behind = [
                    each
                    for each in piece
                    if last is not None and each.telling == first.telling and 0 <= each.first - last.last <= BETWEEN
                ]
                last = min(behind, key=lambda each: each.first, default=None)
            if last is not None:
                span = self.sources.words[first.telling].span(first.first, last.last - 1)
                found.append(Place(first.telling, span))
        return tuple(found)

    def _printed(self, places: tuple[Place, ...], edits: tuple[DraftEdit, ...] = ()) -> Checked:
        """The verdict on words that are printed at `places`: whose they are there."""
        marked = tuple(place for place in places if self._in_marks(place))
        if self.stretch.stated and not marked and len(self.words) >= OWN:
            return self._found("paraphrase", "printed outside quotation marks", places, edits=edits)
        places = marked or places
        speaker = speakers.draft_speaker(self.draft, self.stretch.quote, self.sources)
        if speaker is not None and (others := speakers.another(speaker, places, self.sources)):
            return self._found(
                "another speaker",
                "another is named",
                places,
                against=tuple(said.source or said.place for said in others),
                edits=edits,
            )
        cut = self._cut(places)
        if cut is not None:
            return self._found("altered", "a cut turns the sense", places, edits=(*edits, cut), reason="cut")
        if edits:
            return self._found("altered" if _seen(edits) else "verbatim", "nearly printed", places, edits=edits)
        return self._found("verbatim", "printed", places)

    def _in_marks(self, place: Place) -> bool:
        """Whether the words at a place are somebody's own there: in quotation marks, or a post as a whole."""
        telling = self.sources.by_id[place.telling]
        if any(
            own.overlaps(place.span)
            for quote in self.sources.quotes_over(place)
            if quote.type != "indirect"
            for own in own_words(telling.text, quote)
        ):
            return True
        block = next((block for block in telling.blocks if block.span.overlaps(place.span)), None)
        return block is not None and not block.story

    def _cut(self, places: Sequence[Place]) -> DraftEdit | None:
        """What stands before the words in every telling and turns their sense, where the draft has it not."""
        text, start = self.draft.text, self.stretch.content.start
        before = words(text, (Span(max(0, self.draft.sentence_around(self.stretch.content).start), start),))
        if turns([word.normal for word in before[-2 * BEFORE :]]):
            return None
        found = []
        for place in places:
            telling = self.sources.by_id[place.telling]
            sentence = telling.sentence_around(Span(place.span.start, place.span.start + 1))
            lead = Span(sentence.start, max(sentence.start, place.span.start))
            clause = _CLAUSE_END.split(lead.of(telling.text))[-1]
            span = Span(place.span.start - len(clause), place.span.start)
            row = words(telling.text, (span,))[-BEFORE:]
            if not row or not turns([word.normal for word in row]):
                return None
            found.append(DraftEdit(Span(start, start), Place(place.telling, Span(row[0].start, row[-1].end)), "cut"))
        return found[0] if found else None

    # ---- nearly

    def _nearly(self) -> Checked | None:
        """The verdict where a telling prints most of the words."""
        found = [self._nearest(piece) for piece in self.pieces]
        if joined := self._joined([each for each in found if each]):
            return joined
        if not all(found):
            return None
        edits, places = [], []
        for piece, nearest in zip(self.pieces, found, strict=True):
            best = nearest[0]
            edits += self._edits(piece, best)
            places.append(place_of(best, self.sources))
        if len({place.telling for place in places}) == 1:
            places = [Place(places[0].telling, Span(places[0].span.start, max(p.span.end for p in places)))]
        if len(self.pieces) == 1:
            places += [
                place_of(each, self.sources) for each in found[0][1:] if self._edits(self.pieces[0], each) == edits
            ]
        return self._printed(tuple(places), tuple(edits))

    def _nearest(self, piece: Sequence[Word]) -> tuple[Located, ...]:
        """The stretches that are near enough, the nearest first."""
        normal = [word.normal for word in piece]
        least = SHORT_ALTERED if len(piece) <= SHORT else ALTERED
        found = nearly(normal, self.sources)
        enough = [one for one in found if one.share >= least and one.run >= min(RUN, max(1, len(piece) - 1))]
        marked = [self._in_marks(place_of(one, self.sources)) for one in enough]
        # Of two that are as near, the one in quotation marks.
        order = sorted(range(len(enough)), key=lambda at: (-round(enough[at].share, 3), not marked[at], at))
        return tuple(enough[at] for at in order)

    def _edits(self, piece: Sequence[Word], located: Located) -> list[DraftEdit]:
        found = edits_of(self.draft.text, piece, self.marked(piece), located, self.sources)
        return [edit for edit in found if not self._between_marks(edit)]

    def _between_marks(self, edit: DraftEdit) -> bool:
        """Whether words that the draft leaves out are the telling's own, between two stretches of the quotation."""
        if edit.draft.end > edit.draft.start:
            return False
        telling = self.sources.by_id[edit.source.telling]
        return not any(
            own.overlaps(edit.source.span)
            for quote in telling.quotes
            if quote.type != "indirect" and quote.span.overlaps(edit.source.span)
            for own in own_words(telling.text, quote)
        )

    def _joined(self, found: Sequence[tuple[Located, ...]]) -> Checked | None:
        """The verdict where the beginning stands in one quotation, and the end in another."""
        piece = self.pieces[0] if len(self.pieces) == 1 else None
        if piece is None:
            return self._joined_pieces()
        normal = [word.normal for word in piece]
        if found and found[0] and found[0][0].share >= 0.9:
            return None
        parts = self._parts(normal)
        if parts is None:
            return None
        first, last = parts
        places = (place_of(first, self.sources), place_of(last, self.sources))
        if self._one_utterance(first, last):
            return None
        return self._found("joined", "two stretches", places)

    def _joined_pieces(self) -> Checked | None:
        """The verdict on pieces that all are printed, but not together."""
        where = [exactly([word.normal for word in piece], self.sources) for piece in self.pieces]
        if not all(where) or any(sum(map(tells, (word.normal for word in piece))) < 2 for piece in self.pieces):
            return None
        for before, after in pairwise(where):
            if not any(
                one.telling == other.telling and 0 <= other.first - one.last <= BETWEEN
                for one in before
                for other in after
            ):
                places = (place_of(before[0], self.sources), place_of(after[0], self.sources))
                return self._found("joined", "pieces of two", places)
        return None

    def _parts(self, normal: Sequence[str]) -> tuple[Located, Located] | None:
        """The two stretches whose words a quotation is made of, where its two parts are printed apart."""
        best: tuple[float, Located, Located] | None = None
        for at in range(PART, len(normal) - PART + 1):
            if not (any(map(tells, normal[:at])) and any(map(tells, normal[at:]))):
                continue
            ones, others = self._part(normal[:at]), self._part(normal[at:])
            for one in ones:
                for other in others:
                    score = one.share * at + other.share * (len(normal) - at)
                    if best is None or score > best[0]:
                        best = (score, one, other)
        return None if best is None else (best[1], best[2])

    def _part(self, normal: Sequence[str]) -> tuple[Located, ...]:
        found = exactly(normal, self.sources)
        marked = tuple(one for one in found if self._in_marks(place_of(one, self.sources)))
        return marked[:3]

    def _one_utterance(self, one: Located, other: Located) -> bool:
        """Whether the second follows the first within one quotation, interrupted by who speaks at most."""
        if one.telling != other.telling or other.first < one.last:
            return False
        telling = self.sources.by_id[one.telling]
        between = range(one.last, other.first)
        table = self.sources.words[one.telling]
        held = {
            place
            for quote in telling.quotes
            if quote.type != "indirect"
            for own in own_words(telling.text, quote)
            for place in words_in(table, own)
        }
        return len(between) <= BETWEEN and not any(place in held for place in between)

    # ---- in other words, or nowhere

    def _retold(self) -> Checked | None:
        """The verdict where a sentence tells the same, not in these words."""
        stems = self._stems
        if len(stems) < 2:
            return None
        near = [one for one in self.sources.near(stems) if one.covers >= PARAPHRASE]
        if not near:
            return None
        return self._found("paraphrase", "told in other words", tuple(one.sentence.place for one in near[:3]))

    def _nowhere(self) -> Checked:
        near = self.sources.near(self._stems, 1)
        if not self.stretch.stated:
            return self._found("not checked", "nobody is quoted", reason="no-statement")
        return self._found("not found", "in no telling", tuple(one.sentence.place for one in near))

    @cached_property
    def _stems(self) -> frozenset[str]:
        language = language_of(self.draft.document.read_as)
        return frozenset(word.stem for word in words_of(self.draft.text, self.stretch.content, language) if word.stem)

    def _found(
        self,
        verdict: Verdict,
        rule: str,
        places: tuple[Place, ...] = (),
        *,
        against: tuple[Place, ...] = (),
        edits: tuple[DraftEdit, ...] = (),
        reason: str = "",
    ) -> Checked:
        borne = places if verdict in ("verbatim", "altered", "another speaker") else ()
        speaker = self.stretch.quote.described if self.stretch.quote is not None else None
        return Checked(
            *(self.stretch.content, "quotation", verdict, Provenance(STAGE, rule), places, against),
            *(self.sources.origins(borne), edits, speaker, reason),
        )


def _seen(edits: Sequence[DraftEdit]) -> bool:
    """Whether one of the edits is neither marked nor of form alone."""
    return any(not edit.marked for edit in edits)


def _between(content: Span, marks: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """What lies between some marks."""
    start = content.start
    for first, last in marks:
        if first > start:
            yield Span(start, first)
        start = last
    if content.end > start:
        yield Span(start, content.end)
