"""From the words that name a source to the chain of the person behind them."""

from __future__ import annotations

from tellings.model.text import Span
from tellings.within.quotes.context import Context, Draft, words

_NOBODY = frozenset({"it", "this", "that", "there", "which", "what"})


def speaker_of(context: Context, source: Span | None) -> int | None:
    """The chain of the person a source span means; `None` when it is nobody with a chain."""
    if source is None:
        return None
    mention = context.mention_in(source)
    if mention is None or mention.chain is None:
        return None
    return mention.chain


def is_source(context: Context, source: Span | None) -> bool:
    """Whether a subject can be a source at all ("it says" alone cannot)."""
    return source is not None and source.of(context.text).casefold() not in _NOBODY


def medium_of_source(context: Context, source: Span | None) -> str | None:
    """The medium when the source is one ("the note", "the post"); `None` otherwise."""
    if source is None:
        return None
    last = source.of(context.text).casefold().split()[-1]
    return words().meanings("medium_noun").get(last)


def author_of_medium(context: Context, position: int, earlier: list[Draft]) -> tuple[int | None, Span | None]:
    """Who wrote the note or post that is quoted at `position`: the speaker of the quotation before it, else the
    subject of the sentence that brings it up. Returns (chain, source span)."""
    for draft in reversed(earlier):
        if (
            draft.span.start < position
            and draft.status == "shown"
            and draft.speaker is not None
            and draft.type != "indirect"
        ):
            if position - draft.span.end < 1500:
                return draft.speaker, draft.source
            break
    return None, None
