"""Posts set without quotation marks: signed ("… — ana (@handle) October 27, 2020"), or introduced as a whole ("Read
the full post:")."""

from __future__ import annotations

import re
from bisect import bisect_left

from tellings.model.records import Block, Interval
from tellings.model.text import Span
from tellings.within.quotes.context import NOT_TOLD, Context, Draft, pattern, words
from tellings.within.quotes.speakers import author_of_medium

# Sources: the plain-text remains of embedded posts of Twitter/X and Instagram.
_SIGNATURE = re.compile(r"[—–-]\s*(?P<name>[^\n—–@()]{1,60}?)\s*\((?P<handle>@\w{1,30})\)")
_WORD = re.compile(r"[^\W_]+")
#: Fewest characters of a post.
SHORTEST = 3
#: Characters before a post in which it may have been quoted.
_NEAR = 3000
#: Fewest characters of a quotation, four short words or so, that show a post to be the one it is from.
_PROOF = 18


def signed_posts(context: Context, direct: list[Draft]) -> list[Draft]:
    """The words before a signature as a direct quotation of who signed."""
    found: list[Draft] = []
    floor = 0  # where the words of the signature before end
    for block in context.blocks:
        if block.kind != "embed":
            continue
        for match in _SIGNATURE.finditer(context.text, block.span.start, block.span.end):
            content = _content(context, block.span.start, match.start())
            if content is not None and content.start < floor:  # a second signature on the line
                content = Span(min(floor, content.end), content.end).trimmed(context.text)
            floor = match.end()
            name = Span(match.start("name"), match.end("name")).trimmed(context.text)
            if (
                content is None
                or not len(name)
                or len(content) < SHORTEST
                or any(draft.span.overlaps(content) and draft.type == "direct" for draft in direct)
            ):
                continue
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


def whole_posts(
    context: Context, direct: list[Draft], reported: list[Draft], signed: list[Draft]
) -> tuple[list[Draft], list[Draft]]:
    """The paragraphs behind "Read the full post via Merrin Radio:", as words of the one they were quoted from before,
    and `reported` without what stood inside them. Stretches in marks inside are set `within` them.
    """
    found: list[Draft] = []
    direct = sorted((draft for draft in direct if draft.within is None), key=_place)
    beside = sorted([*direct, *signed], key=_place)
    kept = reported
    for index, block in enumerate(context.blocks):
        end = context.text[max(block.span.start, block.span.end - 200) : block.span.end]
        if not block.story or not end.rstrip().endswith(":"):
            continue
        lead = pattern("whole medium next").search(context.text, block.span.end - len(end), block.span.end)
        if lead is None or context.in_quotation(lead.start()):
            continue
        if found and found[-1].span.end > block.span.start:
            continue  # the post's own words
        medium = Span(*lead.span("noun" if lead.group("noun") else "first"))
        before: Draft | None = None
        for following in context.blocks[index + 1 :]:
            content = following.span.trimmed(context.text)
            inside = _beginning_in(beside, content)
            if not _may_be_post(context, following, content, inside):
                break
            draft = Draft(
                content, content, "direct", "unsure", "introduced as a whole", medium=medium, continues=before
            )
            draft.speaker = before.speaker if before else _author(context, medium, content, direct, reported)
            if draft.speaker is not None:
                draft.status = "shown"
            else:
                draft.reason = NOT_TOLD
            for inner in inside:
                if inner.within is None:
                    inner.within, inner.continues = draft, None
            inner_clauses = _beginning_in(kept, content)
            if inner_clauses:
                first = bisect_left(kept, content.start, key=_place)
                kept = [*kept[:first], *kept[first + len(inner_clauses) :]]
            before = draft
            found.append(draft)
    return found, kept


def _place(draft: Draft) -> int:
    return draft.span.start


def _beginning_in(drafts: list[Draft], span: Span) -> list[Draft]:
    """Of drafts sorted by where they begin, those that begin in a span."""
    return drafts[bisect_left(drafts, span.start, key=_place) : bisect_left(drafts, span.end, key=_place)]


def _may_be_post(context: Context, block: Block, content: Span, inside: list[Draft]) -> bool:
    """Whether a block speaks for itself: in the first or second person outside marks, and nobody else quoted in it."""
    told = content.of(context.text)
    if block.kind not in ("paragraph", "list-item", "embed") or len(content) < 20 or "\n" in told:
        return False
    if any(draft.status == "shown" or not content.contains(draft.span) for draft in inside):
        return False
    return any(
        not context.in_quotation(content.start + match.start())
        for match in pattern("first or second person").finditer(told)
    )


def _author(context: Context, medium: Span, content: Span, direct: list[Draft], reported: list[Draft]) -> int | None:
    """Who was quoted not far before with words of the post; else whose post the medium is."""
    plain = _plain(content.of(context.text))
    near = Span(max(0, content.start - _NEAR), content.start)
    quoted = {
        draft.speaker
        for draft in (*_beginning_in(direct, near), *_beginning_in(reported, near))
        if draft.status == "shown" and draft.type != "indirect" and draft.speaker is not None
        for stretch in context.quoted_between(draft.span.start, draft.span.end)
        if len(words_said := _plain(stretch.content.of(context.text))) > _PROOF and words_said in plain
    }
    if quoted:
        return quoted.pop() if len(quoted) == 1 else None
    kind = words().meanings("medium_noun")[medium.of(context.text)]
    return author_of_medium(context, kind, content.start, direct, reported)


def _plain(stretch: str) -> str:
    found = " ".join(_WORD.findall(stretch.casefold()))
    return f" {found} "


def _content(context: Context, block_start: int, signature: int) -> Span | None:
    """The post's words: what stands before the signature on its line, or the story paragraph right before the block."""
    text = context.text
    paragraph = context.paragraph_at(signature)
    start, end = paragraph.start, signature
    if block_start <= paragraph.start:
        before = _right_before(context, paragraph.start) if block_start == paragraph.start else None
        if not text[start:end].strip() or pattern("link last").fullmatch(text[start:end].strip()):
            if before is None:
                return None
            start, end = before.start, before.end
    stretch = text[start:end]
    if link := pattern("link last").search(stretch.rstrip()):
        end = start + link.start()
    content = Span(start, end).trimmed(text)
    return content if len(content) >= SHORTEST else None


def _right_before(context: Context, start: int) -> Span | None:
    """The paragraph before the one that starts at `start`: the one right before it where that ends with a link, as
    posts do, else the last that ends as sentences do."""
    end = start
    while end and context.text[end - 1].isspace():
        end -= 1
    last = context.paragraph_at(end - 1) if end else None
    linked = last is not None and pattern("link last").search(last.of(context.text).rstrip()) is not None
    return last if linked else context.paragraph_before(start)


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
