"""Score the quote room against annotated quotations (PARC-style: content, source, cue), content only and jointly.

    python eval/quotes.py [--data DIR] [--name polnear-dev] [--limit N] [--predictions FILE]

DIR holds NAME.docs.jsonl ({"doc_id", "text"}) and NAME.gold.jsonl ({"doc_id", "start", "end", "spans",
"speaker_start", "speaker_end", "type"}); without --data it is $TELLINGS_DATA/quotes. Gold of type "attitude" is no
speech and left out, with whatever is found there. Printed for the rules alone and with the trained model, for direct
quotations and for all speech:

exact    from the first character to the last as in the gold, marks and stops at the edges aside
overlap  half or more of the words of both in common, one to one, best pairs first
speaker  of those, the share whose source spans overlap, too, or where neither has one
joint    overlap and speaker both

`shown` counts what a record shows; what has a source and is unsure counts in the other rows. `--predictions` writes
what was found, one JSON object a line, for other scorers.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tellings.quotes import find

#: Share of words in common (of the union) that makes two spans one quotation.
OVERLAP = 0.5
SPEECH = {"direct", "mixed", "indirect"}
_WORD = re.compile(r"\w+(?:['’]\w+)?")
_EDGE = " \t\r\n\"“”„‘’'`«».,;:!?-–—()[]"


def words_in(text: str, spans: Iterable[Iterable[int]]) -> frozenset[int]:
    """Where the words of some spans start."""
    return frozenset(m.start() for start, end in spans for m in _WORD.finditer(text, start, end))


def found_in(doc_id: str, text: str, *, model: bool) -> list[dict[str, Any]]:
    """The quotations of a text that have a source, nested ones left out, in the form of the gold."""
    return [
        {
            "doc_id": doc_id,
            "start": quote.span.start,
            "end": quote.span.end,
            "spans": [[span.start, span.end] for span in quote.spans],
            "speaker_text": quote.source.of(text) if quote.source else None,
            "speaker_start": quote.source.start if quote.source else None,
            "speaker_end": quote.source.end if quote.source else None,
            "speaker_entity": quote.speaker,
            "cue_start": quote.cue.start if quote.cue else None,
            "cue_end": quote.cue.end if quote.cue else None,
            "type": quote.type,
            "status": quote.status,
        }
        for quote in find(text, model=model)
        if quote.status != "not-a-statement" and quote.source is not None and quote.within is None
    ]


def edges(text: str, item: dict[str, Any]) -> tuple[int, int]:
    """First and last character of a quotation, marks, stops and white space at its edges aside."""
    start, end = item["start"], item["end"]
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end


def pairs(text: str, gold: list[dict[str, Any]], found: list[dict[str, Any]], *, least: float) -> list[tuple[int, int]]:
    """(gold, found) indices of one-to-one pairs that overlap enough, best first."""
    mine = [words_in(text, item["spans"]) for item in found]
    theirs = [words_in(text, item.get("spans") or [(item["start"], item["end"])]) for item in gold]
    scored = sorted(
        ((len(a & b) / len(a | b), i, j) for i, a in enumerate(theirs) for j, b in enumerate(mine) if a & b),
        key=lambda entry: (-entry[0], entry[1], entry[2]),
    )
    taken: set[int] = set()
    used: set[int] = set()
    matched = []
    for share, i, j in scored:
        if share >= least and i not in taken and j not in used:
            taken.add(i)
            used.add(j)
            matched.append((i, j))
    return matched


def same_speaker(gold: dict[str, Any], found: dict[str, Any]) -> bool:
    """Whether the source spans overlap, or neither has one."""
    if gold["speaker_start"] is None or found["speaker_start"] is None:
        return gold["speaker_start"] is None and found["speaker_start"] is None
    return bool(found["speaker_start"] < gold["speaker_end"] and gold["speaker_start"] < found["speaker_end"])


@dataclass
class Tally:
    """Counts for one row: in the gold, found, right by each measure."""

    gold: int = 0
    found: int = 0
    exact: int = 0
    overlap: int = 0
    joint: int = 0

    def add(self, text: str, everything: list[dict[str, Any]], found: list[dict[str, Any]], wanted: set[str]) -> None:
        """Count one text."""
        # What is found where the gold has another type is neither right nor wrong.
        best = pairs(text, everything, found, least=0.0)
        elsewhere = {j for i, j in best if everything[i]["type"] not in wanted}
        with_any = {j for _, j in best}
        others = frozenset().union(
            *(words_in(text, item["spans"]) for item in everything if item["type"] not in wanted)
        )
        kept = [
            item
            for j, item in enumerate(found)
            if j not in elsewhere and (j in with_any or (item["type"] in wanted and not _mostly(text, item, others)))
        ]
        asked = [item for item in everything if item["type"] in wanted]
        matched = pairs(text, asked, kept, least=OVERLAP)
        self.gold += len(asked)
        self.found += len(kept)
        self.exact += len({edges(text, item) for item in asked} & {edges(text, item) for item in kept})
        self.overlap += len(matched)
        self.joint += sum(same_speaker(asked[i], kept[j]) for i, j in matched)

    def row(self, name: str) -> str:
        """One line of the table."""
        cells = [name.ljust(32), f"{self.gold:5}", f"{self.found:5}"]
        for right in (self.exact, self.overlap, self.joint):
            precision, recall = right / max(self.found, 1), right / max(self.gold, 1)
            f1 = 2 * precision * recall / max(precision + recall, 1e-9)
            cells.append(f"{100 * precision:5.1f} {100 * recall:5.1f} {100 * f1:5.1f}")
        cells.append(f"{100 * self.joint / max(self.overlap, 1):5.1f}")
        return "  ".join(cells)


def _mostly(text: str, item: dict[str, Any], others: frozenset[int]) -> bool:
    found = words_in(text, item["spans"])
    return len(found & others) * 2 > len(found)


def main(arguments: list[str] | None = None) -> int:
    """The command; returns its exit code (2: the data is absent)."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, help="folder with the corpora  [default: $TELLINGS_DATA/quotes]")
    parser.add_argument("--name", default="polnear-dev", help="which corpus  [default: polnear-dev]")
    parser.add_argument("--limit", type=int, help="only the first N texts")
    parser.add_argument("--predictions", type=Path, help="write what was found, with the model, to this file")
    options = parser.parse_args(arguments)
    folder = options.data or Path(os.environ.get("TELLINGS_DATA", "")) / "quotes"
    texts, annotated = folder / f"{options.name}.docs.jsonl", folder / f"{options.name}.gold.jsonl"
    if not texts.is_file() or not annotated.is_file():
        print(f"data absent: no {texts.name} and {annotated.name} in {folder}; give --data DIR", file=sys.stderr)
        return 2
    gold: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in annotated.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        gold[item["doc_id"]].append(item)
    documents = [json.loads(line) for line in texts.read_text(encoding="utf-8").splitlines()[: options.limit]]
    find(documents[0]["text"])
    print(
        f"{options.name}: {len(documents)} texts".ljust(32),
        " gold  found  exact P, R, F1    overlap P, R, F1   joint P, R, F1    speaker",
    )
    out: list[dict[str, Any]] = []
    for setting, model in (("rules", False), ("rules and model", True)):
        tallies = {name: Tally() for name in ("shown, all speech", "direct", "all speech")}
        seconds, count = 0.0, 0
        for document in documents:
            text, everything = document["text"], gold[document["doc_id"]]
            started = time.process_time()
            found = found_in(document["doc_id"], text, model=model)
            seconds += time.process_time() - started
            count += len(text.split())
            out += found if model else []
            shown = [item for item in found if item["status"] == "shown"]
            tallies["shown, all speech"].add(text, everything, shown, SPEECH)
            tallies["direct"].add(text, everything, found, {"direct"})
            tallies["all speech"].add(text, everything, found, SPEECH)
        for name, tally in tallies.items():
            print(tally.row(f"{setting}: {name}"))
        print(f"{setting}: {count / max(seconds, 1e-9):,.0f} words a second")
    if options.predictions:
        options.predictions.write_text("".join(json.dumps(item) + "\n" for item in out), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
