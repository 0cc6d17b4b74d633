"""The records every stage adds: frozen, small, each able to say why it was made.

Spans are in code points of `Document.text` (the view). `None` means "not known"; an empty tuple
means "looked for and not there".
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from tellings.model.text import Span, View


@dataclass(frozen=True, slots=True)
class Provenance:
    """Why a finding was made.

    `stage` and `rule` name the room and the rule; `score` is uncalibrated, 0 to 1, `None` where
    the rule has none; `evidence` are the spans (of the same document) the rule leaned on.
    """

    stage: str
    rule: str
    score: float | None = None
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """Earliest and latest day a vague date can mean, both included."""

    earliest: date
    latest: date

    def __post_init__(self) -> None:
        if self.latest < self.earliest:
            raise ValueError(f"latest {self.latest} lies before earliest {self.earliest}")

    def overlaps(self, other: Interval) -> bool:
        """Whether some day lies in both."""
        return self.earliest <= other.latest and other.earliest <= self.latest

    def contains(self, other: Interval) -> bool:
        """Whether every day of `other` lies in this interval."""
        return self.earliest <= other.earliest and other.latest <= self.latest

    @property
    def days(self) -> int:
        """Number of days, at least 1."""
        return (self.latest - self.earliest).days + 1


#: Of what is told to have happened, and nothing says when.
ANY_DAY = Interval(date.min, date.max)


# ---- what was received -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Attested:
    """A metadata value with where it was read ("json-ld datePublished", "first line", …)."""

    value: str
    evidence: str


#: How sure a document's day is: something says that it is the day of publication; it stands where such days stand, and
#: nothing says what it is; it was concluded.
Certainty = Literal["stated", "printed", "inferred"]
#: Rules of documents' days that are not stated.
_PRINTED = frozenset({"date-line", "meta-vague", "time", "address", "document-properties"})
_INFERRED = frozenset({"htmldate", "updated"})


@dataclass(frozen=True, slots=True)
class DocumentDate:
    """Document creation time (DCT).

    `value` is `None` when unknown; `not_before` and `not_after` then bound it where the text
    gives a reason. `evidence` says in words where it was read; `span` where that stands in the
    text, when it does.
    """

    value: date | None
    evidence: str
    rule: str
    span: Span | None = None
    not_before: date | None = None
    not_after: date | None = None

    @property
    def certainty(self) -> Certainty | None:
        """How sure `value` is; `None` where it is unknown."""
        if self.value is None:
            return None
        return "inferred" if self.rule in _INFERRED else "printed" if self.rule in _PRINTED else "stated"


@dataclass(frozen=True, slots=True)
class Detected:
    """The language a text is written in, by its own words: ISO 639-1, or "und" for one that is none of those known.

    Its provenance has the share of the words (of the letters) that show it, and the first of them.
    """

    language: str
    provenance: Provenance


ProblemKind = Literal[
    "unreadable",
    "empty",
    "encoding",
    "no-article",
    "malformed",
    "duplicate",
    "date",
    "too-large",
    "characters",
    "address",
    "language",
    "own-output",
    "several-stories",
    "left-out",
    "fields",
]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read as it stands. Never silent: shown on stderr and in the record.

    `place` names the file (and line); `lost` says whether a telling is missing because of it.
    """

    place: str
    kind: ProblemKind
    message: str
    remedy: str
    lost: bool


@dataclass(frozen=True, slots=True)
class Hint:
    """What mark-up says of a stretch of the view: the kind of block and the rule that said so."""

    span: Span
    kind: BlockKind
    rule: str


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a file that is no text (a PDF, a DOCX) has a stretch of the view, in words: "page 2, block 1"."""

    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class Post:
    """A stretch of the view that mark-up dates by itself: an entry of a page that is written on through the day."""

    span: Span
    date: DocumentDate


#: The rule of what stands as a person decided.
DECIDED = "decided"
#: What a person may say of a stretch of a telling.
DecidedKind = Literal["residue", "story", "speaker"]


@dataclass(frozen=True, slots=True, order=True)
class Decided:
    """What a person said of a stretch of a telling: that it is residue, or of the story; or who speaks there: the one
    of this `name`, which the telling prints."""

    span: Span
    kind: DecidedKind
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One telling as received.

    `name` is the file name, with `#line` for a line of a JSONL file; `origin` the path as given.
    `hints` are block spans from mark-up, sorted, not overlapping (empty for plain text).
    `language` is the one declared ("en" where none is); `detected` what the text itself shows, `None` where that is
    not sure or was not asked. `file_digest` is the SHA-256 of the file's bytes, and `locators` where it has the text,
    for a file whose characters are taken out of it; `None` and empty where the file is the text. `posts` are in order,
    not overlapping; empty where the telling has one date. `decided` is what a person said of stretches of it, sorted.
    """

    id: str
    name: str
    origin: str
    media_type: str
    view: View
    date: DocumentDate
    title: Attested | None = None
    publisher: Attested | None = None
    author: Attested | None = None
    url: Attested | None = None
    language: str = "en"
    hints: tuple[Hint, ...] = ()
    detected: Detected | None = None
    file_digest: str | None = None
    locators: tuple[Locator, ...] = ()
    posts: tuple[Post, ...] = ()
    decided: tuple[Decided, ...] = ()

    @property
    def read_as(self) -> str:
        """The language it is read in: the text's own where it is sure, else the declared one."""
        return self.detected.language if self.detected else self.language

    @property
    def text(self) -> str:
        """The characters all spans of this document count in."""
        return self.view.text


# ---- within one telling ------------------------------------------------------------------

BlockKind = Literal[
    "headline", "subheading", "byline", "dateline", "updated", "paragraph", "list-item",
    "caption", "credit", "embed", "related", "promotion", "boilerplate", "metadata",
]  # fmt: skip
#: Kinds of block that tell the story. All others are residue: shown greyed, never read for findings.
STORY_KINDS: frozenset[str] = frozenset({"headline", "subheading", "paragraph", "list-item"})


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a telling with one role. Blocks tile the text (white space after belongs to it)."""

    span: Span
    kind: BlockKind
    provenance: Provenance

    @property
    def story(self) -> bool:
        """Whether it tells the story (else it is residue)."""
        return self.kind in STORY_KINDS


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a telling written at one time, with its own document date. Parts tile the text."""

    span: Span
    date: DocumentDate
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence. Sentences tile the text, residue too; `block` and `part` are indices."""

    span: Span
    block: int
    part: int


@dataclass(frozen=True, slots=True)
class Quoted:
    """A stretch in quotation marks: `span` with its marks, `content` without.

    `rule` says how the pairing was decided ("balanced", "never closed", …); `inner` are indices of
    stretches nested in this one; `outer` the index of the one it is nested in; `runs_on` whether the
    next paragraph goes on with it (a mark at the start of each paragraph, closed in the last).
    """

    span: Span
    content: Span
    rule: str
    outer: int | None = None
    runs_on: bool = False


@dataclass(frozen=True, slots=True)
class Stray:
    """A mark that could not be paired, and why."""

    span: Span
    reason: str


TimexType = Literal["DATE", "TIME", "DURATION", "SET"]


#: The span of a time expression, or the document creation time.
TimePoint = Span | Literal["dct"]


@dataclass(frozen=True, slots=True)
class Timex:
    """A TIMEX3 (ISO-TimeML): `value`, `mod`, `quant`, `freq` as the standard has them.

    `value` is `None` when it could not be resolved; `reason` then says why. `interval` is there for
    a DATE or TIME that was placed on the calendar; for a DURATION it is `None`. `inferred`: part
    of the value (a year, a direction) was not written but concluded. `anchor` is the span of the
    expression it was resolved against, `None` for the document date or for an absolute date.
    `begin_point` and `end_point` (beginPoint, endPoint): where a DURATION begins or ends, as the span of
    another time expression or the document creation time; for a DATE or TIME that is one end of a range
    ("from 1861 to 1865"), the other end.
    """

    span: Span
    type: TimexType
    value: str | None
    provenance: Provenance
    mod: str | None = None
    quant: str | None = None
    freq: str | None = None
    interval: Interval | None = None
    inferred: bool = False
    ambiguous: bool = False
    reason: str | None = None
    anchor: Span | None = None
    begin_point: TimePoint | None = None
    end_point: TimePoint | None = None


DatingBasis = Literal["own", "in force", "document", "undated"]
EventStatus = Literal["told", "announced", "negated", "hypothetical"]


@dataclass(frozen=True, slots=True)
class Dating:
    """The days on which what a clause tells of happened, as far as the text says.

    `basis`: an expression of its own, an earlier one still in force, the document date where the tense
    says so, or none of them (`reason` says why). `timexes` are the expressions it rests on, the two ends
    of a range both. `background`: the clause says something on the side ("who was born in 1950").
    """

    sentence: Span
    clause: Span
    basis: DatingBasis
    provenance: Provenance
    interval: Interval | None = None
    timexes: tuple[Span, ...] = ()
    status: EventStatus = "told"
    background: bool = False
    reason: str | None = None


MentionKind = Literal["name", "nominal", "pronoun"]
#: "outlet": an organisation that publishes; "group": several people at once ("the couple").
EntityKind = Literal["person", "group", "organisation", "outlet", "place", "work", "unknown"]
#: What pronouns mean it: "neuter" ("it") for a thing; "unknown" where it is not known, of a person mostly.
Gender = Literal["female", "male", "plural", "neuter", "unknown"]
#: What a gender rests on, the surest first: a title ("Mr"), a word for who it is ("her brother Ari"), pronouns of the
#: text, the given name; the kind ("plural" of a group, "neuter" of a thing); "nothing" where it is unknown.
GenderBasis = Literal["title", "role", "pronoun", "given name", "kind", "nothing"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that refers to somebody or something; `chain` is an index, `None` where not linked."""

    span: Span
    kind: MentionKind
    chain: int | None
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Chain:
    """One thing within one telling. `name` is its fullest name, verbatim, found at `name_span`; `gender_by` says how
    its gender is known."""

    name: str
    name_span: Span
    kind: EntityKind
    gender: Gender
    mentions: tuple[int, ...]
    provenance: Provenance
    gender_by: GenderBasis = "nothing"

    def may_be(self, gender: Gender) -> bool:
        """Whether a pronoun of that gender may mean it: "he" means no firm, and nobody known to be a woman."""
        return self.gender in (gender, "unknown")


QuoteType = Literal["direct", "mixed", "indirect"]
#: The rule of quotations that only the trained model finds.
MODEL = "trained model"
QuoteStatus = Literal["shown", "unsure", "not-a-statement"]
#: What a source does with what it is quoted with.
Stance = Literal["says", "denies", "asks", "retracts", "unsure"]
#: How sure it is who speaks: "said by" and "probably" name somebody, "unsure" names nobody.
SpeakerRank = Literal["said by", "probably", "unsure"]


#: Where words of several tellings are from, if from one place: a thing that exists once, or what one outlet was told.
WordsFrom = Literal["post", "statement", "letter", "essay", "note", "book", "outlet"]


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation (PARC 3.0: source, cue, content).

    `content` excludes the outer quotation marks, and the "that" of a reported clause; `span` includes them. A
    quotation that its cue interrupts is one Quote per stretch, the later ones with `continues` = index of the stretch
    before. `speaker` is a chain index; `None` with a `source` span means a speaker described but not named ("one
    fan"). `medium` is where it was said, `audience` to whom, `said` when. `status` "unsure" is shown apart, with
    `reason`; "not-a-statement" holds scare quotes, titles and inscriptions. `within` is the index of the quotation
    it is nested in. `stance` is what the source does with the content, `marker` the words that say so where the cue
    does not. `rank` says how sure the speaker is, `others` the chains that may be meant instead, likeliest first.
    `earlier`: the text says that the speaker said so before, and says otherwise now. `meant` are the words that say who
    a source is that is only a pronoun, where they are no name ("a clerk"). `probability` is how often a speaker found
    like this one is right, calibrated; `None` where nobody was named.
    """

    span: Span
    content: Span
    type: QuoteType
    status: QuoteStatus
    provenance: Provenance
    cue: Span | None = None
    source: Span | None = None
    speaker: int | None = None
    medium: Span | None = None
    audience: Span | None = None
    said: Interval | None = None
    reason: str | None = None
    continues: int | None = None
    within: int | None = None
    stance: Stance = "says"
    marker: Span | None = None
    rank: SpeakerRank = "said by"
    others: tuple[int, ...] = ()
    earlier: bool = False
    meant: Span | None = None
    probability: float | None = None

    @property
    def described(self) -> Span | None:
        """The words that say who speaks: the source, or what its pronoun stands for."""
        return self.meant or self.source

    @property
    def found_by_model(self) -> bool:
        """Whether no rule found it: that it is a quotation at all is not sure, and not only who speaks."""
        return self.provenance.rule == MODEL


FactKind = Literal["count", "age", "duration", "date", "ordinal", "money", "measure", "name", "clock", "claim"]
Bound = Literal["exact", "at least", "at most", "about", "nearly", "more than", "less than", "vague"]


#: How a number stands to a whole: it counts who did it, too; it is added to another; it is a part of another, or of
#: them.
Counted = Literal["attacker included", "additional", "included", "some of them"]


@dataclass(frozen=True, slots=True)
class Fact:
    """A value somebody gives for something.

    `head` is what is counted or measured, in a normal form (singular, lower case: "transfusion");
    `whom` a chain index, `whom_text` its name or `None`. `low` and `high` bound the number (in
    `unit`; days for durations; equal when exact; `high` is `None` where open-ended). A fact of kind
    "date" has `interval` instead. `quote` is the index of the quotation it stands in, if any. A fact that is not
    `compared` is read, and never said to differ from another telling's.

    What narrows the head: `scope` is a normal form of the words that do ("blood" of "blood transfusions", "injured");
    `counted` how the number stands to a whole; `named` are the names that spell out who is counted, `including` is one
    name among them; `since` is the year from which a rank counts.
    """

    span: Span
    kind: FactKind
    head: str
    provenance: Provenance
    value_span: Span
    head_span: Span | None = None
    whom: int | None = None
    whom_text: str | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    bound: Bound = "exact"
    scope: str = ""
    interval: Interval | None = None
    sentence: int = 0
    quote: int | None = None
    event: str = ""
    compared: bool = True
    counted: tuple[Counted, ...] = ()
    named: tuple[str, ...] = ()
    including: str = ""
    since: int | None = None

    @property
    def narrowed(self) -> str:
        """All that narrows the head, as one normal form; empty where nothing does."""
        parts = (
            *(self.scope, *self.counted),
            f"namely {', '.join(self.named)}" if self.named else "",
            f"including {self.including}" if self.including else "",
            f"since {self.since}" if self.since is not None else "",
        )
        return " ".join(filter(None, parts))


@dataclass(frozen=True, slots=True)
class Telling:
    """A document with all its within-records. Indices in records point into these tuples."""

    document: Document
    blocks: tuple[Block, ...] = ()
    parts: tuple[Part, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    timexes: tuple[Timex, ...] = ()
    mentions: tuple[Mention, ...] = ()
    chains: tuple[Chain, ...] = ()
    quotes: tuple[Quote, ...] = ()
    facts: tuple[Fact, ...] = ()
    datings: tuple[Dating, ...] = ()

    @property
    def id(self) -> str:
        """The document's id."""
        return self.document.id

    @property
    def text(self) -> str:
        """The characters all spans count in."""
        return self.document.text

    @property
    def story(self) -> tuple[int, ...]:
        """Indices of the sentences that tell the story."""
        blocks = self.blocks
        return tuple(
            index
            for index, sentence in enumerate(self.sentences)
            if sentence.block >= len(blocks) or blocks[sentence.block].story
        )

    def sentence_around(self, span: Span) -> Span:
        """The sentence around `span` without white space at its edges, or the sentences that it runs over; `span`
        itself where the telling has none that hold it whole."""
        if not self.sentences:
            return span
        first = max(0, bisect_right(self.sentences, span.start, key=_start) - 1)
        last = max(first, bisect_right(self.sentences, max(span.start, span.end - 1), key=_start) - 1)
        whole = Span(self.sentences[first].span.start, self.sentences[last].span.end).trimmed(self.text)
        return whole if whole.contains(span) else span


def _start(sentence: Sentence) -> int:
    return sentence.span.start


# ---- across tellings ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A span in a telling, from outside it."""

    telling: str
    span: Span


@dataclass(frozen=True, slots=True)
class StoryDecision:
    """What a person said of two tellings, by their ids: of one story ("same"), or not ("apart")."""

    kind: Literal["same", "apart"]
    a: str
    b: str


@dataclass(frozen=True, slots=True, order=True)
class ValueDecision:
    """What a person said of the values at two places: they are not of one thing, whatever the words say, or they are
    (`same`)."""

    a: Place
    b: Place
    same: bool = False


@dataclass(frozen=True, slots=True, order=True)
class PersonDecision:
    """What a person said of those who are named at two places: they are one, or (not `same`) who is named at `b` is
    not the one of `a`."""

    a: Place
    b: Place
    same: bool


@dataclass(frozen=True, slots=True)
class Person:
    """One person across tellings: `chains` are (telling id, chain index)."""

    name: str
    chains: tuple[tuple[str, int], ...]
    gender: Gender
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class NearDuplicate:
    """Two tellings whose story text largely agrees.

    `containment` is the share of the smaller one's shingles found in the larger, `resemblance`
    the Jaccard index (Broder 1997); both 0 to 1, over word shingles of story text.
    """

    a: str
    b: str
    containment: float
    resemblance: float
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Credit:
    """Tellings (ids, sorted) that are one report by their own words: some credit `outlet` (the key of its name) at
    `places`, the others are that outlet's own."""

    outlet: str
    tellings: tuple[str, ...]
    places: tuple[Place, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Passage:
    """An aligned stretch that two tellings share. `words` counts the words that are equal.

    `kind` "quotation": both stretches lie in quotations (two outlets quoting one speaker);
    "reporting": the telling's own words.
    """

    a: Place
    b: Place
    words: int
    kind: Literal["reporting", "quotation"]
    provenance: Provenance


#: "cut": a telling begins later or ends sooner than the fullest text, or leaves out what stands between two stretches.
EditKind = Literal["punctuation", "spelling", "omission", "marked omission", "insertion", "changed", "cut"]


@dataclass(frozen=True, slots=True)
class Variation:
    """A difference between a variant of a quotation and the family's fullest text.

    `variant` is the span in the variant's telling (empty where words are missing), `base` the place
    in the telling the fullest text cites there.
    """

    kind: EditKind
    variant: Place
    base: Place


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an assembled text: cited from `place`, `None` for a gap no telling fills."""

    place: Place | None


@dataclass(frozen=True, slots=True)
class Variant:
    """One telling's version, of what it prints or of what it tells in its own words: its quotations in order, how they
    differ from the fullest text, and how many words of this they print (0 where it tells them in its own, or where no
    text is assembled)."""

    telling: str
    quotes: tuple[int, ...]
    variations: tuple[Variation, ...] = ()
    printed: int = 0


@dataclass(frozen=True, slots=True)
class Family:
    """One utterance as several tellings give it, with the fullest text assembled from cited pieces; `words` is how many
    words this has."""

    variants: tuple[Variant, ...]
    fullest: tuple[Piece, ...]
    provenance: Provenance
    words: int = 0


#: How the values of a question relate. "to compare" claims nothing: they probably answer one question.
Relation = Literal[
    "same",
    "compatible",
    "updated",
    "corrected",
    "explained by time",
    "differs",
    "denied",
    "does not add up",
    "to compare",
    "unclear",
    "single",
]


@dataclass(frozen=True, slots=True)
class Term:
    """One term of an explanation: what it stands for (`role`), a value as printed, days, and numbers from `low` to
    `high`; `None` where there is none, or where it is open on that side.

    "value": a value, told on these days; "born": the days of birth that fit; "from", "to": the ends of a time;
    "measured": the days between them; "day": the day that is meant.
    """

    role: Literal["value", "born", "from", "to", "measured", "day"]
    label: str = ""
    earliest: date | None = None
    latest: date | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """The arithmetic behind a relation: the rule that says so, and its terms in their order. Words are put to it where
    it is shown (`tellings.edge.writers.wording`)."""

    code: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class QuestionValue:
    """A value of a question: the facts (telling id, fact index) that give it, or the `places` where it stands that are
    no facts, such as names."""

    label: str
    facts: tuple[tuple[str, int], ...]
    low: float | None = None
    high: float | None = None
    interval: Interval | None = None
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What a fact is about, and how the values that tellings give for it relate.

    `explanation` is the arithmetic where the relation rests on one, `None` else. `apart` are values that a
    person said are not of the same thing. `probability` is how likely the first two values answer one question,
    calibrated, where a model put them together; `weight` is what the question is worth to a reader.
    """

    kind: FactKind
    head: str
    whom: str | None
    scope: str
    values: tuple[QuestionValue, ...]
    relation: Relation
    provenance: Provenance
    explanation: Explanation | None = None
    apart: tuple[Place, ...] = ()
    probability: float | None = None
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class EventStatement:
    """A sentence of a telling that tells an event. `times` are the expressions in it that give its day, none where the
    day was read off the telling's own date; `inferred`: part of the day was concluded, not written."""

    place: Place
    times: tuple[Span, ...]
    inferred: bool
    provenance: Provenance


#: Where an event stands in the story: in its own days, long before them, still to come, or on no day that is given.
EventPart = Literal["story", "background", "ahead", "undated"]


@dataclass(frozen=True, slots=True)
class Event:
    """What tellings say of one event, on a day or within an interval.

    `when` are the days that all of its dated statements support; where none is dated (`part` is "undated"), those on
    which it may have happened. `announced`: told of as still to come; `came_true` are then the places in `Story.events`
    of what later tellings tell of it. `statements` are never empty: first the one that says most of what all say, then
    by telling. `origins` counts the independent origins behind them. `weight`: how much the event made the story, at
    least 0, in no unit (`tellings.across.chronology.weight`).
    """

    when: Interval
    announced: bool
    statements: tuple[EventStatement, ...]
    origins: int
    weight: float
    came_true: tuple[int, ...]
    part: EventPart
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class DigestSentence:
    """A sentence chosen for a brief or for news. `when` is the first day that it tells of, `None` where it is not
    dated; `alike` are sentences of other tellings, of which the first `same` say the same, and the others tell of the
    same event; `origins` counts the independent origins of those that say it."""

    place: Place
    when: Interval | None
    alike: tuple[Place, ...]
    same: int
    origins: int
    provenance: Provenance


ChangeKind = Literal["headline", "changed", "added", "removed"]
#: What of substance a change is of; "wording" where it is of none.
Substance = Literal["headline", "number", "quotation", "name", "wording"]


@dataclass(frozen=True, slots=True)
class Change:
    """One change from a text of a telling to another: the words before and after, each with its span in its text;
    `None` where there are none, or, of a headline, where it stands beside the text. `what` says what of substance is
    other."""

    kind: ChangeKind
    what: tuple[Substance, ...]
    before: str | None
    after: str | None
    before_span: Span | None
    after_span: Span | None


@dataclass(frozen=True, slots=True)
class EarlierText:
    """A text that the telling `telling` (its id) had before: the `number` of it (1 is the first), when it was `kept`
    (UTC), its document, and what of substance the telling has otherwise now."""

    telling: str
    number: int
    kept: datetime
    document: Document
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """All that was found: tellings with their within-records, and the records across them.

    `tellings` are sorted by document date, then id (unknown dates last). `origins` partitions
    telling ids into groups of one independent origin each. `events` are sorted by their days. `decisions` are those
    that the questions were put together with, sorted. `paths` are those that were given to be read, sorted; none where
    tellings were. `fields` are those of tables and of JSON that were named for something, each "ROLE=FIELD".
    `earlier` are texts that tellings had before, where these are known, in the order of the tellings. `of_persons` are
    the decisions by which persons are one or two, sorted.
    """

    tellings: tuple[Telling, ...]
    people: tuple[Person, ...] = ()
    near_duplicates: tuple[NearDuplicate, ...] = ()
    passages: tuple[Passage, ...] = ()
    origins: tuple[tuple[str, ...], ...] = ()
    credits: tuple[Credit, ...] = ()
    families: tuple[Family, ...] = ()
    questions: tuple[Question, ...] = ()
    events: tuple[Event, ...] = ()
    brief: tuple[DigestSentence, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
    decisions: tuple[ValueDecision, ...] = ()
    paths: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    earlier: tuple[EarlierText, ...] = ()
    of_persons: tuple[PersonDecision, ...] = ()
