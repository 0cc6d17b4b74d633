"""Score near-duplicates and shared passages on planted copies.

usage: python eval/copies.py --data DIR [--json]

DIR (or the environment variable TELLINGS_DATA) holds `reuse/wiresim/`: `docs.jsonl` {id, text},
`gold.json` {id: cluster}, `edges.json` [{doc, src, kind}] and `spans.jsonl` {doc, start, end, src,
src_start, src_end}, spans in code points. Clusters are scored by B-cubed (Bagga and Baldwin 1998),
pairwise F1 and the adjusted Rand index (Hubert and Arabie 1985); passages by precision, recall and F1
over the characters of (copy, source) pairs, white space and marks left out.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from tellings.across.duplicates import near_duplicates
from tellings.across.furniture import furniture, stock
from tellings.across.origins import origins
from tellings.across.reuse import passages
from tellings.across.stories import Stories
from tellings.model.records import Attested, Block, Document, DocumentDate, Passage, Provenance, Story, Telling
from tellings.model.text import Span, View
from tellings.pipeline import sketched
from tellings.tell.copies import nearest_before

FOLDER = Path("reuse") / "wiresim"


def telling(identifier: str, text: str, title: str = "", day: str | None = None) -> Telling:
    """A telling of one paragraph."""
    when = DocumentDate(date.fromisoformat(day[:10]) if day else None, "", "given" if day else "none")
    titled = Attested(title, "title") if title else None
    document = Document(identifier, identifier, identifier, "text/plain", View.plain(text), when, titled)
    return Telling(document, (Block(Span(0, len(text)), "paragraph", Provenance("eval", "one block")),))


def clusters(identifiers: Iterable[str], pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """id → the least id it is connected to."""
    parent = {identifier: identifier for identifier in identifiers}

    def root(identifier: str) -> str:
        while parent[identifier] != identifier:
            parent[identifier] = parent[parent[identifier]]
            identifier = parent[identifier]
        return identifier

    for a, b in pairs:
        first, second = sorted((root(a), root(b)))
        parent[second] = first
    return {identifier: root(identifier) for identifier in parent}


def harmonic(precision: float, recall: float) -> float:
    """F1."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def cluster_scores(gold: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> dict[str, float]:
    """B-cubed, pairwise and adjusted Rand figures; an id that `found` lacks is a cluster of its own."""
    label = {
        identifier: ("found", found[identifier]) if identifier in found else ("alone", identifier)
        for identifier in gold
    }
    cells = Counter((gold[identifier], label[identifier]) for identifier in gold)
    gold_sizes, found_sizes = Counter(gold.values()), Counter(label.values())
    both, in_gold, in_found, total = (
        sum(size * (size - 1) // 2 for size in sizes)
        for sizes in (cells.values(), gold_sizes.values(), found_sizes.values(), (len(gold),))
    )
    precision, recall = both / in_found if in_found else 1.0, both / in_gold if in_gold else 1.0
    b3_precision = sum(size * size / found_sizes[of_found] for (_, of_found), size in cells.items()) / len(gold)
    b3_recall = sum(size * size / gold_sizes[of_gold] for (of_gold, _), size in cells.items()) / len(gold)
    expected, largest = in_found * in_gold / total if total else 0.0, (in_found + in_gold) / 2
    return {
        "b3_precision": b3_precision,
        "b3_recall": b3_recall,
        "b3_f1": harmonic(b3_precision, b3_recall),
        "pair_precision": precision,
        "pair_recall": recall,
        "pair_f1": harmonic(precision, recall),
        "ari": 1.0 if largest == expected else (both - expected) / (largest - expected),
    }


def passage_scores(
    texts: Mapping[str, str], gold: Iterable[dict[str, Any]], found: Iterable[Passage]
) -> dict[str, float]:
    """Precision, recall and F1 over the letters and digits of both sides, on the pairs that the gold lists.

    Other pairs have no gold: copies of one source share text with each other too, and so may tellings
    that nobody planted (`evaluate` counts them apart).
    """
    wanted: dict[tuple[str, str, str], set[int]] = defaultdict(set)
    for line in gold:
        a, b = sorted((line["doc"], line["src"]))
        wanted[a, b, line["doc"]].update(range(line["start"], line["end"]))
        wanted[a, b, line["src"]].update(range(line["src_start"], line["src_end"]))
    given: dict[tuple[str, str, str], set[int]] = {place: set() for place in wanted}
    for passage in found:
        a, b = sorted((passage.a.telling, passage.b.telling))
        for side in (passage.a, passage.b):
            if (a, b, side.telling) in given:
                given[a, b, side.telling].update(range(side.span.start, side.span.end))
    right = in_wanted = in_given = 0
    for place, positions in wanted.items():
        text = texts[place[2]]
        gold_set = {position for position in positions if text[position].isalnum()}
        found_set = {position for position in given[place] if text[position].isalnum()}
        right += len(gold_set & found_set)
        in_wanted += len(gold_set)
        in_given += len(found_set)
    precision, recall = right / in_given if in_given else 1.0, right / in_wanted if in_wanted else 1.0
    return {"precision": precision, "recall": recall, "f1": harmonic(precision, recall)}


def evaluate(folder: Path) -> dict[str, Any]:
    """All figures on the corpus in `folder`."""
    with (folder / "docs.jsonl").open(encoding="utf-8") as lines:
        entries = [json.loads(line) for line in lines]
    texts = {entry["id"]: entry["text"] for entry in entries}
    with (folder / "spans.jsonl").open(encoding="utf-8") as lines:
        gold_spans = [json.loads(line) for line in lines]
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    edges = json.loads((folder / "edges.json").read_text(encoding="utf-8"))
    family = clusters(texts, ((edge["src"], edge["doc"]) for edge in edges))
    tellings = tuple(telling(each["id"], each["text"], each["title"], each["date"]) for each in entries)
    started = time.process_time()
    sorted_in = Stories()
    sorted_in.add([sketched(each.document) for each in tellings])
    left_out = furniture(tellings, {member: group[0] for group in sorted_in.groups() for member in group})
    left_out |= stock(tellings)
    seconds_stock = time.process_time() - started
    started = time.process_time()
    duplicates = near_duplicates(tellings, left_out)
    seconds_duplicates = time.process_time() - started
    started = time.process_time()
    shared = passages(tellings, left_out)
    seconds_passages = time.process_time() - started
    started = time.process_time()
    groups = origins(tellings, duplicates, shared)
    seconds_origins = time.process_time() - started
    linked = {(pair.a, pair.b) for pair in duplicates}
    sharing = linked | {(passage.a.telling, passage.b.telling) for passage in shared}
    nearest = nearest_before(Story(tellings, passages=shared))
    kinds = Counter(edge["kind"] for edge in edges)
    by_kind = Counter(edge["kind"] for edge in edges if _pair(edge) in linked)
    later = [edge for edge in edges if _day(tellings, edge["src"]) < _day(tellings, edge["doc"])]
    return {
        "tellings": len(tellings),
        "near_duplicates": cluster_scores(gold, clusters(texts, ((pair.a, pair.b) for pair in duplicates))),
        "near_duplicate_pairs": len(duplicates),
        "passages": passage_scores(texts, gold_spans, shared),
        "passage_count": len(shared),
        "passages_between_families": sum(family[entry.a.telling] != family[entry.b.telling] for entry in shared),
        "origins": len(groups),
        "linked_by_kind": {kind: by_kind[kind] / count for kind, count in sorted(kinds.items())},
        "planted_source_found": sum(_pair(edge) in sharing for edge in edges) / len(edges),
        "immediate_source": sum(nearest.get(edge["doc"]) == edge["src"] for edge in later) / max(len(later), 1),
        "immediate_source_asked": len(later),
        "tellings_per_second": {
            "furniture": len(tellings) / seconds_stock,
            "near_duplicates": len(tellings) / seconds_duplicates,
            "passages": len(tellings) / seconds_passages,
            "origins": len(tellings) / seconds_origins,
        },
    }


def _pair(edge: Mapping[str, str]) -> tuple[str, str]:
    return min(edge["doc"], edge["src"]), max(edge["doc"], edge["src"])


def _day(tellings: tuple[Telling, ...], identifier: str) -> date:
    when = next(each.document.date.value for each in tellings if each.id == identifier)
    return when or date.max


def main() -> int:
    """Print the figures; 2 where the data is absent."""
    parser = argparse.ArgumentParser(description="Score near-duplicates and shared passages on planted copies.")
    parser.add_argument("--data", type=Path, default=os.environ.get("TELLINGS_DATA"), help="folder with reuse/wiresim/")
    parser.add_argument("--json", action="store_true", help="all figures as JSON")
    options = parser.parse_args()
    if options.data is None or not (Path(options.data) / FOLDER / "docs.jsonl").is_file():
        print(f"data absent: give --data DIR or TELLINGS_DATA with {FOLDER}/docs.jsonl in it", file=sys.stderr)
        return 2
    figures = evaluate(Path(options.data) / FOLDER)
    if options.json:
        print(json.dumps(figures, indent=1))
        return 0
    print(f"{figures['tellings']} tellings")
    for name in ("near_duplicates", "passages"):
        print(f"{name}: " + "  ".join(f"{measure} {value:.4f}" for measure, value in figures[name].items()))
    print(f"{figures['near_duplicate_pairs']} near-duplicate pairs, {figures['origins']} origins")
    print(
        f"{figures['passage_count']} passages, of them {figures['passages_between_families']} between tellings that "
        "nobody planted as copies of one source"
    )
    print("linked by kind: " + "  ".join(f"{kind} {share:.3f}" for kind, share in figures["linked_by_kind"].items()))
    print(
        f"planted source found {figures['planted_source_found']:.3f}; immediate source, of "
        f"{figures['immediate_source_asked']} where the day decides: {figures['immediate_source']:.3f}"
    )
    print("tellings/s: " + "  ".join(f"{room} {rate:.0f}" for room, rate in figures["tellings_per_second"].items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
