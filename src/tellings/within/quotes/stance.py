"""What a source does with what it is quoted with: it says it, denies it, asks it, takes it back or doubts it.

The terms follow the stance classes of work on rumours (Zubiaga et al. 2016: support, deny, query), narrowed to what the
words of the telling say themselves; whether a content is true is nobody's business here.
"""

from __future__ import annotations

import re

from tellings.model.records import Stance
from tellings.model.text import Span
from tellings.within.quotes.context import Context, Draft, keyed, pattern, words

_SPACE = re.compile(r"\s+")
# A sentence before the question, or a tag that asks for assent only.
_NO_QUESTION = re.compile(r"[.!]\s|,\s\w+(?:\s\w+)?\?\W*\Z")


def take_stances(context: Context, drafts: list[Draft]) -> None:
    """Give each draft its stance, and the words that say so where they are not its cue."""
    for draft in drafts:
        draft.stance, draft.marker = _stance(context, draft)
        draft.earlier = _said_before(context, draft)


def _stance(context: Context, draft: Draft) -> tuple[Stance, Span | None]:
    text = context.text
    if draft.cue is not None:
        verb = _SPACE.sub(" ", draft.cue.of(text).casefold())
        stance: Stance | None = words().meanings("stance").get(verb)
        near = text[max(0, draft.cue.start - 60) : draft.cue.start]
        undone = stance is not None and pattern("undone").search(near) is not None
        if stance == "denies" and undone:
            return "unsure", None  # "does not deny": neither says nor denies
        if draft.rule == "description":
            return "says", None  # "dismissed the plan as too dear": what is said is that it is too dear
        if draft.rule.startswith("order"):
            return "asks", None
        if stance is not None and not undone and not (stance == "asks" and _asks_nothing(context, draft, verb)):
            return stance, None
    content = draft.content.of(text)
    if match := keyed("said to be denied").search(text, draft.content.start, draft.content.end):
        return "denies", Span(*match.span())
    if draft.type != "direct" and (match := pattern("does not know").match(content)) is not None:
        return "unsure", Span(draft.content.start, draft.content.start + match.end())
    if draft.type == "direct" and pattern("appeals itself").match(content):
        return "asks", None
    if draft.type == "direct" and content.rstrip("”\"’' ").endswith("?") and not _NO_QUESTION.search(content):
        return "asks", None
    return "says", None


def _asks_nothing(context: Context, draft: Draft, verb: str) -> bool:
    """Whether a verb of asking leads to words that ask nothing: "asked about the boat, “It sank”"; who urges asks."""
    return (
        verb in words().words("questioning")
        and draft.type == "direct"
        and not draft.content.of(context.text).rstrip("”\"’' ").endswith("?")
    )


def _said_before(context: Context, draft: Draft) -> bool:
    """Whether the words between source and cue say that it was said before: "While the firm |previously| said"."""
    if draft.cue is None or draft.source is None:
        return False
    between = context.text[min(draft.source.end, draft.cue.start) : draft.cue.start]
    return pattern("said before").fullmatch(between) is not None
