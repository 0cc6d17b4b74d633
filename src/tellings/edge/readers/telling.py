"""What every reader hands on: a telling not yet named, with the problems met while reading it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from tellings.edge.characters import ODD
from tellings.edge.twice import twice_encoded
from tellings.model.records import Attested, DocumentDate, Hint, Locator, Post, Problem
from tellings.model.text import View

#: The most edits that make a text readable: the richest of 749 real pages has 3,757.
MOST_EDITS = 500_000
#: A single telling longer than this (characters) is refused: no article is, and every stage would crawl.
LONGEST_TELLING = 5_000_000
#: How much is kept of a title, or of another part of the metadata (characters).
_LONGEST_VALUE = 2_000

NO_DATE = DocumentDate(None, evidence="no date found", rule="none")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is told about a telling beside its text; `None` where nothing is."""

    date: DocumentDate = NO_DATE
    title: Attested | None = None
    publisher: Attested | None = None
    author: Attested | None = None
    url: Attested | None = None
    language: str = "en"

    def over(self, other: Metadata) -> Metadata:
        """This, with what it does not tell taken from `other`."""
        return Metadata(
            other.date if self.date.rule == NO_DATE.rule and other.date is not NO_DATE else self.date,
            self.title or other.title,
            self.publisher or other.publisher,
            self.author or other.author,
            self.url or other.url,
            other.language if self.language == "en" else self.language,
        )


@dataclass(frozen=True, slots=True)
class Read:
    """One telling as read, before it is given its id; `name` is unique within its file.

    `locators` are where a file that is no text has its stretches, `file_digest` the SHA-256 of its bytes. `item` is
    what a feed calls it: the same in another file, with the same words, is the same telling. `posts` are the stretches
    that have days of their own.
    """

    name: str
    media_type: str
    view: View
    metadata: Metadata
    hints: tuple[Hint, ...] = ()
    locators: tuple[Locator, ...] = ()
    file_digest: str | None = None
    item: str | None = None
    posts: tuple[Post, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that came of one file; `ours` are the places in it that tellings has written itself."""

    tellings: tuple[Read, ...] = ()
    problems: tuple[Problem, ...] = ()
    ours: tuple[str, ...] = ()


def attested(value: str, evidence: str) -> Attested | None:
    """`value` as a part of the metadata that `evidence` tells; `None` for one without a word."""
    return Attested(value.strip()[:_LONGEST_VALUE], evidence) if value.strip() else None


def joined(outcomes: Iterable[Outcome]) -> Outcome:
    """All of `outcomes` in one, in their order."""
    tellings: list[Read] = []
    problems: list[Problem] = []
    ours: list[str] = []
    for outcome in outcomes:
        tellings.extend(outcome.tellings)
        problems.extend(outcome.problems)
        ours.extend(outcome.ours)
    return Outcome(tuple(tellings), tuple(problems), tuple(ours))


def too_long(name: str, size: int) -> Problem:
    """The refusal of a telling that is longer than any article (`size` in characters)."""
    return Problem(
        name,
        "too-large",
        f"{size:,} characters: one telling may have {LONGEST_TELLING:,} characters",
        "split it into one file per article, or one JSON line per article",
        lost=True,
    )


def beyond(name: str, content: str) -> Problem | None:
    """The refusal of a text that is longer than any article, or has more characters than any that are not shown as they
    are written (each takes a hundred bytes to remember); `None` for all others."""
    if len(content) > LONGEST_TELLING:
        return too_long(name, len(content))
    # In fewer characters there cannot be so many.
    if len(content) > MOST_EDITS and (
        next(islice(ODD.finditer(content), MOST_EDITS, None), None)
        or len(twice_encoded(content, MOST_EDITS + 1)) > MOST_EDITS
    ):
        return too_many(name, f"{MOST_EDITS:,} characters that are not shown as they are written", "text")
    return None


def too_large(name: str, most: int, remedy: str) -> Problem:
    """The refusal of a file, or of a line, of more than `most` bytes, which was not read to its end."""
    return Problem(name, "too-large", f"more than {most:,} bytes, the most that is read of it", remedy, lost=True)


def too_many(name: str, most: str, what: str = "page") -> Problem:
    """The refusal of a page of more than `most` tags, or of other things of which no article has so many."""
    message = f"more than {most}, the most that is read of a {what}"
    return Problem(name, "too-large", message, "save the text of the article as .txt", lost=True)


def empty(name: str) -> Problem:
    """The refusal of a telling without a single visible character."""
    return Problem(name, "empty", "there is no text in it", "look at the file; take it out if it is empty", lost=True)


def is_visible(text: str) -> bool:
    """Whether there is a character in it that one sees: no space, and no mark that is none without a letter."""
    return any(not (each.isspace() or unicodedata.category(each).startswith("M")) for each in text)


def bad_date(name: str, where: str, reason: object) -> Problem:
    """A date that cannot be used; its telling is kept, its date unknown."""
    return Problem(name, "date", f"{where}: {reason}", "correct the date (YYYY-MM-DD) or take it out", lost=False)


def read_otherwise(name: str, note: str) -> Problem:
    """Characters that were read in another way than what tells of them says, or than most are."""
    return Problem(name, "encoding", note, "save it as UTF-8 if characters look wrong", lost=False)


def encoded_twice(name: str, count: int) -> Problem:
    """Characters of this telling were encoded twice before it reached us."""
    times = "once" if count == 1 else f"{count} times"
    return Problem(
        place=name,
        kind="encoding",
        message=f"characters were encoded twice, {times}; they are shown as what was meant",
        remedy="nothing to do; the source keeps them as they are",
        lost=False,
    )


def unseen_characters(name: str, worded: str) -> Problem:
    """Characters that no reader of the page sees and the view leaves out."""
    return Problem(
        name, "characters", f"left out of the view: {worded}", "nothing to do; the source keeps them", lost=False
    )


def left_out(name: str, things: str) -> Problem:
    """What a file holds beside its text and is not read: comments, attachments, deleted words."""
    return Problem(
        name, "left-out", f"not read: {things}", "nothing to do, unless it belongs to the article", lost=False
    )
