"""What has been quoted so far: what is looked up by place is what going through all of it finds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hypothesis import given
from hypothesis import strategies as st

from tellings.model.text import Span
from tellings.within.quotes.context import Draft
from tellings.within.quotes.told import Told

_PLACES = st.integers(0, 30)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    start, length = draw(_PLACES), draw(st.integers(0, 8))
    content = Span(start, start + length)
    status = draw(st.sampled_from(("shown", "unsure")))
    found = Draft(content, content, "direct", status, "test")
    if draw(st.booleans()):
        source = draw(_PLACES)
        found.source = Span(source, source + draw(st.integers(1, 5)))
    if draw(st.booleans()):
        cue = draw(_PLACES)
        found.cue = Span(cue, cue + 4)
    if draw(st.integers(0, 3)) == 0:
        found.within = found
    return found


def last(all_of: Sequence[Draft], holds: Callable[[Draft], bool], place: Callable[[Draft], int]) -> Draft | None:
    """Of those for which it holds the one that stands last; of several there the first in order."""
    return max((draft for draft in all_of if holds(draft)), key=place, default=None)


def source_start(draft: Draft) -> int:
    assert draft.source is not None
    return draft.source.start


@given(st.lists(drafts(), max_size=8), st.lists(drafts(), max_size=8), _PLACES)
def test_what_is_looked_up_is_what_going_through_all_finds(
    reported: list[Draft], direct: list[Draft], position: int
) -> None:
    told = Told(reported)
    for draft in direct:
        assert told.add(draft) is draft
    every = [*direct, *reported]  # the direct ones come first
    shown = [draft for draft in every if draft.status == "shown"]

    def ended(draft: Draft) -> bool:
        return draft.source is not None and draft.source.end <= position

    assert told.last_source(position, ended) is last(shown, ended, source_start)
    free = [draft for draft in shown if draft.within is None]
    assert told.last_ended(position) is last(free, lambda draft: draft.span.end <= position, lambda d: d.span.end)
    before = [draft for draft in every if draft.source is not None and draft.source.start < position]
    # No limit: nothing stands at 100 or behind it.
    assert told.last_words(position, 100) is last(before, lambda draft: True, lambda draft: draft.span.start)
    stretch = Span(position, position + 6)
    inside = {id(draft) for draft in every if stretch.start <= draft.span.start < stretch.end}
    assert {id(draft) for draft in told.within(stretch)} == inside
    assert [id(draft) for draft in told.reported_by_cue_in(stretch)] == [
        id(draft) for draft in reported if draft.cue is not None and stretch.start <= draft.cue.start < stretch.end
    ]
    assert told.any_reported(position, position + 6) is any(
        position <= draft.content.start < position + 6 for draft in reported
    )


def test_of_several_at_one_place_the_first_direct_one_counts() -> None:
    first, second, third = (Draft(Span(3, 9), Span(3, 9), "direct", "shown", "test") for _ in range(3))
    told = Told([first])
    assert told.last_ended(9) is first
    told.add(second)
    told.add(third)
    assert told.last_ended(9) is second and told.last_ended(8) is None
