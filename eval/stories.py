"""Score the sorting of piles into stories against annotated stories (B-cubed, Bagga & Baldwin 1998).

    python eval/stories.py [--data DIR] [--corpus NAME …] [--batches N] [--timelines DIR] [--predictions FOLDER]

DIR holds a folder for each corpus, with docs.jsonl ({"id", "title", "text", "date", "lang"}) and gold.json
({id: story}); without --data it is $TELLINGS_DATA/stories. Everything comes from title, text and date: ids are digests
of those of the corpus, which number the texts of a story in a row. `--batches N` adds the pile in N batches (0: one by
one) beside all at once, and prints how far the two agree (B-cubed F1 of one by the other). With `--timelines DIR`
running stories are scored, too: DIR holds a folder for each topic, with articles.jsonl.gz ({"id", "time", "text"}), and
the topics are the gold.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from tellings.across.stories import Stories
from tellings.across.stories.running import running_stories
from tellings.across.stories.sketch import Sketch, sketch


def b_cubed(gold: Mapping[str, str], found: Mapping[str, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 over items."""
    cells = Counter((gold[item], found[item]) for item in gold)
    of_gold, of_found = Counter(gold.values()), Counter(found[item] for item in gold)
    precision = sum(count * count / of_found[b] for (_, b), count in cells.items()) / len(gold)
    recall = sum(count * count / of_gold[a] for (a, _), count in cells.items()) / len(gold)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def day_of(told: dict[str, Any]) -> date | None:
    """The day of a text, where it has one that can be read."""
    found = re.match(r"\d{4}-\d\d-\d\d", told.get("date") or "")
    return date.fromisoformat(found.group()) if found else None


def anonymous(identifier: str) -> str:
    """An id that tells as little of the story as that of a document does."""
    return hashlib.sha256(identifier.encode()).hexdigest()[:16]


def sorted_pile(sketches: list[Sketch], size: int) -> dict[str, str]:
    """{id: story}, the pile added in batches of `size`."""
    stories = Stories()
    for start in range(0, len(sketches), size):
        stories.add(sketches[start : start + size])
    return {identifier: group[0] for group in stories.groups() for identifier in group}


def running(folder: Path) -> None:
    """Print how well running stories part the topics of a folder."""
    gold: dict[str, str] = {}
    sketches: list[Sketch] = []
    for path in sorted(folder.glob("*/articles.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for told in map(json.loads, lines):
                identifier = anonymous(f"{path.parent.name}/{told['id']}")
                if identifier in gold:
                    continue
                gold[identifier] = path.parent.name
                title, _, text = told["text"].partition("\n")
                sketches.append(sketch(identifier, title[:200], text, day_of({"date": told["time"]})))
    sketches.sort(key=lambda each: (each.day or date.max, each.id))
    stories = Stories()
    stories.add(sketches)
    groups = stories.groups()
    affairs = running_stories(groups, {each.id: each for each in sketches})
    found = {
        member: str(number) for number, places in enumerate(affairs) for place in places for member in groups[place]
    }
    precision, recall, f1 = b_cubed(gold, found)
    print(
        f"running stories: {len(gold)} texts, {len(set(gold.values()))} topics, {len(groups)} events, {len(affairs)} "
        f"running stories, B-cubed {precision:.3f} {recall:.3f} {f1:.3f}"
    )


def main(arguments: list[str] | None = None) -> int:
    """The command; returns its exit code (2: the data is absent)."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, help="folder with the corpora  [default: $TELLINGS_DATA/stories]")
    parser.add_argument("--corpus", action="append", help="only this one; may be given again")
    parser.add_argument("--batches", type=int, help="add the pile in N batches, too (0: one by one)")
    parser.add_argument("--timelines", type=Path, help="score running stories on the topics of this folder, too")
    parser.add_argument("--predictions", type=Path, help="write {id: story} for each corpus into this folder")
    options = parser.parse_args(arguments)
    folder = options.data or Path(os.environ.get("TELLINGS_DATA", "")) / "stories"
    names = options.corpus or sorted(path.parent.name for path in folder.glob("*/docs.jsonl"))
    if not names or any(not (folder / name / "docs.jsonl").is_file() for name in names):
        print(f"data absent: no such corpora in {folder}; give --data DIR", file=sys.stderr)
        return 2
    print(f"{'corpus':20} texts stories found  B-cubed P, R, F1     texts/s  in batches: F1, agreement")
    for name in names:
        texts = [json.loads(line) for line in (folder / name / "docs.jsonl").read_text("utf-8").splitlines()]
        texts = [told for told in texts if told.get("lang") in (None, "en")]
        stories = json.loads((folder / name / "gold.json").read_text("utf-8"))
        gold = {anonymous(told["id"]): str(stories[told["id"]]) for told in texts}
        sketch("", "warm", "up")
        began = time.process_time()
        sketches = [sketch(anonymous(told["id"]), told["title"] or "", told["text"], day_of(told)) for told in texts]
        found = sorted_pile(sketches, len(sketches))
        seconds = time.process_time() - began
        precision, recall, f1 = b_cubed(gold, found)
        line = (
            f"{name:20} {len(texts):5} {len(set(gold.values())):7} {len(set(found.values())):5}"
            f"  {precision:.3f} {recall:.3f} {f1:.3f}  {len(texts) / max(seconds, 1e-9):9,.0f}"
        )
        if options.batches is not None:
            size = max(1, len(texts) // options.batches) if options.batches else 1
            grown = sorted_pile(sketches, size)
            line += f"  {b_cubed(gold, grown)[2]:.3f} {b_cubed(found, grown)[2]:.3f}"
        print(line, flush=True)
        if options.predictions:
            options.predictions.mkdir(parents=True, exist_ok=True)
            (options.predictions / f"{name}.json").write_text(
                json.dumps({told["id"]: found[anonymous(told["id"])] for told in texts}), encoding="utf-8"
            )
    if options.timelines:
        running(options.timelines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
