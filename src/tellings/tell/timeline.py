"""What happened when: sentences verbatim, on the day or the interval their own words give."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import log, log1p

from tellings.across.chronicle import (
    LONGEST,
    SAME_EVENT,
    SHORTEST,
    Measure,
    Statement,
    one_event,
    statement,
    weights,
)
from tellings.across.space import cosine, stem
from tellings.model.record import Line, Mark, TimelineEntry
from tellings.model.records import Dating, Interval, Telling
from tellings.model.rules import load
from tellings.model.text import Span
from tellings.tell.cite import Citations
from tellings.tell.context import dangles, who_is_meant

#: Days that an interval may span and still place an event; longer ones are background.
_LONGEST = 366
#: Share of all dated sentences that hold a word which then tells no event apart.
_STORY_WIDE = 0.25
#: Fewest longer words beside its date that a sentence must have to tell of something.
_FEWEST_WORDS = 2
#: How much less an entry weighs for each factor e of days that it can mean.
_VAGUE = 0.25
#: Cosine from which two openings, or an opening and a dated sentence, tell one news; origins that make it news.
_ONE_NEWS, _SEVERAL = 0.35, 2
#: Cosine from which what was told of a day is like what was announced for it.
_CAME_TRUE = 0.2
_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class _Told:
    telling: str
    sentence: Span
    when: Interval
    line: Line
    words: frozenset[str]
    heads: frozenset[str]
    inferred: bool
    ahead: bool
    statement: Statement


def timeline(citations: Citations) -> tuple[TimelineEntry, ...]:
    """Entries by earliest day, then latest; on one day by how many tellings tell them.

    A sentence stands where the event of its clause was dated (tellings.within.dating); a signed post on the day it
    is signed with. Two tellings of one event on one day are one entry, the sentence first that says most of what all of
    them say and can be read by itself.
    """
    told = [item for telling in citations.story.tellings for item in _told(citations, telling)]
    told = _without_common_words(told)
    by_interval: dict[tuple[Interval, bool], list[_Told]] = defaultdict(list)
    for item in told:
        by_interval[(item.when, item.ahead)].append(item)
    drafts: list[tuple[Interval, bool, list[_Told]]] = []
    for (when, ahead), items in by_interval.items():
        drafts.extend((when, ahead, cluster) for cluster in _clusters(items))
    drafts.extend(_news_of_the_day(citations, told))
    drafts.sort(
        key=lambda d: (
            d[0].earliest,
            d[0].latest,
            -len({i.telling for i in d[2]}),
            citations.labels[d[2][0].telling],
            d[2][0].sentence,
        )
    )
    told = [item for _, _, items in drafts for item in items]
    measure = Measure(item.statement for item in told)
    of_day = weights((item.statement for item in told), citations.origin)
    own = [weights((item.statement for item in items), citations.origin)[when] for when, _, items in drafts]
    most: dict[Interval, float] = {}
    for (when, _, _), weight in zip(drafts, own, strict=True):
        most[when] = max(weight, most.get(when, 0.0))
    entries = []
    for index, (when, ahead, items) in enumerate(drafts, start=1):
        ordered = _best_first(citations, items, measure)
        first = ordered[0]
        origins = citations.origins(item.telling for item in items)
        entries.append(
            TimelineEntry(
                id=f"t{index}",
                when=when,
                vague=when.days > 1,
                inferred=all(item.inferred for item in items),
                announced=ahead,
                lines=tuple(item.line for item in ordered),
                origins=origins,
                weight=_weight(origins, of_day[when], own[index - 1] / most[when], when.days),
                who=who_is_meant(citations.tellings[first.telling], first.line.words),
            )
        )
    return _fulfilled(entries, drafts, measure)


def _news_of_the_day(citations: Citations, told: Sequence[_Told]) -> list[tuple[Interval, bool, list[_Told]]]:
    """What opens reports of one or two days in several independent tellings, without a date of its own: it happened on
    the day of the first of them or the day before. What a dated sentence of those days tells is left to that one."""
    openings = [item for telling in citations.story.tellings for item in _opening(citations, telling)]
    measure = Measure(item.statement for item in (*told, *openings))
    vectors = {id(item): measure.vector(item.statement) for item in (*told, *openings)}
    openings.sort(key=lambda item: (item.statement.told or date.max, citations.labels[item.telling]))
    groups: list[list[_Told]] = []
    for item in openings:
        for group in groups:
            days = ((item.statement.told or date.max) - (group[0].statement.told or date.max)).days
            if days <= 1 and cosine(vectors[id(item)], vectors[id(group[0])]) >= _ONE_NEWS:
                group.append(item)
                break
        else:
            groups.append([item])
    found = []
    for group in groups:
        when = group[0].when
        if citations.origins(item.telling for item in group) < _SEVERAL or any(
            other.when.overlaps(when) and cosine(vectors[id(other)], vectors[id(item)]) >= _ONE_NEWS
            for other in told
            for item in group
        ):
            continue
        found.append((when, False, [replace(item, when=when) for item in group]))
    return found


def _opening(citations: Citations, telling: Telling) -> list[_Told]:
    """The first sentence of a dated telling, where nothing in it is dated and it can be read by itself."""
    day = telling.document.date.value
    if day is None:
        return []
    dated = {dating.sentence for dating in telling.datings if dating.interval is not None}
    for sentence in telling.sentences:
        block = telling.blocks[sentence.block] if sentence.block < len(telling.blocks) else None
        if block is None or not block.story or block.kind != "paragraph":
            continue
        span = sentence.span.trimmed(telling.text)
        words = span.of(telling.text)
        named = any(span.contains(timex.span) and timex.type != "DURATION" for timex in telling.timexes)
        if span in dated or named or dangles(words) or not SHORTEST <= len(words.split()) <= LONGEST:
            return []
        when = Interval(max(day, date.min + timedelta(days=1)) - timedelta(days=1), day)
        return [_item(citations, telling, span, when, (), inferred=True, ahead=False)]
    return []


def _fulfilled(
    entries: list[TimelineEntry], drafts: list[tuple[Interval, bool, list[_Told]]], measure: Measure
) -> tuple[TimelineEntry, ...]:
    """The entries, each announced one with those of its days that tell, later, of something like it."""
    happened = [(entry.id, day, told) for entry, (day, ahead, told) in zip(entries, drafts, strict=True) if not ahead]
    found = []
    for entry, (when, ahead, items) in zip(entries, drafts, strict=True):
        if ahead:
            came = (key for key, day, told in happened if day.overlaps(when) and _came_true(items, told, measure))
            entry = replace(entry, then=tuple(came))
        found.append(entry)
    return tuple(found)


def _came_true(announced: list[_Told], told: list[_Told], measure: Measure) -> bool:
    """Whether a sentence of a telling of a later day is like one that announced."""
    return any(
        one.statement.told is not None
        and other.statement.told is not None
        and one.statement.told <= other.statement.told
        and one.telling != other.telling
        and cosine(measure.vector(one.statement), measure.vector(other.statement)) >= _CAME_TRUE
        for one in announced
        for other in told
    )


def _weight(origins: int, day: float, share: float, days: int) -> float:
    """What an entry weighs: its independent origins, and its share of the day's weight, which counts by its logarithm,
    for in a small pile one telling that looks back a year later would else outweigh all that told the news. The more
    `days` it can mean, the less it weighs."""
    return round((origins + log1p(day) * share) / (1 + log(days) * _VAGUE), 3)


def selected(
    entries: Sequence[TimelineEntry],
    most: int | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
    about: str | None = None,
) -> tuple[TimelineEntry, ...]:
    """The weightiest `most` entries (`None`: all) that touch the days from `since` to `until` and, with `about`, have
    all of its words in one of their lines; in their order."""
    wanted = [re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE) for word in (about or "").split()]
    fitting = [
        entry
        for entry in entries
        if (since is None or entry.when.latest >= since)
        and (until is None or entry.when.earliest <= until)
        and any(all(word.search(f"{line.words.exact} {entry.who or ''}") for word in wanted) for line in entry.lines)
    ]
    if most is None or len(fitting) <= most:
        return tuple(fitting)
    kept = {entry.id for entry in sorted(fitting, key=lambda entry: (-entry.weight, entry.when, entry.id))[:most]}
    return tuple(entry for entry in fitting if entry.id in kept)


def _best_first(citations: Citations, items: list[_Told], measure: Measure) -> list[_Told]:
    """The sentence that says most of what all say first, the others in the order of the tellings."""
    order = measure.order([item.statement for item in items])
    alone = [place for place in order if not dangles(items[place].line.words.exact)]
    first = items[(alone or order)[0]]
    return [first, *(item for item in items if item is not first)]


def _without_common_words(told: list[_Told]) -> list[_Told]:
    """The items with only such words left as tell events of one story apart: names that all of it shares do not."""
    counts = Counter(word for item in told for word in item.words)
    limit = max(3, _STORY_WIDE * len(told))
    return [replace(item, words=frozenset(w for w in item.words if counts[w] <= limit)) for item in told]


def _told(citations: Citations, telling: Telling) -> list[_Told]:
    found: list[_Told] = []
    seen: set[tuple[Span, Interval]] = set()
    for dating in telling.datings:
        when = dating.interval
        if when is None or when.days > _LONGEST or dating.background or dating.status == "hypothetical":
            continue
        if (dating.sentence, when) in seen or _only_a_date(telling, dating):
            continue
        seen.add((dating.sentence, when))
        marks = tuple(Mark(span.start, span.end, "time") for span in dating.timexes if dating.sentence.contains(span))
        inferred = dating.basis != "own" or any(
            timex.inferred for timex in telling.timexes if timex.span in dating.timexes
        )
        ahead = dating.status == "announced"
        found.append(_item(citations, telling, dating.sentence, when, marks, inferred=inferred, ahead=ahead))
    for quote in telling.quotes:
        if quote.type != "direct" or quote.status == "not-a-statement" or quote.said is None:
            continue
        if quote.cue is not None:
            continue  # the sentence of its cue has the day
        if quote.said.days <= _LONGEST and (quote.content, quote.said) not in seen:
            seen.add((quote.content, quote.said))
            found.append(_item(citations, telling, quote.content, quote.said, (), inferred=False, ahead=False))
    return found


def _item(
    citations: Citations,
    telling: Telling,
    sentence: Span,
    when: Interval,
    marks: tuple[Mark, ...],
    *,
    inferred: bool,
    ahead: bool,
) -> _Told:
    words = frozenset(stem(w.casefold()) for w in _WORD.findall(sentence.of(telling.text)))
    words -= load("en", "digest").words("common")
    heads = frozenset(f.head for f in telling.facts if f.kind == "date" and sentence.contains(f.span))
    line = citations.line(telling.id, sentence, marks)
    said = statement(telling, sentence, when, "announced" if ahead else "dated")
    return _Told(telling.id, sentence, when, line, words, heads, inferred, ahead, said)


def _only_a_date(telling: Telling, dating: Dating) -> bool:
    """Whether a sentence is a date stamp: hardly a word beside its date."""
    words = len(_WORD.findall(dating.sentence.of(telling.text)))
    return words - sum(len(_WORD.findall(span.of(telling.text))) for span in dating.timexes) < _FEWEST_WORDS


def _clusters(items: list[_Told]) -> list[list[_Told]]:
    """Items of one day in groups that tell one event: average linkage is not needed for a handful."""
    groups: list[list[_Told]] = []
    for item in items:
        best = max(groups, key=lambda group: max(_alike(item, other) for other in group), default=None)
        if best is not None and max(_alike(item, other) for other in best) >= SAME_EVENT:
            best.append(item)
        else:
            groups.append([item])
    return groups


def _alike(a: _Told, b: _Told) -> float:
    if a.heads & b.heads:
        return 1.0
    return one_event(a.words, b.words)
