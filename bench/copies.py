"""Near-duplicates on a large pile with planted copies: ours beside datasketch, rensa and text-dedup, one core each.

    python bench/copies.py [--tellings N] [--python PEERS] [--only NAME …]

The pile is made: texts of words drawn by their frequency in the example story, a third of them copies of one of the
texts before, of five kinds. PEERS is the Python of a virtual environment with bench/requirements-copies.txt; without it
only ours is run. Printed: tellings a second (processor time), memory, and how the pairs of one source are found.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import pile

#: Words of a text, from and to; share of texts that are copies.
SIZE, COPIES = (120, 500), 1 / 3
KINDS = ("identical", "truncated", "new lede", "insertions", "edited")


def made(count: int) -> tuple[list[str], list[int], list[str]]:
    """Texts, for each the place of its source (its own for an original), and its kind."""
    chance = random.Random(1)
    words = " ".join(pile.paragraphs()).split()
    # Words are drawn by their frequency and marked by a number now and then: a vocabulary as wide as that of news.
    texts: list[str] = []
    sources: list[int] = []
    kinds: list[str] = []

    def drawn(size: int) -> list[str]:
        return [
            word if chance.random() < 0.7 else f"{word}{chance.randrange(40)}" for word in chance.choices(words, k=size)
        ]

    for place in range(count):
        if place and chance.random() < COPIES:
            source = sources[chance.randrange(max(0, place - 2000), place)]
            kind = chance.choice(KINDS)
            told = texts[source].split()
            if kind == "truncated":
                told = told[: round(len(told) * chance.uniform(0.35, 0.8))]
            elif kind == "new lede":
                told = drawn(25) + told[25:]
            elif kind == "insertions":
                for _ in range(3):
                    at = chance.randrange(len(told))
                    told[at:at] = drawn(20)
            elif kind == "edited":
                told = [chance.choice(words) if chance.random() < 0.04 else word for word in told]
            texts.append(" ".join(told))
            sources.append(source)
            kinds.append(kind)
        else:
            texts.append(" ".join(drawn(chance.randrange(*SIZE))))
            sources.append(place)
            kinds.append("")
    return texts, sources, kinds


def pairs_of(labels: Sequence[int]) -> int:
    """How many pairs share a label."""
    return sum(count * (count - 1) // 2 for count in Counter(labels).values())


def main(arguments: list[str] | None = None) -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--tellings", type=int, default=10_000)
    parser.add_argument("--python", help="the Python of the peers' environment")
    parser.add_argument("--only", action="append", help="only this finder; may be given again")
    options = parser.parse_args(arguments)
    texts, sources, kinds = made(options.tellings)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "pile.jsonl"
        file.write_text("".join(json.dumps({"id": i, "text": t}) + "\n" for i, t in enumerate(texts)), "utf-8")
        print(f"{len(texts)} texts, {sum(map(bool, kinds))} of them copies; linked to the source by kind")
        print(f"{'':12} texts/s  memory MB  pairs P     R  " + "  ".join(KINDS))
        for name in options.only or ("tellings", *(("datasketch", "rensa", "text-dedup") if options.python else ())):
            python = sys.executable if name == "tellings" else options.python
            done = subprocess.run(
                [python, str(Path(__file__).with_name("copy_peers.py")), name, str(file)],
                capture_output=True,
                env={**os.environ, "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"},
                check=False,
            )
            if done.returncode:
                print(f"{name:12} failed: {done.stderr.decode()[-300:]}", file=sys.stderr)
                continue
            found = json.loads(done.stdout.decode().splitlines()[-1])
            clusters = found["clusters"]
            both = pairs_of([hash(pair) for pair in zip(sources, clusters, strict=True)])
            precision, recall = both / max(1, pairs_of(clusters)), both / max(1, pairs_of(sources))
            by_kind = [
                sum(clusters[i] == clusters[sources[i]] for i, each in enumerate(kinds) if each == kind)
                / max(1, kinds.count(kind))
                for kind in KINDS
            ]
            cost = f"{len(texts) / found['seconds']:7,.0f}  {found['megabytes']:9,.0f}"
            shares = "  ".join(f"{share:{len(kind)}.3f}" for share, kind in zip(by_kind, KINDS, strict=True))
            print(f"{name:12} {cost}  {precision:7.3f} {recall:.3f}  {shares}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
