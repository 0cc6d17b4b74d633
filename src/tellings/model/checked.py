"""What is found of a draft that is held against tellings: a verdict for each stretch that can be checked.

The draft is never a telling. Spans without a telling are of the draft's text; `Place`s are of tellings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tellings.model.records import Document, Place, Problem, Provenance, Story, Telling
from tellings.model.text import Span
from tellings.model.verdicts import Verdict

#: What a stretch of a draft is: words in quotation marks, what somebody is said to have said, a value, a name, or a
#: sentence as a whole.
Checkable = Literal[
    "quotation", "reported speech", "name", "number", "money", "percent", "age", "measure", "duration", "rank", "day",
    "clock time", "role", "statement",
]  # fmt: skip
#: Why an edit changes what is said: it turns it round, changes a figure, a name, or a word that tells something, or
#: cuts what the sense hangs on. "none": it changes the form alone.
Substance = Literal["negation", "figure", "name", "word", "cut", "none"]


@dataclass(frozen=True, slots=True)
class DraftEdit:
    """Words of a quotation that a telling prints otherwise: `draft` is empty where they are left out, `source` where
    they are put in. `marked`: the draft says so, by square brackets."""

    draft: Span
    source: Place
    substance: Substance
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Checked:
    """A stretch of a draft with its verdict.

    `places` are the words of tellings that bear it out, or the nearest there are, the nearest first; `against` are
    those that say otherwise (the value, the speaker). `origins` counts the independent origins of `places`. `edits` are
    the differences from the first place. `speaker` is who speaks in the draft. `reason` is a code that says why it was
    not checked, or what turned the verdict.
    """

    span: Span
    kind: Checkable
    verdict: Verdict
    provenance: Provenance
    places: tuple[Place, ...] = ()
    against: tuple[Place, ...] = ()
    origins: int = 0
    edits: tuple[DraftEdit, ...] = ()
    speaker: Span | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CheckedDraft:
    """A draft with its verdicts, in the order of its text, beside the story of the tellings it was held against.

    `problems` are what was wrong with the inputs.
    """

    draft: Telling
    findings: tuple[Checked, ...]
    story: Story
    problems: tuple[Problem, ...] = ()

    @property
    def document(self) -> Document:
        """The draft as it was received."""
        return self.draft.document
