"""Score the events and the brief of real stories whose events and questions were noted by reading.

    python eval/events.py --data DIR [--noted | --training] [--held FILE] [--lost]

DIR is as `eval/real.py` reads it, with `--noted` too; with `--training` the stories are those noted for training. An
event is found where an entry has a sentence that tells it and its days meet those noted; *without a day* counts those
found only in entries that say no day at all, for nothing that was read says one. Weighty events are of weight 2 or 3.
*Misdated* entries tell events on other days alone, *again* counts the entries beyond the first of an event, *noise*
those on no event noted; *top ten*: of the ten weightiest entries, those on a weighty event. *brief*: of what is noted
with weight 3, what a sentence of the brief, or one set beside it, tells.

The weights that are shipped were trained on such stories; `--held FILE`, as `train/events.py --held` writes it, scores
each story by models that never saw it. `--lost` adds what the errors are made of: where each event that is not found
was lost, and in what the entries differ that tell one event.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from real import Placed, Read, noted_stories, stories  # eval/real.py

from tellings.across import digest
from tellings.across.chronology import chronology, told_events
from tellings.model.records import ANY_DAY, Event, Interval, Place, Story

#: Share of the shorter of a sentence and the words noted that both have in common where the one tells the other.
MEETS = 0.5
BEST = 10


def told_anew(story: Story, weights: Mapping[str, Mapping[str, float]]) -> Story:
    """The story with events and a brief by other weights."""
    events = {name: weights[name] for name in ("pairs", "noted", "weighty")}
    found, words = told_events(story.tellings, story.origins, **events)
    brief = digest.brief(story.tellings, story.origins, found, heads=weights["heads"], several=weights["several"])
    return replace(story, events=chronology(story.tellings, story.origins, found, words), brief=brief)


def _tells(event: Event, places: tuple[Placed, ...]) -> bool:
    return _meet((one.place for one in event.statements), places)


def _meet(told: Iterable[Place], places: tuple[Placed, ...]) -> bool:
    return any(
        telling == one.telling
        and max(0, min(span.end, one.span.end) - max(span.start, one.span.start))
        >= MEETS * max(1, min(len(span), len(one.span)))
        for one in told
        for telling, span in places
    )


def lost(read: Read) -> Counter[str]:
    """Where each event that is not found was lost, and in what the entries differ that tell one event."""
    counts: Counter[str] = Counter()
    events = read.story.events
    thought_of, _ = told_events(read.story.tellings, read.story.origins)
    for noted in read.happened:
        told = [event for event in events if _tells(event, noted.places)]
        right = [event for event in told if event.when.overlaps(noted.when)]
        counts.update(_apart(one.when, right[0].when) for one in right[1:])
        if right:
            continue
        left_out = [each for each in thought_of if _meet((one.place for one in each.group), noted.places)]
        if told:
            where = "shown on another day"
        elif not left_out:
            where = "no sentence of it is taken for one of an event"
        elif any(each.dated and each.when.overlaps(noted.when) for each in left_out):
            where = "left out, though its day is known"
        elif any(each.dated for each in left_out):
            where = "left out, and dated otherwise"
        else:
            where = "left out, without a day"
        tellings = len({telling for telling, _ in noted.places})
        counts[f"lost: {where}"] += 1
        counts["lost in all"] += 1
        counts["lost, told by one article alone"] += tellings == 1
        counts["lost, of weight"] += noted.importance > 1
    return counts


def _apart(one: Interval, other: Interval) -> str:
    """In what the days of two entries for one event differ."""
    if ANY_DAY in (one, other):
        return "again: one without a day"
    if one == other:
        return "again: on the same days"
    return "again: on days of which one is more exact" if one.days != other.days else "again: on other days"


def score(read: Read) -> Counter[str]:
    """The counts of one story."""
    counts: Counter[str] = Counter()
    events = read.story.events
    told = [[noted for noted in read.happened if _tells(event, noted.places)] for event in events]
    right = [
        [noted for noted in mine if event.when.overlaps(noted.when)] for event, mine in zip(events, told, strict=True)
    ]
    for noted in read.happened:
        times = sum(noted in mine for mine in right)
        for row in ("events", "weighty events") if noted.importance > 1 else ("events",):
            counts[row] += 1
            counts[f"{row} found"] += times > 0
            counts[f"{row} without a day"] += times > 0 and all(
                event.when == ANY_DAY for event, mine in zip(events, right, strict=True) if noted in mine
            )
        counts["again"] += max(0, times - 1)
    counts["entries"] += len(events)
    counts["misdated"] += sum(bool(mine) and not good for mine, good in zip(told, right, strict=True))
    counts["noise"] += sum(not mine for mine in told)
    best = sorted(range(len(events)), key=lambda place: -events[place].weight)[:BEST]
    counts["top ten"] += len(best)
    counts["top ten found"] += sum(any(noted.importance > 1 for noted in right[place]) for place in best)
    said = [place for line in read.story.brief for place in (line.place, *line.alike)]
    facts = [
        [place for _, places in asked.answers for place in places] for asked in read.asked if asked.importance == 3
    ]
    for places in facts + [list(noted.places) for noted in read.happened if noted.importance == 3]:
        counts["brief"] += 1
        counts["brief found"] += any(
            telling == one.telling and span.overlaps(one.span) for one in said for telling, span in places
        )
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", required=True, type=Path, help="folder of stories")
    what = "the stories noted for this project, of the corpora in DIR"
    parser.add_argument("--noted", action="store_true", help=what)
    what = "the stories noted for training, of the corpora in DIR"
    parser.add_argument("--training", action="store_true", help=what)
    parser.add_argument("--held", type=Path, help="weights by story, of models that never saw it")
    parser.add_argument("--lost", action="store_true", help="what the errors are made of")
    given = parser.parse_args()
    held = json.loads(given.held.read_text(encoding="utf-8")) if given.held else None
    whole: Counter[str] = Counter()
    errors: Counter[str] = Counter()
    noted = given.noted or given.training
    for read in noted_stories(given.data, blind=not given.training) if noted else stories(given.data):
        if held:
            read = replace(read, story=told_anew(read.story, {name: by[read.name] for name, by in held.items()}))
        counts = score(read)
        print(f"{read.name}: {_shown(counts)}")
        whole += counts
        if given.lost:
            errors += lost(read)
    print(f"all: {_shown(whole)}")
    for what, times in sorted(errors.items()):
        print(f"{what}: {times}")


def _shown(counts: Counter[str]) -> str:
    shares = [
        f"{row} {counts[f'{row} found']} of {counts[row]} ({counts[f'{row} found'] / max(1, counts[row]):.0%})"
        for row in ("events", "weighty events", "top ten", "brief")
    ]
    shares.append(f"without a day {counts['events without a day']}, weighty {counts['weighty events without a day']}")
    shares += [
        f"{row} {counts[row]} ({counts[row] / max(1, counts['entries']):.0%})" for row in ("misdated", "again", "noise")
    ]
    return ", ".join([*shares, f"entries {counts['entries']}"])


if __name__ == "__main__":
    sys.exit(main())
