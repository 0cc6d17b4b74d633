"""Print each line of many stories that claims that two values do not go together, or score what was judged of them.

    python eval/facts_printed.py --data DIR [--list]

DIR as for eval/facts.py and eval/stories.py. Judgements are kept in eval/facts/judged.jsonl, one line each: corpus and
story, the places of the values (document id, start) and whether the line is right: the values are given for one thing,
and no one value satisfies both. Printed by kind: how many of the lines that are printed now were judged, and the share
of them that is right, at the end with its lower 95 % bound (Wilson 1927), and how many lines were ever judged.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from math import sqrt
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from facts import texts_of

from tellings.edge.writers.wording import explained
from tellings.model.records import Document, DocumentDate, Question, Telling
from tellings.model.text import View
from tellings.pipeline import annotate, relate

JUDGED = Path(__file__).parent / "facts" / "judged.jsonl"
#: Relations that claim that two values do not go together.
CLAIMS = frozenset({"differs", "updated", "corrected", "denied", "does not add up"})
CORPORA = ("basil", "ecbplus", "newswcl50", "wikinews_galaxy", "allsides_dated")
#: Tellings of a story that are read, and characters of each.
MOST, LONGEST = 12, 12_000


def stories_of(data: Path) -> Iterator[tuple[str, list[tuple[str, str, date | None]]]]:
    """Name of a story, and its tellings: id, text, day."""
    for corpus in CORPORA:
        folder = data / "stories" / corpus
        gold = json.loads((folder / "gold.json").read_text("utf-8"))
        groups: dict[str, list[tuple[str, str, date | None]]] = defaultdict(list)
        with (folder / "docs.jsonl").open(encoding="utf-8") as lines:
            for told in map(json.loads, lines):
                if told.get("lang") not in (None, "en"):
                    continue
                day = date.fromisoformat(told["date"][:10]) if told.get("date") else None
                groups[str(gold[told["id"]])].append((told["id"], f"{told['title']}\n\n{told['text'][:LONGEST]}", day))
        yield from ((f"{corpus}:{name}", told[:MOST]) for name, told in sorted(groups.items()) if len(told) > 1)
    texts = texts_of(data)
    reports: dict[str, list[tuple[str, str, date | None]]] = defaultdict(list)
    for told in json.loads((data / "facts" / "gvc_dev.json").read_text("utf-8"))["docs"]:
        text, _ = texts[told["doc"]]
        head, _, rest = text.partition("\n")
        reports[told["topic"]].append((told["doc"], rest, _day(head)))
    yield from ((f"gvc:{name}", told) for name, told in sorted(reports.items()) if len(told) > 1)
    incidents: dict[str, list[tuple[str, str, date | None]]] = defaultdict(list)
    with (data / "facts" / "fakes.jsonl").open(encoding="utf-8") as lines:
        for told in map(json.loads, lines):
            text, day = texts[str(told["id"])]
            incidents[f"{told['date']}:{told['location']}"].append((str(told["id"]), f"{told['title']}\n\n{text}", day))
    yield from ((f"fakes:{name}", told) for name, told in sorted(incidents.items()) if len(told) > 1)


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d").date()
    except ValueError:
        return None


def printed(told: list[tuple[str, str, date | None]]) -> Iterator[tuple[Question, dict[str, Telling]]]:
    """The lines of a story that say two values do not go together."""
    tellings = []
    for identifier, text, day in told:
        when = DocumentDate(day, "given" if day else "", "given" if day else "none")
        tellings.append(annotate(Document(identifier, identifier, identifier, "text/plain", View.plain(text), when)))
    found = relate(tuple(tellings))
    for slot in found.questions:
        if slot.relation in CLAIMS:
            yield slot, {each.id: each for each in tellings}


def places(slot: Question, tellings: dict[str, Telling]) -> list[list[Any]]:
    """Where the values of a line stand: document id, start."""
    found = {
        (name, tellings[name].facts[index].value_span.start) for value in slot.values for name, index in value.facts
    }
    found |= {(place.telling, place.span.start) for value in slot.values for place in value.places}
    return [list(each) for each in sorted(found)]


def lower_bound(right: int, of: int, z: float = 1.96) -> float:
    """The lower end of Wilson's interval for a share."""
    if not of:
        return 0.0
    share = right / of
    return (share + z * z / (2 * of) - z * sqrt(share * (1 - share) / of + z * z / (4 * of * of))) / (1 + z * z / of)


def main(arguments: list[str] | None = None) -> int:
    """The command; returns its exit code (2: the data is absent)."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--list", action="store_true", help="print the lines, with words of the texts")
    options = parser.parse_args(arguments)
    if not (options.data / "facts" / "gvc_dev.json").is_file():
        print("data absent: give --data DIR with stories/ and facts/ in it", file=sys.stderr)
        return 2
    judged: dict[tuple[str, str], bool] = {}
    if JUDGED.is_file():
        for line in map(json.loads, JUDGED.read_text("utf-8").splitlines()):
            judged[line["story"], json.dumps(line["places"])] = line["right"]
    stories = 0
    found: dict[str, list[bool | None]] = defaultdict(list)
    for name, told in stories_of(options.data):
        stories += 1
        for slot, tellings in printed(told):
            where = json.dumps(places(slot, tellings))
            verdict = judged.get((name, where))
            found[f"{slot.relation}, {slot.kind}"].append(verdict)
            if options.list:
                print(json.dumps({"story": name, "places": json.loads(where), "right": verdict}))
                about = f"{slot.kind} {slot.head} {slot.scope} of {slot.whom}"
                why = explained(slot.explanation) if slot.explanation else f"{slot.probability} {slot.weight:.2f}"
                print(f"  {slot.relation} ({slot.provenance.rule}): {about} {why}")
                for value in slot.values:
                    for place in value.places[:2]:
                        words = tellings[place.telling].text
                        around = words[max(0, place.span.start - 60) : place.span.end + 60]
                        print(f"    {value.label} [{place.telling[:12]}] {around!r}")
                    for one, index in value.facts[:3]:
                        telling = tellings[one]
                        span = telling.sentences[telling.facts[index].sentence].span
                        day = telling.document.date.value
                        print(f"    {value.label} [{one[:12]} {day}] {span.of(telling.text).strip()[:260]!r}")
    every = [verdict for verdicts in found.values() for verdict in verdicts]
    for what, verdicts in (*sorted(found.items()), (f"{stories} stories", every)):
        known, right = sum(verdict is not None for verdict in verdicts), sum(verdict is True for verdict in verdicts)
        print(f"{what}: {len(verdicts)} printed, {known} judged, {right} right: {right / max(known, 1):.3f}")
    print(f"at least {lower_bound(right, known):.3f}; judged at any time {len(judged)}, right {sum(judged.values())}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
