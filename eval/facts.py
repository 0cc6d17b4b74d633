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

from tellings.model.records import Document, DocumentDate, Fact, Telling
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


def score_story(
    story: dict[str, Any], texts: Mapping[str, tuple[str, date | None]], scores: Any, errors: bool
) -> float:
    """Add a story to the scores; processor seconds."""
    began = time.process_time()
    tellings = []
    for number, each in enumerate(story["docs"]):
        text, day = texts[each["id"]]
        if hashlib.sha256(text.encode()).hexdigest()[:16] != each["digest"]:
            raise SystemExit(f"{each['id']} is not the text that was annotated")
        tellings.append(telling(number, text, day))
    found = relate(tuple(tellings))
    seconds = time.process_time() - began
    gold = [Quantity(*each) for each in story["quantities"]]
    by_telling: dict[int, list[int]] = defaultdict(list)
    for index, quantity in enumerate(gold):
        by_telling[quantity.telling].append(index)
    # facts → annotated values
    place: dict[tuple[str, int], int] = {}
    read: set[int] = set()
    for number, each in enumerate(tellings):
        text = each.text
        for index, fact in enumerate(each.facts):
            if fact.kind == "date":
                continue
            hits = [
                i
                for i in by_telling[number]
                if gold[i].start < fact.value_span.end and fact.value_span.start < gold[i].end
            ]
            scores["quantities"].given += 1
            right = [i for i in hits if agree(fact, gold[i])]
            if not right:
                if errors:
                    told = f"{fact.span.of(text)!r} {fact.low} {fact.high}"
                    print(f"  ? read [{fact.kind}] {told} in {each.id} of {story['story']}")
                continue
            scores["quantities"].right += 1
            place[each.id, index] = right[0]
            if right[0] not in read:
                read.add(right[0])
                scores["kind"][fact.kind == gold[right[0]].kind] += 1
                printed = fact.head_span.of(text) if fact.head_span else ""
                words = f"{fact.head} {printed} {fact.narrowed} {fact.whom_text or ''}"
                wanted = {word[:4] for word in gold[right[0]].head.lower().split()}
                if fact.kind == "count":
                    scores["head"][bool(wanted & {word[:4] for word in words.lower().split()})] += 1
    for index, quantity in enumerate(gold):
        scores["quantities"].wanted += 1
        scores["quantities"].found += index in read
        if errors and index not in read:
            text = tellings[quantity.telling].text
            around = text[max(0, quantity.start - 30) : quantity.end + 30].replace("\n", " ")
            print(f"  ! missed [{quantity.kind} {quantity.head}] …{around}… in {quantity.telling} of {story['story']}")
    # alignment
    slots = [(slot, [place.get(each) for value in slot.values for each in value.facts]) for slot in found.questions]
    wanted_pairs = pairs((members for _, _, members in story["slots"]), gold)
    number_pairs = 0
    hit: set[frozenset[int]] = set()
    for slot, _ in slots:
        if slot.relation in ("single", "unclear") or slot.kind == "date":
            continue
        for a, b in combinations([each for value in slot.values for each in value.facts], 2):
            if a[0] == b[0]:
                continue
            number_pairs += 1
            if a in place and b in place:
                hit.add(frozenset((place[a], place[b])))
                scores["alignment"].right += frozenset((place[a], place[b])) in wanted_pairs
    scores["alignment"].given += number_pairs
    scores["alignment"].wanted += len(wanted_pairs)
    scores["alignment"].found += len(hit & wanted_pairs)
    if errors:
        for pair in sorted(map(sorted, wanted_pairs - hit)):
            a, b = (gold[i] for i in pair)
            told = [tellings[q.telling].text[max(0, q.start - 25) : q.end + 25].replace("\n", " ") for q in (a, b)]
            print(f"  ! not together [{a.kind}] {told} of {story['story']}")
    for name, groups in baselines(gold).items():
        together = pairs(groups, gold)
        scores[name].given += len(together)
        scores[name].right += len(together & wanted_pairs)
        scores[name].wanted += len(wanted_pairs)
        scores[name].found += len(together & wanted_pairs)
    # printed lines
    questions = [(relation, frozenset(members)) for _, relation, members in story["slots"]]
    for relation in ("same", "differs", "does not add up"):
        for slot, members in slots:
            if slot.kind == "date" or slot.relation != relation:
                continue
            scores[relation].given += 1
            inside = [m for m in members if m is not None]
            homes = [kind for kind, of in questions if len(inside) > 1 and of.issuperset(inside)]
            if relation == "same":
                fine = bool(homes) and len(inside) == len(members)
            else:
                fine = any(kind in ("differs", "does not add up") for kind in homes)
            scores[relation].right += fine
            if errors and not fine:
                told = [
                    (value.label, [tellings[int(t)].facts[i].span.of(tellings[int(t)].text) for t, i in value.facts])
                    for value in slot.values
                ]
                print(
                    f"  ? printed {relation}: {slot.kind} {slot.head} {slot.scope} {told} of {story['story']} ({homes})"
                )
        for kind, of in questions:
            if kind != relation or (relation == "same" and len({gold[m].telling for m in of}) < 2):
                continue
            scores[relation].wanted += 1
            seen = any(
                slot.relation == relation and len(of.intersection(m for m in members if m is not None)) > 1
                for slot, members in slots
            )
            scores[relation].found += seen
            if errors and not seen and relation != "same":
                print(f"  ! not printed {relation}: {[(gold[m].low, gold[m].high) for m in of]} of {story['story']}")
    compared = [slot for slot in found.questions if slot.relation != "single" and slot.kind != "date"]
    scores["unclear"][True] += sum(slot.relation == "unclear" for slot in compared)
    scores["unclear"][False] += sum(slot.relation != "unclear" for slot in compared)
    return seconds


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
