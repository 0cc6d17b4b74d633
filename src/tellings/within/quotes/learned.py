"""Reported clauses that no rule finds, by a small trained model: which verb reports, and what.

A log-linear model in three steps, each a softmax over a few candidates with sparse features of words around them
(cf. Muzny et al. 2017 and Pareti 2015 for quotations in two stages): for each word that may be a cue, does it report,
and does what it reports stand before or behind it; where does that begin; where does it end. Weights are a plain file
(`data/en/quote/model.json`) that `train/quotes.py` writes; what they were trained on: docs/quotes.md.

What it finds is kept apart from what the rules find: status "unsure", with the value that the softmax gives its cue as
score. How often clauses of one score are right was not checked, so no score here is a probability.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import msgspec

from tellings.model.records import MODEL
from tellings.model.regression import softmax
from tellings.model.text import Span
from tellings.within.quotes.context import Context, Draft, endings, listed, pattern
from tellings.within.quotes.cues import source_at
from tellings.within.quotes.speakers import is_source, speaker_of

#: Least score of a cue with which a clause is kept at all: set on the training texts.
KEPT = 0.4
#: Words behind a cue among which what it reports may begin.
REACH = 12
#: Most candidates for an end.
_ENDS = 24
#: Where what a word reports may stand.
WHERE = ("none", "after", "before", "around")
_NONE = (0.0,)
#: The kinds of words that a source may be.
SOURCE_KINDS = ("name", "pronoun", "nominal", "phrase")
WHY = "found by the trained model, by no rule"

#: A word or a mark.
TOKEN = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*|[^\w\s]")
MARKS = frozenset('.,;:!?–—-()“”"‘’…')


class Weights(msgspec.Struct, frozen=True):
    """The model: words that may be cues, and for each step the weights of its features.

    A feature of the step "cue" has a weight for each of `WHERE`; of any other step, one.
    """

    about: str
    cues: frozenset[str]
    steps: dict[str, dict[str, tuple[float, ...]]]


@dataclass(frozen=True, slots=True)
class Words:
    """The words and marks of one sentence, with where its quotation marks are."""

    spans: tuple[Span, ...]
    lower: tuple[str, ...]
    text: str
    quoted: tuple[bool, ...]
    opens: tuple[bool, ...]
    closes: tuple[bool, ...]

    @classmethod
    def of(cls, context: Context, sentence: Span) -> Words:
        """The words of `sentence`."""
        spans = tuple(Span(*m.span()) for m in TOKEN.finditer(context.text, sentence.start, sentence.end))
        marks = [q.span for q in context.quoted_over(sentence.start, sentence.end)]
        if not marks:
            none = (False,) * len(spans)
            return cls(spans, tuple(span.of(context.text).casefold() for span in spans), context.text, none, none, none)
        starts, ends = {span.start for span in marks}, {span.end for span in marks}
        return cls(
            spans,
            tuple(span.of(context.text).casefold() for span in spans),
            context.text,
            tuple(any(mark.start <= span.start < mark.end for mark in marks) for span in spans),
            tuple(span.start in starts for span in spans),
            tuple(span.end in ends for span in spans),
        )

    def at(self, index: int) -> str:
        """The word at `index`, a name for beyond either end."""
        return self.lower[index] if 0 <= index < len(self.lower) else "<>"


def cue_features(found: Words, index: int, source: str) -> list[str]:
    """Features of a word as a cue; `source` is the kind of its subject."""
    return [*_features_of_word(found, index), *_features_of_source(found.lower[index], source)]


def _features_of_source(word: str, source: str) -> tuple[str, ...]:
    return f"w={word}|s={source}", f"s={source}", f"suffix={word[-2:]}|s={source}"


def _features_of_word(found: Words, index: int) -> list[str]:
    at, word = found.at, found.lower[index]
    before, after = at(index - 1), at(index + 1)
    opening = next((d for d in range(1, 7) if index + d < len(found.opens) and found.opens[index + d]), 0)
    conjunctions = listed("clause_conjunction")
    that = next((d for d in range(1, 9) if at(index + d) in conjunctions), 0)
    after_shape = _shape(found, index + 1)
    return [
        "",
        f"w={word}",
        f"p={before}",
        f"pp={at(index - 2)}",
        f"n={after}",
        f"nn={at(index + 2)}",
        f"nnn={at(index + 3)}",
        f"w={word}|n={after}",
        f"w={word}|p={before}",
        f"w={word}|ns={after_shape}",
        f"suffix={word[-3:]}",
        f"ns={after_shape}|nns={_shape(found, index + 2)}",
        f"opens={opening}",
        f"w={word}|opens={opening > 0}",
        f"that={that}",
        f"closed={any(found.closes[max(0, index - 6) : index])}",
        f"last={len(found.lower) - index < 4}",
        f"first={min(index, 3)}",
        f"length={min(len(found.lower) // 8, 5)}",
        f"comma={',' in found.lower[max(0, index - 6) : index]}",
    ]


def start_features(found: Words, cue: int, start: int) -> list[str]:
    """Features of a word as the first of what a cue reports."""
    at, word, distance = found.at, found.lower[cue], start - cue
    return [
        f"d={distance}",
        f"w={word}|d={distance}",
        f"b={at(start)}",
        f"bp={at(start - 1)}",
        f"bp={at(start - 1)}|b={at(start)}",
        f"bs={_shape(found, start)}|bp={at(start - 1)}",
        f"bs={_shape(found, start)}|bps={_shape(found, start - 1)}",
        f"w={word}|bp={at(start - 1)}",
        f"w={word}|b={at(start)}",
        f"bn={at(start + 1)}",
        f"opens={found.opens[start]}|d={min(distance, 4)}",
        f"passed={not listed('clause_conjunction').isdisjoint(found.lower[cue + 1 : start])}",
        f"comma={',' in found.lower[cue + 1 : start]}",
    ]


def end_features(found: Words, cue: int, start: int, end: int) -> list[str]:
    """Features of a word as the last of what a cue reports."""
    at, word = found.at, found.lower[cue]
    after, second = at(end + 1), at(end + 2)
    inside = found.lower[start : end + 1]
    finite, past = _verbs(), endings("past_ending")
    verbs = any(each in finite or (each.endswith(past) and len(each) > 4) for each in inside)
    commas = min(sum(each == "," for each in inside), 3)
    rest = len(found.lower) - end
    first = at(start)
    clause = not listed("clause_conjunction").isdisjoint((first, at(start - 1)))
    return [
        f"a={after}",
        f"a={after}|aa={second}",
        f"a={after}|v={verbs}",
        f"a={after}|that={clause}",
        f"a={after}|w={word}",
        f"a={after}|aas={_shape(found, end + 2)}",
        f"a={after}|commas={commas}",
        f"l={at(end)}",
        f"length={min(end - start, 30) // 3}|v={verbs}",
        f"length={min(end - start, 30) // 3}|w={word}",
        f"rest={min(rest, 24) // 3}",
        f"last={rest <= 2}|v={verbs}",
        f"last={rest <= 2}|w={word}",
        f"closes={found.closes[end]}",
        f"a={after}|first={first}",
    ]


def before_features(found: Words, cue: int, start: int) -> list[str]:
    """Features of a word as the first of what a cue behind it reports."""
    at = found.at
    return [
        f"p={at(start - 1)}",
        f"b={at(start)}",
        f"first={start == 0}",
        f"p={at(start - 1)}|b={at(start)}",
        f"length={min(cue - start, 30) // 3}",
        f"p={at(start - 1)}|length={min(cue - start, 30) // 6}",
    ]


def _shape(found: Words, index: int) -> str:
    if not 0 <= index < len(found.lower):
        return "<>"
    character = found.text[found.spans[index].start]
    if found.opens[index]:
        return "quote"
    if character.isdigit():
        return "9"
    if not character.isalpha():
        return character
    word = found.lower[index]
    if character.isupper():
        return "A"
    return word if word in _bounds() or word in _verbs() else "ly" if word.endswith(endings("adverb_ending")) else "a"


def starts(found: Words, cue: int) -> list[int]:
    """Words behind a cue with which what it reports may begin."""
    candidates = []
    for index in range(cue + 1, min(len(found.lower), cue + 1 + REACH)):
        if found.quoted[index] and not found.opens[index]:
            break
        if found.lower[index] not in MARKS or found.opens[index]:
            candidates.append(index)
    return candidates


def ends(found: Words, start: int) -> list[int]:
    """Words with which what begins at `start` may end."""
    candidates = []
    last = len(found.lower) - 1
    while last > start and found.lower[last] in MARKS and not found.closes[last]:
        last -= 1
    for index in range(start, last + 1):
        if found.quoted[index] and not found.closes[index]:
            continue
        if found.lower[index] in MARKS and not found.closes[index]:
            continue
        after = found.at(index + 1)
        if index == last or after in MARKS or after in _bounds() or found.closes[index]:
            candidates.append(index)
    return [*candidates[: _ENDS - 1], candidates[-1]] if len(candidates) > _ENDS else candidates


def befores(found: Words, stop: int) -> list[int]:
    """Words with which what stands before `stop` may begin: the first, and those behind a comma or a conjunction."""
    joints = listed("clause_joint")
    return [
        index
        for index in range(stop)
        if found.lower[index] not in MARKS
        and not found.quoted[index]
        and (index <= 1 or found.lower[index - 1] in joints)
    ]


def source_kind(context: Context, source: Span | None) -> str:
    """What sort of words a source is, for features."""
    if source is None:
        return "none"
    mention = context.mention_in(source)
    if mention is not None:
        return mention.kind
    return "phrase"


@cache
def weights() -> Weights:
    """The trained model. Raises msgspec.DecodeError where its file is broken."""
    file = resources.files("tellings").joinpath("data", "en", "quote", "model.json")
    return msgspec.json.decode(file.read_bytes(), type=Weights)


@cache
def _bounds() -> frozenset[str]:
    return listed("content_bound")


@cache
def _verbs() -> frozenset[str]:
    return listed("content_verb")


def _scores(step: str, candidates: Iterable[Sequence[str]]) -> list[float]:
    """The score of each candidate, by the features of each."""
    found = weights().steps[step]
    return softmax([sum(found.get(feature, _NONE)[0] for feature in features) for features in candidates])


def _summed(features: Iterable[str], start: Sequence[float]) -> list[float]:
    """The sums of the weights of the step "cue", from those of `start` on."""
    found = weights().steps["cue"]
    sums = list(start)
    for feature in features:
        if (row := found.get(feature)) is not None:
            for index, weight in enumerate(row):
                sums[index] += weight
    return sums


def _where_reported(word: str, alone: Sequence[float], source: str) -> list[float]:
    """The scores of a word with a source of a kind, given the sums without it: it reports nothing, what stands behind
    it, before it, on both sides."""
    return softmax(_summed(_features_of_source(word, source), alone))


def candidate_cues(
    context: Context, sentence: Span, lexicon: frozenset[str], taken: Sequence[Span] = ()
) -> Iterator[tuple[Words, int]]:
    """Each word of `sentence`, outside marks and outside `taken`, that may be a cue."""
    found: Words | None = None
    for match in TOKEN.finditer(context.text, sentence.start, sentence.end):
        if match.group().casefold() not in lexicon or context.in_quotation(match.start()):
            continue
        place = Span(*match.span())
        if any(span.overlaps(place) for span in taken):
            continue
        found = found or Words.of(context, sentence)
        yield found, bisect_left(found.spans, place)


def learned_quotes(context: Context, taken: Sequence[Span]) -> list[Draft]:
    """Drafts for the clauses that the model finds where `taken` (what the rules found, with its cues) leaves room."""
    drafts: list[Draft] = []
    occupied = sorted(taken)
    for sentence in context.story:
        best: list[Draft] = []
        for found, cue in candidate_cues(context, sentence, weights().cues, _near(occupied, sentence)):
            best.extend(_read(context, sentence, found, cue))
        for draft in sorted(best, key=lambda d: (-(d.score or 0.0), d.span.start)):
            if not any(span.overlaps(draft.content) for span in _near(occupied, sentence)):
                drafts.append(draft)
                occupied = sorted([*occupied, draft.content])
    return drafts


#: Score from which another end is taken for a clause that a rule found: set on the training texts.
SURE_END = 0.5


def ended(context: Context, drafts: Sequence[Draft]) -> None:
    """Move the ends of reported clauses that rules found to the end of their sentence, where the model is sure that the
    telling's own words go on before it."""
    for draft in drafts:
        place = clause_words(context, draft)
        if place is None:
            continue
        found, cue, start, end = place
        finals = ends(found, start)
        if end not in finals:
            continue
        scores = _scores("end", (end_features(found, cue, start, index) for index in finals))
        best = max(range(len(scores)), key=scores.__getitem__)
        last = found.spans[finals[best]].end
        # What is said begins behind the conjunction that its span begins with.
        if finals[best] < end and scores[best] >= SURE_END and last > draft.content.start:
            draft.span, draft.content = Span(draft.span.start, last), Span(draft.content.start, last)
            draft.rule += "; ended by the model"


def clause_words(context: Context, draft: Draft) -> tuple[Words, int, int, int] | None:
    """The words of a reported clause's sentence, and which are its cue, its first and its last; `None` for others."""
    if draft.cue is None or draft.type == "direct" or draft.cue.end > draft.span.start or draft.continues is not None:
        return None
    sentence = context.sentence_at(draft.cue.start)
    if draft.span.end > sentence.end or draft.cue.start < sentence.start:
        return None
    found = Words.of(context, sentence)
    begins = [span.start for span in found.spans]
    cue, start = bisect_left(begins, draft.cue.start), bisect_left(begins, draft.span.start)
    end = bisect_left(begins, draft.span.end) - 1
    if not (cue < start <= end) or found.spans[start].start != draft.span.start:
        return None
    return found, cue, start, end


def _near(occupied: Sequence[Span], sentence: Span) -> list[Span]:
    return [span for span in occupied if span.start < sentence.end and sentence.start < span.end]


def _read(context: Context, sentence: Span, found: Words, cue: int) -> list[Draft]:
    """What the word at `cue` reports, where the model is sure enough."""
    place = found.spans[cue]
    word, alone = found.lower[cue], _summed(_features_of_word(found, cue), [0.0] * len(WHERE))
    if all(1 - _where_reported(word, alone, kind)[0] < KEPT for kind in SOURCE_KINDS):
        return []  # whatever its source is: to look for that costs most
    source = source_at(context, sentence, place)
    reported = _where_reported(word, alone, source_kind(context, source))
    where = max(range(1, 4), key=lambda index: reported[index])
    if 1 - reported[0] < KEPT or source is None or not is_source(context, source):
        return []
    score = 1 - reported[0]
    content: Span | None = None
    if WHERE[where] in ("after", "around"):
        begins = starts(found, cue)
        if not begins:
            return []
        scores = _scores("start", (start_features(found, cue, index) for index in begins))
        start = begins[max(range(len(scores)), key=scores.__getitem__)]
        finals = ends(found, start)
        if not finals:
            return []
        scores = _scores("end", (end_features(found, cue, start, index) for index in finals))
        end = finals[max(range(len(scores)), key=scores.__getitem__)]
        content = Span(found.spans[start].start, found.spans[end].end)
    elif WHERE[where] == "before":
        stop = next((i for i in range(cue) if found.spans[i].start >= min(source.start, place.start)), cue)
        while stop > 0 and found.lower[stop - 1] in MARKS and not found.closes[stop - 1]:
            stop -= 1
        begins = befores(found, stop)
        if not begins or stop < 2:
            return []
        scores = _scores("before", (before_features(found, stop, index) for index in begins))
        start = begins[max(range(len(scores)), key=scores.__getitem__)]
        content = Span(found.spans[start].start, found.spans[stop - 1].end)
    if content is None or content.overlaps(place) or content.overlaps(source) or score < KEPT:
        return []
    marked = bool(context.quoted_between(content.start, content.end))
    return [
        Draft(
            span=content,
            content=_without_that(context.text, content),
            type="mixed" if marked else "indirect",
            status="unsure",
            rule=MODEL,
            reason=WHY,
            cue=place,
            source=source,
            speaker=speaker_of(context, source),
            score=round(score, 3),
        )
    ]


def _without_that(text: str, content: Span) -> Span:
    that = pattern("that first").match(text, content.start, content.end)
    return Span(that.end(), content.end) if that else content
