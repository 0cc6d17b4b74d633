"""What stands open on a page: of each view what matters most, in fewer words than the articles it replaces.

A view opens on the lines that most independent origins tell, that are contested, or that weigh most, as far as its
share of the articles' words goes; the rest is one click away, and counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tellings.edge.writers import arrange, wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tellings.edge.writers.arrange import Facts, SharedText
    from tellings.model.record import DigestLine, FactEntry, QuoteEntry, Record, TimelineEntry

#: Shares of the articles' words that a view opens on, and words that it may open on in any case and at most.
_BRIEF, _TIMELINE, _QUOTES, _FACTS, _SHARED = 0.08, 0.1, 0.11, 0.12, 0.03
_LEAST, _MOST = 100, 900
#: Words that stand around those of a line: its day, its outlets, "why?".
_AROUND = 7


@dataclass(frozen=True, slots=True)
class Opening:
    """The ids of the lines that stand open, and how many shared texts do."""

    brief: frozenset[str]
    timeline: frozenset[str]
    quotes: frozenset[str]
    facts: frozenset[str]
    shared: int


def opening(record: Record, facts: Sequence[Facts], shared: Sequence[SharedText]) -> Opening:
    """What of `record` stands open."""
    whole = sum(telling.words for telling in record.tellings)

    def room(share: float) -> int:
        return round(min(max(share * whole, _LEAST), _MOST))

    moments = sorted(record.timeline, key=lambda entry: (-entry.origins, -entry.weight, entry.when.earliest))
    quotes = sorted(
        (entry for entry in record.quotes if entry.speaker.rank != "unsure"), key=arrange.weight_of, reverse=True
    )
    return Opening(
        frozenset(_fitting(((line.id, _brief_words(line)) for line in record.brief), room(_BRIEF))),
        frozenset(_fitting(((entry.id, _moment_words(entry)) for entry in moments), room(_TIMELINE))),
        frozenset(_fitting(((entry.id, _quote_words(entry)) for entry in quotes), room(_QUOTES))),
        _open_facts(facts, room(_FACTS)),
        len(
            _fitting(((str(place), text.words + _AROUND) for place, text in enumerate(shared)), room(_SHARED), least=1)
        ),
    )


def _fitting(lines: Iterable[tuple[str, int]], room: int, least: int = 2) -> list[str]:
    """The first of these lines, given with their words, for which there is room; of a long one the next is tried."""
    found: list[str] = []
    for id, words in lines:
        if words <= room or len(found) < least:
            found.append(id)
            room -= words
        if room <= 0 and len(found) >= least:
            break
    return found


def _open_facts(facts: Sequence[Facts], room: int) -> frozenset[str]:
    """Half of the room is for what differs, most of what it leaves for what is to be compared; then come, a line each,
    the spellings of names and the agreements. Each has a line at least."""
    spelled = wording.APART["spelling"][0]
    kinds = (
        (0.5, [group for group in facts if group.relation in arrange.CLAIMED and group.name != spelled]),
        (0.6, [group for group in facts if group.relation == "to compare"]),
        (0.4, [group for group in facts if group.name == spelled]),
        (1.0, [group for group in facts if group.relation == "same"]),
    )
    found: list[str] = []
    for share, groups in kinds:
        entries = [entry for group in groups if not group.folded for entry in group.entries]
        lines = [(entry.id, _fact_words(entry)) for entry in entries]
        chosen = set(_fitting(lines, round(share * room), least=1))
        room = max(0, room - sum(words for id, words in lines if id in chosen))
        found += chosen
    return frozenset(found)


def _size(words: str) -> int:
    return len(words.split())


def _brief_words(line: DigestLine) -> int:
    return _size(line.words.exact) + _AROUND


def _moment_words(entry: TimelineEntry) -> int:
    return _size(entry.lines[0].words.exact) + _AROUND if entry.lines else 0


def _quote_words(entry: QuoteEntry) -> int:
    fullest = entry.words or sum(_size(stretch.exact) for stretch in entry.variants[0].stretches)
    return fullest + _AROUND


def _fact_words(entry: FactEntry) -> int:
    if entry.kind == "name" or entry.relation in ("same", "compatible"):
        return _AROUND
    shortest = (min((line.words.exact for line in value.lines), key=len, default="") for value in entry.values)
    return sum(_size(words) + _AROUND for words in shortest) + 2 * _AROUND
