"""The posts of a live page: those that its data list, else elements of one kind that each have a time and text of their
own, else what stands between lines that give a time of day."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tellings.edge.readers.dates import DateError, parse_date, written_days
from tellings.edge.readers.html.described import named
from tellings.edge.readers.html.elements import Element
from tellings.edge.readers.html.scan import Page
from tellings.edge.readers.html.weighed import words_of
from tellings.model.records import STORY_KINDS, DocumentDate, Hint, Post
from tellings.model.text import Span

#: Fewest posts that make a live page.
_FEWEST = 2
#: A line that gives the time of a post, alone or with a headline behind it, and fewest of them.
_CLOCK = re.compile(
    r"\s*(?P<hour>\d{1,2})[:.h](?P<minute>[0-5]\d)(?!\d)\s*(?:(?P<half>[ap])\.?m\b\.?)?"
    r"\s*(?:(?:Uhr|[A-Z]{2,4})\b\.?)?\s*(?:$|[|·•:–—-]\s*\S)",
    re.IGNORECASE,
)
_FEWEST_BY_CLOCK, _LONGEST_CLOCK = 3, 40
#: Elements looked at around a time for the one that holds its post too.
_AROUND = 6
#: A page of more stretches than this is not searched for posts.
_MOST_STRETCHES = 20_000
#: Posts that linked data list are looked at so far, and are found by so many of the first words of their text.
_MOST_LISTED, _FIRST_WORDS = 2_000, 8


def find_posts(
    page: Page, hints: Sequence[Hint], article: Mapping[str, Any], *, day: date | None, day_first: bool
) -> tuple[Post, ...]:
    """The posts of a page in their order; none where it is no live page. `article` is what JSON-LD says of it.

    1. Those that JSON-LD lists, where two and more of them stand in the story; 2. those that microdata mark. 3. Else
    a post is the innermost element around a `time` that holds text of the story. It counts where there are two and more
    of its name and class names, apart from one another and from the headline. 4. Else it reaches from a line that gives
    a time of day to the next, where three and more follow one another through the day of the page, which is `day`.
    `day_first`: as of `parse_date`.
    """
    if len(page.stretches) > _MOST_STRETCHES:
        return ()
    # 1. listed
    listed = _listed(page, hints, article)
    if len(listed) >= _FEWEST:
        return tuple(listed)
    # 2. microdata
    marked = _marked(page, hints)
    if len(marked) >= _FEWEST:
        return tuple(marked)
    # 3. times
    return tuple(_timed(page, hints, day_first=day_first) or (_by_the_clock(page, hints, day) if day else ()))


def _marked(page: Page, hints: Sequence[Hint]) -> list[Post]:
    """The posts that microdata mark as such (schema.org, LiveBlogPosting), each with the day that they give it."""
    days: dict[int, DocumentDate] = {}
    for element in page.elements:
        if element.attributes.get("itemprop", "").lower() != "datepublished":
            continue
        post = next((each for each in element.ancestors() if _is_post(each)), None)
        value = (element.attributes.get("content") or element.attributes.get("datetime") or "").strip()
        if post is None or not value:
            continue
        try:
            days.setdefault(post.number, DocumentDate(parse_date(value), f"microdata {value}"[:100], "post-microdata"))
        except DateError:
            continue
    if len(days) < _FEWEST:
        return []
    around = [stretch.element.ancestors() for stretch in page.stretches]
    story = {
        element.number
        for elements, hint in zip(around, hints, strict=True)
        if hint.kind in STORY_KINDS and hint.kind != "headline"
        for element in elements
    }
    return _spans(page, around, {number: (0, day) for number, day in days.items() if number in story})


def _is_post(element: Element) -> bool:
    return "liveblogupdate" in element.attributes.get("itemprop", "").lower().split()


def _by_the_clock(page: Page, hints: Sequence[Hint], day: date) -> list[Post]:
    """What stands between lines that give a time of day, earlier and earlier or later and later."""
    found: list[tuple[int, int]] = []
    for place, (stretch, hint) in enumerate(zip(page.stretches, hints, strict=True)):
        match = _CLOCK.match(stretch.span.of(page.view.text)[:_LONGEST_CLOCK])
        if match and (hint.kind in STORY_KINDS or place + 1 < len(hints)) and int(match["hour"]) < 24:
            hour = (
                int(match["hour"]) % 12 + 12 * (match["half"].lower() == "p") if match["half"] else int(match["hour"])
            )
            found.append((place, 60 * hour + int(match["minute"])))
    if len(found) < _FEWEST_BY_CLOCK:
        return []
    clock = [minutes for _, minutes in found]
    if not (clock == sorted(clock) or clock == sorted(clock, reverse=True)) or len(set(clock)) < _FEWEST_BY_CLOCK:
        return []
    last = max((place for place, hint in enumerate(hints) if hint.kind in STORY_KINDS), default=0)
    ends = [place for place, _ in found[1:]] + [last + 1]
    held = [
        any(hint.kind in ("paragraph", "list-item") for hint in hints[place:end])
        for (place, _), end in zip(found, ends, strict=True)
    ]
    if not all(held):
        return []
    posts = []
    for (place, _), end in zip(found, ends, strict=True):
        start = page.stretches[place].start
        behind = page.stretches[end].start if end < len(page.stretches) else len(page.view.text)
        written = " ".join(page.stretches[place].span.of(page.view.text).split())[:40]
        told = DocumentDate(
            day, f"time of the post {written}, on the day of the page", "post-clock", page.stretches[place].span
        )
        posts.append(Post(Span(start, behind), told))
    return posts


def _timed(page: Page, hints: Sequence[Hint], *, day_first: bool) -> list[Post]:
    """Elements of one kind that each have a `time` and text of the story."""
    times = [
        (place, time)
        for place, stretch in enumerate(page.stretches)
        if (time := next((each for each in stretch.element.ancestors(3) if each.tag == "time"), None))
    ]
    if len(times) < _FEWEST:
        return []
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
    return _spans(page, around, posts) if len(posts) >= _FEWEST else []


def _listed(page: Page, hints: Sequence[Hint], article: Mapping[str, Any]) -> list[Post]:
    """The posts that JSON-LD lists (schema.org, LiveBlogPosting), each from its headline or the first words of its text
    to the beginning of the next."""
    updates = article.get("liveBlogUpdate")
    days: dict[str, DocumentDate] = {}
    for update in updates[:_MOST_LISTED] if isinstance(updates, list) else ():
        if not isinstance(update, dict) or not isinstance(value := update.get("datePublished"), str):
            continue
        try:
            told = DocumentDate(parse_date(value), f"json-ld liveBlogUpdate {value}"[:100], "post-json-ld")
        except DateError:
            continue
        body = words_of(named(update.get("articleBody"))).split()[:_FIRST_WORDS]
        for words in (words_of(named(update.get("headline"))), " ".join(body) if len(body) == _FIRST_WORDS else ""):
            if words:
                days.setdefault(words, told)
    if not days:
        return []
    starts: list[tuple[int, DocumentDate]] = []
    for place, (stretch, hint) in enumerate(zip(page.stretches, hints, strict=True)):
        if hint.kind == "headline" or hint.kind not in STORY_KINDS:
            continue
        own = words_of(stretch.span.of(page.view.text))
        day = days.get(own) or days.get(" ".join(own.split()[:_FIRST_WORDS]))
        if day and (not starts or starts[-1][1] is not day):  # its text, below its headline
            starts.append((place, day))
    if not starts:
        return []
    ends = [page.stretches[place].start for place, _ in starts[1:]] + [len(page.view.text)]
    return [Post(Span(page.stretches[place].start, end), day) for (place, day), end in zip(starts, ends, strict=True)]


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
