"""Score quotations against stories that were read by hand: what is found, whose it is, where it ends, what is denied.

    python eval/speakers.py --data DIR [--story NAME ...] [--list] [--rules] [--records]
    python eval/speakers.py --judged

DIR holds STORY/docs.jsonl and STORY/gold.json, {"quotes": [{"doc", "exact", "nth", "speaker", "as", "stance"}]}.
Each article is read by itself, so no other outlet's words help. A stretch found and a stretch of the gold are one where
they share half of the shorter; each belongs to the one it fits best. Printed for each story and for all:

found    share of the gold that is shown
right    of those, by the gold's speaker, for each rank that the program gives ("said by", "probably")
pronoun  the same, where the text has a pronoun for the speaker
ends     of those found, both ends right but for marks and spaces
stance   of the gold's denials, questions and doubts, those that say so; and how many are said to be one and are none
extra    stretches shown that no gold overlaps

`--list` prints each miss, `--rules` how often each rule was right. `--records` scores the records that `tellings read`
makes of each story instead, where outlets that print one quotation help one another. `--judged` counts what readers
judged who had lines of other stories before them (eval/readings/, one line an item: rank, whether it is a quotation,
whether the speaker is right, how it ends, whether its stance is right; since the fifth reading, which article it is of
and where its words stand there).
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import tellings
from tellings.language.detect import detected
from tellings.library.inputs import documents_of
from tellings.model.records import Quote, Telling
from tellings.model.text import Span
from tellings.pipeline import annotate, spoken

PRONOUNS = {"he", "she", "they", "it", "we", "i", "who", "him", "her", "them"}
_STOP = {"the", "a", "an", "of", "mr", "mrs", "ms", "dr"}
_EDGE = " \t\r\n\"“”„‘’'`«».,;:!?-–—()[]…"


def words(name: str | None) -> set[str]:
    """The words of a name that tell it from another."""
    return {word for word in re.findall(r"[^\W_]+", (name or "").casefold()) if word not in _STOP}


def same(name: str | None, wanted: str, said_as: str) -> bool:
    """Whether a name shown is one that the gold gives for the speaker."""
    mine = words(name)
    return bool(mine) and any(
        mine <= other or other <= mine for other in (words(wanted), words(said_as) - PRONOUNS) if other
    )


def place(text: str, item: dict[str, Any]) -> Span | None:
    """Where a stretch of the gold stands."""
    pattern = r"\s+".join(re.escape(word) for word in item["exact"].split())
    found = [Span(*match.span()) for match in re.finditer(pattern, text)]
    nth = (item.get("nth") or 1) - 1
    return (found[nth : nth + 1] or found[:1] or [None])[0]


def common(a: Span, b: Span) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def meets(a: Span, b: Span) -> bool:
    return common(a, b) >= 0.5 * max(1, min(len(a), len(b)))


def fit(a: Span, b: Span) -> float:
    return common(a, b) / max(1, len(a) + len(b) - common(a, b))


def name_of(telling: Telling, quote: Quote) -> str | None:
    """Who is shown as the speaker."""
    if quote.speaker is not None:
        return telling.chains[quote.speaker].name
    words_for_it = quote.described.of(telling.text) if quote.described is not None else None
    return None if (words_for_it or "").casefold() in PRONOUNS else words_for_it


def scored(
    telling: Telling, gold: Sequence[dict[str, Any]], name: str
) -> tuple[Counter[str], list[str], list[tuple[Quote, dict[str, Any], bool]]]:
    """Counts, lines to read, and each pair of a found and a gold quotation, with whether the speaker is right."""
    count: Counter[str] = Counter()
    lines: list[str] = []
    pairs: list[tuple[Quote, dict[str, Any], bool]] = []
    text = telling.text
    shown = [quote for quote in telling.quotes if quote.status == "shown"]
    unsure = [quote for quote in telling.quotes if quote.status == "unsure"]
    places = [(item, span) for item in gold if (span := place(text, item)) is not None]
    covered: set[int] = set()
    for item, span in places:
        count["gold"] += 1
        pronoun = (item.get("as") or "").casefold().strip() in PRONOUNS
        hits = [index for index, quote in enumerate(shown) if meets(quote.content, span)]
        covered.update(hits)
        best = max(hits, key=lambda index: fit(shown[index].content, span), default=None)
        if best is not None:
            rivals = [other for other in places if meets(shown[best].content, other[1])]
            top = max(rivals, key=lambda other: fit(shown[best].content, other[1]))
            less = fit(shown[best].content, span) < fit(shown[best].content, top[1]) - 1e-9
            best = None if less and top[0]["speaker"] != item["speaker"] else best
        if best is None:
            kind = "UNSURE" if any(meets(quote.content, span) for quote in unsure) else "MISSED"
            count[kind] += 1
            lines.append(f"{kind} {name} {item['speaker']} ({item.get('as')}) {item['kind']} | {item['exact'][:110]}")
            continue
        quote = shown[best]
        who = name_of(telling, quote)
        right = same(who, item["speaker"], item.get("as") or "")
        open_ = who is None or item["speaker"] == "unsure"
        rank = getattr(quote, "rank", "said by")
        count["found"] += 1
        kinds = ["", "pronoun "] if pronoun else [""]
        for kind in kinds:
            count[f"{kind}open" if open_ and not right else f"{kind}{rank} {'right' if right else 'wrong'}"] += 1
        if not open_ or right:
            pairs.append((quote, item, right))
        if not right and not open_:
            wanted = f"{item['speaker']} ({item.get('as')})"
            lines.append(f"WRONG {name} [{quote.provenance.rule}; {rank}] {who!r} for {wanted} | {item['exact'][:110]}")
        if open_ and not right:
            wanted = f"{item['speaker']} ({item.get('as')})"
            lines.append(f"OPEN {name} [{quote.provenance.rule}] for {wanted} | {item['exact'][:110]}")
        trimmed = quote.content.of(text).strip(_EDGE) == span.of(text).strip(_EDGE)
        count["ends"] += trimmed
        if not trimmed:
            lines.append(f"ENDS {name} [{quote.provenance.rule}] {quote.content.of(text)!r} for {item['exact']!r}")
        stance = getattr(quote, "stance", "says")
        count["stance gold"] += item["stance"] != "says"
        count["stance right"] += item["stance"] != "says" and stance == item["stance"]
        count["stance false"] += stance != "says" and stance != item["stance"]
        if stance != item["stance"]:
            told = telling.sentence_around(quote.cue or quote.content).of(text)[:200]
            lines.append(f"STANCE {name} {stance} for {item['stance']} | {told!r}")
    count["shown"] += len(shown)
    for index, quote in enumerate(shown):
        if index not in covered:
            count["extra"] += 1
            lines.append(
                f"EXTRA {name} [{quote.provenance.rule}] {name_of(telling, quote)!r} | {quote.content.of(text)[:110]!r}"
            )
    return count, lines, pairs


def row(title: str, count: Counter[str]) -> str:
    """One line of figures."""

    def share(a: int, b: int) -> str:
        return f"{a}/{b} {100 * a / b if b else 0:.0f}%"

    ranks = []
    for kind in ("", "pronoun "):
        for rank in ("said by", "probably"):
            right, wrong = count[f"{kind}{rank} right"], count[f"{kind}{rank} wrong"]
            ranks.append(f"{kind}{rank} {share(right, right + wrong)}")
        ranks.append(f"{kind}open {count[f'{kind}open']}")
    return (
        f"{title:13} found {share(count['found'], count['gold'])} {' '.join(ranks)} "
        f"ends {share(count['ends'], count['found'])} "
        f"stance {share(count['stance right'], count['stance gold'])} false {count['stance false']} "
        f"extra {share(count['extra'], count['shown'])} unsure {count['UNSURE']}"
    )


def in_records(folder: Path, ids: list[str], gold: list[dict[str, Any]]) -> tuple[Counter[str], list[str]]:
    """Counts of the record of a story: found, and right by rank; and lines to read. The widest stretch in common
    answers for a quotation, of equals the one that fits best (of speech within speech the inner one); one that fits a
    quotation of somebody else better does not."""
    record = tellings.read(folder / "docs.jsonl")
    count: Counter[str] = Counter()
    lines: list[str] = []
    for told in record.tellings:
        line = re.search(r"#(\d+)$", told.name)
        name, text = ids[int(line[1]) - 1] if line else ids[0], told.text or ""
        shown = [
            (Span(stretch.start, stretch.end), entry.speaker)
            for entry in record.quotes
            if entry.status == "shown"
            for variant in entry.variants
            if variant.telling == told.label
            for stretch in variant.stretches
        ]
        wanted = [(item, span) for item in gold if item["doc"] == name and (span := place(text, item)) is not None]
        for item, span in wanted:
            count["gold"] += 1
            hits = []
            for words_shown, speaker in shown:
                if not meets(words_shown, span):
                    continue
                best = max(
                    (other for other in wanted if meets(words_shown, other[1])), key=lambda o: fit(words_shown, o[1])
                )
                if fit(words_shown, span) >= fit(words_shown, best[1]) - 1e-9 or best[0]["speaker"] == item["speaker"]:
                    hits.append((words_shown, speaker))
            if not hits:
                continue
            speaker = max(hits, key=lambda pair: (common(pair[0], span), fit(pair[0], span)))[1]
            count["found"] += 1
            if speaker.name is None or item["speaker"] == "unsure":
                count["open"] += 1
            else:
                right = same(speaker.name, item["speaker"], item.get("as") or "")
                count[f"{speaker.rank} {'right' if right else 'wrong'}"] += 1
                if not right:
                    wanted_name = f"{item['speaker']} ({item.get('as')})"
                    lines.append(
                        f"WRONG {name} [{speaker.rank}] {speaker.name!r} for {wanted_name} | {item['exact'][:90]}"
                    )
    return count, lines


def judged() -> None:
    """Print the counts of each reading."""
    for path in sorted((Path(__file__).parent / "readings").glob("*.tsv")):
        rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
        for rank in ("said by", "probably"):
            some = [row for row in rows if row[0] == rank]
            right = sum(row[1] == "yes" and row[2] == "right" for row in some)
            read = [row[3] for row in some if row[3] != "unread"]
            ends = f", ends {read.count('right')}/{len(read)}" if read else ""
            print(f"{path.stem:8} {rank:8} a quotation and its speaker {right}/{len(some)}{ends}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--judged", action="store_true", help="count what readers judged")
    parser.add_argument("--records", action="store_true", help="score records, not articles by themselves")
    parser.add_argument("--story", nargs="*")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--rules", action="store_true")
    parser.add_argument("--model", action="store_true", help="with the trained model of reported clauses")
    arguments = parser.parse_args()
    if arguments.judged:
        judged()
        return
    if arguments.data is None:
        parser.error("give --data DIR, or --judged")
    total: Counter[str] = Counter()
    rules: dict[str, Counter[bool]] = {}
    for folder in sorted(path.parent for path in arguments.data.glob("*/gold.json")):
        if arguments.story and folder.name not in arguments.story:
            continue
        gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))["quotes"]
        ids = [json.loads(line)["id"] for line in (folder / "docs.jsonl").read_text(encoding="utf-8").splitlines()]
        if arguments.records:
            count, lines = in_records(folder, ids, gold)
            total += count
            if arguments.list:
                print("\n".join(lines))
            continue
        documents, _ = documents_of([folder / "docs.jsonl"])
        sums: Counter[str] = Counter()
        for document in documents:
            document = replace(document, detected=detected(document))
            line = int(re.search(r"#(\d+)$", document.name)[1])
            telling = spoken(document, model=True) if arguments.model else annotate(document)
            count, lines, pairs = scored(telling, [q for q in gold if q["doc"] == ids[line - 1]], ids[line - 1])
            sums += count
            if arguments.list:
                print("\n".join(lines))
            for quote, _, right in pairs:
                rules.setdefault(quote.provenance.rule, Counter())[right] += 1
        print(row(folder.name, sums))
        total += sums
    if arguments.records:
        print(", ".join(f"{name} {number}" for name, number in sorted(total.items())))
        return
    print(row("all", total))
    if arguments.rules:
        for rule, each in sorted(rules.items(), key=lambda pair: -pair[1].total()):
            print(f"{each[True]:4} right {each[False]:4} wrong  {rule}")


if __name__ == "__main__":
    main()
