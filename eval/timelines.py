"""Score what `tellings timeline` prints against journalists' timelines: alignment ROUGE (align+ m:1) and date F1.

    python eval/timelines.py --data DIR [--topic NAME] [--scorer FILE] [--predictions FOLDER] [--parts]

DIR holds a folder for each topic, with articles.jsonl.gz ({"id", "time", "text"}) and timelines.jsonl (one gold
timeline a line, [[date, [sentences]], …]); the measures are those of Martschat & Markert 2017. Everything is read
from raw text, by the functions that the command calls, and of each entry the first line is scored, on the first of its
days. Two lengths: as many entries as the gold timeline has sentences, from its first day to its last; and the number
that the command prints unless told otherwise, with no bounds. No keywords. FILE is a Python file with `score_one(found,
[gold])` and `average`, which do what tilse and ROUGE-1.5.5 do; without it, only date F1 is printed. `--parts` shows
what each part of the weight brings; `--predictions` writes one timeline a line for each topic.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tellings import pipeline
from tellings.across.chronology import weight
from tellings.cli.chronicle import timeline as command
from tellings.model.record import TimelineEntry
from tellings.model.records import Document, DocumentDate, Story
from tellings.model.text import View
from tellings.tell.cite import Citations
from tellings.tell.timeline import selected, timeline

Timeline = dict[date, list[str]]
#: Entries that the command prints unless told otherwise.
DEFAULT = next(int(option.default) for option in command.params if option.name == "entries")  # type: ignore[call-overload]


def story_of(folder: Path) -> Story:
    """The articles of a topic as one story, with its origins."""
    return pipeline.with_origins(pipeline.annotate(document) for document in _documents(folder))


def _documents(folder: Path) -> Iterator[Document]:
    with gzip.open(folder / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        for told in map(json.loads, lines):
            day = DocumentDate(date.fromisoformat(told["time"][:10]), "given", "given")
            name = str(told["id"])
            yield Document(name, name, name, "text/plain", View.plain(told["text"]), day)


def entries_of(story: Story) -> tuple[TimelineEntry, ...]:
    """All entries of the timeline, as the command has them before it selects."""
    return timeline(Citations.of(pipeline.chronicled(story)))


def gold_of(folder: Path) -> list[Timeline]:
    """The gold timelines of a topic."""
    lines = (folder / "timelines.jsonl").read_text("utf-8").splitlines()
    return [{date.fromisoformat(day[:10]): said for day, said in json.loads(line)} for line in lines]


def printed(entries: Sequence[TimelineEntry], gold: Timeline | None) -> Timeline:
    """What the command prints: as long as `gold` and from its first day to its last, or as it does by itself."""
    if gold is None:
        chosen = selected(entries, DEFAULT)
    else:
        chosen = selected(entries, sum(map(len, gold.values())), since=min(gold), until=max(gold))
    found: Timeline = {}
    for entry in chosen:
        found.setdefault(entry.when.earliest, []).append(" ".join(entry.lines[0].words.exact.split()))
    return found


def date_f1(found: Timeline, gold: Timeline) -> tuple[float, float, float]:
    """Precision, recall and F1 of days."""
    both = len(found.keys() & gold.keys())
    precision, recall = both / max(1, len(found)), both / max(1, len(gold))
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def load_scorer(path: Path | None) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """`score_one` and `average` of the scorer, or of dates alone."""
    if path is not None:
        spec = importlib.util.spec_from_file_location("scorer", path)
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module.score_one, module.average

    def score_one(found: Timeline, gold: list[Timeline]) -> dict[str, tuple[float, float, float]]:
        return {"date": date_f1(found, gold[0])}

    def average(results: Sequence[Mapping[str, Sequence[float]]]) -> dict[str, tuple[float, float, float]]:
        means = {}
        for key in results[0]:
            precision, recall = (sum(each[key][i] for each in results) / len(results) for i in (0, 1))
            means[key] = precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)
        return means

    return score_one, average


def main(arguments: list[str] | None = None) -> int:
    """The command; returns its exit code (2: the data is absent)."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with a folder for each topic")
    parser.add_argument("--topic", help="only this topic")
    parser.add_argument("--scorer", type=Path, help="Python file with score_one and average")
    parser.add_argument("--predictions", type=Path, help="write our timelines, <topic>.jsonl, into this folder")
    parser.add_argument("--parts", action="store_true", help="what each part of the weight brings")
    options = parser.parse_args(arguments)
    topics = sorted(path.parent for path in options.data.glob(f"{options.topic or '*'}/articles.jsonl.gz"))
    if not topics:
        print(f"data absent: no folders with articles.jsonl.gz in {options.data}", file=sys.stderr)
        return 2
    score_one, average = load_scorer(options.scorer)
    began = time.process_time()
    stories = {folder: story_of(folder) for folder in topics}
    count, seconds = sum(len(story.tellings) for story in stories.values()), time.process_time() - began
    print(f"{count} articles read in {seconds:.1f} s of one core")

    def shown(means: Mapping[str, Sequence[float]]) -> str:
        names = [key for key in means if key != "date"] + ["date"]
        return " / ".join(f"{means[key][2]:.3f}" for key in names)

    def evaluate(label: str, *, as_gold: bool = True) -> None:
        results, each_topic = [], {}
        for folder, story in stories.items():
            entries = entries_of(story)
            ours = [(printed(entries, gold if as_gold else None), gold) for gold in gold_of(folder)]
            if options.predictions and label == "as long as the gold":
                _write(options.predictions / f"{folder.name}.jsonl", [found for found, _ in ours])
            scored = [score_one(found, [gold]) for found, gold in ours]
            each_topic[folder.name] = average(scored)
            results += scored
        topics_shown = "  ".join(f"{name} {shown(means)}" for name, means in each_topic.items())
        print(f"{label:36} {shown(average(results))}   {topics_shown}", flush=True)

    evaluate("as long as the gold")
    evaluate(f"the {DEFAULT} entries of the command", as_gold=False)
    if options.parts:
        for label, name, value in (
            ("however long afterwards", "LATER", 0.0),
            ("each telling in full", "ECHO", 1.0),
            ("a vague date like a day", "VAGUE", 0.0),
            ("each event as much as its day", "FURTHER", 1.0),
            ("whatever its own origins", "ORIGIN", 0.0),
        ):
            kept = getattr(weight, name)
            setattr(weight, name, value)
            evaluate(label)
            setattr(weight, name, kept)
    return 0


def _write(path: Path, timelines: Sequence[Timeline]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (
        json.dumps([[day.isoformat(), said] for day, said in found.items()], ensure_ascii=False) for found in timelines
    )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
