"""The record of a story: its views put together, nothing added."""

from __future__ import annotations

import re
from collections import Counter

from tellings.model.record import (
    FORMAT,
    BlockLine,
    DateLine,
    DecidedLine,
    DecisionLine,
    Evidence,
    Given,
    Head,
    LocatorLine,
    PartLine,
    PersonLine,
    Record,
    SourceEdit,
    Stated,
    TellingLine,
)
from tellings.model.records import Attested, Document, DocumentDate, Story, Telling
from tellings.tell.changes import revisions
from tellings.tell.cite import Citations
from tellings.tell.digest import digest_lines
from tellings.tell.facts import facts
from tellings.tell.given import given
from tellings.tell.line_ids import named
from tellings.tell.quotes import quotes
from tellings.tell.shared_text import coverage, credits, near_duplicates, passages
from tellings.tell.speakers import People
from tellings.tell.timeline import timeline

#: Share of a headline's words that stand in the title of its article, where that is known.
OF_THE_TITLE = 0.5


def record(story: Story, *, version: str, texts: bool = True) -> Record:
    """The record of `story`. `texts=False` leaves the tellings' full texts out: lines keep their own words."""
    citations = Citations.of(story)
    people = _people(citations)
    by_chain = {chain: line.id for line, person in zip(people, story.people, strict=True) for chain in person.chains}
    names = {person.id: person.name for person in people}
    counts = coverage(citations)
    return Record(
        format=FORMAT,
        version=version,
        head=_head(citations),
        tellings=tuple(
            telling_line(citations.labels[telling.id], telling, *counts[telling.id], texts=texts)
            for telling in story.tellings
        ),
        people=people,
        timeline=timeline(citations),
        quotes=quotes(citations, People.of(by_chain, names)),
        facts=facts(citations),
        passages=passages(citations),
        near_duplicates=near_duplicates(citations),
        origins=_origins(citations),
        credits=credits(citations),
        brief=digest_lines(citations, story.brief),
        problems=story.problems,
        decisions=_decisions(citations),
        given=_given(story),
        revisions=revisions(citations, texts=texts),
    )


def _decisions(citations: Citations) -> tuple[DecisionLine, ...]:
    """What was decided of values, then of persons, where the places stand in the tellings."""
    story = citations.story
    of_values = [
        DecisionLine("the same thing" if one.same else "not the same thing", citations.at(one.a), citations.at(one.b))
        for one in story.decisions
    ]
    of_persons = [
        DecisionLine("the same person" if one.same else "not the same person", citations.at(one.a), citations.at(one.b))
        for one in story.of_persons
    ]
    return (*of_values, *of_persons)


def _origins(citations: Citations) -> tuple[tuple[str, ...], ...]:
    """Labels by independent origin, in the order of the tellings."""
    groups = [citations.in_order(group) for group in citations.story.origins]
    groups.sort(key=lambda group: citations.rank[group[0]])
    return tuple(tuple(citations.labels[telling] for telling in group) for group in groups)


def _given(story: Story) -> Given | None:
    if not story.paths:
        return None
    articles = ((each.document.name, each.document.view.source.digest) for each in story.tellings)
    return given(story.paths, articles, story.fields)


def _head(citations: Citations) -> Head:
    story = citations.story
    known = [telling.document.date.value for telling in story.tellings if telling.document.date.value is not None]
    publishers = {t.document.publisher.value.casefold() for t in story.tellings if t.document.publisher}
    unnamed = sum(1 for telling in story.tellings if telling.document.publisher is None)
    return Head(
        tellings=len(story.tellings),
        outlets=len(publishers),
        unnamed=unnamed,
        origins=len(story.origins),
        first=min(known, default=None),
        last=max(known, default=None),
        undated=len(story.tellings) - len(known),
        title=_title(citations),
    )


def _title(citations: Citations) -> Evidence | None:
    """The headline whose words most tellings use, of those that stand in a telling's own text and are its title where
    that is known; of equals the first."""
    used_by = Counter(word for telling in citations.story.tellings for word in vocabulary(telling.text))
    best: Evidence | None = None
    best_score = 0.0
    for telling in citations.story.tellings:
        for block in telling.blocks:
            if block.kind == "headline":
                words = vocabulary(block.span.of(telling.text))
                title = telling.document.title
                if title is not None and len(words & vocabulary(title.value)) < OF_THE_TITLE * len(words):
                    continue  # a line that looks like a headline: of a caption, of another story
                score = sum(used_by[word] for word in words) / max(len(words), 4)
                if score > best_score:
                    best, best_score = citations.evidence(telling.id, block.span.trimmed(telling.text)), score
    return best


def vocabulary(text: str) -> frozenset[str]:
    """The longer words of a text, case-folded."""
    return frozenset(word.casefold() for word in re.findall(r"[^\W\d_]{4,}", text))


def _people(citations: Citations) -> tuple[PersonLine, ...]:
    lines = []
    for index, person in enumerate(citations.story.people, start=1):
        names: dict[tuple[str, str], Evidence] = {}
        for telling_id, chain in person.chains:
            telling = citations.tellings[telling_id]
            for position in telling.chains[chain].mentions:
                mention = telling.mentions[position]
                if mention.kind == "name":
                    words = citations.evidence(telling_id, mention.span)
                    names.setdefault((telling_id, words.exact), words)
        lines.append(PersonLine(f"p{index}", person.name, tuple(names.values()), why=citations.why(person.provenance)))
    return named(citations.anchors, lines)


def telling_line(label: str, telling: Telling, words: int, shared: int, *, texts: bool = True) -> TellingLine:
    """A telling as the record describes it."""
    document = telling.document
    return TellingLine(
        label=label,
        id=telling.id,
        name=document.name,
        origin=document.origin,
        media_type=document.media_type,
        digest=document.view.source.digest,
        date=_date(document.date),
        title=_stated(document.title),
        publisher=_stated(document.publisher),
        author=_stated(document.author),
        url=_stated(document.url),
        language=document.language,
        detected=_detected(document),
        text=telling.text if texts else None,
        edits=tuple(SourceEdit(edit.start, edit.end, edit.shown) for edit in document.view.edits),
        blocks=tuple(BlockLine(b.span.start, b.span.end, b.kind, b.story, b.provenance.rule) for b in telling.blocks),
        parts=tuple(PartLine(part.span.start, part.span.end, _date(part.date)) for part in telling.parts),
        words=words,
        shared=shared,
        file_digest=document.file_digest,
        locators=tuple(LocatorLine(each.span.start, each.span.end, each.name) for each in document.locators),
        decided=tuple(DecidedLine(each.kind, each.span.start, each.span.end, each.name) for each in document.decided),
    )


def _date(found: DocumentDate) -> DateLine:
    return DateLine(found.value, found.evidence, found.not_before, found.not_after, found.certainty)


def _detected(document: Document) -> Stated | None:
    """The language that the text itself shows, with the rule, the share and the first words that say so."""
    found = document.detected
    if found is None:
        return None
    why = found.provenance
    words = ", ".join(span.of(document.text) for span in why.evidence)
    return Stated(found.language, f"{why.rule} {why.score}" + (f": {words}" if words else ""))


def _stated(found: Attested | None) -> Stated | None:
    return None if found is None else Stated(found.value, found.evidence)
