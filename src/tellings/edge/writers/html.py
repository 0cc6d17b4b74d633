"""The record as one page that stands alone: no network, no second file, no script but its own.

1. The record is arranged for reading (months, speakers, relations, pairs): nothing is added to it.
2. Every evidence becomes a link (`verbatim`); all other strings are escaped by the template.
3. Style and script go into the page, and their SHA-256 into its Content-Security-Policy
   (CSP Level 3), so that nothing else can run, whatever a source holds.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import combinations
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from jinja2 import BaseLoader, Environment, StrictUndefined
from markupsafe import Markup

from tellings.edge.writers import pictures, wording
from tellings.edge.writers.verbatim import Citer, safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tellings.model.record import (
        Evidence,
        FactEntry,
        NearDuplicateLine,
        PartLine,
        PassageLine,
        QuoteEntry,
        Record,
        TellingLine,
        TimelineEntry,
    )
    from tellings.model.records import Relation


def render(record: Record) -> str:
    """The page of `record`, as the text of an HTML file in UTF-8.

    The same record gives the same text. Words of sources appear as they are, but for NUL and lone
    surrogates, which HTML cannot hold: U+FFFD stands for each.
    """
    style, script = _page("page.css"), _page("page.js")
    policy = (
        f"default-src 'none'; style-src 'sha256-{_sha256(style)}'; script-src 'sha256-{_sha256(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    page: str = _template().render(
        record=record,
        policy=policy,
        style=Markup(style),
        script=Markup(script),
        cite=Citer(record),
        words=wording,
        tellings={telling.label: telling for telling in record.tellings},
        months=_months(record.timeline),
        moments={entry.id: entry for entry in record.timeline},
        axis=pictures.axis(record.timeline),
        mentioned=pictures.mentioned(record),
        beside=pictures.beside(record),
        main_entries=pictures.main_entries(record.timeline),
        speakers=_speakers(record.quotes),
        unsure=[entry for entry in record.quotes if entry.status != "shown"],
        relations=_relations(record.facts),
        pairs=_pairs(record.passages),
        origins=_origins(record),
        matrix=pictures.matrix(record),
        grid=pictures.grid(record),
        cited=_cited(record),
        labels=_labels,
        labels_of=lambda labels: "\n".join(dict.fromkeys(labels)),
        telling_choice=(
            "Telling",
            "telling",
            [(item.label, f"{item.label} · {wording.outlet(item)}") for item in record.tellings],
        ),
        parts_at=_parts_at,
        web_address=_web_address,
        fullest_shown=_fullest_shown,
        days_between=_days_between,
    )
    return page


# ---- the parts of the page ---------------------------------------------------------------


@cache
def _page(name: str) -> str:
    return (resources.files("tellings.edge.writers") / "page" / name).read_text(encoding="utf-8")


@cache
def _template() -> Any:
    environment = Environment(
        loader=BaseLoader(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: safe(value) if isinstance(value, str) else value,
    )
    return environment.from_string(_page("record.html.j2"))


def _sha256(content: str) -> str:
    return base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


# ---- arranged for reading ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Origin:
    """Tellings that count as one independent origin, and why."""

    labels: tuple[str, ...]
    reasons: tuple[str, ...]

    @property
    def alone(self) -> bool:
        return len(self.labels) == 1


@dataclass(frozen=True, slots=True)
class _Pair:
    """The passages that two tellings share, longest first; `words` counts the equal words of all."""

    a: str
    b: str
    words: int
    passages: tuple[PassageLine, ...]


def _months(timeline: Iterable[TimelineEntry]) -> list[tuple[str, list[TimelineEntry]]]:
    groups: list[tuple[str, list[TimelineEntry]]] = []
    for entry in timeline:
        heading = wording.month(entry.when)
        if not groups or groups[-1][0] != heading:
            groups.append((heading, []))
        groups[-1][1].append(entry)
    return groups


def _speakers(quotes: Iterable[QuoteEntry]) -> list[tuple[str | None, list[QuoteEntry]]]:
    """Shown quotations by speaker, in the order the speakers first come up; nobody named comes last."""
    groups: dict[tuple[str | None, str | None], list[QuoteEntry]] = {}
    for entry in quotes:
        if entry.status == "shown":
            # Two people can share a name: the person keeps them apart.
            groups.setdefault((entry.speaker.person, entry.speaker.name), []).append(entry)
    named = [(name, entries) for (_, name), entries in groups.items() if name is not None]
    nameless = [entry for (_, name), entries in groups.items() if name is None for entry in entries]
    return [*named, *([(None, nameless)] if nameless else [])]


def _relations(facts: Iterable[FactEntry]) -> list[tuple[Relation, list[FactEntry]]]:
    groups: dict[Relation, list[FactEntry]] = {relation: [] for relation in wording.RELATIONS}
    for entry in facts:
        groups[entry.relation].append(entry)
    return [(relation, entries) for relation, entries in groups.items() if entries]


def _pairs(passages: Iterable[PassageLine]) -> list[_Pair]:
    groups: dict[tuple[str, str], list[PassageLine]] = {}
    for passage in passages:
        groups.setdefault((passage.a.telling, passage.b.telling), []).append(passage)
    pairs = [
        _Pair(a, b, sum(item.words for item in found), tuple(sorted(found, key=lambda item: -item.words)))
        for (a, b), found in groups.items()
    ]
    return sorted(pairs, key=lambda pair: (-pair.words, pair.a, pair.b))


def _origins(record: Record) -> list[_Origin]:
    near = {frozenset((item.a, item.b)): item for item in record.near_duplicates}
    shared: dict[frozenset[str], int] = {}
    for passage in record.passages:
        if passage.kind == "reporting":
            pair = frozenset((passage.a.telling, passage.b.telling))
            shared[pair] = shared.get(pair, 0) + passage.words
    found = []
    for labels in record.origins:
        reasons = []
        for a, b in combinations(labels, 2):
            pair = frozenset((a, b))
            if pair in near:
                reasons.append(_resemblance(near[pair]))
            if pair in shared:
                reasons.append(f"{a} shares {wording.count(shared[pair], 'word')} of reporting with {b}.")
        for credit in record.credits:
            if set(credit.labels) <= set(labels):
                said = "; ".join(f"{words.telling}: “{words.exact}”" for words in credit.words)
                reasons.append(f"{', '.join(credit.labels)} by their credit ({said}).")
        found.append(_Origin(labels, tuple(reasons)))
    return found


def _resemblance(item: NearDuplicateLine) -> str:
    return (
        f"{item.a} and {item.b} are near-duplicates: {item.containment:.0%} of the word sequences of the shorter one "
        f"stand in the other, {item.resemblance:.0%} of all stand in both (rule: {item.rule})."
    )


def _cited(record: Record) -> dict[str, list[Evidence]]:
    """The cited words of each telling, once each, in the order of the text."""
    found: dict[str, dict[tuple[int, int], Evidence]] = {telling.label: {} for telling in record.tellings}
    for _, evidence in record.evidence():
        found.setdefault(evidence.telling, {}).setdefault((evidence.start, evidence.end), evidence)
    return {label: [spans[span] for span in sorted(spans)] for label, spans in found.items()}


def _labels(evidence: Iterable[Evidence]) -> list[str]:
    return list(dict.fromkeys(item.telling for item in evidence))


def _parts_at(telling: TellingLine, start: int, end: int) -> list[PartLine]:
    """The parts that begin in `[start, end)`; none for a telling written all at one time."""
    return [part for part in telling.parts if len(telling.parts) > 1 and start <= part.start < end]


def _web_address(address: str) -> bool:
    """Whether `address` may be a link: a source could give one that runs when it is followed."""
    try:
        return urlsplit(address).scheme in ("http", "https")
    except ValueError:
        return False


def _fullest_shown(entry: QuoteEntry) -> bool:
    """Whether the fullest text says more than the only variant does."""
    stretches = {stretch for variant in entry.variants for stretch in variant.stretches}
    return bool(entry.fullest) and (
        len(entry.variants) > 1 or any(piece.words not in stretches for piece in entry.fullest)
    )


def _days_between(a: TellingLine, b: TellingLine) -> str:
    """How the dates of two tellings lie, in words; empty where one is not known."""
    if a.date.value is None or b.date.value is None:
        return ""
    days = (b.date.value - a.date.value).days
    if not days:
        return "both are dated the same day"
    earlier = a.label if days > 0 else b.label
    return f"{earlier} is dated earlier by {wording.count(abs(days), 'day')}"
