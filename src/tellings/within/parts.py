"""The parts room: which stretches of a telling were written when.

Most tellings have one part with the document's date. A page that says only when it was *updated* may
be stitched: a new lead over text of earlier days, whose "yesterday" is not the update's. There the
lead keeps the update's date, and the text below is of unknown date, bounded by what is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import islice

from tellings.language.base import Language
from tellings.model.records import Block, Document, DocumentDate, Part, Provenance
from tellings.model.rules import Rule, lowered
from tellings.model.text import Span

STAGE = "parts"
#: An update within so many days of publication is an edit of the same text, not a new layer.
SAME_TEXT_DAYS = 1
#: Characters from the top in which a line of plain text may be the page's date line.
HEAD = 400
#: A deictic month or season fits an update up to so many days after it (a text just revised).
FIT_DAYS = 7

#: Full names of the lead that are weighed as its main person.
LEAD_NAMES = 10

_QUOTED = re.compile(r"“[^”]{0,2000}”?|\"[^\"\n]{0,2000}\"")
_FULL_NAME = re.compile(r"\b[A-Z][a-z]+\s+(?:[A-Z]\.\s+)?[A-Z][a-z]+(?:-[A-Z][a-z]+)?\b")
# "Published May 3, 2014 | Updated June 1, 2014": where an entry of such a line begins.
_ENTRY = re.compile(r"\A|[|·•—–]\s*(?=\w)|\.\s+(?=[A-Z])")
_LINE_START = r"(?m)^[^\w\n]{0,20}"
_DATED_KINDS = frozenset({"updated", "byline", "dateline", "metadata"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A line that says when the page was "updated" or "published"."""

    kind: str
    day: date
    span: Span


@dataclass(frozen=True, slots=True)
class Sign:
    """Why a new part may begin at a block: the rule and the words."""

    block: int
    rule: str
    span: Span


@dataclass(frozen=True, slots=True)
class _Rules:
    marks: tuple[tuple[str, re.Pattern[str]], ...]
    inline_marks: tuple[tuple[str, re.Pattern[str]], ...]
    deictics: tuple[tuple[str, re.Pattern[str]], ...]
    date: re.Pattern[str]
    months: Mapping[str, int]
    seasons: Mapping[str, str]
    roles: str
    coming: re.Pattern[str]
    month_names: Mapping[int, str]


def parts(document: Document, blocks: tuple[Block, ...], language: Language) -> tuple[Part, ...]:
    """The parts of a telling; they tile its text, in order.

    1. posts that mark-up dates by themselves: each is a part; else
    2. read the lines that say when the page was updated and published
    3. no update line, or a date of publication known otherwise: one part
    4. look below the lead for signs that the text is of other days
    5. none: one part; else the lead with the update's date and parts of unknown, bounded date
    """
    text = document.text
    whole = Span(0, len(text))
    if document.posts:
        return tuple(_posted(document))
    rules = _rules(language)
    marks = list(_marks(text, blocks, rules))
    first_story = next((block.span.start for block in blocks if block.kind in ("paragraph", "list-item")), len(text))
    updated = next(
        (mark for mark in marks if mark.kind == "updated" and mark.span.start <= max(first_story, HEAD)), None
    )
    if updated is None or not _undated(document.date, updated):
        return (Part(whole, document.date, Provenance(STAGE, "one-date")),)
    published = next(
        (mark for mark in marks if mark.kind == "published" and mark.span.start <= max(first_story, HEAD)), None
    )
    if published is not None and abs((updated.day - published.day).days) <= SAME_TEXT_DAYS:
        evidence = (
            f"page published {shown(published.day, rules.month_names)}, updated {shown(updated.day, rules.month_names)}"
        )
        return (
            _part(
                whole, DocumentDate(published.day, evidence, "published", published.span), "one-date", published.span
            ),
        )
    signs = _signs(text, blocks, rules, updated.day)
    if document.date.value is not None:
        signs = _strong(signs)
        if not signs:
            return (Part(whole, document.date, Provenance(STAGE, "one-date")),)
    if not signs:
        return (_part(whole, _update_date(updated, published, rules), "updated", updated.span),)
    return tuple(_stitched(text, blocks, signs, marks, updated, published, rules))


def _posted(document: Document) -> Iterator[Part]:
    """The posts, and between them what has the date of the page."""
    end = 0
    for post in document.posts:
        if end < post.span.start:
            yield Part(Span(end, post.span.start), document.date, Provenance(STAGE, "around-posts"))
        stamp = (post.date.span,) if post.date.span else ()
        yield _part(post.span, post.date, "post", *stamp)
        end = post.span.end
    if end < len(document.text):
        yield Part(Span(end, len(document.text)), document.date, Provenance(STAGE, "around-posts"))


def shown(day: date, months: Mapping[int, str]) -> str:
    """`day` in words: 22 February 2021. `months`: their names by number."""
    return f"{day.day} {months[day.month]} {day.year}"


def _undated(known: DocumentDate, updated: Mark) -> bool:
    """Whether the document's date says no more than the update line does: the same day, and nobody calls it the
    day of publication."""
    return known.value is None or (known.value == updated.day and "publi" not in known.evidence + known.rule)


def _strong(signs: list[Sign]) -> list[Sign]:
    """The signs from the first that a page of one day does not show: a clash, the main person introduced again, or
    a subheading with days told from another time of writing below it. A deictic alone fits the page's own day."""
    for index, sign in enumerate(signs):
        below = any(later.rule in ("deictic", "clash") for later in signs[index + 1 :])
        if sign.rule in ("clash", "introduced-again") or (sign.rule == "subheading" and below):
            return signs[index:]
    return []


def _update_date(updated: Mark, published: Mark | None, rules: _Rules) -> DocumentDate:
    evidence = f"page updated {shown(updated.day, rules.month_names)}"
    evidence += (
        f", published {shown(published.day, rules.month_names)}" if published else "; when it was published is not said"
    )
    return DocumentDate(updated.day, evidence, "updated", updated.span)


def _part(span: Span, known: DocumentDate, rule: str, *evidence: Span) -> Part:
    return Part(span, known, Provenance(STAGE, rule, evidence=evidence))


def _stitched(
    text: str,
    blocks: tuple[Block, ...],
    signs: list[Sign],
    marks: list[Mark],
    updated: Mark,
    published: Mark | None,
    rules: _Rules,
) -> Iterator[Part]:
    """The lead, then a part from each sign that opens one to the next."""
    opening = [signs[0]]
    opening += [sign for sign in signs[1:] if sign.rule != "deictic" and sign.block > opening[-1].block]
    starts = {blocks[sign.block].span.start: sign for sign in reversed(opening)}
    own = {}
    for mark in marks:  # a date line of its own opens a part, too
        if mark.kind == "published" and mark.span.start > blocks[signs[0].block].span.start:
            block = next(block for block in blocks if block.span.end > mark.span.start)
            if any(later.story and later.span.start > mark.span.start for later in blocks):
                own[block.span.start] = mark
    borders = sorted({*starts, *own})
    yield _part(Span(0, borders[0]), _update_date(updated, published, rules), "updated", updated.span)
    for start, end in zip(borders, [*borders[1:], len(text)], strict=True):
        span = Span(start, end)
        if start in own:
            mark = own[start]
            known = DocumentDate(
                mark.day,
                f"this part says it was published {shown(mark.day, rules.month_names)}",
                "published",
                mark.span,
            )
            yield _part(span, known, "published", mark.span)
            continue
        sign = starts[start]
        told = _latest_told(text, span, updated.day, rules)
        before = max((day for day in (told, published.day if published else None) if day), default=None)
        evidence = f"page updated {shown(updated.day, rules.month_names)}; when this part was written is not said"
        known = DocumentDate(None, evidence, "stitched", updated.span, not_before=before, not_after=updated.day)
        yield _part(span, known, f"stitched/{sign.rule}", sign.span, updated.span)


# ---- signs --------------------------------------------------------------------------------


def _signs(text: str, blocks: tuple[Block, ...], rules: _Rules, updated: date) -> list[Sign]:
    """Signs of other days below the lead (the first paragraph), in order, one for a block.

    "clash": a deictic that cannot be of the update's date; "subheading"; "introduced-again": the main
    person by full name and role after the surname alone; "deictic": any other deictic outside quotations.
    """
    found = []
    lead = next((index for index, block in enumerate(blocks) if block.kind in ("paragraph", "list-item")), None)
    if lead is None:
        return []
    again = _introduction(text, blocks, lead, rules)
    last_subheading = None
    for index in range(lead + 1, len(blocks)):
        block = blocks[index]
        if block.kind == "subheading":
            last_subheading = index
            found.append(Sign(index, "subheading", block.span))
            continue
        if not block.story:
            continue
        words = _QUOTED.sub(lambda match: " " * len(match.group()), block.span.of(text))
        deictics = [
            (match, _fits(match, rules, updated)) for _, pattern in rules.deictics for match in pattern.finditer(words)
        ]
        clash = next((match for match, fits in deictics if not fits), None)
        start = block.span.start
        if clash is not None:
            found.append(Sign(index, "clash", Span(start + clash.start(), start + clash.end())))
        elif (
            again is not None
            and (match := again[1].search(words))
            and again[0].search(text, blocks[lead].span.end, start)
        ):
            found.append(Sign(index, "introduced-again", Span(start + match.start(), start + match.end())))
        elif deictics:
            match = min((match for match, _ in deictics), key=lambda each: each.start())
            found.append(Sign(index, "deictic", Span(start + match.start(), start + match.end())))
    if found and all(sign.rule == "subheading" for sign in found) and last_subheading is None:
        return []
    return found


def _fits(match: re.Match[str], rules: _Rules, updated: date) -> bool:
    """Whether a deictic that names a month or season can have been written at the update."""
    groups = match.groupdict()
    days = {updated, updated - timedelta(days=FIT_DAYS)}
    if groups.get("month"):
        return any(day.month == rules.months[lowered(groups["month"])] for day in days)
    if groups.get("season"):
        months = {"SP": (3, 4, 5, 6), "SU": (6, 7, 8, 9), "FA": (9, 10, 11, 12), "WI": (12, 1, 2, 3)}
        told_of_now = match.group().lower().split()[0] in ("this", "earlier", "later")
        return not told_of_now or any(day.month in months[rules.seasons[lowered(groups["season"])]] for day in days)
    return True


def _introduction(
    text: str, blocks: tuple[Block, ...], lead: int, rules: _Rules
) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    """Patterns for the main person: surname alone, and a role with the full name."""
    best, count = None, 2
    for match in islice(_FULL_NAME.finditer(text, blocks[lead].span.start, blocks[lead].span.end), LEAD_NAMES):
        surname = match.group().split()[-1]
        uses = len(re.findall(rf"\b{re.escape(surname)}\b", text))
        if uses > count:
            best, count = match.group(), uses
    if best is None:
        return None
    first, surname = best.split()[0], best.split()[-1]
    alone = re.compile(rf"(?<!{re.escape(first)}\s)\b{re.escape(surname)}\b")
    return alone, re.compile(rf"\b(?:{rules.roles})\s+{re.escape(first)}\s+(?:[A-Z]\.\s+)?{re.escape(surname)}\b")


# ---- dates --------------------------------------------------------------------------------


def _marks(text: str, blocks: tuple[Block, ...], rules: _Rules) -> Iterator[Mark]:
    """Lines that say when the page was updated or published, in order of kind, then place."""
    for kind, pattern in rules.marks:
        for match in pattern.finditer(text):
            written = rules.date.match(text, match.end())
            day = _day(written, rules) if written else None
            if written is None or day is None:
                continue
            in_kind = any(
                block.kind in _DATED_KINDS and block.span.start <= match.start() < block.span.end for block in blocks
            )
            alone = len(text[written.end() : text.find("\n", written.end()) % (len(text) + 1)].split()) <= 8
            if in_kind or match.start() < HEAD or (alone and kind == "published"):
                yield Mark(kind, day, Span(match.start(), written.end()).trimmed(text))
    for index, block in enumerate(blocks):  # "Published May 3, 2014 | Updated June 1, 2014" on one line
        if block.kind in _DATED_KINDS or (index == 0 and block.span.start < HEAD):
            line = block.span.of(text)[:HEAD]
            for match in _ENTRY.finditer(line):
                start = block.span.start + match.end()
                for kind, inline in rules.inline_marks:
                    found = inline.match(text, start)
                    written = rules.date.match(text, found.end()) if found else None
                    day = _day(written, rules) if written else None
                    if found and written and day:
                        yield Mark(kind, day, Span(start, written.end()))


def _day(match: re.Match[str], rules: _Rules) -> date | None:
    groups = {key.rstrip("0123456789_"): value for key, value in match.groupdict().items() if value}
    month = lowered(groups["month"])
    try:
        return date(int(groups["year"]), int(month) if month.isdigit() else rules.months[month], int(groups["day"]))
    except (ValueError, KeyError):
        return None


def _latest_told(text: str, span: Span, updated: date, rules: _Rules) -> date | None:
    """The latest date with its year that the part tells as past."""
    days = [
        day
        for match in rules.date.finditer(text, span.start, span.end)
        if (day := _day(match, rules))
        and day <= updated
        and not rules.coming.search(text[max(span.start, match.start() - 40) : match.start()])
    ]
    return max(days, default=None)


@cache
def _rules(language: Language) -> _Rules:
    rules = language.rules("time")
    mine = [rule for rule in rules.rules if rule.meaning.get("room") == "parts"]

    def compiled(rule: Rule) -> re.Pattern[str]:
        return re.compile(rules.expand(rule.pattern), re.IGNORECASE)

    months = rules.meanings("month")
    marks = [(str(rule.meaning["mark"]), compiled(rule)) for rule in mine if rule.meaning["meaning"] == "mark"]
    return _Rules(
        tuple(marks),
        tuple((kind, re.compile(mark.pattern.replace(_LINE_START, "", 1), re.IGNORECASE)) for kind, mark in marks),
        tuple((rule.name, compiled(rule)) for rule in mine if rule.meaning["meaning"] == "deictic"),
        language.pattern("time", "written-date"),
        {word.lower(): int(number) for word, number in months.items()},
        {word.lower(): str(code) for word, code in rules.meanings("season").items()},
        rules.alternatives("role"),
        language.pattern("time", "coming-before"),
        {int(number): word for word, number in sorted(months.items(), key=lambda month: len(month[0]))},
    )
