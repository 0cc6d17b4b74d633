"""A pile sorted into stories, as it is shown: the best headline in its own words, its people, days and tellings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tellings.across.stories.running import running_stories
from tellings.across.stories.sketch import Sketch
from tellings.across.word_vectors import cosine, summed
from tellings.model.records import Document, Telling
from tellings.model.text import Span

#: People named for a story, and members of a large one that its middle is looked for among.
PEOPLE, _LOOKED_AT = 3, 60


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline of one telling in its own words; `span` is `None` where it stands in the data, not the text."""

    document: str
    span: Span | None
    exact: str


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One story: `id` is that of its first telling, or the one it was known by; `tellings` are document ids.
    `running` is the id of the first story of the same affair, over months: its own where there is no other.
    """

    id: str
    running: str
    headline: Headline
    people: tuple[str, ...]
    first: date | None
    last: date | None
    publishers: tuple[str, ...]
    tellings: tuple[str, ...]


def headline_of(telling: Telling) -> Headline:
    """The title that a page tells of itself, else its headline, else its first paragraph of story."""
    text = telling.text
    if telling.document.title is not None:
        title = telling.document.title.value
        at = text.find(title)
        return Headline(telling.id, Span(at, at + len(title)) if at >= 0 else None, title)
    blocks = [block for block in telling.blocks if block.kind == "headline"] or [
        block for block in telling.blocks if block.story
    ]
    span = (blocks[0].span if blocks else Span(0, len(text))).trimmed(text)
    end = text.find("\n", span.start, span.end)
    span = Span(span.start, end if end >= 0 else span.end)
    return Headline(telling.id, span, span.of(text))


@dataclass(frozen=True, slots=True)
class SortedStory:
    """One story of a pile, and all that is needed to tell it: `documents` in its order, a sketch of each."""

    id: str
    running: str
    documents: tuple[Document, ...]
    sketches: tuple[Sketch, ...]

    def middle(self) -> Document:
        """The telling most like the others: its headline says best what the story is."""
        return self.documents[middle_of(self.sketches)]


def middle_of(sketches: Sequence[Sketch]) -> int:
    """The place of the telling most like the others, among the first of a large story."""
    looked_at = sketches[:_LOOKED_AT]
    all_say = summed([each.body for each in looked_at])
    nearness = [cosine(each.title, all_say) + cosine(each.body, all_say) for each in looked_at]
    return max(range(len(looked_at)), key=lambda index: (nearness[index], -index))


def sorted_stories(
    groups: Iterable[Sequence[str]],
    documents: Mapping[str, Document],
    sketches: Mapping[str, Sketch],
    known: Mapping[str, str] | None = None,
) -> tuple[SortedStory, ...]:
    """The stories of `groups` (document ids each) with their names; `known` gives the story each telling was in
    before."""
    named = named_by_overlap([tuple(group) for group in groups], known or {})
    affairs = {
        place: named[members[0]][0]
        for members in running_stories([group for _, group in named], sketches)
        for place in members
    }
    return tuple(
        SortedStory(
            identifier,
            affairs[place],
            tuple(documents[member] for member in group),
            tuple(sketches[member] for member in group),
        )
        for place, (identifier, group) in enumerate(named)
    )


def story_line(story: SortedStory, middle: Telling) -> StoryLine:
    """A story as it is shown, by the headline and the people of its `middle`."""
    days = sorted(day for document in story.documents if (day := document.date.value) is not None)
    publishers = {document.publisher.value for document in story.documents if document.publisher is not None}
    return StoryLine(
        story.id,
        story.running,
        headline_of(middle),
        _people(middle),
        days[0] if days else None,
        days[-1] if days else None,
        tuple(sorted(publishers)),
        tuple(document.id for document in story.documents),
    )


def largest_first(lines: Iterable[StoryLine]) -> tuple[StoryLine, ...]:
    """The stories, those with most tellings first."""
    return tuple(sorted(lines, key=lambda line: (-len(line.tellings), line.first or date.max, line.id)))


def named_by_overlap(groups: list[tuple[str, ...]], known: Mapping[str, str]) -> list[tuple[str, tuple[str, ...]]]:
    """Each group with a name that stays: the known story that it goes on, else the id of its first telling."""
    names = goes_on(groups, known)
    return [(names.get(number, group[0]), group) for number, group in enumerate(groups)]


def goes_on(groups: Sequence[Sequence[str]], known: Mapping[str, str]) -> dict[int, str]:
    """Place of a group → the known story that it goes on: the one that it shares most tellings with, each once."""
    shared: list[tuple[int, str, int]] = []
    for number, group in enumerate(groups):
        counts: dict[str, int] = {}
        for member in group:
            if member in known:
                counts[known[member]] = counts.get(known[member], 0) + 1
        shared.extend((-count, name, number) for name, count in counts.items())
    names: dict[int, str] = {}
    taken: set[str] = set()
    for _, name, number in sorted(shared):
        if number not in names and name not in taken:
            names[number] = name
            taken.add(name)
    return names


def _people(telling: Telling) -> tuple[str, ...]:
    """The people most spoken of in a telling, by their fullest names there."""
    people = [chain for chain in telling.chains if chain.kind == "person" and " " in chain.name]
    ranked = sorted(people, key=lambda chain: -len(chain.mentions))
    return tuple(chain.name for chain in ranked[:PEOPLE])
