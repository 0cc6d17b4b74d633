"""Reports on drafts that are hard to show: every character that something could change, findings over one another."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date

from page_sample import NASTY

from tellings.model.checked import VERDICTS, Checkable, Verdict
from tellings.model.record import BlockLine, Evidence, Why
from tellings.model.report import (
    CHECK_FORMAT,
    CheckedArticle,
    Cited,
    FilePlace,
    Finding,
    Report,
    ReportedEdit,
    Words,
)

ATTACK = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
ARTICLE = f"“We waited an hour,” said Ada Quill.\r\n::error::{ATTACK} [^t12345678]: x"


def finding(
    text: str,
    start: int,
    end: int,
    verdict: Verdict,
    *,
    kind: Checkable = "quotation",
    number: int = 0,
    edits: tuple[ReportedEdit, ...] = (),
    reason: str = "",
) -> Finding:
    """A finding at these places of a text whose file has the same characters."""
    lines = text[:start].count("\n")
    column = start - (text.rfind("\n", 0, start) + 1) + 1
    at = FilePlace(start, end, lines + 1, column, lines + 1, column + end - start)
    exact = Evidence("A", 1, 18, ARTICLE[1:18])
    cited = Cited(exact, Evidence("A", 0, len(ARTICLE), ARTICLE))
    called = f"t{hashlib.sha256(f'{start} {end} {number}'.encode()).hexdigest()[:8]}"
    words = Words(start, end, text[start:end])
    why = Why("checking", "test rule", None, ())
    against = (cited,) if verdict in ("differs", "contested", "another speaker") else ()
    return Finding(called, words, at, kind, verdict, (cited,), against, 1, edits, None, reason, why)


def report(
    text: str, findings: Sequence[Finding], *, name: str = "draft.txt", blocks: Sequence[BlockLine] = ()
) -> Report:
    """A report on a text with these findings, held against one article."""
    article = CheckedArticle("A", "a", ATTACK, ATTACK, ATTACK, date(2021, 3, 9), "javascript:alert(1)")
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Report(
        *(CHECK_FORMAT, "0", name, name, "text/plain", digest, None, text, None),
        *(tuple(blocks), (article,), 1, tuple(findings), ()),
    )


def nasty() -> Report:
    """NASTY, with a finding on each of its characters in turn of every verdict, and some over many of them."""
    each = [finding(NASTY, at, at + 1, VERDICTS[at % len(VERDICTS)]) for at in range(len(NASTY))]
    over = [finding(NASTY, at, min(at + 25, len(NASTY)), VERDICTS[at % 7], number=1) for at in range(0, len(NASTY), 10)]
    inside = Words(5, 9, NASTY[5:9])
    changed = ReportedEdit(inside, Evidence("A", 1, 9, ARTICLE[1:9]), "word", False)
    whole = finding(NASTY, 0, len(NASTY), "altered", number=2, edits=(changed,))
    blocks = (BlockLine(0, 40, "paragraph", True, NASTY), BlockLine(60, len(NASTY), "credit", False, NASTY))
    found = sorted([*each, *over, whole], key=lambda one: (one.words.start, one.words.end))
    return report(NASTY, found, name=ATTACK, blocks=blocks)
