"""Our temporal tagger and others, side by side on the same texts: how right, and how fast.

    python bench/times.py --data DIR --python PEERS [--peers heideltime,timexy] [--limit N] [--markdown]

DIR holds *.jsonl as eval/times.py reads them. PEERS is the Python of a virtual environment with
bench/requirements-peers.txt (HeidelTime needs Java as well); a peer that is not there is marked. With
--limit every tagger reads the same N texts of each corpus, spread over it. Speed is words a second on
one core, loading apart.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "eval"))

import times as evaluation  # noqa: E402

PEERS = ("heideltime", "heideltime-narratives", "recognizers", "timexy", "dateparser")
COLUMNS = ("strict", "relaxed", "type", "value")


def ours(texts: Sequence[evaluation.Gold]) -> tuple[list[tuple[evaluation.Mark, ...]], float]:
    """What tellings finds, and the seconds it took."""
    evaluation.predict(texts[0])
    began = time.perf_counter()
    found = [evaluation.predict(text) for text in texts]
    return found, time.perf_counter() - began


def theirs(
    name: str, texts: Sequence[evaluation.Gold], python: Path, patience: int
) -> tuple[list[tuple[evaluation.Mark, ...]], float] | str:
    """What a peer finds, and the seconds it took; else why it could not be asked."""
    lines = "".join(
        json.dumps({"text": text.text, "dct": text.dct.isoformat() if text.dct else None}) + "\n" for text in texts
    )
    command = [str(python), str(ROOT / "bench" / "time_peers.py"), name]
    try:
        done = subprocess.run(command, input=lines, capture_output=True, text=True, check=False, timeout=patience)
    except subprocess.TimeoutExpired:
        return f"no answer in {patience} s"
    except OSError as error:
        return f"not asked: {error.strerror}; give --python"
    rows = done.stdout.splitlines()
    if done.returncode or len(rows) != len(texts) + 1:
        last = (done.stderr.strip().splitlines() or ["no word of why"])[-1]
        return f"not asked ({last[:90]}): pip install -r bench/requirements-peers.txt"
    marks = [tuple(evaluation.Mark(*mark) for mark in json.loads(row)) for row in rows[:-1]]
    return marks, float(rows[-1])


def spread(texts: Sequence[evaluation.Gold], limit: int | None) -> list[evaluation.Gold]:
    """At most `limit` of the texts, evenly from all of them."""
    if limit is None or len(texts) <= limit:
        return list(texts)
    return [texts[index * len(texts) // limit] for index in range(limit)]


def row(name: str, texts: Sequence[evaluation.Gold], outcome: object) -> list[str]:
    """The cells of a tagger's row."""
    if isinstance(outcome, str):
        return [name, *[""] * len(COLUMNS), "", outcome]
    found, seconds = outcome  # type: ignore[misc]
    result = evaluation.scores(evaluation.count((text.marks, marks) for text, marks in zip(texts, found, strict=True)))
    words = sum(len(text.text.split()) for text in texts)
    return [name, *(f"{result[column]:.1f}" for column in COLUMNS), f"{words / seconds:,.0f}", ""]


def main() -> int:
    """Print a table for each corpus; 2 when the data is not there."""
    parser = argparse.ArgumentParser(description="temporal taggers side by side")
    parser.add_argument("--data", type=Path, required=True, help="folder of *.jsonl gold files")
    parser.add_argument("--python", type=Path, default=Path(sys.executable), help="Python that has the peers")
    parser.add_argument("--peers", default=",".join(PEERS), help="which, by name")
    parser.add_argument("--limit", type=int, help="texts of each corpus")
    parser.add_argument("--patience", type=int, default=900, metavar="S", help="seconds a peer may take for a corpus")
    parser.add_argument("--markdown", action="store_true", help="tables as Markdown")
    arguments = parser.parse_args()
    if not arguments.data.is_dir():
        print(f"no data: {arguments.data}", file=sys.stderr)
        return 2
    names = [name for name in arguments.peers.split(",") if name]
    if unknown := sorted(set(names) - set(PEERS)):
        parser.error(f"no such peer: {', '.join(unknown)}; there are: {', '.join(PEERS)}")
    for path in sorted(arguments.data.glob("*.jsonl")):
        texts = spread(evaluation.read(path), arguments.limit)
        rows = [["tagger", *COLUMNS, "words/s", ""], row("tellings", texts, ours(texts))]
        rows += [row(name, texts, theirs(name, texts, arguments.python, arguments.patience)) for name in names]
        print(f"\n{path.stem}: {len(texts)} texts, {sum(len(text.marks) for text in texts)} expressions\n")
        for index, cells in enumerate(rows):
            if arguments.markdown:
                print("| " + " | ".join(cells) + " |" + ("\n" + "|---" * len(cells) + "|" if not index else ""))
            else:
                print(f"{cells[0]:22}" + "".join(f"{cell:>9}" for cell in cells[1:-1]) + f"  {cells[-1]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
