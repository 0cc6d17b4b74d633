"""How likely it is that a careful reader of all tellings would note an event: features for a logistic regression.

What several independent origins tell, what stands early, what is near to what all open with, and what lies near the
story's own days is noted; what is told on the side, once, in the middle of a quotation is not. The weights are trained
by train/events.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, fsum, log, log1p

from tellings.across.chronology.grouping import days_of
from tellings.across.chronology.likeness import OPENING, Words
from tellings.across.chronology.statements import Statement, happenings
from tellings.across.word_vectors import Together, Vector, cosine, lower_words, stems
from tellings.model.records import ANY_DAY, Interval

#: The sentence after which it says no more how far down a statement stands, and days from which farther says no more.
FAR_DOWN, FAR_OFF = 30, 3650
#: Counts of origins from which more says no more.
MANY = 12
#: Tellings whose headlines the events of a story are held against: of a larger pile some that lie evenly among all, so
#: that time does not grow with the square of the pile. No fewer than those of a story that the models know.
HEADED = 40
SEPARATE = (
    "position",
    "centrality",
    "opens",
    "speech",
    "many_origins",
    "share_of_origins",
    "echo",
    "names",
    "event",
    "none",
    "ahead",
)


@dataclass(frozen=True, slots=True)
class Story:
    """What the events of a story are held against.

    `middle`: what the openings of all independent origins say together; `headlines`: those of each origin,
    of up to `HEADED` tellings; `told_of`: day → the origins that tell of it; `known`: words that several tellings
    use; `day`: the day that most of the openings tell of; `origins`: how many there are; `first`, `last`: the days of
    the first telling and of the last.
    """

    middle: Together
    headlines: Mapping[int, Sequence[Vector]]
    told_of: Mapping[date, frozenset[int]]
    known: frozenset[str]
    day: date | None
    origins: int
    first: date | None
    last: date | None


def story_of(
    told: Sequence[Statement], words: Words, origin_of: Mapping[str, int], headlines: Mapping[str, str]
) -> Story:
    """What the events of these statements are held against. `headlines`: those of the tellings that have one."""
    openings: dict[int, list[Statement]] = defaultdict(list)
    for one in told:
        if one.number < OPENING:
            openings[origin_of[one.telling]].append(one)
    days: dict[date, set[int]] = defaultdict(set)
    told_of: dict[date, set[int]] = defaultdict(set)
    for one in told:
        if one.dated and one.when.days == 1:
            told_of[one.when.earliest].add(origin_of[one.telling])
    of_origin: dict[int, list[Vector]] = defaultdict(list)
    every = max(1, ceil(len(headlines) / HEADED))
    for telling, headline in sorted(headlines.items())[::every]:
        of_origin[origin_of[telling]].append(words.of((*stems(headline), *happenings(lower_words(headline)))))
    for origin, group in openings.items():
        for one in group:
            if one.dated and one.when.days == 1 and not one.announced:
                days[one.when.earliest].add(origin)
    users: dict[str, set[str]] = defaultdict(set)
    for one in told:
        for word in one.vector_words:
            users[word].add(one.telling)
    known_words = frozenset(word for word, tellings in users.items() if len(tellings) > 1)
    known = [one.told for one in told if one.told is not None]
    first, last = min(known, default=None), max(known, default=None)
    day = min(days, key=lambda each: (-len(days[each]), each), default=first)
    return Story(
        Together({origin: [words.sentence(one) for one in group] for origin, group in openings.items()}),
        of_origin,
        {each: frozenset(tellers) for each, tellers in told_of.items()},
        known_words,
        day,
        len(set(origin_of.values())),
        first,
        last,
    )


def features(
    group: Sequence[Statement], echo: Mapping[str, float], words: Words, story: Story, origin_of: Mapping[str, int]
) -> dict[str, float]:
    """What speaks for and against that an event matters to the story. `echo`: other tellings → the probability that
    they tell it, too."""
    echoes: dict[int, float] = {}
    for telling, chance in echo.items():
        echoes[origin_of[telling]] = max(chance, echoes.get(origin_of[telling], 0.0))
    when = days_of(group)
    origins = len({origin_of[one.telling] for one in group})
    lead = min(group, key=lambda one: (one.number, one.place))
    near = max(story.middle.near(words.sentence(one), origin_of[one.telling]) for one in group)
    headed, of_its_own = _headed(group, words, story, origin_of)
    kinds = frozenset().union(*(one.kinds for one in group))
    found = {
        "many_origins": float(origins > 1),
        "origins": log(min(MANY, origins)),
        "share_of_origins": origins / max(1, story.origins),
        "tellings": log(min(MANY, len({one.telling for one in group}))),
        "sentences": log(min(MANY, len(group))),
        "echo": log1p(fsum(sorted(echoes.values()))),
        "position": log1p(min(FAR_DOWN, lead.number)),
        "opens": float(lead.number == 0),
        "on_top": float(lead.number < OPENING),
        "centrality": near,
        "headline": headed[-1] if headed else 0.0,
        "headlines": fsum(headed) / max(1, len(headed)),
        "own_headline": of_its_own,
        "openings": len({origin_of[one.telling] for one in group if one.number < OPENING}) / max(1, story.origins),
        "happens": float(bool(kinds)),
        "kinds": log1p(len(kinds)),
        "whole": float(any(one.whole for one in group)),
        "speech": sum(one.speech for one in group) / len(group),
        "quoted": min(one.quoted for one in group),
        "known": max(_share(one.vector_words, story.known) for one in group),
        "leans": float(all(one.leans for one in group)),
        "size": abs(log(max(1, max(one.size for one in group)) / 25)),
        "short": float(max(one.size for one in group) < 9),
        "names": log1p(max(len(one.names) for one in group)),
        "numbers": log1p(max(len(one.numbers) for one in group)),
    }
    if not any(one.dated for one in group):
        for tense in ("event", "state", "perfect", "pluperfect", "present", "none", "ahead", "unreal", "ongoing"):
            found[tense] = sum(one.tense == tense for one in group) / len(group)
        found["open"] = float(when == ANY_DAY)
        found["vague"] = log(when.days) if when != ANY_DAY else 0.0
        if when == ANY_DAY:
            found["weekday"] = float(any(one.weekdays for one in group))
            found["openly_headed"], found["openly_central"] = found["headlines"], near
            found["openly_position"], found["openly_shared"] = found["position"], found["share_of_origins"]
        return {"bias": 1.0, "undated": 1.0, **found, **{f"undated_{n}": found[n] for n in SEPARATE}}
    found["bias"] = 1.0
    tellers = story.told_of.get(when.earliest, frozenset()) if when.days == 1 else frozenset()
    found["told_of"] = len(tellers) / max(1, story.origins)
    found["announced"] = float(group[0].announced)
    found["background"] = float(all(one.background for one in group))
    found["own"] = float(any(one.dated and not one.found.inferred for one in group))
    found["kind"] = float(any(one.event_kinds for one in group))
    found["vague"] = log(when.days)
    for rule in ("signed-post", "under-way", "narrative", "modifier", "participle"):
        found[rule] = float(all(one.basis == rule for one in group if one.dated))
    for part in ("state", "event", "present", "perfect", "pluperfect", "none"):
        found[part] = float(any(one.basis.endswith("-" + part) for one in group))
    if story.day is not None:
        found.update(_off(when, story))
    return found


def _headed(
    group: Sequence[Statement], words: Words, story: Story, origin_of: Mapping[str, int]
) -> tuple[list[float], float]:
    """How near an event, as others tell it, is to the headlines of each origin, from the least on; and how near it is
    to those of its own tellings."""
    near, own = [], 0.0
    for origin, headlines in story.headlines.items():
        of_others = 0.0
        for one in group:
            like = max(cosine(words.sentence(one), headline) for headline in headlines)
            if origin_of[one.telling] == origin:
                own = max(own, like)
            else:
                of_others = max(of_others, like)
        near.append(of_others)
    return sorted(near), own


def _off(when: Interval, story: Story) -> dict[str, float]:
    """How far the days of an event lie from the story's own."""
    assert story.day is not None
    back = (story.day - when.latest).days
    on = (when.earliest - story.day).days
    found = {
        "that_day": float(back <= 0 <= -on),
        "days_back": log1p(min(FAR_OFF, back)) if back > 0 else 0.0,
        "days_on": log1p(min(FAR_OFF, on)) if on > 0 else 0.0,
    }
    if story.last is not None:
        beyond = (when.earliest - story.last).days
        found["beyond"] = log1p(min(FAR_OFF, beyond)) if beyond > 0 else 0.0
    if story.first is not None:
        found["in_story"] = float(when.latest >= story.first and (story.last is None or when.earliest <= story.last))
    return found


def _share(words: Sequence[str], known: frozenset[str]) -> float:
    return sum(word in known for word in words) / max(1, len(words))
