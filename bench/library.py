"""How a library grows: articles a second as it does, its size beside that of the text, and what it answers how soon.

    python bench/library.py [--articles N | --data FILE] [--by-day] [--step N] [--searches N] [--jobs N] [--json]

The articles are made from the example story (bench/pile.py), twelve to a story, or are those of FILE (JSON Lines, each
with its text). They are added `--step` at a time, each time by a process of its own: with `--by-day` in the order of
their days, as a newsroom grows one; else shuffled, where every step touches nearly all stories. Then: to open the
library; `--searches` searches, of one to three of its words, the first twenty lines of each; the record of the
largest story of up to a hundred, made and kept. Adding is told by processor time, so that a busy machine changes it
little (with several --jobs by wall time); all else by wall time. On another machine only ratios hold.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pile

from tellings import Library
from tellings.edge.store.search import Filters
from tellings.model.kept import KeptStory

_ADD = """
import sys, tellings
with tellings.Library(sys.argv[1]) as library:
    library.add(sys.argv[2], jobs=int(sys.argv[3]))
"""
#: Articles of the story whose record is made, at most.
_LARGEST = 100
_WORD = re.compile(r"[^\W\d_]{4,}")


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=3000, metavar="N", help="articles in all (default 3000)")
    options.add_argument("--data", type=Path, metavar="FILE", help="articles of your own, in place of made ones")
    options.add_argument("--by-day", action="store_true", help="in the order of their days, not shuffled")
    options.add_argument("--step", type=int, default=1000, metavar="N", help="articles at a time (default 1000)")
    options.add_argument("--searches", type=int, default=1000, metavar="N", help="searches (default 1000)")
    options.add_argument("--jobs", type=int, default=1, metavar="N", help="worker processes (default 1)")
    options.add_argument("--json", action="store_true", help="print JSON, not a table")
    given = options.parse_args()
    with TemporaryDirectory() as folder:
        articles = made(given.articles) if given.data is None else read(given.data)
        measured = measure(Path(folder), articles, given.step, given.searches, given.jobs, by_day=given.by_day)
    if given.json:
        print(json.dumps(measured))
        return
    for name, value in measured.items():
        print(f"{name:<50} {', '.join(map(str, value)) if isinstance(value, list) else value}")


def made(number: int) -> list[dict[str, Any]]:
    """So many articles, made from the example story."""
    given = pile.paragraphs()
    return [{**pile.article(each, given), "url": f"https://example.org/{each}"} for each in range(number)]


def read(file: Path) -> list[dict[str, Any]]:
    """The articles of a file."""
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def measure(
    folder: Path, articles: list[dict[str, Any]], step: int, searches: int, jobs: int, *, by_day: bool
) -> dict[str, Any]:
    """All figures of a library of these articles."""
    path, chance = folder / "library.db", random.Random(0)
    chance.shuffle(articles)
    if by_day:
        # Undated ones last.
        articles.sort(key=lambda each: each.get("date") or "9999")
    rates: list[float] = []
    amounts: list[float] = []
    text = 0
    words: list[str] = []
    for start in range(0, len(articles), step):
        some = articles[start : start + step]
        amount = sum(len(each["text"].encode()) for each in some)
        text += amount
        words += chance.sample(_WORD.findall(" ".join(each["text"] for each in some[:9])), 40)
        lines = folder / "some.jsonl"
        lines.write_text("".join(json.dumps(each) + "\n" for each in some), encoding="utf-8")
        command = [sys.executable, "-c", _ADD, str(path), str(lines), str(jobs)]
        before = _processor_time()
        wall = _seconds(lambda command=command: subprocess.run(command, check=True))
        took = _processor_time() - before if jobs == 1 else wall
        rates.append(round(len(some) / took, 1))
        amounts.append(round(amount / 1000 / took))
        print(f"{start + len(some):,} articles, {rates[-1]} a second", file=sys.stderr, flush=True)
    kilobytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    opening = [_seconds(lambda: Library(path, reading=True).close()) for _ in range(20)]
    with Library(path, reading=True) as library:
        size = library.stats()["bytes"]
        asked = [" ".join(chance.sample(words, chance.choice((1, 1, 2, 3)))) for _ in range(searches)]
        kinds = [chance.choice((None, None, "quote", "fact")) for _ in asked]
        answered = [
            _seconds(lambda told=told, kind=kind: library.search(told, kind=kind, filters=Filters()))
            for told, kind in zip(asked, kinds, strict=True)
        ]
        largest = max((each for each in library.stories(most=None) if each.tellings <= _LARGEST), key=_tellings)
        story, size_of_story = largest.id, largest.tellings
    with Library(path) as library:
        making = _seconds(lambda: library.record(story))
        kept = [_seconds(lambda: library.record(story)) for _ in range(5)]
    return {
        "articles": len(articles),
        "articles added a second": rates,
        "kB of text added a second": amounts,
        "peak memory of adding, MB": round(kilobytes / 1024),
        "bytes of the file per byte of text": round(size / text, 1),
        "to open, ms": _ms(statistics.median(opening)),
        "a search, median, ms": _ms(statistics.median(answered)),
        "a search, slowest, ms": _ms(max(answered)),
        f"a record of the largest story up to {_LARGEST}, made, ms": _ms(making),
        "articles of that story": size_of_story,
        "the same again, ms": _ms(statistics.median(kept)),
    }


def _tellings(story: KeptStory) -> int:
    return story.tellings


def _processor_time() -> float:
    """Seconds that the processes started from here took of a core, those that have ended."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)


if __name__ == "__main__":
    main()
