"""What happened when: sentences verbatim, on the day or the interval their own words give."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from tellings.model.record import Line, Mark, TimelineEntry
from tellings.model.records import Dating, Interval, Telling
from tellings.model.text import Span
from tellings.tell.cite import Citations

#: Days that an interval may span and still place an event; longer ones are background.
_LONGEST = 366
#: Share of all dated sentences that hold a word which then tells no event apart.
_STORY_WIDE = 0.25
#: Fewest longer words beside its date that a sentence must have to tell of something.
_FEWEST_WORDS = 2
#: Share of content words (of the shorter sentence) that two sentences of one day share when they tell one event.
_SAME_EVENT = 0.34
_WORD = re.compile(r"[^\W\d_]{4,}")
_COMMON = frozenset(
    [
        "that",
        "this",
        "with",
        "from",
        "have",
        "been",
        "were",
        "they",
        "their",
        "them",
        "there",
        "then",
        "than",
        "what",
        "when",
        "where",
        "which",
        "while",
        "would",
        "could",
        "after",
        "before",
        "about",
        "into",
        "over",
        "also",
        "just",
        "more",
        "most",
        "very",
        "some",
        "such",
        "only",
        "other",
        "said",
        "says",
    ]
)


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


def timeline(citations: Citations) -> tuple[TimelineEntry, ...]:
    """Entries by earliest day, then latest; on one day by how many tellings tell them.

    A sentence stands where the event of its clause was dated (tellings.within.dating); a signed post on the day it
    is signed with. Two tellings of one event on one day are one entry.
    """
    told = [item for telling in citations.story.tellings for item in _told(citations, telling)]
    told = _without_common_words(told)
    by_interval: dict[tuple[Interval, bool], list[_Told]] = defaultdict(list)
    for item in told:
        by_interval[(item.when, item.ahead)].append(item)
    drafts: list[tuple[Interval, bool, list[_Told]]] = []
    for (when, ahead), items in by_interval.items():
        drafts.extend((when, ahead, cluster) for cluster in _clusters(items))
    drafts.sort(
        key=lambda d: (
            d[0].earliest,
            d[0].latest,
            -len({i.telling for i in d[2]}),
            citations.labels[d[2][0].telling],
            d[2][0].sentence,
        )
    )
    return tuple(
        TimelineEntry(
            id=f"t{index}",
            when=when,
            vague=when.days > 1,
            inferred=all(item.inferred for item in items),
            announced=ahead,
            lines=tuple(item.line for item in items),
            origins=citations.origins(item.telling for item in items),
        )
        for index, (when, ahead, items) in enumerate(drafts, start=1)
    )


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
    words = frozenset(_stem(w.casefold()) for w in _WORD.findall(sentence.of(telling.text))) - _COMMON
    heads = frozenset(f.head for f in telling.facts if f.kind == "date" and sentence.contains(f.span))
    line = citations.line(telling.id, sentence, marks)
    return _Told(telling.id, sentence, when, line, words, heads, inferred, ahead)


def _only_a_date(telling: Telling, dating: Dating) -> bool:
    """Whether a sentence is a date stamp: hardly a word beside its date."""
    words = len(_WORD.findall(dating.sentence.of(telling.text)))
    return words - sum(len(_WORD.findall(span.of(telling.text))) for span in dating.timexes) < _FEWEST_WORDS


def _stem(word: str) -> str:
    return re.sub(r"(?:ing|ed|es|s)\Z", "", word) if len(word) > 5 else word


def _clusters(items: list[_Told]) -> list[list[_Told]]:
    """Items of one day in groups that tell one event: average linkage is not needed for a handful."""
    groups: list[list[_Told]] = []
    for item in items:
        best = max(groups, key=lambda group: max(_alike(item, other) for other in group), default=None)
        if best is not None and max(_alike(item, other) for other in best) >= _SAME_EVENT:
            best.append(item)
        else:
            groups.append([item])
    return groups


def _alike(a: _Told, b: _Told) -> float:
    if a.heads & b.heads:
        return 1.0
    shorter = min(len(a.words), len(b.words))
    common = len(a.words & b.words)
    return common / shorter if common >= 3 else 0.0
