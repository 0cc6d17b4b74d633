"""Score the quote room against annotated quotations (PARC-style: content, source, cue), content only and jointly.

    python eval/quotes.py [--data DIR] [--name polnear-dev] [--limit N] [--direct] [--predictions FILE]

DIR holds NAME.docs.jsonl ({"doc_id", "text"}) and NAME.gold.jsonl ({"doc_id", "start", "end", "spans",
"speaker_start", "speaker_end", "type"}); without --data it is $TELLINGS_DATA/quotes. Gold of type "attitude" is no
speech and left out, with whatever is found there. A found quotation is right when its words and the gold's overlap
by half or more of their union, one to one, best pairs first; jointly right when the source spans overlap, too.
With `--direct`, what is found in marks and is no quotation of any type in the gold counts as wrong.
`--predictions` writes what was found, one JSON object a line, for other scorers.
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
from pathlib import Path
from typing import Any

from tellings.model.records import Document, DocumentDate
from tellings.model.text import View
from tellings.pipeline import annotate

#: Share of words in common (of the union) that makes two spans one quotation.
OVERLAP = 0.5
_WORD = re.compile(r"\w+(?:['’]\w+)?")


def words_in(text: str, spans: Iterable[Iterable[int]]) -> frozenset[int]:
    """Where the words of some spans start."""
    return frozenset(m.start() for start, end in spans for m in _WORD.finditer(text, start, end))


def found_in(doc_id: str, text: str) -> list[dict[str, Any]]:
    """The quotations shown for a text, nested ones left out, in the form of the gold."""
    document = Document(doc_id, doc_id, doc_id, "text/plain", View.plain(text), DocumentDate(None, "not given", "none"))
    return [
        {
            "doc_id": doc_id,
            "start": quote.content.start,
            "end": quote.content.end,
            "speaker_text": quote.source.of(text) if quote.source else None,
            "speaker_start": quote.source.start if quote.source else None,
            "speaker_end": quote.source.end if quote.source else None,
            "cue_start": quote.cue.start if quote.cue else None,
            "cue_end": quote.cue.end if quote.cue else None,
            "type": quote.type,
        }
        for quote in annotate(document).quotes
        if quote.status == "shown" and quote.within is None
    ]


def pairs(text: str, gold: list[dict[str, Any]], found: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """(gold, found) indices of one-to-one pairs that overlap enough, best first."""
    mine = [words_in(text, [(item["start"], item["end"])]) for item in found]
    theirs = [words_in(text, item.get("spans") or [(item["start"], item["end"])]) for item in gold]
    scored = sorted(
        ((len(a & b) / len(a | b), i, j) for i, a in enumerate(theirs) for j, b in enumerate(mine) if a & b),
        key=lambda entry: (-entry[0], entry[1], entry[2]),
    )
    taken: set[int] = set()
    used: set[int] = set()
    matched = []
    for share, i, j in scored:
        if share >= OVERLAP and i not in taken and j not in used:
            taken.add(i)
            used.add(j)
            matched.append((i, j))
    return matched


def same_speaker(gold: dict[str, Any], found: dict[str, Any]) -> bool:
    """Whether the source spans overlap, or neither has one."""
    if gold["speaker_start"] is None or found["speaker_start"] is None:
        return gold["speaker_start"] is None and found["speaker_start"] is None
    return bool(found["speaker_start"] < gold["speaker_end"] and gold["speaker_start"] < found["speaker_end"])


def main(arguments: list[str] | None = None) -> int:
    """The command; returns its exit code (2: the data is absent)."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, help="folder with the corpora  [default: $TELLINGS_DATA/quotes]")
    parser.add_argument("--name", default="polnear-dev", help="which corpus  [default: polnear-dev]")
    parser.add_argument("--limit", type=int, help="only the first N texts")
    parser.add_argument("--direct", action="store_true", help="direct quotations only")
    parser.add_argument("--predictions", type=Path, help="write what was found to this file")
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
    wanted = {"direct"} if options.direct else {"direct", "mixed", "indirect"}
    right = joint = shown = listed = characters = 0
    seconds = 0.0
    out = []
    for line in texts.read_text(encoding="utf-8").splitlines()[: options.limit]:
        document = json.loads(line)
        text = document["text"]
        started = time.process_time()
        found = found_in(document["doc_id"], text)
        seconds += time.process_time() - started
        characters += len(text)
        out += found
        everything = gold[document["doc_id"]]
        # What is found where the gold has another type is neither right nor wrong.
        elsewhere = {j for i, j in pairs(text, everything, found) if everything[i]["type"] not in wanted}
        kept = [
            item
            for j, item in enumerate(found)
            if j not in elsewhere and (not options.direct or item["type"] == "direct")
        ]
        asked = [item for item in everything if item["type"] in wanted]
        matched = pairs(text, asked, kept)
        right += len(matched)
        joint += sum(same_speaker(asked[i], kept[j]) for i, j in matched)
        shown += len(kept)
        listed += len(asked)
    speed = characters / max(seconds, 1e-9) / 1e6
    print(f"{options.name}: {listed} quotations in the gold, {shown} found, {speed:.2f} M characters a second")
    for name, count in (("content, overlap", right), ("content and speaker", joint)):
        precision, recall = count / max(shown, 1), count / max(listed, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        print(f"{name:22} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}")
    print(f"{'speaker on right ones':22}   {joint / max(right, 1):.3f}")
    if options.predictions:
        options.predictions.write_text("".join(json.dumps(item) + "\n" for item in out), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
