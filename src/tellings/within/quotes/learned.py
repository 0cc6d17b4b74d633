"""Reported clauses that no rule finds, by a small trained model: which verb reports, and what.

A log-linear model in three steps, each a softmax over a few candidates with sparse features of words around them
(cf. Muzny et al. 2017 and Pareti 2015 for quotations in two stages): for each word that may be a cue, does it report,
and does what it reports stand before or behind it; where does that begin; where does it end. Weights are a plain file
(`data/en/quote/model.json`) that `train/quotes.py` writes; what they were trained on: docs/quotes.md.

What it finds is kept apart from what the rules find: status "unsure", with its probability as score.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import exp

import msgspec

from tellings.model.text import Span
from tellings.within.quotes.context import Context, Draft, words
from tellings.within.quotes.cues import source_at
from tellings.within.quotes.speakers import is_source, speaker_of

#: Least probability of a cue and its content with which a clause is kept at all: set on the training texts.
KEPT = 0.4
#: Words behind a cue among which what it reports may begin.
REACH = 12
#: Most candidates for an end.
_ENDS = 24
WHY = "found by the trained model, by no rule"

_TOKEN = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*|[^\w\s]")
_STOP = frozenset(".,;:!?–—-()“”\"‘’…")
# Words before which what is reported may end.
_BOUND = frozenset(
    "and but or as while when after before because if in on at to for with from by during who which that where since "
    "until though although despite over amid against than so whose".split()
)
_VERBS = frozenset("is are was were be been has have had will would can could should may might must do does did".split())


class Weights(msgspec.Struct, frozen=True):
    """The model: words that may be cues, and a weight for each feature of each step."""

    about: str
    cues: frozenset[str]
    weights: dict[str, float]


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
        spans = tuple(Span(*m.span()) for m in _TOKEN.finditer(context.text, sentence.start, sentence.end))
        marks = [q.span for q in context.quoted_over(sentence.start, sentence.end)]
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
    at, word = found.at, found.lower[index]
    before, after = at(index - 1), at(index + 1)
    opening = next((d for d in range(1, 7) if index + d < len(found.opens) and found.opens[index + d]), 0)
    that = next((d for d in range(1, 9) if at(index + d) == "that"), 0)
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
        f"w={word}|s={source}",
        f"w={word}|ns={after_shape}",
        f"s={source}",
        f"suffix={word[-3:]}",
        f"suffix={word[-2:]}|s={source}",
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
        f"passed={'that' in found.lower[cue + 1 : start]}",
        f"comma={',' in found.lower[cue + 1 : start]}",
    ]


def end_features(found: Words, cue: int, start: int, end: int) -> list[str]:
    """Features of a word as the last of what a cue reports."""
    at, word = found.at, found.lower[cue]
    after, second = at(end + 1), at(end + 2)
    inside = found.lower[start : end + 1]
    verbs = any(each in _VERBS or (each.endswith("ed") and len(each) > 4) for each in inside)
    commas = min(sum(each == "," for each in inside), 3)
    rest = len(found.lower) - end
    first = at(start)
    clause = first == "that" or at(start - 1) == "that"
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
    return word if word in _BOUND or word in _VERBS else "ly" if word.endswith("ly") else "a"


def starts(found: Words, cue: int) -> list[int]:
    """Words behind a cue with which what it reports may begin."""
    candidates = []
    for index in range(cue + 1, min(len(found.lower), cue + 1 + REACH)):
        if found.quoted[index] and not found.opens[index]:
            break
        if found.lower[index] not in _STOP or found.opens[index]:
            candidates.append(index)
    return candidates


def ends(found: Words, start: int) -> list[int]:
    """Words with which what begins at `start` may end."""
    candidates = []
    last = len(found.lower) - 1
    while last > start and found.lower[last] in _STOP and not found.closes[last]:
        last -= 1
    for index in range(start, last + 1):
        if found.quoted[index] and not found.closes[index]:
            continue
        if found.lower[index] in _STOP and not found.closes[index]:
            continue
        after = found.at(index + 1)
        if index == last or after in _STOP or after in _BOUND or found.closes[index]:
            candidates.append(index)
    return [*candidates[: _ENDS - 1], candidates[-1]] if len(candidates) > _ENDS else candidates


def befores(found: Words, stop: int) -> list[int]:
    """Words with which what stands before `stop` may begin: the first, and those behind a comma or a conjunction."""
    return [
        index
        for index in range(stop)
        if found.lower[index] not in _STOP
        and not found.quoted[index]
        and (index == 0 or found.lower[index - 1] in {",", "and", "but", "that", ":", ";", "—", "–", "-", "as"} or index == 1)
    ]


def source_kind(context: Context, source: Span | None) -> str:
    """What sort of words a source is, for features."""
    if source is None:
        return "none"
    mention = context.mention_in(source)
    if mention is not None:
        return mention.kind
    return "phrase"


def chances(scores: Sequence[float]) -> list[float]:
    """Softmax."""
    top = max(scores)
    raised = [exp(score - top) for score in scores]
    total = sum(raised)
    return [each / total for each in raised]


@cache
def weights() -> Weights:
    """The trained model. Raises msgspec.DecodeError where its file is broken."""
    file = resources.files("tellings").joinpath("data", "en", "quote", "model.json")
    return msgspec.json.decode(file.read_bytes(), type=Weights)


def _score(step: str, features: Sequence[str]) -> float:
    found = weights().weights
    return sum(found.get(f"{step}{feature}", 0.0) for feature in features)


WHERE = ("none", "after", "before", "around")


def candidate_cues(context: Context, sentence: Span, lexicon: frozenset[str]) -> Iterator[tuple[Words, int]]:
    """Each word of `sentence`, outside marks, that may be a cue."""
    found: Words | None = None
    for match in _TOKEN.finditer(context.text, sentence.start, sentence.end):
        if match.group().casefold() in lexicon and not context.in_quotation(match.start()):
            found = found or Words.of(context, sentence)
            yield found, bisect_left(found.spans, Span(*match.span()))


def learned_quotes(context: Context, taken: Sequence[Span]) -> list[Draft]:
    """Drafts for the clauses that the model finds where `taken` (what the rules found, with its cues) leaves room."""
    drafts: list[Draft] = []
    occupied = sorted(taken)
    for sentence in context.story:
        best: list[Draft] = []
        for found, cue in candidate_cues(context, sentence, weights().cues):
            place = found.spans[cue]
            if any(span.overlaps(place) for span in _near(occupied, sentence)):
                continue
            best.extend(_read(context, sentence, found, cue))
        for draft in sorted(best, key=lambda d: (-(d.score or 0.0), d.span.start)):
            if not any(span.overlaps(draft.content) for span in _near(occupied, sentence)):
                drafts.append(draft)
                occupied = sorted([*occupied, draft.content])
    return drafts


def _near(occupied: Sequence[Span], sentence: Span) -> list[Span]:
    return [span for span in occupied if span.start < sentence.end and sentence.start < span.end]


def _read(context: Context, sentence: Span, found: Words, cue: int) -> list[Draft]:
    """What the word at `cue` reports, where the model is sure enough."""
    place = found.spans[cue]
    source = source_at(context, sentence, place)
    features = cue_features(found, cue, source_kind(context, source))
    likely = chances([_score(f"cue:{where}:", features) for where in WHERE])
    where = max(range(1, 4), key=lambda index: likely[index])
    if 1 - likely[0] < KEPT or source is None or not is_source(context, source):
        return []
    chance = 1 - likely[0]
    content: Span | None = None
    if WHERE[where] in ("after", "around"):
        begins = starts(found, cue)
        if not begins:
            return []
        odds = chances([_score("start:", start_features(found, cue, index)) for index in begins])
        start = begins[max(range(len(odds)), key=odds.__getitem__)]
        finals = ends(found, start)
        if not finals:
            return []
        odds = chances([_score("end:", end_features(found, cue, start, index)) for index in finals])
        end = finals[max(range(len(odds)), key=odds.__getitem__)]
        content = Span(found.spans[start].start, found.spans[end].end)
    elif WHERE[where] == "before":
        stop = next((i for i in range(cue) if found.spans[i].start >= min(source.start, place.start)), cue)
        while stop > 0 and found.lower[stop - 1] in _STOP and not found.closes[stop - 1]:
            stop -= 1
        begins = befores(found, stop)
        if not begins or stop < 2:
            return []
        odds = chances([_score("before:", before_features(found, stop, index)) for index in begins])
        start = begins[max(range(len(odds)), key=odds.__getitem__)]
        content = Span(found.spans[start].start, found.spans[stop - 1].end)
    if content is None or content.overlaps(place) or content.overlaps(source) or chance < KEPT:
        return []
    marked = bool(context.quoted_between(content.start, content.end))
    return [
        Draft(
            span=content,
            content=_without_that(context.text, content),
            type="mixed" if marked else "indirect",
            status="unsure",
            rule="trained model",
            reason=WHY,
            cue=place,
            source=source,
            speaker=speaker_of(context, source),
            score=round(chance, 3),
        )
    ]


def _without_that(text: str, content: Span) -> Span:
    that = re.compile(r"that\s+").match(text, content.start, content.end)
    return Span(that.end(), content.end) if that else content
