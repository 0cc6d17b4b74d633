"""Clauses of a sentence and what their verbs say of time, without a parser: closed lists and word shapes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from tellings.model.rules import WORD, Keyed, load, words_in
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

    def moved(self, by: int) -> Clause:
        """This clause `by` characters further on."""
        span = Span(self.span.start + by, self.span.end + by)
        return Clause(span, self.kind, self.tense, self.verb, self.negated, self.speech)


@dataclass(frozen=True, slots=True)
class _Patterns:
    opener: Keyed
    attribution: re.Pattern[str]
    groups: tuple[tuple[Tense, Keyed], ...]
    past: Keyed
    state: frozenset[str]
    speech: frozenset[str]
    negated: Keyed
    unreal: Keyed


@cache
def _patterns(language: str) -> _Patterns:
    words, verbs = load(language, "dating"), load(language, "quote")

    def either(name: str) -> str:
        return f"(?:{words.alternatives(name)})"

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    def keyed(keys: str | frozenset[str], pattern: str) -> Keyed:
        return Keyed(compiled(pattern), frozenset(keys.split()) if isinstance(keys, str) else keys)

    adverbs = rf"(?:\s+(?:{words.alternatives('adverb')}|[a-z]+ly))*"
    participle = rf"(?:[a-z]{{2,}}ed|{words.alternatives('participle')})(?!\w)"
    speech = verbs.alternatives("speech_verb")
    says = [verb for verb in verbs.words("speech_verb") if verb.endswith("s")]
    relative, subordinate, coordinate = either("relative"), either("subordinate"), either("coordinate")
    present = "is are am does do has have"
    return _Patterns(
        keyed(
            words.first_words("relative", "subordinate", "coordinate") | verbs.first_words("speech_verb") | {"that"},
            rf"(?P<close>,\s+)?(?<!\w)(?:(?P<relative>{relative})|(?P<that>that)|(?P<subordinate>{subordinate})"
            rf"|(?P<coordinate>{coordinate}))\s|(?P<stop>[;:]\s|\s[–—]\s?|\s_\s)|,\s+(?P<reduced>{participle})\s+(?:in|on|at|by)\s"
            rf"|(?P<comma>,)\s|(?<!\w)(?:{speech})\s+(?P<said>(?:the|an?|it|he|she|they|we|i|his|her|its|their|there)\s)",
        ),
        compiled(rf",\s+[^,;]{{2,70}}?\s(?:{speech})\s*[.!?]?\s*\Z|,\s+(?:according\s+to)\s[^,;]{{2,70}}\Z"),
        (
            (
                "unreal",
                keyed("would could might should must", r"(?<!\w)(?:would|could|might|should|must)\s+(?:not\s+)?have\s"),
            ),
            ("ahead", keyed(words.first_words("ahead"), rf"(?<!\w){either('ahead')}(?!\w)")),
            ("unreal", keyed(words.first_words("unreal"), rf"(?<!\w){either('unreal')}(?!\w)")),
            (
                "present",
                keyed(
                    frozenset(WORD.findall(" ".join(says))), rf"(?<!\w)(?P<verb>{'|'.join(map(re.escape, says))})(?!\w)"
                ),
            ),
            (
                "perfect",
                keyed(
                    "has have ve hasn haven ven",
                    rf"(?:(?<!\w)(?:has|have)|['’]ve)(?:n['’]t)?{adverbs}\s+(?:been|{participle})",
                ),
            ),
            (
                "pluperfect",
                keyed("had d hadn dn", rf"(?:(?<!\w)had|['’]d)(?:n['’]t)?{adverbs}\s+(?:been|{participle})"),
            ),
            (
                "event",
                keyed(
                    "was were got wasn weren gotn",
                    rf"(?<!\w)(?:was|were|got)(?:n['’]t)?{adverbs}\s+(?P<verb>{participle})",
                ),
            ),
            ("event", keyed("did didn", r"(?<!\w)did(?:\s+not|n['’]t)?\s+(?P<verb>[a-z]+)")),
            (
                "ongoing",
                keyed(
                    "is are am re",
                    rf"(?:(?<!\w)(?:is|are|am)|['’]re){adverbs}\s+(?P<verb>{either('under_way')})(?!\w)",
                ),
            ),
            ("present", keyed(f"{present} re", rf"(?:(?<!\w)(?:{'|'.join(present.split())})|['’]re)(?!\w)")),
            ("state", keyed("was were had", r"(?<!\w)(?:was|were|had)(?!\w)")),
        ),
        keyed(
            verbs.first_words("irregular_past"),
            rf"(?<!\w)(?P<verb>{verbs.alternatives('irregular_past')}|[a-z]{{2,}}ed)(?!\w)",
        ),
        words.words("state"),
        verbs.words("speech_verb"),
        keyed(words.first_words("negated") | {"t"}, rf"(?<!\w){either('negated')}(?!\w)|n['’]t(?!\w)"),
        keyed("if unless whether maybe perhaps", r"(?<!\w)(?:if|unless|whether|maybe|perhaps)(?!\w)"),
    )


#: Where a clause may open: a mark, a dash, or a word.
_PLACE = re.compile(r"[,;:]|\s[–—_]|[^\W\d_]+")
_NOUN_BEFORE = re.compile(r"(?<!\w)(?:the|a|an|its|his|her|their|of|by|with|most|very|be|to)\s+\Z", re.IGNORECASE)
#: Letters of the longest of these.
_LONGEST_SMALL = 5


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
    return [each.moved(sentence.start) for each in read]


def _cut(text: str, sentence: Span, patterns: _Patterns) -> list[tuple[Span, Kind]]:
    cuts: list[tuple[int, Kind]] = [(sentence.start, "main")]
    closing = False  # a comma ends the clause on the side
    comma = text.rfind(",", sentence.start, sentence.end)  # an attribution holds no other
    attribution = patterns.attribution.match(text, comma, sentence.end) if comma >= 0 else None
    end = attribution.start() if attribution else sentence.end
    for match in _openings(text, sentence.start, end, patterns.opener):
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


def _openings(text: str, start: int, end: int, opener: Keyed) -> Iterator[re.Match[str]]:
    """The matches of `opener`, tried only at marks and at words that are its keys."""
    free = start
    for place in _PLACE.finditer(text, start, end):
        if place.start() < free or (place[0].isalpha() and place[0].lower() not in opener.keys):
            continue
        if match := opener.pattern.match(text, place.start(), end):
            free = match.end()
            yield match


def _clause(text: str, span: Span, kind: Kind, patterns: _Patterns) -> Clause:
    words = text[span.start : span.end]
    present = words_in(words)
    tense, verb = _verb(words, present, patterns)
    if tense in ("event", "present", "none") and _finds(patterns.unreal, words, present):
        tense = "unreal"
    return Clause(
        span, kind, tense, verb, _finds(patterns.negated, words, present) is not None, verb in patterns.speech
    )


def _finds(keyed: Keyed, words: str, present: frozenset[str]) -> re.Match[str] | None:
    return None if keyed.keys.isdisjoint(present) else keyed.pattern.search(words)


def _verb(words: str, present: frozenset[str], patterns: _Patterns) -> tuple[Tense, str]:
    for tense, keyed in patterns.groups:
        if match := _finds(keyed, words, present):
            found = match.groupdict().get("verb")
            verb = found.lower() if found else match.group().lower()
            if tense in ("present", "state") and not found:  # "A fire is …": but "the man who is ill died"
                plain = _past(words, present, patterns)
                if plain:
                    return _simple(plain, patterns)
            return ("state" if tense == "event" and verb in patterns.state else tense), verb
    plain = _past(words, present, patterns)
    return _simple(plain, patterns) if plain else ("none", "")


def _past(words: str, present: frozenset[str], patterns: _Patterns) -> str:
    # Its keys are the irregular forms: the regular ones are told by their ending.
    if not patterns.past.may_stand(present) and not any(word.endswith("ed") for word in present):
        return ""
    for match in patterns.past.pattern.finditer(words):
        if match.group()[0].islower() and not _NOUN_BEFORE.search(
            words, _word_before(words, match.start()), match.start()
        ):
            return match["verb"].lower()
    return ""


def _word_before(words: str, position: int) -> int:
    """Where the search for the small word before `position` may begin, however much white space lies between."""
    while position > 0 and words[position - 1].isspace():
        position -= 1
    return max(0, position - _LONGEST_SMALL)


def _simple(verb: str, patterns: _Patterns) -> tuple[Tense, str]:
    return ("state" if verb in patterns.state else "event"), verb


def _joined(text: str, read: list[Clause], patterns: _Patterns) -> list[Clause]:
    """Stretches without a verb belong to the clause before, a leading one to the first main clause after it."""
    runs: list[tuple[Kind, list[Clause]]] = []
    leading: list[Clause] = []
    for clause in read:
        if clause.tense == "none" and clause.kind != "relative":
            (runs[-1][1] if runs else leading).append(clause)
        elif leading and clause.kind == "main" and not runs:
            runs.append(("main", [*leading, clause]))
            leading = []
        else:
            runs.append((clause.kind, [clause]))
    if leading:
        runs.insert(0, (leading[0].kind if len(leading) == 1 else "main", leading))
    # Each run is read once as a whole, however many stretches it has.
    return [
        run[0] if len(run) == 1 else _clause(text, Span(run[0].span.start, run[-1].span.end), kind, patterns)
        for kind, run in runs
    ]
