"""TimeML written and read: the text comes back, and what was found in it."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.times import Interval, Span, TimeMLError, find, from_timeml, to_timeml
from tellings.within.times import Period

TEXT = (
    "It sank on Monday, 2 November 2020, & was raised two weeks later.\nIt lay there from May 2021 to June 2021 <so>."
)
DCT = date(2020, 11, 30)
#: Any text that XML 1.0 can hold.
XML_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff") | st.sampled_from("\t\n\r<>&'\"")
)


def test_what_is_written_comes_back() -> None:
    found = find(TEXT, dct=DCT)
    back = from_timeml(to_timeml(TEXT, found, dct=DCT, doc_id="a & b"))
    assert (back.text, back.dct, back.id) == (TEXT, DCT, "a & b")
    assert [(each.span, each.type, each.value, each.mod) for each in back.timexes] == [
        (each.span, each.type, each.value, each.mod) for each in found
    ]
    assert [(each.begin_point, each.end_point) for each in back.timexes] == [
        (each.begin_point, each.end_point) for each in found
    ]
    assert any(each.begin_point for each in back.timexes)


@given(before=XML_TEXT, after=XML_TEXT)
def test_any_text_comes_back_character_for_character(before: str, after: str) -> None:
    text = f"{before} on May 3, 2014 {after}"
    found = find(text, dct=DCT)
    back = from_timeml(to_timeml(text, found, dct=DCT))
    assert back.text == text
    assert [(each.span, each.value) for each in back.timexes] == [(each.span, each.value) for each in found]


def test_what_xml_cannot_hold_keeps_its_place() -> None:
    text = "A\x00b on May 3, 2014\x0b."
    back = from_timeml(to_timeml(text, find(text)))
    assert len(back.text) == len(text)
    assert [each.span for each in back.timexes] == [each.span for each in find(text)]


def test_a_file_of_tempeval_is_read(tmp_path: Path) -> None:
    file = tmp_path / "one.tml"
    file.write_text(
        """<?xml version="1.0" ?>
<TimeML xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<DOCID>one</DOCID>
<DCT><TIMEX3 tid="t0" type="TIME" value="2013-03-22T10:00" functionInDocument="CREATION_TIME">March 22</TIMEX3></DCT>
<TITLE>Mill</TITLE>
<TEXT>The mill <EVENT eid="e1">burned</EVENT> <SIGNAL sid="s1">on</SIGNAL> <TIMEX3 tid="t1" type="DATE"
value="2013-03-21" temporalFunction="true" anchorTimeID="t0">Thursday</TIMEX3> for <TIMEX3 tid="t2" type="DURATION"
value="PT2H" beginPoint="t1" endPoint="t0">two hours</TIMEX3>.</TEXT>
<MAKEINSTANCE eventID="e1" eiid="ei1"/><TLINK lid="l1"/>
</TimeML>"""
    )
    back = from_timeml(file)
    assert back.text == "The mill burned on Thursday for two hours."
    assert back.dct == date(2013, 3, 22)
    thursday, hours = back.timexes
    assert (thursday.span.of(back.text), thursday.interval) == (
        "Thursday",
        Interval(date(2013, 3, 21), date(2013, 3, 21)),
    )
    assert (hours.begin_point, hours.end_point) == (thursday.span, "dct")


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("no xml at all", "is no XML"),
        ("<html><body>May 3</body></html>", "its root is <html>"),
        ('<!DOCTYPE TimeML [<!ENTITY a "b">]><TimeML><TEXT>&a;</TEXT></TimeML>', "uses the entity"),
        ("<TimeML><TEXT>open", "is no XML"),
        ("", "is no XML"),
    ],
)
def test_bad_input_is_named(source: str, says: str) -> None:
    with pytest.raises(TimeMLError, match=says):
        from_timeml(source)


@given(
    st.sampled_from(["day", "week", "month", "quarter", "half", "year"]),
    st.dates(date(1000, 1, 1), date(9900, 1, 1)),
)
def test_a_value_names_its_period(unit: str, day: date) -> None:
    from tellings.within.times.calendar import holding

    period = holding(day, unit)  # type: ignore[arg-type]
    assert period is not None
    assert Period.of_value(period.value) == period


def test_values_that_name_no_period() -> None:
    for value in ("P3D", "PAST_REF", "XXXX-05-03", "2015-02-30", "2014-W53", "BC0044", "", "20145"):
        assert Period.of_value(value) is None
    assert Period.of_value("199").interval.earliest == date(1990, 1, 1)  # type: ignore[union-attr]


def test_spans_are_the_public_ones() -> None:
    (found,) = find("On May 3, 2014.")
    assert found.span == Span(3, 14)
