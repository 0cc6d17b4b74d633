"""Score the record of the example story against its hand-made gold (examples/ferry-fire/gold).

    python eval/example.py [--story DIR] [--misses] [--json] [--check] [--pin]

Prints precision, recall and F1 for each kind of finding. `--misses` lists every item missed and every
finding the gold does not have; `--check` exits with 1 when a figure lies below eval/floors.json; `--pin`
writes today's figures there (a lower one only with `--lower REASON`, which the file then keeps).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tellings
from tellings.model.records import Story, Telling
from tellings.model.text import Span

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ROOT / "eval" / "floors.json"
#: Share of words two quotations must have in common (of their union) to be one: as in score_quotes of the field.
OVERLAP = 0.5
#: A figure may fall this far below its floor before the check fails: rounding, not regressions.
SLACK = 0.0005


class Reading:
    """A telling's text with white space folded, as the gold's `exact` strings have it, and a map to the folded text."""

    def __init__(self, telling: Telling) -> None:
        self.telling = telling
        folded: list[str] = []
        self.place: list[int] = []
        for character in telling.text:
            space = character.isspace()
            if space and (not folded or folded[-1] == " "):
                self.place.append(max(0, len(folded) - 1) if folded else 0)
                continue
            self.place.append(len(folded))
            folded.append(" " if space else character)
        self.place.append(len(folded))
        self.text = "".join(folded)

    def find(self, exact: str, occurrence: int = 1) -> Span | None:
        start = -1
        for _ in range(occurrence):
            start = self.text.find(exact, start + 1)
            if start < 0:
                return None
        return Span(start, start + len(exact))

    def folded(self, span: Span) -> Span:
        return Span(self.place[span.start], max(self.place[span.start], self.place[span.end]))


@dataclass
class Score:
    """Counts of one kind of finding."""

    right: float = 0
    found: float = 0
    gold: float = 0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


class Scorer:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.story: Story = tellings.story(folder / "articles")
        from tellings.library import tell

        self.record = tell(self.story)
        self.labels = {line.id: line.label for line in self.record.tellings}
        self.readings = {telling.document.name: Reading(telling) for telling in self.story.tellings}
        self.by_label = {self.labels[r.telling.id]: r for r in self.readings.values()}
        self.misses: dict[str, list[str]] = defaultdict(list)

    def gold(self, name: str) -> list[dict[str, Any]]:
        return list(json.loads((self.folder / "gold" / f"{name}.json").read_text(encoding="utf-8")))

    def span(self, item: dict[str, Any]) -> Span:
        reading = self.readings[item["telling"]]
        found = reading.find(item["exact"], item.get("occurrence", 1))
        if found is None:
            raise SystemExit(f"gold: {item['telling']}: {item['exact'][:60]!r} is not in the text")
        return found

    def miss(self, kind: str, sign: str, telling: str, words: str, note: str = "") -> None:
        short = words if len(words) <= 110 else f"{words[:70]} … {words[-35:]}"
        self.misses[kind].append(f"{sign} {telling}: {short}{'  — ' + note if note else ''}")

    # -- quotations --------------------------------------------------------------------------

    def quotes(self) -> dict[str, Score]:
        scores = {
            name: Score()
            for name in ("quotes: all", "quotes: direct", "quotes: joint with speaker", "quotes: shown are right")
        }
        gold: dict[str, list[tuple[Span, dict[str, Any]]]] = defaultdict(list)
        for item in self.gold("quotes"):
            gold[item["telling"]].append((self.span(item), item))
        for name, reading in self.readings.items():
            telling = reading.telling
            found = [(reading.folded(q.content), q) for q in telling.quotes if q.status == "shown"]
            pairs = sorted(
                (
                    (_iou(reading.text, span, g), i, j)
                    for i, (span, _) in enumerate(found)
                    for j, (g, _) in enumerate(gold[name])
                ),
                key=lambda pair: (-pair[0], pair[1], pair[2]),
            )
            used_found: dict[int, int] = {}
            used_gold: dict[int, int] = {}
            for iou, i, j in pairs:
                if iou >= OVERLAP and i not in used_found and j not in used_gold:
                    used_found[i], used_gold[j] = j, i
            for j, (span, item) in enumerate(gold[name]):
                kinds = ["quotes: all", "quotes: joint with speaker"] + (
                    ["quotes: direct"] if item["type"] == "direct" else []
                )
                for kind in kinds:
                    scores[kind].gold += 1
                if j not in used_gold:
                    self.miss(
                        "quotes",
                        "missed",
                        name,
                        reading.text[span.start : span.end],
                        f"{item['type']}, {item['speaker']}",
                    )
            for i, (span, quote) in enumerate(found):
                words = reading.text[span.start : span.end]
                scores["quotes: all"].found += 1
                scores["quotes: joint with speaker"].found += 1
                scores["quotes: direct"].found += quote.type == "direct"
                scores["quotes: shown are right"].found += 1
                scores["quotes: shown are right"].gold += 1
                if i not in used_found:
                    self.miss("quotes", "extra", name, words, quote.provenance.rule)
                    continue
                item = gold[name][used_found[i]][1]
                scores["quotes: all"].right += 1
                scores["quotes: direct"].right += quote.type == "direct" and item["type"] == "direct"
                right = self.speaker_right(telling, quote, item)
                scores["quotes: joint with speaker"].right += right
                # A pronoun left unresolved is no wrong line: it shows the right word and names nobody.
                left_open = quote.speaker is None and quote.source is not None and item["source"] is not None
                same_words = left_open and quote.source.of(telling.text).casefold() == item["source"].casefold()
                scores["quotes: shown are right"].right += right or same_words
                if not right:
                    speaker = telling.chains[quote.speaker].name if quote.speaker is not None else None
                    source = quote.source.of(telling.text) if quote.source else None
                    self.miss(
                        "quotes",
                        "speaker",
                        name,
                        words,
                        f"{speaker} <- {source}; gold {item['speaker']} <- {item['source']}",
                    )
        return scores

    def speaker_right(self, telling: Telling, quote: Any, item: dict[str, Any]) -> bool:
        gold = item["speaker"]
        name = telling.chains[quote.speaker].name if quote.speaker is not None else None
        source = quote.source.of(telling.text) if quote.source else None
        if gold is None:
            return name is None
        if name is not None and _name(name) <= _name(gold):
            return True
        person = next(
            (
                p.name
                for p in self.story.people
                if quote.speaker is not None and (telling.id, quote.speaker) in p.chains
            ),
            None,
        )
        if person is not None and (_name(person) <= _name(gold) or _name(gold) <= _name(person)):
            return True
        # A described speaker ("one passenger", "the company"): the same words name it.
        return (
            name is None
            and source is not None
            and item["source"] is not None
            and bool(_name(source) & _name(item["source"]))
        )

    def not_quotes(self) -> Score:
        score = Score()
        for item in self.gold("not_quotes"):
            reading, span = self.readings[item["telling"]], self.span(item)
            score.gold += 1
            score.found += 1
            shown = [
                q
                for q in reading.telling.quotes
                if q.status == "shown"
                and q.type == "direct"
                and reading.folded(q.content).overlaps(span)
                and len(reading.folded(q.content)) < 2 * len(span) + 8
            ]
            if shown:
                self.miss("not quotes", "shown", item["telling"], item["exact"], item["reason"])
            else:
                score.right += 1
        return score

    # -- times -------------------------------------------------------------------------------

    def times(self) -> dict[str, Score]:
        relaxed, value = Score(), Score()
        gold: dict[str, list[tuple[Span, dict[str, Any]]]] = defaultdict(list)
        for item in self.gold("times"):
            gold[item["telling"]].append((self.span(item), item))
        for name, reading in self.readings.items():
            telling = reading.telling
            story = [b.span for b in telling.blocks if b.story]
            found = [(reading.folded(t.span), t) for t in telling.timexes if any(b.contains(t.span) for b in story)]
            free = list(gold[name])
            relaxed.gold += len(free)
            value.gold += len(free)
            for span, timex in found:
                relaxed.found += 1
                value.found += 1
                words = reading.text[span.start : span.end]
                match = next(((g, item) for g, item in free if g == span), None) or next(
                    ((g, item) for g, item in free if g.overlaps(span)), None
                )
                if match is None:
                    self.miss("times", "extra", name, words, f"{timex.value} {timex.provenance.rule}")
                    continue
                free.remove(match)
                relaxed.right += 1
                if (timex.value or None) == match[1]["value"]:
                    value.right += 1
                else:
                    self.miss(
                        "times",
                        "value",
                        name,
                        words,
                        f"{timex.value} ({timex.provenance.rule}); gold {match[1]['value']}",
                    )
            for span, item in free:
                self.miss("times", "missed", name, reading.text[span.start : span.end], str(item["value"]))
        return {"times: relaxed": relaxed, "times: value": value}

    # -- residue -----------------------------------------------------------------------------

    def residue(self) -> dict[str, Score]:
        """Characters of residue; and lines of story wrongly marked (must be none)."""
        score, kept = Score(), Score()
        gold: dict[str, list[Span]] = defaultdict(list)
        for item in self.gold("residue"):
            gold[item["telling"]].append(self.span(item))
        for name, reading in self.readings.items():
            telling = reading.telling
            marked = {
                i
                for b in telling.blocks
                if not b.story and b.kind != "metadata"
                for i in _letters(reading, reading.folded(b.span))
            }
            wanted = {i for span in gold[name] for i in _letters(reading, span)}
            heads = {
                i for b in telling.blocks if b.kind == "metadata" for i in _letters(reading, reading.folded(b.span))
            }
            hinted = {
                i
                for h in telling.document.hints
                if h.kind == "boilerplate"
                for i in _letters(reading, reading.folded(h.span))
            }
            wanted -= heads
            extra = marked - wanted - hinted
            score.right += len(marked & wanted)
            score.found += len(marked & wanted) + len(extra)
            score.gold += len(wanted)
            kept.gold += 1
            kept.found += 1
            kept.right += not extra
            for block in telling.blocks:
                inside = _letters(reading, reading.folded(block.span))
                if not inside or block.kind == "metadata":
                    continue
                share = len(inside & wanted) / len(inside)
                if not block.story and share < 0.5 and not inside <= hinted:
                    self.miss(
                        "residue",
                        "extra",
                        name,
                        block.span.of(telling.text).strip(),
                        f"{block.kind}: {block.provenance.rule}",
                    )
                if block.story and share >= 0.5:
                    self.miss("residue", "missed", name, block.span.of(telling.text).strip())
        return {"residue: characters": score, "residue: tellings with no story line lost": kept}

    # -- families ----------------------------------------------------------------------------

    def families(self) -> dict[str, Score]:
        score, full = Score(), Score()
        owner: dict[tuple[str, int], int] = {}
        for number, family in enumerate(self.story.families):
            for variant in family.variants:
                for quote in variant.quotes:
                    owner[(variant.telling, quote)] = number
        gold_families: list[set[tuple[str, int]]] = []
        for item in self.gold("families"):
            members: set[tuple[str, int]] = set()
            for variant in item["variants"]:
                reading, span = self.readings[variant["telling"]], self.span(variant)
                best = max(
                    range(len(reading.telling.quotes)),
                    key=lambda i: _iou(reading.text, reading.folded(reading.telling.quotes[i].content), span),
                    default=None,
                )
                if best is not None and reading.folded(reading.telling.quotes[best].content).overlaps(span):
                    members.add((reading.telling.id, best))
                else:
                    self.miss("families", "variant not found", variant["telling"], variant["exact"])
            gold_families.append(members)
            numbers = Counter(owner[m] for m in members if m in owner)
            full.gold += 1
            if numbers:
                number = numbers.most_common(1)[0][0]
                full.found += 1
                ratio = _similar(self.assembled(number), item["fullest"])
                full.right += ratio
                if ratio < 0.98:
                    self.miss(
                        "families",
                        f"fullest {ratio:.2f}",
                        str(item["speaker"]),
                        self.assembled(number),
                        f"gold {item['fullest'][:60]}…{item['fullest'][-60:]}",
                    )
        in_gold = {m: n for n, members in enumerate(gold_families) for m in members}
        for members in gold_families:
            for a in members:
                for b in members:
                    if a < b and a[0] != b[0]:
                        score.gold += 1
                        if owner.get(a, -1) == owner.get(b, -2):
                            score.right += 1
                        else:
                            self.miss(
                                "families",
                                "apart",
                                self.labels[a[0]] + "/" + self.labels[b[0]],
                                self.quote_words(a),
                                self.quote_words(b)[:80],
                            )
        for family in self.story.families:
            quotes = [(v.telling, q) for v in family.variants for q in v.quotes]
            for a in quotes:
                for b in quotes:
                    if a < b and a[0] != b[0]:
                        if in_gold.get(a, -1) == in_gold.get(b, -2):
                            score.found += 1
                        elif a in in_gold and b in in_gold:
                            # Stretches the gold lists in no family are not judged.
                            score.found += 1
                            self.miss(
                                "families",
                                "joined",
                                self.labels[a[0]] + "/" + self.labels[b[0]],
                                self.quote_words(a),
                                self.quote_words(b)[:80],
                            )
        return {"families: pairs": score, "families: fullest text": full}

    def quote_words(self, key: tuple[str, int]) -> str:
        telling = next(t for t in self.story.tellings if t.id == key[0])
        return telling.quotes[key[1]].content.of(telling.text)

    def assembled(self, number: int) -> str:
        texts = {t.id: t.text for t in self.story.tellings}
        family = self.story.families[number]
        if not family.fullest:
            return " ".join(self.quote_words((v.telling, q)) for v in family.variants for q in v.quotes)
        return " ".join(
            "[…]" if p.place is None else p.place.span.of(texts[p.place.telling])
            for p in self.story.families[number].fullest
        )

    # -- facts, events, passages ---------------------------------------------------------------

    def facts(self) -> dict[str, Score]:
        """Lines that say something of a relation: differs, does not add up, updated, explained by time."""
        told = ("differs", "does not add up", "updated", "explained by time")
        scores = {f"facts: {relation}": Score() for relation in told}
        gold = [item for item in self.gold("facts") if item["relation"] in told]
        entries = [entry for entry in self.record.facts if entry.relation in told]
        matched: set[int] = set()
        for item in gold:
            scores[f"facts: {item['relation']}"].gold += 1
            spots = [(v["telling"], self.span(v), str(v["value"])) for v in item["values"]]
            hit = None
            for number, entry in enumerate(entries):
                values = {
                    spot[2] for spot in spots for value in entry.values for line in value.lines if self.at(line, spot)
                }
                touched = sum(
                    any(self.at(line, spot) for line in value.lines for spot in spots) for value in entry.values
                )
                if touched >= 2 and (len(values) >= 2 or item["relation"] == "does not add up"):
                    hit = number
                    if entry.relation == item["relation"]:
                        break
            if hit is None:
                self.miss(
                    "facts", "missed", item["relation"], str(item["slot"]), str([v["value"] for v in item["values"]])
                )
            else:
                matched.add(hit)
                if entries[hit].relation == item["relation"]:
                    scores[f"facts: {item['relation']}"].right += 1
                else:
                    self.miss(
                        "facts", "relation", item["relation"], str(item["slot"]), f"shown as {entries[hit].relation}"
                    )
        for number, entry in enumerate(entries):
            scores[f"facts: {entry.relation}"].found += 1
            if number not in matched:
                self.miss(
                    "facts",
                    "extra",
                    entry.relation,
                    f"{entry.kind} {entry.head} ({entry.scope}) of {entry.whom}",
                    str([v.label for v in entry.values]),
                )
        return scores

    def at(self, line: Any, spot: tuple[str, Span, str]) -> bool:
        reading = self.by_label[line.words.telling]
        if reading.telling.document.name != spot[0]:
            return False
        return any(reading.folded(Span(m.start, m.end)).overlaps(spot[1]) for m in line.marks if m.role == "value")

    def events(self) -> dict[str, Score]:
        """Gold events with a line on the timeline on the right day; and lines that stand on a wrong day."""
        score, right_day = Score(), Score()
        gold = self.gold("events")
        for item in gold:
            first, last = item.get("date") or item["earliest"], item.get("date") or item["latest"]
            score.gold += 1
            lines = [(self.readings[t["telling"]], self.span(t)) for t in item["tellings"]]
            hit = False
            for entry in self.record.timeline:
                overlaps = str(entry.when.earliest) <= last and first <= str(entry.when.latest)
                for line in entry.lines:
                    reading = self.by_label[line.words.telling]
                    here = reading.folded(Span(line.words.start, line.words.end))
                    if any(r is reading and span.overlaps(here) for r, span in lines) and overlaps:
                        hit = True
            score.right += hit
            score.found += 1
            if not hit:
                self.miss("events", "missed", f"{first}", item["what"])
        gold_days: dict[tuple[str, int], list[tuple[str, str]]] = defaultdict(list)
        for item in self.gold("times"):
            if item["type"] in ("DATE", "TIME"):
                gold_days[(item["telling"], self.span(item).start)].append((item["exact"], str(item["value"])))
        for entry in self.record.timeline:
            for line in entry.lines:
                reading = self.by_label[line.words.telling]
                for mark in line.marks:
                    span = reading.folded(Span(mark.start, mark.end))
                    known = [
                        v
                        for (name, start), values in gold_days.items()
                        if name == reading.telling.document.name and span.start <= start < span.end
                        for _, v in values
                    ]
                    if not known:
                        continue
                    right_day.found += 1
                    right_day.gold += 1
                    ok = any(_fits(v, str(entry.when.earliest), str(entry.when.latest)) for v in known)
                    right_day.right += ok
                    if not ok:
                        self.miss(
                            "events",
                            "wrong day",
                            reading.telling.document.name,
                            line.words.exact,
                            f"{entry.when.earliest}…{entry.when.latest}; gold {known}",
                        )
        return {"timeline: gold events found": score, "timeline: lines on the right day": right_day}

    def passages(self) -> Score:
        score = Score()
        wanted: set[tuple[str, str, int]] = set()
        for item in self.gold("passages"):
            for side, other in (("a", "b"), ("b", "a")):
                span = self.span(item[side])
                wanted.update(
                    (item[side]["telling"], item[other]["telling"], i)
                    for i in _letters(self.readings[item[side]["telling"]], span)
                )
        names = {t.id: t.document.name for t in self.story.tellings}
        among = {(a, b) for a, b, _ in wanted}
        found: set[tuple[str, str, int]] = set()
        for passage in self.story.passages:
            for here, there in ((passage.a, passage.b), (passage.b, passage.a)):
                pair = (names[here.telling], names[there.telling])
                if pair in among:
                    reading = self.readings[pair[0]]
                    found.update((*pair, i) for i in _letters(reading, reading.folded(here.span)))
        score.right, score.found, score.gold = len(found & wanted), len(found), len(wanted)
        return score

    def all(self) -> dict[str, Score]:
        return {
            **self.quotes(),
            "quotes: marks that quote nobody": self.not_quotes(),
            **self.times(),
            **self.residue(),
            **self.families(),
            **self.facts(),
            **self.events(),
            "shared passages: characters": self.passages(),
        }


def _letters(reading: Reading, span: Span) -> set[int]:
    return {i for i in range(span.start, min(span.end, len(reading.text))) if reading.text[i].isalnum()}


def _words(text: str, span: Span) -> set[int]:
    return {m.start() for m in re.finditer(r"\w+", text[: span.end]) if m.start() >= span.start}


def _iou(text: str, a: Span, b: Span) -> float:
    if not a.overlaps(b):
        return 0.0
    x, y = _words(text, a), _words(text, b)
    return len(x & y) / len(x | y) if x | y else 0.0


def _name(words: str) -> set[str]:
    plain = {
        "the",
        "a",
        "an",
        "of",
        "for",
        "and",
        "her",
        "his",
        "she",
        "he",
        "they",
        "it",
        "dr",
        "mr",
        "mrs",
        "ms",
        "capt",
        "captain",
    }
    return {w for w in re.findall(r"\w+", words.casefold()) if w not in plain}


def _similar(a: str, b: str) -> float:
    """Share of the gold's words `b` that stand, in order, in the assembled `a`."""
    from difflib import SequenceMatcher

    x, y = re.findall(r"\w+", a.casefold()), re.findall(r"\w+", b.casefold())
    matched = sum(block.size for block in SequenceMatcher(None, x, y, autojunk=False).get_matching_blocks())
    return matched / len(y) if y else 1.0


def _fits(value: str, first: str, last: str) -> bool:
    day = re.match(r"\d{4}-\d\d-\d\d", value)
    if day:
        return first <= day.group() <= last
    month = re.match(r"(\d{4}-\d\d)", value)
    if month:
        return first[:7] <= month.group(1) <= last[:7]
    return value[:4] in (first[:4], last[:4]) if re.match(r"\d{4}", value) else value in ("None", "PAST_REF")


def _check(scores: dict[str, Score], digest: str) -> list[str]:
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    problems = []
    if floors["gold"] != digest:
        problems.append("the gold has changed since the floors were set: look at the figures, then --pin")
    for name, floor in floors["f1"].items():
        if name not in scores:
            problems.append(f"{name}: no longer measured")
        elif scores[name].f1 < floor - SLACK:
            problems.append(f"{name}: F1 {scores[name].f1:.3f} lies below its floor {floor:.3f}")
    return problems


def _pin(scores: dict[str, Score], digest: str, reason: str | None) -> str | None:
    old = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {"f1": {}, "lowered": []}
    new = {name: round(score.f1, 4) for name, score in scores.items()}
    lower = [name for name, floor in old["f1"].items() if new.get(name, 0) < floor - SLACK]
    if lower and not reason:
        return f"these would be lowered: {', '.join(lower)}. Say why with --lower REASON."
    history = [*old.get("lowered", []), {"figures": lower, "reason": reason}] if lower else old.get("lowered", [])
    FLOORS.write_text(
        json.dumps({"gold": digest, "f1": new, "lowered": history}, indent=1, ensure_ascii=False) + "\n",
        encoding="utf-8",
    )
    return None


def _digest(folder: Path) -> str:
    total = hashlib.sha256()
    for file in sorted([*(folder / "gold").iterdir(), *(folder / "articles").iterdir()]):
        total.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return total.hexdigest()


def main(arguments: Iterable[str] | None = None) -> int:
    """The command; returns its exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument(
        "--story", type=Path, default=ROOT / "examples" / "ferry-fire", help="folder with articles/ and gold/"
    )
    parser.add_argument("--misses", action="store_true", help="list every miss and every extra")
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    parser.add_argument("--check", action="store_true", help="exit with 1 when a figure lies below its floor")
    parser.add_argument("--pin", action="store_true", help="write today's figures to eval/floors.json")
    parser.add_argument("--lower", metavar="REASON", help="with --pin: why a figure may fall")
    options = parser.parse_args(list(arguments) if arguments is not None else None)
    scorer = Scorer(options.story)
    scores = scorer.all()
    digest = _digest(options.story)
    if options.json:
        print(
            json.dumps(
                {
                    name: {
                        "precision": round(s.precision, 4),
                        "recall": round(s.recall, 4),
                        "f1": round(s.f1, 4),
                        "found": s.found,
                        "gold": s.gold,
                    }
                    for name, s in scores.items()
                },
                indent=1,
            )
        )
    else:
        print(f"{'':44}{'precision':>10}{'recall':>8}{'F1':>7}{'found':>8}{'gold':>7}")
        for name, score in scores.items():
            print(
                f"{name:44}{score.precision:10.3f}{score.recall:8.3f}{score.f1:7.3f}{score.found:8.0f}{score.gold:7.0f}"
            )
    if options.misses:
        for kind, lines in scorer.misses.items():
            print(f"\n{kind}")
            for line in lines:
                print("  " + line)
    if options.pin and (refused := _pin(scores, digest, options.lower)):
        print(refused, file=sys.stderr)
        return 2
    if options.check:
        problems = _check(scores, digest)
        for problem in problems:
            print(f"FLOOR {problem}", file=sys.stderr)
        return 1 if problems else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
