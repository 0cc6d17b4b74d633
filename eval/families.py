"""Score families (one utterance across tellings) on pairs of quotations that were labelled by reading.

    python eval/families.py [--data DIR] [--errors]

The labels (eval/families/pairs.jsonl) hold places only: two tellings of one story, a quotation in each, and whether
both are of one utterance (one post, one statement, one remark, whole or in part). The texts are CORPUS/docs.jsonl and
CORPUS/gold.json in DIR (default: $TELLINGS_DATA/stories). A pair is joined when one family holds both. Reported clauses
are joined only where copies print nearly the same, so recall is given for pairs with words in marks on both sides, too.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from tellings.model.records import Document, DocumentDate, Story, Telling
from tellings.model.text import Span, View
from tellings.pipeline import annotate, relate

LABELS = Path(__file__).parent / "families" / "pairs.jsonl"


def story_of(documents: list[dict[str, Any]]) -> Story:
    """The record of one story, without dates."""
    none = DocumentDate(None, "not given", "none")
    return relate(
        annotate(Document(each["id"], each["id"], each["id"], "text/plain", View.plain(each["text"]), none))
        for each in documents
    )


def families_at(story: Story, telling: Telling, place: Span) -> set[int]:
    """The families that hold a quotation over half of `place`."""
    found = set()
    for number, family in enumerate(story.families):
        for variant in family.variants:
            if variant.telling != telling.id:
                continue
            for index in variant.quotes:
                content = telling.quotes[index].content
                common = min(content.end, place.end) - max(content.start, place.start)
                if common * 2 > len(place) or common * 2 > len(content):
                    found.add(number)
    return found


def main(arguments: list[str] | None = None) -> int:
    """The command; returns its exit code (2: the data is absent)."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, help="folder with the corpora  [default: $TELLINGS_DATA/stories]")
    parser.add_argument("--errors", action="store_true", help="list pairs joined wrongly or missed")
    options = parser.parse_args(arguments)
    folder = options.data or Path(os.environ.get("TELLINGS_DATA", "")) / "stories"
    labels = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    stories: dict[tuple[str, str], Story] = {}
    documents: dict[str, dict[str, dict[str, Any]]] = {}
    gold: dict[str, dict[str, str]] = {}
    members: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for corpus in sorted({label["corpus"] for label in labels}):
        texts = folder / corpus / "docs.jsonl"
        if not texts.is_file():
            print(f"data absent: no {texts.name} in {texts.parent}; give --data DIR", file=sys.stderr)
            return 2
        documents[corpus] = {told["id"]: told for told in map(json.loads, texts.read_text("utf-8").splitlines())}
        gold[corpus] = json.loads((folder / corpus / "gold.json").read_text("utf-8"))
        for name, told in documents[corpus].items():
            members[corpus, str(gold[corpus].get(name))].append(told)
    right = wrong = missed = missed_in_marks = right_in_marks = 0
    for label in labels:
        key = label["corpus"], str(gold[label["corpus"]][label["a"]])
        if key not in stories:
            stories[key] = story_of(members[key])
        story = stories[key]
        a, b = (next(each for each in story.tellings if each.id == label[side]) for side in ("a", "b"))
        first, second = Span(*label["a_span"]), Span(*label["b_span"])
        joined = bool(families_at(story, a, first) & families_at(story, b, second))
        marked = _marked(a, first) and _marked(b, second)
        right += joined and label["same"]
        wrong += joined and not label["same"]
        missed += label["same"] and not joined
        right_in_marks += joined and label["same"] and marked
        missed_in_marks += label["same"] and not joined and marked
        if options.errors and joined != label["same"]:
            print("joined wrongly" if joined else "missed", f"{first.of(a.text)!r}\n    {second.of(b.text)!r}")
    print(
        f"{len(labels)} pairs, {right + missed} of one utterance: "
        f"of {right + wrong} joined, right {right / max(right + wrong, 1):.3f}; "
        f"of those of one utterance, joined {right / max(right + missed, 1):.3f}, "
        f"with marks on both sides {right_in_marks / max(right_in_marks + missed_in_marks, 1):.3f}"
    )
    return 0


def _marked(telling: Telling, place: Span) -> bool:
    around = telling.text[max(0, place.start - 1) : place.end + 1]
    return any(mark in around for mark in '“”"‘’')


if __name__ == "__main__":
    sys.exit(main())
