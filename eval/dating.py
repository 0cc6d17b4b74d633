"""Score event dating against invented articles whose every sentence has its day (eval/dating/).

    python eval/dating.py [--misses]

The two halves are shown apart: the rules were made with the one, and not with the other.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tellings import pipeline
from tellings.model.records import Dating, Document, DocumentDate, Interval
from tellings.model.text import View

GOLD = Path(__file__).with_name("dating")
BASES = {"o": "own", "f": "in force", "d": "document", "u": "undated"}


KINDS = ("right", "found")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the gold: `whens` as (basis, interval, announced)."""

    sentence: str
    whens: frozenset[tuple[str, Interval | None, bool]]


def read(path: Path) -> tuple[date | None, str, list[Line]]:
    """Document date, text and gold lines of one file."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n")
    dct = None if head[2:].strip() == "-" else date.fromisoformat(head[2:].strip())
    paragraphs, lines = [], []
    for paragraph in body.strip().split("\n\n"):
        sentences = []
        for row in paragraph.split("\n"):
            when, _, sentence = row.partition(" | ")
            sentences.append(sentence)
            lines.append(Line(sentence, frozenset(_when(each.strip()) for each in when.split(";"))))
        paragraphs.append(" ".join(sentences))
    return dct, "\n\n".join(paragraphs), lines


def _when(written: str) -> tuple[str, Interval | None, bool]:
    basis, _, days = written.partition(" ")
    if not days:
        return BASES[basis[0]], None, False
    first, _, last = days.partition("/")
    return BASES[basis[0]], Interval(date.fromisoformat(first), date.fromisoformat(last or first)), basis.endswith("+")


def found(dct: date | None, text: str, lines: list[Line]) -> Iterator[tuple[Line, list[Dating]]]:
    """Each gold line with what the stage says of its sentence."""
    dated = DocumentDate(dct, "gold", "gold")
    telling = pipeline.annotate(Document("gold", "gold", "gold", "text/plain", View.plain(text), dated))
    place = 0
    for line in lines:
        start = text.index(line.sentence, place)
        place = start + len(line.sentence)
        yield line, [each for each in telling.datings if start <= each.clause.start < place and not each.background]


def main() -> int:
    """Print precision, recall and abstentions for each half and basis."""
    parser = argparse.ArgumentParser(description="score event dating")
    parser.add_argument("--misses", action="store_true", help="list every sentence of the dev half that is not right")
    arguments = parser.parse_args()
    for half in ("dev", "held"):
        counts: Counter[tuple[str, str]] = Counter()
        for path in sorted(GOLD.glob(f"{half}-*.txt")):
            for line, datings in found(*read(path)):
                mine = {(each.basis, each.interval, each.status == "announced") for each in datings} or {
                    ("undated", None, False)
                }
                for basis, _, _ in line.whens:
                    counts["gold", basis] += 1
                for each in mine:
                    counts["found", each[0]] += 1
                    counts["right", each[0]] += each in line.whens
                if mine != line.whens and arguments.misses and half == "dev":
                    shown = "; ".join(f"{b} {i.earliest}/{i.latest}{'+' if a else ''}" if i else b for b, i, a in mine)
                    print(f"  {path.stem}: {line.sentence}\n      found {shown}")
        for basis in BASES.values():
            right, wrong, gold = counts["right", basis], counts["found", basis], counts["gold", basis]
            precision, recall = (right / wrong if wrong else 1.0), (right / gold if gold else 1.0)
            print(
                f"{half:5} {basis:10} P {precision:.3f}  R {recall:.3f}  ({right} right of {wrong} found, {gold} gold)"
            )
        days = [
            (counts[kind, "own"] + counts[kind, "in force"] + counts[kind, "document"]) for kind in ("right", "found")
        ]
        print(f"{half:5} {'dated':10} P {days[0] / max(1, days[1]):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
