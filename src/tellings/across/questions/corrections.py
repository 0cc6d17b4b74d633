"""Where a telling says itself that a value was wrong or has changed: "first said to be 4, but police later said 3".

The patterns are data (`data/<language>/question/corrections.toml`); in a sentence, and over the next, the values of one
kind stand for themselves, so that a pattern says which is the earlier and which holds now.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from tellings.across.questions.answers import Answer, Reading
from tellings.across.questions.asked import ROOM
from tellings.language.base import Language, language_of
from tellings.model.records import Relation, Telling
from tellings.model.text import Span

#: What stands for a value, and the most characters that "~" stands for.
_OPEN, _CLOSE, _WORDS = "⟦", "⟧", 240
#: Kinds of values that are corrected: a day in such a sentence is that of the correction.
KINDS = frozenset({"count", "money", "measure", "age", "duration"})
_SLOT = re.compile(r"(?<!\?P)<(\w+)>")


class Correction(NamedTuple):
    """Two values of a telling, of which it says that the one was given before and the other holds now."""

    earlier: Answer
    now: Answer
    relation: Relation
    rule: str


def corrections(tellings: Sequence[Telling], readings: Sequence[Reading]) -> Iterator[Correction]:
    """What the tellings correct or bring up to date, in their order."""
    by_sentence: dict[tuple[str, int], list[Answer]] = defaultdict(list)
    for reading in readings:
        for place in reading.places:
            by_sentence[place.telling, place.number].append(place)
    for telling in tellings:
        language = language_of(telling.document.read_as)
        story = [telling.sentences[index].span for index in telling.story]
        for number in range(len(story)):
            here = by_sentence.get((telling.id, number))
            if here:
                next_ = by_sentence.get((telling.id, number + 1), [])
                yield from _of(telling.text, story, number, here, next_, language)


def _of(
    whole: str,
    story: Sequence[Span],
    number: int,
    here: Sequence[Answer],
    next_: Sequence[Answer],
    language: Language,
) -> Iterator[Correction]:
    """What a sentence corrects, alone or with the next one."""
    for kind, unit in dict.fromkeys((each.kind, each.unit) for each in here):
        values = sorted((v for v in (*here, *next_) if (v.kind, v.unit) == (kind, unit)), key=lambda v: v.span)
        if kind not in KINDS or len(values) < 2:
            continue
        last = values[-1].number
        text = _masked(whole, story[number].start, story[last].end, values)
        for name, relation, pattern in _patterns(language):
            if match := pattern.search(text):
                earlier, now = (values[int(match[part])] for part in Correction._fields[:2])
                if earlier.stated != now.stated and earlier.number == number:
                    yield Correction(earlier, now, relation, name)
                    break


def _masked(text: str, start: int, end: int, values: Sequence[Answer]) -> str:
    """A stretch of text with its values as numbers in brackets."""
    parts, at = [], start
    for place, value in enumerate(values):
        if value.span.start >= at:
            parts += [text[at : value.span.start], f"{_OPEN}{place}{_CLOSE}"]
            at = value.span.end
    return "".join((*parts, text[at:end]))


@cache
def _patterns(language: Language) -> tuple[tuple[str, Relation, re.Pattern[str]], ...]:
    """The patterns of corrections: name, what the telling says of the two values, and the pattern over masked text."""
    rules = language.rules(ROOM)
    return tuple(
        (rule.name, rule.meaning["relation"], compiled(rules.expand(rule.pattern)))
        for rule in rules.rules
        if "relation" in rule.meaning
    )


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of corrections, with "<name>" for a value and "~" for words without one."""
    words = f"[^{_OPEN}{_CLOSE}]{{0,{_WORDS}}}?"
    return re.compile(_SLOT.sub(rf"{_OPEN}(?P<\1>\\d+){_CLOSE}", pattern).replace("~", words), re.IGNORECASE)
