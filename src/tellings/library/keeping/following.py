"""What is other in a story that somebody follows: values beside earlier ones, persons who come in, words taken back.

All of it is read from the story's record, so that what is told here stands there; nothing is compared anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tellings.edge.store import tellings
from tellings.edge.store.reading import texts_of
from tellings.edge.writers.wording import RELATIONS, spoken
from tellings.library.keeping.members import members_of
from tellings.library.keeping.opened import Opened
from tellings.library.keeping.recording import record
from tellings.model.counted import count
from tellings.model.kept import Development, TellingWords
from tellings.model.record import Evidence, Record
from tellings.model.text import Span

#: Relations of values that say how these relate, and do not say that nothing changed.
_CLAIMED = frozenset({"updated", "corrected", "differs", "denied", "does not add up"})
#: What two ways to spell a name are of: nothing has changed by them.
_SPELLING = "spelling"
#: How likely two values must answer one question to be told of where nothing is claimed.
_LIKELY = 0.8


def developments(library: Opened, story: str, since: int) -> tuple[Development, ...]:
    """What is other in a story by the texts that came after the one numbered `since`. Raises NotThereError."""
    told = record(library, story)
    with library.reading():
        before = _before(library, told, since)
        moved = tuple(_moved(library, members_of(library, story)[0], since))
    if all(text is not None and text == now.text for now, text in zip(told.tellings, before.values(), strict=True)):
        return moved
    return (*moved, *_Since(told, before).all())


def _moved(library: Opened, story: str, since: int) -> Iterator[Development]:
    """Other stories into which tellings of this one went since then, for whoever follows them."""
    rows = library.connection.execute(
        "SELECT s.id, s.title, count(DISTINCT t.id) FROM story_trail m JOIN tellings t ON t.id = m.telling "
        "JOIN stories s ON s.id = t.story WHERE m.other = ? AND m.what = 'moved here' AND t.story <> ? AND m.at > "
        "(SELECT a.at FROM revisions r JOIN additions a ON a.number = r.addition WHERE r.number = ?) "
        "GROUP BY s.id ORDER BY 3 DESC, s.id",
        (story, story, since),
    )
    for other, title, number in rows.fetchall():
        yield Development("story", f"{count(number, 'article')} moved to another story", f"{title} ({other})", (), ())


def _before(library: Opened, told: Record, since: int) -> dict[str, str | None]:
    """Label → the text that a telling had then; `None` where it was not there."""
    found: dict[str, str | None] = {}
    for telling in told.tellings:
        known = [number for number, _ in texts_of(library.connection, telling.id) if number <= since]
        found[telling.label] = tellings.document_of(library.connection, known[-1]).text if known else None
    return found


@dataclass(frozen=True, slots=True)
class _Since:
    """A record, and the texts of its tellings as they were before, by label."""

    record: Record
    before: dict[str, str | None]

    def all(self) -> Iterator[Development]:
        """What is other, values first."""
        yield from self.values()
        yield from self.persons()
        yield from self.texts()

    def values(self) -> Iterator[Development]:
        """Values that no text had before, beside some that one had."""
        for entry in self.record.facts:
            likely = entry.relation == "to compare" and (entry.probability or 0.0) >= _LIKELY
            if entry.head == _SPELLING or (entry.relation not in _CLAIMED and not likely):
                continue
            said = [[line.words for line in value.lines] for value in entry.values]
            old = [words for words in said if not self._are_new(words)]
            new = [words for words in said if self._are_new(words)]
            if old and new:
                what = RELATIONS[entry.relation][0]
                yield Development("value", what, spoken(entry), self._words(old), self._words(new))

    def persons(self) -> Iterator[Development]:
        """Persons whom no text named before: those who speak, or whom two tellings name."""
        speak = {entry.speaker.person for entry in self.record.quotes if entry.speaker.rank == "said by"}
        new = [
            person
            for person in self.record.people
            if self._are_new(person.names) and (person.id in speak or len({n.telling for n in person.names}) > 1)
        ]
        if new:
            names = ", ".join(person.name for person in new)
            yield Development("person", "Named for the first time", names, (), self._words(each.names for each in new))

    def texts(self) -> Iterator[Development]:
        """Words that stood in a text then, and do not now."""
        for line in self.record.revisions:
            # Of an article with several earlier texts the one that was there then.
            if line.text is None or line.text != self.before[line.telling]:
                continue
            for change in line.changes:
                then = change.before
                was = () if then is None else (self._said(line.telling, then.start, then.end, then.exact),)
                now = () if change.after is None else self._words([(change.after,)])
                yield Development("text", "Said otherwise before", ", ".join(change.what), was, now)

    def _are_new(self, words: Iterable[Evidence]) -> bool:
        """Whether none of these words stood in a text then."""
        return not any(each.exact in (self.before[each.telling] or "") for each in words)

    def _words(self, said: Iterable[Iterable[Evidence]]) -> tuple[TellingWords, ...]:
        """The first words of each."""
        firsts = [next(iter(words)) for words in said]
        return tuple(self._said(each.telling, each.start, each.end, each.exact) for each in firsts)

    def _said(self, label: str, start: int, end: int, words: str) -> TellingWords:
        telling = self.record.telling(label)
        day = telling.date.value
        publisher = telling.publisher.value if telling.publisher else None
        return TellingWords(telling.id, publisher, day.isoformat() if day else None, words, Span(start, end))
