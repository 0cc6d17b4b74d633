"""What each sentence of a telling says happened when: one statement a sentence and day."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tellings.across.standing_alone import leans
from tellings.across.word_vectors import stem, stems
from tellings.model.records import Dating, EventStatement, Interval, Place, Provenance, Telling
from tellings.model.rules import load
from tellings.model.text import Span

STAGE = "chronology"
#: Days that an interval may span and still place an event; longer ones are background.
LONGEST_INTERVAL = 366
#: Fewest longer words beside its date that a sentence must have to tell of something.
FEWEST_WORDS = 2
#: Words of an undated first sentence that can be taken for news; shorter and longer ones are none.
SHORTEST, LONGEST = 6, 69
#: Share of all dated sentences that hold a word which then tells no event apart.
STORY_WIDE = 0.25
_WORD = re.compile(r"[^\W_]+")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that tells an event of `when`, with what it is compared by.

    `told` is the telling's own day, `None` where not known. `vector_words` are the words of its vector, with
    repetitions; `event_words` those that tell its event apart; `event_kinds` the families of events ("death") that a
    date fact in it is of; `all_words` all of its words. `size` counts its words; `leans`: it cannot be read by itself.
    """

    found: EventStatement
    when: Interval
    announced: bool
    told: date | None
    vector_words: tuple[str, ...]
    event_words: frozenset[str]
    event_kinds: frozenset[str]
    all_words: frozenset[str]
    size: int
    leans: bool

    @property
    def telling(self) -> str:
        """The id of its telling."""
        return self.found.place.telling

    @property
    def place(self) -> Place:
        """Its sentence, which has one vector however many days it names."""
        return self.found.place


def dated_statements(telling: Telling) -> list[Statement]:
    """The statements of `telling` whose day its own words give: the dated clauses, then the signed posts."""
    found = {(one.place.span, one.when): one for one in _of_clauses(telling)}
    for one in _of_signed_posts(telling):
        found.setdefault((one.place.span, one.when), one)
    return list(found.values())


def _of_clauses(telling: Telling) -> Iterator[Statement]:
    inferred_times = {timex.span for timex in telling.timexes if timex.inferred}
    seen: set[tuple[Span, Interval]] = set()
    for dating in telling.datings:
        when = dating.interval
        if when is None or when.days > LONGEST_INTERVAL or dating.background or dating.status == "hypothetical":
            continue
        if (dating.sentence, when) in seen or _is_only_a_date(telling, dating):
            continue
        seen.add((dating.sentence, when))
        times = tuple(span for span in dating.timexes if dating.sentence.contains(span))
        inferred = dating.basis != "own" or not inferred_times.isdisjoint(dating.timexes)
        why = Provenance(STAGE, dating.provenance.rule, evidence=dating.timexes)
        told = EventStatement(Place(telling.id, dating.sentence), times, inferred, why)
        yield _statement(telling, told, when, announced=dating.status == "announced")


def _of_signed_posts(telling: Telling) -> Iterator[Statement]:
    for quote in telling.quotes:
        if quote.type != "direct" or quote.status == "not-a-statement" or quote.said is None:
            continue
        # Where a cue introduces the words, its sentence has the day.
        if quote.cue is None and quote.said.days <= LONGEST_INTERVAL:
            told = EventStatement(Place(telling.id, quote.content), (), False, Provenance(STAGE, "signed-post"))
            yield _statement(telling, told, quote.said)


def opening_statement(telling: Telling) -> Statement | None:
    """The first sentence of a dated telling, on its day or the day before, where nothing in it is dated and it can be
    read by itself; `None` else."""
    day = telling.document.date.value
    if day is None:
        return None
    for sentence in telling.sentences:
        block = telling.blocks[sentence.block] if sentence.block < len(telling.blocks) else None
        if block is None or not block.story or block.kind != "paragraph":
            continue
        span = sentence.span.trimmed(telling.text)
        words = span.of(telling.text)
        dated = any(dating.sentence == span and dating.interval is not None for dating in telling.datings)
        named = any(span.contains(timex.span) and timex.type != "DURATION" for timex in telling.timexes)
        if dated or named or leans(words) or not SHORTEST <= len(words.split()) <= LONGEST:
            return None
        told = EventStatement(Place(telling.id, span), (), True, Provenance(STAGE, "undated-opening"))
        return _statement(telling, told, Interval(max(day, date.min + timedelta(days=1)) - timedelta(days=1), day))
    return None


def _statement(telling: Telling, found: EventStatement, when: Interval, *, announced: bool = False) -> Statement:
    words = found.place.span.of(telling.text)
    event_words = frozenset(stem(word.casefold()) for word in _LONG_WORD.findall(words))
    return Statement(
        found,
        when,
        announced,
        told=telling.document.date.value,
        vector_words=stems(words),
        event_words=event_words - load("en", "digest").words("common"),
        event_kinds=frozenset(
            fact.head for fact in telling.facts if fact.kind == "date" and found.place.span.contains(fact.span)
        ),
        all_words=frozenset(_WORD.findall(words.lower())),
        size=len(words.split()),
        leans=leans(telling.sentence_around(found.place.span).of(telling.text)),
    )


def _is_only_a_date(telling: Telling, dating: Dating) -> bool:
    """Whether a sentence is a date stamp: hardly a word beside its date."""
    words = len(_LONG_WORD.findall(dating.sentence.of(telling.text)))
    return words - sum(len(_LONG_WORD.findall(span.of(telling.text))) for span in dating.timexes) < FEWEST_WORDS


def without_story_wide_words(told: Iterable[Statement]) -> list[Statement]:
    """The statements with only such words left as tell events of one story apart: names that all of it shares do
    not."""
    told = list(told)
    counts = Counter(word for one in told for word in one.event_words)
    limit = max(3, STORY_WIDE * len(told))
    return [
        replace(one, event_words=frozenset(word for word in one.event_words if counts[word] <= limit)) for one in told
    ]
