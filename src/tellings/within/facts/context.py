"""What the readers of facts ask of a telling: which sentence, which quotation, whose."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from tellings.model.records import Block, Chain, Document, Fact, Mention, Quote, Sentence, Timex
from tellings.model.rules import load, words_in
from tellings.model.text import Span

#: How far (characters) back a subject is looked for, and how long a sentence may be to have one only.
REACH = 400
POSSESSIVES = frozenset({"his", "her", "its", "their", "my", "our", "your", "whose"})
#: Pronouns that are subjects and nothing else.
_SUBJECTS = frozenset({"she", "he", "they"})
_NOT_SUBJECTS = frozenset(
    {"him", "them", "me", "us", "hers", "theirs", "mine", "ours", "himself", "herself", "themselves"}
)
_FIRST_PERSON = re.compile(r"(?<![\w'’])(?:I|my|My)(?![\w-])")
_NO_NOUN = re.compile(r"\s+(?:[,.;:]|$|in\b|on\b|at\b|to\b|and\b)")
_POSSESSIVE_MARK = re.compile(r"['’]s?(?!\w)")
_AUXILIARIES = re.compile(
    r"(?:,[^,;.]{1,60},|,)?\s*(?:['’](?:s|d|ve|re))?\s*"
    r"(?:(?:has|have|had|was|were|is|are|been|being|be|also|later|then|reportedly|allegedly|first|recently|officially|sadly|"
    r"tragically|already|just|initially|subsequently|previously)\s+)*$"
)
_WORD_BEFORE = re.compile(
    r"(?<!\w)(and|or|with|by|of|for|to|from|in|at|on|than|after|&)\s+(?:(?:her|his|their|the)\s+)?$", re.IGNORECASE
)


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
    `words`: what stands in each of them (`words_in`)."""

    text: str
    language: str
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
    ) -> Context:
        """The context of one telling's records."""
        text = document.text
        shown = tuple((quote.content, index) for index, quote in enumerate(quotes) if quote.status == "shown")
        references = [
            _reference(text, mention.span, mention.chain) for mention in mentions if mention.chain is not None
        ]
        taken = {reference.span.start for reference in references}
        for index, quote in enumerate(quotes):
            # The first person of a quotation is its speaker.
            if quote.status != "shown" or quote.speaker is None or quote.type == "indirect":
                continue
            for match in _FIRST_PERSON.finditer(text, quote.content.start, quote.content.end):
                if match.start() not in taken and not any(
                    other != index and quotes[other].within is not None and span.start <= match.start() < span.end
                    for span, other in shown
                ):
                    taken.add(match.start())
                    references.append(_reference(text, Span(match.start(), match.end()), quote.speaker))
        references.sort(key=lambda reference: (reference.span.start, -reference.span.end))
        story = tuple(index for index, sentence in enumerate(sentences) if blocks[sentence.block].story)
        ordered = sorted(timexes, key=lambda timex: timex.span)
        return cls(
            text,
            document.read_as,
            sentences,
            ordered,
            chains,
            quotes,
            story,
            {index: words_in(sentences[index].span.of(text)) for index in story},
            tuple(references),
            tuple(reference.span.start for reference in references),
            tuple(timex.span.start for timex in ordered),
            shown,
        )

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
                marked = _POSSESSIVE_MARK.match(gap.strip()) is not None
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
            if reference.possessive or reference.words in _NOT_SUBJECTS:
                continue
            if not _AUXILIARIES.fullmatch(self.text, reference.span.end, verb):
                continue
            return self._first_of_joint(sentence, reference, before)
        return None

    def _first_of_joint(self, sentence: Span, reference: Reference, before: list[Reference]) -> int | None:
        link = _WORD_BEFORE.search(self.text, max(sentence.start, reference.span.start - 14), reference.span.start)
        if link is None:
            return reference.chain
        if link[1].lower() not in ("and", "&"):
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
            and reference.words not in _NOT_SUBJECTS
            and self.person(reference.chain)
            and not self._object(sentence, reference)
        ]
        if not candidates or _reports().search(self.text, candidates[-1].span.end, position):
            return None
        return None if self._reporter(candidates[-1], position) else candidates[-1].chain

    def _object(self, sentence: Span, reference: Reference) -> bool:
        """Whether a reference hangs on the word before it ("with Ines", "Omar and Ines"); "and she" begins a clause."""
        link = _WORD_BEFORE.search(self.text, max(sentence.start, reference.span.start - 14), reference.span.start)
        return link is not None and not (link[1].lower() in ("and", "or") and reference.words in _SUBJECTS)

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
        whom = fact.whom
        return replace(
            fact,
            sentence=sentence,
            quote=self.quote_at(fact.value_span),
            whom_text=None if whom is None else self.chains[whom].name,
        )


def _reference(text: str, span: Span, chain: int | None) -> Reference:
    assert chain is not None
    words = span.of(text).lower()
    possessive = words in POSSESSIVES or words.endswith(("'s", "’s")) or bool(_POSSESSIVE_MARK.match(text, span.end))
    # "she's" and "he's" are no possessives; a name with 's may be either and is read as one.
    if words in ("she", "he", "it", "they", "i", "we", "you", "who"):
        possessive = False
    if words == "her" and _NO_NOUN.match(text[span.end : span.end + 5]):
        possessive = False
    return Reference(span, chain, words, possessive)


@cache
def _reports() -> re.Pattern[str]:
    """Verbs after which somebody else may be the subject: "she said that the two were …"."""
    verbs = load("en", "quote").alternatives("speech_verb")
    # "she was admitted" reports nothing.
    return re.compile(rf"(?<!\bwas\s)(?<!\bwere\s)(?<!\bbeen\s)(?<!\bbeing\s)\b(?:{verbs})\b", re.IGNORECASE)
