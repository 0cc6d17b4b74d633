"""Clauses of a sentence and what their verbs say of time, without a parser: closed lists and word shapes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from tellings.model.rules import load
from tellings.model.text import Span

Kind = Literal["main", "relative", "subordinate"]
#: "event" and "state" are simple past; "ongoing" is the present progressive of what is under way.
Tense = Literal["event", "state", "pluperfect", "perfect", "ahead", "unreal", "ongoing", "present", "none"]
MAIN: Kind = "main"
#: A sentence longer than this is not cut into clauses.
LONGEST = 1200


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence with at most one finite verb. `verb` is "" where none was recognised."""

    span: Span
    kind: Kind
    tense: Tense
    verb: str
    negated: bool
    speech: bool


@dataclass(frozen=True, slots=True)
class _Patterns:
    opener: re.Pattern[str]
    attribution: re.Pattern[str]
    groups: tuple[tuple[Tense, re.Pattern[str]], ...]
    past: re.Pattern[str]
    state: frozenset[str]
    speech: frozenset[str]
    negated: re.Pattern[str]
    unreal: re.Pattern[str]


@cache
def _patterns(language: str) -> _Patterns:
    words, verbs = load(language, "dating"), load(language, "quote")

    def either(name: str) -> str:
        return f"(?:{words.alternatives(name)})"

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    adverbs = rf"(?:\s+(?:{words.alternatives('adverb')}|[a-z]+ly))*"
    participle = rf"(?:[a-z]{{2,}}ed|{words.alternatives('participle')})(?!\w)"
    speech = verbs.alternatives("speech_verb")
    says = "|".join(sorted(re.escape(verb) for verb in verbs.words("speech_verb") if verb.endswith("s")))
    relative, subordinate, coordinate = either("relative"), either("subordinate"), either("coordinate")
    return _Patterns(
        compiled(
            rf"(?P<close>,\s+)?(?<!\w)(?:(?P<relative>{relative})|(?P<that>that)|(?P<subordinate>{subordinate})"
            rf"|(?P<coordinate>{coordinate}))\s|(?P<stop>[;:]\s|\s[–—]\s?|\s_\s)|,\s+(?P<reduced>{participle})\s+(?:in|on|at|by)\s"
            rf"|(?P<comma>,)\s|(?<!\w)(?:{speech})\s+(?P<said>(?:the|an?|it|he|she|they|we|i|his|her|its|their|there)\s)"
        ),
        compiled(rf",\s+[^,;]{{2,70}}?\s(?:{speech})\s*[.!?]?\s*\Z|,\s+(?:according\s+to)\s[^,;]{{2,70}}\Z"),
        (
            ("unreal", compiled(r"(?<!\w)(?:would|could|might|should|must)\s+(?:not\s+)?have\s")),
            ("ahead", compiled(rf"(?<!\w){either('ahead')}(?!\w)")),
            ("unreal", compiled(rf"(?<!\w){either('unreal')}(?!\w)")),
            ("present", compiled(rf"(?<!\w)(?P<verb>{says})(?!\w)")),
            ("perfect", compiled(rf"(?:(?<!\w)(?:has|have)|['’]ve)(?:n['’]t)?{adverbs}\s+(?:been|{participle})")),
            ("pluperfect", compiled(rf"(?:(?<!\w)had|['’]d)(?:n['’]t)?{adverbs}\s+(?:been|{participle})")),
            ("event", compiled(rf"(?<!\w)(?:was|were|got)(?:n['’]t)?{adverbs}\s+(?P<verb>{participle})")),
            ("event", compiled(r"(?<!\w)did(?:\s+not|n['’]t)?\s+(?P<verb>[a-z]+)")),
            ("ongoing", compiled(rf"(?:(?<!\w)(?:is|are|am)|['’]re){adverbs}\s+(?P<verb>{either('under_way')})(?!\w)")),
            ("present", compiled(r"(?:(?<!\w)(?:is|are|am|does|do|has|have)|['’]re)(?!\w)")),
            ("state", compiled(r"(?<!\w)(?:was|were|had)(?!\w)")),
        ),
        compiled(rf"(?<!\w)(?P<verb>{verbs.alternatives('irregular_past')}|[a-z]{{2,}}ed)(?!\w)"),
        words.words("state"),
        verbs.words("speech_verb"),
        compiled(rf"(?<!\w){either('negated')}(?!\w)|n['’]t(?!\w)"),
        compiled(r"(?<!\w)(?:if|unless|whether|maybe|perhaps)(?!\w)"),
    )


_NOUN_BEFORE = re.compile(r"(?<!\w)(?:the|a|an|its|his|her|their|of|by|with|most|very|be|to)\s+\Z", re.IGNORECASE)


def clauses(words: str, sentence: Span, language: str) -> list[Clause]:
    """The clauses of the sentence `words` that stands at `sentence`, in order; their spans count as `sentence` does.

    1. cut at openers, and at the commas that close what an opener began
    2. read the verb of each stretch
    3. join stretches without a verb to a neighbour
    """
    patterns = _patterns(language)
    whole = Span(0, len(words))
    stretches = _cut(words, whole, patterns) if len(words) <= LONGEST else [(whole, MAIN)]
    read = _joined(words, [_clause(words, span, kind, patterns) for span, kind in stretches], patterns)
    return [replace(each, span=Span(each.span.start + sentence.start, each.span.end + sentence.start)) for each in read]


def _cut(text: str, sentence: Span, patterns: _Patterns) -> list[tuple[Span, Kind]]:
    cuts: list[tuple[int, Kind]] = [(sentence.start, "main")]
    closing = False  # a comma ends the clause on the side
    attribution = patterns.attribution.search(text, sentence.start, sentence.end)
    end = attribution.start() if attribution else sentence.end
    for match in patterns.opener.finditer(text, sentence.start, end):
        place = match.start()
        if match["comma"] is not None:
            if closing:
                cuts.append((match.end(), "main"))
                closing = False
        elif match["relative"] or match["reduced"]:
            cuts.append((match.start("relative") if match["relative"] else match.start("reduced"), "relative"))
            closing = True
        elif match["that"]:
            said = _clause(text, Span(cuts[-1][0], place), "main", patterns).speech if place > cuts[-1][0] else False
            cuts.append((match.start("that"), "main" if said else "relative"))
            closing = not said
        elif match["subordinate"]:
            cuts.append((match.start("subordinate"), "subordinate"))
            closing = True
        elif match["said"]:  # "the miller said it was shut": what was said is a clause of its own
            cuts.append((match.start("said"), "main"))
        elif match["coordinate"]:
            cuts.append((match.start("coordinate"), "main"))
        else:
            cuts.append((match.end(), "main"))
            closing = False
    if attribution:
        cuts.append((attribution.start(), "main"))
    ends = [start for start, _ in cuts[1:]] + [sentence.end]
    return [(Span(start, stop), kind) for (start, kind), stop in zip(cuts, ends, strict=True) if stop > start]


def _clause(text: str, span: Span, kind: Kind, patterns: _Patterns) -> Clause:
    words = text[span.start : span.end]
    tense, verb = _verb(words, patterns)
    if tense in ("event", "present", "none") and patterns.unreal.search(words):
        tense = "unreal"
    return Clause(span, kind, tense, verb, patterns.negated.search(words) is not None, verb in patterns.speech)


def _verb(words: str, patterns: _Patterns) -> tuple[Tense, str]:
    for tense, pattern in patterns.groups:
        if match := pattern.search(words):
            found = match.groupdict().get("verb")
            verb = found.lower() if found else match.group().lower()
            if tense in ("present", "state") and not found:  # "A fire is …": but "the man who is ill died"
                plain = _past(words, patterns)
                if plain:
                    return _simple(plain, patterns)
            return ("state" if tense == "event" and verb in patterns.state else tense), verb
    plain = _past(words, patterns)
    return _simple(plain, patterns) if plain else ("none", "")


def _past(words: str, patterns: _Patterns) -> str:
    for match in patterns.past.finditer(words):
        if not _NOUN_BEFORE.search(words, 0, match.start()) and match.group()[0].islower():
            return match["verb"].lower()
    return ""


def _simple(verb: str, patterns: _Patterns) -> tuple[Tense, str]:
    return ("state" if verb in patterns.state else "event"), verb


def _joined(text: str, read: list[Clause], patterns: _Patterns) -> list[Clause]:
    """Stretches without a verb belong to the clause before, a leading one to the first main clause after it."""
    found: list[Clause] = []
    leading: Clause | None = None
    for clause in read:
        if clause.tense == "none" and clause.kind != "relative":
            if found:
                found[-1] = _clause(text, Span(found[-1].span.start, clause.span.end), found[-1].kind, patterns)
            else:
                leading = (
                    clause
                    if leading is None
                    else _clause(text, Span(leading.span.start, clause.span.end), "main", patterns)
                )
            continue
        if leading is not None and clause.kind == "main" and not found:
            clause = _clause(text, Span(leading.span.start, clause.span.end), "main", patterns)
            leading = None
        found.append(clause)
    if leading is not None:
        found.insert(0, leading)
    return found
