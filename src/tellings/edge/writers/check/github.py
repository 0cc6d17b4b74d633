"""The report on drafts as workflow commands of GitHub Actions, which stand as annotations beside the lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from tellings.edge.writers.check import words
from tellings.model.report import Finding, Report

_COMMANDS: Mapping[words.Severity, str] = {"error": "error", "warning": "warning", "note": "notice", "none": "notice"}
#: What the toolkit of Actions escapes in a message, and what in a property besides (`%` first).
_MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_MESSAGE, ":": "%3A", ",": "%2C"}


def commands(reports: Sequence[Report], *, every: bool = False) -> str:
    """A command for each finding that the articles do not bear out, a line each; for all of them with `every`."""
    return "".join(
        f"{_command(finding, report, articles)}\n"
        for report in reports
        for articles in [words.Articles.of(report)]
        for finding in words.shown(report, every=every)
    )


def _command(finding: Finding, report: Report, articles: words.Articles) -> str:
    properties: dict[str, object] = {}
    if report.path != "-":
        properties["file"] = PurePosixPath(report.path)
    if at := finding.at:
        properties["line"], properties["endLine"] = at.line, at.end_line
        # Columns hold for one line alone.
        if at.line == at.end_line:
            properties["col"], properties["endColumn"] = at.column, at.end_column
    properties["title"] = f"{finding.kind}: {words.VERDICT_WORDS[finding.verdict]}"
    told = ",".join(f"{name}={_escaped(str(value), _PROPERTY)}" for name, value in properties.items())
    return f"::{_COMMANDS[words.severity(finding)]} {told}::{_escaped(words.message(finding, articles), _MESSAGE)}"


def _escaped(text: str, characters: Mapping[str, str]) -> str:
    return "".join(characters.get(character, character) for character in text)
