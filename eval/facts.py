"""Score facts on annotated stories: quantities read, values put side by side, and the lines that are printed.

    python eval/facts.py [--data DIR] [--part test|development] [--errors]

The annotation (eval/facts/gold.jsonl, guideline beside it) has offsets and no text; DIR holds the texts:
stories/ecbplus, facts/gvc_dev.json and facts/fakes.jsonl; without --data it is $TELLINGS_DATA. Everything comes from
raw text.

- quantities: a value is read where a fact's value overlaps it and its numbers agree; also how many of those read have
  the annotated kind, and of counts the head.
- alignment: pairs of values of different tellings that are put in one slot, against those that answer one question.
- lines: of the slots printed as "same", "differs" or "does not add up", those that are so; and of the annotated ones,
  those printed. Baselines put together all numbers of one kind ("pool"), or of one kind and head word ("head").
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

from tellings.model.records import Document, DocumentDate, Fact, Question, Telling
from tellings.model.text import View
from tellings.pipeline import annotate, relate

GOLD = Path(__file__).parent / "facts" / "gold.jsonl"
#: What counts as the same number: to a hundredth.
CLOSE = 0.01
Pair = frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value as annotated: telling, span, kind, head, numbers, bound, scope."""

    telling: int
    start: int
    end: int
    kind: str
    head: str
    low: float | None
    high: float | None
    bound: str
    scope: str


def texts_of(data: Path) -> dict[str, tuple[str, date | None]]:
    """Document id → its text and day, over the corpora."""
    found: dict[str, tuple[str, date | None]] = {}
    with (data / "stories" / "ecbplus" / "docs.jsonl").open(encoding="utf-8") as lines:
        for told in map(json.loads, lines):
            found[told["id"]] = (told["text"], None)
    reports = json.loads((data / "facts" / "gvc_dev.json").read_text("utf-8"))
    for told in reports["docs"]:
        found[told["doc"]] = ("\n".join(" ".join(each["tokens"]) for each in told["sents"]), None)
    with (data / "facts" / "fakes.jsonl").open(encoding="utf-8") as lines:
        for told in map(json.loads, lines):
            found[str(told["id"])] = (told["text"], datetime.strptime(told["date"], "%m/%d/%Y").date())
    return found


def telling(number: int, text: str, day: date | None) -> Telling:
    """The telling of one text, with all that is read in it."""
    name = f"{number:02}"
    when = DocumentDate(day, "given" if day else "", "given" if day else "none")
    return annotate(Document(name, name, name, "text/plain", View.plain(text), when))


def agree(fact: Fact, gold: Quantity) -> bool:
    """Whether a fact has the numbers of an annotated value; vague words agree with vague words."""
    if gold.low is None and gold.high is None:
        return fact.bound == "vague" or fact.low is None or fact.high is None
    numbers = [value for value in (fact.low, fact.high) if value is not None]
    wanted = [value for value in (gold.low, gold.high) if value is not None]
    if fact.bound in ("about", "nearly") and numbers:
        # Read as a range about the number.
        return min(numbers) * 0.9 <= wanted[0] <= max(numbers) * 1.15
    if fact.kind == "duration" and len(numbers) == 2 and numbers[0] <= wanted[0] <= numbers[1] <= 1.15 * numbers[0]:
        return True  # months and years are read as from their fewest to their most days
    return any(abs(a - b) <= CLOSE * max(1.0, abs(b)) for a in numbers for b in wanted)


class Score:
    """Right, printed and wanted, for one question."""

    def __init__(self) -> None:
        self.right = self.given = self.wanted = self.found = 0

    def __str__(self) -> str:
        precision = self.right / self.given if self.given else 1.0
        recall = self.found / self.wanted if self.wanted else 1.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        shares = f"P {precision:.3f} ({self.right} of {self.given})  R {recall:.3f} ({self.found} of {self.wanted})"
        return f"{shares}  F1 {f1:.3f}"


def pairs(groups: Iterable[Iterable[int]], of: list[Quantity]) -> set[frozenset[int]]:
    """Pairs of values of different tellings within groups."""
    return {
        frozenset((a, b))
        for group in groups
        for a, b in combinations(sorted(set(group)), 2)
        if of[a].telling != of[b].telling
    }


@dataclass(frozen=True, slots=True)
class Annotated:
    """A story as annotated beside what was read in it; `place` leads from a fact to the annotated value it gives."""

    name: str
    tellings: list[Telling]
    gold: list[Quantity]
    questions: list[tuple[str, frozenset[int]]]
    found: tuple[Question, ...]
    place: dict[tuple[str, int], int]

    def members(self, question: Question) -> list[int | None]:
        """The annotated values that the facts of a question give."""
        return [self.place.get(each) for value in question.values for each in value.facts]

    def around(self, quantity: Quantity, reach: int) -> str:
        """An annotated value with the characters on both sides of it."""
        text = self.tellings[quantity.telling].text
        return text[max(0, quantity.start - reach) : quantity.end + reach].replace("\n", " ")


def score_story(
    story: dict[str, Any], texts: Mapping[str, tuple[str, date | None]], scores: Any, errors: bool
) -> float:
    """Add a story to the scores; processor seconds."""
    began = time.process_time()
    tellings = tellings_of(story, texts)
    found = relate(tuple(tellings)).questions
    seconds = time.process_time() - began
    gold = [Quantity(*each) for each in story["quantities"]]
    questions = [(relation, frozenset(members)) for _, relation, members in story["slots"]]
    annotated = Annotated(story["story"], tellings, gold, questions, found, {})
    score_quantities(annotated, scores, errors)
    score_pairs(annotated, scores, errors)
    for relation in ("same", "differs", "does not add up"):
        score_printed(annotated, relation, scores[relation], errors)
        score_found(annotated, relation, scores[relation], errors)
    compared = [each for each in found if each.relation != "single" and each.kind != "date"]
    scores["unclear"].update(each.relation == "unclear" for each in compared)
    return seconds


def tellings_of(story: dict[str, Any], texts: Mapping[str, tuple[str, date | None]]) -> list[Telling]:
    """The tellings of a story, with all that is read in them."""
    tellings = []
    for number, each in enumerate(story["docs"]):
        text, day = texts[each["id"]]
        if hashlib.sha256(text.encode()).hexdigest()[:16] != each["digest"]:
            raise SystemExit(f"{each['id']} is not the text that was annotated")
        tellings.append(telling(number, text, day))
    return tellings


def score_quantities(story: Annotated, scores: Any, errors: bool) -> None:
    """Facts against annotated values; fills `story.place`."""
    by_telling: dict[int, list[int]] = defaultdict(list)
    for index, quantity in enumerate(story.gold):
        by_telling[quantity.telling].append(index)
    for number, each in enumerate(story.tellings):
        for index, fact in enumerate(each.facts):
            if fact.kind == "date":
                continue
            scores["quantities"].given += 1
            right = next((i for i in by_telling[number] if _is_read(fact, story.gold[i])), None)
            if right is not None:
                scores["quantities"].right += 1
                if right not in story.place.values():
                    _score_kind(fact, each.text, story.gold[right], scores)
                story.place[each.id, index] = right
            elif errors:
                told = f"{fact.span.of(each.text)!r} {fact.low} {fact.high}"
                print(f"  ? read [{fact.kind}] {told} in {each.id} of {story.name}")
    read = set(story.place.values())
    scores["quantities"].wanted += len(story.gold)
    scores["quantities"].found += len(read)
    for index, quantity in enumerate(story.gold):
        if errors and index not in read:
            kind = f"{quantity.kind} {quantity.head}"
            print(f"  ! missed [{kind}] …{story.around(quantity, 30)}… in {quantity.telling} of {story.name}")


def _is_read(fact: Fact, gold: Quantity) -> bool:
    return gold.start < fact.value_span.end and fact.value_span.start < gold.end and agree(fact, gold)


def _score_kind(fact: Fact, text: str, gold: Quantity, scores: Any) -> None:
    scores["kind"][fact.kind == gold.kind] += 1
    if fact.kind == "count":
        printed = fact.head_span.of(text) if fact.head_span else ""
        words = f"{fact.head} {printed} {fact.narrowed} {fact.whom_text or ''}"
        wanted = {word[:4] for word in gold.head.lower().split()}
        scores["head"][bool(wanted & {word[:4] for word in words.lower().split()})] += 1


def score_pairs(story: Annotated, scores: Any, errors: bool) -> None:
    """Pairs of values put together, against those that answer one question; and the baselines."""
    wanted = pairs((members for _, members in story.questions), story.gold)
    hit: set[frozenset[int]] = set()
    for question in story.found:
        if question.relation in ("single", "unclear") or question.kind == "date":
            continue
        for a, b in combinations([each for value in question.values for each in value.facts], 2):
            if a[0] == b[0]:
                continue
            scores["alignment"].given += 1
            if a in story.place and b in story.place:
                pair = frozenset((story.place[a], story.place[b]))
                hit.add(pair)
                scores["alignment"].right += pair in wanted
    scores["alignment"].wanted += len(wanted)
    scores["alignment"].found += len(hit & wanted)
    for pair in sorted(map(sorted, wanted - hit)) if errors else ():
        told = [story.around(story.gold[i], 25) for i in pair]
        print(f"  ! not together [{story.gold[pair[0]].kind}] {told} of {story.name}")
    for name, groups in baselines(story.gold).items():
        together = pairs(groups, story.gold)
        scores[name].given += len(together)
        scores[name].right += len(together & wanted)
        scores[name].wanted += len(wanted)
        scores[name].found += len(together & wanted)


def score_printed(story: Annotated, relation: str, score: Score, errors: bool) -> None:
    """The lines of quantities that rules print with a relation, and those of them that are so. What a model sets side
    by side, names and statements are not annotated here: see eval/real.py and eval/facts_printed.py."""
    for question in story.found:
        if question.kind == "date" or question.relation != relation or not question.values[0].facts:
            continue
        members = story.members(question)
        inside = [member for member in members if member is not None]
        homes = [kind for kind, of in story.questions if len(inside) > 1 and of.issuperset(inside)]
        if relation == "same":
            fine = bool(homes) and len(inside) == len(members)
        else:
            fine = any(kind in ("differs", "does not add up") for kind in homes)
        score.given += 1
        score.right += fine
        if errors and not fine:
            texts = {each.id: each for each in story.tellings}
            told = [
                (value.label, [texts[one].facts[index].span.of(texts[one].text) for one, index in value.facts])
                for value in question.values
            ]
            about = f"{question.kind} {question.head} {question.scope}"
            print(f"  ? printed {relation}: {about} {told} of {story.name} ({homes})")


def score_found(story: Annotated, relation: str, score: Score, errors: bool) -> None:
    """The annotated questions with a relation, and those of them that are printed with it."""
    for kind, of in story.questions:
        if kind != relation or (relation == "same" and len({story.gold[member].telling for member in of}) < 2):
            continue
        seen = any(
            question.relation == relation and len(of.intersection(filter(_is_known, story.members(question)))) > 1
            for question in story.found
        )
        score.wanted += 1
        score.found += seen
        if errors and not seen and relation != "same":
            values = [(story.gold[member].low, story.gold[member].high) for member in of]
            print(f"  ! not printed {relation}: {values} of {story.name}")


def _is_known(member: int | None) -> bool:
    return member is not None


def baselines(gold: list[Quantity]) -> dict[str, list[list[int]]]:
    """Annotated values put together by their kind, and by kind and head word."""
    pool: dict[str, list[int]] = defaultdict(list)
    head: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, each in enumerate(gold):
        pool[each.kind].append(index)
        head[each.kind, each.head.lower().split()[-1]].append(index)
    return {"pool": list(pool.values()), "head word": list(head.values())}


def main(arguments: list[str] | None = None) -> int:
    """The command; returns its exit code (2: the data is absent)."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument(
        "--data", type=Path, default=Path(os.environ.get("TELLINGS_DATA", "")), help="folder of the texts"
    )
    parser.add_argument("--part", choices=("test", "development"), help="only these stories")
    parser.add_argument("--errors", action="store_true", help="name what is wrong (with words of the texts)")
    options = parser.parse_args(arguments)
    if not (options.data / "facts" / "gvc_dev.json").is_file():
        print("data absent: give --data DIR with stories/ecbplus and facts/ in it", file=sys.stderr)
        return 2
    texts = texts_of(options.data)
    stories = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    for part in (options.part,) if options.part else ("development", "test"):
        names = ("quantities", "alignment", "pool", "head word", "same", "differs", "does not add up")
        scores: dict[str, Any] = {name: Score() for name in names}
        scores.update({name: Counter() for name in ("kind", "head", "unclear")})
        chosen = [story for story in stories if story["part"] == part]
        seconds = sum(score_story(story, texts, scores, options.errors) for story in chosen)
        articles = sum(len(story["docs"]) for story in chosen)
        print(f"{part}: {len(chosen)} stories, {articles} tellings, {articles / seconds:.0f} a second")
        for name in names:
            print(f"  {name:16} {scores[name]}")
        for name in ("kind", "head", "unclear"):
            share = scores[name][True] / max(1, sum(scores[name].values()))
            print(f"  {name:16} {share:.3f} of {sum(scores[name].values())}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
