"""Why something was found, for people and for programs: stage, rule, score and the words it leaned on."""

from __future__ import annotations

from typing import Any

from tellings.edge.writers.wording import one_line
from tellings.model.record import Why
from tellings.model.records import Provenance


def printed(why: Why) -> str:
    """The line that stands below an entry."""
    return _line(why.stage, why.rule, why.score, [words.exact for words in why.evidence])


def printed_within(why: Provenance, text: str) -> str:
    """The same of a finding within one telling, whose `text` its spans count in."""
    return _line(why.stage, why.rule, why.score, [span.of(text) for span in why.evidence])


def _line(stage: str, rule: str, score: float | None, leaned_on: list[str]) -> str:
    parts = [f"why: {stage}, rule {rule}"]
    if score is not None:
        parts.append(f"score {round(score, 2):g}")
    if leaned_on:
        parts.append("by " + ", ".join(f"“{one_line(words)}”" for words in leaned_on))
    return "; ".join(parts)


def objects(why: Why) -> dict[str, Any]:
    """As plain objects."""
    evidence = [
        {"telling": words.telling, "start": words.start, "end": words.end, "exact": words.exact}
        for words in why.evidence
    ]
    return {"stage": why.stage, "rule": why.rule, "score": why.score, "evidence": evidence}


def objects_within(why: Provenance, text: str) -> dict[str, Any]:
    """The same of a finding within one telling."""
    evidence = [{"start": span.start, "end": span.end, "exact": span.of(text)} for span in why.evidence]
    return {"stage": why.stage, "rule": why.rule, "score": why.score, "evidence": evidence}
