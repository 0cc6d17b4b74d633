"""What a library tells of what it keeps: stories and tellings as they are listed, lines that were found or changed,
what was added, decided and taken out. Days are YYYY-MM-DD; times are UTC, ISO 8601."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tellings.model.records import Change, Problem
from tellings.model.text import Span

#: Kinds of lines that can be searched.
LineKind = Literal["text", "quote", "fact", "event"]
#: Of two tellings: "one story", "other story". Of the values, or of those who are named, at two places: "one thing",
#: "other thing"; "one person", "other person". Of the paragraph at a place "residue", "no residue"; of the quotation
#: there "speaker". The value of all that is of places are the words there (and the speaker's name), as JSON. Of a story
#: "title"; of a telling "date", YYYY-MM-DD; of either "note", "label", as many as one likes.
DecisionKind = Literal[
    "one story", "other story", "one thing", "other thing", "one person", "other person", "residue", "no residue",
    "speaker", "title", "date", "note", "label",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class KeptStory:
    """A story as it is listed. `new`: its tellings that came, or changed, since it was last looked at."""

    id: str
    title: str
    first: str | None
    last: str | None
    tellings: int
    outlets: int
    new: int


@dataclass(frozen=True, slots=True)
class KeptTelling:
    """A telling as it is shown; `revisions` is how many texts it had so far."""

    id: str
    title: str | None
    publisher: str | None
    published: str | None
    address: str | None
    name: str
    words: int
    revisions: int
    added: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A line that words were found in: `words` is what stands at `span` of the telling, and `marks` are where the words
    looked for stand in it, from its beginning."""

    telling: str
    story: str
    publisher: str | None
    published: str | None
    title: str | None
    kind: LineKind
    speaker: str | None
    words: str
    span: Span
    marks: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class TellingWords:
    """What stands at `span` of the text of a telling."""

    telling: str
    publisher: str | None
    published: str | None
    words: str
    span: Span


@dataclass(frozen=True, slots=True)
class Development:
    """What is other in a story than it was: a `value` that stands beside an earlier one, persons who are named for the
    first time, a `text` whose words were others, another `story` that tellings of it moved to. `what` says in words
    what it is, `about` of what; `before` are the words as they stood then (of a text: in the one that the telling had
    then), `now` those that stand there now."""

    kind: Literal["value", "person", "text", "story"]
    what: str
    about: str
    before: tuple[TellingWords, ...]
    now: tuple[TellingWords, ...]


@dataclass(frozen=True, slots=True)
class Alert:
    """What is new for a saved search, `hits`, or in a story that is followed, `developments`."""

    name: str
    hits: tuple[Hit, ...] = ()
    developments: tuple[Development, ...] = ()


@dataclass(frozen=True, slots=True)
class News:
    """What is new in a story since it was last looked at: tellings that came or changed, and what they say that no
    earlier one does."""

    story: KeptStory
    tellings: tuple[KeptTelling, ...]
    lines: tuple[TellingWords, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed from one revision of a telling to the next; `at` is when the later was added."""

    telling: str
    revision: int
    at: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision: `a` and `b` are ids of tellings or stories, or places ("ID@START-END"); `undone_by` is `None`
    while it holds."""

    number: int
    kind: DecisionKind
    a: str
    b: str | None
    value: str | None
    who: str
    at: str
    undone_by: str | None = None
    undone_at: str | None = None


@dataclass(frozen=True, slots=True)
class Addition:
    """One time that something was added: tellings and revisions that were new, and those that were known. `fields` are
    those of tables and of JSON that were named for something, each "ROLE=FIELD"."""

    number: int
    at: str
    program: str
    paths: tuple[str, ...]
    fields: tuple[str, ...]
    new_tellings: int
    new_revisions: int
    known: int


@dataclass(frozen=True, slots=True)
class Added:
    """What an addition brought: ids of new tellings, of those that have a new revision, how many articles were known,
    the stories that are others now, and what was wrong."""

    number: int
    new: tuple[str, ...]
    revised: tuple[str, ...]
    known: int
    stories: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken out: of which tellings (ids), and at how many places; records given out before that hold it (when
    and where each was written), and backups of the library that do."""

    tellings: tuple[str, ...]
    places: int
    given_out: tuple[tuple[str, str], ...]
    backups: tuple[str, ...]
