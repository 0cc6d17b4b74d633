"""A weekday that its date is not."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tellings.model.records import Explanation, Place, Provenance, Question, QuestionValue, Telling, Term
from tellings.model.rules import load

#: The rule that a weekday does not fit its date by.
RULE = "weekday-of-another-date"
#: Days beside a telling's own within which a date without a year is of the year it was read as.
NEAR = 45
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")


def weekdays(tellings: Iterable[Telling]) -> list[Question]:
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
            value = QuestionValue(
                " ".join(words.split()), (), interval=timex.interval, places=(Place(telling.id, timex.span),)
            )
            why = Explanation(RULE, (Term("day", earliest=day, latest=day),))
            rule = Provenance("questions", RULE, evidence=(timex.span,))
            found.append(Question("date", "weekday", None, "", (value,), "does not add up", rule, why))
    return found


def _weekday(language: str, words: str) -> int | None:
    """The weekday that is written out in `words`, from 1 for Monday."""
    meanings = load(language, "time").meanings("weekday")
    for word in re.findall(r"[^\W\d_]+", words):
        if len(word) > 5 and (number := meanings.get(word.capitalize(), meanings.get(word.lower()))) is not None:
            return int(number)
    return None
