"""Score families (one utterance across tellings) on pairs of quotations that were labelled by reading.

    python eval/families.py [--data DIR] [--errors]

The labels (eval/families/pairs.jsonl) hold places only: two tellings of one story, a quotation in each, and whether
both are of one utterance (one post, one statement, one remark, whole or in part, quoted or told). The texts are
CORPUS/docs.jsonl in DIR (default: $TELLINGS_DATA); a corpus of several stories has CORPUS/gold.json, {id: story}. A
pair is joined when one family holds both. For each part of the labels: how many pairs, how many joined and of these
right, how many of one utterance are joined; the same of pairs with words in marks on both sides; and how many have a
side where no quotation is found at all.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from tellings.model.records import Document, DocumentDate, Quote, Story, Telling
from tellings.model.text import Span, View
from tellings.pipeline import annotate, relate

LABELS = Path(__file__).parent / "families" / "pairs.jsonl"


def story_of(documents: list[dict[str, Any]]) -> Story:
    """The record of one story."""
    return relate(
        annotate(Document(each["id"], each["id"], each["id"], "text/plain", View.plain(each["text"]), _date(each)))
        for each in documents
    )


def _date(document: dict[str, Any]) -> DocumentDate:
    try:
        return DocumentDate(date.fromisoformat((document.get("date") or "")[:10]), "given", "given")
    except ValueError:
        return DocumentDate(None, "not given", "none")


def covers(quote: Quote, place: Span) -> bool:
    """Whether a quotation and a place share half of either."""
    common = min(quote.content.end, place.end) - max(quote.content.start, place.start)
    return common * 2 > len(place) or common * 2 > len(quote.content)


def families_at(story: Story, telling: Telling, place: Span) -> set[int]:
    """The families that hold a quotation over half of `place`."""
    return {
        number
        for number, family in enumerate(story.families)
        for variant in family.variants
        if variant.telling == telling.id
        if any(covers(telling.quotes[index], place) for index in variant.quotes)
    }


def stories_in(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The documents of a corpus by story. Raises OSError where it is not there."""
    documents = [json.loads(line) for line in (folder / "docs.jsonl").read_text("utf-8").splitlines()]
    gold = folder / "gold.json"
    story = json.loads(gold.read_text("utf-8")) if gold.is_file() else {}
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for each in documents:
        found[str(story.get(each["id"], ""))].append(each)
    return found


def main(arguments: list[str] | None = None) -> int:
    """The command; returns its exit code (2: the data is absent)."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, help="folder with the corpora  [default: $TELLINGS_DATA]")
    parser.add_argument("--errors", action="store_true", help="list pairs joined wrongly or missed")
    options = parser.parse_args(arguments)
    folder = options.data or Path(os.environ.get("TELLINGS_DATA", ""))
    labels = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    stories: dict[tuple[str, str], Story] = {}
    told: dict[str, dict[str, str]] = {}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for label in labels:
        corpus = label["corpus"]
        if corpus not in told:
            try:
                documents = stories_in(folder / corpus)
            except OSError as error:
                print(f"data absent: {error}; give --data DIR", file=sys.stderr)
                return 2
            told[corpus] = {each["id"]: story for story, members in documents.items() for each in members}
            wanted = {told[corpus][one["a"]] for one in labels if one["corpus"] == corpus}
            stories |= {(corpus, story): story_of(documents[story]) for story in wanted}
        outcome, marked, shown = _scored(stories[corpus, told[corpus][label["a"]]], label)
        for part in (_part(corpus), "all"):
            counts[part][outcome] += 1
            counts[part]["pairs"] += 1
            counts[part][f"{outcome}, in marks"] += marked
        if options.errors and outcome in ("joined wrongly", "missed", "not found"):
            print(f"{outcome}: {shown}")
    for part, count in counts.items():
        print(f"{part:12}{_told(count)}")
    return 0


def _scored(story: Story, label: dict[str, Any]) -> tuple[str, bool, str]:
    """What became of a pair, whether both have words in marks, and the pair in words."""
    a, b = (next(each for each in story.tellings if each.id == label[side]) for side in ("a", "b"))
    first, second = Span(*label["a_span"]), Span(*label["b_span"])
    here, there = families_at(story, a, first), families_at(story, b, second)
    if here & there:
        outcome = "joined rightly" if label["same"] else "joined wrongly"
    elif not label["same"]:
        outcome = "rightly apart"
    else:
        found = all(any(covers(quote, span) for quote in t.quotes) for t, span in ((a, first), (b, second)))
        outcome = "missed" if found else "not found"
    return outcome, _marked(a, first) and _marked(b, second), f"{first.of(a.text)!r}\n    {second.of(b.text)!r}"


def _part(corpus: str) -> str:
    return corpus.rsplit("/", 1)[0]


def _told(count: Counter[str]) -> str:
    """The counts of a part in words."""

    def shares(marks: str) -> str:
        right, wrong = count[f"joined rightly{marks}"], count[f"joined wrongly{marks}"]
        one = right + count[f"missed{marks}"] + count[f"not found{marks}"]
        joined = f"{right}/{right + wrong} joined are right ({_share(right, right + wrong)})"
        return f"{joined}, of {one} joined {_share(right, one)}"

    return f"{count['pairs']} pairs: {shares('')}; in marks {shares(', in marks')}; {count['not found']} not found"


def _share(part: int, whole: int) -> str:
    return f"{part / max(whole, 1):.3f}"


def _marked(telling: Telling, place: Span) -> bool:
    around = telling.text[max(0, place.start - 1) : place.end + 1]
    return any(mark in around for mark in '“”"‘’')


if __name__ == "__main__":
    sys.exit(main())
