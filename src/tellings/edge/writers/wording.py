"""The writers' own words: dates, counts and relations, in English, without a locale.

The page and the terminal say the same thing in the same words because both take them from here.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import cache
from typing import TYPE_CHECKING
from unicodedata import category

from tellings.model.counted import count, plural
from tellings.model.records import ANY_DAY, Interval
from tellings.model.rules import LEXICON, load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tellings.edge.writers.arrange import SharedText
    from tellings.model.record import (
        Difference,
        DigestLine,
        FactEntry,
        Head,
        QuoteEntry,
        RevisionLine,
        SpeakerLine,
        TellingLine,
        TimelineEntry,
        ValueLine,
        VariantLine,
    )
    from tellings.model.records import (
        EditKind,
        Explanation,
        Problem,
        QuoteType,
        Relation,
        Stance,
        Term,
        WordsFrom,
    )

# strftime would ask the locale; a record must read the same everywhere.
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

#: A span longer than this is filed under its years, not under the month it begins in.
_LONGEST_UNDER_A_MONTH = 92

#: Relations in the order a fact-checker wants them, with the heading and what it means.
RELATIONS: dict[Relation, tuple[str, str]] = {
    "differs": ("Reports differ", "The articles give different values for what reads as one thing."),
    "does not add up": ("Does not add up", "Figures and dates that are given do not fit one another."),
    "explained by time": ("Explained by time", "The values differ by as much as the dates of the articles do."),
    "corrected": ("Corrected", "An article says that a value given before was wrong."),
    "updated": ("Updated", "A later article gives a newer value."),
    "denied": ("Denied", "A source denies what another sentence seems to say."),
    "to compare": ("To compare", "These probably answer one question. Nothing is claimed of how they relate."),
    "unclear": ("Unclear", "It is not certain that the values are of one thing."),
    "compatible": ("Compatible", "The values are worded differently and can stand side by side."),
    "same": ("Same", "The articles give the same value."),
    "single": ("In one article only", "No other article that was read gives a value."),
}

#: What articles agree on.
ALIKE = ("Told alike", "Several articles give one value, or values that can stand side by side.")
#: What stands under a heading of its own: names that are spelled otherwise, sentences.
APART = {
    "spelling": ("Spelled in several ways", "The articles spell one name in several ways."),
    "sentences": ("Sentences that several articles have", "Word for word, or nearly so."),
}


def spellings(many: int) -> str:
    """How many names are spelled in several ways, where they are folded."""
    return f"{count(many, 'name')} {'is' if many == 1 else 'are'} spelled in several ways"


KINDS_OF_FACT: dict[str, str] = {
    "count": "how many",
    "age": "age",
    "duration": "how long",
    "date": "when",
    "ordinal": "which in order",
    "money": "how much money",
    "measure": "how much",
    "name": "name",
    "clock": "at what time",
}
#: Claims by their heads, and how many characters of one stand for it.
CLAIMS = {"denial": "a denial", "statement": "told alike"}
_CLAIM = 60

#: Who speaks where no telling names anybody.
NOBODY_NAMED = "Speaker not named"
#: Over quotations whose speaker is only probable.
PROBABLE = "Speaker only probable"

TYPE_OF_QUOTE: dict[QuoteType, str] = {
    "direct": "direct speech",
    "mixed": "partly direct speech",
    "indirect": "indirect speech",
}

#: What a source does with what it is quoted with, in the line, where it is not simply said.
STANCES: dict[Stance, str] = {
    "says": "said",
    "denies": "denied",
    "asks": "asked",
    "retracts": "took back",
    "unsure": "is not sure",
}

#: The same where the words themselves tell of it ("any guilt is denied"): a verb before them would turn them round.
STANCES_IN_WORDS: dict[Stance, str] = {
    "denies": "a denial",
    "asks": "a question",
    "retracts": "a retraction",
    "unsure": "a doubt",
}

#: Where words of several tellings are from, if from one place.
WORDS_FROM: dict[WordsFrom, str] = {
    "post": "a post",
    "statement": "a statement",
    "letter": "a letter",
    "essay": "an essay",
    "note": "a note",
    "book": "a book",
    "outlet": "what one outlet was told",
}

#: How an edit is called where it stands, seen from the variant.
EDITS: dict[EditKind, str] = {
    "punctuation": "punctuation",
    "spelling": "spelling",
    "omission": "leaves out",
    "marked omission": "marks left out",
    "insertion": "adds",
    "changed": "changed",
    "cut": "leaves out",
}


def day(value: date) -> str:
    """A day, as in "3 Sept 2020"."""
    return f"{value.day} {_SHORT[value.month - 1]} {value.year}"


def said_before(line: RevisionLine) -> str:
    """What is said of a text that an article had before."""
    return f"{'first said' if line.number == 1 else 'then said'}, as added on {kept_on(line)}"


def kept_on(line: RevisionLine) -> str:
    """The day on which a text that an article had before was added."""
    return day(line.kept.date())


def place_before(line: RevisionLine) -> str:
    """The id of a text that an article had before."""
    return f"telling-{line.telling}-text-{line.number}"


def weekday(value: date) -> str:
    """The English name of the weekday."""
    return _WEEKDAYS[value.weekday()]


def days(when: Interval) -> str:
    """A day or a span of days, as short as it can be said: "20–30 Sept 2020", "September 2020", "1990–1999"."""
    if when == ANY_DAY:
        return "day not given"
    first, last = when.earliest, when.latest
    if first == last:
        return day(first)
    from_new_year = (first.month, first.day) == (1, 1)
    if from_new_year and (last.month, last.day) == (12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    from_first_to_last = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    if first.year == last.year:
        if first.month == last.month:
            if from_first_to_last:
                return f"{_MONTHS[first.month - 1]} {first.year}"
            return f"{first.day}–{last.day} {_SHORT[first.month - 1]} {first.year}"
        if from_first_to_last:
            return f"{_MONTHS[first.month - 1]}–{_MONTHS[last.month - 1]} {first.year}"
        return f"{first.day} {_SHORT[first.month - 1]} – {last.day} {_SHORT[last.month - 1]} {first.year}"
    return f"{day(first)} – {day(last)}"


def span(first: date, last: date | None) -> str:
    """The days from the first to the last."""
    return days(Interval(first, last or first))


def month(when: Interval) -> str:
    """The heading a timeline entry is filed under: its month, or its years where the span is long."""
    if when == ANY_DAY:
        return "Day not given"
    first, last = when.earliest, when.latest
    if when.days > _LONGEST_UNDER_A_MONTH:
        return f"{first.year}, month not given" if first.year == last.year else f"{first.year} to {last.year}"
    return f"{_MONTHS[first.month - 1]} {first.year}"


#: What the parts of a timeline are called, in their order; the story itself has no heading.
PARTS = {"story": "", "ahead": "Still to come", "undated": "On no day that is given", "background": "Background"}


def by_parts(entries: Sequence[TimelineEntry]) -> list[tuple[str, list[TimelineEntry]]]:
    """The entries with the heading of their part, the story's own first; parts without an entry are left out."""
    found = [(heading, [entry for entry in entries if entry.part == part]) for part, heading in PARTS.items()]
    return [(heading, of_part) for heading, of_part in found if of_part]


#: What one may have to know of the day of an entry.
REMARKS = ("vague", "inferred", "announced")


def remarks(entry: TimelineEntry) -> tuple[str, ...]:
    """What one has to know of the day of an entry."""
    given = entry.when != ANY_DAY
    told = (given and entry.vague, given and entry.inferred, entry.announced)
    return tuple(word for word, holds in zip(REMARKS, told, strict=True) if holds)


def glance(head: Head) -> tuple[str, ...]:
    """The record in one glance, part by part."""
    parts = [count(head.tellings, "article"), count(head.origins, "independent origin")]
    if head.outlets:
        parts.append(f"{count(head.outlets, 'outlet')} named")
    if head.unnamed:
        parts.append(f"{head.unnamed:,} without an outlet's name")
    if head.first and head.last:
        parts.append(day(head.first) if head.first == head.last else f"{day(head.first)} to {day(head.last)}")
    if head.undated:
        parts.append(f"{head.undated:,} undated")
    return tuple(parts)


def carried_by(labels: Iterable[str], origins: int) -> str:
    """Who carries a line: "only in A", or "3 articles, 2 independent origins"."""
    distinct = tuple(dict.fromkeys(labels))
    if len(distinct) == 1:
        return f"only in {distinct[0]}"
    return f"{count(len(distinct), 'article')}, {count(origins, 'independent origin')}"


def quoted_by(entry: QuoteEntry) -> str:
    """Who prints an utterance: "only in A", "3 articles, one source: a post", "3 articles, 2 independent
    origins; 2 articles from a post"."""
    labels = dict.fromkeys(variant.telling for variant in entry.variants)
    carried = carried_by(labels, entry.origins)
    if not entry.from_one:
        return carried
    most = max(entry.from_one, key=lambda line: len(line.labels))
    if len(most.labels) == len(labels):
        return f"{count(len(labels), 'article')}, one source: {WORDS_FROM[most.kind]}"
    return f"{carried}; {len(most.labels)} articles from {WORDS_FROM[most.kind]}"


#: Names that stand in a line before the others are counted.
_NAMED = 3


def named(names: Iterable[str], most: int = _NAMED) -> str:
    """Names in a row: "BBC, Sky and NPR", "BBC, Sky, NPR and 4 more"."""
    distinct = list(dict.fromkeys(names))
    if len(distinct) > most + 1:
        return f"{', '.join(distinct[:most])} and {len(distinct) - most:,} more"
    return " and ".join(filter(None, (", ".join(distinct[:-1]), distinct[-1]))) if distinct else ""


def told_by(names: Sequence[str], origins: int) -> str:
    """Who tells a line, by name: "BBC and Sky", and of how many independent origins where these are fewer; empty for
    one alone, whose name stands behind the words."""
    distinct = list(dict.fromkeys(names))
    if len(distinct) < 2:
        return ""
    return named(distinct) + (f" · {count(origins, 'independent origin')}" if origins < len(distinct) else "")


def problems_met(problems: Sequence[Problem]) -> str:
    """How many problems a reading met: "3 notes" where nothing was lost."""
    return count(len(problems), "problem" if any(problem.lost for problem in problems) else "note")


def told_beside(line: DigestLine) -> str:
    """How many articles more tell of what a sentence of a brief tells, otherwise: "2 more tell of it"; else empty."""
    saying = {words.telling for words in line.saying_it}
    more = len({words.telling for words in line.also} - saying)
    return f"{more:,} more {'tells' if more == 1 else 'tell'} of it" if more else ""


def printed_by_name(entry: QuoteEntry, names: Mapping[str, str]) -> str:
    """The same of an utterance, and where its words are from if from one place: "BBC and Sky · from a post"."""
    labels = list(dict.fromkeys(variant.telling for variant in entry.variants))
    shown = told_by([names.get(label, label) for label in labels], entry.origins)
    if not shown or not entry.from_one:
        return shown
    most = max(entry.from_one, key=lambda line: len(line.labels))
    whole = len(most.labels) == len(labels)
    return f"{shown} · {'' if whole else f'{len(most.labels)} of them '}from {WORDS_FROM[most.kind]}"


def pile(head: Head, names: Iterable[str]) -> str:
    """What was read, in a sentence: "7 articles by BBC, Sky and 3 more; 6–9 Feb 2018, 2 undated; 5 independent
    origins."."""
    line = count(head.tellings, "article")
    if shown := named(names, 4):
        line += f" by {shown}"
    if head.unnamed and head.unnamed < head.tellings:
        line += f"; {head.unnamed:,} without an outlet's name"
    if head.first and head.last:
        line += f"; {days(Interval(head.first, head.last))}"
    if head.undated:
        line += f", {f'{head.undated:,}' if head.undated < head.tellings else 'all'} undated"
    return f"{line}; {count(head.origins, 'independent origin')}."


def finding(shared: Sequence[SharedText], names: Mapping[str, str]) -> str:
    """What shared text comes to, in a sentence."""
    between = [text for text in shared if not text.own]
    reporting = [text for text in between if not text.quoted]
    quoted = len(between) - len(reporting)
    if not between:
        return "No passage of 15 words or more stands in the articles of two outlets."
    if not reporting:
        which = "the one passage" if quoted == 1 else f"all {quoted:,} passages"
        are = "is" if quoted == 1 else "are"
        return f"No reporting is shared: {which} that several articles have {are} quoted by all of them."
    words = sum(text.words for text in reporting)
    who = named((names.get(label, label) for text in reporting for label in text.labels), 4)
    told = (
        f"{count(words, 'word')} of reporting in {count(len(reporting), 'passage')} stand in several articles: {who}."
    )
    return f"{told} {count(quoted, 'more passage')} {'is' if quoted == 1 else 'are'} quoted by all." if quoted else told


def printed(variant: VariantLine, entry: QuoteEntry) -> str:
    """How much of the fullest text of an utterance a telling prints: "all 28 words", "9 of 28 words", "in its own
    words"; empty where none was put together."""
    if not entry.words:
        return ""
    if not variant.printed:
        return "in its own words" if variant.type == "indirect" else ""
    return f"all {entry.words} words" if variant.printed == entry.words else f"{variant.printed} of {entry.words} words"


def printed_by(entry: QuoteEntry) -> str:
    """Which tellings print an utterance, which in part, and which tell it: "A, B, in part C, in its own words D"."""
    whole = [each.telling for each in entry.variants if each.printed == entry.words]
    told = [each.telling for each in entry.variants if each.printed == 0 < entry.words and each.type == "indirect"]
    part = [each.telling for each in entry.variants if each.telling not in (*whole, *told)]
    own = "in its own words" if len(told) == 1 else "in their own words"
    named = (", ".join(dict.fromkeys(labels)) for labels in (whole, part, told))
    return ", ".join(f"{how}{labels}" for how, labels in zip(("", "in part ", f"{own} "), named, strict=True) if labels)


def difference(found: Difference) -> str:
    """A difference of a telling from the fullest text in words: "leaves out “of the harbour”", "changed “sang” to
    “slept”"."""
    words, base = one_line(found.words.exact), one_line(found.base.exact)
    if found.kind in ("cut", "omission", "marked omission"):
        return f"{EDITS[found.kind]} “{base}”"
    if found.kind == "insertion":
        return f"{EDITS[found.kind]} “{words}”"
    return f"{EDITS[found.kind]} “{base}” to “{words}”"


def named_otherwise(variant: VariantLine, entry: QuoteEntry) -> bool:
    """Whether a telling has somebody else as the speaker of an utterance, or names nobody's name but describes one."""
    if variant.named is None or entry.speaker.name is None:
        return False
    mine, theirs = (frozenset(name.casefold().split()) for name in (variant.named, entry.speaker.name))
    return not (mine <= theirs or theirs <= mine)


def speaker(line: SpeakerLine) -> str:
    """Who speaks: "Tamm", or where that is not sure all who may be meant: "probably Tamm, or Oster"."""
    if line.name is None:
        return NOBODY_NAMED
    return line.name if line.rank != "probably" else f"probably {', or '.join((line.name, *line.others))}"


def outlet(telling: TellingLine) -> str:
    """What a telling is called in the key: its publisher, else its file name."""
    return telling.publisher.value if telling.publisher else telling.name


def dated(telling: TellingLine) -> str:
    """The date of a telling, with the bounds known for it where the day is not."""
    when = telling.date
    if when.value:
        return day(when.value)
    bounds = [f"not before {day(when.not_before)}" if when.not_before else ""]
    bounds.append(f"not after {day(when.not_after)}" if when.not_after else "")
    return ", ".join(["date not known", *filter(None, bounds)])


def kind(fact: FactEntry) -> str:
    """The question a fact answers: "how many"."""
    if fact.kind == "claim":
        return "claim" if fact.relation == "denied" else CLAIMS.get(fact.head, fact.head)
    return KINDS_OF_FACT.get(fact.kind, fact.kind)


def slot(fact: FactEntry) -> str:
    """What a fact is about: "transfusion (blood)"; of a claim, its first words."""
    if fact.kind == "claim" and fact.values:
        return shorten(fact.values[0].label, _CLAIM)[0]
    return f"{fact.head} ({fact.scope})" if fact.scope else fact.head


#: What is said of a fact of a kind, before what it is of.
_OF = {"duration": "length of", "date": "day of", "clock": "time of"}
#: Rules of facts whose head is only a word beside the value, and heads that tell nothing then.
_WORDS_BESIDE = frozenset({"likely-of-one-question", "like-sentences", "higher-in-a-later-telling"})
_NOTHING = frozenset({"", "sum", "time", "day", "when"})
#: Words of so many letters are units, or small; so many letters of a noun are the same in its plural.
_SHORTEST_WORD, _STEM = 2, 4
#: Values of one thing alone.
_ONE = frozenset({"one", "1"})
#: What is said of claims that are no denials.
_CLAIMED_OF = {
    "open": "left open here, told there",
    "wording": "in other words",
    "post": "post",
    # Answers that are one of a few words (`data/<language>/question/slots.toml`).
    "blame": "who is blamed",
    "captive": "prisoners or guests",
    "cause": "of what",
    "damage": "how badly damaged",
    "duty": "bound or free to",
    "extent": "how complete",
    "faint": "asleep or unconscious",
    "genuine": "genuine or not",
    "injuries": "how badly hurt",
    "law": "legal or not",
    "leak": "leaked, hacked or stolen",
    "manner": "how killed",
    "marriage": "married or parted",
    "offence": "which offence",
    "pace": "how fast",
    "place_of_death": "where they died",
    "settlement": "village or town",
    "standing": "how final",
    "supply": "cut or restored",
    "verdict": "accused or convicted",
    "weapon": "with which weapon",
    "weather": "what weather",
    "will": "forced or willing",
}
#: Scopes that stand behind what they narrow: "injured", "aboard", "in serious condition".
_BEHIND = re.compile(r"\w+ed\b|(?:aboard|namely|in|on|at|with|without|under|from|of|to|for|since|by|dead)\b")


def spoken(fact: FactEntry) -> str:
    """What a fact is about, as one says it: "people killed", "blood transfusions", "age", "length of bed rest"; where
    only a word beside the value is known, that in marks. Of a denial nothing: its sentences say it."""
    if fact.kind == "name":
        return ""
    if fact.kind == "claim":
        return _CLAIMED_OF.get(fact.head, "")
    beside = fact.probability is not None or fact.why.rule in _WORDS_BESIDE
    if fact.kind == "count":
        return _counted(fact, beside=beside)
    if beside and fact.scope and "," not in fact.scope and fact.kind != "age":
        return fact.scope if _says_something(fact.scope) else ""
    if beside and fact.kind != "age":
        told = any(fact.head.casefold() in value.label.casefold().split() for value in fact.values)
        return f"“{fact.head}”" if _says_something(fact.head) and not told else ""
    scope = "" if beside else fact.scope
    if fact.kind == "ordinal":
        return f"{fact.head} ({scope})" if scope else fact.head
    about = f"{scope} {fact.head}".strip()
    if fact.explanation is not None and fact.explanation.code == "elapsed-time" and fact.head != "time elapsed":
        return f"time since {about}"
    return f"{_OF[fact.kind]} {about}" if fact.kind in _OF and fact.head != "time elapsed" else about


def _counted(fact: FactEntry, *, beside: bool) -> str:
    """What is counted: "people killed", "Canadian citizens"; "one side"."""
    lone = all(value.label.casefold() in _ONE and value.bound == "exact" for value in fact.values)
    noun = fact.head if lone else plural(fact.head)
    if not fact.scope or (beside and ("," in fact.scope or fact.scope in (fact.head, plural(fact.head)))):
        return noun
    if _BEHIND.match(fact.scope):
        return f"{noun} {fact.scope}"
    # A participle closes what stands before the noun: "police killed" of officers.
    before, _, last = fact.scope.rpartition(" ")
    if before and _BEHIND.fullmatch(last):
        return f"{before} {noun} {last}"
    # Of a word beside the value it is not known whether it narrows the noun, unless it stands before it.
    adjoins = not beside or any(
        f"{fact.scope} {fact.head[:_STEM]}".casefold() in line.words.exact.casefold()
        for value in fact.values
        for line in value.lines
    )
    return f"{fact.scope} {noun}" if adjoins else noun


def _says_something(word: str) -> bool:
    """Whether a word that stands beside a value tells what it is of: not one of grammar, no unit, no number."""
    folded = word.casefold()
    return len(word) > _SHORTEST_WORD and word.isalpha() and folded not in _NOTHING and folded not in _grammar()


@cache
def _grammar() -> frozenset[str]:
    """Words of grammar, and of numbers."""
    lists = load("en", LEXICON).lists
    return frozenset(
        word for name in ("sentence_opener", "small_word", "number_word", "magnitude") for word in lists[name]
    )


def in_words(fact: FactEntry) -> str:
    """A fact of one value in a few words: "7 people killed", "age of Ana Vell: 34"; empty where no such words are
    known."""
    about = spoken(fact)
    if not about or about.startswith("“") or len(fact.values) != 1:
        return ""
    value = written(fact.values[0], fact.kind)
    if fact.kind == "count":
        return f"{value} {about}" + (f", {fact.whom}" if fact.whom else "")
    return f"{about}{f' of {fact.whom}' if fact.whom else ''}: {value}"


def because(fact: FactEntry) -> str:
    """What a relation rests on: its arithmetic, or how likely the values are of one question; empty for neither."""
    if fact.explanation:
        return explained(fact.explanation)
    return "" if fact.probability is None else f"one question with a probability of {min(fact.probability, 0.99):.2f}"


def explained(why: Explanation) -> str:
    """The arithmetic behind a relation, in figures and days; of a rule that is not known, its terms."""
    return _EXPLAINED.get(why.code, _told_apart)(why.terms)


def _told(term: Term) -> str:
    """A value with the days it was told on: "63 on 2020-11-02"."""
    return f"{term.label} {_on(term.earliest, term.latest)}"


def _on(earliest: date | None, latest: date | None) -> str:
    if earliest is not None and earliest == latest:
        return f"on {day(earliest)}"
    if earliest is not None and latest is not None:
        return f"between {day(earliest)} and {day(latest)}"
    if earliest is not None:
        return f"on or after {day(earliest)}"
    return f"on or before {day(latest)}" if latest is not None else "on a day not known"


def _from_to(term: Term) -> str:
    """The days of a term, as short as they can be said."""
    if term.earliest is None or term.latest is None:
        return _on(term.earliest, term.latest).removeprefix("on ")
    return days(Interval(term.earliest, term.latest))


def _told_apart(terms: Sequence[Term]) -> str:
    return "; ".join(map(_told, terms))


def _told_in_turn(terms: Sequence[Term]) -> str:
    return ", ".join(_told(term) for term in terms if term.role == "value")


def _too_far_apart(terms: Sequence[Term]) -> str:
    return f"{_told_in_turn(terms)}: more than one year apart"


def _birthday_between(terms: Sequence[Term]) -> str:
    born = (f"born {_from_to(term)}" for term in terms if term.role == "born")
    return f"{_told_in_turn(terms)}: fits a birthday between ({', '.join(born)})"


def _no_birthday(terms: Sequence[Term]) -> str:
    ages: list[str] = []
    for term in terms:
        if term.role == "born" and ages:
            ages[-1] += f": born {_from_to(term)}"
        else:
            ages.append(_told(term))
    return "; ".join(ages)


def _elapsed(terms: Sequence[Term]) -> str:
    by_role = {term.role: term for term in terms}
    if by_role.keys() != {"from", "to", "measured", "value"}:
        return _told_apart(terms)
    start, end, measured, stated = (by_role[role] for role in ("from", "to", "measured", "value"))
    first = _from_to(start)
    shortest, longest = round(measured.low or 0), round(measured.high or 0)
    elapsed = count(longest, "day") if shortest == longest else f"{shortest}–{longest} days"
    low = round(stated.low or 0)
    said = count(low, "day") if stated.high is None else f"{low:,}–{round(stated.high):,} days"
    until = day(end.earliest) if end.earliest is not None else "a day not known"
    return f"{first} to {until} is {elapsed}; {stated.label} is {said}"


def _weekday(terms: Sequence[Term]) -> str:
    return ", ".join(
        f"{day(term.earliest)} is a {weekday(term.earliest)}" for term in terms if term.earliest is not None
    )


#: How the arithmetic of a rule is told; others list their values, each with its days.
_EXPLAINED: dict[str, Callable[[Sequence[Term]], str]] = {
    "one-age-over-a-year": _too_far_apart,
    "several-values-in-one-telling": _told_in_turn,
    "birthday-between": _birthday_between,
    "no-birthday-fits": _no_birthday,
    "rises-with-the-days": _told_in_turn,
    "toll-rises": _told_in_turn,
    "elapsed-time": _elapsed,
    "weekday-of-another-date": _weekday,
}


def value(line: ValueLine) -> str:
    """A value with its bound, where the value does not say it already: "at least 2"."""
    if line.bound in ("exact", "vague") or line.bound in line.label:
        return line.label
    return f"{line.bound} {line.label}"


def written(line: ValueLine, kind: str = "") -> str:
    """A value of a kind as one writes it, days as days: "at least 2", "28 Sept 2023", "September 2023", "3rd"."""
    if kind == "ordinal" and line.label.isdecimal():
        return _nth(int(line.label))
    if not _ISO_DAYS.fullmatch(line.label):
        return value(line)
    ends = [date.fromisoformat(part) for part in line.label.split("…")]
    return days(Interval(ends[0], ends[-1]))


def _nth(number: int) -> str:
    teens = 10 < number % 100 < 14
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


_ISO_DAYS = re.compile(r"\d{4}-\d\d-\d\d(?:…\d{4}-\d\d-\d\d)?")


def shorten(words: str, width: int) -> tuple[str, bool]:
    """`words` on one line, cut at a word boundary to at most `width` characters, and whether it was cut."""
    line = " ".join(words.split())
    if len(line) <= width:
        return line, False
    head = line[: max(width - 1, 1)]
    # The character after the cut tells whether the last word is whole.
    if not line[len(head)].isspace() and " " in head:
        head = head.rpartition(" ")[0]
    return head.rstrip() + "…", True


_JOINER, _DRIVING = "\u200d", {"Cf": ""}


def one_line(words: str) -> str:
    """`words` on one line, without the characters that drive a terminal or turn its lines around.

    Format characters (Cf) go, but for the joiner inside emoji; other controls become a space.
    """
    if words.isprintable():  # no control or format character is
        return " ".join(words.split())
    kept = (
        character
        if character == _JOINER or not (kind := category(character)).startswith("C")
        else _DRIVING.get(kind, " ")
        for character in words
    )
    return " ".join("".join(kept).split())
