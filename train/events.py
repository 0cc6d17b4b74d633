"""Train what puts statements together and weighs events (src/tellings/across/chronology) on stories read by hand.

    python train/events.py --real DIR [--noted DATA] [--of-many] [--out FOLDER] [--held FILE]

`--real` holds stories whose events were noted by reading, as `eval/real.py` reads them; `--noted` the public corpora of
which some stories were noted for training (eval/noted.py). Five logistic regressions:

pairs     whether two statements tell one event. An example is a pair that the program would compare, of which one tells
          an event that was noted: right where the other tells it, too; wrong where it tells another, or none and its
          telling tells the event elsewhere in no place.
notable   whether an event, as the program puts it together, is one that was noted, on a day that was noted for it.
weighty   whether it was noted as one of weight (2 or 3).
heads     whether a sentence tells a head fact: a question or an event that was noted with weight 3.
more_heads  whether it tells more than one.

Of large piles (`SMALL` of src/tellings/across/chronology/events.py) the first three are others: those trained on
stories told in full alone, without `--noted`, know better what matters there. `--of-many` writes these.

Each story is scored by models that never saw it; these scores are what the probabilities are calibrated on and what is
printed. `--held FILE` writes the weights of those models, by story. The same input gives the same files.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "eval"))

from real import Happened, Read, noted_stories, stories  # eval/real.py
from regression import BIAS, calibrated, fit  # train/regression.py

from tellings.across.chronology import worth
from tellings.across.chronology.events import grouped, redated_statements, told_events
from tellings.across.chronology.grouping import candidates, days_of
from tellings.across.chronology.likeness import features
from tellings.across.chronology.statements import Statement
from tellings.across.digest import speaking_for
from tellings.model.text import Span

#: Strength of the pull towards zero.
PULL = 20.0
#: Share of the shorter of a statement and the words noted that both have in common where the one tells the other.
MEETS = 0.5
Example = tuple[Mapping[str, float], bool]
Weights = dict[str, float]
Counted = Mapping[str, Sequence[tuple[Mapping[str, float], int]]]


def tells(one: Statement, noted: Happened) -> bool:
    """Whether a statement stands where an event was noted, and its day, if it gives one, is one that was noted."""
    return any(telling == one.telling and _meet(one.place.span, span) for telling, span in noted.places) and (
        not one.dated or one.when.overlaps(noted.when)
    )


def _meet(a: Span, b: Span) -> bool:
    common = max(0, min(a.end, b.end) - max(a.start, b.start))
    return common >= MEETS * max(1, min(len(a), len(b)))


def pair_examples(read: Read, pairs: Weights) -> list[Example]:
    """The pairs of statements of a story of which it is known whether they tell one event."""
    told, words = redated_statements(read.story.tellings, pairs)
    events = [frozenset(n for n, noted in enumerate(read.happened) if tells(one, noted)) for one in told]
    tellings = [frozenset(telling for telling, _ in noted.places) for noted in read.happened]
    made = []
    for a, b in candidates(told, words):
        if events[a] and events[b]:
            right = not events[a].isdisjoint(events[b])
        elif events[a] or events[b]:
            known, other = (events[a], told[b]) if events[a] else (events[b], told[a])
            if any(other.telling in tellings[event] for event in known):
                continue  # told twice by one telling, perhaps
            right = False
        else:
            continue
        made.append((features(told[a], told[b], words), right))
    return made


def event_examples(read: Read, pairs: Weights) -> list[tuple[Mapping[str, float], int]]:
    """The events of a story as they are put together, with the weight that was noted, 0 where none was."""
    origin_of = {telling: number for number, group in enumerate(read.story.origins) for telling in group}
    groups, words, story = grouped(read.story.tellings, origin_of, pairs)
    made = []
    for group in groups:
        when = days_of(group.statements)
        weights = [
            noted.importance
            for noted in read.happened
            if when.overlaps(noted.when)
            and any(
                telling == one.telling and _meet(one.place.span, span)
                for one in group.statements
                for telling, span in noted.places
            )
        ]
        speaking = worth.features(group.statements, group.echo, words, story, origin_of)
        made.append((speaking, max(weights, default=0)))
    return made


def head_examples(
    read: Read, pairs: Weights, noted: Weights, weighty: Weights
) -> list[tuple[Mapping[str, float], int]]:
    """The sentences of a story that a brief is chosen from, with how many head facts each tells."""
    found, _ = told_events(read.story.tellings, read.story.origins, pairs, noted, weighty)
    pool, speaking = speaking_for(read.story.tellings, read.story.origins, found)
    facts = [
        [place for _, places in asked.answers for place in places] for asked in read.asked if asked.importance == 3
    ]
    facts += [list(noted.places) for noted in read.happened if noted.importance == 3]
    return [
        (
            found,
            sum(
                any(telling == one.telling and span.overlaps(one.place.span) for telling, span in fact)
                for fact in facts
            ),
        )
        for one, found in zip(pool, speaking, strict=True)
    ]


def trained(made: Mapping[str, Sequence[Example]], name: str) -> tuple[Weights, dict[str, Weights]]:
    """Weights from all stories, and for each story those of a model that never saw it; both give probabilities."""
    held = {story: fit([each for other in made if other != story for each in made[other]], PULL) for story in made}
    scored = [(_score(found, held[story]), right) for story in made for found, right in made[story]]
    slope, offset = calibrated(scored)
    _print(name, scored)
    whole = fit([each for mine in made.values() for each in mine], PULL)

    def scaled(weights: Mapping[str, float]) -> Weights:
        turned = {feature: value * slope for feature, value in weights.items()}
        turned[BIAS] += offset
        return {feature: round(value, 4) for feature, value in sorted(turned.items()) if abs(value) >= 0.00005}

    return scaled(whole), {story: scaled(weights) for story, weights in held.items()}


def _score(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return sum(weights.get(name, 0.0) * value for name, value in found.items())


def _print(name: str, scored: Sequence[tuple[float, bool]]) -> None:
    right, precision = 0, 0.0
    for rank, (_, good) in enumerate(sorted(scored, key=lambda each: -each[0]), start=1):
        if good:
            right += 1
            precision += right / rank
    print(f"{name}: {len(scored)}, right {right}, average precision {precision / max(right, 1):.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--real", required=True, type=Path, help="folder of stories read by hand")
    parser.add_argument("--noted", type=Path, help="folder of the public corpora, for the stories noted for training")
    out = Path(__file__).parents[1] / "src/tellings/data/en/timeline"
    parser.add_argument("--out", type=Path, default=out)
    parser.add_argument("--of-many", action="store_true", help="write the models of large piles, and no others")
    parser.add_argument("--held", type=Path, help="file for the weights of the models that never saw a story")
    given = parser.parse_args()
    reads = list(stories(given.real))
    reads += noted_stories(given.noted, blind=False) if given.noted else []
    # What is distrusted of the tellings' dates hangs on the pairs, which are trained on what is left: twice is enough.
    nothing: Weights = {BIAS: -30.0}
    pairs, held_pairs = nothing, {read.name: nothing for read in reads}
    for step in ("pairs, first", "pairs"):
        pairs, held_pairs = trained({read.name: pair_examples(read, held_pairs[read.name]) for read in reads}, step)
    events = {read.name: event_examples(read, held_pairs[read.name]) for read in reads}

    def of(name: str, right: Callable[[int], bool], made: Counted) -> tuple[Weights, dict[str, Weights]]:
        return trained({story: [(found, right(n)) for found, n in mine] for story, mine in made.items()}, name)

    noted, held_noted = of("notable", lambda importance: importance > 0, events)
    weighty, held_weighty = of("weighty", lambda importance: importance > 1, events)
    sentences = {
        read.name: head_examples(read, held_pairs[read.name], held_noted[read.name], held_weighty[read.name])
        for read in reads
    }
    heads, held_heads = of("heads", lambda count: count > 0, sentences)
    several, held_several = of("more_heads", lambda count: count > 1, sentences)
    shipped = {"pairs": pairs, "notable": noted, "weighty": weighty}
    if given.of_many:
        shipped = {f"{name}_of_many": weights for name, weights in shipped.items()}
    else:
        shipped |= {"heads": heads, "more_heads": several}
    for name, weights in shipped.items():
        (given.out / f"{name}.json").write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    if given.held:
        held = {"pairs": held_pairs, "noted": held_noted, "weighty": held_weighty}
        held |= {"heads": held_heads, "several": held_several}
        given.held.write_text(json.dumps(held), encoding="utf-8")


if __name__ == "__main__":
    main()
