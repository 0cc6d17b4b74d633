"""The report on a draft: what was found, each with the words it rests on."""

from __future__ import annotations

from tellings.model.checked import Checked, CheckedDraft
from tellings.model.records import Place, Story, Telling
from tellings.model.report import CHECK_FORMAT, CheckedArticle, Cited, Finding, Report, ReportedEdit, Words
from tellings.model.text import Span
from tellings.tell.cite import Citations


def report(found: CheckedDraft, *, version: str) -> Report:
    """The report on a draft."""
    citations = Citations.of(found.story)
    document = found.document
    return Report(
        *(CHECK_FORMAT, version, document.name, document.view.source.digest, document.text),
        _articles(found.story, citations),
        len(found.story.origins),
        tuple(_finding(each, found.draft, citations) for each in found.findings),
        found.problems,
    )


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


def _finding(one: Checked, draft: Telling, citations: Citations) -> Finding:
    return Finding(
        _words(draft, one.span),
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
