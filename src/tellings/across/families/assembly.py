"""The words of all variants of an utterance in one order, every one cited, gaps kept.

The longest variant is the base. Another's words go in where the runs around them show their place; a
gap is closed only by a stretch that spans it. Words whose place no variant shows stand at the end,
after a gap.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from tellings.across.families.anchors import anchored
from tellings.across.families.stretches import Stretch
from tellings.across.families.telling_words import tells
from tellings.across.keys import Aligned
from tellings.model.records import Piece, Place
from tellings.model.text import Span


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the assembled text: normal form and the place it is cited from. `joined`: nothing is
    missing between it and the word before it. `theirs`: it stands in brackets, so that the printer put it there."""

    normal: str
    telling: str
    stretch: int
    start: int
    end: int
    joined: bool
    theirs: bool = False


#: How printers mark words left out: an ellipsis set off by a space or in brackets. One that touches the
#: word before it ("just…I dunno") is the speaker's own pause.
_OMITTED = re.compile(r"\s(?:…|\.\.\.|\. \. \.)|[\[(](?:…|\.\.\.)[\])]")
#: A few words in brackets.
_BRACKETED = re.compile(r"\[[^\[\]]{1,40}\]|\([^()]{1,25}\)")

#: Fewest words that stand in an assembled text without a place: fewer are a phrase, not a part of the utterance.
_LOOSE = 5
#: Share of such words that stand elsewhere in it, from which they are no others.
_REPEATED = 0.8
#: Words of which that is counted one by one, not by runs.
_FEW = 8


def _tokens(own: list[Stretch], text: str) -> list[Token]:
    """The words of a telling's stretches. A stretch that begins in the middle of a sentence goes on from the one
    before it."""
    found: list[Token] = []
    last: int | None = None
    for stretch in own:
        put_in = [match.span() for match in _BRACKETED.finditer(text, stretch.start, stretch.end)]
        before: int | None = None
        for word in stretch.words:
            if before is not None:
                joined = not _OMITTED.search(text[before : word.start])
            else:
                joined = last is not None and stretch.continues == last and text[word.start].islower()
            theirs = any(start < word.start < end for start, end in put_in)
            found.append(Token(word.normal, stretch.telling, stretch.place, word.start, word.end, joined, theirs))
            before = word.end
        last = stretch.quote
    return found


def _distinct(own: list[Stretch]) -> list[Stretch]:
    """A telling's stretches without those that another of its own repeats whole (a fragment in the lead, the full
    words below), and without words picked out of a paraphrase where it has more than those."""
    plain = [f" {' '.join(word.normal for word in stretch.words)} " for stretch in own]
    longest = max(len(stretch.words) for stretch in own)
    kept = []
    for index, stretch in enumerate(own):
        repeated = any(
            plain[index] in other and (len(other) > len(plain[index]) or position < index)
            for position, other in enumerate(plain)
            if position != index
        )
        picked = len(stretch.words) < min(_LOOSE, longest, len(stretch.context))
        if not (repeated or picked):
            kept.append(stretch)
    return kept


def assemble(
    members: list[Stretch], rank: Mapping[str, int], texts: Mapping[str, str], origin: Mapping[str, int]
) -> list[Token]:
    """The assembled words of one utterance; `origin` is the number of the independent origin of a telling."""
    by_telling: dict[str, list[Stretch]] = {}
    for stretch in members:
        by_telling.setdefault(stretch.telling, []).append(stretch)
    variants = [_tokens(_distinct(own), texts[telling]) for telling, own in by_telling.items()]
    broken = {telling for telling, own in by_telling.items() if any(_is_broken(texts[telling], one) for one in own)}
    said = {tokens[0].telling: sum(not token.theirs for token in tokens) for tokens in variants}
    variants.sort(key=lambda tokens: (tokens[0].telling in broken, -said[tokens[0].telling], rank[tokens[0].telling]))
    merged = variants[0]
    # Longer variants go first; one that shares nothing yet waits until another has brought its words in.
    waiting = [tokens for tokens in _unlike(variants)[1:] if tokens[0].telling not in broken]
    while waiting:
        index = next((i for i, tokens in enumerate(waiting) if _shares(merged, tokens)), 0)
        merged = _merge(merged, waiting.pop(index))
    return _vote(merged, variants, rank, origin)


def _is_broken(text: str, stretch: Stretch) -> bool:
    """Whether a mark opens or closes in a stretch and not both: it may run on into the outlet's words."""
    words = text[stretch.start : stretch.end]
    return words.count("“") != words.count("”") or words.count('"') % 2 == 1


def _unlike(variants: list[list[Token]]) -> list[list[Token]]:
    """The variants without those that have the words and breaks of an earlier one: they can add nothing."""
    kept = {tuple((token.normal, token.joined) for token in tokens): tokens for tokens in reversed(variants)}
    return [tokens for tokens in variants if any(tokens is other for other in kept.values())]


def _shares(merged: list[Token], other: list[Token]) -> bool:
    return any(edit.op == "equal" for edit in anchored([t.normal for t in merged], [t.normal for t in other]))


def _merge(merged: list[Token], other: list[Token]) -> list[Token]:
    """`merged` with the words only `other` has, put where `other` shows their place."""
    edits = anchored([t.normal for t in merged], [t.normal for t in other])
    result: list[Token] = []
    loose: list[list[Token]] = []
    index = 0
    while index < len(edits):
        edit = edits[index]
        if edit.op == "delete" and index + 1 < len(edits) and edits[index + 1].op == "insert":
            result.extend(_beside(merged, other, edit, edits[index + 1], loose))
            index += 2
            continue
        if edit.op == "insert":
            result.extend(_inserted(merged, other, edit, loose))
        elif edit.op == "equal":
            first_runs_on = bool(result) and _closes_gap(merged, other, edits, index)
            for offset, token in enumerate(merged[edit.a1 : edit.a2]):
                # Where the other variant runs on and this one breaks off, nothing is missing.
                runs_on = first_runs_on if offset == 0 else other[edit.b1 + offset].joined
                result.append(_with(token, joined=token.joined or runs_on))
        else:
            result.extend(merged[edit.a1 : edit.a2])
        index += 1
    for tokens in loose:
        if len(tokens) >= _LOOSE and not _held(result, tokens):
            result.extend(_after_gap(tokens))
    return result


def _held(merged: list[Token], tokens: list[Token]) -> bool:
    """Whether nearly all words of `tokens` stand elsewhere: one outlet has the parts in another order."""
    words, new = [t.normal for t in merged], [t.normal for t in tokens]
    if len(new) <= _FEW:
        return sum(word in words for word in new) >= _REPEATED * len(new)
    return sum(edit.b2 - edit.b1 for edit in anchored(words, new) if edit.op == "equal") >= _REPEATED * len(new)


def _closes_gap(merged: list[Token], other: list[Token], edits: tuple[Aligned, ...], index: int) -> bool:
    """Whether the run at `index` follows, in `other`, straight on what stands before it now."""
    edit = edits[index]
    before = edits[index - 1]
    if not 0 < edit.b1 < len(other) or not other[edit.b1].joined:
        return False
    return before.op in ("equal", "insert") or (before.op == "replace" and before.a2 == edit.a1)


def _beside(
    merged: list[Token], other: list[Token], kept: Aligned, added: Aligned, loose: list[list[Token]]
) -> list[Token]:
    """Two different stretches between the same anchors: ordered only where one of them breaks off there."""
    here, new = merged[kept.a1 : kept.a2], other[added.b1 : added.b2]
    new_runs_on = added.b1 > 0 and new[0].joined
    new_leads_on = added.b2 < len(other) and other[added.b2].joined
    here_runs_on = kept.a1 > 0 and here[0].joined
    here_leads_on = kept.a2 < len(merged) and merged[kept.a2].joined
    if kept.a1 > 0 and new_runs_on and not here_runs_on:
        return [*new, *here]
    if kept.a1 > 0 and here_runs_on and not new_runs_on and not here_leads_on:
        return [*here, *_after_gap(new)]
    if kept.a2 < len(merged) and new_leads_on and not here_leads_on:
        return [*here, *_after_gap(new)]
    loose.append(new)
    return here


def _inserted(merged: list[Token], other: list[Token], added: Aligned, loose: list[list[Token]]) -> list[Token]:
    """Words of `other` between two runs that stand side by side in `merged` (or before or after all of it)."""
    new = other[added.b1 : added.b2]
    if 2 * sum(token.theirs for token in new) >= len(new):
        return []
    at_edge = added.a1 == 0 or added.a1 == len(merged)
    if at_edge and not any(tells(token.normal) for token in new):
        return []  # "… until they waited" beside "… waited in"
    gap_here = at_edge or not merged[added.a1].joined
    runs_on = added.b1 > 0 and new[0].joined
    leads_on = added.b2 < len(other) and other[added.b2].joined
    if (runs_on and leads_on) or (gap_here and (runs_on or leads_on)):
        return new
    if at_edge and len(new) >= _LOOSE and not _held(merged, new):
        return _after_gap(new)
    loose.append(new)
    return []


def _after_gap(tokens: list[Token]) -> list[Token]:
    return [_with(tokens[0], joined=False), *tokens[1:]]


def _with(token: Token, *, joined: bool) -> Token:
    return replace(token, joined=joined)


def _vote(
    merged: list[Token], variants: list[list[Token]], rank: Mapping[str, int], origin: Mapping[str, int]
) -> list[Token]:
    """Each word in the form that most independent origins print, then most tellings; the base keeps its own where none
    has more. What a printer put in brackets is nobody's word where another has one."""
    ballots: list[dict[str, list[Token]]] = [{} for _ in merged]
    for tokens in sorted(variants, key=lambda tokens: rank[tokens[0].telling]):
        for edit in anchored([t.normal for t in merged], [t.normal for t in tokens]):
            if edit.op == "equal" or (edit.op == "replace" and edit.a2 - edit.a1 == edit.b2 - edit.b1):
                for offset in range(edit.a2 - edit.a1):
                    token = tokens[edit.b1 + offset]
                    ballots[edit.a1 + offset].setdefault(token.normal, []).append(token)

    def votes(cast: list[Token]) -> tuple[bool, int, int]:
        return any(not token.theirs for token in cast), len({origin[token.telling] for token in cast}), len(cast)

    result = []
    for token, ballot in zip(merged, ballots, strict=True):
        most = max((votes(cast) for cast in ballot.values()), default=None)
        if most is not None and most > votes(ballot.get(token.normal, [token])):
            form = max(form for form, cast in ballot.items() if votes(cast) == most)
            token = _with(ballot[form][0], joined=token.joined)
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
            same_place = (token.telling, token.stretch) == (last.telling, last.stretch) and token.start >= last.end
            adjacent = (
                token.joined
                and same_place
                and not any(c.isalnum() for c in texts[token.telling][last.end : token.start])
            )
            if not adjacent:
                close()
        if not token.joined and found:
            found.append(Piece(None))
        run.append(token)
    close()
    return tuple(found)
