"""What the steps of this room share: the telling's records, indexed, and the drafts they make."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cache

from tellings.language.base import language_of
from tellings.model import compiled
from tellings.model.records import (
    Block,
    Chain,
    Document,
    Interval,
    Mention,
    Provenance,
    Quote,
    Quoted,
    QuoteStatus,
    QuoteType,
    Sentence,
    SpeakerRank,
    Stance,
    Timex,
)
from tellings.model.rules import Keyed, RuleSet, load
from tellings.model.text import Span
from tellings.model.tokens import tokens_of

#: Fewest words of a stretch that can stand as a statement with no cue beside it.
STATEMENT_WORDS = 5
#: Why nobody is named where nothing beside the words says who speaks.
NOT_TOLD = "who says this is not told beside it"
#: The rule for what is known "according to" somebody.
ACCORDING = "according to"
#: Lines one after another that may be captions, and what ends a line that is none.
_CAPTIONS = 3
_ENDS = frozenset(".!?…:;,”\"’'»)]—–-")


@dataclass(slots=True)
class Draft:
    """A quotation being made. `continues` is the draft of the stretch before it in one utterance."""

    span: Span
    content: Span
    type: QuoteType
    status: QuoteStatus
    rule: str
    cue: Span | None = None
    source: Span | None = None
    speaker: int | None = None
    medium: Span | None = None
    audience: Span | None = None
    said: Interval | None = None
    reason: str | None = None
    continues: Draft | None = None
    within: Draft | None = None
    score: float | None = None
    quoted: Quoted | None = None
    stance: Stance = "says"
    marker: Span | None = None
    rank: SpeakerRank = "said by"
    others: tuple[int, ...] = ()
    earlier: bool = False
    meant: Span | None = None
    probability: float | None = None
    shares: tuple[float, ...] = ()
    agreed: bool = False
    disputed: bool = False

    @property
    def described(self) -> Span | None:
        """The words that say who speaks: the source, or what its pronoun stands for."""
        return self.meant or self.source


@dataclass(frozen=True, slots=True)
class Context:
    """One telling's records with look-ups by position. `subjects`: those of sentences that were asked for."""

    text: str
    document: Document
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    story: tuple[Span, ...]
    timexes: tuple[Timex, ...]
    mentions: tuple[Mention, ...]
    chains: tuple[Chain, ...]
    quoted: tuple[Quoted, ...]
    outer: tuple[Quoted, ...]
    _mention_starts: tuple[int, ...]
    _outer_starts: tuple[int, ...]
    _story_starts: tuple[int, ...]
    _block_starts: tuple[int, ...]
    subjects: dict[Span, Span | None] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(
        cls,
        document: Document,
        blocks: tuple[Block, ...],
        sentences: tuple[Sentence, ...],
        timexes: tuple[Timex, ...],
        mentions: tuple[Mention, ...],
        chains: tuple[Chain, ...],
        quoted: tuple[Quoted, ...],
    ) -> Context:
        """The context of a telling; the room's only entry."""
        story = tuple(s.span for s in sentences if blocks[s.block].story)
        outer = tuple(q for q in quoted if q.outer is None)
        return cls(
            document.text, document, blocks, sentences, story, timexes, mentions, chains, quoted, outer,
            tuple(m.span.start for m in mentions), tuple(q.span.start for q in outer), tuple(s.start for s in story),
            tuple(b.span.start for b in blocks),
        )  # fmt: skip

    def in_quotation(self, position: int) -> bool:
        """Whether a position lies inside an outer pair of quotation marks."""
        index = bisect_right(self._outer_starts, position) - 1
        return index >= 0 and position < self.outer[index].span.end

    def quoted_between(self, start: int, end: int) -> tuple[Quoted, ...]:
        """Outer stretches that begin in `[start, end)`."""
        return self.outer[bisect_left(self._outer_starts, start) : bisect_left(self._outer_starts, end)]

    def quoted_over(self, start: int, end: int) -> tuple[Quoted, ...]:
        """Outer stretches that `[start, end)` touches."""
        first = bisect_left(self._outer_starts, start)
        first -= first > 0 and self.outer[first - 1].span.end > start
        return self.outer[first : bisect_left(self._outer_starts, end)]

    def last_outer_before(self, position: int) -> Quoted | None:
        """The last outer stretch that ends at or before `position`."""
        index = bisect_right(self._outer_starts, position) - 1
        if index >= 0 and self.outer[index].span.end > position:
            index -= 1
        return self.outer[index] if index >= 0 else None

    def block_at(self, position: int) -> Block:
        """The block around a position."""
        return self.blocks[max(0, bisect_right(self._block_starts, position) - 1)]

    def residue_between(self, start: int, end: int) -> bool:
        """Whether something that is no story, and no white space, stands between two places."""
        first = max(0, bisect_right(self._block_starts, start) - 1)
        blocks = self.blocks[first : bisect_left(self._block_starts, end)]
        return any(not block.story and bool(block.span.of(self.text).strip()) for block in blocks)

    def mentions_between(self, start: int, end: int) -> tuple[Mention, ...]:
        """Mentions that begin in `[start, end)`."""
        return self.mentions[bisect_left(self._mention_starts, start) : bisect_left(self._mention_starts, end)]

    def story_index(self, position: int) -> int:
        """The place of the story sentence around a position (of the one before it, where it stands in residue)."""
        return max(0, bisect_right(self._story_starts, position) - 1)

    def sentence_at(self, position: int) -> Span:
        """The story sentence around a position (the one before it, where it stands in residue)."""
        return self.story[self.story_index(position)] if self.story else Span(0, 0)

    def paragraph_at(self, position: int) -> Span:
        """The stretch between line ends around a position."""
        start = self.text.rfind("\n", 0, position) + 1
        end = self.text.find("\n", position)
        return Span(start, len(self.text) if end < 0 else end)

    def paragraph_before(self, start: int) -> Span | None:
        """The paragraph before the one that starts at `start`, over lines that are no sentences (captions); `None`
        when nothing is there."""
        end = start
        for _ in range(_CAPTIONS + 1):
            while end > 0 and self.text[end - 1].isspace():
                end -= 1
            if end == 0:
                return None
            paragraph = self.paragraph_at(end - 1)
            if self.ends_sentence(paragraph):
                return paragraph
            end = paragraph.start
        return None

    def ends_sentence(self, paragraph: Span) -> bool:
        """Whether a paragraph ends as sentences, and what leads to a quotation, do; captions and headings seldom do."""
        return self.text[paragraph.start : paragraph.end].rstrip()[-1:] in _ENDS

    def sentence_before(self, position: int) -> Span:
        """The story sentence before the one around a position, over lines that are no sentences; that one itself where
        there is none."""
        sentence = own = self.sentence_at(position)
        for _ in range(_CAPTIONS + 1):
            if sentence.start == 0:
                return own
            sentence = self.sentence_at(sentence.start - 1)
            paragraph = self.paragraph_at(sentence.start)
            if own.start < paragraph.end or self.ends_sentence(paragraph):
                return sentence
        return own

    def timexes_between(self, start: int, end: int) -> tuple[Timex, ...]:
        """Time expressions that begin in `[start, end)`."""
        return self.timexes[bisect_left(self.timexes, start, key=_start) : bisect_left(self.timexes, end, key=_start)]

    def name_around(self, position: int) -> bool:
        """Whether a name holds a position."""
        index = bisect_right(self._mention_starts, position) - 1
        return any(
            mention.kind == "name" and mention.span.start <= position < mention.span.end
            for mention in self.mentions[max(0, index - 1) : index + 1]
        )

    def is_person(self, mention: Mention) -> bool:
        """Whether a mention is of somebody who can speak."""
        if mention.kind != "name":
            return True
        return mention.chain is not None and self.chains[mention.chain].kind in ("person", "group")

    def kind_of(self, mention: Mention) -> str:
        """The kind of what a mention names; "unknown" where nothing tells."""
        return self.chains[mention.chain].kind if mention.chain is not None else "unknown"

    def mention_in(self, span: Span) -> Mention | None:
        """The mention a source span is about: a name first, else a pronoun or description filling it."""
        inside = [m for m in self.mentions_between(span.start, span.end) if m.span.end <= span.end]
        for mention in inside:
            if mention.span == span:
                return mention
        for mention in inside:
            # "inspector Ana Vell", "Ana Vell, the captain": the name is the head; in "the Merrin council" it is not.
            heads = mention.span.end == span.end or self.text[mention.span.end : mention.span.end + 1] == ","
            heads = heads and not self._completed_by_a_name(span, mention)
            if mention.kind == "name" and self.may_be_person(mention) and self._completed(span, mention):
                return mention  # "Ana Vell of the harbour office"
            heads = heads and not governing().search(self.text, span.start, mention.span.start)
            heads = heads and not pattern("loosely governed").search(self.text, span.start, mention.span.start)
            heads = heads and not pattern("in a relative clause").search(self.text, span.start, mention.span.start)
            office = pattern("office of somebody").fullmatch(self.text, span.start, mention.span.start)
            if mention.kind == "name" and heads and office is None:
                return mention
            ends = mention.kind == "name" and mention.span.end == span.end
            if ends and (self._holds_an_office(span, mention) or self._set_behind(span, mention)):
                return mention
        return None

    def may_be_person(self, mention: Mention) -> bool:
        """Whether a name is a person's, or one of several words that nothing says more of."""
        kind = self.chains[mention.chain].kind if mention.chain is not None else "unknown"
        return kind == "person" or (kind == "unknown" and " " in mention.span.of(self.text))

    def _completed(self, span: Span, mention: Mention) -> bool:
        """Whether a name begins a source, with no more than titles before it, and what follows completes it."""
        before = self.text[span.start : mention.span.start].split()
        titles = load("en", "name").meanings("title")
        follows = pattern("completed by what follows").match(self.text, mention.span.end, span.end)
        return follows is not None and all(word in titles for word in before)

    def _set_behind(self, span: Span, mention: Mention) -> bool:
        """Whether a name is set behind a comma and what it is of: "a spokesman for the council, |Ana Vell|"."""
        if not self.text.endswith(", ", span.start, mention.span.start) or not self.may_be_person(mention):
            return False
        described = self.text[span.start : mention.span.start - len(", ")]
        named = pattern("somewhere").search(described) is not None and not self.is_person(mention)
        first, *_ = described.split() or [""]
        return first.casefold() in listed("source_determiner") and not named and "," not in described

    def _completed_by_a_name(self, span: Span, mention: Mention) -> bool:
        """Whether another name ends a source behind what is no person's: "the mayor's pick to run |Harbour House|, Ana
        Vell"."""
        if self.is_person(mention) or mention.span.start == span.start:
            return False
        near = self.mentions_between(mention.span.end + len(", "), mention.span.end + len(", ") + 1)
        return any(m.kind == "name" and m.span.end == span.end and self.may_be_person(m) for m in near)

    def _holds_an_office(self, span: Span, mention: Mention) -> bool:
        """Whether nothing but an office and its field stand before the person who has it: "the chief of staff |Ana
        Vell|", not "the head of the singer |Ana Vell|'s firm" or "the mother of the clerk |Ana Vell|"."""
        office = pattern("office with its field").fullmatch(self.text, span.start, mention.span.start)
        if office is None or not self.may_be_person(mention):
            return False
        return office["field"].casefold() not in load("en", "name").words("role", "title") | listed("source_person")

    def medium_between(self, start: int, end: int) -> Span | None:
        """The words for where it was said ("Instagram post", "her essay"), the last in `[start, end)`."""
        found = None
        medium = keyed("medium")
        if not tokens_of(self.text).any_of(medium.keys, start, end):
            return None
        for match in medium.pattern.finditer(self.text, start, end):
            if not self.in_quotation(match.start()):
                found = Span(*match.span())
        return found

    def arrange(self, drafts: list[Draft]) -> tuple[Quote, ...]:
        """Drafts as records, sorted by span, with indices in place of references."""
        drafts = sorted(drafts, key=lambda d: (d.span.start, -d.span.end, d.rule))
        place = {id(draft): index for index, draft in enumerate(drafts)}
        return tuple(
            Quote(
                span=draft.span,
                content=draft.content,
                type=draft.type,
                status=draft.status,
                provenance=Provenance("quotes", draft.rule, draft.score),
                cue=draft.cue,
                source=draft.source,
                speaker=draft.speaker,
                medium=draft.medium,
                audience=draft.audience,
                said=draft.said,
                reason=draft.reason,
                continues=place.get(id(draft.continues)) if draft.continues else None,
                within=place.get(id(draft.within)) if draft.within else None,
                stance=draft.stance,
                marker=draft.marker,
                rank=draft.rank if draft.status == "shown" else "unsure",
                others=draft.others,
                earlier=draft.earlier,
                meant=draft.meant,
                probability=draft.probability,
            )
            for draft in drafts
        )


def _start(timex: Timex) -> int:
    return timex.span.start


@cache
def words() -> RuleSet:
    """The room's word lists."""
    return load("en", "quote")


@cache
def listed(*names: str) -> frozenset[str]:
    """The words of the room's lists `names`. Raises RuleError where there is none of a name."""
    return words().words(*names)


@cache
def endings(name: str) -> tuple[str, ...]:
    """The words of a list, as `str.endswith` takes them."""
    return tuple(listed(name))


def carriers() -> frozenset[str]:
    """Nouns for what carries words or findings: "remarks", "report"."""
    return listed("account_noun", "document_noun", "medium_noun")


def singular(noun: str) -> str:
    """A noun without the ending of a plural."""
    return noun.removesuffix(endings("plural_ending")[0])


def is_participle(form: str) -> bool:
    """Whether a form of a verb is a present participle, as far as its ending tells."""
    return form.casefold().split()[0].endswith(endings("participle_ending"))


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The room's pattern `name`. Raises RuleError where there is none."""
    return language_of("en").pattern("quote", name)


def head_words(phrase: str) -> list[str]:
    """The words of a noun phrase up to the end of its head, in lower case: of "The clerk of Osk" those of "the
    clerk"."""
    return pattern("head ends").split(phrase.casefold())[0].split()


def head_and_last(phrase: str) -> frozenset[str]:
    """The head of a noun phrase, and its last word, in lower case: "group" and "rowers" of "a group of rowers"."""
    return frozenset((*head_words(phrase)[-1:], *phrase.casefold().split()[-1:]))


@cache
def keyed(name: str) -> Keyed:
    """The room's pattern `name` with its keys. Raises RuleError where there is none."""
    return language_of("en").keyed("quote", name)


@cache
def governing() -> re.Pattern[str]:
    """A preposition right before a name, over article, titles and roles: "the office of former mayor |Quill" is not
    Quill. The text before the name is searched."""
    lists = load("en", "name")
    titles, roles, rank = lists.alternatives("title"), lists.alternatives("role"), words().alternatives("rank")
    titled = rf"(?:(?:{rank}|{titles}|{roles})\s+)"
    article = rf"(?:(?:{words().alternatives('definite_article')})\s+)?"
    owner, body = r"(?:(?:[A-Z][\w-]*\s+)?[A-Z][\w-]*[’']s?\s+(?:[a-z]+\s+)?)?", r"(?:[A-Z][\w’'-]*\s+){1,2}"
    address = rf"(?:{words().alternatives('address_title')})\s"
    any_of, near = words().alternatives("governor"), words().alternatives("near_governor")
    return compiled.pattern(
        rf"\b(?:(?P<preposition>{any_of})\s+{article}(?:[A-Z]\w*-[a-z]+\s+)?{owner}{titled}{{0,4}}|(?:{near})\s+{article}{body}(?!{address}){titled}{{1,4}})\Z"
    )
