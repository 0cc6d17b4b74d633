"""The record in the order in which a page shows it: speakers, facts, shared text, origins. Nothing is added to it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from tellings.across.origins import by_telling
from tellings.across.sets import DisjointSets
from tellings.edge.writers import wording
from tellings.model.counted import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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


def weight_of(entry: QuoteEntry) -> tuple[int, int, bool, int]:
    """What an utterance weighs: independent origins and articles that print it, whether words are printed as they were
    said, and how many words."""
    stretches = [stretch for variant in entry.variants for stretch in variant.stretches]
    words = entry.words or max((len(stretch.exact.split()) for stretch in stretches), default=0)
    articles = len({variant.telling for variant in entry.variants})
    return entry.origins, articles, any(variant.type != "indirect" for variant in entry.variants), words


def speakers(quotes: Iterable[QuoteEntry]) -> tuple[list[Speaker], list[QuoteEntry]]:
    """Shown quotations by speaker, weightiest first, speakers by their weightiest, nobody named last; and those whose
    speaker is only probable, those of one name together, in the same order."""
    quotes = sorted(quotes, key=weight_of, reverse=True)
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


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts that stand under one heading: how their values relate, `name` and `meaning` of that in words; `folded`:
    they are no news to somebody who has three minutes."""

    relation: Relation
    name: str
    meaning: str
    folded: bool
    entries: tuple[FactEntry, ...]


#: Relations that claim that articles differ, and those that are no news.
CLAIMED: tuple[Relation, ...] = ("differs", "does not add up", "corrected", "denied", "updated", "explained by time")
_FOLDED: tuple[Relation, ...] = ("unclear", "single")
#: What articles agree on, under one heading.
_ALIKE: tuple[Relation, ...] = ("same", "compatible")


def facts(entries: Iterable[FactEntry]) -> list[Facts]:
    """Facts as they are read: what differs, what is to be compared (the likeliest first), what is told alike (by most
    first), sentences that several articles have, and what is no news."""
    groups: dict[tuple[Relation, str], list[FactEntry]] = {}
    for entry in entries:
        relation: Relation = "same" if entry.relation in _ALIKE else entry.relation
        groups.setdefault((relation, _apart(relation, entry)), []).append(entry)
    found = []
    for relation, heading in wording.RELATIONS.items():
        if relation == "same":
            heading = wording.ALIKE
        for apart, (name, meaning) in (("", heading), *wording.APART.items()):
            if held := groups.get((relation, apart)):
                folded = apart == "sentences" or relation in _FOLDED
                found.append(Facts(relation, name, meaning, folded, tuple(sorted(held, key=_fact_weight))))
    spelled, _ = wording.APART["spelling"]
    return sorted(found, key=lambda group: (group.folded, group.relation == "same", group.name == spelled))


def _apart(relation: Relation, entry: FactEntry) -> str:
    """The heading of its own that a fact stands under, beside that of its relation."""
    if relation == "differs" and entry.kind == "name":
        return "spelling"
    return "sentences" if relation == "same" and entry.kind == "claim" else ""


def _fact_weight(entry: FactEntry) -> tuple[float, float, int, int]:
    """What weighs more, is likelier, told by more, and by more sentences comes first."""
    lines = sum(len(value.lines) for value in entry.values)
    likely = entry.probability if entry.probability is not None else _AS_LIKELY_AS
    return -entry.weight, -likely, -len(articles(entry)), -lines


#: Where lines without a probability, denials, stand among those that have one.
_AS_LIKELY_AS = 0.4


def articles(entry: FactEntry) -> list[str]:
    """The labels of the articles that give a value, each once."""
    return list(dict.fromkeys(line.words.telling for value in entry.values for line in value.lines))


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


#: Words from which shared text is worth a line.
SHORTEST = 15


@dataclass(frozen=True, slots=True)
class SharedText:
    """Text that several articles have: `passages` (places in the order of the pairs), `labels` of the articles by how
    much of it they have, `words` of the longest passage, `quoted`: they all quote it. `own`: it is shared by articles
    of one outlet alone, which repeats it."""

    passages: tuple[int, ...]
    labels: tuple[str, ...]
    words: int
    quoted: bool
    own: bool


def shared_text(pairs: Sequence[Pair], names: Mapping[str, str]) -> list[SharedText]:
    """Passages that lie over one another in an article, as one text: those that most articles have first, then the
    longest; those shorter than `SHORTEST` are not among them."""
    told = [passage for pair in pairs for passage in pair.passages]
    texts = DisjointSets(place for place, passage in enumerate(told) if passage.words >= SHORTEST)
    by_article: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for place, passage in enumerate(told):
        if passage.words >= SHORTEST:
            for side in (passage.a, passage.b):
                by_article[side.telling].append((side.start, side.end, place))
    for sides in by_article.values():
        sides.sort()
        (_, held_to, held) = sides[0]
        for start, end, place in sides[1:]:
            if start < held_to:
                texts.join(place, held)
            if end > held_to:
                held_to, held = end, place
    found = [_one_text(places, told, names) for places in texts.groups()]
    return sorted(found, key=lambda text: (text.own, -len(text.labels), -text.words, text.passages))


def _one_text(places: list[int], told: Sequence[PassageLine], names: Mapping[str, str]) -> SharedText:
    places = sorted(places, key=lambda place: (-told[place].words, place))
    most: dict[str, int] = {}
    for place in places:
        for side in (told[place].a, told[place].b):
            most[side.telling] = max(most.get(side.telling, 0), told[place].words)
    labels = tuple(sorted(most, key=lambda label: (-most[label], label)))
    outlets = {names.get(label, label).removesuffix(f" {label}") for label in labels}
    quoted = all(told[place].kind == "quotation" for place in places)
    return SharedText(tuple(places), labels, told[places[0]].words, quoted, len(outlets) == 1)


def origins(record: Record, shared: Sequence[Pair], names: Mapping[str, str]) -> list[Origin]:
    """The independent origins of the articles, each with the reasons why its articles are one; by `names`."""

    def name(label: str) -> str:
        return names.get(label, label)

    number = by_telling(record.origins)
    reasons: dict[int, list[tuple[tuple[int, ...], str]]] = defaultdict(list)
    rank = {label: place for labels in record.origins for place, label in enumerate(labels)}

    def because(labels: tuple[str, ...], order: int, reason: str) -> None:
        """Those of a pair stand in the order of its tellings; credits (order 2) come behind all pairs."""
        owners = {number.get(label) for label in labels}
        if len(owners) == 1 and (owner := owners.pop()) is not None:
            places = sorted(rank[label] for label in labels) if order < 2 else ()
            reasons[owner].append(((order // 2, *places, order), reason))

    for item in record.near_duplicates:
        because((item.a, item.b), 0, _resemblance(item, name(item.a), name(item.b)))
    for pair in shared:
        words = sum(passage.words for passage in pair.passages if passage.kind == "reporting")
        if words:
            a, b = sorted((pair.a, pair.b), key=lambda label: rank.get(label, 0))
            because((a, b), 1, f"{name(a)} shares {count(words, 'word')} of reporting with {name(b)}.")
    for credit in record.credits:
        said = "; ".join(f"{name(words.telling)}: “{words.exact}”" for words in credit.words)
        because(credit.labels, 2, f"{wording.named(map(name, credit.labels))} by their credit ({said}).")
    return [
        Origin(labels, tuple(reason for _, reason in sorted(reasons[place], key=lambda found: found[0])))
        for place, labels in enumerate(record.origins)
    ]


def _resemblance(item: NearDuplicateLine, a: str, b: str) -> str:
    return f"{a} and {b} are near-duplicates: {item.containment:.0%} of the shorter one stands in the other."
