"""What `tellings check` says of a draft, as shown and as saved: every verdict with the words it rests on.

Offsets are half-open, in code points: those of a finding in the text of the draft, those of `Evidence` in the text of
the article with that label, those of `FilePlace` in the characters of the draft's file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tellings.model.checked import Checkable, Substance
from tellings.model.record import BlockLine, Evidence, Why
from tellings.model.records import Problem
from tellings.model.verdicts import VERDICTS, Verdict

#: Name of the format; the number rises when a field changes its meaning.
CHECK_FORMAT = "tellings-check/1"


@dataclass(frozen=True, slots=True)
class Words:
    """`exact` is what stands at `[start, end)` of the draft."""

    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class FilePlace:
    """The same words in the file of the draft: `[start, end)` in code points of its characters as received, and the
    lines and columns (from 1, in code points) at which they begin and behind which they end."""

    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Cited:
    """Words of an article, and the sentence in which they stand."""

    words: Evidence
    sentence: Evidence


@dataclass(frozen=True, slots=True)
class ReportedEdit:
    """Words of the draft beside those of the article; either may be empty. `substance`: what the edit changes ("none":
    the form alone); `marked`: the draft says so itself, by square brackets."""

    draft: Words
    source: Evidence
    substance: Substance
    marked: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """A stretch of the draft with its verdict.

    `id` is made of the kind and the words, and of the number of times they stood in the draft before: it stays when the
    rest of the draft changes. `at` is where they stand in its file, `None` where a file has no lines to speak of.
    `places` bear it out, or are the nearest there are; `against` says otherwise. `origins` counts the independent
    origins of `places` where they bear it out. `speaker` is who speaks in the draft. `reason` is a code that says why
    it was not checked, or what turned the verdict; empty where the verdict says all.
    """

    id: str
    words: Words
    at: FilePlace | None
    kind: Checkable
    verdict: Verdict
    places: tuple[Cited, ...]
    against: tuple[Cited, ...]
    origins: int
    edits: tuple[ReportedEdit, ...]
    speaker: Words | None
    reason: str
    why: Why


@dataclass(frozen=True, slots=True)
class CheckedArticle:
    """An article that the draft was held against."""

    label: str
    id: str
    name: str
    publisher: str
    title: str
    date: date | None
    url: str


@dataclass(frozen=True, slots=True)
class Report:
    """A draft with its findings, in the order of its text, and the articles.

    `path` is the file as it was given ("-": standard input), `digest` the SHA-256 of its characters (UTF-8). `received`
    are these characters where they are those of a plain file and differ from `text`, `None` otherwise: what `at` of a
    finding counts in.
    """

    format: str
    version: str
    name: str
    path: str
    media_type: str
    digest: str
    date: date | None
    text: str
    received: str | None
    blocks: tuple[BlockLine, ...]
    articles: tuple[CheckedArticle, ...]
    origins: int
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]

    @property
    def characters(self) -> str:
        """The characters that `at` of a finding counts in: those of its file where it has lines, else its text."""
        return self.text if self.received is None else self.received

    def counts(self) -> Mapping[Verdict, int]:
        """How often each verdict was given, the gravest first; those that were not are left out."""
        found = [finding.verdict for finding in self.findings]
        return {verdict: found.count(verdict) for verdict in VERDICTS if verdict in found}

    def of(self, verdicts: Iterable[str]) -> tuple[Finding, ...]:
        """The findings with one of some verdicts."""
        wanted = frozenset(verdicts)
        return tuple(finding for finding in self.findings if finding.verdict in wanted)
