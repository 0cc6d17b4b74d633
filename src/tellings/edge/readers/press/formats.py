"""How press databases set out their exports, as text: Nexis (two generations), Factiva (two), ProQuest.

Each function takes the text that a reader sees of a file and gives the articles in it, or nothing where it is none of
its exports. Their layouts are known from what libraries and parsers of them document (the R packages LexisNexisTools,
tm.plugin.factiva and tm.plugin.europresse among others).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tellings.edge.readers.bylines import without_by
from tellings.edge.readers.dates import DateError, parse_date
from tellings.edge.readers.plain import language_code
from tellings.edge.readers.press.cutting import Cut, Line, lines_of
from tellings.edge.readers.telling import NO_DATE, Metadata, attested
from tellings.model.records import BlockKind, DocumentDate

Mark = tuple[int, int, BlockKind]

_OLD_NEXIS = re.compile(
    r"^[ \t]*(?:Document |Dokument )?\d{1,5} (?:of|von|de|sur|di) \d{1,5} (?:DOCUMENTS?|DOKUMENTEN?)[ \t]*$", re.M
)
_NEW_NEXIS = re.compile(r"^[ \t]*End of Document[ \t]*$", re.M)
_NEXIS_FIELD = re.compile(
    r"(?P<name>BYLINE|SECTION|LENGTH|DATELINE|HIGHLIGHT|BODY|LOAD-DATE|LANGUAGE|PUBLICATION-TYPE|JOURNAL[- ]CODE|"
    r"GRAPHIC|SUBJECT|URL|DOCUMENT-TYPE|CORRECTION-DATE|NOTES|TYPE|SERIES|COMPANY|ORGANIZATION|PERSON|CITY|STATE|COUNTRY|"
    r"GEOGRAPHIC|INDUSTRY|TICKER|ACC-NO|DISTRIBUTION|CLASSIFICATION)(?:[ \t]*:[ \t]*|[ \t]*$)(?P<value>.*)",
    re.IGNORECASE,
)
_NEXIS_TAIL = re.compile(
    r"(?:LOAD-DATE|LANGUAGE|PUBLICATION-TYPE|JOURNAL[- ]CODE|SUBJECT|GRAPHIC|URL|DOCUMENT-TYPE|CORRECTION-DATE|ACC-NO)"
    r"[ \t]*:"
    r"|(?:Classification|Graphic|Notes|Load-Date)$|Copyright (?:\(c\) |© )?\d{4}\b",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(r"(?:Copyright|\(c\)|©)[ \t]*(?:\(c\)|©)?[ \t]*\d{4}|All Rights Reserved", re.IGNORECASE)
_EDITION = re.compile(r"\b(?:Edition|Correction Appended|Final|Ausgabe|Édition|Edición)\b.{0,30}$", re.IGNORECASE)
_WORDS = re.compile(r"[\d,.]{1,9} words?$", re.IGNORECASE)

_FACTIVA_END = re.compile(
    r"^[ \t]*(?:AN[ \t\n]+)?Document [A-Za-z][A-Za-z0-9]{3,12}0{0,8}(?:19|20)\d{6}[a-z0-9]{4,14}[ \t]*$", re.M
)
_FACTIVA_CODE = re.compile(
    r"(?P<code>HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|SE|CLM|CT|RF|ART|CO|IN|NS|RE|IPD|IPC|PUB|AN|NGC|GC)"
    r"(?:[ \t]+(?P<value>\S.*)|$)"
)
_TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?:[ \t]*[ap]m)?(?:[ \t]+[A-Z]{2,4})?$", re.IGNORECASE)

_PROQUEST = re.compile(r"^[ \t]*Document \d{1,5} of \d{1,5}[ \t]*$", re.M)
_PROQUEST_FIELD = re.compile(
    r"(?P<name>Author|Publication info|Abstract|Full text|Subject|Location|People|Company / organization|Title|"
    r"Publication title|First page|Pages|Number of pages|Publication year|Publication date|Year|Section|Publisher|"
    r"Place of publication|Country of publication|Publication subject|ISSN|Source type|Language of publication|"
    r"Document type|ProQuest document ID|Document URL|Copyright|Last updated|Database|Links|Dateline|Volume|Issue|"
    r"Identifier / keyword|Classification|Credit|Document feature)[ \t]*:[ \t]*(?P<value>.*)"
)
#: A file is none of these exports where fewer of its articles than this share are set out as that has them.
_DATED = 0.5
#: A stretch that is set out otherwise is an article from so many characters on.
_SHORTEST = 200
#: Lines at the top of an article among which its day stands.
_TOP = 15


def nexis(text: str) -> list[Cut]:
    """The articles of an export of Nexis: "1 of 25 DOCUMENTS" before each, or "End of Document" behind it."""
    if starts := list(_OLD_NEXIS.finditer(text)):
        ends = [*(each.start() for each in starts[1:]), len(text)]
        stretches = [(each.end(), end) for each, end in zip(starts, ends, strict=True)]
    elif stops := list(_NEW_NEXIS.finditer(text)):
        stretches = list(zip([0, *(each.end() for each in stops)], [each.start() for each in stops], strict=False))
    else:
        return []
    return kept(text, stretches, [_nexis(text, start, end, new=not starts) for start, end in stretches])


def _nexis(text: str, start: int, end: int, *, new: bool) -> Cut | None:
    lines = lines_of(text, start, end)
    fields = [_NEXIS_FIELD.match(line.text) for line in lines]
    length = next((n for n, found in enumerate(fields) if found and found["name"].upper() == "LENGTH"), None)
    body = next((n for n, found in enumerate(fields) if found and found["name"].upper() == "BODY"), None)
    if length is None and body is None:
        return None
    if new and (cover := _after_cover(lines, length if length is not None else body or 0)):
        lines, fields = lines[cover:], fields[cover:]
        length, body = (None if n is None else n - cover for n in (length, body))
    first = next((n for n, found in enumerate(fields) if found), 0)
    dated = _dated(lines[: min(_TOP, max(first, 1))])
    if dated is None:
        return None
    place, date = dated
    # The head: outlet, day, edition, and the headline over it (new) or below it (old).
    outlet = lines[place - 1] if place else None
    above = lines[: max(0, place - 1)]
    below = [line for line in lines[place + 1 : first] if not _COPYRIGHT.match(line.text)]
    if not new and len(below) > 1 and _EDITION.search(below[0].text):  # where no indent tells it from the headline
        below = below[1:]
    flush = [line for line in below if line.indent == 0]
    title = above if new else (flush or below[-1:])
    values = {found["name"].upper(): found["value"].strip() for found in fields if found and found["value"].strip()}
    # The body: behind "BODY", else behind the last field of the head.
    head = max(
        (n for n, found in enumerate(fields) if found and n <= (body if body is not None else _last_head(fields))),
        default=first,
    )
    begins = _behind(lines, head, fields[head])
    tail = next((n for n in range(head + 1, len(lines)) if _NEXIS_TAIL.match(lines[n].text)), len(lines))
    last = lines[tail - 1].end if tail > head + 1 else max(begins, lines[head].end)
    told = Metadata(
        date,
        title=attested(" ".join(line.text for line in title), "Nexis headline"),
        publisher=attested(outlet.text if outlet else "", "Nexis source"),
        author=attested(without_by(values.get("BYLINE", "")), "Nexis byline"),
        url=attested(values.get("URL", ""), "Nexis URL") if values.get("URL", "").count("/") > 3 else None,
        language=language_code(values.get("LANGUAGE", "en").split(";")[0].strip()),
    )
    titles = {id(line) for line in title}
    marks: list[Mark] = []
    for number, line in enumerate(lines):
        if line.start >= begins and number < tail:
            continue
        kind: BlockKind = "headline" if id(line) in titles else "metadata"
        found = fields[number]
        if found and found["name"].upper() in ("BYLINE", "DATELINE"):
            kind = "byline" if found["name"].upper() == "BYLINE" else "dateline"
        marks.append((line.start, min(line.end, begins) if line.start < begins < line.end else line.end, kind))
    return Cut(lines[0].start, lines[-1].end, told, tuple(joined_marks(marks)), (begins, last))


def _last_head(fields: Sequence[re.Match[str] | None]) -> int:
    """The last field of the run of fields that the head ends with: no more than one line stands between two of them."""
    place = next((n for n, found in enumerate(fields) if found), 0)
    for number, found in enumerate(fields):
        if (
            found
            and place < number <= place + 2
            and found["name"].upper() in ("BYLINE", "SECTION", "LENGTH", "DATELINE", "HIGHLIGHT")
        ):
            place = number
    return place


def _after_cover(lines: Sequence[Line], length: int) -> int:
    """Where the first article begins behind the page on which the export lists what it holds; 0 without such a page."""
    marks = re.compile(
        r"(?:Job Number|Client/Matter|Search Terms|Search Type|Narrowed by|User Name|Content Type)\b", re.IGNORECASE
    )
    last = max((n for n, line in enumerate(lines[:length]) if marks.match(line.text)), default=-1)
    if last < 0:
        return 0
    # What narrows the search is a table of two columns behind it; the article begins two lines over its day.
    days = [n for n in range(last + 1, length) if _dated(lines[n : n + 1]) is not None]
    return max(last + 1, days[-1] - 2) if days else last + 1


def factiva(text: str) -> list[Cut]:
    """The articles of an export of Factiva, each ended by its number: with codes ("HD", "PD", …) or without."""
    stops = list(_FACTIVA_END.finditer(text))
    starts = [0, *(each.end() for each in stops)]
    stretches = [(start, stop.end()) for start, stop in zip(starts, stops, strict=False)]
    return kept(text, stretches, [_factiva(text, start, end) for start, end in stretches])


def _factiva(text: str, start: int, end: int) -> Cut | None:
    lines = lines_of(text, start, end)
    codes = [_FACTIVA_CODE.match(line.text) for line in lines]
    named = {found["code"] for found in codes if found}
    return _factiva_coded(lines, codes) if {"PD", "SN"} <= named and named & {"LP", "TD"} else _factiva_plain(lines)


def _factiva_coded(lines: list[Line], codes: list[re.Match[str] | None]) -> Cut | None:
    first = next((n for n, found in enumerate(codes) if found and found["code"] in ("HD", "SE", "BY")), 0)
    lines, codes = lines[first:], codes[first:]
    values: dict[str, list[str]] = {}
    marks: list[Mark] = []
    body: list[tuple[int, int]] = []
    code = ""
    for line, found in zip(lines, codes, strict=True):
        start = line.start
        if found:
            code = found["code"]
            start = line.start + found.start("value") if found["value"] else line.end
        if start < line.end:
            values.setdefault(code, []).append(line.text[start - line.start :])
        if code in ("LP", "TD"):
            marks.append((line.start, start, "metadata"))
            if start < line.end:
                body.append((start, line.end))
        else:
            if code == "HD" and start < line.end:
                marks.append((line.start, start, "metadata"))
            kind: BlockKind = "headline" if code == "HD" else "byline" if code == "BY" else "metadata"
            if start >= line.end:  # a code alone: its value follows
                kind = "metadata"
            marks.append((start if code == "HD" and start < line.end else line.start, line.end, kind))
    told = {key: " ".join(value) for key, value in values.items()}
    date = _day(told.get("PD", ""), "Factiva PD")
    if not body or date is NO_DATE:
        return None
    metadata = Metadata(
        date,
        title=attested(told.get("HD", ""), "Factiva HD"),
        publisher=attested(told.get("SN", ""), "Factiva SN"),
        author=attested(without_by(told.get("BY", "")), "Factiva BY"),
        language=language_code(told.get("LA", "en")),
    )
    return Cut(lines[0].start, lines[-1].end, metadata, tuple(joined_marks(marks)), (body[0][0], body[-1][1]))


def _factiva_plain(lines: list[Line]) -> Cut | None:
    count = next((n for n, line in enumerate(lines[:_TOP]) if _WORDS.match(line.text)), None)
    if count is None or count == 0:
        return None
    dated = _dated(lines[count + 1 : count + 4])
    if dated is None:
        return None
    place, date = count + 1 + dated[0], dated[1]
    place += bool(lines[place + 1 : place + 2] and _TIME.match(lines[place + 1].text))
    rights = next((n for n in range(place + 1, min(len(lines), place + 12)) if _COPYRIGHT.match(lines[n].text)), None)
    begins = (rights if rights is not None else place + 1) + 1
    over = lines[:count]
    byline = (
        over[-1:] if len(over) > 1 and (without_by(over[-1].text) != over[-1].text or len(over[-1].text) < 60) else []
    )
    title = over[: len(over) - len(byline)][-3:]
    outlet = lines[place + 1] if place + 1 < len(lines) else None
    # Behind the outlet stand its code, the page, the edition, and last the language, over the line of rights.
    named = [line.text for line in lines[place + 2 : begins] if line.text.isalpha()]
    if begins >= len(lines) - 1:
        return None
    told = Metadata(
        date,
        title=attested(" ".join(line.text for line in title), "Factiva headline"),
        publisher=attested(outlet.text if outlet else "", "Factiva source"),
        author=attested(without_by(byline[0].text) if byline else "", "Factiva byline"),
        language=language_code(named[-1]) if named else "en",
    )
    marks: list[Mark] = []
    for number, line in enumerate(lines):
        if begins <= number < len(lines) - 1:
            continue
        kind: BlockKind = "headline" if line in title else "byline" if line in byline else "metadata"
        marks.append((line.start, line.end, kind))
    return Cut(lines[0].start, lines[-1].end, told, tuple(joined_marks(marks)), (lines[begins].start, lines[-2].end))


def proquest(text: str) -> list[Cut]:
    """The articles of an export of ProQuest as text: "Document 1 of 25" before each, "Full text:" in it."""
    if not (starts := list(_PROQUEST.finditer(text))):
        return []
    ends = [*(each.start() for each in starts[1:]), len(text)]
    stretches = [(each.end(), end) for each, end in zip(starts, ends, strict=True)]
    return kept(text, stretches, [_proquest(text, start, end) for start, end in stretches])


def _proquest(text: str, start: int, end: int) -> Cut | None:
    lines = lines_of(text, start, end)
    fields = [_PROQUEST_FIELD.match(line.text) for line in lines]
    place = next((n for n, found in enumerate(fields) if found and found["name"] == "Full text"), None)
    if place is None:
        return None
    values: dict[str, str] = {}
    for found in fields:
        if found and found["value"].strip():
            values.setdefault(found["name"], found["value"].strip())
    begins = _behind(lines, place, fields[place])
    tail = next((n for n in range(place + 1, len(lines)) if fields[n]), len(lines))
    last = lines[tail - 1].end
    date = _day(values.get("Publication date", ""), "ProQuest publication date")
    if date is NO_DATE:
        found_day = re.search(r"\d{1,2} [A-Z][a-z]{2} \d{4}", values.get("Publication info", ""))
        date = _day(found_day.group() if found_day else "", "ProQuest publication info")
    title = lines[0] if not fields[0] else None
    told = Metadata(
        date,
        title=attested(values.get("Title", "") or (title.text if title else ""), "ProQuest title"),
        publisher=attested(values.get("Publication title", "").partition(";")[0].strip(), "ProQuest publication title"),
        author=attested(_in_order(values.get("Author", "")), "ProQuest author"),
        language=language_code(values.get("Language of publication", "en")),
    )
    marks: list[Mark] = []
    for number, line in enumerate(lines):
        if place < number < tail:
            continue
        kind: BlockKind = "headline" if line is title else "metadata"
        marks.append((line.start, min(line.end, begins) if number == place else line.end, kind))
    return Cut(lines[0].start, lines[-1].end, told, tuple(joined_marks(marks)), (begins, last))


# ---- what they share ---------------------------------------------------------------------


def kept(text: str, stretches: Sequence[tuple[int, int]], found: Sequence[Cut | None]) -> list[Cut]:
    """The articles, where enough of what was cut is such; nothing where not.

    A stretch that is set out otherwise is kept as it is, if it is long enough to be an article, and told nothing of.
    """
    cuts = [None if each is None or each.body[0] >= each.body[1] else each for each in found]
    if sum(each is not None for each in cuts) < max(1, _DATED * len(cuts)):
        return []
    kept = []
    for cut, (start, end) in zip(cuts, stretches, strict=True):
        if cut is not None:
            kept.append(cut)
        elif (lines := lines_of(text, start, end)) and lines[-1].end - lines[0].start >= _SHORTEST:
            kept.append(Cut(lines[0].start, lines[-1].end, Metadata(), (), (lines[0].start, lines[-1].end)))
    return kept


def _behind(lines: Sequence[Line], place: int, field: re.Match[str] | None) -> int:
    """Where the text begins that a field is followed by: in its own line, or in the next."""
    line = lines[place]
    if field is not None and field["name"].upper() in ("BODY", "FULL TEXT") and field["value"].strip():
        return line.start + field.start("value")
    return lines[place + 1].start if place + 1 < len(lines) else line.end


def _dated(lines: Sequence[Line]) -> tuple[int, DocumentDate] | None:
    """The first line that begins with a day, and the day."""
    for number, line in enumerate(lines):
        if len(line.text) <= 80 and line.text[:1].isalnum() and re.search(r"\b(?:1[6-9]|20)\d\d\b", line.text):
            try:
                return number, DocumentDate(parse_date(line.text), f"line: {line.text}"[:100], "press-database")
            except DateError:
                continue
    return None


def _day(written: str, evidence: str) -> DocumentDate:
    try:
        return (
            DocumentDate(parse_date(written), f"{evidence}: {written}"[:100], "press-database") if written else NO_DATE
        )
    except DateError as error:
        return DocumentDate(None, f"{evidence}: {written} (refused: {error})"[:150], "refused")


def joined_marks(marks: Iterable[Mark]) -> Iterable[Mark]:
    """Neighbouring stretches of a headline as one, so that it is one block."""
    last: Mark | None = None
    for mark in marks:
        if last is not None and last[2] == mark[2] == "headline":
            last = (last[0], mark[1], "headline")
            continue
        if last is not None:
            yield last
        last = mark
    if last is not None:
        yield last


def _in_order(names: str) -> str:
    """Names that stand with the family name first, parted by semicolons, as they are said."""
    turned = (" ".join(reversed([part.strip() for part in name.split(",", 1)])) for name in names.split(";"))
    return ", ".join(name for name in turned if name)
