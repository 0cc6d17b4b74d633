"""Quotations of a draft: whether tellings print them, in these words, and in this mouth.

1. What stands in quotation marks is looked for as it is, words that are marked as left out aside.
2. Where it is not there, sentence by sentence: each as it is, or where it stands by the fewest edits. What one telling
   has together is one quotation, altered perhaps; what stands apart was joined; what stands nowhere is told of alone.
3. What stands nowhere may be a paraphrase: somebody's words as a telling reports them, printed as a quotation.
4. What was found is held against who says it there, and against what stands before it there and turns its sense.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby, pairwise

from tellings.across.checking import speakers
from tellings.across.checking.alike import Alike
from tellings.across.checking.edits import edits_of, turns
from tellings.across.checking.locating import ROOM, Located, exactly, nearly, place_of
from tellings.across.checking.sources import Sources, words_in
from tellings.across.checking.verdicts import verdict_on
from tellings.across.families.speakers import Sameness
from tellings.across.families.stretches import own_words
from tellings.across.families.telling_words import tells
from tellings.across.keys import Word, words
from tellings.across.questions.sentence_words import words_of
from tellings.language.base import UNDECLARED, language_of
from tellings.model.checked import Checked, DraftEdit
from tellings.model.records import Place, Quote, Telling
from tellings.model.text import Span
from tellings.model.verdicts import Verdict

#: Share of its words, weighed, that must be printed for a piece to be an altered one, and share of the telling's words
#: there that it must have; of a short one more.
ALTERED, OF_THE_TELLING, SHORT_ALTERED = 0.6, 0.45, 0.74
#: Words of a short piece; of one so short that it is looked for only as it is.
SHORT, SHORTEST = 4, 2
#: Words in a row that both have.
RUN = 3
#: Share from which words printed outside quotation marks are the draft's, and from which somebody else's words are.
SURELY = 0.8
#: Words of either part of two quotations that were joined.
PART = 3
#: Share of what it says that reported speech must tell for a quotation to be its paraphrase, and stems of that.
PARAPHRASE, SAYS = 0.6, 4
#: Words between two pieces of one utterance.
BETWEEN = 250
#: Words between two pieces that are shown as one stretch.
NEXT = 12
#: Words from which a quotation must be somebody's in a telling, and in this mouth: fewer are anybody's.
OWN = 4
#: Characters around a sentence among which broken marks may mean it.
NEAR_MARKS = 4
#: Words before a quotation among which one may turn its sense.
BEFORE = 5
_OMITTED = re.compile(r"\[?(?:…|\.\.\.|\. \. \.)\]?")
_MARK = re.compile('[“”„«»"]')
_OPENING, _EITHER = frozenset("“„«"), '"'
#: Characters before a sentence, and behind it, among which marks of several paragraphs stand.
REACH = 1500
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


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence of a quotation, or what stands between words left out, with where it stands: as it is, or nearly."""

    words: tuple[Word, ...]
    exact: tuple[Located, ...]
    near: tuple[Located, ...]

    @property
    def located(self) -> tuple[Located, ...]:
        """Where it stands, the best first."""
        return self.exact or self.near

    @property
    def span(self) -> Span:
        return Span(self.words[0].start, self.words[-1].end)


def _stretch(content: Span, draft: Telling) -> Stretch:
    """What stands in marks, with the quotation that it is part of."""
    over = [quote for quote in draft.quotes if quote.type != "indirect" and quote.content.overlaps(content)]
    return Stretch(content, min(over, key=lambda quote: len(quote.content), default=None))


def check_quotations(alike: Alike) -> Iterator[Checked]:
    """The verdicts on each stretch in quotation marks that holds a word: one, or one for each part."""
    for content in alike.marks:
        quotation = _Quotation(alike.draft, _stretch(content, alike.draft), alike.sources)
        if quotation.words:
            yield from quotation.checked()


class _Quotation:
    """A stretch of the draft in marks, looked for in the tellings."""

    def __init__(self, draft: Telling, stretch: Stretch, sources: Sources) -> None:
        self.draft = draft
        self.stretch = stretch
        self.sources = sources
        content, text = stretch.content, draft.text
        self.words = words(text, (content,))
        omitted = [match.span() for match in _OMITTED.finditer(text, content.start, content.end)]
        self._parts = [row for span in _between(content, omitted) if (row := words(text, (span,)))]
        starts = [sentence.span.start for sentence in draft.sentences]
        ends = [(start, start) for start in starts if content.start < start < content.end]
        self._sentences = [
            row for span in _between(content, sorted([*omitted, *ends])) if (row := words(text, (span,)))
        ]
        brackets = [Span(*match.span()) for match in _BRACKETED.finditer(text, content.start, content.end)]
        self._bracketed = {word.start for word in self.words for span in brackets if span.contains(word.span)}
        self.speaker = speakers.draft_speaker(draft, stretch.quote, sources)

    def checked(self) -> Iterator[Checked]:
        """The verdicts."""
        if exact := self._exact(self._parts):
            found = self._printed(self.stretch.content, exact)
            others = self._variants(exact) if found.verdict == "verbatim" and len(self._parts) == 1 else ()
            yield replace(found, verdict="contested", against=others) if others else found
            return
        if not self.stretch.stated and len(self.words) < OWN:
            yield self._found(self.stretch.content, "not checked", "nobody-is-quoted", reason="no-statement")
            return
        pieces = [self._piece(row) for row in self._sentences]
        if together := self._together(pieces):
            yield self._printed(self.stretch.content, *together)
        elif len(pieces) > 1 and all(piece.located for piece in pieces):
            yield self._found(self.stretch.content, "joined", "sentences-of-several", self._firsts(pieces))
        elif len(pieces) == 1:
            yield self._joined(pieces[0]) or self._retold(self.stretch.content)
        else:
            yield from self._apart(pieces)

    # ---- where it stands

    def _exact(self, parts: Sequence[Sequence[Word]]) -> tuple[Place, ...]:
        """Where all parts stand as they are, within reach of one another and in their order."""
        if self._bracketed:
            return ()
        where = [exactly([word.normal for word in part], self.sources) for part in parts]
        found = []
        for first in where[0]:
            chain = _chain(first, where[1:])
            if len(chain) == len(parts) and self._one_mouth(chain):
                span = self.sources.words[first.telling].span(first.first, chain[-1].last - 1)
                found.append(Place(first.telling, span))
        return tuple(found)

    def _variants(self, exact: Sequence[Place]) -> tuple[Place, ...]:
        """Where other tellings have the words in marks, and one that changes what is said."""
        if len(self.words) < OWN:
            return ()
        there = {place.telling for place in exact}
        found = []
        for one in nearly([word.normal for word in self.words], self.sources):
            place = place_of(one, self.sources)
            if one.telling not in there and one.share >= SURELY and one.of_the_telling >= SURELY:
                edits = self._edits(self.words, one)
                if any(edit.substance != "none" for edit in edits) and self._in_marks(place):
                    found.append(place)
        return tuple(found)

    def _piece(self, row: tuple[Word, ...]) -> _Piece:
        normal = [word.normal for word in row]
        exact = () if self._bracketed else exactly(normal, self.sources)
        return _Piece(row, exact, () if exact or len(row) <= SHORTEST else self._near(normal))

    def _near(self, normal: Sequence[str]) -> tuple[Located, ...]:
        """The stretches that are near enough, the nearest first; of two as near, the one in quotation marks."""
        short = len(normal) <= SHORT
        enough = [
            (-round(one.share, 3), not marked, place, one)
            for place, one in enumerate(nearly(normal, self.sources))
            if one.share >= (SHORT_ALTERED if short else ALTERED)
            and one.of_the_telling >= OF_THE_TELLING
            and one.run >= min(RUN, len(normal) - 1)
            and ((marked := self._in_marks(place_of(one, self.sources))) or (one.share >= SURELY and not short))
        ]
        return tuple(each[-1] for each in sorted(enough, key=lambda each: each[:3]))

    def _together(self, pieces: Sequence[_Piece]) -> tuple[tuple[Place, ...], tuple[DraftEdit, ...]] | None:
        """Where one telling has all pieces in their order, and how they differ there: the telling with fewest edits."""
        found: list[tuple[int, int, Place, tuple[DraftEdit, ...]]] = []
        for number, first in enumerate(pieces[0].located):
            chain = _chain(first, [piece.located for piece in pieces[1:]])
            if len(chain) == len(pieces) and self._one_mouth(chain):
                edits = tuple(
                    edit for piece, one in zip(pieces, chain, strict=True) for edit in self._edits(piece.words, one)
                )
                found.append((len(edits), number, self._whole(chain), edits))
        if not found:
            return None
        found.sort(key=lambda each: each[:2])
        fewest = found[0][3]
        return tuple(place for _, _, place, edits in found if len(edits) == len(fewest)), fewest

    def _one_mouth(self, chain: Sequence[Located]) -> bool:
        """Whether stretches of a telling can all be one speaker's."""
        said = [found for one in chain if (found := speakers.said_at(place_of(one, self.sources), self.sources))]
        return all(one.speaker.sameness(other.speaker) is not Sameness.OTHER for one, other in pairwise(said))

    def _whole(self, chain: Sequence[Located]) -> Place:
        """Stretches that follow one another as one; the first of them where much lies between."""
        first, last = chain[0], chain[-1]
        if any(other.first - one.last > NEXT for one, other in pairwise(chain)):
            return place_of(first, self.sources)
        return Place(first.telling, self.sources.words[first.telling].span(first.first, last.last - 1))

    def _apart(self, pieces: Sequence[_Piece]) -> Iterator[Checked]:
        """A verdict for each run of pieces that are printed, and for each that are not."""
        for there, group in groupby(pieces, key=lambda piece: bool(piece.located)):
            run = list(group)
            span = Span(run[0].span.start, run[-1].span.end)
            if not there:
                yield self._retold(span)
            elif together := self._together(run):
                yield self._printed(span, *together)
            else:
                yield self._found(span, "joined", "sentences-of-several", self._firsts(run))

    def _firsts(self, pieces: Sequence[_Piece]) -> tuple[Place, ...]:
        return tuple(place_of(piece.located[0], self.sources) for piece in pieces if piece.located)

    def _joined(self, piece: _Piece) -> Checked | None:
        """The verdict where the beginning of a sentence stands in one quotation, and its end in another."""
        normal = [word.normal for word in piece.words]
        for at in range(PART, len(normal) - PART + 1):
            if not (any(map(tells, normal[:at])) and any(map(tells, normal[at:]))):
                continue
            ones, others = self._in_a_quotation(normal[:at]), self._in_a_quotation(normal[at:])
            if ones and others and not any(self._one_utterance(a, b) for a in ones for b in others):
                places = (place_of(ones[0], self.sources), place_of(others[0], self.sources))
                return self._found(self.stretch.content, "joined", "two-stretches", places)
        return None

    def _in_a_quotation(self, normal: Sequence[str]) -> tuple[Located, ...]:
        return tuple(one for one in exactly(normal, self.sources) if self._in_marks(place_of(one, self.sources)))

    def _one_utterance(self, one: Located, other: Located) -> bool:
        """Whether the second follows the first within one quotation, interrupted by who speaks at most."""
        if one.telling != other.telling or not 0 <= other.first - one.last <= BETWEEN:
            return False
        telling = self.sources.by_id[one.telling]
        table = self.sources.words[one.telling]
        held = {
            place
            for quote in telling.quotes
            if quote.type != "indirect"
            for own in own_words(telling.text, quote)
            for place in words_in(table, own)
        }
        return held.isdisjoint(range(one.last, other.first))

    # ---- what it is worth

    def _printed(self, span: Span, places: tuple[Place, ...], edits: tuple[DraftEdit, ...] = ()) -> Checked:
        """The verdict on words that are printed at `places`: whose they are there."""
        marked = tuple(place for place in places if self._in_marks(place))
        if self.stretch.stated and not marked and len(self.words) >= OWN and not any(map(self._near_marks, places)):
            return self._found(span, "paraphrase", "printed-outside-quotation-marks", places, edits=edits)
        places = marked or places
        if others := self._others(places, edits):
            return self._found(span, "another speaker", "another-is-named", places, against=others, edits=edits)
        cut = self._cut(places) or (self._left_out(places[0]) if len(self._parts) > 1 else None)
        if cut is not None:
            return self._found(span, "altered", "a-cut-turns-the-sense", places, edits=(*edits, cut), reason="cut")
        verdict: Verdict = "altered" if any(not edit.marked for edit in edits) else "verbatim"
        return self._found(span, verdict, "nearly-printed" if edits else "printed", places, edits=edits)

    def _others(self, places: Sequence[Place], edits: Sequence[DraftEdit]) -> tuple[Place, ...]:
        """Who says the words instead, where so little was changed in them that they are one utterance."""
        changed = sum(len(words(self.draft.text, (edit.draft,))) for edit in edits)
        if self.speaker is None or len(self.words) < OWN or changed > (1 - SURELY) * len(self.words):
            return ()
        said = speakers.another(self.speaker, places, self.sources)
        return tuple(one.source for one in said if one.source is not None) or tuple(one.place for one in said)

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

    def _near_marks(self, place: Place) -> bool:
        """Whether quotation marks stand in the sentence around a place, or at its edges, or one opens before it and one
        closes behind it: broken ones may mean that it is somebody's, those of several paragraphs do."""
        text = self.sources.by_id[place.telling].text
        sentence = self.sources.sentence_at(place)
        start, end = max(0, sentence.start - NEAR_MARKS), min(len(text), sentence.end + NEAR_MARKS)
        if _MARK.search(text, start, end) is not None:
            return True
        before = next(iter(list(_MARK.finditer(text, max(0, start - REACH), start))[-1:]), None)
        behind = _MARK.search(text, end, min(len(text), end + REACH))
        return before is not None and behind is not None and _opens(text, before) and not _opens(text, behind)

    def _left_out(self, place: Place) -> DraftEdit | None:
        """What the draft leaves out by its marks, right before or behind words that it keeps, and turns their sense."""
        telling = self.sources.by_id[place.telling]
        table = self.sources.words[place.telling]
        among = words_in(table, place.span)
        at = among.start
        for before, after in pairwise(self._parts):
            at = _behind(table.normal, at, [word.normal for word in before])
            end = _begins(table.normal, at, [word.normal for word in after])
            gap = range(at, max(at, min(end, among.stop)))
            beside = [each for each in gap if each < at + BEFORE or each >= gap.stop - BEFORE]
            if turning := [each for each in beside if turns([table.normal[each]])]:
                span = table.span(turning[0], turning[-1])
                where = Span(before[-1].end, after[0].start)
                return DraftEdit(where, Place(telling.id, span), "cut")
            at = max(at, end)
        return None

    def _cut(self, places: Sequence[Place]) -> DraftEdit | None:
        """What stands before the words in every telling and turns their sense, where the draft has it not."""
        text, start = self.draft.text, self.stretch.content.start
        if len(self.words) < OWN:
            return None
        before = words(text, (Span(min(start, self.draft.sentence_around(self.stretch.content).start), start),))
        leading = [word.normal for word in before[-2 * BEFORE :]]
        if turns(leading) or not _conditional().isdisjoint(leading):
            return None
        found = []
        for place in places:
            telling = self.sources.by_id[place.telling]
            sentence = telling.sentence_around(Span(place.span.start, place.span.start + 1))
            lead = Span(min(sentence.start, place.span.start), place.span.start)
            clause = _CLAUSE_END.split(lead.of(telling.text))[-1]
            row = words(telling.text, (Span(place.span.start - len(clause), place.span.start),))[-BEFORE:]
            if not row or not turns([word.normal for word in row]):
                return None
            found.append(DraftEdit(Span(start, start), Place(place.telling, Span(row[0].start, row[-1].end)), "cut"))
        return found[0] if found else None

    def _edits(self, row: Sequence[Word], located: Located) -> list[DraftEdit]:
        """The edits of a piece, but for what the telling itself says between two stretches of the quotation."""
        marked = [word.start in self._bracketed for word in row]
        found = edits_of(self.draft.text, row, marked, located, self.sources)
        return [edit for edit in found if not self._between_marks(edit)]

    def _between_marks(self, edit: DraftEdit) -> bool:
        if edit.draft.end > edit.draft.start:
            return False
        telling = self.sources.by_id[edit.source.telling]
        return not any(
            own.overlaps(edit.source.span)
            for quote in telling.quotes
            if quote.type != "indirect" and quote.span.overlaps(edit.source.span)
            for own in own_words(telling.text, quote)
        )

    # ---- in other words, or nowhere

    def _retold(self, span: Span) -> Checked:
        """The verdict on words that are printed nowhere: a telling may report that somebody said so."""
        language = language_of(self.draft.document.read_as)
        stems = frozenset(word.stem for word in words_of(self.draft.text, span, language) if word.stem)
        near = self.sources.near(stems)
        if not self.stretch.stated:
            return self._found(span, "not checked", "nobody-is-quoted", reason="no-statement")
        told = [one for one in near if one.covers >= PARAPHRASE]
        told = [one for one in told if speakers.may_report(self.speaker, one.sentence.place, self.sources)]
        if len(stems) >= SAYS and told:
            places = tuple(one.sentence.place for one in told[:3])
            return self._found(span, "paraphrase", "told-in-other-words", places)
        return self._found(span, "not found", "in-no-telling", tuple(one.sentence.place for one in near[:1]))

    def _found(
        self,
        span: Span,
        verdict: Verdict,
        rule: str,
        places: tuple[Place, ...] = (),
        *,
        against: tuple[Place, ...] = (),
        edits: tuple[DraftEdit, ...] = (),
        reason: str = "",
    ) -> Checked:
        speaker = self.stretch.quote.described if self.stretch.quote is not None else None
        return verdict_on(
            *(self.sources, "quotation", span, verdict, rule, places, against),
            edits=edits,
            speaker=speaker,
            reason=reason,
        )


def _opens(text: str, mark: re.Match[str]) -> bool:
    """Whether a quotation mark opens: by its form, or, where one form does both, by standing before a word or first in
    its line."""
    if mark[0] != _EITHER:
        return mark[0] in _OPENING
    before, behind = text[max(0, mark.start() - 1) : mark.start()], text[mark.end() : mark.end() + 1]
    return before in ("", "\n") or (before.isspace() and not behind.isspace())


def _begins(among: Sequence[str], start: int, row: Sequence[str]) -> int:
    """Where some words begin from a place on; the end where they do not."""
    size = len(row)
    places = range(start, len(among) - size + 1)
    return next((at for at in places if list(among[at : at + size]) == list(row)), len(among))


def _behind(among: Sequence[str], start: int, row: Sequence[str]) -> int:
    """The place behind some words, from a place on."""
    return min(len(among), _begins(among, start, row) + len(row))


@cache
def _conditional() -> frozenset[str]:
    return language_of(UNDECLARED).words(ROOM, "conditional")


def _chain(first: Located, following: Sequence[Sequence[Located]]) -> list[Located]:
    """A stretch with those that follow it soonest in its telling, one of each of `following` as far as there are."""
    chain = [first]
    for among in following:
        after = _next(chain[-1], among)
        if after is None:
            break
        chain.append(after)
    return chain


def _next(before: Located, among: Sequence[Located]) -> Located | None:
    """The stretch that follows another soonest in its telling, within reach."""
    behind = [one for one in among if one.telling == before.telling and 0 <= one.first - before.last <= BETWEEN]
    return min(behind, key=lambda one: one.first, default=None)


def _between(content: Span, marks: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """What lies between some marks."""
    start = content.start
    for first, last in marks:
        if first > start:
            yield Span(start, first)
        start = max(start, last)
    if content.end > start:
        yield Span(start, content.end)
