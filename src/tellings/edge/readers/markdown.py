"""Markdown as web clippers and note programs write it: front matter is read, marks of layout are no words.

Links are shown as their words, pictures are left out, marks of emphasis, headings and quotations are not shown. All of
it stays in the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from tellings.edge.readers.blocks import Positions, shown_view
from tellings.edge.readers.dates import DateError, parse_date
from tellings.edge.readers.plain import date_line, language_code, read_head
from tellings.edge.readers.telling import NO_DATE, Metadata, Outcome, Read, bad_date, beyond, empty, is_visible
from tellings.model.records import Attested, BlockKind, DocumentDate, Hint, Problem
from tellings.model.text import Edit, Span, View

MEDIA_TYPE = "text/markdown"
_LINE = re.compile(r"[^\r\n]+|\r?\n(?=\r?\n|\Z)")

#: Front matter: between two lines of three dashes, at most so long (characters).
_FRONT = re.compile(
    r"\ufeff?\s{0,20}---[ \t]*\r?\n(?P<inside>(?:(?!---[ \t]*\r?$)[^\n]{0,5000}\n){0,200})---[ \t]*(?:\r?\n|\Z)", re.M
)
_ENTRY = re.compile(r"(?P<key>[A-Za-z][\w .-]{0,40}?)[ \t]{0,5}:(?:[ \t]+(?P<value>.*?))?[ \t]*$")
_ITEM = re.compile(r"[ \t]{0,8}-[ \t]+(?P<value>.*?)[ \t]*$")
#: Names of entries (small letters, without marks) and what they tell, the most telling first. The day of clipping or of
#: the last change ("created", "updated") is no day of the article.
_TITLE = ("title", "headline")
_DATE = ("published", "datepublished", "publisheddate", "publishdate", "pubdate", "publicationdate", "date", "issued")
_AUTHOR = ("author", "authors", "byline", "creator")
_PUBLISHER = ("publisher", "site", "sitename", "publication", "outlet", "website")
_URL = ("url", "source", "link", "sourceurl", "canonical", "canonicalurl", "originalurl", "permalink")
_LANGUAGE = ("language", "lang")
_ADDRESS = re.compile(r"https?://\S+")
_WIKI = re.compile(r"\[\[(?:[^\]|]{0,200}\|)?([^\]|]{1,200})\]\]")

_FENCE = re.compile(r"[ \t]{0,3}(?:```|~~~)")
_HEADING = re.compile(r"[ \t]{0,3}(?P<marks>#{1,6})[ \t]+(?P<words>[^\n]*)$")
_QUOTE = re.compile(r"[ \t]{0,3}>[ \t]?")
_BULLET = re.compile(r"[ \t]{0,12}(?:[-*+]|\d{1,3}[.)])[ \t]+")
_RULE = re.compile(r"[ \t]{0,3}(?:[-*_][ \t]*){3,}$")
#: Inline: pictures, links, addresses in brackets, emphasis, code, escapes, marks of notes.
_TARGET = r"\]\([^()\s]{0,4000}(?:\([^()\s]{0,1000}\)[^()\s]{0,1000})?(?:[ \t]+\"[^\"\n]{0,500}\")?\)"
_INLINE = re.compile(
    rf"(?P<picture>!\[[^\]\n]{{0,1000}}{_TARGET})"
    rf"|(?P<open>\[)(?P<words>[^\[\]\n]{{1,1000}})(?P<target>{_TARGET})"
    r"|(?P<note>\[\^[^\]\n]{1,40}\](?!:))"
    r"|(?P<strong>(?<![\\\w])(?:\*\*\*|\*\*|__)(?=\S)|(?<=[^\s\\])(?:\*\*\*|\*\*|__)(?!\w))"
    r"|(?P<emphasis>(?<![\\\w*])[*_](?=[^\s*_])|(?<=[^\s\\*_])[*_](?![\w*]))"
    r"|(?P<escape>\\(?=[\\`*_{}\[\]()#+.!<>~|-]))"
)


@dataclass(frozen=True, slots=True)
class _Block:
    """A block: where it stands in the source, and what it is; `None` where its mark-up does not say."""

    start: int
    end: int
    kind: BlockKind | None
    rule: str


def read_markdown(name: str, content: str) -> Outcome:
    """The one telling of a Markdown file.

    1. front matter; 2. blocks; 3. what stands in their lines; 4. what is told, by front matter or by head lines.
    """
    if (refused := beyond(name, content)) is not None:
        return Outcome(problems=(refused,))
    # 1. front matter
    front = _FRONT.match(content)
    entries = {} if front is None else _entries(front["inside"])
    begins = front.end() if front is not None and entries else 0
    # 2. blocks
    edits: list[Edit] = []
    blocks = _named(list(_blocks(content, begins, edits)))
    if begins:
        blocks.insert(0, _Block(0, begins, "metadata", "markdown: front matter"))
    # 3. lines
    view, problems = shown_view(name, content, sorted(edits))
    if not is_visible(view.text[_first(view, begins) :]):
        return Outcome(problems=(empty(name), *problems))
    in_view = Positions(view)
    spans = [(Span(in_view(each.start), in_view(each.end)), each) for each in blocks]
    hints = tuple(Hint(span, each.kind, each.rule) for span, each in spans if each.kind is not None and len(span))
    # 4. told
    told, told_problems = _told(name, entries) if begins else read_head(name, view.text)
    told = told.over(Metadata(date_line(view.text, hints, _first(view, begins))))
    return Outcome((Read(name, MEDIA_TYPE, view, told, hints),), (*problems, *told_problems))


def _first(view: View, place: int) -> int:
    return Positions(view)(place)


def _entries(inside: str) -> dict[str, str]:
    """The entries of front matter that have one value, or a list of them; names in small letters, without marks."""
    found: dict[str, list[str]] = {}
    key = ""
    for line in inside.splitlines():
        if (item := _ITEM.match(line)) and key:
            found[key].append(_plain(item["value"]))
        elif entry := _ENTRY.match(line):
            key = re.sub(r"[\W_]", "", entry["key"]).lower()
            value = entry["value"] or ""
            listed = (
                value[1:-1].split(",")
                if value.startswith("[") and value.endswith("]") and value[:2] != "[["
                else [value]
            )
            found.setdefault(key, [_plain(each) for each in listed])
    return {name: ", ".join(value for value in values if value) for name, values in found.items() if any(values)}


def _plain(value: str) -> str:
    """A value without its quotation marks, and without the brackets of a link to a note."""
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        value = value[1:-1].replace('\\"', '"').replace("''", "'")
    return _WIKI.sub(r"\1", value).strip()


def _told(name: str, entries: Mapping[str, str]) -> tuple[Metadata, tuple[Problem, ...]]:
    """What front matter tells."""

    def stated(names: tuple[str, ...], *, address: bool | None = None) -> Attested | None:
        for key in names:
            value = entries.get(key, "")
            if value and (address is None or bool(_ADDRESS.fullmatch(value)) is address):
                return Attested(value[:2_000], f"front matter {key}")
        return None

    date, problems = NO_DATE, tuple[Problem, ...]()
    if found := stated(_DATE):
        try:
            date = DocumentDate(parse_date(found.value), f"{found.evidence} {found.value}"[:100], "front-matter")
        except DateError as error:
            date = DocumentDate(None, f"{found.evidence} {found.value} (refused: {error})"[:150], "refused")
            problems = (bad_date(name, found.evidence, error),)
    language = stated(_LANGUAGE)
    return (
        Metadata(
            date,
            title=stated(_TITLE),
            publisher=stated((*_PUBLISHER, "source"), address=False),
            author=stated(_AUTHOR, address=False),
            url=stated(_URL, address=True),
            language=language_code(language.value) if language else "en",
        ),
        problems,
    )


def _blocks(content: str, place: int, edits: list[Edit]) -> Iterator[_Block]:
    """The blocks from `place` on; what hides their marks goes to `edits`."""
    begins: int | None = None  # of the paragraph that is being read
    fenced = False
    for match in _LINE.finditer(content, place):
        start, line = match.start(), match.group()
        fence = _FENCE.match(line) is not None
        quote = None if fenced else _QUOTE.match(line)
        if quote:
            edits.append(Edit(start, start + quote.end(), ""))
            start, line = start + quote.end(), line[quote.end() :]
        heading = None if fenced else _HEADING.match(line)
        bullet = None if fenced else _BULLET.match(line)
        alone = fence or heading or bullet or (not fenced and _RULE.match(line)) or not line.strip()
        if begins is not None and alone:
            yield _Block(begins, start, None, "markdown: paragraph")
            begins = None
        if fence:
            fenced = not fenced
            edits.append(Edit(start, match.end(), ""))
        elif heading:
            begin = start + heading.start("words")
            edits.append(Edit(start, begin, ""))
            words, closed = _open(heading["words"])
            if closed:
                edits.append(Edit(begin + len(words), match.end(), ""))
            _inline(content, begin, begin + len(words), edits)
            kind: BlockKind = "headline" if heading["marks"] == "#" else "subheading"
            yield _Block(start, match.end(), kind, f"markdown: heading {len(heading['marks'])}")
        elif not fenced and _RULE.match(line):
            edits.append(Edit(start, match.end(), ""))
        elif bullet:
            _inline(content, start + bullet.end(), match.end(), edits)
            yield _Block(start, match.end(), "list-item", "markdown: list item")
        elif line.strip():
            begins = start if begins is None else begins
            if not fenced:
                _inline(content, start, match.end(), edits)
    if begins is not None:
        yield _Block(begins, len(content), None, "markdown: paragraph")


def _open(words: str) -> tuple[str, bool]:
    """The words of a heading without the marks that may close it, and whether there are such."""
    words = words.rstrip(" \t")
    inner = words.rstrip("#")
    closed = inner != words and inner.endswith((" ", "\t"))
    return (inner.rstrip(" \t"), True) if closed else (words, False)


def _named(blocks: list[_Block]) -> list[_Block]:
    """Of headings of the first level the first is the headline; where there is one, what is between is paragraphs."""
    first = next((place for place, each in enumerate(blocks) if each.kind == "headline"), None)
    if first is None:
        return blocks
    return [
        replace(each, kind="subheading")
        if each.kind == "headline" and place != first
        else replace(each, kind="paragraph")
        if each.kind is None
        else each
        for place, each in enumerate(blocks)
    ]


def _inline(content: str, start: int, end: int, edits: list[Edit]) -> None:
    """Hide the marks within a line; those of emphasis in pairs."""
    waiting: dict[str, tuple[int, int]] = {}
    for match in _INLINE.finditer(content, start, end):
        mark = match["strong"] or match["emphasis"]
        if match["target"]:
            edits.append(Edit(*match.span("open"), ""))
            # Words of a link may be emphasised.
            _inline(content, *match.span("words"), edits)
            edits.append(Edit(*match.span("target"), ""))
        elif mark in waiting:
            edits.extend((Edit(*waiting.pop(mark), ""), Edit(*match.span(), "")))
        elif mark:
            waiting[mark] = match.span()
        else:
            edits.append(Edit(*match.span(), ""))
