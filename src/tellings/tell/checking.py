"""The report on a draft: what was found, each with the words it rests on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256

from tellings.model.checked import Checked, CheckedDraft
from tellings.model.record import BlockLine
from tellings.model.records import Document, Place, Story, Telling
from tellings.model.report import CHECK_FORMAT, CheckedArticle, Cited, FilePlace, Finding, Report, ReportedEdit, Words
from tellings.model.text import Span
from tellings.tell.cite import Citations

#: Hexadecimal digits of an id: two of 1,000 findings of a draft have the same with a chance of 1 in 8,000.
_DIGITS = 8
_LINE_END = re.compile(r"\r\n?|\n")


def report(found: CheckedDraft, *, version: str, lined: bool = False) -> Report:
    """The report on a draft; `lined`: its source is its file, and the lines of that mean something."""
    citations = Citations.of(found.story)
    draft, document = found.draft, found.document
    received = document.view.source.content
    places = _Lines(document) if lined else None
    return Report(
        CHECK_FORMAT,
        version,
        document.name,
        document.origin,
        document.media_type,
        document.view.source.digest,
        document.date.value,
        document.text,
        received if places and received != document.text else None,
        tuple(BlockLine(b.span.start, b.span.end, b.kind, b.story, b.provenance.rule) for b in draft.blocks),
        _articles(found.story, citations),
        len(found.story.origins),
        tuple(
            _finding(named, each, draft, citations, places)
            for named, each in zip(_ids(found.findings, document.text), found.findings, strict=True)
        ),
        found.problems,
    )


def _ids(findings: Iterable[Checked], text: str) -> Sequence[str]:
    """What each finding is called: by its kind and words, and by how often these came before. Neither white space nor
    capitals count."""
    before: Counter[tuple[str, str]] = Counter()
    ids: dict[str, None] = {}
    for each in findings:
        said = each.kind, " ".join(each.span.of(text).casefold().split())
        before[said] += 1
        number = before[said]
        while (called := _id(*said, number)) in ids:
            # By chance, another finding is called so: what follows of the same words is far away.
            number += len(text)
        ids[called] = None
    return tuple(ids)


def _id(kind: str, words: str, number: int) -> str:
    told = f"{kind}\0{words}\0{number}".encode("utf-8", "surrogatepass")
    return f"t{sha256(told).hexdigest()[:_DIGITS]}"


class _Lines:
    """Where spans of a plain text stand in its file."""

    def __init__(self, document: Document) -> None:
        self._view = document.view
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(document.view.source.content))]

    def place(self, span: Span) -> FilePlace:
        """The place of a span of the text as read."""
        there = self._view.to_source(span)
        (line, column), (end_line, end_column) = self._at(there.start), self._at(there.end)
        return FilePlace(there.start, there.end, line, column, end_line, end_column)

    def _at(self, position: int) -> tuple[int, int]:
        line = bisect_right(self._starts, position)
        return line, position - self._starts[line - 1] + 1


def _articles(story: Story, citations: Citations) -> tuple[CheckedArticle, ...]:
    found = []
    for telling in story.tellings:
        document = telling.document
        named = (document.publisher, document.title)
        publisher, title = (each.value if each else "" for each in named)
        url = document.url.value if document.url else ""
        found.append(
            CheckedArticle(
                citations.labels[telling.id], telling.id, document.name, publisher, title, document.date.value, url
            )
        )
    return tuple(found)


def _finding(called: str, one: Checked, draft: Telling, citations: Citations, places: _Lines | None) -> Finding:
    return Finding(
        called,
        _words(draft, one.span),
        places.place(one.span) if places else None,
        one.kind,
        one.verdict,
        tuple(_cited(place, citations) for place in one.places),
        tuple(_cited(place, citations) for place in one.against),
        one.origins,
        tuple(
            ReportedEdit(_words(draft, edit.draft), citations.at(edit.source), edit.substance, edit.marked)
            for edit in one.edits
        ),
        _words(draft, one.speaker) if one.speaker is not None else None,
        one.reason,
        citations.why(one.provenance),
    )


def _cited(place: Place, citations: Citations) -> Cited:
    sentence = citations.tellings[place.telling].sentence_around(place.span)
    return Cited(citations.at(place), citations.evidence(place.telling, sentence))


def _words(draft: Telling, span: Span) -> Words:
    return Words(span.start, span.end, span.of(draft.text))
