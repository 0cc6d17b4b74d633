"""When a page was published: what tells it, the surest first.

What machines are told goes before what readers see, but where its name may mean anything ("date"), and where it is in
UTC and the page prints the day before or after: then the day is that of the publisher's own time zone. Days of changes,
of comments and of other articles are none. What htmldate (Barbaresi 2020, "htmldate: A Python package to extract
publication dates from web pages", JOSS) takes for the day is believed where it is written out on the page.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from tellings.edge.readers.dates import DateError, WrittenDay, parse_date, written_days
from tellings.edge.readers.html.described import SelfDescription, writable
from tellings.edge.readers.html.elements import Element
from tellings.edge.readers.html.regions import Region, regions_of
from tellings.edge.readers.html.scan import Page, Stretch
from tellings.edge.readers.html.weighed import size_of
from tellings.edge.readers.plain import published_line
from tellings.edge.readers.telling import bad_date
from tellings.language.detect import UNKNOWN, detect, story_spans
from tellings.model.records import STORY_KINDS, DocumentDate, Hint, Problem
from tellings.model.text import Span

#: Names of meta elements that hold nothing else than the day of publication, …
_PUBLISHED_NAMES = (
    "article:published_time", "datepublished", "og:published_time", "og:article:published_time", "parsely-pub-date",
    "sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "date.published",
    "article.published", "dc.date.issued", "dcterms.issued", "citation_publication_date",
    "cxenseparse:recs:publishtime", "originalpublicationdate", "displaydate", "ptime",
)  # fmt: skip
#: … and names under which some programs write the day of a change.
_VAGUE_NAMES = ("dc.date", "dcterms.date", "dcterms.created", "date")
#: Around a `time` element these say that it dates something else.
_ELSEWHERE = frozenset({"related", "promotion", "embed"})
_ELSEWHERE_TAGS = frozenset({"aside", "nav", "footer", "role navigation", "role contentinfo", "role complementary"})
#: Parts of names of a `time` element that say what it dates.
_OF_PUBLICATION, _OF_CHANGES = ("publish", "pubdate"), ("updat", "modif")
#: Characters of a line that may date a page, and words in it beside the day.
_LONGEST_LINE, _MOST_WORDS = 160, 12
#: Words of a paragraph of the story, before which a page is dated, and stretches looked at before and behind.
_PARAGRAPH, _BEFORE, _BEHIND = 8, 12, 4
#: So far from a headline (stretches) a line belongs to it.
_NEXT = 3
_WORD = re.compile(r"\w+")
_IN_ADDRESS = re.compile(
    r"[/~](?P<day>(?:19|20)\d\d(?P<mark>[/-])\d{1,2}(?P=mark)\d{1,2}|\d{1,2}-\d{1,2}-(?:19|20)\d\d)(?=[/_.-]|$)"
)
_UTC = re.compile(r"\d{2}:\d{2}.{0,10}(?:Z|[+-]00:?00|GMT|UTC)$", re.IGNORECASE)
_MOMENT = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)[T ](?P<time>\d\d:\d\d:\d\d)(?:\.\d+)?\s?(?P<zone>[A-Z+-]\S*)?$")
#: Zones differ by quarters of an hour, from UTC by no more than this (seconds).
_QUARTER, _FURTHEST_ZONE = 900, 14 * 3600
#: htmldate's own default bounds end today; these do not depend on the clock.
_EARLIEST, _LATEST = "1600-01-01", "2200-12-31"
#: What is said before a day in data of a page when it begins or ends something, and so near it (characters).
_OF_A_STRETCH, _BEFORE_VALUE = re.compile(r"(?i:start|begin|end|expir\w*|until|valid\w*)(?i:date|time|s)?\W{1,5}$"), 24
#: How many lines of a page are searched for the day that htmldate found.
_MOST_LINES = 5_000


@dataclass(frozen=True, slots=True)
class _Evidence:
    """A day as something on the page gives it: `written` is what is parsed, `day` what was parsed already."""

    told_by: str
    rule: str
    written: str
    day: date | None = None
    span: Span | None = None


class _Dated:
    """A page whose date is sought."""

    def __init__(self, page: Page, described: SelfDescription, hints: Sequence[Hint], language: str, url: str) -> None:
        self.page, self.described, self.hints, self.url = page, described, hints, url
        self.language = language
        self._known: dict[int, Region | None] = {}

    @cached_property
    def day_first(self) -> bool:
        """Whether "03/04/2021" is read day first: in any language but English, by what the page declares or its text
        shows, as many pages declare none."""
        if self.language != "en":
            return True
        text = self.page.view.text
        found = detect(text, story_spans(text, self.hints))
        return found is not None and found.language not in ("en", UNKNOWN)

    @cached_property
    def headline(self) -> int | None:
        """The number of the stretch that is the headline."""
        return next((number for number, hint in enumerate(self.hints) if hint.kind == "headline"), None)

    @cached_property
    def first(self) -> int:
        """The number of the stretch that is the first paragraph of the story."""
        return next((number for number, hint in enumerate(self.hints) if self._is_paragraph(number, hint)), 0)

    @cached_property
    def around(self) -> frozenset[int]:
        """The elements around headline and story, whose names tell nothing of what else stands in them."""
        if not self.hints:
            return frozenset()
        places = {self.first, self.first if self.headline is None else self.headline}
        stretches = (self.page.stretches[number] for number in places)
        return frozenset(element.number for stretch in stretches for element in stretch.element.ancestors())

    @cached_property
    def published(self) -> dict[str, str]:
        """What `time` elements that say that they are of publication tell machines, by its day."""
        found: dict[str, str] = {}
        for element in self.page.elements:
            if _machine_date(element) and _names_of(element, _OF_PUBLICATION) and not self.is_elsewhere(element):
                found.setdefault(_machine_date(element)[:10], _machine_date(element))
        return found

    @cached_property
    def head(self) -> list[Stretch]:
        """Stretches above the story: from a little before the headline, or the story, to its first paragraph."""
        if not self.hints:
            return []
        top = self.first if self.headline is None else min(self.headline, self.first)
        near = {self.first, top, self.headline}
        return [
            self.page.stretches[number]
            for number in range(max(0, top - _BEFORE), self.first + 1)
            if number != self.headline
            and not self.is_elsewhere(
                self.page.stretches[number].element,
                by_class=all(each is None or abs(each - number) > _NEXT for each in near),
            )
        ]

    @cached_property
    def foot(self) -> list[Stretch]:
        """The stretches behind the story."""
        last = max((number for number, hint in enumerate(self.hints) if hint.kind in STORY_KINDS), default=0)
        found = self.page.stretches[last : last + 1 + _BEHIND]
        return [stretch for stretch in found if not self.is_elsewhere(stretch.element)]

    def is_elsewhere(self, element: Element, *, by_class: bool = True) -> bool:
        """Whether an element stands in what is no part of the article: a footer, a list of others, comments.

        `by_class`: class names are believed, too, as they are not next to a headline.
        """
        for region in regions_of(element, self._known):
            if region.element not in self.around and (by_class or not region.is_by_class):
                is_other = region.kind in _ELSEWHERE or region.rule in _ELSEWHERE_TAGS or "comment" in region.words
                if is_other:
                    return True
        return False

    def _is_paragraph(self, number: int, hint: Hint) -> bool:
        text = self.page.stretches[number].span.of(self.page.view.text)
        is_story = hint.kind in ("paragraph", "list-item") and hint.rule != "html: standfirst"
        return is_story and size_of(text) > _PARAGRAPH

    def lines(self, stretches: Sequence[Stretch]) -> Iterator[tuple[WrittenDay, Span]]:
        """The days that short lines of `stretches` give, with their places; none of changes."""
        for stretch in stretches:
            text = stretch.span.of(self.page.view.text)
            if len(text) > _LONGEST_LINE:
                continue
            for found in written_days(text, day_first=self.day_first):
                beside = len(_WORD.findall(text[: found.start])) + len(_WORD.findall(text[found.end :]))
                if found.said == "published" or (found.said is None and beside <= _MOST_WORDS):
                    yield found, Span(stretch.start + found.start, stretch.start + found.end)


def find_date(
    name: str,
    page: Page,
    described: SelfDescription,
    hints: Sequence[Hint],
    *,
    language: str,
    url: str,
    dated_by_text: bool,
    is_list: bool = False,
) -> tuple[DocumentDate, tuple[Problem, ...]]:
    """When the page was published, and dates that were refused.

    `hints` tell where its article stands. `dated_by_text`: days that are written on it count, not only its mark-up.
    `is_list`: it lists articles, and what it prints dates these.
    """
    dated = _Dated(page, described, hints, language, url)
    problems: list[Problem] = []
    also = _also(described)
    left = frozenset() if dated_by_text else BY_TEXT
    ranking = [finder for finder in RANKING if finder not in (left | OF_ITEMS if is_list else left)]
    for finder in ranking:
        for found in finder(dated):
            value = writable(found.written)
            try:
                day = found.day or parse_date(value, day_first=dated.day_first)
            except DateError as error:
                problems.append(bad_date(name, found.told_by, error))
                continue
            if dated_by_text and (local := _local(dated, day, value)):
                found = local
            evidence = f"{found.told_by} {writable(found.written)}"[:100] + also
            return DocumentDate(found.day or day, evidence, found.rule, found.span), tuple(problems)
    return DocumentDate(None, f"no date found{also}", "none"), tuple(problems)


def changed_on(described: SelfDescription) -> date | None:
    """The day of the last change, where the page's data tell one that can be used."""
    modified = described.article.get("dateModified") or described.metas.get("article:modified_time")
    try:
        return parse_date(modified) if isinstance(modified, str) else None
    except DateError:
        return None


def _also(described: SelfDescription) -> str:
    """The day of the last change, which is kept beside that of publication."""
    modified = described.article.get("dateModified") or described.metas.get("article:modified_time")
    return f"; dateModified {writable(modified)}"[:60] if isinstance(modified, str) and modified else ""


def _local(dated: _Dated, day: date, value: str) -> _Evidence | None:
    """What gives the day before or after the one that `value`, a time in UTC, falls on: a `time` element that has the
    same moment without a zone, else a line that the page prints."""
    if not _UTC.search(value):
        return None
    if (moment := _moment(value)) is not None:
        for element in dated.page.elements:
            if element.tag == "time" and (local := _moment(_machine_date(element), zoned=False)) is not None:
                apart = abs((local - moment).total_seconds())
                if apart <= _FURTHEST_ZONE and apart % _QUARTER == 0 and moment.second:
                    return _Evidence("time element, in local time:", "time", _machine_date(element), local.date())
    printed = list(dated.lines(dated.head))
    if any(found.day == day for found, _ in printed):
        return None
    near = [each for each in printed if abs((each[0].day - day).days) == 1]
    return _line("line, in local time:", *near[0], dated) if near else None


def _moment(value: str, *, zoned: bool = True) -> datetime | None:
    """The moment that a value gives to the second, without its zone; `None` for others, and for one with a zone where
    it should have none."""
    match = _MOMENT.match(value)
    if match is None or (not zoned and match["zone"]):
        return None
    try:
        return datetime.fromisoformat(f"{match['day']} {match['time']}")
    except ValueError:
        return None


def _by_json_ld(dated: _Dated) -> Iterator[_Evidence]:
    """What JSON-LD says of its article."""
    for key in ("datePublished", "dateCreated", "uploadDate"):
        if isinstance(value := dated.described.article.get(key), str) and value.strip():
            yield _Evidence(f"json-ld {key}", "json-ld", value)


def _by_meta(dated: _Dated) -> Iterator[_Evidence]:
    """What meta elements say that hold nothing else."""
    return _metas(dated, _PUBLISHED_NAMES, "meta")


def _by_time_above(dated: _Dated) -> Iterator[_Evidence]:
    """The `time` elements above the story: one that is said to be of publication, else one, if all have the same."""
    times = [element for element in _times_above(dated) if not _names_of(element, _OF_CHANGES)]
    if published := [element for element in times if _names_of(element, _OF_PUBLICATION)]:
        yield _Evidence("time element (published)", "time-published", _machine_date(published[0]))
    elif len({_machine_date(element)[:10] for element in times}) == 1:
        yield _Evidence("time element", "time", _machine_date(times[0]))


def _by_published_time(dated: _Dated) -> Iterator[_Evidence]:
    """Any other `time` element that is said to be of publication; where these have several days, they date a list."""
    if len(dated.published) == 1:
        yield _Evidence("time element (published)", "time-published", next(iter(dated.published.values())))


def _by_published_line(dated: _Dated) -> Iterator[_Evidence]:
    """A line above the story that says it was published on a day, else one anywhere, if there is no other day."""
    found = [each for each in dated.lines(dated.head) if each[0].said]
    if len({each.day for each, _ in found}) == 1:
        yield _line("line:", *found[0], dated)
    elif not found and (line := published_line(dated.page.view.text, day_first=dated.day_first)):
        yield _Evidence("line:", line.rule, line.evidence.removeprefix("line: "), line.value, line.span)


def _by_time(dated: _Dated) -> Iterator[_Evidence]:
    """The first `time` element in an article; later ones date comments and other articles."""
    for element in dated.page.elements:
        if element.tag != "time" or not _machine_date(element) or _names_of(element, _OF_CHANGES):
            continue
        around = {ancestor.tag for ancestor in element.ancestors()}
        if around & {"article", "main", "header"} and not dated.is_elsewhere(element):
            yield _Evidence("time element", "time", _machine_date(element))
            return


def _by_line_above(dated: _Dated) -> Iterator[_Evidence]:
    """A line above the story with a day, if all have the same."""
    found = list(dated.lines(dated.head))
    if len({each.day for each, _ in found}) == 1:
        yield _line("line:", *found[0], dated)


def _by_vague_meta(dated: _Dated) -> Iterator[_Evidence]:
    """What meta elements say under names that may mean anything."""
    return _metas(dated, _VAGUE_NAMES, "meta-vague")


def _by_address(dated: _Dated) -> Iterator[_Evidence]:
    """The day in the page's address."""
    if match := _IN_ADDRESS.search(dated.url):
        yield _Evidence("address", "address", match["day"])


def _by_line_below(dated: _Dated) -> Iterator[_Evidence]:
    """A line right behind the story with a day, if all have the same."""
    found = list(dated.lines(dated.foot))
    if len({each.day for each, _ in found}) == 1:
        yield _line("line:", *found[0], dated)


def _by_htmldate(dated: _Dated) -> Iterator[_Evidence]:
    """What htmldate finds, where that is written out on the page, not in its foot alone."""
    from htmldate import find_date as guessed  # imported late: 60 ms

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    content = dated.page.content
    try:
        found = guessed(content, extensive_search=False, original_date=True, min_date=_EARLIEST, max_date=_LATEST)
    except Exception:  # a parser's failure on one page must not end the reading
        return
    if found and len(dated.published) > 1 and found in dated.published:
        return
    if found and (day := date.fromisoformat(found)) and _is_written(dated, day):
        yield _Evidence("htmldate", "htmldate", found, day)


#: What tells the day of a page, the surest first.
RANKING: tuple[Callable[[_Dated], Iterator[_Evidence]], ...] = (
    _by_json_ld,
    _by_meta,
    _by_time_above,
    _by_published_time,
    _by_published_line,
    _by_time,
    _by_line_above,
    _by_vague_meta,
    _by_address,
    _by_line_below,
    _by_htmldate,
)
#: Of these, what is told by what the page prints.
BY_TEXT = frozenset({_by_published_line, _by_line_above, _by_line_below, _by_htmldate})
#: … and what on a list of articles dates one of these.
OF_ITEMS = frozenset({_by_time_above, _by_published_time, _by_time, _by_line_above, _by_line_below})


def _metas(dated: _Dated, names: Sequence[str], rule: str) -> Iterator[_Evidence]:
    for key in names:
        if key in dated.described.metas:
            yield _Evidence(f"meta {key}", rule, dated.described.metas[key])


def _line(told_by: str, found: WrittenDay, span: Span, dated: _Dated) -> _Evidence:
    rule = "published-line" if found.said else "date-line"
    return _Evidence(told_by, rule, span.of(dated.page.view.text), found.day, span)


def _times_above(dated: _Dated) -> Iterator[Element]:
    """The `time` elements above the story, but for those whose line says that it tells of a change."""
    for stretch in dated.head:
        text = stretch.span.of(dated.page.view.text)[:_LONGEST_LINE]
        if any(found.said == "updated" for found in written_days(text, day_first=dated.day_first)):
            continue
        yield from (each for each in stretch.element.ancestors(3) if each.tag == "time" and _machine_date(each))


def _is_of_another_day(dated: _Dated, element: Element) -> bool:
    """Whether what an element tells is the day of a change, or of something beside the article."""
    if element.tag == "meta":
        names = " ".join(element.attributes.get(key, "") for key in ("property", "name", "itemprop")).lower()
        return any(part in names for part in _OF_CHANGES)
    return element.tag == "time" and (_names_of(element, _OF_CHANGES) or dated.is_elsewhere(element))


def _names_of(element: Element, parts: tuple[str, ...]) -> bool:
    """Whether a name of an element holds one of these parts of words."""
    value = element.attributes.get
    names = (
        f"{value('itemprop', '')} {value('class', '')} {'pubdate' if 'pubdate' in element.attributes else ''}".lower()
    )
    return any(part in names for part in parts)


def _machine_date(element: Element) -> str:
    if element.tag not in ("time", "abbr"):
        return ""
    return (element.attributes.get("datetime") or element.attributes.get("title") or "").strip()


def _is_written(dated: _Dated, day: date) -> bool:
    """Whether a day stands on the page in a form that means no other one, outside of its foot, and not as that of a
    change or of the beginning or end of something."""
    forms = "|".join(day.strftime(form) for form in ("%Y-%m-%d", "%Y/%m/%d"))
    others = [element.written for element in dated.page.elements if _is_of_another_day(dated, element)]
    written = re.compile(rf"(?<!\d)(?:{forms})(?!\d)")
    found = sum(
        not _OF_A_STRETCH.search(dated.page.content, max(0, match.start() - _BEFORE_VALUE), match.start())
        for match in written.finditer(dated.page.content)
    )
    if found > sum(len(written.findall(each)) for each in others):
        return True
    for stretch in dated.page.stretches[:_MOST_LINES]:
        text = stretch.span.of(dated.page.view.text)[:_LONGEST_LINE]
        days = written_days(text, day_first=dated.day_first)
        if any(each.day == day and each.said != "updated" for each in days) and not dated.is_elsewhere(stretch.element):
            return True
    return False
