"""The draft with its findings as footnotes, for Obsidian and any other Markdown.

The characters of the draft stay as they were received. A footnote is called by the id of its finding (`[^t3f9a2c1b]`),
so that it keeps its name when the draft changes; `edge/readers/footnotes.py` knows it by that form and leaves it out
when the file is read as a draft again.
"""

from __future__ import annotations

import re

from tellings.edge.exports.lines import escaped
from tellings.edge.readers.footnotes import footnotes
from tellings.edge.writers import standalone
from tellings.edge.writers.check import words
from tellings.model.report import Finding, Report

#: What closes a quotation, and emphasis or a link of Markdown around it: a mark stands behind these.
_CLOSING = re.compile(r"""(?:[”’"'»›)*_]|\](?:\([^)\n]{0,500}\)|\[[^\]\n]{0,200}\])?){0,6}""")
#: Places of each kind that a footnote shows.
_SHOWN = 2
_ADDRESS = str.maketrans({"(": "%28", ")": "%29", " ": "%20", "<": "%3C", ">": "%3E"})


def markdown(report: Report, *, every: bool = False) -> str:
    """The draft with a footnote for each finding that the articles do not bear out; for all of them with `every`.
    Footnotes of an earlier run are replaced."""
    text = report.characters
    findings = words.shown(report, every=every)
    earlier = footnotes(text)
    # (where, up to where text is left out, what comes in)
    edits = [(start, end, "") for start, end in earlier]
    for finding in findings:
        end = finding.words.end if report.received is None or finding.at is None else finding.at.end
        behind = _CLOSING.match(text, end)
        place = behind.end() if behind else end
        # At the beginning of a line a mark before a colon would be a footnote itself.
        while place and text[place - 1] in "\r\n":
            place -= 1
        edits.append((place, place, f"[^{finding.id}]"))
    written, seen = [], 0
    for start, end, mark in sorted(edits, key=lambda edit: edit[:2]):
        written += [text[seen : max(start, seen)], mark]
        seen = max(end, seen)
    written.append(text[seen:])
    return "".join(written) + _notes("".join(written), findings, report)


def _notes(text: str, findings: tuple[Finding, ...], report: Report) -> str:
    """The footnotes behind a text, parted from it by an empty line, with line ends like its own."""
    if not findings:
        return ""
    end = "\r" if text.endswith("\r") else "\r\n" if "\r\n" in text else "\n"
    whole = text.endswith(("\n", "\r"))
    articles = words.Articles.of(report)
    lines = end.join(f"[^{finding.id}]: {_note(finding, articles)}" for finding in findings)
    return f"{end}{lines}{end}" if whole else f"{end}{end}{lines}"


def _note(finding: Finding, articles: words.Articles) -> str:
    parts = [f"**{escaped(words.told(finding))}**", *(escaped(words.edit(each)) for each in finding.edits)]
    for what, one in words.cited(finding, _SHOWN):
        article, called = articles.of_words(one)
        name = escaped(called)
        if standalone.web_address(article.url):
            name = f"[{name}]({article.url.translate(_ADDRESS)})"
        about = f"{escaped(what)}: " if what else ""
        parts.append(f"{about}{name}, {words.dated(article)}: {words.quoted(escaped(one.sentence.exact))}")
    return " · ".join(parts)
