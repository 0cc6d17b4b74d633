"""What was found of a draft, as lines for the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tellings.edge.writers import wording
from tellings.edge.writers.check import words
from tellings.model.counted import count
from tellings.model.report import Cited, Report

if TYPE_CHECKING:
    from rich.console import Console

#: Characters of the words of the draft, and of a sentence of an article.
_WIDEST, _SENTENCE = 110, 150
#: Places that are shown.
_SHOWN = 2


def table(report: Report, console: Console, *, every: bool = False) -> None:
    """Print the findings that the articles do not bear out, in the order of the draft; all of them with `every`."""
    from rich.text import Text

    articles = count(len(report.articles), "article")
    console.print(Text(f"{wording.one_line(report.name)}, held against {articles}", style="bold"))
    for article in report.articles:
        console.print(Text(f"{article.label}  {_article(article.name, article.publisher, article.title)}", style="dim"))
    for finding in words.shown(report, every=every):
        console.print()
        exact, _ = wording.shorten(wording.one_line(finding.words.exact), _WIDEST)
        line = f"line {finding.at.line}: " if finding.at else ""
        console.print(Text(f"{line}{words.told(finding)}: {finding.kind} “{exact}”", style="bold"))
        for edit in finding.edits:
            console.print(Text(f"  {words.edit(edit)}"))
        for what, one in words.cited(finding, _SHOWN):
            console.print(Text(f"  {one.words.telling}  {f'{what}: ' if what else ''}{_line(one)}", style="dim"))
    console.print()
    console.print(Text(words.in_words(report)))


def _article(name: str, publisher: str, title: str) -> str:
    headline, _ = wording.shorten(wording.one_line(title), _WIDEST // 2)
    return " · ".join(filter(None, (wording.one_line(name), wording.one_line(publisher), headline)))


def _line(cited: Cited) -> str:
    """The sentence in which words stand, cut around them where it is long."""
    sentence, exact = cited.sentence.exact, cited.words
    if len(sentence) <= _SENTENCE or exact.end - exact.start >= _SENTENCE:
        return wording.shorten(wording.one_line(sentence), _SENTENCE)[0]
    begins = exact.start - cited.sentence.start
    cut = sentence.rfind(" ", 0, max(begins - _SENTENCE // 3, 0)) + 1
    shown, _ = wording.shorten(wording.one_line(sentence[cut:]), _SENTENCE)
    return f"…{shown}" if cut else shown
