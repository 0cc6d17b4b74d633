"""Train how likely two values answer one question (src/tellings/across/questions/likeness.py) on stories read by hand.

    python train/questions.py --real DIR [--noted DATA] [--decided ARTICLES FILE …] [--out FILE]

`--real` holds stories whose questions were noted by reading, as `eval/real.py` reads them. Every pair of values of a
story that the program would hold against one another is an example: right where both are noted as answers to one
question (values noted as *parts* of a whole, where they give one answer), wrong where the values exclude one another
and no question holds both, or each is noted under another question. Equal values of which nothing is noted are left
out. `--noted` adds the stories of the public corpora in a folder that were noted for this project, but for those kept
for scoring (eval/noted.py). `--decided` adds what a person decided of values on the page of a record: the articles,
and the file of decisions that the page saves; each decision is an example.

A logistic regression; each story is scored by a model that never saw it, and these scores are what the probabilities
are calibrated on and what is printed. The same input gives the same file.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "eval"))

from real import COMPARE, NEAR, Line, Read, differ, noted_stories, stories  # eval/real.py
from regression import calibrated, fit  # train/regression.py

from tellings.across.questions.answers import Answer, Reading, readings
from tellings.across.questions.company import Company
from tellings.across.questions.likeness import features
from tellings.across.questions.to_compare import VALUES
from tellings.across.questions.together import Things, compared, likely, pairs
from tellings.edge.decisions import read as read_decisions
from tellings.language.base import UNDECLARED, language_of
from tellings.library.records import story as read_story
from tellings.model.records import Place, ValueDecision

#: Strength of the pull towards zero.
PULL = 20.0
#: Kinds of values that answer a question of a kind as noted.
KINDS = {
    "number": {"count"},
    "money": {"money"},
    "percent": {"measure"},
    "measure": {"measure"},
    "age": {"age"},
    "duration": {"duration"},
    "date": {"date"},
    "clock": {"clock", "date"},
    "other": {"measure", "count"},
}


@dataclass(frozen=True, slots=True)
class Example:
    """Two values of a story: what speaks for one question, whether they are of one, and whether they exclude one
    another."""

    story: str
    features: Mapping[str, float]
    right: bool
    apart: bool


def examples(read: Read) -> list[Example]:
    """The pairs of a story of which it is known whether they answer one question."""
    found = readings(read.story.tellings, read.story.people)
    company, things = Company(found, language_of(UNDECLARED)), Things(read.story.tellings)
    given = _given(read, [place for reading in found for place in reading.places])
    answers = [
        frozenset().union(*(given.get(_key(place), frozenset()) for place in reading.places)) for reading in found
    ]
    made = []
    for a, b in pairs(found, company):
        one, other = found[a], found[b]
        if not things.can_be_one(one.answer, other.answer) or company.both_give(one, other):
            continue
        apart = not one.answer.meets(other.answer)
        asked = {question for question, _ in answers[a]} & {question for question, _ in answers[b]}
        parts = bool(asked) and all(read.asked[question].relation == "parts" for question in asked)
        right = bool(asked) and not (parts and answers[a].isdisjoint(answers[b]))
        if asked or apart or (answers[a] and answers[b]):
            made.append(Example(read.name, features(one, other, company), right, apart))
    return made


def decided(articles: Path, file: Path) -> list[Example]:
    """What a person decided of two values of these articles, each decision of values that are read an example."""
    story = read_story(articles)
    found = readings(story.tellings, story.people)
    company = Company(found, language_of(UNDECLARED))
    made = []
    for decision in read_decisions(file):
        if isinstance(decision, ValueDecision):
            sides = ([one for one in found if _stands(one, place)] for place in (decision.a, decision.b))
            for one, other in product(*sides):
                if one.answer.kind == other.answer.kind and one is not other:
                    apart = not one.answer.meets(other.answer)
                    made.append(Example(str(articles), features(one, other, company), decision.same, apart))
    return made


def _stands(reading: Reading, place: Place) -> bool:
    return any(each.telling == place.telling and each.span.overlaps(place.span) for each in reading.places)


def _key(place: Answer) -> tuple[str, int, str]:
    return place.telling, place.span.start, place.kind


def _given(read: Read, places: list[Answer]) -> dict[tuple[str, int, str], frozenset[tuple[int, int]]]:
    """What each value answers: numbers of questions and answers. Of several values in the words noted, those whose
    figures stand in the answer as noted, else the first."""
    texts = {telling.id: telling.text for telling in read.story.tellings}
    by_telling: dict[str, list[Answer]] = {}
    for place in places:
        by_telling.setdefault(place.telling, []).append(place)
    found: dict[tuple[str, int, str], frozenset[tuple[int, int]]] = {}
    for question, asked in enumerate(read.asked):
        kinds = KINDS.get(asked.kind, set())
        for number, (value, noted) in enumerate(asked.answers):
            figures = re.findall(r"[\d.,]*\d", value)
            for telling, span in noted:
                inside = [
                    place
                    for place in by_telling.get(telling, ())
                    if place.kind in kinds and place.span.start < span.end + NEAR and span.start - NEAR < place.span.end
                ]
                inside.sort(key=lambda place: place.span)
                fitting = [place for place in inside if any(f in place.span.of(texts[telling]) for f in figures)]
                for place in fitting or inside[:1]:
                    found[_key(place)] = found.get(_key(place), frozenset()) | {(question, number)}
    return _repeated(found, places)


def _repeated(
    found: dict[tuple[str, int, str], frozenset[tuple[int, int]]], places: list[Answer]
) -> dict[tuple[str, int, str], frozenset[tuple[int, int]]]:
    """What is noted of a value holds wherever the story gives the same figure for the same noun: notes name one place
    of an article, and not each."""
    noted: dict[tuple[str, str, str, float], frozenset[tuple[int, int]]] = {}
    for place in places:
        if place.head and (answers := found.get(_key(place))):
            noted[_figure(place)] = noted.get(_figure(place), frozenset()) | answers
    return {
        _key(place): answers
        for place in places
        if (answers := found.get(_key(place)) or noted.get(_figure(place), frozenset()))
    }


def _figure(place: Answer) -> tuple[str, str, str, float]:
    return place.kind, place.unit, place.head, place.stated


def found_by(read: Read, weights: Mapping[str, float]) -> Counter[str]:
    """The differences of a story that are asked of values, and how many of them stand in its lines of values."""
    found = readings(read.story.tellings, read.story.people)
    pair = likely(found, Company(found, language_of(UNDECLARED)), weights, Things(read.story.tellings))
    lines = [
        Line(COMPARE, tuple(tuple((p.telling, p.span) for r in value for p in r.places) for value in line.values), "")
        for line in compared(found, pair, frozenset(), VALUES)
    ]
    counts: Counter[str] = Counter()
    for asked in read.asked:
        if asked.differs and asked.kind in KINDS:
            hit = any(differ(line, asked) for line in lines)
            for row in ("", "weighty ") if asked.importance > 1 else ("",):
                counts[f"{row}differences of values"] += 1
                counts[f"{row}differences found"] += hit
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--real", required=True, type=Path, help="folder of stories read by hand")
    out = Path(__file__).parents[1] / "src/tellings/data/en/question/pairs.json"
    parser.add_argument("--out", type=Path, default=out)
    what = "articles, and the decisions that the page of their record saved"
    parser.add_argument(
        "--decided", nargs=2, type=Path, action="append", default=[], metavar=("ARTICLES", "FILE"), help=what
    )
    parser.add_argument("--noted", type=Path, help="folder of public corpora of which stories were noted")
    given = parser.parse_args()
    reads = list(stories(given.real))
    if given.noted:
        reads += noted_stories(given.noted, blind=False)
    made = {read.name: examples(read) for read in reads}
    for articles, file in given.decided:
        made[f"decided: {file}"] = decided(articles, file)
    scored: list[tuple[float, Example]] = []
    held: Counter[str] = Counter()
    for read in reads:
        weights = fit([(e.features, e.right) for other in made for e in made[other] if other != read.name], PULL)
        scored += [(sum(weights.get(n, 0.0) * value for n, value in e.features.items()), e) for e in made[read.name]]
        held += found_by(read, weights)
    slope, offset = calibrated([(score, e.right) for score, e in scored])
    _print(scored)
    print("by models that never saw the story:", ", ".join(f"{name} {held[name]}" for name in sorted(held)))
    weights = fit([(e.features, e.right) for mine in made.values() for e in mine], PULL)
    weights = {name: value * slope for name, value in weights.items()}
    weights["bias"] += offset
    kept = {name: round(value, 4) for name, value in sorted(weights.items()) if abs(value) >= 0.00005}
    given.out.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def _print(scored: list[tuple[float, Example]]) -> None:
    """How well pairs of other stories are ordered: average precision of all pairs, and of those that exclude one
    another."""
    for name, chosen in (("all pairs", scored), ("values apart", [pair for pair in scored if pair[1].apart])):
        right, precision = 0, 0.0
        for rank, (_, example) in enumerate(sorted(chosen, key=lambda pair: -pair[0]), start=1):
            if example.right:
                right += 1
                precision += right / rank
        print(f"{name}: {len(chosen)}, of one question {right}, average precision {precision / max(right, 1):.3f}")


if __name__ == "__main__":
    main()
