"""Score where tellings differ, on real stories whose questions were noted by reading.

    python eval/real.py --data DIR [--only NAME,…] [--noted] [--list]

With `--noted` DIR holds the public corpora, and the stories are those that were noted for this project and that
nothing was trained on (eval/noted.py). Else DIR/NAME/docs.jsonl holds the articles of a story, one a line,
DIR/NAME/gold.json its questions: what is asked, how the answers relate, how much it matters (3: first paragraph, 2: a
reporter would want it, 1: detail), and each answer with the words that give it. A difference is a question whose
answers differ, were updated, corrected or denied, or are explained by time. It is found where one line sets two of
its answers side by side as two values: *claimed* where the line says how they relate, *to compare* where it says that
they probably answer one question, among the first LINES of the story. Lines of quotations that hold two wordings
count for questions of wording. An agreement is a question of weight that two tellings answer alike; it is found where
one line holds two of its answers.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import noted  # eval/noted.py

from tellings.library.records import story as read_story
from tellings.model.records import Interval, Question, QuestionValue, Story
from tellings.model.text import Span

#: Relations of a gold question that tell of a difference.
TELLS = frozenset({"updated", "corrected", "differs", "denied", "explained-by-time"})
#: Relations of a line that claim a difference, and the one that claims nothing.
CLAIMED = frozenset({"differs", "updated", "corrected", "denied", "explained by time", "does not add up"})
COMPARE = "to compare"
#: Lines to compare of a story that a reader will look at.
LINES = 30
#: Kinds of gold questions by the table's rows.
NUMBERS = frozenset({"number", "money", "percent", "measure", "clock"})
#: Characters by which words noted may stand beside the value found.
NEAR = 2

Placed = tuple[str, Span]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as noted by reading: its answers, each by where the words stand (telling id, span)."""

    ask: str
    kind: str
    relation: str
    importance: int
    answers: tuple[tuple[str, tuple[Placed, ...]], ...]

    @property
    def differs(self) -> bool:
        """Whether it tells of a difference."""
        return self.relation in TELLS and len(self.answers) > 1


@dataclass(frozen=True, slots=True)
class Happened:
    """An event as noted by reading: its first and last possible day, and the words that tell it."""

    what: str
    when: Interval
    importance: int
    places: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A story as read by the program, with the questions and the events noted by reading."""

    name: str
    story: Story
    asked: tuple[Asked, ...]
    happened: tuple[Happened, ...]


def stories(folder: Path, only: Sequence[str] = ()) -> Iterator[Read]:
    """The stories of a folder that have notes, by name."""
    for place in sorted(folder.iterdir()):
        if (place / "gold.json").exists() and (not only or place.name in only):
            yield _read(place)


def noted_stories(data: Path, blind: bool) -> Iterator[Read]:
    """The stories of the corpora in a folder that were noted for this project: those for scoring (`blind`), or those
    for training."""
    with tempfile.TemporaryDirectory() as folder:
        for name, articles, gold in noted.stories(data, blind):
            place = Path(folder) / "docs.jsonl"
            place.write_text("".join(json.dumps(told) + "\n" for told in articles), encoding="utf-8")
            yield _noted(name, place, gold)


def _read(place: Path) -> Read:
    return _noted(place.name, place / "docs.jsonl", json.loads((place / "gold.json").read_text(encoding="utf-8")))


def _noted(name: str, articles: Path, gold: dict[str, Any]) -> Read:
    story = read_story(articles)
    lines = [json.loads(line) for line in articles.read_text(encoding="utf-8").splitlines() if line]
    telling_of = {}
    for telling in story.tellings:
        line = re.search(r"#(\d+)$", telling.document.name)
        telling_of[lines[int(line[1]) - 1 if line else 0]["id"]] = telling

    def places(answer: dict[str, Any]) -> tuple[Placed, ...]:
        found: list[Placed] = []
        for told in answer["tellings"]:
            telling = telling_of[told["doc"]]
            found += [(telling.id, span) for span in spans_of(telling.text, told["exact"], told.get("nth"))]
        return tuple(found)

    asked = tuple(
        Asked(
            *(each["ask"], each["kind"], each["relation"], each["importance"]),
            tuple((answer["value"], places(answer)) for answer in each["answers"]),
        )
        for each in gold["questions"]
    )
    happened = tuple(
        Happened(each["what"], Interval(*map(date.fromisoformat, each["date"])), each["importance"], places(each))
        for each in gold["events"]
    )
    return Read(name, story, asked, happened)


def spans_of(text: str, exact: str, nth: int | None) -> list[Span]:
    """Where words stand in a text whatever white space is between them: the first time, or the time given."""
    pattern = r"\s+".join(re.escape(word) for word in exact.split())
    found = [Span(*match.span()) for match in re.finditer(pattern, text)]
    return found[(nth or 1) - 1 : (nth or 1)] or found[:1]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the record: how it relates its values, and where each stands."""

    relation: str
    values: tuple[tuple[Placed, ...], ...]
    told: str


def lines_of(story: Story) -> list[Line]:
    """The lines of a story's questions, in their order, those to compare no more than LINES."""
    found = [_line(story, question) for question in story.questions]
    beyond = [line for line in found if line.relation == COMPARE][LINES:]
    return [line for line in found if line not in beyond]


def _line(story: Story, question: Question) -> Line:
    tellings = {telling.id: telling for telling in story.tellings}

    def places(value: QuestionValue) -> tuple[Placed, ...]:
        facts = [(telling, tellings[telling].facts[index].value_span) for telling, index in value.facts]
        return (*facts, *((place.telling, place.span) for place in value.places))

    told = f"{question.kind}: {question.head}: " + " / ".join(value.label for value in question.values)
    return Line(question.relation, tuple(map(places, question.values)), told)


def answered(value: Sequence[Placed], asked: Asked) -> frozenset[int]:
    """The answers of a question that a value gives."""
    return frozenset(
        number
        for number, (_, places) in enumerate(asked.answers)
        if any(
            telling == other and span.start < end.end + NEAR and end.start - NEAR < span.end
            for telling, span in value
            for other, end in places
        )
    )


def differ(line: Line, asked: Asked) -> bool:
    """Whether a line sets two answers of a question side by side as two values."""
    given = [found for value in line.values if (found := answered(value, asked))]
    return any(a != b for place, a in enumerate(given) for b in given[:place])


def _worded(story: Story, asked: Asked) -> bool:
    """Whether one family of quotations holds two answers to a question of wording."""
    tellings = {telling.id: telling for telling in story.tellings}
    for family in story.families:
        given = [
            answered([(variant.telling, tellings[variant.telling].quotes[index].content)], asked)
            for variant in family.variants
            for index in variant.quotes
        ]
        if len(frozenset().union(*given)) > 1:
            return True
    return False


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", required=True, type=Path, help="folder of stories")
    parser.add_argument("--only", default="", help="names of stories, with commas between")
    parser.add_argument(
        "--noted", action="store_true", help="the stories noted for this project, of the corpora in DIR"
    )
    parser.add_argument("--list", action="store_true", help="print each difference that is missed, each line claimed")
    given = parser.parse_args()
    counts: Counter[tuple[str, str]] = Counter()
    printed: Counter[str] = Counter()
    only = [name for name in given.only.split(",") if name]
    for read in noted_stories(given.data, blind=True) if given.noted else stories(given.data, only):
        lines = lines_of(read.story)
        printed.update(line.relation for line in lines)
        for line in lines:
            of_gold = [asked for asked in read.asked if differ(line, asked)]
            if line.relation in CLAIMED:
                right = any(asked.differs for asked in of_gold)
                printed["claimed, right"] += right
                printed["claimed, wrong"] += not right and bool(of_gold)
                if given.list:
                    print(f"{read.name}: {line.relation}: {line.told}: {'noted' if right else 'NOT NOTED'}")
            elif line.relation == COMPARE:
                printed["to compare, noted"] += any(asked.differs for asked in of_gold)
        for asked in read.asked:
            if asked.differs:
                _count(counts, read, asked, lines, given.list)
            elif asked.relation == "same" and asked.importance > 1 and len(_tellings(asked)) > 1:
                counts["agreements", "all"] += 1
                counts["agreements", "found"] += any(_holds_two(line, asked) for line in lines)
    _print(counts, printed)


def _tellings(asked: Asked) -> set[str]:
    return {telling for _, places in asked.answers for telling, _ in places}


def _holds_two(line: Line, asked: Asked) -> bool:
    """Whether a line holds answers to a question by two tellings."""
    return len({place[0] for value in line.values for place in value if answered([place], asked)}) > 1


def _count(counts: Counter[tuple[str, str]], read: Read, asked: Asked, lines: Sequence[Line], listed: bool) -> None:
    claimed = any(line.relation in CLAIMED and differ(line, asked) for line in lines)
    worded = asked.kind == "quote" and _worded(read.story, asked)
    compare = any(line.relation == COMPARE and differ(line, asked) for line in lines)
    rows = ["all", asked.kind]
    rows += ["weighty"] if asked.importance > 1 else []
    rows += ["numbers, money, measures, clock times"] if asked.kind in NUMBERS else []
    for row in rows:
        counts[row, "noted"] += 1
        counts[row, "claimed"] += claimed or worded
        counts[row, "found"] += claimed or worded or compare
    if listed and not (claimed or worded or compare):
        print(f"{read.name}: missed: {asked.kind} {asked.relation} {asked.importance}: {asked.ask}")


def _print(counts: Counter[tuple[str, str]], printed: Counter[str]) -> None:
    print("| differences | noted | claimed | claimed or to compare |\n|---|---|---|---|")
    first = ["all", "weighty", "numbers, money, measures, clock times"]
    for row in first + sorted({row for row, _ in counts} - {*first, "agreements"}):
        noted = counts[row, "noted"]
        cells = [f"{counts[row, what]} ({counts[row, what] / noted:.0%})" for what in ("claimed", "found")]
        print(f"| {row} | {noted} | {' | '.join(cells)} |")
    print(f"\nagreements of weight: {counts['agreements', 'found']} of {counts['agreements', 'all']}")
    print("lines:", ", ".join(f"{name} {number}" for name, number in sorted(printed.items())))


if __name__ == "__main__":
    sys.exit(main())
