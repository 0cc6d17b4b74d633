"""Quotations inside quotations."""

from __future__ import annotations

import re
from functools import cache

from tellings.model.text import Span
from tellings.within.quotes.clauses import clause_floor
from tellings.within.quotes.context import STATEMENT_WORDS, Context, Draft, words
from tellings.within.quotes.speakers import speaker_of

#: Why a stretch inside another ends with it (within/marks): it is its next paragraph, and no quotation of its own.
_ONE_CLOSER = "closed with the outer quotation"
_STATEMENT = re.compile(rf"\W*(?:\w+\W+){{{STATEMENT_WORDS - 1}}}\w")


def nested_quotes(context: Context, drafts: list[Draft]) -> list[Draft]:
    """Quotations inside quotations: shown when the outer words name who speaks, by name or by @handle."""
    found = []
    by_quoted = {id(d.quoted): d for d in drafts if d.quoted is not None}
    for stretch in context.quoted:
        if stretch.outer is None:
            continue
        outer = by_quoted.get(id(context.quoted[stretch.outer]))
        enough = _STATEMENT.match(context.text, stretch.content.start, stretch.content.end)
        if outer is None or outer.status != "shown" or not enough or stretch.rule == _ONE_CLOSER:
            continue
        draft = Draft(stretch.span, stretch.content, "direct", "unsure", "nested", within=outer, quoted=stretch)
        draft.reason = "quoted inside another quotation; who speaks is not told beside it"
        if source := _named_inside(context, outer.content.start, stretch.span.start):
            draft.status, draft.reason, draft.rule, draft.source = (
                "shown",
                None,
                "nested, introduced inside the quotation",
                source,
            )
            draft.speaker = (
                _by_handle(context, source) if source.of(context.text).startswith("@") else speaker_of(context, source)
            )
        found.append(draft)
    return found


def _named_inside(context: Context, start: int, position: int) -> Span | None:
    """The handle or the name in the outer quotation's words that lead to the inner one."""
    text = context.text
    start = clause_floor(text, start, position)
    lead = text[start:position]
    if not _carried().search(lead):
        return None
    if handle := re.search(r"@\w+", lead):
        return Span(start + handle.start(), start + handle.end())
    names = [m for m in context.mentions_between(start, position) if m.kind == "name" and context.is_person(m)]
    return names[0].span if len(names) == 1 else None


@cache
def _carried() -> re.Pattern[str]:
    """A verb of speech or a noun that carries words, right before a quotation."""
    nouns, verbs = words().alternatives("medium_noun"), words().alternatives("speech_verb")
    return re.compile(rf"\b(?:{nouns}|{verbs})\b[^.!?]{{0,20}}\Z")


def _by_handle(context: Context, handle: Span) -> int | None:
    """The person whose full name, run together, is the handle: @anavell for Ana Vell."""
    wanted = handle.of(context.text)[1:].casefold().replace("_", "")
    for index, chain in enumerate(context.chains):
        if chain.kind == "person" and " " in chain.name and re.sub(r"\W", "", chain.name.casefold()) == wanted:
            return index
    return None
