"""Every export of a small record, cell by cell and line by line, beside the record in `small_record.py`.

`cases/exports` holds what each export writes, as a person has read and found it right. A new export needs its case.
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from small_record import TEXTS, small_record

from tellings.edge.exports import EXPORTS, Export, NoSuchExportError, export, find

CASES = Path(__file__).parent / "cases" / "exports"


@pytest.mark.parametrize(
    "each", [each for each in EXPORTS if each.form != "annotations"], ids=lambda each: f"{each.view}-{each.form}"
)
def test_every_cell_and_line(each: Export) -> None:
    case = (CASES / f"{each.view}.{each.form}").read_bytes().decode()
    written = each.write(small_record())
    # The id of an event is a digest, and checked by itself.
    assert re.sub(r"UID:\w{24}@", "UID:0@", written.replace("\r\n", "\n")) == case


def test_what_is_not_known_is_an_empty_cell() -> None:
    (_, second) = csv.DictReader(io.StringIO(export(small_record(), "csv", "tellings")))
    empty = {name for name, cell in second.items() if cell == ""}
    assert empty == {"published", "publisher", "title", "author", "url"}


def test_lines_of_a_calendar_are_short_and_hold_all_words() -> None:
    """RFC 5545: no line over 75 octets; unfolded, an event's description is all of its lines."""
    written = export(small_record(), "ical")
    assert written.endswith("END:VCALENDAR\r\n")
    lines = written.removesuffix("\r\n").split("\r\n")
    assert max(len(each.encode()) for each in lines) == 75
    unfolded = written.replace("\r\n ", "")
    assert r"Ice shut the quay on Monday\; 40 boats\, all *old*\, stayed in. (A: Osk_Gazette)\nIce" in unfolded


def test_an_event_keeps_its_id_and_shares_it_with_none() -> None:
    record = small_record()
    names = re.findall(r"UID:(\w{24})@tellings", export(record, "ical"))
    assert len(set(names)) == len(record.timeline)
    relabelled = replace(record, timeline=record.timeline[1:])
    assert re.findall(r"UID:(\w{24})@tellings", export(relabelled, "ical")) == names[1:]


@pytest.mark.parametrize(
    ("words", "written"),
    [("a\\b", r"a\\b"), ("a\u2028b", r"a\nb"), ("a\r\nb\rc", r"a\nb\nc"), ("a\x00b\x1bc", "abc"), ("a\x0bb", r"a\nb")],
)
def test_no_words_break_a_line_of_a_calendar(words: str, written: str) -> None:
    record = small_record()
    entry = record.timeline[0]
    hostile = replace(entry, lines=(replace(entry.lines[0], words=replace(entry.lines[0].words, exact=words)),))
    (told,) = re.findall(r"DESCRIPTION:(.*)\r\n", export(replace(record, timeline=(hostile,)), "ical"))
    assert told == f"{written} (A: Osk_Gazette)"


@pytest.mark.parametrize(("length", "kept"), [(120, True), (121, False)])
def test_a_summary_is_cut_at_its_length(length: int, kept: bool) -> None:
    record = small_record()
    entry = record.timeline[0]
    words = ("ice " * 40)[: length - 1] + "!"
    long = replace(entry, lines=(replace(entry.lines[0], words=replace(entry.lines[0].words, exact=words)),))
    (slide,) = json.loads(export(replace(record, timeline=(long,)), "timelinejs"))["events"]
    assert (slide["text"]["headline"] == words) is kept and slide["text"]["headline"].endswith("!" if kept else "…")


def test_an_annotation_says_what_it_is_and_where_its_article_is() -> None:
    told = json.loads(export(small_record(), "annotations"))
    paths = [path for path, _ in small_record().evidence()]
    assert {name: told[name] for name in ("@context", "id", "type")} == {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:tellings:annotations",
        "type": "AnnotationPage",
    }
    assert [(item["id"], item["body"]["value"]) for item in told["items"]] == [
        (f"urn:tellings:{number}", path) for number, path in enumerate(paths, 1)
    ]
    assert told["items"][2] == {
        "id": "urn:tellings:3",
        "type": "Annotation",
        "motivation": "identifying",
        "body": {"type": "TextualBody", "value": "timeline[t-1].lines[1].words", "format": "text/plain"},
        "target": {
            "source": "urn:sha256:bbbbbbbb",
            "selector": [
                {"type": "TextPositionSelector", "start": 0, "end": 30},
                {
                    "type": "TextQuoteSelector",
                    "exact": "Ice shut the quay for 4 boats.",
                    "prefix": "",
                    "suffix": " “The lamp stays lit,” Vell wrot",
                },
            ],
        },
    }


def test_a_selector_has_the_32_characters_around_the_words() -> None:
    for item in json.loads(export(small_record(), "annotations"))["items"]:
        place, quote = item["target"]["selector"]
        text = TEXTS["A" if item["target"]["source"] == "https://osk.example/ice" else "B"]
        start, end = place["start"], place["end"]
        assert quote["prefix"] == text[:start][-32:] and quote["suffix"] == text[end : end + 32]
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in text


@pytest.mark.parametrize(
    ("form", "view", "said"),
    [
        (
            "csv",
            None,
            "several views can be exported to csv: name one; it takes timeline, quotes, facts, copies, tellings",
        ),
        ("ical", "facts", "facts cannot be exported to ical; it takes timeline"),
        ("xml", "facts", "there is no export to xml; there are: markdown, annotations, csv, timelinejs, ical"),
    ],
)
def test_what_there_is_not_is_said_with_what_there_is(form: str, view: str | None, said: str) -> None:
    with pytest.raises(NoSuchExportError) as raised:
        find(form, view)
    assert str(raised.value) == said


@pytest.mark.parametrize("each", EXPORTS, ids=lambda each: f"{each.view}-{each.form}")
def test_each_export_is_found_by_its_form_and_view(each: Export) -> None:
    assert find(each.form, each.view) is each
