"""What was found of a draft: a table for the terminal, JSON for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from tellings.edge.writers import wording
from tellings.model.checked import AGAINST
from tellings.model.counted import count
from tellings.model.report import Cited, Finding, Report

if TYPE_CHECKING:
    from rich.console import Console

#: Verdicts that are told at their length; the others are counted.
TOLD = AGAINST | {"contested"}
#: Characters of the words of the draft, and of a sentence of an article.
_WIDEST, _SENTENCE = 110, 150
#: Places that are shown.
_SHOWN = 2
#: What each verdict says, in words.
VERDICT_WORDS = {
    "verbatim": "printed so",
    "agrees": "told so",
    "one origin only": "told so by one origin only",
    "contested": "told so, and otherwise elsewhere",
    "superseded": "told so before, and otherwise later",
    "altered": "printed in other words",
    "another speaker": "printed so, of another speaker",
    "paraphrase": "a paraphrase, printed as a quotation",
    "joined": "two quotations, joined",
    "differs": "told otherwise",
    "not found": "not found",
    "not checked": "not checked",
}
#: Why something was not checked, or what turned the verdict.
REASONS = {
    "no-statement": "nobody is quoted with it",
    "too-little": "it says too little",
    "other-words": "told in the draft's own words",
    "relative-day": "counted from the day of the draft, which is not known: give --date",
    "other-company": "the articles tell this day of something else",
    "words-apart": "the articles have its words, not together",
    "negation": "turned round",
    "cut": "what stands before it turns its sense",
}


def encode(reports: Sequence[Report]) -> bytes:
    """The reports as UTF-8 JSON, one object for a single draft and a list for several; ends with a line end."""
    told = reports[0] if len(reports) == 1 else list(reports)
    return msgspec.json.format(msgspec.json.encode(told), indent=1) + b"\n"


def table(report: Report, console: Console, *, every: bool = False) -> None:
    """Print the findings that the articles do not bear out, in the order of the draft; all of them with `every`."""
    from rich.text import Text

    articles = count(len(report.articles), "article")
    console.print(Text(f"{wording.one_line(report.name)}, held against {articles}", style="bold"))
    for label, name in ((each.label, _article(each.name, each.publisher, each.title)) for each in report.articles):
        console.print(Text(f"{label}  {name}", style="dim"))
    for finding in report.findings:
        if not every and finding.verdict not in TOLD:
            continue
        console.print()
        words, _ = wording.shorten(wording.one_line(finding.words.exact), _WIDEST)
        console.print(Text(f"{told(finding)}: {finding.kind} “{words}”", style="bold"))
        for edit in finding.edits:
            console.print(Text(f"  draft “{edit.draft.exact}”, article “{edit.source.exact}”"))
        for name, cited in (("", finding.places[:_SHOWN]), ("otherwise: ", finding.against[:_SHOWN])):
            for one in cited:
                console.print(Text(f"  {one.words.telling}  {name}{_line(one)}", style="dim"))
    console.print()
    counts = [f"{number} {verdict}" for verdict, number in report.counts().items()]
    console.print(Text(", ".join(counts) or "Nothing to check was found."))


def told(finding: Finding) -> str:
    """What a verdict says, in words, with why where that is known."""
    reason = REASONS.get(finding.reason, "")
    return VERDICT_WORDS[finding.verdict] + (f" ({reason})" if reason else "")


def _article(name: str, publisher: str, title: str) -> str:
    headline, _ = wording.shorten(wording.one_line(title), _WIDEST // 2)
    return " · ".join(filter(None, (wording.one_line(name), wording.one_line(publisher), headline)))


def _line(cited: Cited) -> str:
    """The sentence in which words stand, cut around them where it is long."""
    sentence, words = cited.sentence.exact, cited.words
    if len(sentence) <= _SENTENCE or words.end - words.start >= _SENTENCE:
        return wording.shorten(wording.one_line(sentence), _SENTENCE)[0]
    begins = words.start - cited.sentence.start
    cut = sentence.rfind(" ", 0, max(begins - _SENTENCE // 3, 0)) + 1
    shown, _ = wording.shorten(wording.one_line(sentence[cut:]), _SENTENCE)
    return f"…{shown}" if cut else shown
