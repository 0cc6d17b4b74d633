"""HTML pages: a view of what a reader sees, with hints which part of it is the article."""

from __future__ import annotations

from dataclasses import replace

from tellings.edge.characters import worded
from tellings.edge.readers.html.article import find_article
from tellings.edge.readers.html.captures import embedded_size, with_original_address
from tellings.edge.readers.html.dating import changed_on, find_date
from tellings.edge.readers.html.described import described
from tellings.edge.readers.html.metadata import read_metadata
from tellings.edge.readers.html.nonarticle import no_article
from tellings.edge.readers.html.posts import find_posts
from tellings.edge.readers.html.printed import as_printed
from tellings.edge.readers.html.scan import scan
from tellings.edge.readers.html.weighed import size_of
from tellings.edge.readers.telling import (
    LONGEST_TELLING,
    Metadata,
    Outcome,
    Read,
    empty,
    encoded_twice,
    is_visible,
    left_out,
    too_long,
    too_many,
    unseen_characters,
)
from tellings.edge.twice import encoded_once
from tellings.model.counted import count
from tellings.model.records import STORY_KINDS, Problem

#: A page of which less than this share of the letters is an article comes with furniture, or is none.
_MOSTLY = 0.5
#: So many words among its paragraphs are not left out of an article without a word.
_MUCH = 30


def read_html(name: str, content: str, *, fragment: bool = False) -> Outcome:
    """The one telling of an HTML page, or of a `fragment` that is known to be an article's body.

    1. scan the page into a view; 2. read its metadata; 3. tell the article from page furniture; 4. date it, and its
    posts where it is a live page.
    In a fragment that no tag parts into paragraphs, blank lines do, as in the text of a field that an editor filled.
    Nothing is thrown away: furniture stays in the view and is hinted as residue.
    """
    size = len(content)
    if size > LONGEST_TELLING and (size := size - embedded_size(content)) > LONGEST_TELLING:
        return Outcome(problems=(too_long(name, size),))
    # 1. the view
    page = scan(content, by_lines=fragment)
    if page.excess:
        return Outcome(problems=(too_many(name, page.excess),))
    problems: list[Problem] = []
    if page.cut is not None:
        problems.append(_cut_off(name, content, page.cut))
    if not is_visible(page.view.text):
        return Outcome(problems=(empty(name), *problems))
    if page.unseen:
        problems.append(unseen_characters(name, worded(page.unseen)))
    if page.twice:
        problems.append(encoded_twice(name, page.twice))
    # 2. metadata
    description = described(page)
    metadata, metadata_problems = read_metadata(name, page, description)
    problems.extend(metadata_problems)
    metadata = with_original_address(_mended(metadata) if page.twice else metadata, content)
    # 3. the article
    hints, note, left = find_article(
        page,
        metadata.title.value if metadata.title else "",
        whole=fragment,
        description=description.summary,
        body=description.body,
        author=metadata.author.value if metadata.author else "",
    )
    if page.is_lined and "\n" in page.view.text:
        hints = ()  # plain text with a few tags in it: its lines are read as those of any plain text
    if left.size >= _MUCH:
        problems.append(left_out(name, f"{left}; shown as residue"))
    if (framed := sum(size_of(scan(frame).view.text) for frame in page.frames)) >= _MUCH:
        problems.append(left_out(name, f"{count(framed, 'word')} in frames that were kept within the page"))
    if left.breaks_off and not fragment:
        message = "its last paragraph breaks off with dots: the page may show no more than the beginning of the article"
        problems.append(Problem(name, "left-out", message, "look at the page; get the article itself", lost=False))
    other = None if fragment else no_article(page, hints, description)
    note = other.said if other else note
    if note:
        problems.append(
            Problem(
                name,
                "no-article",
                note,
                "see whether the page is an article; save its text as .txt if it is",
                lost=False,
            )
        )
    if not fragment:
        metadata = as_printed(metadata, page, hints)
    # 4. the day
    date, date_problems = find_date(
        name,
        page,
        description,
        hints,
        language=metadata.language,
        url=metadata.url.value if metadata.url else "",
        dated_by_text=not fragment,
        is_list=other is not None and other.is_list,
    )
    problems.extend(date_problems)
    # The posts of a page that may have been written on for days may be of any of them.
    changed = changed_on(description)
    posts = find_posts(
        page,
        hints,
        description.article,
        day=date.value if changed == date.value else None,
        day_first=metadata.language != "en",
    )
    read = Read(name, "text/html", page.view, replace(metadata, date=date), hints, posts=posts)
    return Outcome((read,), tuple(problems))


def shown_words(outcome: Outcome) -> int:
    """How many words of what was read of a page are its article's."""
    return sum(
        size_of(hint.span.of(read.view.text))
        for read in outcome.tellings
        for hint in read.hints
        if hint.kind in STORY_KINDS
    )


def told_by_markup(name: str, content: str) -> Metadata:
    """What the mark-up of a page says of its article, whatever the page shows."""
    page = scan(content)
    description = described(page)
    metadata, _ = read_metadata(name, page, description)
    metadata = as_printed(metadata, page, ())
    date, _ = find_date(
        name,
        page,
        description,
        (),
        language=metadata.language,
        url=metadata.url.value if metadata.url else "",
        dated_by_text=False,
    )
    return replace(metadata, date=date)


def _mended(told: Metadata) -> Metadata:
    """What a page tells of itself, its characters that were encoded twice as they were meant."""
    found = (told.title, told.publisher, told.author)
    once = [each and replace(each, value=encoded_once(each.value)) for each in found]
    return replace(told, title=once[0], publisher=once[1], author=once[2])


def _cut_off(name: str, content: str, place: int) -> Problem:
    """A page that ends inside mark-up: browsers show nothing of what stands from there on."""
    line = content.count("\n", 0, place) + 1
    begins = content[place : place + 20].split("\n")[0]
    return Problem(
        name,
        "malformed",
        f"what begins with {begins!r} in line {line} is never closed; as in a browser, nothing from there on is shown",
        "see whether the file was cut off",
        lost=False,
    )


def read_bare(name: str, content: str) -> Outcome:
    """The one telling of HTML that comes without the furniture of a site: a mail.

    It is read as a page, and where less than half of its letters are found to be an article, all of it is the text.
    """
    outcome = read_html(name, content)
    for read in outcome.tellings:
        story = sum(len(hint.span) for hint in read.hints if hint.kind in STORY_KINDS)
        if story < _MOSTLY * len(read.view.text.strip()):
            return read_html(name, content, fragment=True)
    return outcome
