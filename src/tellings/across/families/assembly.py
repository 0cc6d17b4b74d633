"""The words of all variants of an utterance in one order, every one cited, gaps kept.

The longest variant is the base. Another's words go in only where the words around them, in one
uninterrupted stretch of that other variant, are already there; a gap is closed only by a stretch
that spans it. Words whose place no variant shows stay out of the running text, after a gap at the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from tellings.across.families.grouping import Stretch
from tellings.across.keys import align
from tellings.model.records import Piece, Place
from tellings.model.text import Span


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the assembled text: normal form and the place it is cited from. `joined`: nothing is
    missing between it and the word before it."""

    normal: str
    telling: str
    stretch: int
    start: int
    end: int
    joined: bool


def _tokens(own: list[Stretch]) -> list[Token]:
    return [
        Token(word.normal, stretch.telling, stretch.place, word.start, word.end, index > 0)
        for stretch in own
        for index, word in enumerate(stretch.words)
    ]


def assemble(members: list[Stretch], rank: Mapping[str, int]) -> list[Token]:
    """The assembled words of one utterance."""
    by_telling: dict[str, list[Stretch]] = {}
    for stretch in members:
        by_telling.setdefault(stretch.telling, []).append(stretch)
    variants = [_tokens(own) for own in by_telling.values()]
    variants.sort(key=lambda tokens: (-len(tokens), rank[tokens[0].telling]))
    merged = variants[0]
    waiting = variants[1:]
    while waiting:
        # The variant with the most words in place goes first, so that each addition rests on the last.
        waiting.sort(key=lambda tokens: (-_shared(merged, tokens), rank[tokens[0].telling]))
        merged = _merge(merged, waiting.pop(0))
    return _vote(merged, variants, rank)


def _shared(merged: list[Token], other: list[Token]) -> int:
    return sum(e.a2 - e.a1 for e in align([t.normal for t in merged], [t.normal for t in other]) if e.op == "equal")


def _merge(merged: list[Token], other: list[Token]) -> list[Token]:
    result: list[Token] = []
    loose: list[list[Token]] = []
    edits = align([t.normal for t in merged], [t.normal for t in other])
    for position, edit in enumerate(edits):
        kept = merged[edit.a1 : edit.a2]
        added = other[edit.b1 : edit.b2]
        if edit.op == "equal":
            if kept and result and not kept[0].joined and _spans(other, edit.b1) and position and edits[position - 1].op in ("equal", "insert"):
                # The other variant runs on where this one breaks off: the gap is closed.
                kept = [_with(kept[0], joined=True), *kept[1:]]
            result.extend(kept)
            continue
        if edit.op == "delete" or (edit.op == "replace" and not _adds(kept, added)):
            result.extend(kept)
            continue
        before_joined = edit.b1 > 0 and other[edit.b1].joined and position > 0 and edits[position - 1].op == "equal"
        after_joined = edit.b2 < len(other) and other[edit.b2].joined and position + 1 < len(edits)
        next_kept = merged[edit.a1] if edit.a1 < len(merged) else None
        gap_here = next_kept is None or not next_kept.joined or not result
        if edit.op == "replace":
            result.extend(kept)
            if before_joined or after_joined or not added:
                loose.append(added)
        elif not result and after_joined:
            result.extend(added)
            merged = [*merged[: edit.a1], _with(merged[edit.a1], joined=True), *merged[edit.a1 + 1 :]]
        elif gap_here and (before_joined or after_joined or edit.b1 == 0 or edit.b2 == len(other) or not other[edit.b1].joined):
            result.extend([_with(added[0], joined=before_joined), *added[1:]])
        elif before_joined and after_joined:
            # This variant left words out without a mark; the other prints them in place.
            result.extend(added)
        else:
            loose.append(added)
    for tokens in loose:
        result.extend([_with(tokens[0], joined=False), *tokens[1:]])
    return result


def _spans(other: list[Token], index: int) -> bool:
    return 0 < index < len(other) and other[index].joined


def _adds(kept: list[Token], added: list[Token]) -> bool:
    """Whether a replacement brings a stretch of its own, more than a word put otherwise."""
    return len(added) >= len(kept) + 6


def _with(token: Token, *, joined: bool) -> Token:
    return Token(token.normal, token.telling, token.stretch, token.start, token.end, joined)


def _vote(merged: list[Token], variants: list[list[Token]], rank: Mapping[str, int]) -> list[Token]:
    """Each word in the form that most tellings print; the base keeps its own where none has more."""
    ballots: list[Counter[str]] = [Counter() for _ in merged]
    cited: list[dict[str, Token]] = [{} for _ in merged]
    for tokens in sorted(variants, key=lambda tokens: rank[tokens[0].telling]):
        for edit in align([t.normal for t in merged], [t.normal for t in tokens]):
            if edit.op == "equal" or (edit.op == "replace" and edit.a2 - edit.a1 == edit.b2 - edit.b1):
                for offset in range(edit.a2 - edit.a1):
                    token = tokens[edit.b1 + offset]
                    ballots[edit.a1 + offset][token.normal] += 1
                    cited[edit.a1 + offset].setdefault(token.normal, token)
    result = []
    for token, ballot, forms in zip(merged, ballots, cited, strict=True):
        best = max(ballot, key=lambda form: (ballot[form], form == token.normal, form), default=token.normal)
        if best != token.normal and ballot[best] > ballot[token.normal]:
            token = _with(forms[best], joined=token.joined)
        result.append(token)
    return result


def pieces(
    merged: list[Token], texts: Mapping[str, str], bounds: Mapping[tuple[str, int], tuple[int, int]]
) -> tuple[Piece, ...]:
    """The assembled words as cited spans with their punctuation; `Piece(None)` for each gap."""
    found: list[Piece] = []
    run: list[Token] = []

    def close() -> None:
        if run:
            first, last = run[0], run[-1]
            text = texts[first.telling]
            low, _ = bounds[(first.telling, first.stretch)]
            _, high = bounds[(last.telling, last.stretch)]
            start, end = first.start, last.end
            while start > low and not text[start - 1].isspace() and not text[start - 1].isalnum():
                start -= 1
            while end < high and not text[end].isspace() and not text[end].isalnum():
                end += 1
            found.append(Piece(Place(first.telling, Span(start, end))))
            run.clear()

    for token in merged:
        if run:
            last = run[-1]
            adjacent = (
                token.joined and token.telling == last.telling and token.stretch == last.stretch
                and token.start >= last.end and not any(c.isalnum() for c in texts[token.telling][last.end : token.start])
            )  # fmt: skip
            if not adjacent:
                close()
        if not token.joined and found:
            found.append(Piece(None))
        run.append(token)
    close()
    return tuple(found)
