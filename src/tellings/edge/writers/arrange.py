"""The record in the order in which a page shows it: speakers, relations, pairs, origins. Nothing is added to it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from tellings.edge.writers import wording
from tellings.model.counted import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tellings.model.record import FactEntry, NearDuplicateLine, PassageLine, QuoteEntry, Record
    from tellings.model.records import Relation


@dataclass(frozen=True, slots=True)
class Speaker:
    """The quotations of one speaker; `key` tells two people of one name apart and is "-" where nobody is named."""

    key: str
    name: str | None
    quotes: tuple[QuoteEntry, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """The passages that two tellings share, longest first; `words` counts the equal words of all."""

    a: str
    b: str
    words: int
    passages: tuple[PassageLine, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Tellings that count as one independent origin, and why."""

    labels: tuple[str, ...]
    reasons: tuple[str, ...]

    @property
    def several(self) -> bool:
        """Whether more than one telling is of this origin."""
        return len(self.labels) > 1


def speakers(quotes: Iterable[QuoteEntry]) -> tuple[list[Speaker], list[QuoteEntry]]:
    """Shown quotations by speaker, in the order the speakers first come up, nobody named last; and those whose speaker
    is only probable, those of one name together, in the same order."""
    groups: dict[tuple[str | None, str | None], list[QuoteEntry]] = {}
    probable: dict[str | None, list[QuoteEntry]] = {}
    for entry in quotes:
        # "Police" at the start of a sentence is "police".
        folded = entry.speaker.name.casefold() if entry.speaker.name is not None else None
        if entry.speaker.rank == "probably":
            probable.setdefault(folded, []).append(entry)
        elif entry.speaker.rank == "said by":
            # Two people can share a name: the person keeps them apart.
            groups.setdefault((entry.speaker.person, folded), []).append(entry)
    found = [
        Speaker(person or name, name, tuple(entries))
        for (person, _), entries in groups.items()
        if (name := entries[0].speaker.name) is not None
    ]
    nameless = tuple(entry for (_, name), entries in groups.items() if name is None for entry in entries)
    return [*found, *([Speaker("-", None, nameless)] if nameless else [])], [*chain.from_iterable(probable.values())]


def relations(facts: Iterable[FactEntry]) -> list[tuple[Relation, list[FactEntry]]]:
    """Facts by how their values relate, in the order of `wording.RELATIONS`; what stands in one telling comes last."""
    groups: dict[Relation, list[FactEntry]] = {relation: [] for relation in wording.RELATIONS}
    for entry in facts:
        groups[entry.relation].append(entry)
    return [(relation, entries) for relation, entries in groups.items() if entries]


def pairs(passages: Iterable[PassageLine]) -> list[Pair]:
    """The pairs of tellings that share passages, those that share most words first.

    A passage can have either telling of its pair on its first side.
    """
    groups: dict[tuple[str, str], list[PassageLine]] = {}
    for passage in passages:
        a, b = passage.a.telling, passage.b.telling
        groups.setdefault((b, a) if (b, a) in groups else (a, b), []).append(passage)
    found = [
        Pair(a, b, sum(item.words for item in shared), tuple(sorted(shared, key=lambda item: -item.words)))
        for (a, b), shared in groups.items()
    ]
    return sorted(found, key=lambda pair: (-pair.words, pair.a, pair.b))


def origins(record: Record, shared: Sequence[Pair]) -> list[Origin]:
    """The independent origins of the tellings, each with the reasons why its tellings are one."""
    number = {label: place for place, labels in enumerate(record.origins) for label in labels}
    reasons: dict[int, list[tuple[tuple[int, ...], str]]] = defaultdict(list)
    rank = {label: place for labels in record.origins for place, label in enumerate(labels)}

    def because(labels: tuple[str, ...], order: int, reason: str) -> None:
        """Those of a pair stand in the order of its tellings; credits (order 2) come behind all pairs."""
        owners = {number.get(label) for label in labels}
        if len(owners) == 1 and (owner := owners.pop()) is not None:
            places = sorted(rank[label] for label in labels) if order < 2 else ()
            reasons[owner].append(((order // 2, *places, order), reason))

    for item in record.near_duplicates:
        because((item.a, item.b), 0, _resemblance(item))
    for pair in shared:
        words = sum(passage.words for passage in pair.passages if passage.kind == "reporting")
        if words:
            a, b = sorted((pair.a, pair.b), key=lambda label: rank.get(label, 0))
            because((a, b), 1, f"{a} shares {count(words, 'word')} of reporting with {b}.")
    for credit in record.credits:
        said = "; ".join(f"{words.telling}: “{words.exact}”" for words in credit.words)
        because(credit.labels, 2, f"{', '.join(credit.labels)} by their credit ({said}).")
    return [
        Origin(labels, tuple(reason for _, reason in sorted(reasons[place], key=lambda found: found[0])))
        for place, labels in enumerate(record.origins)
    ]


def _resemblance(item: NearDuplicateLine) -> str:
    return (
        f"{item.a} and {item.b} are near-duplicates: {item.containment:.0%} of the word sequences of the shorter one "
        f"stand in the other, {item.resemblance:.0%} of all stand in both (rule: {item.rule})."
    )
