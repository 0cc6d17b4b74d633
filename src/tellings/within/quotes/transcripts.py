"""Words set under the name of who speaks them: questions and answers, transcripts, "Lopez: ‘I was never paid’"."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from tellings.model.rules import load
from tellings.model.text import Span
from tellings.within.quotes.context import NOT_TOLD, Context, Draft, listed, pattern, words
from tellings.within.quotes.speakers import speaker_of

#: Labelled lines that make a transcript where the labels are Q and A or capitals, and where they are plain names.
_CAPITALS, _NAMES = 2, 4
# "Q:", "COOPER (voice-over):", "Ana Vell:" at the start of a line, with words behind it.
_LABEL = re.compile(
    r"(?P<label>[QA]|[A-Z][A-Z.’' -]{2,40}|[A-Z][\w.’'-]+(?:\s(?:[a-z]{2,3}\s)?[A-Z][\w.’'-]+){0,3})"
    r"(?:,\s[^:\n“”\"]{2,50})?(?:\s\([^)\n]{1,40}\))?:\s+(?=\S)"
)
_LINE = re.compile(r"[^\n]+")
_MARK = "“\"‘'"


def transcripts(context: Context) -> list[Draft]:
    """Drafts for the lines of a transcript, and for words in marks behind a name and a colon that begin a line."""
    lines = _labelled(context)
    plain = {label.of(context.text) for label, _ in lines}
    capitals = [(label, said) for label, said in lines if label.of(context.text).isupper()]
    counts = Counter(label.of(context.text) for label, _ in lines)
    if len(capitals) >= _CAPITALS and _of_speakers(context, {label.of(context.text) for label, _ in capitals}, counts):
        taken = capitals
    elif len(lines) >= _NAMES and len(plain) > 1 and sorted(counts.values())[-2] > 1:
        taken = [
            (label, said)
            for label, said in lines
            if counts[label.of(context.text)] > 1 and not _is_word(context, label) and _may_be_name(context, label)
        ]
    else:
        return [
            _draft(context, label, said, "a name and a colon")
            for label, said in lines
            if _in_marks(context, said) and speaker_of(context, label) is not None
        ]
    return [_draft(context, label, said, "transcript") for label, said in taken]


def without_overlaps(drafts: list[Draft], transcript: list[Draft]) -> list[Draft]:
    """Of other drafts those that stand in no line of a transcript: what is quoted there, its speaker quotes."""
    spans = [draft.span for draft in transcript]
    return [draft for draft in drafts if not any(span.overlaps(draft.span) for span in spans)]


def _labelled(context: Context) -> list[tuple[Span, Span]]:
    """(label, what stands behind it) of each line of the story that begins with a label."""
    found: list[tuple[Span, Span]] = []
    text = context.text
    for block in context.blocks:
        if not block.story:
            continue
        for line in _LINE.finditer(text, block.span.start, block.span.end):
            start, end = line.span()
            match = _LABEL.match(text, start, end)
            if match is None or match.group("label").casefold() in listed("no_label"):
                continue
            if match.group("label") in listed("medium_name"):
                continue  # a platform says nothing
            said = Span(match.end(), end).trimmed(text)
            if len(re.findall(r"[^\W\d_]+", said.of(text))) >= (3 if match.group("label").istitle() else 1):
                found.append((Span(*match.span("label")), said))
    return found


def _of_speakers(context: Context, labels: set[str], counts: Counter[str]) -> bool:
    """Whether several labels in capitals are those of a transcript, not of a list of links: one comes again, or is
    somebody's name."""
    surnames = {
        chain.name.split()[-1].casefold() for chain in context.chains if " " in chain.name and not chain.name.isupper()
    }
    return len(labels) > 1 and any(
        len(label) == 1 or counts[label] > 1 or label.casefold() in surnames for label in labels
    )


def _may_be_name(context: Context, label: Span) -> bool:
    """Whether a label in small letters is a name: of several words, somebody's of the telling, or a given name; a word
    alone may be a heading ("Advantages: it is quick")."""
    word = label.of(context.text)
    names = load("en", "name").words("female", "male", "either")
    return " " in word or word in names or len(word) == 1 or _by_surname(context, word) is not None


def _is_word(context: Context, label: Span) -> bool:
    """Whether a label stands in small letters as well, as no name does: "Accuracy: it is good"."""
    return re.search(rf"\b{re.escape(label.of(context.text).lower())}\b", context.text) is not None


def _in_marks(context: Context, said: Span) -> bool:
    """Whether a line is nothing but words in marks."""
    return any(
        q.span.start == said.start and q.span.end >= said.end - 1 for q in context.quoted_over(said.start, said.end)
    )


def _draft(context: Context, label: Span, said: Span, rule: str) -> Draft:
    marks = context.quoted_over(said.start, said.end)
    content = marks[0].content if _in_marks(context, said) else said
    if (verb := pattern("verb of speech").match(context.text, label.start, label.end)) is not None:
        label = Span(verb.end(), label.end).trimmed(context.text)  # "Added Holm: “…”"
    speaker = speaker_of(context, label)
    if speaker is None:
        speaker = _by_surname(context, label.of(context.text))
    draft = Draft(
        span=said, content=content, type="direct", status="shown", rule=rule, source=label, speaker=speaker, score=0.9
    )
    if len(label) == 1:
        # "Q", "A": who asks and who answers is told elsewhere, if at all.
        draft.status, draft.source, draft.speaker, draft.reason = "unsure", None, None, NOT_TOLD
    return draft


def _by_surname(context: Context, label: str) -> int | None:
    """The one person whose surname or full name a label in capitals is."""
    folded = label.casefold()
    found = [
        index
        for index, chain in enumerate(context.chains)
        if chain.kind in ("person", "unknown") and folded in (chain.name.casefold(), chain.name.split()[-1].casefold())
    ]
    return found[0] if len(found) == 1 else None


@cache
def headline_source() -> re.Pattern[str]:
    """ "Minister ‘lied to parliament’, says watchdog": who says so, behind a headline."""
    verbs = words().alternatives("headline_verb")
    return re.compile(rf"[,:]?\s+(?P<cue>{verbs})\s+(?P<source>[\w’'-]+(?:\s[\w’'-]+){{0,3}})\s*\Z")


def headlines(context: Context, taken: list[Draft]) -> list[Draft]:
    """Headlines that give somebody's words partly in marks and name who says so at the end."""
    found = []
    for block in context.blocks:
        if block.kind not in ("headline", "subheading") and block.span.start != 0:
            continue
        line = context.paragraph_at(block.span.start).trimmed(context.text)
        match = headline_source().search(context.text, line.start, line.end)
        if match is None or not context.quoted_over(line.start, match.start()):
            continue
        content = Span(line.start, match.start()).trimmed(context.text)
        if any(draft.status == "shown" and draft.span.overlaps(content) for draft in taken):
            continue
        source = Span(*match.span("source"))
        found.append(
            Draft(
                *(content, content, "mixed", "shown", "headline with its source"),
                cue=Span(*match.span("cue")),
                source=source,
                speaker=speaker_of(context, source),
                score=0.8,
            )
        )
    return found
