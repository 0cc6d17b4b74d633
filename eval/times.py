"""Score the times room as TempEval-3 did (UzZaman et al. 2013): strict, relaxed, type and value F1.

    python eval/times.py --data DIR [--corpus NAME] [--errors] [--predictions FILE]

DIR holds *.jsonl files, one JSON object a line: {"id", "dct", "text", "timexes": [{"s", "e", "type",
"value"}]}, offsets in code points. Without --data the folder is $TELLINGS_DATA/time.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tellings.within.times import find

SHAPES = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b", "MONTH"),
        (r"\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?", "MONTH"),
        (r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", "WEEKDAY"),
        (r"\b(?:two|three|four|five|six|seven|eight|nine|ten|several|few|\d+(?:[.,]\d+)?)\b", "#"),
        (r"\b(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?)\b", "UNIT"),
        (r"\b(?:winter|spring|summer|fall|autumn)\b", "SEASON"),
    )
)


@dataclass(frozen=True, slots=True)
class Mark:
    """One annotated expression: offsets in code points, TIMEX3 type and value."""

    start: int
    end: int
    type: str
    value: str


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated text. `dct` is `None` where the corpus gives no day."""

    id: str
    dct: date | None
    text: str
    marks: tuple[Mark, ...]


@dataclass(slots=True)
class Counts:
    """What F1 is computed from; `value` and `type` count relaxed pairs that agree."""

    gold: int = 0
    found: int = 0
    strict: int = 0
    relaxed: int = 0
    type: int = 0
    value: int = 0


def read(path: Path) -> list[Gold]:
    """The gold texts of a JSONL file."""
    texts = []
    for line in filter(None, path.read_text(encoding="utf-8").split("\n")):
        entry = json.loads(line)
        marks = tuple(Mark(each["s"], each["e"], each["type"], each["value"] or "") for each in entry["timexes"])
        texts.append(Gold(entry["id"], _day(entry.get("dct") or ""), entry["text"], marks))
    return texts


def _day(written: str) -> date | None:
    """A day as YYYY-MM-DD; `None` where the corpus writes it otherwise (its order is then a guess)."""
    try:
        return date.fromisoformat(written[:10])
    except ValueError:
        return None


def predict(gold: Gold) -> tuple[Mark, ...]:
    """What the times room finds in the text."""
    return tuple(
        Mark(each.span.start, each.span.end, each.type, each.value or "") for each in find(gold.text, dct=gold.dct)
    )


def pair(gold: Sequence[Mark], found: Sequence[Mark]) -> list[tuple[int, int]]:
    """One-to-one pairs that overlap: equal extents first, then left to right."""
    places = {(mark.start, mark.end): index for index, mark in enumerate(found)}
    pairs, used = [], set()
    for index, mark in enumerate(gold):
        other = places.get((mark.start, mark.end))
        if other is not None and other not in used:
            pairs.append((index, other))
            used.add(other)
    paired = {index for index, _ in pairs}
    for index, mark in enumerate(gold):
        if index in paired:
            continue
        for other, candidate in enumerate(found):
            if other not in used and mark.start < candidate.end and candidate.start < mark.end:
                pairs.append((index, other))
                used.add(other)
                break
    return pairs


def count(texts: Iterable[tuple[Sequence[Mark], Sequence[Mark]]]) -> Counts:
    """Counts over (gold, found) of each text."""
    counts = Counts()
    for gold, found in texts:
        counts.gold += len(gold)
        counts.found += len(found)
        for left, right in pair(gold, found):
            one, other = gold[left], found[right]
            counts.relaxed += 1
            counts.strict += (one.start, one.end) == (other.start, other.end)
            counts.type += one.type == other.type
            counts.value += one.value.strip() == other.value.strip()
    return counts


def f1(hits: int, gold: int, found: int) -> float:
    """Harmonic mean of precision and recall, 0 to 100."""
    return 200 * hits / (gold + found) if gold + found else 0.0


def scores(counts: Counts) -> dict[str, float]:
    """F1, 0 to 100: strict and relaxed extents, and relaxed F1 times attribute accuracy for type and value."""
    return {
        name: f1(getattr(counts, name), counts.gold, counts.found) for name in ("strict", "relaxed", "type", "value")
    }


def errors(gold: Gold, found: Sequence[Mark]) -> Iterable[str]:
    """One line for each value or extent that differs, each miss, each spurious find."""
    pairs = pair(gold.marks, found)
    for left, right in pairs:
        one, other = gold.marks[left], found[right]
        if one.value.strip() != other.value.strip():
            yield _line("VAL", gold, one, other)
        elif (one.start, one.end) != (other.start, other.end):
            yield _line("SPAN", gold, one, other)
    for kind, marks, place in (("MISS", gold.marks, 0), ("SPUR", found, 1)):
        used = {each[place] for each in pairs}
        for index, mark in enumerate(marks):
            if index not in used:
                yield _line(kind, gold, mark, None)


def _line(kind: str, gold: Gold, one: Mark, other: Mark | None) -> str:
    shown = [f"{gold.text[mark.start : mark.end]!r} {mark.value}" if mark else "" for mark in (one, other)]
    return "\t".join((kind, *shown, f"dct {gold.dct}", _around(gold.text, one)))


def _around(text: str, mark: Mark) -> str:
    return " ".join(text[max(0, mark.start - 50) : mark.end + 30].split())


def kinds(gold: Gold, found: Sequence[Mark]) -> Iterable[tuple[str, str]]:
    """Each difference as its kind and the shape of the expression: figures, months and weekdays by their class."""
    for line in errors(gold, found):
        kind, one, other, *_ = line.split("\t")
        shape = one.rpartition("' ")[0].strip("'\"").lower()
        for pattern, name in SHAPES:
            shape = pattern.sub(name, shape)
        if kind == "VAL":
            values = [each.rpartition(" ")[2] for each in (one, other)]
            if re.sub(r"(?<=W)(?=\d(?!\d))", "0", values[0]) == values[1]:
                shape = "(any) week written with one figure"
        yield kind, shape


def main() -> int:
    """Command line; 2 when the data is not there."""
    parser = argparse.ArgumentParser(description="TempEval-3 scores of the times room")
    parser.add_argument("--data", type=Path, help="folder of *.jsonl gold files (default: $TELLINGS_DATA/time)")
    parser.add_argument("--corpus", help="only the file of this name")
    parser.add_argument("--errors", action="store_true", help="list every difference")
    parser.add_argument("--kinds", type=int, metavar="N", help="the N most frequent kinds of difference")
    parser.add_argument("--predictions", type=Path, help="write predictions as JSONL to this file")
    arguments = parser.parse_args()
    folder = arguments.data or (Path(os.environ["TELLINGS_DATA"]) / "time" if "TELLINGS_DATA" in os.environ else None)
    if folder is None or not folder.is_dir():
        print(f"no data: {folder or 'give --data DIR or set TELLINGS_DATA'}", file=sys.stderr)
        return 2
    for path in sorted(folder.glob("*.jsonl")):
        if arguments.corpus and path.stem != arguments.corpus:
            continue
        texts = read(path)
        began = time.perf_counter()
        found = [predict(gold) for gold in texts]
        seconds = time.perf_counter() - began
        result = scores(count((gold.marks, marks) for gold, marks in zip(texts, found, strict=True)))
        size = sum(len(gold.text) for gold in texts) / 1e6
        shown = "  ".join(f"{name} {value:.2f}" for name, value in result.items())
        print(f"{path.stem}: {len(texts)} texts  {shown}  ({size / seconds:.2f} M characters a second)")
        if arguments.kinds:
            shapes = Counter(each for gold, marks in zip(texts, found, strict=True) for each in kinds(gold, marks))
            for (kind, shape), number in shapes.most_common(arguments.kinds):
                print(f"  {number:4} {kind:5} {shape}")
        if arguments.errors:
            for gold, marks in zip(texts, found, strict=True):
                for line in errors(gold, marks):
                    print(gold.id, line, sep="\t")
        if arguments.predictions:
            with arguments.predictions.open("w", encoding="utf-8") as file:
                for gold, marks in zip(texts, found, strict=True):
                    entries = [
                        {"s": each.start, "e": each.end, "type": each.type, "value": each.value} for each in marks
                    ]
                    file.write(json.dumps({"id": gold.id, "timexes": entries}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
