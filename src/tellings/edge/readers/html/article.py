"""Which stretches of a page are the article, and what the others are.

Which words are the article's is told in `extraction.py`; roles come from the mark-up. What a precise extractor leaves
out between, under and above paragraphs of an article is put back; what it takes in though it belongs to the page (links
to other articles, what is printed twice) is taken out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from tellings.edge.readers.html.extraction import Words, extract
from tellings.edge.readers.html.left import Left, left_in
from tellings.edge.readers.html.regions import APART, BELIEVED, NOT_SHOWN, Region, is_named
from tellings.edge.readers.html.scan import Page
from tellings.edge.readers.html.weighed import COPY, LEFT_OUT, Weighed, reads_as_text, weighed, words_of
from tellings.model.records import STORY_KINDS, Hint

#: A stretch this long (words) that the extractor takes for article text is a paragraph, whatever the
#: class names around it say: class names are often those of a whole page.
_LONG = 25
#: Elements that hold this share of the article's words wrap the article: their class names say nothing; and the share
#: from which what they are (an `aside`, a dialog) says nothing, either.
_WRAPS, _WRAPS_ALL = 0.4, 0.6
#: Fewest words of a paragraph, and of what is looked for elsewhere on the page.
_PARAGRAPH = 8
#: Fewest and most words of a standfirst's paragraph.
_STANDFIRST, _LONGEST_STANDFIRST = 4, 150
#: A line of at most so many words may lead in to links.
_LEAD_IN = 6
#: Words beside the name in a line that names an author.
_BESIDE_NAME = 3
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
#: Of these one that is long and inside the article is a paragraph all the same.
_UNLESS_LONG = frozenset({"byline", "credit", "updated"})
#: Fewest words of the lines between which a link is text.
_BESIDE_LINK = 3
#: A paragraph that stands in so many places is repeated on purpose.
_OFTEN = 3
#: So many elements, from a paragraph outwards, tell whether it is set as another is.
_SIGN = 4
#: Elements that are the text of a paragraph.
_PARAGRAPHS = frozenset({"p", "div", "li", "blockquote", "td", "th", "dd", "dt"})


def find_article(
    page: Page, title: str, *, whole: bool = False, description: str = "", body: str = "", author: str = ""
) -> tuple[tuple[Hint, ...], str | None, Left]:
    """A hint for every stretch of the page, a note when it took a fallback to find the article, and what among its
    paragraphs is residue.

    `title`, `description`, `body` and `author` are what the page's metadata say of the article; `whole` says that all
    of the page is an article's body.

    1. which words are the article's; 2. the headline; 3. what was left out beside, and above; 4. each stretch its role
    from the mark-up and that answer; 5. what is no text of this article after all.
    """
    stretches = weighed(page)
    note = None
    # 1. the article's words
    if whole:
        for each in stretches:
            each.inside = True
    else:
        note = extract(page, stretches, body)
    # 2. the headline
    wraps = _wrapping(stretches)
    headline = _headline(stretches, words_of(title))
    # 3. what was left out
    for each in stretches:
        each.regions = [
            region
            for region in each.regions
            if region.element not in wraps and not (each.is_told and _may_mean_nothing(region))
        ]
    if not whole:
        _put_back(stretches)
        standfirsts = _standfirst(stretches, headline, description)
    # 4. roles
    for each in stretches:
        _give_role(each)
    if not whole:
        for each in standfirsts:
            each.kind, each.rule = "paragraph", "standfirst"
        # 5. surplus
        _take_out(stretches, author)
    if headline is not None:
        headline.kind, headline.rule = "headline", "page headline"
    hints = tuple(Hint(each.stretch.span, each.kind, f"html: {each.rule}") for each in stretches)
    return hints, note, left_in(stretches)


def _wrapping(stretches: Sequence[Weighed]) -> frozenset[int]:
    """The elements of regions whose names say nothing: they, or all of one name together, hold much of the article."""
    held: Counter[int] = Counter()
    named: Counter[str] = Counter()
    many: Counter[int] = Counter()
    total = 0
    for each in stretches:
        if each.inside:
            total += each.size
            many.update(region.element for region in each.regions)
            # A field to write in has no elements inside: it holds a copy, or mark-up shown as text.
            held.update({region.element: each.size for region in each.regions if region.rule != "textarea"})
            named.update({region.words: each.size for region in each.regions if _may_mean_nothing(region)})
    return frozenset(
        region.element
        for each in stretches
        for region in each.regions
        if held[region.element] > (_WRAPS if region.is_by_class else _WRAPS_ALL) * total
        or (_may_mean_nothing(region) and named[region.words] > _WRAPS * total)
        if region.rule != NOT_SHOWN or many[region.element] > 1  # one paragraph wraps nothing
    )


def _may_mean_nothing(region: Region) -> bool:
    return region.kind not in BELIEVED and region.is_by_class


def _headline(stretches: Sequence[Weighed], title: str) -> Weighed | None:
    """The stretch that is the page's headline: one that says what the title says, else the first h1."""
    first = next(
        (place for place, each in enumerate(stretches) if each.inside and each.size > _PARAGRAPH), len(stretches)
    )
    candidates = [
        each
        for each in stretches[: first + 1]
        if any(element.tag in ("h1", "h2") for element in each.stretch.element.ancestors(3))
    ]
    for each in candidates:
        found = each.words
        if title and each.size > 1 and (found == title or f" {found} " in f" {title} " or title in found):
            return each
    if not any(each.inside for each in stretches):
        return None
    return next((each for each in candidates if "h1" in each.tags[:3] and not each.regions), None)


def _put_back(stretches: Sequence[Weighed]) -> None:
    """Paragraphs beside the article's paragraphs that the extractor left out: unsure, so they stay story.

    Beside is what stands in the same element, or in one of the same class names where most of the article does. What
    class names say of a long paragraph is not believed where it stands so, or has those of most paragraphs itself.
    """
    holders: Counter[int] = Counter()
    signs: Counter[tuple[tuple[str, str], ...]] = Counter()
    classes: Counter[str] = Counter()
    articles = {each.article for each in stretches if each.inside}
    total = 0
    for each in stretches:
        if each.inside and each.size > _PARAGRAPH and each.block.tag in _PARAGRAPHS:
            holders[each.holder.number] += each.block.tag == "p"
            signs[_sign(each)] += each.size
            classes[_class(each)] += each.size
            total += each.size
    main = {sign for sign, size in signs.items() if sign and size > total / 2}
    linked = _linked_text(stretches)
    for each in stretches:
        if each.inside or each.block.tag not in _PARAGRAPHS or not (each.is_sentence or each.stretch.start in linked):
            continue
        # Some stand in the element of the others without one of their own.
        beside = holders[each.holder.number] > 0 or (holders[each.block.number] > 0 and each.size >= _PARAGRAPH)
        alike = _sign(each) in main and each.size >= _PARAGRAPH and each.article in articles
        if each.regions:
            named = 2 * classes[_class(each)] > total and _class(each) != "" and each.article in articles
            if not _is_called_so_in_vain(each, whoever=named) or not (beside or named):
                continue
        elif not (beside or alike) or (
            each.is_mostly_link
            and (each.block.tag != "p" or each.size < _PARAGRAPH)
            and each.stretch.start not in linked
        ):
            continue
        each.inside, each.rule, each.regions = True, "beside article text", []
    for each, below in pairwise(stretches):
        is_heading = not each.inside and not each.regions and each.tags[0] in _HEADINGS and not each.is_mostly_link
        if is_heading and below.inside and (holders[each.holder.number] or _sign(each) in main):
            each.inside = True


def _linked_text(stretches: Sequence[Weighed]) -> frozenset[int]:
    """Where those begin that are links and read as text all the same, between paragraphs of running text: a quotation
    that leads to its source, a sentence that leads to a report."""
    return frozenset(
        each.stretch.start
        for above, each, below in zip(stretches, stretches[1:], stretches[2:], strict=False)
        if each.is_mostly_link
        and reads_as_text(each)
        and all(
            beside.holder in (each.holder, each.block)
            and beside.size >= _BESIDE_LINK
            and (beside.is_sentence or beside.text.rstrip().endswith(":"))
            and not beside.is_mostly_link
            for beside in (above, below)
        )
    )


def _is_called_so_in_vain(each: Weighed, *, whoever: bool) -> bool:
    """Whether nothing but class names that often mean nothing say that a long paragraph is something else: its own, or
    those of `whoever` is around it."""
    return (
        each.block.tag == "p"
        and each.size >= _LONG
        and not each.is_mostly_link
        and all(
            _may_mean_nothing(region) and (whoever or region.element == each.block.number) for region in each.regions
        )
    )


def _class(each: Weighed) -> str:
    """The class names of a paragraph's element, as they are written."""
    return each.block.attributes.get("class", "")


def _sign(each: Weighed) -> tuple[tuple[str, str], ...]:
    """The names and first class names of a paragraph's element and those around it; empty without any class name."""
    around = each.block.ancestors(_SIGN)
    sign = tuple((element.tag, next(iter(element.attributes.get("class", "").split()), "")) for element in around)
    return sign if any(class_ for _, class_ in sign) else ()


def _standfirst(stretches: Sequence[Weighed], headline: Weighed | None, description: str) -> list[Weighed]:
    """What stands between headline and text and says what the page's description says, or is called a standfirst."""
    start = next((place for place, each in enumerate(stretches) if each is headline), -1) + 1
    end = next(
        (
            place
            for place, each in enumerate(stretches)
            if place >= start and each.inside and each.size > _PARAGRAPH and "figcaption" not in each.tags
        ),
        start,
    )
    told = Words(description)
    described, called = [], []
    for each in stretches[start:end]:
        if not _STANDFIRST <= each.size <= _LONGEST_STANDFIRST or each.is_mostly_link or each.inside:
            continue
        if told.hold(each.words):
            described.append(each)
        elif (
            headline is not None
            and not each.regions
            and any(is_named(element, "markup_standfirst") for element in each.block.ancestors(4))
        ):
            called.append(each)
    return described + called


def _give_role(each: Weighed) -> None:
    region = next(
        (region for region in each.regions if region.rule in APART), each.regions[0] if each.regions else None
    )
    put_back = each.rule
    is_long = each.size >= _LONG and not each.is_mostly_link
    each.kind, each.rule = "boilerplate", LEFT_OUT
    if region:
        each.kind, each.rule = region.kind, region.rule
        if region.rule in APART or not each.inside or not is_long:
            return
        if region.kind in BELIEVED - _UNLESS_LONG:
            return
    if each.inside:
        if put_back:
            each.kind, each.rule = "paragraph", put_back
        elif "h1" in each.tags[:2]:
            each.kind, each.rule = "subheading", "h1 in the article"
        elif _HEADINGS & set(each.tags[:2]):
            each.kind, each.rule = "subheading", "heading in the article"
        elif "li" in each.tags[:4]:
            each.kind, each.rule = "list-item", "list item in the article"
        elif each.block.tag in ("td", "th") and each.size < _PARAGRAPH:
            each.kind, each.rule = "list-item", "cell of a table in the article"
        else:
            each.kind, each.rule = "paragraph", "article text"


def _take_out(stretches: Sequence[Weighed], author: str) -> None:
    """Give another role to what stands in the article and is no text of it: links to others with the line above them,
    what is printed twice, names of authors in lines of their own."""
    names = [words_of(name) for name in author.split(",")]
    story = [each for each in stretches if each.kind in STORY_KINDS]
    linked = _linked_text(stretches)
    for each in story:
        is_text = each.is_sentence or each.stretch.start in linked
        if each.is_link and not is_text and not {"td", "th"} & set(each.tags):
            each.kind, each.rule = "related", "a link alone"
        elif any(
            name and f" {name} " in f" {each.words} " and each.size <= name.count(" ") + 1 + _BESIDE_NAME
            for name in names
        ):
            each.kind, each.rule = "byline", "a line with the author's name"
    for each, below in zip(reversed(stretches[:-1]), reversed(stretches[1:]), strict=True):
        if each.kind in STORY_KINDS and below.is_link and below.kind not in STORY_KINDS:
            is_heading = each.kind == "subheading" and below.kind == "related"
            if is_heading or (each.kind != "subheading" and each.size <= _LEAD_IN and not each.is_sentence):
                each.kind, each.rule = "related", "above links"
    last = next((each for each in reversed(story) if each.kind in STORY_KINDS), None)
    if last and last.kind == "subheading":
        last.kind, last.rule = "boilerplate", "a heading over nothing"
    kept_story = [each for each in story if each.kind in STORY_KINDS]
    behind = {id(each): below.words for each, below in pairwise(kept_story)}
    copies: defaultdict[str, list[Weighed]] = defaultdict(list)
    for each in kept_story:
        if each.size >= _PARAGRAPH:
            copies[each.words].append(each)
    for same in copies.values():
        kept = next((each for each in same if not each.is_hidden), same[0])
        followed = {behind.get(id(kept), "")}
        for each in same:
            next_words = behind.get(id(each), "")
            is_asked_again = (
                not each.is_hidden
                and _set_as(each, often=len(same) >= _OFTEN) == _set_as(kept, often=len(same) >= _OFTEN)
                and next_words not in ("", each.words, *followed)
            )
            followed.add(next_words)
            if each is not kept and not is_asked_again:
                each.kind, each.rule = "boilerplate", COPY


def _set_as(each: Weighed, *, often: bool) -> object:
    """What holds a paragraph; of one that stands there `often`, as what it is set, too: a line that is repeated in the
    text, as a question that several are asked, is set alike each time, and a copy of a paragraph elsewhere."""
    return (often and _sign(each)) or (each.holder.number, each.block.tag)
