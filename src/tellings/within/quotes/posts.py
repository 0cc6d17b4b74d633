"""Posts set without quotation marks and signed: "… — chrissy (@handle) October 27, 2020"."""

from __future__ import annotations

import re

from tellings.model.records import Interval
from tellings.model.text import Span
from tellings.within.quotes.context import Context, Draft

# Sources: the plain-text remains of embedded posts of Twitter/X and Instagram.
_SIGNATURE = re.compile(r"[—–-]\s*(?P<name>[^\n—–@()]{1,60}?)\s*\((?P<handle>@\w{1,30})\)")
_LINK = re.compile(r"(?:pic\.\w+\.\S+|https?://\S+)\s*\Z")


def signed_posts(context: Context, direct: list[Draft]) -> list[Draft]:
    """The words before a signature as a direct quotation of who signed."""
    found: list[Draft] = []
    for block in context.blocks:
        if block.kind != "embed":
            continue
        for match in _SIGNATURE.finditer(context.text, block.span.start, block.span.end):
            content = _content(context, block.span.start, match.start())
            if content is None or any(draft.span.overlaps(content) and draft.type == "direct" for draft in direct):
                continue
            name = Span(match.start("name"), match.end("name"))
            found.append(
                Draft(
                    span=content,
                    content=content,
                    type="direct",
                    status="shown",
                    rule="signed post",
                    source=name,
                    speaker=_signer(context, name),
                    medium=Span(match.start("handle"), match.end("handle")),
                    said=_date(context, match.end(), block.span.end),
                )
            )
    return found


def _content(context: Context, block_start: int, signature: int) -> Span | None:
    """The post's words: what stands before the signature on its line, or the story paragraph right before the block."""
    text = context.text
    paragraph = context.paragraph_at(signature)
    start, end = paragraph.start, signature
    if block_start <= paragraph.start:
        before = context.paragraph_before(paragraph.start) if block_start == paragraph.start else None
        if not text[start:end].strip() or _LINK.fullmatch(text[start:end].strip()):
            if before is None:
                return None
            start, end = before.start, before.end
    stretch = text[start:end]
    if link := _LINK.search(stretch.rstrip()):
        end = start + link.start()
    content = Span(start, end).trimmed(text)
    return content if len(content) >= 3 else None


def _signer(context: Context, name: Span) -> int | None:
    """The chain whose full name is the signature, whatever its capitals."""
    signed = name.of(context.text).casefold()
    for index, chain in enumerate(context.chains):
        if chain.name.casefold() == signed and chain.kind == "person":
            return index
    return None


def _date(context: Context, start: int, end: int) -> Interval | None:
    for timex in context.timexes:
        if start <= timex.span.start < end and timex.interval:
            return timex.interval
    return None
