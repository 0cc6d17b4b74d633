"""What a fact is about, so that only facts about one thing meet, and the day it speaks from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from tellings.model.records import DocumentDate, Fact, Telling
from tellings.model.rules import load
from tellings.model.text import Span


@dataclass(frozen=True, slots=True)
class Given:
    """A fact with the telling that gives it and the day it speaks from."""

    telling: Telling
    index: int
    fact: Fact
    date: DocumentDate

    @property
    def reference(self) -> tuple[str, int]:
        """The fact as a slot names it: telling id and index."""
        return self.telling.id, self.index

    @property
    def sentence(self) -> Span:
        """The sentence the fact stands in, or its own span where the telling has none."""
        if self.fact.sentence < len(self.telling.sentences):
            return self.telling.sentences[self.fact.sentence].span
        return self.fact.span


@dataclass(frozen=True, slots=True)
class Key:
    """What a fact is about. `whom`: a person's index, `None` for nobody; `local`: one telling's own chain.

    `part`: a part of a whole, or an addition to it, which may be another one in every telling.
    """

    kind: str
    head: str
    unit: str
    scope: str
    whom: int | None
    local: tuple[str, int] | None = None
    part: bool = False

    @property
    def since(self) -> bool:
        """Whether it is a time since an event, which grows with the day it is told."""
        return self.kind == "duration" and self.scope.startswith("since")


def key(telling: Telling, fact: Fact, someone: Mapping[tuple[str, int], int]) -> Key | None:
    """What `fact` is about, `None` where that is too vague. `someone` gives the person of a chain.

    Raises:
        RuleError: there are no fact rules for the telling's language, or they cannot be used.
    """
    if not fact.compared:
        return None
    language, scope = telling.document.read_as, fact.scope
    named = scope.startswith("namely ")
    part = False
    if fact.kind == "count":
        narrowed = set(scope.removesuffix("attacker included").split())
        part = bool({"additional", "included"} & narrowed) or "some of them" in scope
        if fact.head in load(language, "fact").words("vague_head") and not scope and fact.whom is None:
            return None
    if fact.kind == "date" and not _datable(language, fact):
        return None
    if fact.kind == "duration" and fact.event and fact.head == fact.event:
        # The time since an event depends on the day it is told: compared with the calendar, not with other tellings.
        scope = f"since {scope}".strip()
    if fact.kind == "ordinal" and (fact.whom is not None or "since" not in scope.split()):
        # A first and a second child are two things; of one fire only one is "the … since 2019" can be true.
        scope = f"{scope} {fact.low:g}".strip()
    if fact.kind == "age" and fact.whom is None:
        return None
    whom = None if named or fact.whom is None else someone.get((telling.id, fact.whom))
    local = None if named or fact.whom is None or whom is not None else (telling.id, fact.whom)
    return Key(fact.kind, fact.head, fact.unit or "", scope, whom, local, part)


def _datable(language: str, fact: Fact) -> bool:
    recurs, forms = _families(language)
    if fact.head in recurs and not fact.scope:
        return False
    # A death is somebody's; a fire is an event by itself.
    return fact.whom is not None or forms.get(fact.head, frozenset()) == {"noun"}


@cache
def _families(language: str) -> tuple[frozenset[str], dict[str, frozenset[str]]]:
    """Families of events that recur within a story, and how each family is named."""
    recurs: set[str] = set()
    forms: dict[str, frozenset[str]] = {}
    for rule in load(language, "fact").rules:
        if "form" not in rule.meaning:
            continue
        family = str(rule.meaning.get("family", rule.name))
        forms[family] = forms.get(family, frozenset()) | {str(rule.meaning["form"])}
        if rule.meaning.get("recurs"):
            recurs.add(family)
    return frozenset(recurs), forms


@cache
def once(language: str) -> frozenset[str]:
    """Families of events that cannot happen twice to one person."""
    rules = load(language, "fact").rules
    return frozenset(str(rule.meaning.get("family", rule.name)) for rule in rules if rule.meaning.get("once"))


def joined(groups: Mapping[Key, list[Given]], someone: Mapping[tuple[str, int], int]) -> dict[Key, list[Given]]:
    """`groups` with an ordinal of a couple ("their third child") joined to that of one of the two.

    Only where one person of the story has the same, and the couple's sentence speaks of that person.
    """
    found: dict[Key, list[Given]] = {about: list(given) for about, given in groups.items()}
    for about, given in groups.items():
        if about.kind != "ordinal" or about.whom is not None or "since" in about.scope.split():
            continue
        homes = [
            other
            for other in groups
            if other.whom is not None and replace(other, whom=None) == replace(about, local=None)
        ]
        for one in given:
            beside = _people_beside(one, someone)
            fitting = [home for home in homes if home.whom in beside]
            if len(fitting) == 1:
                found[about].remove(one)
                found[fitting[0]].append(one)
    return {about: given for about, given in found.items() if given}


def _people_beside(one: Given, someone: Mapping[tuple[str, int], int]) -> frozenset[int]:
    span = one.sentence
    return frozenset(
        someone[one.telling.id, mention.chain]
        for mention in one.telling.mentions
        if mention.chain is not None and (one.telling.id, mention.chain) in someone and span.contains(mention.span)
    )


def as_of(telling: Telling, fact: Fact) -> DocumentDate:
    """The day a fact is told: its part's date where known, else the document's, else what it tells as past."""
    part = _part(telling, fact)
    dated = telling.document.date
    if part is not None and part < len(telling.parts):
        dated = telling.parts[part].date
    if dated.value is not None or dated.not_before is not None:
        return dated
    # What it gives the day of has happened: it was told no earlier.
    past = [
        other.interval.earliest
        for other in telling.facts
        if other.interval is not None and other.quote is None and _part(telling, other) == part
    ]
    latest = max(past, default=None)
    if latest is None or (dated.not_after is not None and latest > dated.not_after):
        return dated
    return replace(dated, not_before=latest)


def _part(telling: Telling, fact: Fact) -> int | None:
    return telling.sentences[fact.sentence].part if fact.sentence < len(telling.sentences) else None
