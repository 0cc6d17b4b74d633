"""Score the events and the brief of real stories whose events and questions were noted by reading.

    python eval/events.py --data DIR [--noted | --training] [--held FILE]

DIR is as `eval/real.py` reads it, with `--noted` too; with `--training` the stories are those noted for training. An
event is found where an entry has a sentence that tells it and its days meet those noted; *without a day* counts those
found only in entries that say no day at all, for nothing that was read says one. Weighty events are of weight 2 or 3.
*Misdated* entries tell events on other days alone, *again* counts the entries beyond the first of an event, *noise*
those on no event noted; *top ten*: of the ten weightiest entries, those on a weighty event. *brief*: of what is noted
with weight 3, what a sentence of the brief, or one set beside it, tells.

The weights that are shipped were trained on such stories; `--held FILE`, as `train/events.py --held` writes it, scores
each story by models that never saw it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from real import Placed, Read, noted_stories, stories  # eval/real.py

from tellings.across import digest
from tellings.across.chronology import chronology, told_events
from tellings.model.records import ANY_DAY, Event, Story

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
    return any(
        telling == one.place.telling
        and max(0, min(span.end, one.place.span.end) - max(span.start, one.place.span.start))
        >= MEETS * max(1, min(len(span), len(one.place.span)))
        for one in event.statements
        for telling, span in places
    )


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
    given = parser.parse_args()
    held = json.loads(given.held.read_text(encoding="utf-8")) if given.held else None
    whole: Counter[str] = Counter()
    noted = given.noted or given.training
    for read in noted_stories(given.data, blind=not given.training) if noted else stories(given.data):
        if held:
            read = replace(read, story=told_anew(read.story, {name: by[read.name] for name, by in held.items()}))
        counts = score(read)
        print(f"{read.name}: {_shown(counts)}")
        whole += counts
    print(f"all: {_shown(whole)}")


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
