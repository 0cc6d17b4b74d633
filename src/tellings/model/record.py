"""The record of a story, as shown and as saved: what `record.json` holds, field for field.

Every line carries `Evidence`: a telling's label, a half-open span in code points of that
telling's text, and the exact words there. Nothing here says anything that no evidence stands for, and every entry
carries `why` it is there.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from html import escape
from typing import TYPE_CHECKING, Any, Literal

from tellings.model.counted import count
from tellings.model.records import (
    Bound,
    Certainty,
    ChangeKind,
    DecidedKind,
    EditKind,
    EventPart,
    Explanation,
    Interval,
    Problem,
    QuoteStatus,
    QuoteType,
    Relation,
    SpeakerRank,
    Stance,
    Substance,
    WordsFrom,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Fields of a record in which evidence stands.
_WITH_EVIDENCE = (
    *("head", "people", "timeline", "quotes", "facts", "passages", "credits", "brief", "decisions"),
    "revisions",
)
#: Name of the format; the number rises when a field changes its meaning.
FORMAT = "tellings-record/2"


@dataclass(frozen=True, slots=True)
class Evidence:
    """`exact` is what stands at `[start, end)` of the text of telling `telling` (a label)."""

    telling: str
    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class Why:
    """Why something stands in the record: the `stage` that found it, by which `rule`, with which `score` (uncalibrated,
    0 to 1; `None` where the rule has none), and the words it leaned on beside those shown (empty: none)."""

    stage: str
    rule: str
    score: float | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch inside an Evidence worth pointing at: `role` is "time", "value", "source", "cue", "head"."""

    start: int
    end: int
    role: Literal["time", "value", "source", "cue", "head"]


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, verbatim, with the stretches that matter marked (spans of the telling's text)."""

    words: Evidence
    why: Why = field(kw_only=True)
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockLine:
    """A block of a telling: its span, kind, whether it tells the story, and the rule that said so."""

    start: int
    end: int
    kind: str
    story: bool
    rule: str


@dataclass(frozen=True, slots=True)
class DateLine:
    """A document date with its evidence and how sure it is; `value` and `certainty` are `None` when unknown."""

    value: date | None
    evidence: str
    not_before: date | None = None
    not_after: date | None = None
    certainty: Certainty | None = None


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part of a telling written at one time (a page can be stitched from several)."""

    start: int
    end: int
    date: DateLine


@dataclass(frozen=True, slots=True)
class Stated:
    """A metadata value and where it was read."""

    value: str
    evidence: str


@dataclass(frozen=True, slots=True)
class SourceEdit:
    """`source[start:end]` is shown as `shown` in the telling's text."""

    start: int
    end: int
    shown: str


@dataclass(frozen=True, slots=True)
class LocatorLine:
    """Where the file has a stretch of the text: "page 2, block 1"."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class DecidedLine:
    """What a person said of a stretch of a telling, which it was read by: as in `tellings.model.records.Decided`."""

    kind: DecidedKind
    start: int
    end: int
    name: str | None


@dataclass(frozen=True, slots=True)
class TellingLine:
    """One telling as read.

    `label` is how lines refer to it (A, B, …). `digest` is the SHA-256 of the source's characters
    (UTF-8); `edits` turn the source into `text` (empty: the text is the source). `text` is `None`
    in a record written without texts. `words` counts the words of story blocks, `shared` how many
    of them stand in passages shared with another telling. `language` is the one declared, `detected` what the text
    itself shows (`None` where that is not sure). `file_digest` and `locators` are those of a file whose characters
    are taken out of it, such as a PDF, or of one in an archive: the SHA-256 of its bytes, and where it has the blocks.
    `decided` is what a person said of stretches of it.
    """

    label: str
    id: str
    name: str
    origin: str
    media_type: str
    digest: str
    date: DateLine
    title: Stated | None
    publisher: Stated | None
    author: Stated | None
    url: Stated | None
    language: str
    detected: Stated | None
    text: str | None
    edits: tuple[SourceEdit, ...]
    blocks: tuple[BlockLine, ...]
    parts: tuple[PartLine, ...]
    words: int
    shared: int
    file_digest: str | None = None
    locators: tuple[LocatorLine, ...] = ()
    decided: tuple[DecidedLine, ...] = ()

    @property
    def read_as(self) -> str:
        """The language of its words: what they show, else what was declared."""
        return self.detected.value if self.detected else self.language


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A day or an interval, and what the tellings say happened then, each in its own words.

    `vague`: the tellings give no single day. `inferred`: part of the date (a year, a direction)
    was concluded, not written. `announced`: told of as still to come. `origins` counts
    independent origins among the tellings of this entry. `weight`: how much it made the story, by who speaks of it and
    how long afterwards (`tellings.across.chronology.weight`). `who`: the person whom the first line means by its first
    word. `then`: the entries that later tell of what this one announces. `part`: where it stands in the story; of an
    "undated" one `when` are the days on which it may have happened.
    """

    id: str
    when: Interval
    vague: bool
    inferred: bool
    announced: bool
    lines: tuple[Line, ...]
    origins: int
    why: Why = field(kw_only=True)
    weight: float = 0.0
    who: str | None = None
    then: tuple[str, ...] = ()
    part: EventPart = "story"


@dataclass(frozen=True, slots=True)
class DigestLine:
    """A sentence of the brief, or of the news: its words, the day of what it tells where that is known, and sentences
    of other tellings: the first `same` of `also` say the same, the others tell of the same event. `origins` counts the
    independent origins of those that say it. `who` as in TimelineEntry."""

    id: str
    words: Evidence
    when: Interval | None
    also: tuple[Evidence, ...]
    same: int
    origins: int
    why: Why = field(kw_only=True)
    who: str | None = None

    @property
    def saying_it(self) -> tuple[Evidence, ...]:
        """Its words, and those of the tellings that say the same."""
        return (self.words, *self.also[: self.same])


@dataclass(frozen=True, slots=True)
class SpeakerLine:
    """Who is quoted. `name` is a name some telling prints, or the words that describe the speaker;
    `None` when nobody is named. `person` points into `Record.people`. `rank` says how sure that is; `others` are the
    names of those who may be meant instead, likeliest first."""

    name: str | None
    person: str | None
    rank: SpeakerRank = "said by"
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """How a variant differs from the fullest text: `words` as this telling has them, `base` as cited there."""

    kind: EditKind
    words: Evidence
    base: Evidence


@dataclass(frozen=True, slots=True)
class VariantLine:
    """One telling's version of an utterance: its stretches, and who it says spoke, in its words.

    `stance` is what its source does with the words; `marker` are the words that say so where the cue does not. `lead`
    are the words up to what is quoted, where it is not simply said ("has denied", "accused"). `circumstances` are the
    words that tell when, where and to whom it was said. `earlier`: it was said before something else that is said now.
    `probability` is how often a speaker told of in this way is the right one, calibrated. `printed` is how many words
    of the fullest text it prints; 0 where it tells all in its own, or where there is no fullest text. `named` is who
    speaks as this telling names or describes them, `None` where it has a pronoun that cannot be placed, or nobody.
    `types` are those of its stretches, `type` that of all, "mixed" where they differ.
    """

    telling: str
    type: QuoteType
    stretches: tuple[Evidence, ...]
    source: Evidence | None
    cue: Evidence | None
    medium: Evidence | None
    said: Interval | None
    sentence: Evidence
    why: Why = field(kw_only=True)
    differences: tuple[Difference, ...] = ()
    audience: Evidence | None = None
    stance: Stance = "says"
    marker: Evidence | None = None
    earlier: bool = False
    lead: Evidence | None = None
    circumstances: tuple[Evidence, ...] = ()
    probability: float | None = None
    printed: int = 0
    named: str | None = None
    types: tuple[QuoteType, ...] = ()


@dataclass(frozen=True, slots=True)
class PieceLine:
    """A piece of the fullest text; `words` is `None` for a gap that no telling fills."""

    words: Evidence | None


@dataclass(frozen=True, slots=True)
class OneOriginLine:
    """Tellings (labels) that have the words of one utterance from one place, by their own `words`: a post, a statement,
    what one outlet was told (one of the labels may be that outlet's own telling, which need not say so)."""

    kind: WordsFrom
    labels: tuple[str, ...]
    words: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class QuoteEntry:
    """One utterance with its variants. Entries that name nobody (`speaker.rank` "unsure") are shown apart, with
    `reason`. `origins` counts independent origins; tellings that have the words from one place (`from_one`) count as
    one. `words` is how many words the fullest text has, 0 where there is none."""

    id: str
    speaker: SpeakerLine
    status: QuoteStatus
    reason: str | None
    variants: tuple[VariantLine, ...]
    fullest: tuple[PieceLine, ...]
    origins: int
    why: Why = field(kw_only=True)
    from_one: tuple[OneOriginLine, ...] = ()
    words: int = 0


@dataclass(frozen=True, slots=True)
class ValueLine:
    """A value of a question, with each sentence that gives it (the value marked)."""

    label: str
    bound: Bound
    lines: tuple[Line, ...]
    origins: int
    why: Why = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class FactEntry:
    """A question: what (`kind`, `head`, `scope`), of whom, its values, and how they relate; `explanation` is the
    arithmetic where the relation rests on one. `apart`: values that a person said are not of the same thing.
    `probability`: how likely the first two values answer one question, where a model put them together. `weight`: what
    it is worth to a reader, by where its values stand and how many origins give them."""

    id: str
    kind: str
    head: str
    whom: str | None
    scope: str
    relation: Relation
    explanation: Explanation | None
    values: tuple[ValueLine, ...]
    why: Why = field(kw_only=True)
    apart: tuple[Evidence, ...] = ()
    probability: float | None = None
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class PassageLine:
    """A passage that two tellings share; `words` counts equal words."""

    id: str
    a: Evidence
    b: Evidence
    words: int
    kind: Literal["reporting", "quotation"]
    why: Why = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class NearDuplicateLine:
    """Two tellings (labels) whose story text largely agrees; shares are 0 to 1."""

    id: str
    a: str
    b: str
    containment: float
    resemblance: float
    rule: str
    why: Why = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class CreditLine:
    """Tellings (labels) that are one origin because some credit the others, or all credit one outlet; `words` are the
    credits as printed."""

    id: str
    labels: tuple[str, ...]
    words: tuple[Evidence, ...]
    why: Why = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """What a person decided, and the record was made with: the values, or the persons, at `a` and `b` are `kind`."""

    kind: Literal["not the same thing", "the same thing", "not the same person", "the same person"]
    a: Evidence
    b: Evidence


@dataclass(frozen=True, slots=True)
class Given:
    """What was given to be read: `paths` as they were typed (sorted, each once), and how many `articles` they held.

    `digest` is the SHA-256 (hexadecimal) of the sorted lines "NAME, tab, DIGEST, line feed" of these articles. `fields`
    are those of tables and of JSON that were named for something, each "ROLE=FIELD".
    """

    paths: tuple[str, ...]
    articles: int
    digest: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person, with the names the tellings use, once for each telling and form."""

    id: str
    name: str
    names: tuple[Evidence, ...]
    why: Why = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class EarlierWords:
    """`exact` is what stands at `[start, end)` of the text that a telling had before."""

    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What of substance a telling has otherwise than before: `what` is of "number", "quotation", "name", "headline".
    `before` and `after` are `None` where there is nothing, or, of a headline, where it stands beside the text."""

    kind: ChangeKind
    what: tuple[Substance, ...]
    before: EarlierWords | None
    after: Evidence | None


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """A text that a telling (its label) had before: the `number` of it (1 is the first), when it was `kept` (UTC),
    the SHA-256 of its source's characters, and what the telling has otherwise now. `text` is `None` in a record
    written without texts."""

    telling: str
    number: int
    kept: datetime
    digest: str
    title: Stated | None
    text: str | None
    changes: tuple[ChangeLine, ...]
    why: Why = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Head:
    """The record in one glance.

    `outlets` counts the publishers that are named, `unnamed` the tellings that name none; `first` and
    `last` are document dates, `undated` counts tellings without.
    """

    tellings: int
    outlets: int
    unnamed: int
    origins: int
    first: date | None
    last: date | None
    undated: int
    title: Evidence | None


@dataclass(frozen=True, slots=True)
class Record:
    """The record of one story.

    `revisions` are texts that tellings had before, from a library that kept them, and what of substance changed.
    `given` is what it was read from; `None` where no paths were given, but tellings.
    `digest` is the SHA-256 (hexadecimal) of all other fields (`tellings.edge.writers.json.digest_of`), so that any edit
    shows; empty for a record that was not sealed.
    """

    format: str
    version: str
    head: Head
    tellings: tuple[TellingLine, ...]
    people: tuple[PersonLine, ...]
    timeline: tuple[TimelineEntry, ...]
    quotes: tuple[QuoteEntry, ...]
    facts: tuple[FactEntry, ...]
    passages: tuple[PassageLine, ...]
    near_duplicates: tuple[NearDuplicateLine, ...]
    origins: tuple[tuple[str, ...], ...]
    problems: tuple[Problem, ...] = field(default=())
    credits: tuple[CreditLine, ...] = ()
    brief: tuple[DigestLine, ...] = ()
    decisions: tuple[DecisionLine, ...] = ()
    given: Given | None = None
    revisions: tuple[RevisionLine, ...] = ()
    digest: str = ""

    def evidence(self) -> Iterator[tuple[str, Evidence]]:
        """Every Evidence of the record with the path of fields that leads to it."""
        for name in _WITH_EVIDENCE:
            yield from _evidence(name, getattr(self, name))

    def telling(self, label: str) -> TellingLine:
        """The telling labelled `label`. Raises KeyError."""
        for telling in self.tellings:
            if telling.label == label:
                return telling
        raise KeyError(label)

    def _repr_html_(self) -> str:
        """What a notebook shows: the head, and the timeline as a table."""
        rows = "".join(
            f"<tr><td>{_days(entry.when)}</td><td>{escape(line.words.exact)}</td><td>{escape(line.words.telling)}</td></tr>"
            for entry in self.timeline
            for line in entry.lines[:1]
        )
        head = self.head
        return (
            f"<p><b>{count(head.tellings, 'article')}, {count(head.origins, 'independent origin')}</b> · "
            f"{count(len(self.timeline), 'date')} · {count(len(self.quotes), 'quotation')} · "
            f"{count(len(self.facts), 'fact')}</p>"
            "<table><thead><tr><th>when</th><th>what a telling says</th><th>telling</th></tr></thead>"
            f"<tbody>{rows}</tbody></table>"
        )


def _evidence(path: str, value: Any) -> Iterator[tuple[str, Evidence]]:
    if isinstance(value, Evidence):
        yield path, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            label = getattr(item, "id", index)
            yield from _evidence(f"{path}[{label}]", item)
    elif is_dataclass(value):
        for item in fields(value):
            yield from _evidence(f"{path}.{item.name}", getattr(value, item.name))


def _days(when: Interval) -> str:
    return str(when.earliest) if when.earliest == when.latest else f"{when.earliest} to {when.latest}"
