"""Clauses of a sentence and what their verbs say of time, without a parser: closed lists and word shapes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from tellings.language.base import Language
from tellings.model.rules import WORD, Keyed, words_in
from tellings.model.text import Span

#: The folder of the rules.
ROOM = "dating"
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


#: The patterns that tell a verb's tense, in the order in which they are tried.
_TENSES: tuple[tuple[Tense, str], ...] = (
    ("unreal", "would-have"),
    ("ahead", "ahead"),
    ("unreal", "unreal"),
    ("present", "present-speech"),
    ("perfect", "perfect"),
    ("pluperfect", "pluperfect"),
    ("event", "passive-past"),
    ("event", "did"),
    ("ongoing", "under-way"),
    ("present", "present"),
    ("state", "past-state"),
)


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Lists and patterns of the room. `openers`: the words at which an `opener` may begin.

    `tenses`: as `_TENSES` has them; `tenses_of`: key → the numbers of those of `tenses` whose key it is.
    """

    opener: re.Pattern[str]
    openers: frozenset[str]
    attribution: re.Pattern[str]
    according: re.Pattern[str]
    coordinated: re.Pattern[str]
    tenses: tuple[tuple[Tense, Keyed], ...]
    tenses_of: Mapping[str, tuple[int, ...]]
    past: re.Pattern[str]
    irregular_past: frozenset[str]
    past_ending: tuple[str, ...]
    noun_before: re.Pattern[str]
    state: frozenset[str]
    speech: frozenset[str]
    negated: Keyed
    doubtful: Keyed


@cache
def _patterns(language: Language) -> _Patterns:
    rules = language.rules(ROOM)

    def keyed(name: str) -> Keyed:
        return language.keyed(ROOM, name)

    tenses = tuple((tense, keyed(name)) for tense, name in _TENSES)
    tenses_of: dict[str, list[int]] = {}
    for number, (_, pattern) in enumerate(tenses):
        for key in pattern.keys:
            tenses_of.setdefault(key, []).append(number)
    return _Patterns(
        language.pattern(ROOM, "opener"),
        rules.first_words("relative", "complementizer", "subordinate", "coordinate", "speech_verb"),
        language.pattern(ROOM, "attribution"),
        language.pattern(ROOM, "according-first"),
        language.pattern(ROOM, "coordinated-first"),
        tenses,
        {key: tuple(numbers) for key, numbers in tenses_of.items()},
        language.pattern(ROOM, "past"),
        rules.words("irregular_past"),
        tuple(rules.meanings("past_ending")),
        language.pattern(ROOM, "noun-before"),
        rules.words("state"),
        rules.words("speech_verb"),
        keyed("negated"),
        keyed("doubtful"),
    )


#: Where a clause may open: a mark, a dash, or a word.
_PLACE = re.compile(r"[,;:]|\s[–—_]|[^\W\d_]+")
#: Letters of the longest word of "noun-before".
_LONGEST_SMALL = 5


def clauses(words: str, sentence: Span, language: Language) -> list[Clause]:
    """The clauses of the sentence `words` that stands at `sentence`, in order; their spans count as `sentence` does.

    1. cut at openers, and at the commas that close what an opener began
    2. read the verb of each stretch
    3. join stretches without a verb to a neighbour
    """
    if WORD.search(words) is None:  # dates alone
        return [Clause(sentence, MAIN, "none", "", False, False)]
    patterns = _patterns(language)
    whole = Span(0, len(words))
    stretches = _cut(words, whole, patterns) if len(words) <= LONGEST else [(whole, MAIN)]
    read = _joined(words, [_clause(words, span, kind, patterns) for span, kind in stretches], patterns)
    return [each.moved(sentence.start) for each in read]


def _cut(text: str, sentence: Span, patterns: _Patterns) -> list[tuple[Span, Kind]]:
    # "According to a report of last May, the mill …": what is leant on is told on the side.
    closing = (
        patterns.according.match(text, sentence.start, sentence.end) is not None
    )  # a comma ends what is on the side
    cuts: list[tuple[int, Kind]] = [(sentence.start, "relative" if closing else "main")]
    comma = text.rfind(",", sentence.start, sentence.end)  # an attribution holds no other
    attribution = patterns.attribution.match(text, comma, sentence.end) if comma >= 0 else None
    end = attribution.start() if attribution else sentence.end
    for match in _openings(text, sentence.start, end, patterns):
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
            cuts.append((match.start("said"), "subordinate" if cuts[-1][1] == "subordinate" else "main"))
        elif match["coordinate"]:
            cuts.append((match.start("coordinate"), "main"))
        else:
            cuts.append((match.end(), "main"))
            closing = False
    if attribution:
        cuts.append((attribution.start(), "main"))
    ends = [start for start, _ in cuts[1:]] + [sentence.end]
    return [(Span(start, stop), kind) for (start, kind), stop in zip(cuts, ends, strict=True) if stop > start]


def _openings(text: str, start: int, end: int, patterns: _Patterns) -> Iterator[re.Match[str]]:
    """Where clauses open, looked for only at marks and at the words that open them."""
    free, openers = start, patterns.openers
    for place in _PLACE.finditer(text, start, end):
        if place.start() < free or (place[0].isalpha() and place[0].lower() not in openers):
            continue
        if match := patterns.opener.match(text, place.start(), end):
            free = match.end()
            yield match


def _clause(text: str, span: Span, kind: Kind, patterns: _Patterns) -> Clause:
    words = text[span.start : span.end]
    present = words_in(words)
    tense, verb = _verb(words, present, patterns)
    if tense in ("event", "present", "none") and _finds(patterns.doubtful, words, present):
        tense = "unreal"
    return Clause(
        span, kind, tense, verb, _finds(patterns.negated, words, present) is not None, verb in patterns.speech
    )


def _finds(keyed: Keyed, words: str, present: frozenset[str]) -> re.Match[str] | None:
    return None if keyed.keys.isdisjoint(present) else keyed.pattern.search(words)


def _verb(words: str, present: frozenset[str], patterns: _Patterns) -> tuple[Tense, str]:
    """The tense of the verb of `words`, and the verb."""
    keys = patterns.tenses_of.keys() & present
    for number in sorted({number for key in keys for number in patterns.tenses_of[key]}):
        tense, keyed = patterns.tenses[number]
        match = keyed.pattern.search(words)
        if match is None:
            continue
        if tense in ("unreal", "ahead") and _tells_before(words, match.start(), present, patterns):
            continue  # "The bank shut its doors, amid fears that it could fail": what happened is told first
        named = match.groupdict().get("verb")
        if tense in ("present", "state") and not named:  # "A fire is …": but "the man who is ill died"
            plain = _past(words, present, patterns)
            if plain:
                return _simple(plain, patterns)
        verb = (named or match[0]).lower()
        return ("state" if tense == "event" and verb in patterns.state else tense), verb
    plain = _past(words, present, patterns)
    return _simple(plain, patterns) if plain else ("none", "")


def _tells_before(words: str, position: int, present: frozenset[str], patterns: _Patterns) -> bool:
    """Whether a simple past form stands before `position`, with a comma between."""
    comma = words.rfind(", ", 0, position)
    return comma > 0 and _past(words[:comma], present, patterns) != ""


def _past(words: str, present: frozenset[str], patterns: _Patterns) -> str:
    """The first simple past form that may be a finite verb, "" where there is none."""
    if patterns.irregular_past.isdisjoint(present) and not any(word.endswith(patterns.past_ending) for word in present):
        return ""
    for match in patterns.past.finditer(words):
        start = match.start()
        if words[start].islower() and not patterns.noun_before.search(words, _word_before(words, start), start):
            return match["verb"].lower()
    return ""


def _word_before(words: str, position: int) -> int:
    """Where the search for the small word before `position` may begin, however much white space lies between."""
    while position > 0 and words[position - 1].isspace():
        position -= 1
    return max(0, position - _LONGEST_SMALL)


def _simple(verb: str, patterns: _Patterns) -> tuple[Tense, str]:
    return ("state" if verb in patterns.state else "event"), verb


def _goes_on(text: str, read: list[Clause], place: int, patterns: _Patterns) -> bool:
    """Whether the next stretch has the verb of this one: it is coordinated with it, and has one."""
    if place + 1 == len(read) or read[place + 1].tense == "none":
        return False
    span = read[place + 1].span
    return patterns.coordinated.match(text, span.start, span.end) is not None


def _joined(text: str, read: list[Clause], patterns: _Patterns) -> list[Clause]:
    """Stretches without a verb belong to the clause before, a leading one to the first main clause after it."""
    runs: list[tuple[Kind, list[Clause]]] = []
    leading: list[Clause] = []
    waiting: list[Clause] = []  # "when two women" of "when two women and a man died"
    for place, clause in enumerate(read):
        if waiting:
            runs.append(("subordinate", [*waiting, clause]))
            waiting = []
        elif clause.tense == "none" and clause.kind == "subordinate" and runs and _goes_on(text, read, place, patterns):
            waiting = [clause]
        elif clause.tense == "none" and clause.kind != "relative":
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
