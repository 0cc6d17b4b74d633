"""What a page prints of itself above its article, where that says more than its metadata: headline, authors."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from html import unescape
from importlib import resources
from urllib.parse import urlsplit

from tellings.edge.readers.bylines import without_by
from tellings.edge.readers.dates import written_days
from tellings.edge.readers.html.elements import Element
from tellings.edge.readers.html.scan import Page, Stretch
from tellings.edge.readers.html.weighed import words_of
from tellings.edge.readers.telling import Metadata
from tellings.model.records import STORY_KINDS, Attested, Hint

#: What stands between a title and the name of the site, or the section.
_PARTS = re.compile(r"\s+(?:[|–—·•»«:-]|::)\s+|\s+[|»]\s*|:\s+|\s*--+\s*")
#: A headline, and the name of a site, have at least and at most so many words; a headline behind which a title has the
#: name of the site may have fewer.
_HEADLINE, _SITE, _SHORTEST = 3, 6, 2
#: What stands in brackets among names of authors (credits of pictures), and what no name is without.
_IN_BRACKETS, _LETTER = re.compile(r"\([^()]{0,200}\)"), re.compile(r"[^\W\d_]")
#: A line with names of authors has no more words and characters than these.
_MOST_WORDS, _LONGEST = 12, 100
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:\s+[\w.'’-]+){1,4}")
#: Words of a full name, and letters of a weekday that is cut short.
_FULL_NAME, _WEEKDAY = 2, 3
#: What parts the names of authors from a day behind them.
_BEFORE_DAY = " |·•,;–—-"
_WRITTEN_BY = ("author", "byline")
_CAPITAL = re.compile(r"[^\W\d_a-zß-öø-ÿ]")
_COMMAS = re.compile(r"\s*[,;|/]\s*")


def as_printed(metadata: Metadata, page: Page, hints: Sequence[Hint]) -> Metadata:
    """`metadata` with title, publisher and authors as the page prints them, where they say less, or name the site.

    1. references and the name of the site are no part of a title; where it is that name, the headline is the title;
    2. a platform is no publisher; the name of the site behind the title is; 3. authors one by one, from their line
    where the metadata name none, or the outlet.
    """
    headline, publisher = _headline(page, hints, _HEADLINE), _plain(metadata.publisher)
    told = _plain(metadata.title)
    shorter = _headline(page, hints, _SHORTEST) if headline is None and told else None
    if shorter and told and len(_PARTS.split(told.value)) != 2:  # it may be the name of the site
        shorter = None
    title, site = _without_site(told, headline or shorter, publisher.value if publisher else "")
    if headline and (title is None or (publisher and words_of(title.value) == words_of(publisher.value))):
        title = headline
    if publisher is None or not is_outlet(publisher.value):
        titled = Attested(page.title, "title element") if page.title else None
        company = None if publisher is None or _words("platforms").fullmatch(publisher.value) else publisher
        publisher = site or _without_site(titled, title, "")[1] or company
    author = _plain(metadata.author)
    names = list(_names(author.value)) if author else []
    host = urlsplit(metadata.url.value).hostname if metadata.url else ""
    outlet = f"{publisher.value if publisher else ''} {host}"
    names = [name for name in names if not (host and host.removeprefix("www.") in name)] or names
    names = [name for name in names if not _words("accounts").fullmatch(name)]
    named = [name for name in names if not _is_of(name, outlet)]
    if not named and (line := _byline(page, hints)):
        author = line
    elif author:
        author = replace(author, value=", ".join(named or names)) if names else None
    return replace(metadata, title=title, publisher=publisher, author=author)


def _plain(found: Attested | None) -> Attested | None:
    """A value without references that were encoded twice."""
    if found is None or "&" not in found.value:
        return found
    value = " ".join(unescape(found.value).split())
    return replace(found, value=value) if value else None


def is_outlet(name: str) -> bool:
    """Whether a name can be that of an outlet: not of a platform, nor of the company behind an outlet."""
    return not (_words("platforms").fullmatch(name) or _words("companies", before=r"\S[\s,]+").search(name))


def _headline(page: Page, hints: Sequence[Hint], fewest: int) -> Attested | None:
    """The page's headline of so many words and more, where it is the only heading of the first rank."""
    if not hints:
        return None
    found = [stretch for stretch, hint in zip(page.stretches, hints, strict=True) if hint.kind == "headline"]
    if not found:
        return None
    stretch = found[0]
    text = " ".join(stretch.span.of(page.view.text).split())
    is_first = any(element.tag == "h1" for element in stretch.element.ancestors(3))
    return Attested(text, "h1") if is_first and len(words_of(text).split()) >= fewest else None


def _without_site(
    title: Attested | None, headline: Attested | None, publisher: str
) -> tuple[Attested | None, Attested | None]:
    """A title without what stands behind the headline in it, or behind its last mark where that is the publisher; and
    the name of the site among that."""
    if title is None:
        return None, None
    written, ends = title.value, -1
    if headline and (place := written.lower().find(headline.value.lower())) >= 0:
        ends = place + len(headline.value)
    elif parts := list(_PARTS.finditer(written)):
        ends = parts[-1].start() if words_of(written[parts[-1].end() :]) == words_of(publisher) else -1
    if ends <= 0 or not _PARTS.match(written, ends):
        return title, None
    site = _PARTS.split(written[ends:])[-1].strip()
    is_name = 0 < len(site.split()) <= _SITE and "://" not in site
    return replace(title, value=written[:ends]), Attested(site, f"{title.evidence}, its end") if is_name else None


def _is_of(name: str, outlet: str) -> bool:
    """Whether a name is that of the outlet, or of its site."""
    letters = words_of(name).replace(" ", "")
    return bool(letters) and letters in words_of(outlet).replace(" ", "")


def _names(written: str) -> Iterator[str]:
    """The names in a line of authors, one by one, without what is no name: addresses."""
    written = without_by(_IN_BRACKETS.sub("", written).strip())
    for part in _COMMAS.split(written):
        for name in _one_by_one(part):
            if _LETTER.search(name) and "@" not in name and "://" not in name:
                yield name


def _one_by_one(part: str) -> list[str]:
    """What a word for "and" parts; one letter ("y") does between full names alone, as it stands in surnames, too."""
    found = _words("and", around=r"\s+").search(part)
    if found is None:
        return [part.strip()]
    before, behind = part[: found.start()].strip(), part[found.end() :].strip()
    if len(found.group().strip()) == 1 and found.group().strip().isalpha() and not (" " in before and " " in behind):
        return [part.strip()]
    return [before, *_one_by_one(behind)]


def _byline(page: Page, hints: Sequence[Hint]) -> Attested | None:
    """The names in what the mark-up calls the author's line above the story, or right below it."""
    story = [number for number, hint in enumerate(hints) if hint.kind in STORY_KINDS]
    if not story:
        return None
    for stretch in page.stretches[max(0, story[0] - 12) : story[-1] + 3]:
        text = " ".join(stretch.span.of(page.view.text).split())
        if len(text) > _LONGEST or len(text.split()) > _MOST_WORDS or not _is_authors(stretch):
            continue
        text = _before_day(text)
        names = [name for name in _names(text) if _NAME.fullmatch(name) and _is_capitalised(name)]
        if names:
            return Attested(", ".join(names), "byline")
    return None


def _before_day(line: str) -> str:
    """A line of authors without the day behind them; all of it where a short word before that may be a weekday."""
    day = next(written_days(line), None)
    if day is None:
        return line
    names = line[: day.start].rstrip(_BEFORE_DAY)
    words = names.split()
    return line if len(words) > _FULL_NAME and len(words[-1]) <= _WEEKDAY else names


def _is_authors(stretch: Stretch) -> bool:
    return any(_says_author(element) for element in stretch.element.ancestors(4))


def _says_author(element: Element) -> bool:
    value = element.attributes.get
    said = f"{value('class', '')} {value('rel', '')} {value('itemprop', '')}".lower()
    return any(part in said for part in _WRITTEN_BY)


def _is_capitalised(name: str) -> bool:
    return all(_CAPITAL.match(word) for word in (name.split()[0], name.split()[-1]))


@cache
def _words(list_: str, around: str = "", before: str = "") -> re.Pattern[str]:
    text = (resources.files("tellings.edge.readers.html") / "names.toml").read_text(encoding="utf-8")
    words = sorted(tomllib.loads(text)[list_], key=len, reverse=True)
    pattern = rf"{around}(?:{'|'.join(map(re.escape, words))}){around}"
    return re.compile(rf"{before}{pattern}\Z" if before else pattern, re.IGNORECASE)
