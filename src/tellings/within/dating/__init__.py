"""The dating room: on which day the event of a clause happened, or that nothing says so.

A time expression dates its own clause, and not every clause of its sentence; a bound ("until Friday"),
a thing's name ("the 2014 act") or somebody's quoted words date nothing. Vague stays vague.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from tellings.language.base import Language
from tellings.model.records import (
    Block,
    Dating,
    DatingBasis,
    Document,
    EventStatus,
    Interval,
    Part,
    Provenance,
    Quote,
    Quoted,
    Sentence,
    Timex,
)
from tellings.model.rules import Keyed
from tellings.model.text import Span
from tellings.model.tokens import tokens_of
from tellings.within.dating.clauses import ROOM, Clause, clauses

__all__ = ["datings"]

STAGE = "dating"
#: An expression that covers more days than this places no event.
LONGEST = 3700
#: Days that a date in force may cover.
IN_FORCE = 1
#: A date in a clause on the side ("which was built in 2009") is background where it covers more days than this.
ASIDE = 7
#: Days after which words that point back ("on that occasion") mean a time told in the sentence before.
PAST_TIME = 60
#: Characters before an expression that are looked at for a preposition or a determiner.
REACH = 24
#: Characters before an expression that are looked at for what "since" compares.
COMPARED_REACH = 80
UNDATED = "nothing says on which day"
_NO_DATE = Provenance(STAGE, "no date")
#: The rule of a sentence that is told of a time before.
POINTS_BACK = "points-back"
_STORY = ("paragraph", "list-item")


@dataclass(frozen=True, slots=True)
class _Words:
    """Lists and patterns of the room, as `data/<language>/dating` says what they are."""

    bound: re.Pattern[str]
    led_up_to: re.Pattern[str]
    determiner: re.Pattern[str]
    until: re.Pattern[str]
    step_back: re.Pattern[str]
    points_back: re.Pattern[str]
    year: re.Pattern[str]
    inside: re.Pattern[str]
    possessive: re.Pattern[str]
    when_first: re.Pattern[str]
    reduced: re.Pattern[str]
    auxiliary: re.Pattern[str]
    by: re.Pattern[str]
    aside_first: frozenset[str]
    under_way: Keyed
    beginning: frozenset[str]
    function: frozenset[str]
    lasting: frozenset[str]
    joint: frozenset[str]
    compared: re.Pattern[str]
    ahead_then: frozenset[str]
    making_known: frozenset[str]
    adverb_ending: tuple[str, ...]


@cache
def _words(language: Language) -> _Words:
    rules = language.rules(ROOM)

    def pattern(name: str) -> re.Pattern[str]:
        return language.pattern(ROOM, name)

    return _Words(
        pattern("bound-before"),
        pattern("led-up-to-before"),
        pattern("determiner-before"),
        pattern("until-before"),
        pattern("step-back"),
        pattern("points-back"),
        pattern("year-before"),
        pattern("inside-before"),
        pattern("possessive-after"),
        pattern("when-first"),
        pattern("reduced-by"),
        pattern("auxiliary"),
        pattern("by-before"),
        rules.words("aside_subordinate"),
        language.keyed(ROOM, "goes-on"),
        rules.words("beginning"),
        rules.words("function"),
        rules.words("lasting_bound"),
        rules.words("date_joint"),
        pattern("compared-before"),
        rules.words("ahead_then"),
        rules.words("making_known"),
        tuple(rules.meanings("adverb_ending")),
    )


#: Characters between a date and the clause with "when" that it dates; days of a date that is told on the side.
NEAR, LONGEST_ASIDE = 2, 366
_FIRST_WORD = re.compile(r"\W*(?P<word>[^\W_]+)")
_NOUN_AFTER = re.compile(r"[\s-]+(?P<noun>[A-Za-z]+)")
_YEAR = re.compile(r"\d{4}")
_YEAR_AT_END = re.compile(r"\d{4}\Z")


@dataclass(frozen=True, slots=True)
class _When:
    """An expression, or the two ends of a range, that can date a clause."""

    interval: Interval
    timexes: tuple[Timex, ...]

    @property
    def span(self) -> Span:
        return self.timexes[0].span


@dataclass(slots=True)
class _Force:
    """The date that is in force in a paragraph."""

    when: _When | None = None


class _Sorted:
    """Spans in order, which nest by no more than one in another."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]

    def overlapping(self, span: Span) -> list[Span]:
        """Those that overlap `span`."""
        first = max(0, bisect_left(self._starts, span.start) - 2)
        return [each for each in self._spans[first : bisect_left(self._starts, span.end)] if each.overlaps(span)]


def datings(
    document: Document,
    blocks: tuple[Block, ...],
    parts: tuple[Part, ...],
    sentences: tuple[Sentence, ...],
    timexes: tuple[Timex, ...],
    quotes: tuple[Quote, ...],
    in_marks: tuple[Quoted, ...],
    language: Language,
) -> tuple[Dating, ...]:
    """The datings of a telling's story sentences, in order: one for each dated clause, else one for the sentence."""
    text, found = document.text, list[Dating]()
    starts = [timex.span.start for timex in timexes]
    marked = _Sorted(quoted.span for quoted in in_marks)
    direct = _Sorted(quote.content for quote in quotes if quote.type == "direct")
    force, block, under_way = _Force(), -1, _words(language).under_way
    points_back = _words(language).points_back
    before: Sequence[Timex] = ()
    part = 0
    for sentence in sentences:
        if blocks[sentence.block].kind not in _STORY:
            continue
        if sentence.part != part or any(each.kind not in _STORY for each in blocks[max(0, block) : sentence.block]):
            before, part = (), sentence.part  # "on that occasion" below a heading is of none above it
        if sentence.block != block:
            force, block = _Force(), sentence.block
        span = sentence.span.trimmed(text)
        here = timexes[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        if any(content.contains(span) for content in direct.overlapping(span)) and not any(
            _is_written_out(text, timex) for timex in here
        ):
            continue
        told_before, before = before, here
        dct = parts[sentence.part].date.value if parts else document.date.value
        if points_back.match(text, span.start, span.end) and not any(timex.interval for timex in here):
            found.append(_pointing_back(span, told_before, dct))
            force.when = None
            continue
        words = tokens_of(text).words(sentence.span.start, sentence.span.end)
        if not here and force.when is None and not under_way.may_stand(words):
            found.append(_undated(span))  # most sentences
            continue
        found.extend(_sentence(text, span, words, here, marked.overlapping(span), dct, force, language))
    return tuple(found)


def _is_written_out(text: str, timex: Timex) -> bool:
    """Whether an expression is a date with its year, which counts from nothing."""
    plain = timex.type == "DATE" and not timex.inferred and timex.anchor is None
    return plain and _YEAR_AT_END.search(timex.span.of(text)) is not None


def _pointing_back(span: Span, before: Sequence[Timex], dct: date | None) -> Dating:
    """The dating of a sentence that points back ("on that occasion"): by the one time long past that the sentence
    before tells of; else nothing says when it was."""
    old = [
        timex
        for timex in before
        if timex.type == "DATE"
        and timex.interval is not None
        and timex.interval.days <= LONGEST_ASIDE
        and (dct is None or (dct - timex.interval.latest).days > PAST_TIME)
    ]
    times = {timex.interval for timex in old}
    if len(times) != 1 or old[0].interval is None:
        return Dating(span, span, "undated", Provenance(STAGE, POINTS_BACK), reason=UNDATED)
    spans = (old[-1].span,)
    why = Provenance(STAGE, POINTS_BACK, evidence=spans)
    return Dating(span, span, "in force", why, old[0].interval, spans, "told", True)


def _undated(span: Span) -> Dating:
    """That nothing says when a sentence without any date is of."""
    return Dating(span, span, "undated", _NO_DATE, reason=UNDATED)


def _masked(text: str, span: Span, quoted: Sequence[Span], times: Sequence[Span]) -> str:
    """The text of `span`: blanks for words in quotation marks, figures for times, so that neither is read as a verb."""
    words = list(text[span.start : span.end])
    for spans, mask in ((quoted, " "), (times, "0")):
        for each in spans:
            start, end = max(each.start, span.start) - span.start, min(each.end, span.end) - span.start
            words[start:end] = mask * (end - start)
    return "".join(words)


def _sentence(
    text: str,
    span: Span,
    words: frozenset[str],
    timexes: Sequence[Timex],
    quoted: Sequence[Span],
    dct: date | None,
    force: _Force,
    language: Language,
) -> Iterator[Dating]:
    told = [timex for timex in timexes if not any(mark.overlaps(timex.span) for mark in quoted)]
    if not told and (said := [timex for timex in timexes if _is_written_out(text, timex)]):
        told, quoted = said, ()  # a date with its year is the same, whoever says it and whenever
    placed = any(timex.type in ("DATE", "TIME") and timex.interval is not None for timex in told)
    if not placed and force.when is None and not _under_way(text, span, words, language):
        yield _undated(span)
        return
    parts = clauses(_masked(text, span, quoted, [timex.span for timex in told]), span, language)
    beside = {timex.span for timex in told for clause in parts if _of_a_participle(text, clause, timex, language)}
    free = [timex for timex in told if timex.span not in beside]
    dated = {index: when for index, clause in enumerate(parts) if (when := _own(text, clause, free, dct, language))}
    dated.update(_dated_by_what_stands_before(text, parts, dated, told, language))
    dated = _of_the_announcing(parts, dated, dct, language)
    main = next((index for index, clause in enumerate(parts) if clause.kind == "main"), 0)
    own = [
        dating
        for index, when in sorted(dated.items())
        if (
            dating := _by_own(span, parts[index], when, dct, aside=_is_aside(text, parts, index, main, dated, language))
        )
    ]
    yield from own
    yield from _on_the_side(text, span, parts, dated, told, beside, dct, language)
    if not parts:
        return
    if main in dated or any(parts[index].kind == "main" for index in dated):
        _establish(force, parts, dated, dct, language)
    elif all(dating.background for dating in own):
        yield _without_own(text, span, parts[main], told, dct, force, language)
    else:
        force.when = None


def _of_the_announcing(
    parts: Sequence[Clause], dated: Mapping[int, _When], dct: date | None, language: Language
) -> dict[int, _When]:
    """The dates of the clauses, a past one behind "would" with the clause that makes known what is to come: "announced
    it would shut the mill last week"."""
    words, found = _words(language), dict(dated)
    for index, when in dated.items():
        clause, before = parts[index], parts[index - 1] if index else None
        if before is None or index - 1 in dated or before.verb not in words.making_known or dct is None:
            continue
        past = when.interval.latest < dct or (when.interval.latest == dct and when.interval.days > 1)
        if past and clause.tense == "ahead" and clause.verb in words.ahead_then:
            found[index - 1] = found.pop(index)
    return found


def _by_own(sentence: Span, clause: Clause, when: _When, dct: date | None, *, aside: bool) -> Dating | None:
    """The dating of a clause by its own words; `None` for what is said on the side of a present state. `aside`: it is a
    clause on the side of a main clause that has no date."""
    relative = clause.kind == "relative"
    if relative and clause.tense in ("present", "perfect"):
        return None
    status = _status(clause, when.interval, dct)
    background = aside or (relative and when.interval.days > ASIDE)
    interval = _so_far(when.interval, dct) if status == "told" else when.interval
    return _dating(sentence, clause, "own", f"{clause.kind}-{clause.tense}", interval, when, status, background)


def _is_aside(
    text: str, parts: Sequence[Clause], index: int, main: int, dated: Mapping[int, _When], language: Language
) -> bool:
    """Whether a clause opens with "since", "after" or the like, behind a main clause that has no date; tells how things
    stood, behind words of saying that have none; or tells first who says so."""
    if main in dated:
        return False
    if index == 0 and parts[0].kind == "relative":  # "According to a letter sent on Monday, it burned"
        return True
    if parts[index].kind != "subordinate" or index < main:
        return False
    if parts[main].speech and parts[index].tense == "state":  # "said she wept, for what she got while there in May"
        return True
    while index > 0 and parts[index - 1].kind == "subordinate":  # "since it said the mill shut in May"
        index -= 1
    clause = parts[index]
    first = _FIRST_WORD.match(text, clause.span.start, clause.span.end)
    return first is not None and first["word"].lower() in _words(language).aside_first


def _dated_by_what_stands_before(
    text: str, parts: Sequence[Clause], dated: Mapping[int, _When], told: Sequence[Timex], language: Language
) -> Iterator[tuple[int, _When]]:
    """Clauses with "when" right behind a date, which is theirs: "the first since 1959, when two died"."""
    for index, clause in enumerate(parts):
        if index in dated or not _words(language).when_first.match(text, clause.span.start, clause.span.end):
            continue
        for timex in told:
            between = text[timex.span.end : clause.span.start]
            behind = timex.span.end <= clause.span.start and between.strip() in ("", ",") and len(between) <= NEAR
            if behind and timex.type in ("DATE", "TIME") and timex.interval and timex.interval.days <= LONGEST:
                yield index, _When(timex.interval, (timex,))


def _of_a_participle(text: str, clause: Clause, timex: Timex, language: Language) -> bool:
    """Whether an expression dates a participle on the side ("girls captured by raiders two years ago were freed")."""
    if not clause.span.contains(timex.span) or clause.kind == "relative":
        return False
    words = _words(language)
    found = None
    for match in words.reduced.finditer(text, clause.span.start, timex.span.start):
        if not words.auxiliary.match(match["before"].lower()) and "," not in text[match.end() : timex.span.start]:
            found = match
    return found is not None


def _on_the_side(
    text: str,
    span: Span,
    parts: Sequence[Clause],
    dated: Mapping[int, _When],
    told: Sequence[Timex],
    beside: Collection[Span],
    dct: date | None,
    language: Language,
) -> Iterator[Dating]:
    """What expressions date that are the day of no clause: a participle, or a noun ("at the council's March 6
    meeting"). It is told on the side."""
    used = {timex.span for when in dated.values() for timex in when.timexes}
    for timex in told:
        interval = timex.interval
        if timex.span in used or timex.type != "DATE" or interval is None or interval.days > LONGEST_ASIDE:
            continue
        if _may_be_past(timex, dct):
            continue
        clause = next((each for each in parts if each.span.contains(timex.span)), None)
        if clause is None or clause.tense == "unreal":
            continue
        rule = "participle" if timex.span in beside else "modifier"
        if rule == "participle" or _is_modifier(text, clause, timex, language):
            later = dct is not None and interval.earliest > dct
            status: EventStatus = "announced" if later else "told"
            yield _dating(span, clause, "own", rule, interval, _When(interval, (timex,)), status, True)


def _is_modifier(text: str, clause: Clause, timex: Timex, language: Language) -> bool:
    """Whether an expression stands between a determiner or a possessive and a noun."""
    words = _words(language)
    noun = _NOUN_AFTER.match(text, timex.span.end, timex.span.end + REACH)
    if noun is None or noun["noun"].lower() in words.function or noun["noun"].endswith(words.adverb_ending):
        return False
    before = text[max(clause.span.start, timex.span.start - REACH) : timex.span.start]
    return words.determiner.search(before) is not None


def _without_own(
    text: str,
    span: Span,
    opening: Clause,
    told: Sequence[Timex],
    dct: date | None,
    force: _Force,
    language: Language,
) -> Dating:
    """The dating of a sentence whose clauses say no day: by the date in force, by that of the document, or by none."""
    if force.when is not None and _continues(text, opening, told, language):
        return _dating(span, opening, "in force", "narrative", force.when.interval, force.when, "told", False)
    force.when = None
    if opening.tense == "ongoing" and dct is not None and opening.kind == "main" and not opening.negated:
        return _dating(span, opening, "document", "under-way", Interval(dct, dct), None, "told", False)
    return Dating(span, opening.span, "undated", Provenance(STAGE, opening.tense), reason=UNDATED)


def _under_way(text: str, span: Span, words: frozenset[str], language: Language) -> bool:
    """Whether a verb of what goes on while it is told stands there."""
    verbs = _words(language).under_way
    return verbs.may_stand(words) and verbs.pattern.search(text, span.start, span.end) is not None


def _dating(
    sentence: Span,
    clause: Clause,
    basis: DatingBasis,
    rule: str,
    interval: Interval,
    when: _When | None,
    status: EventStatus,
    background: bool,
) -> Dating:
    spans = tuple(timex.span for timex in when.timexes) if when else ()
    return Dating(
        sentence, clause.span, basis, Provenance(STAGE, rule, evidence=spans), interval, spans, status, background
    )


def _so_far(interval: Interval, dct: date | None) -> Interval:
    """What is told as past lies before the day of telling."""
    if dct is not None and interval.earliest <= dct < interval.latest:
        return Interval(interval.earliest, dct)
    return interval


def _own(text: str, clause: Clause, told: Sequence[Timex], dct: date | None, language: Language) -> _When | None:
    """The finest expression of the clause that dates it; of equals the first. Those that stand together go together."""
    fitting: list[_When] = []
    taken: set[Span] = set()
    for timex in told:
        if not clause.span.contains(timex.span) or timex.span in taken:
            continue
        when = _when(text, clause, timex, told, dct, language)
        if when is not None:
            fitting.append(when)
            taken.update(each.span for each in when.timexes)
    return min(fitting, key=lambda when: (when.interval.days, when.span.start), default=None)


def _when(
    text: str, clause: Clause, timex: Timex, told: Sequence[Timex], dct: date | None, language: Language
) -> _When | None:
    if timex.type not in ("DATE", "TIME") or timex.interval is None or (timex.ambiguous and timex.type == "TIME"):
        return None
    if _may_be_past(timex, dct) and clause.tense != "ahead":
        return None
    if isinstance(timex.begin_point, Span):  # the second end of a range: its first speaks for both
        return None
    if isinstance(timex.end_point, Span):
        other = _next_told(told, timex.end_point.start)
        if (
            other is not None
            and other.span == timex.end_point
            and other.interval is not None
            and other.interval.latest >= timex.interval.earliest
        ):
            interval = Interval(timex.interval.earliest, other.interval.latest)
            return _When(interval, (timex, other))
        return None
    listed = _listed(text, timex, told, language)
    if listed is not None and not _nominal(text, clause, timex.span, language):
        return listed
    if clause.tense == "ahead" and dct is not None and dct < timex.interval.earliest:
        before = text[max(clause.span.start, timex.span.start - REACH) : timex.span.start]
        if _words(language).until.search(before):  # "will stay shut until Friday": from now to then
            return _When(Interval(dct, timex.interval.latest), (timex,))
        if _words(language).by.search(before):  # "will be ready by Friday"
            return _When(Interval(dct, timex.interval.latest), (timex,))
    if timex.interval.days > LONGEST or _nominal(text, clause, timex.span, language):
        return None
    return _When(timex.interval, (timex,))


def _may_be_past(timex: Timex, dct: date | None) -> bool:
    """Whether an expression of more than a day is taken as coming though nothing tells it so: its year is a guess."""
    when = timex.interval
    return timex.ambiguous and dct is not None and when is not None and when.days > 1 and when.earliest > dct


def _listed(text: str, timex: Timex, told: Sequence[Timex], language: Language) -> _When | None:
    """ "in 2008 and 2009", "on Monday and Tuesday": both together, where they follow each other on the calendar."""
    other = _next_told(told, timex.span.end + 1)
    if other is None or text[timex.span.end : other.span.start].strip() not in _words(language).joint:
        return None
    if timex.interval is None or other.interval is None or timex.type != other.type:
        return None
    if (other.interval.earliest - timex.interval.latest).days != 1:
        return None
    return _When(Interval(timex.interval.earliest, other.interval.latest), (timex, other))


def _next_told(told: Sequence[Timex], position: int) -> Timex | None:
    """The first expression that begins at `position` or behind it."""
    index = bisect_left(told, position, key=lambda timex: timex.span.start)
    return told[index] if index < len(told) else None


def _nominal(text: str, clause: Clause, span: Span, language: Language) -> bool:
    """Whether an expression is a bound or a part of a noun's name, and does not say when the verb happened."""
    words = _words(language)
    before = text[max(clause.span.start, span.start - REACH) : span.start]
    after = text[span.end : span.end + REACH]
    bound = words.bound.search(before)
    if bound is not None:
        lasting = (
            bound["word"].lower() in words.lasting
            and clause.tense == "perfect"
            and not words.compared.search(text[max(clause.span.start, span.start - COMPARED_REACH) : span.start])
        )
        return not (lasting and span.end - span.start < REACH and not _YEAR_AT_END.search(span.of(text)))
    if _is_led_up_to(text, clause, span, words):
        return True
    if words.possessive.match(after):
        return not (words.inside.search(before) and clause.tense in ("event", "pluperfect", "ahead"))
    if before.rstrip().endswith("(") and after.lstrip()[:1] in (")", "–", "-", ","):
        return True
    if _YEAR.fullmatch(text, span.start, span.end) and not words.year.search(before):
        return True  # "his 2014 and 2016 campaigns", "2016 candidate"
    noun = _NOUN_AFTER.match(after)
    if noun is None or noun["noun"].lower() in words.function or noun["noun"].endswith(words.adverb_ending):
        return False
    return words.determiner.search(before) is not None


def _is_led_up_to(text: str, clause: Clause, span: Span, words: _Words) -> bool:
    """Whether an expression dates a thing that the verb only leads up to ("moved in before a referendum on Sunday"). A
    clause that begins with such a word has a verb of its own."""
    start = max(clause.span.start, span.start - COMPARED_REACH)
    found = words.led_up_to.search(text[start : span.start])
    return found is not None and text[clause.span.start : start + found.start()].strip() != ""


def _status(clause: Clause, interval: Interval, dct: date | None) -> EventStatus:
    if clause.tense == "unreal":
        return "hypothetical"
    if clause.tense == "ahead" and dct is not None and interval.latest < dct:
        return "hypothetical"  # planned for a day now past: whether it came about is not said
    later = dct is not None and interval.earliest > dct
    if clause.tense == "ahead" or later:
        return "announced"
    return "negated" if clause.negated else "told"


def _establish(
    force: _Force, parts: Sequence[Clause], dated: dict[int, _When], dct: date | None, language: Language
) -> None:
    """What this sentence puts in force for the next: the one day of an event told as past, that began nothing long."""
    force.when = None
    days = {when.interval for index, when in dated.items() if parts[index].kind == "main"}
    if len(days) != 1:
        return
    index = next(index for index in dated if parts[index].kind == "main")
    clause, when = parts[index], dated[index]
    past = clause.tense in ("event", "state") and not clause.speech and clause.verb not in _words(language).beginning
    if past and when.interval.days <= IN_FORCE and _status(clause, when.interval, dct) == "told":
        force.when = when


def _continues(text: str, clause: Clause, told: Sequence[Timex], language: Language) -> bool:
    """Whether a sentence goes on in the time before it: simple past, an event, no step back, no date of its own."""
    if clause.tense != "event" or clause.speech or clause.kind != "main":
        return False
    if any(timex.type in ("DATE", "TIME", "SET") for timex in told):
        return False
    return _words(language).step_back.search(text, clause.span.start, clause.span.end) is None
