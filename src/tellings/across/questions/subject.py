"""What a fact is about, so that only facts about one thing meet, and the day it speaks from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from tellings.model.records import Counted, DocumentDate, Fact, Telling
from tellings.model.rules import load
from tellings.model.text import Span

#: The headline and so many first sentences, less one, are what a telling is about.
LEAD = 4


@dataclass(frozen=True, slots=True)
class Given:
    """A fact with the telling that gives it and the day it speaks from."""

    telling: Telling
    index: int
    fact: Fact
    date: DocumentDate

    @property
    def reference(self) -> tuple[str, int]:
        """The fact as a question names it: telling id and index."""
        return self.telling.id, self.index

    @property
    def sentence(self) -> Span:
        """The sentence the fact stands in, or its own span where the telling has none."""
        if self.fact.sentence < len(self.telling.sentences):
            return self.telling.sentences[self.fact.sentence].span
        return self.fact.span


@dataclass(frozen=True, slots=True)
class Subject:
    """What a fact is about. `whom`: a person's index, `None` for nobody; `local`: one telling's own chain.

    `scope`, `counted`, `named`, `including` and `since` are what narrows the head (`Fact`). `rank`: of ordinals of
    which each is another thing, a first and a second child. `elapsed`: a time since an event, which grows with the day
    it is told.
    """

    kind: str
    head: str
    unit: str
    scope: str
    whom: int | None
    local: tuple[str, int] | None = None
    counted: tuple[Counted, ...] = ()
    named: tuple[str, ...] = ()
    including: str = ""
    since: int | None = None
    rank: float | None = None
    elapsed: bool = False

    @property
    def part(self) -> bool:
        """Whether it is a part of a whole, or an addition to it, which may be another one in every telling."""
        return not {"additional", "included", "some of them"}.isdisjoint(self.counted)

    @property
    def narrowed_by(self) -> tuple[object, ...]:
        """All that narrows the head beside its scope."""
        return (*self.counted, *self.named, *filter(None, (self.including, self.since)))


def subject_of(telling: Telling, fact: Fact, someone: Mapping[tuple[str, int], int]) -> Subject | None:
    """What `fact` is about, `None` where that is too vague. `someone` gives the person of a chain.

    Raises:
        RuleError: there are no fact rules for the telling's language, or they cannot be used.
    """
    if not fact.compared:
        return None
    language = telling.document.read_as
    vague = load(language, "fact").words("vague_head")
    if fact.kind == "count" and fact.head in vague and not fact.narrowed and fact.whom is None:
        return None
    if fact.kind == "date" and not _datable(language, fact):
        return None
    if fact.kind == "age" and fact.whom is None:
        return None
    # Names say who is counted, whoever they are of.
    chain = None if fact.named or fact.whom is None else (telling.id, fact.whom)
    whom = None if chain is None else someone.get(chain)
    return Subject(
        fact.kind,
        fact.head,
        fact.unit or "",
        fact.scope,
        whom,
        chain if whom is None else None,
        fact.counted,
        fact.named,
        fact.including,
        fact.since,
        # A first and a second child are two things; of one fire only one is "the … since 2019" can be true.
        fact.low if fact.kind == "ordinal" and (fact.whom is not None or fact.since is None) else None,
        # The time since an event depends on the day it is told: compared with the calendar, not with other tellings.
        fact.kind == "duration" and fact.event != "" and fact.head == fact.event,
    )


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


def joined(groups: Mapping[Subject, list[Given]], someone: Mapping[tuple[str, int], int]) -> dict[Subject, list[Given]]:
    """`groups` with an ordinal of a couple ("their third child") joined to that of one of the two.

    Only where one person of the story has the same, and the couple's sentence speaks of that person.
    """
    found: dict[Subject, list[Given]] = {about: list(given) for about, given in groups.items()}
    of_somebody: dict[Subject, list[Subject]] = defaultdict(list)
    for about in groups:
        if about.whom is not None:
            of_somebody[replace(about, whom=None)].append(about)
    for about, given in groups.items():
        if about.kind != "ordinal" or about.whom is not None or about.since is not None:
            continue
        homes = of_somebody.get(replace(about, local=None), [])
        if not homes:
            continue
        stay = []
        for one in given:
            beside = _people_beside(one, someone)
            fitting = [home for home in homes if home.whom in beside]
            if len(fitting) == 1:
                found[fitting[0]].append(one)
            else:
                stay.append(one)
        found[about] = stay
    return {about: given for about, given in found.items() if given}


def _people_beside(one: Given, someone: Mapping[tuple[str, int], int]) -> frozenset[int]:
    span = one.sentence
    return frozenset(
        someone[one.telling.id, mention.chain]
        for mention in one.telling.mentions
        if mention.chain is not None and (one.telling.id, mention.chain) in someone and span.contains(mention.span)
    )


def told_dates(telling: Telling) -> tuple[DocumentDate, ...]:
    """For each fact of `telling` the day it is told: its part's date where known, else the document's, else what it
    tells as past."""
    # What a part gives the day of has happened: it was told no earlier.
    past: dict[int | None, date] = {}
    for fact in telling.facts:
        if fact.interval is not None and fact.quote is None:
            part = _part(telling, fact)
            past[part] = max(fact.interval.earliest, past.get(part, date.min))
    return tuple(_told_date(telling, _part(telling, fact), past) for fact in telling.facts)


def _told_date(telling: Telling, part: int | None, past: Mapping[int | None, date]) -> DocumentDate:
    dated = telling.document.date
    if part is not None and part < len(telling.parts):
        dated = telling.parts[part].date
    if dated.value is not None or dated.not_before is not None:
        return dated
    latest = past.get(part)
    if latest is None or (dated.not_after is not None and latest > dated.not_after):
        return dated
    return replace(dated, not_before=latest)


def _part(telling: Telling, fact: Fact) -> int | None:
    return telling.sentences[fact.sentence].part if fact.sentence < len(telling.sentences) else None


def leads(one: Given) -> bool:
    """Whether the value stands in the headline or the first sentences of its telling: it is the news, no background."""
    telling = one.telling
    story = telling.story[:LEAD]
    return any(
        fact.sentence in story
        and (fact.kind, fact.head, fact.narrowed, fact.low, fact.high)
        == (one.fact.kind, one.fact.head, one.fact.scope, one.fact.low, one.fact.high)
        for fact in telling.facts
    )
