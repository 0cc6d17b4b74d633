"""From the words that name a source to the chain of the person behind them."""

from __future__ import annotations

from tellings.model.text import Span
from tellings.within.quotes.context import Context, Draft, words

#: Media whose author is the one quoted just before; a letter or a statement may be anybody's.
_AUTHORED = frozenset({"post", "note", "essay", "message", "video"})
#: Characters after a quotation within which "the post continued" means the post it is from.
_SAME_MEDIUM = 1500
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
    if source is None:
        return False
    named = source.of(context.text)
    return named.casefold() not in _NOBODY and named not in words().words("medium_name")


def medium_of_source(context: Context, source: Span | None) -> str | None:
    """The medium when the source is one ("the note", "the post"); `None` otherwise."""
    if source is None:
        return None
    last = source.of(context.text).casefold().split()[-1]
    return words().meanings("medium_noun").get(last)


def author_of_medium(kind: str, position: int, earlier: list[Draft]) -> int | None:
    """Who wrote the post or note that is quoted at `position`: the speaker of the quotation before it.

    `kind` is the medium's kind (see the word list); `None` for one that may be anybody's, or with nothing before.
    """
    if kind not in _AUTHORED:
        return None
    for draft in reversed(earlier):
        if draft.span.start < position and draft.status == "shown" and draft.speaker is not None:
            return draft.speaker if position - draft.span.end < _SAME_MEDIUM else None
    return None
