"""How the time of `tellings read` grows with a pile of articles that have little to do with one another.

    python bench/mixed.py FOLDER… [--sizes N …] [--seed N] [--limit EXPONENT] [--json]

FOLDER: articles in any form that is read (`tellings read` says which); those in languages that we have rules for are
drawn from all of them in a fixed order, each text once, so that each size holds the smaller ones. For each size a
process of its own reads the pile and makes its record, one job, processor time, stage by stage.

The exponent says how time grows with the characters of the pile between a size and the one before: 1 is in proportion,
2 the square. It is the whole that is judged; that of a stage which takes milliseconds tells nothing.
Exit codes: 0 none between two sizes is over the limit, 1 some is.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import subprocess
import sys
import tempfile
import time
from functools import partial
from itertools import pairwise
from pathlib import Path

from read import ACROSS, Clocks, seconds

from tellings import library, pipeline
from tellings.edge.readers import read_paths
from tellings.edge.writers import html
from tellings.edge.writers import json as json_writer
from tellings.language.detect import detected
from tellings.model.collecting import seldom_collecting
from tellings.model.record import Record
from tellings.model.records import Document, Problem, Telling
from tellings.model.rules import languages

SIZES = (1250, 2500, 5000, 10_000)
STAGES = (*ACROSS[:2], "credits", *ACROSS[2:], "told_events")
#: Exponent from which a pile grows too fast.
LIMIT = 1.1


def main() -> int:
    """Measure and print; the exit code."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="articles")
    options.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N", help="articles of each pile")
    options.add_argument("--seed", type=int, default=1, metavar="N", help="which articles, in which order")
    options.add_argument(
        "--limit", type=float, default=LIMIT, metavar="EXPONENT", help="what is too much (default 1.1)"
    )
    options.add_argument("--json", action="store_true", help="print JSON, not a table")
    options.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.one:
        print(json.dumps(measured(chosen.one)))
        return 0
    articles = drawn(chosen.folders, chosen.seed)
    sizes = sorted({min(size, len(articles)) for size in chosen.sizes})
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            pile = Path(folder) / f"pile-{size}.jsonl"
            pile.write_text("".join(articles[:size]), encoding="utf-8", errors="replace")
            command = [sys.executable, __file__, "--one", str(pile)]
            found.append(json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout))
            if not chosen.json:
                show(found)
    if chosen.json:
        print(json.dumps(found, indent=1))
    return int(any(exponent(a, b, "read, whole") > chosen.limit for a, b in pairwise(found)))


def drawn(folders: list[Path], seed: int) -> list[str]:
    """The articles under `folders`, a line of JSON each, in an order by `seed`; each text once."""
    texts: dict[str, Document] = {}
    for folder in folders:
        for document in read_paths([folder])[0]:
            spoken = detected(document)
            if document.text.strip() and (spoken is None or spoken.language in languages()):
                texts.setdefault(document.text, document)
    articles = [
        json.dumps(
            {
                "title": document.title.value if document.title else "",
                "text": text,
                "date": document.date.value.isoformat() if document.date.value else "",
            }
        )
        + "\n"
        for text, document in sorted(texts.items())
    ]
    random.Random(seed).shuffle(articles)
    return articles


def measured(pile: Path) -> dict[str, float]:
    """Processor seconds of each stage over one pile, its articles and characters, and the most memory held (MB)."""
    import resource

    spent: dict[str, float] = {}
    began = time.process_time()
    documents, _ = read_paths([pile])
    spent["reading"] = time.process_time() - began
    with seldom_collecting():
        looked: list[tuple[Telling, Problem | None]] = []
        spent["within"] = seconds(lambda: looked.extend(map(library.records.WITHIN, documents)))
        with Clocks(STAGES) as clocks:
            story = pipeline.relate(telling for telling, _ in looked)
        spent.update((name, clocks.spent[name]) for name in STAGES)
        record: list[Record] = []
        spent["telling"] = seconds(lambda: record.append(library.tell(story)))
        spent["JSON"] = seconds(partial(json_writer.encode, record[0]))
        spent["page"] = seconds(partial(html.render, record[0]))
    spent["read, whole"] = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6
    characters = sum(len(document.text) for document in documents)
    return {"articles": len(documents), "characters": characters, "peak MB": peak, **spent}


def exponent(less: dict[str, float], more: dict[str, float], stage: str) -> float:
    """How the time of a stage grows with the characters, between two piles."""
    if min(less[stage], more[stage]) <= 0:
        return 0.0
    return math.log(more[stage] / less[stage]) / math.log(more["characters"] / less["characters"])


def show(found: list[dict[str, float]]) -> None:
    """The last of these piles, beside the one before."""
    last = found[-1]
    print(f"\n{last['articles']:,} articles, {last['characters']:,} characters, {last['peak MB']:.0f} MB at most")
    for stage in [name for name in last if name not in ("articles", "characters", "peak MB")]:
        each = f"{1000 * last[stage] / last['articles']:9.2f} ms/article"
        grows = f"{exponent(found[-2], last, stage):8.2f}" if len(found) > 1 else ""
        print(f"  {stage:<18}{last[stage]:9.2f} s{each}{grows}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
