"""How well the article and the day of a saved page are read, beside trafilatura.

    python eval/pages.py --data DIR [--most N] [--json]

`DIR/pages/NAME.html.gz` are pages, `DIR/gold.jsonl` says of each, by its `page`, what should be read, as far as that is
known: `body`, `title`, `authors`, `published` (YYYY-MM-DD), `publisher`. Neither the name nor the address of a page is
shown to what reads it.

Of bodies precision and recall are means over pages of runs of four words, as in Scrapinghub's
article-extraction-benchmark, and F1 is made of the two means; a page of which less than half is read counts as "lost",
and as "lost, and said" where a problem was told of it. Days are right, wrong or none. Titles, authors and publishers
are right where letters and digits are the same. Times are processor time of a page, in milliseconds.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tellings.edge.readers import read_bytes
from tellings.edge.readers.telling import Metadata
from tellings.model.identity import identity
from tellings.model.records import STORY_KINDS, Attested, Document
from tellings.within.clean import clean

#: Words of a run.
_RUN = 4
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Page:
    """What was read of a page; empty where nothing was. `said`: some trouble with it was told."""

    body: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    publisher: str = ""
    said: bool = False


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, required=True, metavar="DIR", help="folder of pages and gold.jsonl")
    options.add_argument("--most", type=int, metavar="N", help="only so many pages")
    options.add_argument("--json", action="store_true", help="print JSON, not a table")
    given = options.parse_args()
    gold_file = given.data / "gold.jsonl"
    if not gold_file.is_file():
        sys.exit(f"{gold_file}: there is no such file; --data names a folder with gold.jsonl and pages/")
    gold = [json.loads(line) for line in gold_file.read_text(encoding="utf-8").splitlines()][: given.most]
    found = {name: scored(given.data / "pages", gold, read) for name, read in READERS.items()}
    if given.json:
        print(json.dumps(found))
        return
    print(f"{len(gold)} pages")
    for measure in next(iter(found.values())):
        print(f"{measure:34}" + "".join(f"{name:>14} {scores[measure]:>7}" for name, scores in found.items()))


def scored(pages: Path, gold: Sequence[dict[str, Any]], read: Callable[[bytes], Page]) -> dict[str, float | int]:
    """All figures of one reader."""
    precisions: list[float] = []
    recalls: list[float] = []
    times: list[float] = []
    counts: Counter[str] = Counter()
    for told in gold:
        data = gzip.decompress((pages / f"{told['page']}.html.gz").read_bytes())
        start = time.process_time()
        page = read(data)
        times.append(time.process_time() - start)
        if told.get("body"):
            wanted, got = _runs(told["body"]), _runs(page.body)
            shared = sum((wanted & got).values())
            if got:
                precisions.append(shared / sum(got.values()))
            recalls.append(shared / sum(wanted.values()) if wanted else 1.0)
            counts["bodies"] += 1
            if recalls[-1] < 0.5:
                counts["lost"] += 1
                counts["said"] += page.said
        if told.get("published"):
            counts["days"] += 1
            counts["no day" if not page.published else "right" if page.published == told["published"] else "wrong"] += 1
        for field in ("title", "publisher"):
            if told.get(field):
                counts[f"{field}s"] += 1
                counts[field] += _plain(told[field]) == _plain(getattr(page, field))
        if told.get("authors") is not None:
            counts["bylines"] += 1
            counts["authors"] += {_plain(each) for each in told["authors"]} == {_plain(each) for each in page.authors}
    precision, recall = statistics.fmean(precisions or [0.0]), statistics.fmean(recalls or [0.0])
    return {
        "body: F1": round(2 * precision * recall / (precision + recall), 3) if precision + recall else 0.0,
        "body: precision": round(precision, 3),
        "body: recall": round(recall, 3),
        "body: pages, lost": counts["lost"],
        "body: pages, lost, and said": counts["said"],
        **{f"day: {kind}": counts[kind] for kind in ("right", "wrong", "no day")},
        f"title: right of {counts['titles']}": counts["title"],
        f"authors: right of {counts['bylines']}": counts["authors"],
        f"publisher: right of {counts['publishers']}": counts["publisher"],
        "ms a page, median": round(1000 * statistics.median(times)),
        "ms a page, 95th of 100": round(1000 * sorted(times)[int(len(times) * 0.95)]),
    }


def _by_tellings(data: bytes) -> Page:
    outcome = read_bytes("page.html", data)
    said = bool(outcome.problems)
    if not outcome.tellings:
        return Page(said=said)
    read = outcome.tellings[0]
    told: Metadata = read.metadata
    identifier = identity(None, read.view.source.digest)
    document = Document(
        identifier, "page.html", "page.html", read.media_type, read.view, told.date, title=told.title, hints=read.hints
    )
    story = (block for block in clean(document) if block.kind in STORY_KINDS and block.kind != "headline")
    authors = re.split(r"\s*,\s*|\s+and\s+", _value(told.author))
    return Page(
        "\n".join(block.span.of(document.text).strip() for block in story),
        _value(told.title),
        tuple(filter(None, authors)),
        told.date.value.isoformat() if told.date.value else "",
        _value(told.publisher),
        said,
    )


def _by_trafilatura(data: bytes) -> Page:
    from trafilatura import bare_extraction

    found = bare_extraction(data, favor_precision=True, with_metadata=True, include_comments=False)
    if found is None:
        return Page()
    told = found.as_dict()
    authors = tuple(filter(None, re.split(r"\s*;\s*", told.get("author") or "")))
    fields = {field: told.get(field) or "" for field in ("title", "date", "sitename")}
    return Page(told.get("text") or "", fields["title"], authors, fields["date"], fields["sitename"])


READERS = {"tellings": _by_tellings, "trafilatura": _by_trafilatura}


def _value(attested: Attested | None) -> str:
    return attested.value if attested is not None else ""


def _runs(text: str) -> Counter[tuple[str, ...]]:
    """The runs of four words of a text, with how often each stands there; of a shorter text, all of it."""
    words = _WORD.findall(text)
    if words and len(words) < _RUN:
        return Counter([tuple(words)])
    return Counter(tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))


def _plain(text: str) -> str:
    """Letters and digits alone, without case."""
    return "".join(_WORD.findall(text)).casefold()


if __name__ == "__main__":
    main()
