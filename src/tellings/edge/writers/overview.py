"""What stands first on the page: the headline, where articles differ, who is who, and what an article lacks."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from tellings.edge.writers import arrange, saying, wording
from tellings.model.record import Evidence
from tellings.tell.record import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from tellings.edge.writers.arrange import Facts
    from tellings.model.record import FactEntry, QuoteEntry, Record, TellingLine


@dataclass(frozen=True, slots=True)
class Headline:
    """The words of a headline, the label of the article that has it, and where it stands in its text, if it does."""

    words: str
    label: str
    evidence: Evidence | None


def headline(record: Record) -> Headline | None:
    """The headline whose words most of the headlines and of the brief have; of equals the first. A line that only
    stands first in a text is taken where no article tells its title: it may be a caption."""
    told = [vocabulary(line.words.exact) for line in record.brief]
    titled = [(telling, _title(telling)) for telling in record.tellings if telling.title and _title(telling)]
    vocabularies = [*told, *(vocabulary(title) for _, title in titled)]
    used_by = Counter(word for words in vocabularies for word in words)
    best, best_score = None, 0.0
    for telling, title in titled:
        words = vocabulary(title)
        score = sum(used_by[word] - 1 for word in words) / max(len(words), _SHORT)
        if score > best_score:
            best, best_score = Headline(title, telling.label, _cited(telling, title)), score
    first = record.head.title
    if best is None or (first is not None and len(titled) * 2 < len(record.tellings)):
        return Headline(first.exact, first.telling, first) if first is not None else best
    return best


_WORD = re.compile(r"\w+")
#: Words of a headline below which it says too little.
_SHORT = 5
#: What a page sets before or behind its headline: its outlet.
_SITE = re.compile(r"\s+[|–—]\s+[^|–—]{2,40}$|\s+-\s+(?:\w+[ .]?){1,4}$")


def _title(telling: TellingLine) -> str:
    return _SITE.sub("", wording.one_line(telling.title.value)) if telling.title else ""


def _cited(telling: TellingLine, title: str) -> Evidence | None:
    """Where a title stands in the text of its article, if it does."""
    at = (telling.text or "").find(title)
    return Evidence(telling.label, at, at + len(title), title) if at >= 0 else None


@dataclass(frozen=True, slots=True)
class Point:
    """A line that leads to an entry: `what` in a word or two ("reports differ"), `about` what, with which `values`."""

    target: str
    what: str
    about: str
    values: tuple[tuple[str, str], ...]


#: Lines of what is contested that stand open, how many of them are to be compared; characters of words in one.
CONTESTED, COMPARED = 8, 3
#: Lines of it that the page has beside those that stand open; the facts have them all.
LISTED = 40
#: Values of one line.
VALUES = 4
_WORDS = 60


def contested(record: Record, facts: Sequence[Facts], names: dict[str, str]) -> tuple[list[Point], list[Point]]:
    """Where articles differ, what was updated, denied or quoted in other words, then what is to be compared; last what
    time explains, and how people whom the headline or the brief names are spelled. And by itself, since it is no news,
    how other names are spelled."""
    told = [(group.relation, entry, _point(entry, group.name, names)) for group in facts for entry in group.entries]
    heads = _people_of_the_head(record)
    spelled = [(entry, point) for _, entry, point in told if entry.kind == "name"]
    named = [point for entry, point in spelled if _forms(entry) & heads]
    folded = [point for entry, point in spelled if not _forms(entry) & heads]
    by_relation = [(relation, point) for relation, entry, point in told if entry.kind != "name"]

    def of(*relations: str) -> list[Point]:
        return [point for relation, point in by_relation if relation in relations]

    sure = [entry for entry in record.quotes if entry.speaker.rank == "said by"]
    against = [entry for entry in sure if saying.speaks_for(entry).stance in ("denies", "retracts")]
    against.sort(key=arrange.weight_of, reverse=True)
    shown = [
        line.words
        for entry in record.facts
        if entry.relation == "denied"
        for each in entry.values
        for line in each.lines
    ]
    denied = [
        Point(entry.id, "Denied", saying.in_brief(entry, _WORDS), ())
        for entry in against
        if not all(_stands_in(variant.sentence, shown) for variant in entry.variants)
    ]
    reworded = [
        Point(entry.id, "Quoted in other words", saying.in_brief(entry, _WORDS), ())
        for entry in sorted(sure, key=arrange.weight_of, reverse=True)
        if _reworded(entry)
    ]
    compared = of("to compare")
    claimed = [*of("differs", "does not add up", "corrected", "updated", "denied"), *denied, *reworded]
    points = [*claimed, *compared[:COMPARED], *of("explained by time"), *named, *compared[COMPARED:]]
    return points, folded


def _forms(entry: FactEntry) -> frozenset[str]:
    """The forms of a name that is spelled in several ways."""
    return frozenset((entry.whom or "", *(value.label for value in entry.values)))


def _people_of_the_head(record: Record) -> frozenset[str]:
    """All forms of the names of people whom the headline or the brief names."""
    title = headline(record)
    said = [*([title.words] if title else []), *(line.words.exact for line in record.brief)]
    words = " ".join(" ".join(_WORD.findall(each)) for each in said)
    found: set[str] = set()
    for person in record.people:
        forms = {person.name, *(name.exact for name in person.names)}
        if any(f" {' '.join(_WORD.findall(form))} " in f" {words} " for form in forms):
            found |= forms
    return frozenset(found)


def _stands_in(words: Evidence, shown: Sequence[Evidence]) -> bool:
    """Whether words of an article stand in a sentence that is shown already."""
    return any(words.telling == each.telling and each.start <= words.start and words.end <= each.end for each in shown)


def _reworded(entry: QuoteEntry) -> bool:
    """Whether a word that is printed as said is another in another article."""
    return any(
        found.kind == "changed" and variant.type != "indirect"
        for variant in entry.variants
        for found in variant.differences
    )


def _point(entry: FactEntry, what: str, names: dict[str, str]) -> Point:
    values = tuple(
        (
            wording.shorten(wording.written(value, entry.kind), _WORDS)[0],
            wording.named((names.get(line.words.telling, line.words.telling) for line in value.lines), 1),
        )
        for value in entry.values[:VALUES]
    )
    sentences = {line.words for value in entry.values for line in value.lines}
    if entry.relation == "denied" and len(sentences) == 1 and len(values) > 1:
        # Who denies, and what, in one sentence: it is not cut in two.
        (words,) = sentences
        values = ((wording.shorten(words.exact, 2 * _WORDS)[0], names.get(words.telling, words.telling)),)
    elif len(entry.values) > VALUES:
        values = (*values, ("…", f"{len(entry.values) - VALUES} more"))
    # A name that is one of its own spellings would stand there twice.
    whom = "" if entry.kind == "name" and entry.whom in {value.label for value in entry.values} else entry.whom
    about = ", ".join(filter(None, (wording.spoken(entry), whom)))
    return Point(entry.id, what, about, values)


@dataclass(frozen=True, slots=True)
class Known:
    """A person of the story: how often the timeline and the quotations have them, and the first and last day on which
    the timeline does; `target` is where their words stand, or their names."""

    name: str
    target: str
    entries: int
    quotes: int
    first: date | None
    last: date | None


#: People who stand open.
PEOPLE = 8


def people(record: Record, named: Iterable[tuple[str, Sequence[str]]]) -> list[Known]:
    """The people whom the timeline and the quotations have most; `named`: entry of the timeline → people in it."""
    days: dict[str, list[date]] = {}
    entries: Counter[str] = Counter()
    when = {entry.id: entry.when for entry in record.timeline}
    for entry, found in named:
        for person in found:
            entries[person] += 1
            if when[entry].days == 1:
                days.setdefault(person, []).append(when[entry].earliest)
    quoted: Counter[str] = Counter()
    for quote in record.quotes:
        if quote.speaker.person is not None and quote.speaker.rank == "said by":
            quoted[quote.speaker.person] += 1
            said = [variant.said.earliest for variant in quote.variants if variant.said and variant.said.days == 1]
            days.setdefault(quote.speaker.person, []).extend(said)
    rank = {person.id: place for place, person in enumerate(record.people)}
    articles = {person.id: len({name.telling for name in person.names}) for person in record.people}
    known = sorted(
        (person for person in record.people if articles[person.id] > 1 or quoted[person.id]),
        key=lambda person: (-articles[person.id] * (entries[person.id] + quoted[person.id]), rank[person.id]),
    )
    return [
        Known(
            person.name,
            f"by-{person.id}" if quoted[person.id] else person.id,
            entries[person.id],
            quoted[person.id],
            min(days.get(person.id, []), default=None),
            max(days.get(person.id, []), default=None),
        )
        for person in known[:PEOPLE]
        if entries[person.id] + quoted[person.id]
    ]


#: Lines of what an article lacks, and the share of the articles that must have it.
LACKED, _OF_ALL = 3, 0.5


def lacking(record: Record, facts: Sequence[Facts]) -> dict[str, list[tuple[str, str]]]:
    """Label → what most other articles were found to have and this one was not, as (id, words), by most first."""
    counted: list[tuple[int, str, str, set[str]]] = []
    for group in facts:
        if group.folded or group.relation == "to compare":
            continue
        for entry in group.entries:
            have = set(arrange.articles(entry))
            if entry.kind != "name" and (words := wording.in_words(entry)):
                counted.append((len(have), entry.id, words, have))
    for quote in record.quotes:
        have = {variant.telling for variant in quote.variants}
        if quote.speaker.rank == "said by":
            counted.append((len(have), quote.id, saying.in_brief(quote, _WORDS), have))
    least = max(3, round(_OF_ALL * len(record.tellings)))
    most = sorted((found for found in counted if found[0] >= least), key=lambda found: (-found[0], found[1]))
    return {
        telling.label: list(islice(((id, words) for _, id, words, have in most if telling.label not in have), LACKED))
        for telling in record.tellings
    }
