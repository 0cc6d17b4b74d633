"""From spans to evidence: every line of the record is made here, so every line points to its source."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from tellings.across.origins import by_telling
from tellings.model.record import Evidence, Line, Mark, Why
from tellings.model.records import Place, Provenance, Story, Telling
from tellings.model.text import Span
from tellings.tell.line_ids import Anchors


def label(index: int) -> str:
    """A, B, … Z, AA, AB, …: the name of the telling at `index` in the record."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Citations:
    """A story's tellings by id, with their labels and independent origins, and their places in its order."""

    story: Story
    tellings: dict[str, Telling]
    labels: dict[str, str]
    origin: dict[str, int]
    rank: dict[str, int]

    @classmethod
    def of(cls, story: Story) -> Citations:
        """The citations of a story."""
        return cls(
            story,
            {telling.id: telling for telling in story.tellings},
            {telling.id: label(index) for index, telling in enumerate(story.tellings)},
            by_telling(story.origins),
            {telling.id: index for index, telling in enumerate(story.tellings)},
        )

    @property
    def anchors(self) -> Anchors:
        """The order that ids of lines count in."""
        return Anchors(
            {label: (telling, self.tellings[telling].document.date.value) for telling, label in self.labels.items()}
        )

    def evidence(self, telling: str, span: Span) -> Evidence:
        """The words at `span` of a telling."""
        return Evidence(self.labels[telling], span.start, span.end, span.of(self.tellings[telling].text))

    def at(self, place: Place) -> Evidence:
        """The words at a place."""
        return self.evidence(place.telling, place.span)

    def why(self, found: Provenance, telling: str = "") -> Why:
        """Why something was found; `telling` is the one whose spans the provenance names."""
        return Why(found.stage, found.rule, found.score, tuple(self.evidence(telling, span) for span in found.evidence))

    def line(self, telling: str, span: Span, marks: Iterable[Mark], found: Provenance) -> Line:
        """The sentence around `span`, with `marks` that lie in it, and why it was `found`."""
        whole = self.tellings[telling].sentence_around(span)
        inside = sorted(
            {m for m in marks if whole.start <= m.start and m.end <= whole.end}, key=lambda m: (m.start, m.end, m.role)
        )
        return Line(self.evidence(telling, whole), tuple(inside), why=self.why(found, telling))

    def in_order(self, tellings: Iterable[str]) -> list[str]:
        """Telling ids in the order of the story."""
        return sorted(tellings, key=self.rank.__getitem__)

    def origins(self, tellings: Iterable[str], joined: Iterable[Collection[str]] = ()) -> int:
        """How many independent origins stand behind these tellings. Those in one of `joined` count as one, too."""
        groups = {self.origin[telling] for telling in tellings}
        root = {group: group for group in groups}
        for together in joined:
            ones = sorted({root[self.origin[telling]] for telling in together})
            root = {group: ones[0] if found in ones else found for group, found in root.items()}
        return len(set(root.values()))
