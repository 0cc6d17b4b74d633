"""Score timelines against journalists' ones: alignment ROUGE (align+ m:1) and date F1 (Martschat & Markert 2017).

    python eval/timelines.py --data DIR [--scorer FILE] [--predictions FOLDER] [--parts] [--own]

DIR holds a folder for each topic, with articles.jsonl.gz ({"id", "time", "text"}), timelines.jsonl (one gold timeline
a line, [[date, [sentences]], …]) and keywords.json. The usual protocol: first and last day, number of days and
sentences a day (rounded mean) as in each gold timeline, sentences with one of the topic's keywords. Everything is read
from raw text, on one core. FILE is a Python file with `score_one(found, [gold])` and `average`, which do what tilse and
ROUGE-1.5.5 do; without it, only date F1 is printed. `--parts` shows what each part brings; `--own` scores timelines
whose days, length and period we choose ourselves; `--predictions` writes one timeline a line for each topic.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tellings.across import chronicle
from tellings.across.chronicle import Statement
from tellings.model.records import Document, DocumentDate, Telling
from tellings.model.text import View
from tellings.pipeline import dated

Timeline = dict[date, list[str]]
#: Days and sentences of a timeline of our own choosing.
OWN_DAYS, OWN_EACH = 20, 2


def tellings_of(folder: Path) -> list[Telling]:
    """The articles of a topic, with their times and datings."""
    found = []
    with gzip.open(folder / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        for told in map(json.loads, lines):
            day = DocumentDate(date.fromisoformat(told["time"][:10]), "given", "given")
            name = str(told["id"])
            found.append(dated(Document(name, name, name, "text/plain", View.plain(told["text"]), day)))
    return found


def gold_of(folder: Path) -> list[Timeline]:
    """The gold timelines of a topic."""
    lines = (folder / "timelines.jsonl").read_text("utf-8").splitlines()
    return [{date.fromisoformat(day[:10]): said for day, said in json.loads(line)} for line in lines]


def predicted(
    told: Sequence[Statement], texts: Mapping[str, str], words: Sequence[str], gold: Timeline | None
) -> Timeline:
    """Our timeline: as long as `gold`, or as we choose."""
    size, each, since, until = OWN_DAYS, OWN_EACH, None, None
    if gold is not None:
        size, since, until = len(gold), min(gold), max(gold)
        each = max(1, round(sum(map(len, gold.values())) / len(gold)))
    days = chronicle.chronicle(told, days=size, each=each, since=since, until=until, about=words)
    return {
        day.when.earliest: [" ".join(one.sentence.of(texts[one.telling]).split()) for one in day.statements]
        for day in days
    }


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
    parser.add_argument("--scorer", type=Path, help="Python file with score_one and average")
    parser.add_argument("--predictions", type=Path, help="write our timelines, <topic>.jsonl, into this folder")
    parser.add_argument("--parts", action="store_true", help="what each part brings")
    parser.add_argument("--own", action="store_true", help="also timelines of a length and period we choose")
    options = parser.parse_args(arguments)
    topics = sorted(path.parent for path in options.data.glob("*/articles.jsonl.gz"))
    if not topics:
        print(f"data absent: no folders with articles.jsonl.gz in {options.data}", file=sys.stderr)
        return 2
    score_one, average = load_scorer(options.scorer)
    began = time.process_time()
    read = {folder: tellings_of(folder) for folder in topics}
    annotated = time.process_time() - began

    def evaluate(label: str, *, opening: bool = True, words: bool = True, own: bool = False) -> None:
        results, each_topic = [], {}
        start = time.process_time()
        for folder, found in read.items():
            told = [one for telling in found for one in chronicle.statements(telling, opening=opening)]
            texts = {telling.id: telling.text for telling in found}
            keywords = json.loads((folder / "keywords.json").read_text("utf-8")) if words else ()
            ours = [(predicted(told, texts, keywords, None if own else gold), gold) for gold in gold_of(folder)]
            if options.predictions and label == "as it is":
                options.predictions.mkdir(parents=True, exist_ok=True)
                lines = (
                    json.dumps([[day.isoformat(), said] for day, said in timeline.items()], ensure_ascii=False)
                    for timeline, _ in ours
                )
                (options.predictions / f"{folder.name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
            scored = [score_one(timeline, [gold]) for timeline, gold in ours]
            each_topic[folder.name] = average(scored)
            results += scored
        seconds = time.process_time() - start

        def shown(means: Mapping[str, Sequence[float]]) -> str:
            names = [key for key in means if key != "date"] + ["date"]
            return " / ".join(f"{means[key][2]:.3f}" for key in names)

        topics_shown = "  ".join(f"{name} {shown(means)}" for name, means in each_topic.items())
        print(f"{label:24} {shown(average(results))}   {topics_shown}   ({seconds:.1f} s)", flush=True)

    count = sum(map(len, read.values()))
    print(f"{count} articles read in {annotated:.1f} s ({count / annotated:.0f} a second), one core")
    evaluate("as it is")
    if options.own:
        evaluate("our own length", own=True)
    if options.parts:
        evaluate("dated sentences alone", opening=False)
        evaluate("without keywords", words=False)
        for label, name, value in (
            ("a mention is a mention", "ONLY_NAMED", 1.0),
            ("however long afterwards", "LATER", 0.0),
            ("each telling in full", "ECHO", 1.0),
            ("repetitions kept", "ALIKE", 1.1),
            ("any length", "OFF_LENGTH", 0.0),
        ):
            kept = getattr(chronicle, name)
            setattr(chronicle, name, value)
            evaluate(label)
            setattr(chronicle, name, kept)
        kept = chronicle.TRUST
        chronicle.TRUST = dict.fromkeys(kept, 1.0)  # type: ignore[assignment, arg-type]
        evaluate("every tie the same")
        chronicle.TRUST = kept
    return 0


if __name__ == "__main__":
    sys.exit(main())
