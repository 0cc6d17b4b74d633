"""Beyond numbers: one person's name spelled otherwise, and a weekday that its date is not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from tellings.across.keys import normal_form
from tellings.across.slots.apart import NotTheSame
from tellings.model.records import Person, Place, Provenance, Relation, Slot, SlotValue, Telling
from tellings.model.rules import load

STAGE = "slots"
#: Days beside a telling's own within which a date without a year is of the year it was read as.
NEAR = 45
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def spellings(
    tellings: Mapping[str, Telling], people: Sequence[Person], decisions: Sequence[NotTheSame] = ()
) -> list[Slot]:
    """People whose full name tellings spell in two ways, as far as they were found to be one person. Forms of which a
    person said that they are not of one are set apart, and shown as that."""
    found = []
    for person in people:
        forms: dict[str, list[Place]] = defaultdict(list)
        size = len(person.name.split())
        for name, chain in person.chains:
            telling = tellings[name]
            for position in telling.chains[chain].mentions:
                mention = telling.mentions[position]
                words = re.sub(r"['’]s$", "", mention.span.of(telling.text))
                if mention.kind == "name" and len(words.split()) == size and words[:1].isupper():
                    forms[" ".join(words.split())].append(Place(name, mention.span))
        if len({_letters(form) for form in forms}) < 2 or not _one_name(list(forms)):
            continue
        values = tuple(
            SlotValue(form, (), places=tuple(sorted(places)))
            for form, places in sorted(forms.items(), key=lambda item: (-len(item[1]), item[0]))
        )
        why = Provenance(STAGE, "one-letter-differs")
        first, *others = values
        apart = [value for value in others if _said_apart(first, value, decisions)]
        if apart:
            kept = tuple(value for value in values if value not in apart)
            told_so = tuple(place for value in apart for place in value.places)
            relation: Relation = "differs" if len(kept) > 1 else "single"
            found.append(Slot("name", "spelling", person.name, "", kept, relation, why, apart=told_so))
        else:
            found.append(Slot("name", "spelling", person.name, "", values, "differs", why))
    return found


def _said_apart(a: SlotValue, b: SlotValue, decisions: Sequence[NotTheSame]) -> bool:
    return any(
        any(_at(a, first) and _at(b, second) for first, second in ((each.a, each.b), (each.b, each.a)))
        for each in decisions
    )


def _at(value: SlotValue, place: Place) -> bool:
    return any(each.telling == place.telling and each.span.overlaps(place.span) for each in value.places)


def _letters(form: str) -> str:
    """A name by its letters alone: accents, capitals and a last "s" (plural, lost apostrophe) are no spelling."""
    return " ".join(map(normal_form, form.split())).replace("'", "").removesuffix("s")


def _one_name(forms: list[str]) -> bool:
    """Whether the forms agree in all words but the last."""
    return len({tuple(map(normal_form, form.split()[:-1])) for form in forms}) == 1


def weekdays(tellings: Iterable[Telling]) -> list[Slot]:
    """Dates with a weekday that the calendar does not give them: "Sunday, 28 September 2020"."""
    found = []
    for telling in tellings:
        told = telling.document.date.value
        for timex in telling.timexes:
            words = timex.span.of(telling.text)
            named = _weekday(telling.document.read_as, words)
            if named is None or timex.interval is None or timex.interval.days != 1 or not re.search(r"\d", words):
                continue
            day = timex.interval.earliest
            if not _YEAR.search(words) and (told is None or abs((told - day).days) > NEAR):
                continue
            if day.isoweekday() == named:
                continue
            value = SlotValue(
                " ".join(words.split()), (), interval=timex.interval, places=(Place(telling.id, timex.span),)
            )
            told_so = f"{day.isoformat()} is a {_DAYS[day.isoweekday() - 1]}"
            why = Provenance(STAGE, "weekday-of-another-date")
            found.append(Slot("date", "weekday", None, "", (value,), "does not add up", why, told_so))
    return found


def _weekday(language: str, words: str) -> int | None:
    """The weekday that is written out in `words`, from 1 for Monday."""
    meanings = load(language, "time").meanings("weekday")
    for word in re.findall(r"[^\W\d_]+", words):
        if len(word) > 5 and (number := meanings.get(word.capitalize(), meanings.get(word.lower()))) is not None:
            return int(number)
    return None
