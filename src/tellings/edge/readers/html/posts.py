"""The posts of a live page: elements of one kind that each have a time and text of their own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from tellings.edge.readers.dates import DateError, parse_date, written_days
from tellings.edge.readers.html.elements import Element
from tellings.edge.readers.html.scan import Page
from tellings.model.records import STORY_KINDS, DocumentDate, Hint, Post
from tellings.model.text import Span

#: Fewest posts that make a live page.
_FEWEST = 2
#: Elements looked at around a time for the one that holds its post too.
_AROUND = 6
#: A page of more stretches than this is not searched for posts.
_MOST_STRETCHES = 20_000


def find_posts(page: Page, hints: Sequence[Hint], *, day_first: bool) -> tuple[Post, ...]:
    """The posts of a page in their order; none where it is no live page.

    A post is the innermost element around a `time` that holds text of the story. It counts where there are two and more
    of its name and class names, apart from one another and from the headline. `day_first`: as of `parse_date`.
    """
    if len(page.stretches) > _MOST_STRETCHES:
        return ()
    times = [
        (place, time)
        for place, stretch in enumerate(page.stretches)
        if (time := next((each for each in stretch.element.ancestors(3) if each.tag == "time"), None))
    ]
    if len(times) < _FEWEST:
        return ()
    held: Counter[int] = Counter()
    headline: set[int] = set()
    around = [stretch.element.ancestors() for stretch in page.stretches]
    for elements, hint in zip(around, hints, strict=True):
        if hint.kind == "headline":
            headline.update(element.number for element in elements)
        elif hint.kind in STORY_KINDS:
            held.update(element.number for element in elements)
    found: defaultdict[tuple[str, str], dict[int, tuple[int, DocumentDate]]] = defaultdict(dict)
    for place, time in times:
        date = _date(time, page, place, day_first)
        holder = next((element for element in around[place][:_AROUND] if held[element.number]), None)
        if date and holder and holder.number not in headline:
            found[holder.tag, holder.attributes.get("class", "")].setdefault(holder.number, (place, date))
    posts = max(found.values(), key=len, default={})
    return tuple(_spans(page, around, posts)) if len(posts) >= _FEWEST else ()


def _date(time: Element, page: Page, place: int, day_first: bool) -> DocumentDate | None:
    """The day of a `time` element: the one it prints, where that is the one beside the day that it tells machines."""
    value = time.attributes.get("datetime", "").strip()
    stretch = page.stretches[place]
    try:
        day = parse_date(value, day_first=day_first)
    except DateError:
        return None
    printed = [each.day for each in written_days(stretch.span.of(page.view.text)[:160], day_first=day_first)]
    day = next((each for each in printed if abs((each - day).days) == 1), day) if day not in printed else day
    return DocumentDate(day, f"time of the post {value}"[:100], "post-time", stretch.span)


def _spans(page: Page, around: list[list[Element]], posts: dict[int, tuple[int, DocumentDate]]) -> list[Post]:
    """The posts as stretches of the view: each from its first stretch to the beginning of what follows."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for place, elements in enumerate(around):
        for element in elements:
            if element.number in posts:
                first.setdefault(element.number, place)
                last[element.number] = place
                break  # a post within a post is its own
    found: list[Post] = []
    for number in sorted(first, key=first.__getitem__):
        start = page.stretches[first[number]].start
        behind = last[number] + 1
        end = page.stretches[behind].start if behind < len(page.stretches) else len(page.view.text)
        if not found or start >= found[-1].span.end:
            found.append(Post(Span(start, end), posts[number][1]))
    return found
