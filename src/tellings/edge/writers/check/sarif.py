"""The report on drafts as SARIF 2.1.0 (OASIS, errata 01), which code hosts and editors show beside the lines.

Columns count code points (`columnKind`). A draft whose file has no lines of its own (HTML, Word, PDF) is given as a
file alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

import msgspec

from tellings.edge.writers import standalone
from tellings.edge.writers.check import words
from tellings.edge.writers.verbatim import printable
from tellings.model.report import Cited, Finding, Report
from tellings.model.verdicts import VERDICTS, Verdict

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
#: What finding ids are called among the fingerprints by which a result is known again: by us, and by GitHub, which
#: else takes the words of the line.
_FINGERPRINTS = ("tellingsFinding/v1", "primaryLocationLineHash")
#: What a draft from standard input is called.
_STANDARD_INPUT = "stdin"
_INDEX = {verdict: index for index, verdict in enumerate(VERDICTS)}
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


def encode(reports: Sequence[Report], *, every: bool = False) -> bytes:
    """The findings that the articles do not bear out as UTF-8 JSON, one run for all drafts; all of them with
    `every`."""
    version = reports[0].version if reports else ""
    run = {
        "tool": {"driver": {"name": "tellings", "version": version, "rules": [_rule(each) for each in VERDICTS]}},
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": uri(each.path)}, "roles": ["analysisTarget"]} for each in reports],
        "results": [
            _result(finding, report, index, articles)
            for index, report in enumerate(reports)
            for articles in [words.Articles.of(report)]
            for finding in words.shown(report, every=every)
        ],
    }
    told = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return msgspec.json.format(msgspec.json.encode(told), indent=1) + b"\n"


def uri(path: str) -> str:
    """The URI (RFC 3986) of a path: relative as the path is."""
    if path == "-":
        return _STANDARD_INPUT
    if _DRIVE.match(path):
        return f"file:///{quote(path.replace(chr(92), '/'), safe='/:')}"
    # PurePosixPath drops "./"; a name with a colon in its first part would read as a scheme, so that is quoted.
    given = quote(str(PurePosixPath(path)), safe="/")
    return f"file://{given}" if given.startswith("/") else given


def _rule(verdict: Verdict) -> dict[str, Any]:
    return {
        "id": words.slug(verdict),
        "shortDescription": {"text": words.VERDICT_WORDS[verdict]},
        "fullDescription": {"text": words.MEANING[verdict]},
        "help": {"text": words.MEANING[verdict]},
        "defaultConfiguration": {"level": words.SEVERITY[verdict]},
    }


def _result(finding: Finding, report: Report, index: int, articles: words.Articles) -> dict[str, Any]:
    level = words.severity(finding)
    location: dict[str, Any] = {"artifactLocation": {"uri": uri(report.path), "index": index}}
    if at := finding.at:
        location["region"] = {
            "startLine": at.line,
            "startColumn": at.column,
            "endLine": at.end_line,
            "endColumn": at.end_column,
            "charOffset": at.start,
            "charLength": at.end - at.start,
            "snippet": {"text": printable(report.characters[at.start : at.end])},
        }
    return {
        "ruleId": words.slug(finding.verdict),
        "ruleIndex": _INDEX[finding.verdict],
        # Only what fails has a level (SARIF 3.27.9).
        "kind": "pass" if level == "none" else "fail",
        "level": level,
        "message": {"text": words.message(finding, articles)},
        "locations": [{"physicalLocation": location}],
        "relatedLocations": [
            _article(number, what, one, articles)
            for number, (what, one) in enumerate(dict.fromkeys(words.cited(finding)))
        ],
        "partialFingerprints": dict.fromkeys(_FINGERPRINTS, finding.id),
        "properties": {"kind": finding.kind},
    }


def _article(number: int, what: str, one: Cited, articles: words.Articles) -> dict[str, Any]:
    article, called = articles.of_words(one)
    said = f"{f'{what}: ' if what else ''}{called}: {words.quoted(one.sentence.exact)}"
    address = article.url if standalone.web_address(article.url) else uri(article.name)
    return {
        "id": number,
        # What an address may hold stays as it is (RFC 3986).
        "physicalLocation": {"artifactLocation": {"uri": quote(address, safe="/:?#[]@!$&'()*+,;=%~")}},
        "message": {"text": printable(said)},
    }
