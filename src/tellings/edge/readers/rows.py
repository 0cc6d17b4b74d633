"""What a row of fields means: an object of JSON, a row of a table, a record of Parquet.

The names of fields are tried in this order: those that somebody named, those that are known (`fields.toml`), and where
none is known to hold a text, those that are guessed from what they hold; what was guessed is said.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import unescape
from typing import Any

from tellings.edge.readers.bylines import without_by
from tellings.edge.readers.dates import DateError
from tellings.edge.readers.days_told import first_day
from tellings.edge.readers.escaped import reference_edits
from tellings.edge.readers.field_values import (
    Written,
    as_address,
    as_name,
    as_text,
    day_of,
    is_nothing,
    kind_of_value,
)
from tellings.edge.readers.fields import (
    OtherDays,
    columns_of,
    day_in_order,
    flattened,
    names_of,
    normal,
    order_of_days,
)
from tellings.edge.readers.guessing import Guess, guessed
from tellings.edge.readers.html import read_html
from tellings.edge.readers.naming import ROLES, Named
from tellings.edge.readers.plain import date_line, language_code, plain_view, read_head
from tellings.edge.readers.telling import (
    LONGEST_TELLING,
    NO_DATE,
    Metadata,
    Outcome,
    Read,
    beyond,
    empty,
    too_long,
)
from tellings.model.records import Attested, DocumentDate, Locator, Problem
from tellings.model.text import Span

#: How many rows are looked at to tell what the fields of a file hold.
SAMPLE = 200
#: Rows of one file that are named one by one where they are lost, and where their day cannot be used.
_NAMED, _DAYS = 1_000, 5
#: A field that nobody knows is guessed to be the text where an extract is not half as long.
_LONGER = 2
#: Fields that are shown where none, or another, is known, and how much of each name (characters).
_SHOWN, _LONGEST_NAME = 12, 60
#: How services end a text that they cut.
_CUT = re.compile(r"\[\+(?P<number>\d{1,9}) chars\]\s*\Z")
_WEB = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """What holds for all files that are read together: fields that were named, and days in fields that nobody knows."""

    named: Named
    days: OtherDays

    @classmethod
    def of(cls, named: Named | None = None) -> Reading:
        """For files of which nothing was read yet."""
        return cls(named or Named(), OtherDays())


def as_telling(
    name: str, written: Written, metadata: Metadata, place: str, *, is_page: bool = False, item: str | None = None
) -> Outcome:
    """The one telling that a text is, with what is told of it beside; what it tells of itself stands behind that.

    `place` says where the file has it. The text of a field is an article's body; `is_page` says that it is a page.
    `item` is what a feed calls it.
    """
    if len(written.text) > LONGEST_TELLING:
        return Outcome(problems=(too_long(name, len(written.text)),))
    if written.is_html or is_page:
        outcome = read_html(name, written.text, fragment=not is_page)
        if not outcome.tellings:
            return outcome
        read, problems = outcome.tellings[0], outcome.problems
        read = replace(read, metadata=metadata.over(read.metadata))
    elif (refused := beyond(name, written.text)) is not None:
        return Outcome(problems=(refused,))
    else:
        view, problems = plain_view(name, written.text, tuple(reference_edits(written.text)))
        if not view.text.strip():
            return Outcome(problems=(empty(name),))
        if metadata.date is NO_DATE:
            head, head_problems = read_head(name, view.text)
            metadata = metadata.over(head).over(Metadata(date_line(view.text)))
            problems = (*problems, *head_problems)
        read = Read(name, "text/plain", view, metadata)
    where = Locator(Span(0, len(read.view.text)), place)
    return Outcome((replace(read, locators=(where,), item=item),), problems)


class Rows:
    """The rows of one file: which of their fields are read as what, and what is told of many of them in one."""

    def __init__(self, name: str, form: str, reading: Reading, sample: Sequence[Mapping[str, Any]]) -> None:
        self._name, self._form, self._days = name, form, reading.days
        self._named = reading.named
        self._columns = columns_of(sample)
        self._guess = self._guessed(sample)
        self._orders = self._ordered(sample)  # field → in which order its days are written
        self._in_order: set[str] = set()  # fields of which a day was read so
        self._lost: list[str] = []  # the first and the last of the places that were lost beyond those named
        self._losses = 0
        self._undated: dict[str, list[Problem]] = defaultdict(list)  # field → what was said of its days
        missing = [role for role in ROLES if self._named.of(role) and not self._is_there(role)]
        self._missing = tuple(self._without(role) for role in missing)
        self.refused = "text" in missing

    # ---- one row -------------------------------------------------------------------------

    def read(
        self, name: str, place: str, entry: Mapping[str, Any], *, told: Metadata | None = None, item: str | None = None
    ) -> Outcome:
        """The telling of one row, `place` being where the file has it; `told` is what the file says of all its rows.

        1. its text, else a page; 2. else what is given of its text; 3. what is told of it; 4. what must be said.
        """
        fields = flattened(entry)
        # 1. text
        found = self._text("text", entry, fields)
        is_page = found is None and not self._named.of("text")
        if is_page:
            found = self._text("page", entry, fields)
            is_page = found is not None
        # 2. extract
        extract = found is None and not self._named.of("text") and _is_article(fields)
        if extract:
            found = self._text("extract", entry, fields)
        if found is None:
            return self.kept(name, Outcome(problems=(self._without_text(name, entry, fields),)))
        field, written = found
        # 3. metadata
        metadata, problems = self._metadata(name, entry, fields)
        outcome = as_telling(
            name, written, metadata.over(told) if told else metadata, f"{place}, {field}", is_page=is_page, item=item
        )
        if not outcome.tellings:
            return self.kept(name, outcome)
        # 4. notes
        if outcome.tellings[0].metadata.date.value is None:
            self._days.note(self._name, entry)
        else:
            self._days.dated()
        notes = list(problems)
        if extract:
            notes.append(an_extract(name, field))
        elif cut := _CUT.search(written.text):
            notes.append(_cut(name, int(cut["number"])))
        if (status := _status(fields)) in names_of("withdrawn"):
            notes.append(withdrawn(name, status))
        return replace(outcome, problems=(*notes, *outcome.problems)) if notes else outcome

    def kept(self, name: str, outcome: Outcome) -> Outcome:
        """`outcome`; of very many rows that are lost, the later ones are told of in one."""
        if not any(problem.lost for problem in outcome.problems):
            return outcome
        self._losses += 1
        if self._losses <= _NAMED:
            return outcome
        self._lost = [*self._lost[:1], name]
        return Outcome()

    # ---- all rows ------------------------------------------------------------------------

    def told(self) -> tuple[Problem, ...]:
        """What is said of the rows of the file as a whole, when all of them were read."""
        problems = list(self._missing)
        if self._guess is not None and not self.refused:
            problems.append(self._said(self._guess))
        for field, said in self._undated.items():
            if len(said) <= _DAYS:
                problems.extend(said)
            else:
                first = said[0].message.removeprefix(f"{field}: ")
                message = f"{len(said):,} rows have no day in {field} that can be used, the first: {first}"
                problems.append(replace(said[0], place=self._name, message=message))
        for field in sorted(self._in_order):
            message = (
                f"days in {field} are read with the {self._orders[normal(field)]} first, as those that can be no other"
            )
            problems.append(
                Problem(self._name, "date", message, "write the days as YYYY-MM-DD if it is otherwise", lost=False)
            )
        if self._lost:
            first, last = (place.rpartition("#")[2] for place in (self._lost[0], self._lost[-1]))
            message = f"more rows that could not be read, from {first} to {last}"
            problems.append(Problem(self._name, "malformed", message, "correct these places; the rest is read", True))
        return tuple(problems)

    @property
    def tells_of_texts(self) -> bool:
        """Whether some field is known, named or guessed to hold a text, or what is given of one."""
        if self._named.of("text"):
            return not self.refused
        known = ("text", "page", *(("extract",) if _is_article(self._columns) else ()))
        return self._guess is not None or any(name in self._columns for what in known for name in names_of(what))

    @property
    def columns(self) -> str:
        """The fields that there are, the first of many."""
        return _listed(list(self._columns.values()))

    def no_text(self) -> Problem:
        """That no field of the file holds the text of an article."""
        message = f"no field holds the text of an article; its fields are {self.columns}"
        remedy = "if one does, say so: --fields text=NAME"
        if _is_article(self._columns):
            remedy = f"get the articles themselves; {remedy}"
        return Problem(self._name, "malformed", message, remedy, lost=True)

    def _guessed(self, sample: Sequence[Mapping[str, Any]]) -> Guess | None:
        """What the fields hold, where none that is known, or was named, holds a text; where one holds an extract, the
        text has to be longer."""
        if self._named.of("text") or not sample:
            return None
        rows = [flattened(entry) for entry in sample]
        if any(as_text(fields.get(key)) for fields in rows for what in ("text", "page") for key in names_of(what)):
            return None
        given = (fields.get(key) for fields in rows if _is_article(fields) for key in names_of("extract"))
        extract = max((len(found.text) for value in given if (found := as_text(value))), default=0)
        return guessed(rows, longer_than=_LONGER * extract)

    def _said(self, guess: Guess) -> Problem:
        """What was guessed, and how one says it otherwise."""
        shown = [f"{'day' if role == 'date' else role} from {self._written(field)!r}" for role, field in guess.fields]
        shown[0] += " (the longest)"
        known = {field for _, field in guess.fields} | {name for role in ROLES for name in names_of(role)}
        others = [name for key, name in self._columns.items() if key not in known]
        message = f"its fields are of no known set; guessed: {', '.join(shown)}"
        if others:
            message += f"; not read: {_listed(others)}"
        example = ",".join(f"{role}={self._written(field)}" for role, field in guess.fields[:2])
        return Problem(self._name, "fields", message, f"if it is otherwise, say so: --fields {example}", lost=False)

    def _is_there(self, role: str) -> bool:
        """Whether any of the fields named for `role` is in the file."""
        return not self._columns or any(normal(field) in self._columns for field in self._named.of(role))

    def _without(self, role: str) -> Problem:
        fields = " or ".join(repr(field) for field in self._named.of(role))
        message = f"it has no field {fields}, named for {role}; its fields are {self.columns}"
        lost = role == "text"
        return Problem(self._name, "fields", message, f"name one of these: --fields {role}=NAME", lost)

    # ---- fields --------------------------------------------------------------------------

    def _written(self, field: str) -> str:
        return self._columns.get(field, field)[:_LONGEST_NAME]

    def _given(self, role: str, entry: Mapping[str, Any], fields: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        """The fields of `role` that say something, in the order in which they are tried: those named alone, where any
        of them is in the file; else those that are known, and those guessed."""
        named = self._named.of(role)
        if named and (role == "text" or self._is_there(role)):
            for key in named:
                if not is_nothing(value := _value(key, entry, fields)):
                    yield normal(key), value
            return
        for key in (*names_of(role), *(self._guess.of(role) if self._guess else ())):
            if key in fields and not is_nothing(fields[key]):
                yield key, fields[key]

    def _text(self, role: str, entry: Mapping[str, Any], fields: Mapping[str, Any]) -> tuple[str, Written] | None:
        """The first field of `role` that holds a text, by its name as it is written."""
        for key, value in self._given(role, entry, fields):
            if (found := as_text(value, key)) is not None:
                return self._written(key), found
        return None

    def _metadata(
        self, name: str, entry: Mapping[str, Any], fields: Mapping[str, Any]
    ) -> tuple[Metadata, tuple[Problem, ...]]:
        problems: list[Problem] = []

        def told(role: str, read: Callable[[Any], str] = as_name, *, web: bool | None = None) -> Attested | None:
            unread = None
            for key, given in self._given(role, entry, fields):
                value = read(given)
                # Under "source" some write the outlet and some the address.
                if value and (key != "source" or web is None or bool(_WEB.match(value)) is web):
                    if read in (as_name, _as_authors) and "&" in value:  # many are written as the page had them
                        value = " ".join(unescape(value).split())
                    return Attested(value, f"{self._form} {self._written(key)}")
                unread = unread or (None if value else (key, given))
            if unread is not None:
                message = f"its {self._written(unread[0])} is {kind_of_value(unread[1])}, which cannot be read"
                problems.append(Problem(name, "malformed", message, "write it as text", lost=False))
            return None

        language = told("language")
        metadata = Metadata(
            self._date(name, entry, fields),
            title=told("title"),
            publisher=told("publisher", web=False),
            author=told("author", _as_authors),
            url=told("url", as_address, web=True),
            language=language_code(language.value) if language else "en",
        )
        return metadata, tuple(problems)

    def _date(self, name: str, entry: Mapping[str, Any], fields: Mapping[str, Any]) -> DocumentDate:
        """The day of the first field that gives one; a refusal is told with those of the other rows."""
        given = ((self._written(key), value) for key, value in self._given("date", entry, fields))
        date, problems = first_day(name, self._form, given, f"{self._form}-field", read=self._day)
        for problem in problems:
            self._undated[problem.message.partition(":")[0]].append(problem)
        return date

    def _day(self, field: str, value: Any) -> date:
        """The day that a value of a field names. Raises DateError."""
        try:
            return day_of(value)
        except DateError:
            in_order = day_in_order(value, self._orders.get(normal(field)))
            if in_order is value:
                raise
        self._in_order.add(field)
        return day_of(in_order)

    def _ordered(self, sample: Sequence[Mapping[str, Any]]) -> Mapping[str, str]:
        """In which order days are written in the fields that hold days."""
        rows = [flattened(entry) for entry in sample]
        fields = {
            *map(normal, self._named.of("date")),
            *names_of("date"),
            *(self._guess.of("date") if self._guess else ()),
        }
        found = {field: order_of_days(row.get(field) for row in rows) for field in fields}
        return {field: order for field, order in found.items() if order}

    def _without_text(self, name: str, entry: Mapping[str, Any], fields: Mapping[str, Any]) -> Problem:
        """Why a row gives no telling: no field of text, one of another kind, or an empty one."""
        if (kind := fields.get("type")) in names_of("no_text"):
            message = f"it is of the type {kind}, which has no text of its own"
            return Problem(name, "no-article", message, "nothing to do; its caption is no article", lost=True)
        filled = [key for key, value in self._given("text", entry, fields) if str(value).strip()]
        if not filled and any(key in fields for key in map(normal, self._named.of("text") or names_of("text"))):
            return empty(name)
        message = "no field holds the text of an article"
        if _is_article(fields) and not filled:
            message += ", only what is told of one"
            remedy = "get the article itself; or say which field holds it: --fields text=NAME"
            return Problem(name, "malformed", message, remedy, lost=True)
        if filled:
            what = "without a word" if isinstance(fields[filled[0]], str) else kind_of_value(fields[filled[0]])
            message = f"its {self._written(filled[0])} is {what}, which is no text"
        remedy = "name the field text, body, content or articleBody, or say which it is: --fields text=NAME"
        return Problem(name, "malformed", message, remedy, lost=True)


def _value(key: str, entry: Mapping[str, Any], fields: Mapping[str, Any]) -> Any:
    """The value of a field by its name: as it is written, "OUTER.INNER", or without case and marks."""
    if key in entry:
        return entry[key]
    outer, dot, inner = key.partition(".")
    if dot and isinstance(within := entry.get(outer), dict) and inner in within:
        return within[inner]
    return fields.get(normal(key))


def _is_article(fields: Mapping[str, Any]) -> bool:
    """Whether fields tell of an article: they have an address or a day of publication."""
    return any(not is_nothing(fields.get(key)) for role in ("url", "date") for key in names_of(role))


def _status(fields: Mapping[str, Any]) -> str:
    """What an item says of its own standing, as the last part of a code ("stat:canceled")."""
    value = next((fields[key] for key in names_of("status") if isinstance(fields.get(key), str)), "")
    return str(value).rpartition(":")[2].strip().lower()


def an_extract(name: str, field: str) -> Problem:
    """That a text is no article, but what is given of one: its abstract, a lead, a note."""
    message = f"the text is an extract: there is no article in it but its {field}"
    return Problem(name, "left-out", message, "get the article itself", lost=False)


def withdrawn(name: str, status: str) -> Problem:
    """That an item of an agency was withdrawn; it is kept."""
    message = f"who sent it says that it is {status}"
    return Problem(name, "no-article", message, "take it out, unless you want what was withdrawn", lost=False)


def _cut(name: str, more: int) -> Problem:
    """A text that the service which gave it has cut."""
    message = f"the text is an extract: {more:,} more characters of it are not in the file"
    return Problem(name, "left-out", message, "get the article itself", lost=False)


def _listed(names: Sequence[str]) -> str:
    """Names of fields, the first of many."""
    shown = ", ".join(name[:_LONGEST_NAME] for name in names[:_SHOWN])
    more = len(names) - _SHOWN
    return (shown + (f" and {more} more" if more > 0 else "")) or "none"


def _as_authors(value: Any) -> str:
    """Names of authors without the word before the first of them."""
    return without_by(as_name(value))
