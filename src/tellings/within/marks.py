"""Which stretches stand in quotation marks.

A state machine over the marks of one paragraph at a time, so that a broken mark can never swallow a
page. The glyph of a mark is a hint, its neighbours and what is open decide: pages open with
closing marks, close with the wrong one, or forget one altogether. Where it cannot be told, the
stretch is left out and the reason kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from tellings.language.base import Language
from tellings.model.records import Block, Quoted, Stray
from tellings.model.text import Span

_LINE = re.compile(r"[^\n]+")
# It begins with one character of a set, which `re` looks for by itself; two that make one mark are taken together.
_MARK = re.compile("[“”„‟\"«»‘’‚'`](?:(?<=`) ?`|(?<=')'|(?<!`))")
_DOUBLE_OPEN, _DOUBLE_CLOSE = "“„‟«", "”»"
_SINGLE_OPENER = re.compile(r"(?:^|[\s(—–])[‘'](?=\w)(?!\d0s)")
#: Quotation marks beyond which nothing is paired, for that is no prose, and pairing costs too much; and after how many
#: a long paragraph (a transcript of one line, say) is parted, where a mark opens and the one before it closed.
_MOST_MARKS, _PARTED = 400, 100
_TERMINATORS = ".!?…"

MarkRole = Literal["open", "close", "either"]


#: The folder of the rules.
ROOM = "marks"


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The patterns of the room, as `data/<language>/marks` says what they are."""

    elision: re.Pattern[str]
    cue_clause: re.Pattern[str]
    cue_clause_end: re.Pattern[str]
    cue_before_capital: re.Pattern[str]


@cache
def _patterns(language: Language) -> _Patterns:
    def pattern(name: str) -> re.Pattern[str]:
        return language.pattern(ROOM, name)

    return _Patterns(
        pattern("elision"), pattern("cue-clause"), pattern("cue-clause-end"), pattern("cue-before-capital")
    )


@dataclass(slots=True)
class _Mark:
    start: int
    end: int
    role: MarkRole
    double: bool


@dataclass(slots=True)
class _Open:
    mark: _Mark
    rule: str


def quoted(text: str, blocks: tuple[Block, ...], language: Language) -> tuple[tuple[Quoted, ...], tuple[Stray, ...]]:
    """All stretches in quotation marks of story blocks, sorted by start, and the marks left over."""
    found: list[Quoted] = []
    strays: list[Stray] = []
    patterns = _patterns(language)
    paragraphs = [part for whole in _paragraphs(text, blocks) for part in _parts(text, patterns, whole)]
    singles_quote = _single_marks_quote(text, paragraphs)
    for index, paragraph in enumerate(paragraphs):
        following = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
        single = singles_quote and not _double_around_single(text, paragraph)
        stretches, left = _pair(text, patterns, paragraph, following, single)
        offset = len(found)
        found.extend(
            Quoted(q.span, q.content, q.rule, None if q.outer is None else q.outer + offset, q.runs_on)
            for q in stretches
        )
        strays.extend(left)
    return tuple(found), tuple(strays)


def _paragraphs(text: str, blocks: tuple[Block, ...]) -> Iterator[Span]:
    """Stretches of story text between line ends; blocks that share a line stay apart."""
    for block in blocks:
        if not block.story:
            continue
        for line in _LINE.finditer(text, block.span.start, block.span.end):
            span = Span(*line.span()).trimmed(text)
            if len(span):
                yield span


def _parts(text: str, patterns: _Patterns, paragraph: Span) -> Iterator[Span]:
    """A paragraph with too many marks to be paired at once, in stretches that no quotation spans; any other whole."""
    start, at, closed = paragraph.start, 0, False
    if len(paragraph) > 2 * _MOST_MARKS:
        single = _single_marks_quote(text, [paragraph])
        for mark in (each for each in _classify(text, patterns, paragraph) if each.double is not single):
            if at >= _PARTED and closed and mark.role == "open" and text[mark.start - 1].isspace():
                yield Span(start, mark.start).trimmed(text)
                start, at = mark.start, 0
            at, closed = at + 1, mark.role == "close"
    yield Span(start, paragraph.end)


def _single_marks_quote(text: str, paragraphs: list[Span]) -> bool:
    """Whether this telling quotes with single marks (the British style): more openers than double ones."""
    doubles = singles = 0
    for paragraph in paragraphs:
        stretch = paragraph.of(text)
        doubles += sum(stretch.count(mark) for mark in '“”"«»')
        if "‘" in stretch or "'" in stretch:
            singles += len(_SINGLE_OPENER.findall(stretch))
    return singles * 2 > doubles


def _classify(text: str, patterns: _Patterns, paragraph: Span) -> list[_Mark]:
    """The quotation marks of a paragraph with the role that glyph and neighbours suggest."""
    marks: list[_Mark] = []
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        start, end, glyph = match.start(), match.end(), match.group()
        before = text[start - 1] if start > paragraph.start else " "
        after = text[end] if end < paragraph.end else " "
        if glyph in "‘’‚'":
            role = _single_role(text, patterns, match, before, after)
            if role is not None:
                marks.append(_Mark(start, end, role, double=False))
            continue
        if glyph.startswith("`"):
            role = "open"
        elif glyph == "''":
            role = "open" if (before.isspace() or before in "([—–") and not after.isspace() else "close"
        elif glyph == '"' and before.isspace() and after.isspace() and end < paragraph.end:
            # Marks set off on both sides (tokenised text) open and close in turn.
            role = "either" if start > paragraph.start else "open"
        elif before.isspace() or before in "([—–-/":
            # A mark after a space opens, unless nothing follows it.
            role = "close" if after.isspace() else "open"
            if after.isspace() and glyph in _DOUBLE_OPEN:
                role = "open"
        elif after.isspace() or after in ".,;:!?)]…—–":
            role = "close"
        elif glyph in _DOUBLE_CLOSE:
            # " .”I": the space went astray, the mark opens the next quotation.
            misplaced = before in _TERMINATORS + "," and text[start - 2 : start - 1].isspace()
            role = "open" if misplaced and after.isalpha() else "close"
        elif glyph in _DOUBLE_OPEN:
            role = "open"
        else:
            role = "either"
        marks.append(_Mark(start, end, role, double=True))
    return marks


def _single_role(text: str, patterns: _Patterns, match: re.Match[str], before: str, after: str) -> MarkRole | None:
    """The role of a single mark; `None` for an apostrophe."""
    glyph = match.group()
    if before.isalnum() and after.isalnum():
        return None
    if glyph in "‘‚" or (glyph == "'" and not before.isalnum() and before not in _TERMINATORS + ",;:)"):
        if patterns.elision.match(text, match.start()):
            return None
        return "open" if after.isalnum() or after in '“"@#[(…£$€*' else None
    if not before.isalnum() and not after.isalnum() and (before.isspace() and after.isspace()):
        return None
    if before.isspace() and after.isalnum():
        return None  # ’em, ’90s: an elision
    return "close"


def _double_around_single(text: str, paragraph: Span) -> bool:
    """Whether double marks hold single ones in a paragraph, whatever the rest of the text does."""
    return _AROUND_SINGLE.search(text, paragraph.start, paragraph.end) is not None


_AROUND_SINGLE = re.compile(r"“[^“”]*[\s(]‘[^“”]*[^\s\w]’[^“”]*”")


def _pair(
    text: str, patterns: _Patterns, paragraph: Span, following: Span | None, singles_quote: bool
) -> tuple[list[Quoted], list[Stray]]:
    marks = _classify(text, patterns, paragraph)
    if not marks:
        return [], []
    if len(marks) > _MOST_MARKS:
        return [], [Stray(paragraph, "more quotation marks than a paragraph of prose can have")]
    primary = [mark for mark in marks if mark.double is not singles_quote]
    if singles_quote:
        primary = _real_closers(text, marks)
    stretches, strays = _outer(text, patterns, paragraph, following, primary, marks, singles_quote)
    stretches.sort(key=lambda q: (q.span.start, -q.span.end))
    return _nested(text, paragraph, marks, stretches, singles_quote), strays


def _real_closers(text: str, marks: list[_Mark]) -> list[_Mark]:
    """Single marks that quote: for each opener the closer it most likely has; possessives dropped.

    A closer after punctuation (’ in “safe,’ she”) is sure; one after a letter may be a possessive
    plural, so it closes only when no sure closer comes before the next opener.
    """
    singles = [mark for mark in marks if not mark.double]
    kept: list[_Mark] = []
    index = 0
    while index < len(singles):
        mark = singles[index]
        if mark.role != "open":
            index += 1
            continue
        stop = next((i for i in range(index + 1, len(singles)) if singles[i].role == "open"), len(singles))
        closers = singles[index + 1 : stop]
        sure = [
            c for c in closers if text[c.start - 1] in _TERMINATORS + ',;:-–—”")' or not text[c.start - 1].isalnum()
        ]
        plain = [c for c in closers if text[c.start - 1] not in "sS"]
        # A fragment (‘low tide’) closes at its first plain mark; a sentence at its first sure one.
        chosen = sure[:1]
        if plain and (not sure or plain[0].start < sure[0].start):
            chosen = plain[:1]
        kept.append(mark)
        kept.extend(chosen or closers[-1:])
        index = stop
    return kept


def _outer(
    text: str,
    patterns: _Patterns,
    paragraph: Span,
    following: Span | None,
    marks: list[_Mark],
    everything: list[_Mark],
    singles_quote: bool,
) -> tuple[list[Quoted], list[Stray]]:
    """Pairs of the paragraph's primary marks (double, or single in the British style)."""
    found: list[Quoted] = []
    strays: list[Stray] = []
    opened: _Open | None = None
    inner_stretches: list[Quoted] = []
    last_end = paragraph.start
    for index, mark in enumerate(marks):
        rest = marks[index + 1 :]
        if opened is None:
            if mark.role != "close":
                opened = _Open(mark, "balanced")
            elif _opens_with_closing_mark(text, patterns, mark, rest, paragraph):
                opened = _Open(mark, "opened with a closing mark")
            elif not singles_quote and (single := _single_opener(text, everything, last_end, mark)):
                found.append(
                    _stretch(text, single.start, single.end, mark.start, mark.end, "closed with the other mark")
                )
                last_end = mark.end
            elif (start := _opened_by_cue(text, patterns, last_end, mark.start)) is not None:
                found.append(_stretch(text, start, start, mark.start, mark.end, "opened by its cue, without a mark"))
                last_end = mark.end
            else:
                strays.append(Stray(Span(mark.start, mark.end), "a closing mark with nothing that opens"))
            continue
        if mark.role == "open":
            # A second opener: nested in the same marks, or the first was never closed.
            if _is_nested_opener(text, patterns, opened.mark.end, mark.start):
                closers = [m for m in rest if m.role == "close"]
                if len(closers) < 2:
                    opened = _Open(opened.mark, "one closing mark for two opening marks")
                    end = closers[0].start if closers else paragraph.end
                    inner_stretches.append(
                        _stretch(text, mark.start, mark.end, end, end, "closed with the outer quotation")
                    )
                else:
                    # Step over the inner pair: its closer must not close the outer one.
                    inner = next(m for m in rest if m.role == "close")
                    inner.role = "either"
                    inner.double = not inner.double
                continue
            found.append(_closed_before_cue(text, patterns, opened.mark, mark.start))
            opened = _Open(mark, "balanced")
            continue
        if mark.role == "either" and mark.double is singles_quote:
            mark.double = not mark.double
            continue
        found.append(_stretch(text, opened.mark.start, opened.mark.end, mark.start, mark.end, opened.rule))
        last_end, opened = mark.end, None
    if opened is not None:
        stretch = _stretch(text, opened.mark.start, opened.mark.end, paragraph.end, paragraph.end, "never closed")
        if _continues(text, following, singles_quote):
            found.append(Quoted(stretch.span, stretch.content, "closed in a later paragraph", runs_on=True))
        elif _clause_inside(text, patterns, stretch.content):
            found.append(_closed_before_cue(text, patterns, opened.mark, paragraph.end))
        else:
            found.append(
                Quoted(stretch.span, stretch.content, opened.rule if opened.rule != "balanced" else "never closed")
            )
    found.extend(stretch for stretch in inner_stretches if any(q.span.contains(stretch.span) for q in found))
    return found, strays


def _closed_before_cue(text: str, patterns: _Patterns, mark: _Mark, end: int) -> Quoted:
    """What an unclosed mark opens, up to the comma before the telling's own cue clause: “We won, Ana Vell said."""
    clause = patterns.cue_clause.search(text, mark.end, end)
    stop = clause.start() + 1 if clause else end
    return _stretch(text, mark.start, mark.end, stop, stop, "never closed, its cue follows")


def _stretch(text: str, start: int, content_start: int, content_end: int, end: int, rule: str) -> Quoted:
    content = Span(content_start, content_end).trimmed(text)
    return Quoted(Span(start, end), content, rule)


def _continues(text: str, following: Span | None, singles_quote: bool) -> bool:
    """Whether the next paragraph begins with an opening mark, as quotations over paragraphs do."""
    if following is None:
        return False
    first = text[following.start]
    return first in ("‘'" if singles_quote else '“"«„')


def _opens_with_closing_mark(text: str, patterns: _Patterns, mark: _Mark, rest: list[_Mark], paragraph: Span) -> bool:
    """A closing mark that opens: a cue clause has just ended, and the next mark closes again."""
    if not rest or rest[0].role == "open" or mark.end >= paragraph.end:
        return False
    before = text[max(paragraph.start, mark.start - 60) : mark.start]
    if not patterns.cue_clause_end.search(before):
        return False
    return text[rest[0].start - 1] in _TERMINATORS + ","


def _single_opener(text: str, everything: list[_Mark], floor: int, closing: _Mark) -> _Mark | None:
    """A single opening mark, still open, that a double closing mark ends."""
    candidates = [m for m in everything if not m.double and floor <= m.start < closing.start]
    for mark in reversed(candidates):
        if mark.role == "open":
            return mark
        if mark.role == "close" and text[mark.start - 1] in _TERMINATORS + ",":
            return None
    return None


def _opened_by_cue(text: str, patterns: _Patterns, floor: int, end: int) -> int | None:
    """Where a quotation that was never opened starts: after the last cue with a comma or colon and a capital."""
    matches = list(patterns.cue_before_capital.finditer(text, floor, end))
    return matches[-1].end() if matches else None


def _is_nested_opener(text: str, patterns: _Patterns, start: int, position: int) -> bool:
    """Whether an opener inside an open quotation nests: no cue clause of the telling stands before it."""
    return not _clause_inside(text, patterns, Span(start, position))


def _clause_inside(text: str, patterns: _Patterns, content: Span) -> bool:
    """Whether the telling's own cue clause ("…, she said.") stands inside what seems quoted."""
    return bool(patterns.cue_clause.search(text, content.start, content.end))


def _nested(text: str, paragraph: Span, marks: list[_Mark], outer: list[Quoted], singles_quote: bool) -> list[Quoted]:
    """`outer` with the quotations of the other kind of mark: nested ones, and those standing alone."""
    other = _real_closers(text, marks) if not singles_quote else [m for m in marks if m.double]
    pairs: list[tuple[_Mark, _Mark]] = []
    opened: _Mark | None = None
    for mark in other:
        if mark.role == "open":
            opened = mark
        elif opened is not None:
            pairs.append((opened, mark))
            opened = None
    result = list(outer)
    for opening, closing in pairs:
        span = Span(opening.start, closing.end)
        index = next((i for i, q in enumerate(outer) if q.span.contains(span) and q.span != span), None)
        if any(q.span.overlaps(span) and not q.span.contains(span) for q in result):
            continue  # crosses another: which of them pairs cannot be told
        content = Span(opening.end, closing.start).trimmed(text)
        result.append(Quoted(span, content, "balanced", outer=index))
    for index, stretch in enumerate(outer):
        if stretch.rule == "closed with the outer quotation":
            holder = next(i for i, q in enumerate(outer) if q.span.contains(stretch.span) and q is not stretch)
            result[index] = Quoted(stretch.span, stretch.content, stretch.rule, outer=holder)
    order = sorted(range(len(result)), key=lambda i: (result[i].span.start, -result[i].span.end))
    place = {old: new for new, old in enumerate(order)}
    return [
        Quoted(q.span, q.content, q.rule, None if q.outer is None else place[q.outer], q.runs_on)
        for q in (result[i] for i in order)
    ]
