"""TimeML: a text with its time expressions as TIMEX3 elements, written and read.

The form is that of TempEval-3 (UzZaman et al. 2013): DOCID, DCT and TEXT in a TimeML element, as in
TimeML 1.2.1. Of other annotations (EVENT, SIGNAL, TLINK, …) only the text is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from html import escape
from pathlib import Path
from typing import cast, get_args

from tellings.edge.readers.xml_damage import damage
from tellings.model.records import Provenance, TimePoint, Timex, TimexType
from tellings.model.text import Span
from tellings.within.times import Period

#: Characters that XML 1.0 cannot hold; each is written as U+FFFD, so that offsets stay.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CREATION = ("CREATION_TIME", "PUBLICATION_TIME")
_DCT = "t0"


class TimeMLError(ValueError):
    """A file is no TimeML; the message says what is wrong and what would mend it."""


@dataclass(frozen=True, slots=True)
class TimeML:
    """What a TimeML document holds. `dct`: its creation time as a day, `None` where it tells none."""

    text: str
    timexes: tuple[Timex, ...]
    dct: date | None = None
    id: str = ""


# ---- writing ------------------------------------------------------------------------------


def to_timeml(text: str, timexes: Sequence[Timex], *, dct: date | None = None, doc_id: str = "") -> str:
    """`text` with `timexes` as inline TIMEX3, a whole TimeML document.

    Spans count in `text` and do not overlap. An expression without a value gets `value=""`; the two
    ends of a range get an empty TIMEX3 of type DURATION after the second, as ISO-TimeML has it.
    """
    ordered = sorted(timexes, key=lambda timex: timex.span)
    ids = {timex.span: f"t{number}" for number, timex in enumerate(ordered, start=1)}
    parts, place, ranges = [], 0, 0
    for timex in ordered:
        parts.append(_characters(text[place : timex.span.start]))
        parts.append(f"<TIMEX3{_attributes(timex, ids)}>{_characters(timex.span.of(text))}</TIMEX3>")
        place = timex.span.end
        if timex.type in ("DATE", "TIME") and isinstance(timex.begin_point, Span) and timex.begin_point in ids:
            ranges += 1
            parts.append(
                f'<TIMEX3 tid="t{len(ids) + ranges}" type="DURATION" value=""'
                f' beginPoint="{ids[timex.begin_point]}" endPoint="{ids[timex.span]}"/>'
            )
    parts.append(_characters(text[place:]))
    written = dct.isoformat() if dct else ""
    creation = f'tid="{_DCT}" type="DATE" value="{written}" functionInDocument="CREATION_TIME"'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<TimeML>\n'
        f"<DOCID>{_characters(doc_id)}</DOCID>\n<DCT><TIMEX3 {creation}>{written}</TIMEX3></DCT>\n"
        f"<TEXT>{''.join(parts)}</TEXT>\n</TimeML>\n"
    )


def _characters(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text), quote=False).replace("\r", "&#13;")


def _attributes(timex: Timex, ids: Mapping[Span, str]) -> str:
    counted = timex.anchor is not None or timex.inferred
    values = {
        "tid": ids[timex.span],
        "type": timex.type,
        "value": timex.value or "",
        "mod": timex.mod,
        "quant": timex.quant,
        "freq": timex.freq,
        "beginPoint": _point(timex.begin_point, ids) if timex.type == "DURATION" else None,
        "endPoint": _point(timex.end_point, ids) if timex.type == "DURATION" else None,
        "temporalFunction": "true" if counted else None,
        "anchorTimeID": ids.get(timex.anchor) if timex.anchor else None,
    }
    return "".join(f' {name}="{escape(value)}"' for name, value in values.items() if value is not None)


def _point(point: object, ids: Mapping[Span, str]) -> str | None:
    if point == "dct":
        return _DCT
    return ids.get(point) if isinstance(point, Span) else None


# ---- reading ------------------------------------------------------------------------------


@dataclass(slots=True)
class _Read:
    """What is met on the way through the elements."""

    text: list[str] = field(default_factory=list)
    length: int = 0
    marks: list[tuple[Span, Mapping[str, str]]] = field(default_factory=list)

    def add(self, text: str | None) -> None:
        if text:
            self.text.append(text)
            self.length += len(text)


def from_timeml(source: str | bytes | Path) -> TimeML:
    """The document in `source`, TimeML as text or bytes, or the path of a file.

    Raises:
        TimeMLError: it is no XML, or no TimeML.
        OSError: the file cannot be read.
    """
    from lxml import etree

    name = str(source) if isinstance(source, Path) else "TimeML"
    data = source.read_bytes() if isinstance(source, Path) else source.encode() if isinstance(source, str) else source
    # Nothing outside the file is fetched, and no entity of its own is filled in.
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise TimeMLError(f"{name} is no XML ({damage(error)}); give a TimeML file") from None
    if root.tag != "TimeML":
        raise TimeMLError(f"{name} is no TimeML: its root is <{root.tag}>; give a file whose root is <TimeML>")
    body = root.find("TEXT")
    read = _Read()
    _walk(root if body is None else body, read, name)
    text = "".join(read.text)
    creation = [element.attrib for element in root.iter("TIMEX3") if element.get("functionInDocument") in _CREATION]
    return TimeML(
        text,
        tuple(_timexes(read.marks, {each.get("tid", "") for each in creation})),
        _day(creation[0].get("value", "")) if creation else None,
        (root.findtext("DOCID") or "").strip(),
    )


def _walk(element: object, read: _Read, name: str) -> None:
    from lxml import etree

    assert isinstance(element, etree._Element)
    start = read.length
    read.add(element.text)
    for child in element:
        if isinstance(child, etree._Entity):
            raise TimeMLError(f"{name} uses the entity {child.text}; write its characters instead")
        if isinstance(child.tag, str) and child.tag not in ("MAKEINSTANCE", "TLINK", "SLINK", "ALINK"):
            _walk(child, read, name)
        read.add(child.tail)
    if element.tag == "TIMEX3":
        read.marks.append((Span(start, read.length), dict(element.attrib)))


def _timexes(marks: Sequence[tuple[Span, Mapping[str, str]]], creation: set[str]) -> Iterator[Timex]:
    """The expressions with their ties by span; an empty TIMEX3 ties the ends of its range."""
    spans = {mark.get("tid", ""): span for span, mark in marks if span.end > span.start}
    begins: dict[Span, Span] = {}
    for span, mark in marks:
        ends = spans.get(mark.get("beginPoint", "")), spans.get(mark.get("endPoint", ""))
        if span.end == span.start and ends[0] and ends[1]:
            begins[ends[1]] = ends[0]
    until = {begin: end for end, begin in begins.items()}

    def point(tid: str | None) -> TimePoint | None:
        return "dct" if tid in creation else spans.get(tid or "")

    for span, mark in sorted(marks, key=lambda each: each[0]):
        kind = mark.get("type", "DATE").upper()
        if span.end == span.start or mark.get("functionInDocument") in _CREATION or kind not in get_args(TimexType):
            continue
        value = mark.get("value") or None
        period = Period.of_value(value.partition("T")[0]) if value and kind in ("DATE", "TIME") else None
        timex = Timex(
            span,
            cast(TimexType, kind),
            value,
            Provenance("timeml", "read"),
            mod=mark.get("mod"),
            quant=mark.get("quant"),
            freq=mark.get("freq"),
            interval=period.interval if period else None,
            anchor=spans.get(mark.get("anchorTimeID", "")),
            begin_point=begins.get(span),
            end_point=until.get(span),
        )
        if kind == "DURATION":
            timex = replace(
                timex,
                begin_point=point(mark.get("beginPoint")),
                end_point=point(mark.get("endPoint")),
            )
        yield timex


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None
