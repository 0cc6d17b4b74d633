"""How fast `tellings read` is and how much memory it takes, stage by stage.

    python3 run.py bench [--articles N] [--story N] [--json] [--profile STAGE]
    python3 run.py bench --beside WORKTREE [--rounds N] [--paths PATH …]

The pile is made from the example story (bench/pile.py). Times are processor time of one core, after a
warm-up on other articles; for `tellings read` and `tellings --help` those of a process of its own.

`--beside` sets what one telling takes within (stages 1 to 9) beside that of another commit, checked out in
WORKTREE: the same documents, in turn, each in a process of its own, the best of N rounds; and says whether both
found the same. Only the ratio of such figures holds on another machine, or on a busy one.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import platform
import pstats
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pile

from tellings import library, pipeline
from tellings.edge.readers import read_paths
from tellings.edge.writers import html
from tellings.edge.writers import json as json_writer

WITHIN = ("clean", "parts", "sentences", "quoted", "times", "mentions", "quotes", "facts", "datings")
_LAUNCHER = """
import resource, subprocess, sys
code = subprocess.call([sys.executable, "-m", "tellings", *sys.argv[1:]], stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
sys.exit(code)
"""
# What each of two commits is asked over the same characters and days, in what all commits share: the least time, what
# one document allocates at most, and a digest of all that was found.
_WITHIN = """
import datetime, hashlib, json, sys, time, tracemalloc
from tellings import pipeline
from tellings.model.records import Document, DocumentDate
from tellings.model.text import View
documents = []
for line in open(sys.argv[2], encoding="utf-8"):
    text, day = json.loads(line)
    dated = DocumentDate(day and datetime.date.fromisoformat(day), "given", "given")
    documents.append(Document("x", "x", "x", "text/plain", View.plain(text), dated))
for document in documents[:40]:
    pipeline.annotate(document)
best = float("inf")
for _ in range(int(sys.argv[1])):
    began = time.process_time()
    for document in documents:
        pipeline.annotate(document)
    best = min(best, time.process_time() - began)
found, tracked = hashlib.sha256(), 0
tracemalloc.start()
for number, document in enumerate(documents):
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]
    telling = pipeline.annotate(document)
    tracked = max(tracked, tracemalloc.get_traced_memory()[1] - before)
    found.update(repr([getattr(telling, name) for name in telling.__dataclass_fields__ if name != "document"]).encode())
print(best, len(documents), sum(len(one.text) for one in documents), tracked, found.hexdigest())
"""
ACROSS = ("near_duplicates", "passages", "origins", "people", "families", "questions", "chronology")


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=96, metavar="N", help="articles in the pile (default 96)")
    options.add_argument("--story", type=int, default=pile.STORY, metavar="N", help="articles per story (default 12)")
    options.add_argument("--json", action="store_true", help="print JSON, not a table")
    options.add_argument(
        "--profile",
        choices=(*WITHIN, *ACROSS, "annotate", "relate", "tell"),
        help="the costliest functions of one stage",
    )
    options.add_argument("--beside", type=Path, metavar="WORKTREE", help="set the time within beside another commit's")
    options.add_argument("--rounds", type=int, default=3, metavar="N", help="rounds of --beside (default 3)")
    options.add_argument("--paths", type=Path, nargs="+", metavar="PATH", help="documents of --beside (else the pile)")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pile.jsonl"
        characters = pile.write(path, chosen.articles, chosen.story)
        if chosen.beside:
            beside(chosen.beside.resolve(), chosen.paths or [path], chosen.rounds)
            return
        if chosen.profile:
            profile(path, chosen.profile)
            return
        figures = {
            "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.machine()}",
            "articles": chosen.articles,
            "articles_per_story": chosen.story,
            "characters_per_article": round(characters / chosen.articles),
            **inside(path),
            **outside(path, chosen.articles),
        }
    if chosen.json:
        print(json.dumps(figures, indent=1))
    else:
        show(figures)


def inside(path: Path) -> dict[str, Any]:
    """Milliseconds per article, stage by stage, in this process."""
    documents, _ = read_paths([path])
    for document in documents[:20]:
        pipeline.annotate(document)
    html_pages = [page for page in sorted(pile.ARTICLES.iterdir()) if page.suffix == ".html"]
    read_paths(html_pages)
    count = len(documents)
    text_seconds = seconds(partial(read_paths, [path]))
    html_seconds = min(seconds(partial(read_paths, html_pages)) for _ in range(5))
    annotated: list[Any] = []
    # First without a clock in each stage, for the total; then with.
    within_seconds = seconds(lambda: annotated.extend(map(pipeline.annotate, documents)))
    with Clocks(WITHIN) as clocks:
        for document in documents:
            pipeline.annotate(document)
    with Clocks(ACROSS) as across:
        story: list[Any] = []
        across_seconds = seconds(lambda: story.append(pipeline.relate(annotated)))
    record: list[Any] = []
    tell_seconds = seconds(lambda: record.append(library.tell(story[0])))
    write_seconds = seconds(lambda: (json_writer.encode(record[0]), html.render(record[0])))
    each = 1000 / count
    return {
        "within_articles_per_second": round(count / within_seconds, 1),
        "within_ms_per_article": {name: round(spent * each, 3) for name, spent in clocks.spent.items()},
        "reading_ms_per_article": {
            "json lines": round(text_seconds * each, 3),
            "html": round(html_seconds * 1000 / len(html_pages), 1),
        },
        "across_ms_per_article": {name: round(spent * each, 3) for name, spent in across.spent.items()},
        "across_seconds": round(across_seconds, 3),
        "tell_seconds": round(tell_seconds, 3),
        "write_seconds": round(write_seconds, 3),
    }


def outside(path: Path, count: int) -> dict[str, Any]:
    """Whole commands as processes of their own: processor time, wall time and peak memory."""
    read = child("read", str(path), "-o", str(path.parent / "out"), "--quiet")
    example = child("read", str(pile.ARTICLES), "-o", str(path.parent / "out"), "--quiet")
    starts = [child("--help") for _ in range(7)]
    return {
        "read_articles_per_second": round(count / read["cpu"], 1),
        "read_seconds": round(read["cpu"], 2),
        "read_peak_mb": round(read["peak_mb"], 1),
        "example_seconds": round(example["cpu"], 2),
        "example_peak_mb": round(example["peak_mb"], 1),
        "help_seconds": round(min(start["cpu"] for start in starts), 3),
    }


@dataclass(frozen=True, slots=True)
class Within:
    """What stages 1 to 9 took over some documents: processor seconds, most bytes allocated at once, a digest of all
    found."""

    seconds: float
    documents: int
    characters: int
    allocated: int
    found: str

    @property
    def per_second(self) -> float:
        """Articles of `pile.LENGTH` characters a second."""
        return self.characters / pile.LENGTH / self.seconds


def beside(worktree: Path, paths: list[Path], rounds: int) -> None:
    """Print what one telling takes within, here and in another worktree."""
    trees = {"here": Path(__file__).resolve().parents[1], "there": worktree}
    best: dict[str, Within] = {}
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "texts.jsonl"
        lines = [
            json.dumps((document.text, document.date.value and document.date.value.isoformat()))
            for document in read_paths(paths)[0]
            if document.language == "en"
        ]
        texts.write_text("\n".join(lines), encoding="utf-8", errors="replace")
        for _ in range(rounds):  # in turn, so that a busy minute falls on both
            for name, tree in trees.items():
                measured = within(tree, texts)
                if name not in best or measured.seconds < best[name].seconds:
                    best[name] = measured
    here, there = best["here"], best["there"]
    print(f"{here.documents} documents, {here.characters:,} characters; articles of {pile.LENGTH:,} characters\n")
    for name, measured in best.items():
        each = 1000 / measured.per_second
        rate, most = f"{measured.per_second:8.1f} articles/s", f"{measured.allocated / 1e6:9.2f} MB at most"
        print(f"{name:<6}{rate}{each:9.2f} ms each{most}")
    print(f"\n{here.per_second / there.per_second:.2f} times as many; ", end="")
    print("both found the same" if here.found == there.found else "NOT the same was found")


def within(tree: Path, texts: Path) -> Within:
    """What the commit checked out in `tree` takes for the documents in `texts`, a line each: characters and day."""
    command = [sys.executable, "-c", _WITHIN, "2", str(texts)]
    environment = {**os.environ, "PYTHONPATH": str(tree / "src")}
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment)
    spent, documents, characters, allocated, found = done.stdout.split()
    return Within(float(spent), int(documents), int(characters), int(allocated), found)


def child(*words: str) -> dict[str, float]:
    """Run `tellings` with these words: seconds of processor time (user and system), peak resident memory."""
    # Through a small process: a child is charged with the memory its parent had when it was started.
    done = subprocess.run([sys.executable, "-c", _LAUNCHER, *words], stdout=subprocess.PIPE, text=True, check=True)
    cpu, peak = done.stdout.split()
    # Linux counts in KiB, macOS in bytes.
    return {"cpu": float(cpu), "peak_mb": int(peak) * (1 if sys.platform == "darwin" else 1024) / 1e6}


def seconds(work: Callable[[], object]) -> float:
    """Processor time of `work`."""
    began = time.process_time()
    work()
    return time.process_time() - began


class Clocks:
    """Adds up the time that each of these functions of `pipeline` takes while it is entered."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        self.spent: dict[str, float] = defaultdict(float)
        self.kept: dict[str, Any] = {}

    def __enter__(self) -> Clocks:
        for name in self.names:
            self.kept[name] = getattr(pipeline, name)
            setattr(pipeline, name, partial(self._timed, name, self.kept[name]))
        return self

    def __exit__(self, *exc: object) -> None:
        for name, function in self.kept.items():
            setattr(pipeline, name, function)

    def _timed(self, name: str, function: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        began = time.process_time()
        try:
            return function(*arguments, **named)
        finally:
            self.spent[name] += time.process_time() - began


def profile(path: Path, stage: str) -> None:
    """The functions that take most of a stage's time."""
    documents, _ = read_paths([path])
    for document in documents[:20]:
        pipeline.annotate(document)
    profiler = cProfile.Profile()
    if stage in (*WITHIN, *ACROSS):
        setattr(pipeline, stage, partial(profiler.runcall, getattr(pipeline, stage)))
    run = (
        (lambda function, *given: profiler.runcall(function, *given))
        if stage in ("annotate", "relate", "tell")
        else None
    )
    annotate = partial(run, pipeline.annotate) if run and stage == "annotate" else pipeline.annotate
    relate = partial(run, pipeline.relate) if run and stage == "relate" else pipeline.relate
    tell = partial(run, library.tell) if run and stage == "tell" else library.tell
    tell(relate([annotate(document) for document in documents]))
    pstats.Stats(profiler).strip_dirs().sort_stats("tottime").print_stats(20)


def show(figures: dict[str, Any]) -> None:
    """The figures as a table."""
    print(f"{figures['machine']}; {figures['articles']} articles of {figures['characters_per_article']:,} characters\n")
    rows = [
        ("within one telling", f"{figures['within_articles_per_second']:.1f} articles/s"),
        *((f"  {name}", f"{spent:.2f} ms/article") for name, spent in figures["within_ms_per_article"].items()),
        *((f"reading {name}", f"{spent:.2f} ms/article") for name, spent in figures["reading_ms_per_article"].items()),
        ("across tellings", f"{figures['across_seconds']:.2f} s"),
        *((f"  {name}", f"{spent:.2f} ms/article") for name, spent in figures["across_ms_per_article"].items()),
        ("telling the record", f"{figures['tell_seconds']:.2f} s"),
        ("writing it", f"{figures['write_seconds']:.2f} s"),
        ("tellings read, whole", f"{figures['read_articles_per_second']:.1f} articles/s"),
        ("  time", f"{figures['read_seconds']:.2f} s"),
        ("  peak memory", f"{figures['read_peak_mb']:.0f} MB"),
        ("tellings read, the example", f"{figures['example_seconds']:.2f} s"),
        ("  peak memory", f"{figures['example_peak_mb']:.0f} MB"),
        ("tellings --help", f"{figures['help_seconds']:.3f} s"),
    ]
    for what, much in rows:
        print(f"{what:<28}{much:>22}")


if __name__ == "__main__":
    main()
