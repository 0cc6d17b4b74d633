"""Reports on drafts, made by hand: one with a finding of every verdict; one that is hard to show, with every character
that something could change, and findings over one another."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from page_sample import NASTY

from tellings.model.checked import Checkable, Substance
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
from tellings.model.verdicts import VERDICTS, Verdict

ATTACK = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
#: The text of the one article of a report whose findings are not told by hand.
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


#: A draft with a finding of every verdict, and what each of its articles has.
DRAFT = """# The bridge that stuck

The swing bridge at Lark stuck on 12 May with 47 cars on it, said the mayor, Ana Brandt. It has 9 spans.

“I was afraid,” she said. “It is only iron,” she added. “We heard a groan, then it moved,” said a deckhand, Tom Oke.

“We lost the light. Send a boat,” he wrote. “Nobody came for an hour and a day,” he said; “the town must pay itself”.

The toll was £2 then. The repair took about three weeks, 31 people said. It opened on Sunday, on a day of wind.
"""
ARTICLES = {
    "A": ("Lark Gull", "https://gull.example/bridge(1)", date(2021, 5, 13)),
    "B": ("The Harbour Post", "", date(2021, 5, 14)),
    "C": ("", "javascript:alert(1)", None),
}
SENTENCES = {
    "place": ("A", "The swing bridge at Lark, built by Lark’s own yard, stuck on 12 May."),
    "cars": ("B", "There were 41 cars on the deck."),
    "again": ("C", "There were 41 cars on the deck."),
    "afraid": ("A", "“I was not afraid,” Mayor Ana Brandt said."),
    "iron": ("B", "“It is only iron,” said the engineer, Mae Lund."),
    "groan": ("A", "“We heard a groan; then it moved,” said Tom Oke, a deckhand."),
    "light": ("B", "“We lost the light,” he wrote."),
    "boat": ("B", "“Send a boat,” he wrote an hour later."),
    "near": ("C", "Somebody came on the third day."),
    "pays": ("B", "The mayor said that the town would have to pay for it."),
    "toll": ("A", "The toll is £2."),
    "tolls": ("B", "The toll has risen to £3 since."),
    "said": ("A", "It was closed, 31 people said."),
    "says": ("B", "It was closed, said 30 people."),
}


def _cited(name: str, exact: str) -> Cited:
    label, sentence = SENTENCES[name]
    before = sum(len(other) + 1 for key, (of, other) in SENTENCES.items() if of == label and key < name)
    start = before + sentence.index(exact)
    whole = Evidence(label, before, before + len(sentence), sentence)
    return Cited(Evidence(label, start, start + len(exact), exact), whole)


def _edit(outer: str, draft: str, name: str, source: str, substance: Substance) -> ReportedEdit:
    begin = DRAFT.index(outer)
    start = DRAFT.index(draft, begin) if draft else begin + len("I was ")
    return ReportedEdit(Words(start, start + len(draft), draft), _cited(name, source).words, substance, False)


def _found(
    exact: str,
    kind: Checkable,
    verdict: Verdict,
    places: Sequence[Cited] = (),
    against: Sequence[Cited] = (),
    edits: tuple[ReportedEdit, ...] = (),
    reason: str = "",
) -> Finding:
    start = DRAFT.index(exact)
    one = finding(DRAFT, start, start + len(exact), verdict, kind=kind, edits=edits, reason=reason)
    return replace(one, places=tuple(places), against=tuple(against), origins=len(places))


def example() -> Report:
    """The report on DRAFT."""
    left_out = _edit("I was afraid", "", "afraid", "not", "negation")
    comma = _edit("We heard a groan, then", ",", "groan", ";", "none")
    found = [
        _found("Lark", "name", "agrees", [_cited("place", "Lark"), _cited("cars", "deck")]),
        _found("12 May", "day", "one origin only", [_cited("place", "12 May")]),
        _found("47", "number", "differs", (), [_cited("cars", "41"), _cited("again", "41")]),
        _found("I was afraid,", "quotation", "altered", [_cited("afraid", "I was not afraid")], edits=(left_out,)),
        _found(
            "It is only iron,",
            "quotation",
            "another speaker",
            [_cited("iron", "It is only iron,")],
            [_cited("iron", "the engineer, Mae Lund")],
        ),
        _found(
            "We heard a groan, then it moved,",
            "quotation",
            "altered",
            [_cited("groan", "We heard a groan; then it moved,")],
            edits=(comma,),
        ),
        _found("Tom Oke", "name", "one origin only", [_cited("groan", "Tom Oke")]),
        _found(
            "We lost the light. Send a boat,",
            "quotation",
            "joined",
            [_cited("light", "We lost the light,"), _cited("boat", "Send a boat,")],
        ),
        _found(
            "Nobody came for an hour and a day,",
            "quotation",
            "not found",
            [_cited("near", "Somebody came on the third day.")],
        ),
        _found("the town must pay itself", "quotation", "paraphrase", [_cited("pays", "the town would have to pay")]),
        _found("£2", "money", "superseded", [_cited("toll", "£2")], [_cited("tolls", "£3")]),
        _found("31 people said", "reported speech", "verbatim", [_cited("said", "31 people said")]),
        _found("31", "number", "contested", [_cited("said", "31")], [_cited("says", "30")]),
        _found("Sunday", "day", "not checked", reason="relative-day"),
    ]
    articles = tuple(
        CheckedArticle(label, label.lower(), f"{label.lower()}.txt", publisher, "The bridge", day, url)
        for label, (publisher, url, day) in ARTICLES.items()
    )
    made = report(DRAFT, sorted(found, key=lambda one: (one.words.start, one.words.end)), name="draft.md")
    starts = [at for at, character in enumerate(DRAFT) if at == 0 or DRAFT[at - 2 : at] == "\n\n"]
    ends = [*starts[1:], len(DRAFT)]
    kinds = ["headline", *["paragraph"] * 4]
    blocks = (
        BlockLine(start, end, kind, True, "test rule") for start, end, kind in zip(starts, ends, kinds, strict=True)
    )
    return replace(made, articles=articles, origins=3, date=date(2021, 6, 1), blocks=tuple(blocks))
