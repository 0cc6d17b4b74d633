"""What the readers of facts ask of a telling: which sentence, which quotation, whose."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tellings.language.base import Language
from tellings.model.records import Block, Chain, Document, Fact, Mention, Quote, Sentence, Timex
from tellings.model.text import Span
from tellings.model.tokens import tokens_of
from tellings.within.facts.lists import FactLists, fact_lists

#: How far (characters) back a subject is looked for, and how long a sentence may be to have one only.
REACH = 400
#: How far (characters) back of a reference that is looked for which joins it to the words before.
LINK_REACH = 14


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention that reaches a chain, with its words in lower case."""

    span: Span
    chain: int
    words: str
    possessive: bool


@dataclass(frozen=True, slots=True)
class Context:
    """A telling with what is looked up often worked out once. `story`: indices of story sentences;
    `words`: what stands in each of them (`Tokens.words`), by where it begins."""

    text: str
    language: Language
    lists: FactLists
    sentences: Sequence[Sentence]
    timexes: Sequence[Timex]
    chains: Sequence[Chain]
    quotes: Sequence[Quote]
    story: tuple[int, ...]
    words: Mapping[int, frozenset[str]]
    references: tuple[Reference, ...]
    _starts: tuple[int, ...]
    _timex_starts: tuple[int, ...]
    _shown: tuple[tuple[Span, int], ...]

    @classmethod
    def of(
        cls,
        document: Document,
        blocks: Sequence[Block],
        sentences: Sequence[Sentence],
        timexes: Sequence[Timex],
        mentions: Sequence[Mention],
        chains: Sequence[Chain],
        quotes: Sequence[Quote],
        language: Language,
    ) -> Context:
        """The context of one telling's records."""
        text, lists = document.text, fact_lists(language)
        shown = tuple((quote.content, index) for index, quote in enumerate(quotes) if quote.status == "shown")
        references = _references(text, mentions, quotes, shown, lists)
        story = tuple(index for index, sentence in enumerate(sentences) if blocks[sentence.block].story)
        ordered = sorted(timexes, key=lambda timex: timex.span)
        return cls(
            text,
            language,
            lists,
            sentences,
            ordered,
            chains,
            quotes,
            story,
            {(span := sentences[index].span).start: tokens_of(text).words(span.start, span.end) for index in story},
            tuple(references),
            tuple(reference.span.start for reference in references),
            tuple(timex.span.start for timex in ordered),
            shown,
        )

    def may_stand(self, pattern: str, sentence: Span) -> bool:
        """Whether what a pattern finds can stand in a story sentence, by the words there."""
        return self.lists.keyed[pattern].may_stand(self.words[sentence.start])

    def quote_at(self, span: Span) -> int | None:
        """The innermost shown quotation `span` lies in."""
        inside = [(len(content), index) for content, index in self._shown if content.contains(span)]
        return min(inside)[1] if inside else None

    def references_in(self, start: int, end: int) -> Sequence[Reference]:
        """References that begin in `[start, end)`."""
        return self.references[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def timexes_in(self, span: Span) -> Sequence[Timex]:
        """Timexes that begin in `span`."""
        return self.timexes[bisect_left(self._timex_starts, span.start) : bisect_left(self._timex_starts, span.end)]

    def in_timex(self, span: Span) -> bool:
        """Whether a date, time or recurring time overlaps `span`."""
        first = max(0, bisect_right(self._timex_starts, span.start) - 2)
        for timex in self.timexes[first : first + 6]:
            if timex.span.start >= span.end:
                break
            if timex.span.overlaps(span) and timex.type != "DURATION":
                return True
        return False

    def before(self, position: int) -> int:
        """Where the sentence before the one at `position` begins."""
        index = bisect_left(self.sentences, position, key=lambda sentence: sentence.span.start)
        return self.sentences[max(0, index - 1)].span.start if self.sentences else 0

    def possessor(self, sentence: Span, position: int) -> int | None:
        """Chain of the possessive ("her", "Ines's") that ends right before `position`."""
        for reference in reversed(self.references_in(max(sentence.start, position - REACH // 4), position)):
            gap = self.text[reference.span.end : position]
            if reference.span.end <= position and len(gap) <= 3:
                marked = self.lists.pattern["possessive-mark"].match(gap.strip()) is not None
                if (reference.possessive and not gap.strip()) or marked:
                    return reference.chain
        return None

    def subject(self, sentence: Span, verb: int) -> int | None:
        """Chain of the person who is the subject of the verb at `verb`, where that is plain.

        The last reference before the verb with nothing but auxiliaries between. Of a joint
        subject ("she and Omar lost …") the first: what two did together, each did.
        """
        before = [
            reference
            for reference in self.references_in(max(sentence.start, verb - REACH), verb)
            if reference.span.end <= verb and self.person(reference.chain)
        ]
        while before:
            reference = before.pop()
            if verb - reference.span.end > 90:
                return None
            if reference.possessive or reference.words in self.lists.words["never_subject"]:
                continue
            if not self.lists.pattern["auxiliaries-between"].fullmatch(self.text, reference.span.end, verb):
                continue
            return self._first_of_joint(sentence, reference, before)
        return None

    def _first_of_joint(self, sentence: Span, reference: Reference, before: list[Reference]) -> int | None:
        link = self._link(sentence, reference)
        if link is None:
            return reference.chain
        if link["joins"] is None:
            # "a friend of Ines was …": the subject is somebody else.
            return None
        first = [other for other in before if other.span.end <= link.start() and link.start() - other.span.end <= 30]
        if not first:
            return reference.chain if not before else None
        nearest = first[-1]
        if nearest.possessive or self.text[nearest.span.end : link.start()].strip():
            return None
        return nearest.chain

    def nearest_subject(self, sentence: Span, position: int) -> int | None:
        """Chain of the nearest subject-like person before `position`; `None` where that person only reports it."""
        candidates = [
            reference
            for reference in self.references_in(max(sentence.start, position - REACH), position)
            if reference.span.end <= position
            and not reference.possessive
            and reference.words not in self.lists.words["never_subject"]
            and self.person(reference.chain)
            and not self._object(sentence, reference)
        ]
        if not candidates or self.lists.pattern["reports"].search(self.text, candidates[-1].span.end, position):
            return None
        return None if self._reporter(candidates[-1], position) else candidates[-1].chain

    def _object(self, sentence: Span, reference: Reference) -> bool:
        """Whether a reference hangs on the word before it ("with Ines", "Omar and Ines"); "and she" begins a clause."""
        link = self._link(sentence, reference)
        if link is None:
            return False
        return not ((link["and"] or link["or"]) and reference.words in self.lists.words["subject_only"])

    def _link(self, sentence: Span, reference: Reference) -> re.Match[str] | None:
        """What joins a reference to the words before it."""
        start = max(sentence.start, reference.span.start - LINK_REACH)
        return self.lists.pattern["link-before"].search(self.text, start, reference.span.start)

    def _reporter(self, reference: Reference, position: int) -> bool:
        """Whether the reference names who says what stands at `position` and no more."""
        return any(
            quote.source is not None
            and quote.source.overlaps(reference.span)
            and quote.content.start <= position < quote.content.end
            for quote in self.quotes
        )

    def sole_person(self, sentence: Span) -> int | None:
        """The chain of the only person a sentence speaks of."""
        if len(sentence) > 4 * REACH:
            return None
        chains = {ref.chain for ref in self.references_in(sentence.start, sentence.end) if self.person(ref.chain)}
        return chains.pop() if len(chains) == 1 else None

    def person(self, chain: int) -> bool:
        """Whether the chain may be a person."""
        return self.chains[chain].kind in ("person", "unknown")

    def placed(self, fact: Fact, sentence: int) -> Fact:
        """`fact` with its sentence, its quotation and the name of whom it is about."""
        whom_text = None if fact.whom is None else self.chains[fact.whom].name
        # Written out: `replace` takes several times as long, for each of thousands of facts.
        return Fact(
            *(fact.span, fact.kind, fact.head, fact.provenance, fact.value_span, fact.head_span, fact.whom, whom_text),
            *(fact.low, fact.high, fact.unit, fact.bound, fact.scope, fact.interval),
            *(sentence, self.quote_at(fact.value_span), fact.event, fact.compared),
            *(fact.counted, fact.named, fact.including, fact.since),
        )


def _references(
    text: str, mentions: Sequence[Mention], quotes: Sequence[Quote], shown: Sequence[tuple[Span, int]], lists: FactLists
) -> list[Reference]:
    """The mentions that reach a chain, and the first person of what somebody says, in order."""
    marked = frozenset(match.start() for match in lists.pattern["possessive-mark"].finditer(text))

    def reference(span: Span, chain: int) -> Reference:
        words = span.of(text).lower()
        return Reference(span, chain, words, _is_possessive(text, span, words, marked, lists))

    references = [reference(mention.span, mention.chain) for mention in mentions if mention.chain is not None]
    taken = {one.span.start for one in references}
    nested = [(span, index) for span, index in shown if quotes[index].within is not None]
    for index, quote in enumerate(quotes):
        # The first person of a quotation is its speaker.
        if quote.status != "shown" or quote.speaker is None or quote.type == "indirect":
            continue
        for match in lists.pattern["first-person"].finditer(text, quote.content.start, quote.content.end):
            start = match.start()
            inside = any(other != index and span.start <= start < span.end for span, other in nested)
            if start not in taken and not inside:
                taken.add(start)
                references.append(reference(Span(*match.span()), quote.speaker))
    return sorted(references, key=lambda one: (one.span.start, -one.span.end))


def _is_possessive(text: str, span: Span, words: str, marked: frozenset[int], lists: FactLists) -> bool:
    """Whether a mention says whose something is; a name with 's may be a possessive or none, and is read as one.

    `marked`: where the marks of possessives stand.
    """
    if words in lists.words["contracted_subject"]:
        return False
    if words in lists.words["possessive"]:
        objects = lists.words["possessive_or_object"]
        return not (words in objects and lists.pattern["no-noun-after"].match(text[span.end : span.end + 5]))
    return span.end in marked or words.endswith(lists.possessive_ending)
