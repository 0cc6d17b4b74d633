"""Tables: which delimiter, which row, which column holds what; what is guessed, named and said."""

from __future__ import annotations

import csv
import io
import json
import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from project import grows_linearly

from tellings.edge.readers import read_bytes, read_paths
from tellings.edge.readers.dates import DateError
from tellings.edge.readers.delimited import DELIMITERS, rows_of, shape_of
from tellings.edge.readers.field_values import day_of
from tellings.edge.readers.naming import FieldsError, named
from tellings.edge.readers.rows import Reading
from tellings.edge.readers.telling import Outcome, Read
from tellings.model.records import Problem

STORY = "The bridge over the Merrin was closed at noon, said Ada Quill. Nobody was hurt, and the mill stood empty."
BARE = STORY.replace(",", "")


def read(name: str, content: str | bytes, fields: str | None = None) -> Outcome:
    data = content.encode() if isinstance(content, str) else content
    return read_bytes(name, data, Reading.of(named([fields])) if fields else None)


def one(outcome: Outcome) -> Read:
    assert len(outcome.tellings) == 1, outcome.problems
    return outcome.tellings[0]


def told(read: Read) -> tuple[Any, ...]:
    about = read.metadata
    return (
        about.date.value,
        *(each and each.value for each in (about.title, about.publisher, about.author, about.url)),
    )


def kinds(problems: tuple[Problem, ...]) -> list[tuple[str, bool]]:
    return sorted((problem.kind, problem.lost) for problem in problems)


# ---- how a table is written

WRITTEN = {
    "commas": f'title,text,date\nBridge,"{STORY}",2015-03-09\n',
    "semicolons": f"title;text;date\nBridge;{STORY};2015-03-09\n",
    "tabs": f"title\ttext\tdate\nBridge\t{STORY}\t2015-03-09\n",
    "bars": f"title|text|date\nBridge|{STORY}|2015-03-09\n",
    "as Excel says it": f"sep=;\r\ntitle;text;date\r\nBridge;{STORY};2015-03-09\r\n",
    "old line ends": f'title,text,date\rBridge,"{STORY}",2015-03-09\r',
    "spaces before marks": f'"title", "text", "date"\n"Bridge", "{STORY}", "2015-03-09"\n',
    "marks with backslashes": f'title,text,date\n"Bridge","{STORY} \\"Yes\\" it was.",2015-03-09\n',
    "lines before the names": f'Export of Monday\n\ntitle,text,date\nBridge,"{STORY}",2015-03-09\n',
    "an index without a name": f',title,text,date\n0,Bridge,"{STORY}",2015-03-09\n',
}


@pytest.mark.parametrize("written", WRITTEN.values(), ids=list(WRITTEN))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_is_read_however_it_is_written(written: str, encoding: str) -> None:
    begins = written.startswith(("title,", "title;", "title|", "title\t"))  # else its name alone tells what it is
    for name in ("a.csv", "a.tsv", *(("a", "-") if begins else ())):
        found = one(read(name, written.encode(encoding)))
        assert told(found)[:2] == (date(2015, 3, 9), "Bridge")
        assert found.view.source.content.startswith(STORY)
        assert found.name == f"{name}#1" and found.locators[0].name.startswith("row 1, line ")
        assert found.file_digest


def test_a_table_of_windows_is_read_and_that_is_said() -> None:
    outcome = read("a.csv", f"title;text\nCafé;{STORY} At the café it rains.\n".encode("cp1252"))
    assert told(one(outcome))[1] == "Café" and kinds(outcome.problems) == [("encoding", False)]


def test_line_ends_and_marks_within_cells_are_the_articles() -> None:
    outcome = read("a.csv", f'text,title\n"First, ""{STORY}""\n\nSecond.",One\n"Third.",Two\n')
    assert [each.view.source.content for each in outcome.tellings] == [f'First, "{STORY}"\n\nSecond.', "Third."]
    assert [each.locators[0].name for each in outcome.tellings] == ["row 1, line 2, text", "row 2, line 5, text"]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters='\n\t",;|'), max_size=60), max_size=6
    ),
    st.sampled_from(DELIMITERS),
)
def test_what_another_program_writes_comes_out_as_it_went_in(texts: list[str], delimiter: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(["title", "text", "url"])
    for number, text in enumerate(texts):
        writer.writerow([f"Number {number}", f"x{text}", f"https://quay.example/{number}"])
    content = out.getvalue()
    shape = shape_of(content)
    assert shape.delimiter == delimiter
    rows = list(rows_of(content, shape))[1:]
    assert [row.cells[1] for row in rows] == [f"x{text}" for text in texts]
    outcome = read("a.csv", content)
    assert [each.view.source.content for each in outcome.tellings] == [f"x{text}" for text in texts]


def test_lines_are_counted_from_the_first_of_the_file() -> None:
    said = one(read("a.csv", f"sep=;\r\ntitle;text\r\nBridge;{STORY}\r\n"))
    assert said.locators[0].name == "row 1, line 3, text"


# ---- rows that do not fit


def test_a_mark_that_is_never_closed_costs_its_row_alone() -> None:
    for rest in (f'2,"{STORY}",Two\n3,"{STORY}",Three\n', f"2,{BARE},Two\n3,{BARE},Three\n"):
        outcome = read("a.csv", f'id,text,title\n1,"{BARE}\nmore of it\n{rest}')
        assert [told(each)[1] for each in outcome.tellings] == ["Two", "Three"]
        (problem,) = outcome.problems
        assert problem.lost and problem.place == "a.csv#1" and problem.message.startswith("line 2:")


@pytest.mark.parametrize("delimiter", ["^", "~", ":", "#", "\x01", "¦"])
def test_a_delimiter_of_its_own_is_told_by_the_names_of_the_columns(delimiter: str) -> None:
    for mark in ("", '"'):
        rows = [["title", "date", "text"], ["One", "2015-03-03", STORY], ["Two", "2015-03-04", STORY]]
        content = "".join(delimiter.join(f"{mark}{cell}{mark}" for cell in row) + "\n" for row in rows)
        outcome = read("a.csv", content)
        assert [told(each)[1] for each in outcome.tellings] == ["One", "Two"] and not outcome.problems


LAST = "title,date,url,text\n{}Three,2015-03-05,https://a.example/3,It rained on Varn.\n"


@pytest.mark.parametrize(
    ("row", "text", "said"),
    [
        ('One,2015-03-03,https://a.example/1,"It fell, they said.\n', "It fell, they said.", "never closed"),
        ('One,2015-03-03,https://a.example/1,"It fell.\n\nNobody, it said, ran.\n', "It fell.\n\nNobody, it said, ran.",
         "never closed"),
        ("One,2015-03-03,https://a.example/1,It fell.\nNobody had seen it.\n", "It fell.\n\nNobody had seen it.",
         "read as lines of the text"),
        ("One,2015-03-03,https://a.example/1,'It fell.\n\nNobody, it said, ran.'\n",
         "'It fell.\n\nNobody, it said, ran.'", "read as lines of the text"),
        ('"One,2015-03-03,https://a.example/1,"It fell, they said."\n', "It fell, they said.", "never closed"),
    ],
)  # fmt: skip
def test_what_a_mark_leaves_open_is_read_up_to_the_next_row(row: str, text: str, said: str) -> None:
    for content in (LAST.format(row), LAST.format("") + row):
        outcome = read("a.csv", content)
        assert sorted(each.view.text for each in outcome.tellings) == sorted([text, "It rained on Varn."])
        assert {told(each)[1] for each in outcome.tellings} == {"One", "Three"}
        assert all(each.metadata.date.value is not None for each in outcome.tellings)
        assert any(said in each.message for each in outcome.problems)
        assert not any(each.lost for each in outcome.problems)


def test_rows_that_only_look_like_lines_of_a_text_are_none() -> None:
    for row in ("Total,6\n", "Four,2015-03-06,https://a.example/4\n", "6\n"):
        outcome = read("a.csv", LAST.format("") + row)
        assert [each.view.text for each in outcome.tellings] == ["It rained on Varn."]
        assert any("fewer cells" in each.message for each in outcome.problems)


def test_a_table_each_line_of_which_stands_between_marks_is_read() -> None:
    lines = ["title,date,text", f'One,2015-03-03,"{STORY}"', f'Two,2015-03-04,"{STORY}"']
    outcome = read("a.csv", "".join('"' + line.replace('"', '""') + '"\r\n' for line in lines))
    assert [told(each)[1] for each in outcome.tellings] == ["One", "Two"]
    assert all(each.view.text == STORY for each in outcome.tellings)
    (problem,) = outcome.problems
    assert "between quotation marks" in problem.message and not problem.lost


def test_every_row_that_is_lost_is_named() -> None:
    outcome = read("a.csv", "id,text\n" + '"1,x\n' * 3)
    assert outcome.tellings == () and kinds(outcome.problems) == [("malformed", True)] * 3


def test_marks_where_others_have_none_are_kept() -> None:
    outcome = read("a.csv", f'title,text\n"Bridge" shut,{BARE}\nTwo,{BARE}\n')
    assert [told(each)[1] for each in outcome.tellings] == ['"Bridge" shut', "Two"]
    assert told(one(read("a.tsv", f'title\ttext\n"Bridge shut\t{STORY}\n')))[1] == '"Bridge shut'


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        (f"2015-03-09,https://quay.example/1,Bridge shut, mill too,{BARE}", ("Bridge shut, mill too", BARE)),
        (f"2015-03-09,https://quay.example/1,Bridge,{STORY}", ("Bridge", STORY)),
        (f"2015-03-09,https://quay.example/1,Bridge,{BARE},and no more", ("Bridge", f"{BARE},and no more")),
        (f"2015-03-09,https://quay.example/1,Bridge,{BARE},,,", ("Bridge", BARE)),
    ],
)
def test_cells_that_a_comma_parted_are_joined_again(row: str, wanted: tuple[str, str]) -> None:
    found = one(outcome := read("a.csv", f"date,url,title,text\n{row}\n"))
    assert (told(found)[1], found.view.source.content) == wanted and told(found)[0] == date(2015, 3, 9)
    assert kinds(outcome.problems) == ([] if row.endswith(",,,") else [("malformed", False)])


def test_rows_with_fewer_cells_are_kept_and_named() -> None:
    outcome = read("a.csv", f'text,title,date\n"{STORY}"\n"{STORY} 2",Two\n')
    assert len(outcome.tellings) == 2
    (problem,) = outcome.problems
    assert "2 rows (lines 2, 3) with fewer cells" in problem.message and not problem.lost


def test_a_huge_cell_costs_its_row_alone() -> None:
    outcome = read("a.csv", f'text,title\n"{"word " * 1_100_000}",One\n"{STORY}",Two\n')
    assert told(one(outcome))[1] == "Two" and kinds(outcome.problems) == [("too-large", True)]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("name,age\nAda,30\n", "its fields are name, age"),
        ("text,title\n1,2\n", "which is no text"),
        ("text,title\n", "no text"),
        ("1,2\n3,4\n", "column1, column2"),
    ],
)
def test_a_table_without_articles_is_named_with_its_columns(content: str, said: str) -> None:
    outcome = read("a.csv", content)
    assert outcome.tellings == ()
    assert [problem for problem in outcome.problems if problem.lost and said in problem.message], outcome.problems


# ---- columns

KNOWN = {
    "news-please": (
        {"authors": "['Ada Quill', 'Rolf Ash']", "date_publish": "2015-03-09 10:00:00", "date_download": "2020-01-01",
         "maintext": STORY, "title": "Bridge", "source_domain": "quay.example", "url": "https://quay.example/1"},
        ("Bridge", "quay.example", "Ada Quill, Rolf Ash", "https://quay.example/1"),
    ),
    "newspaper4k": (
        {"url": "https://quay.example/1", "title": "Bridge", "text": STORY, "publish_date": "2015-03-09T10:00:00",
         "authors": "Ada Quill", "meta_site_name": "The Quay"},
        ("Bridge", "The Quay", "Ada Quill", "https://quay.example/1"),
    ),
    "trafilatura": (
        {"url": "https://quay.example/1", "id": "1", "fingerprint": "ab", "hostname": "quay.example", "title": "Bridge",
         "image": "", "date": "2015-03-09", "text": STORY, "comments": "", "license": "None", "pagetype": "article"},
        ("Bridge", "quay.example", None, "https://quay.example/1"),
    ),
    "a database": (
        {"id": "1", "headline": "Bridge", "article_body": f"<p>{STORY}</p>", "published_at": "1425859200",
         "outlet": "The Quay", "author": "nan", "link": "https://quay.example/1"},
        ("Bridge", "The Quay", None, "https://quay.example/1"),
    ),
    "Zotero": (
        {"Key": "A", "Item Type": "newspaperArticle", "Publication Year": "2015", "Author": "Quill, Ada",
         "Title": "Bridge", "Publication Title": "The Quay", "Url": "https://quay.example/1", "Abstract Note": STORY,
         "Date": "2015-03-09", "Date Added": "2020-01-01 00:00:00"},
        ("Bridge", "The Quay", "Quill, Ada", "https://quay.example/1"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("row", "wanted"), KNOWN.values(), ids=list(KNOWN))
def test_the_columns_of_scrapers_and_services(row: dict[str, str], wanted: tuple[str | None, ...]) -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(row))
    writer.writeheader()
    writer.writerow(row)
    outcome = read("a.csv", out.getvalue())
    assert told(one(outcome)) == (date(2015, 3, 9), *wanted)
    assert one(outcome).view.text.strip() == STORY
    extract = [("left-out", False)] if "Item Type" in row else []
    assert kinds(outcome.problems) == extract


def test_fields_of_no_known_set_are_guessed_and_that_is_said() -> None:
    lines = ["titel;inhalt;erschienen;abgerufen;nummer"]
    lines += [
        f"Die Brücke {word} heute;{STORY} {word};{day}.03.2015;2020-01-01;{day}"
        for word, day in (("steht", 19), ("fällt", 20), ("liegt", 21))
    ]
    for name, content in (("a.csv", "\n".join(lines)), ("a.jsonl", _as_json_lines(lines))):
        outcome = read(name, content)
        assert [told(each)[:2] for each in outcome.tellings] == [
            (date(2015, 3, 19), "Die Brücke steht heute"),
            (date(2015, 3, 20), "Die Brücke fällt heute"),
            (date(2015, 3, 21), "Die Brücke liegt heute"),
        ]
        (problem,) = outcome.problems
        assert problem.kind == "fields" and not problem.lost
        assert "text from 'inhalt' (the longest), day from 'erschienen', title from 'titel'" in problem.message
        assert "not read: abgerufen, nummer" in problem.message
        assert "--fields text=inhalt,date=erschienen" in problem.remedy


def _as_json_lines(lines: list[str]) -> str:
    names, *rows = (line.split(";") for line in lines)
    return "\n".join(json.dumps(dict(zip(names, row, strict=True))) for row in rows)


def test_a_text_that_nobody_knows_goes_before_a_known_extract() -> None:
    entry = {"url": "https://quay.example/1", "description": "The bridge was closed.", "inhalt": STORY}
    assert one(read("a.json", json.dumps(entry))).view.text == STORY
    entry["description"] = f"{STORY} {STORY}"
    assert one(read("a.json", json.dumps(entry))).view.text == entry["description"]


@pytest.mark.parametrize(
    "days",
    [
        ["03/04/2015", "04/05/2015", "05/06/2015"],  # day and month cannot be told apart
        ["42072", "42073", "42074"],  # days since 1900, maybe
        ["20150309", "20150310", "20150311"],  # a number
        ["2015-03-09", "soon", "2015-03-11"],
        ["2015-03-09", "2015-03-09", "2015-03-09"],  # that of the export, maybe
    ],
)
def test_a_day_that_may_be_none_is_not_guessed(days: list[str]) -> None:
    content = "inhalt;wert\n" + "".join(f"{STORY} {day};{day}\n" for day in days)
    assert {told(each)[0] for each in read("a.csv", content).tellings} == {None}
    two = "inhalt;eins;zwei\n" + "".join(f"{STORY};2015-03-{day};2016-03-{day}\n" for day in (10, 11, 12))
    assert {told(each)[0] for each in read("a.csv", two).tellings} == {None}


def test_fields_can_be_named() -> None:
    content = f'id,body2,when,text\n1,"{STORY}",2015-03-09,other words\n'
    found = one(outcome := read("a.csv", content, "text=body2,date=when"))
    assert (found.view.text, told(found)[0], outcome.problems) == (STORY, date(2015, 3, 9), ())
    nested = json.dumps([{"a": {"b": STORY}, "d": "2015-03-09"}])
    assert told(one(read("a.json", nested, "text=a.b,date=d")))[0] == date(2015, 3, 9)
    assert one(read("a.csv", content, "text=no such,text=body2")).view.text == STORY


def test_a_field_that_is_not_there_is_named_with_those_that_are() -> None:
    content = f'id,body2,when\n1,"{STORY}",2015-03-09\n'
    outcome = read("a.csv", content, "text=bodyy,date=wann")
    assert outcome.tellings == () and kinds(outcome.problems) == [("fields", False), ("fields", True)]
    assert all("its fields are id, body2, when" in problem.message for problem in outcome.problems)


@pytest.mark.parametrize("said", ["body=text", "text", "text=", "=x", ""])
def test_what_cannot_be_named_is_refused(said: str) -> None:
    with pytest.raises(FieldsError, match=r"there are: text, title, date|write text=NAME|names no field"):
        named([said])


def test_names_may_have_commas_and_are_written_as_they_are_read() -> None:
    given = named(["text=words, all of them,date=day"])
    assert given.of("text") == ("words, all of them",) and given.of("date") == ("day",)
    assert named(given.written) == given == named({"date": "day", "text": ["words, all of them"]})


# ---- days


def test_days_that_cannot_be_used_are_told_in_one() -> None:
    content = "text,date\n" + "".join(f'"{STORY} {day}",0{day}/12/2015\n' for day in range(1, 9))
    (problem,) = read("a.csv", content).problems
    assert "8 rows have no day in column date" in problem.message and "cannot be told apart" in problem.message


def test_another_field_gives_the_day_where_the_first_cannot() -> None:
    outcome = read("a.csv", f'text,published,date\n"{STORY}",03/04/2015,2015-04-03\n')
    assert told(one(outcome))[0] == date(2015, 4, 3) and outcome.problems == ()


@pytest.mark.parametrize(("value", "wanted"), [(20150309, date(2015, 3, 9)), (2015, None), (42072, None)])
def test_a_number_that_may_be_anything_is_no_day(value: int, wanted: date | None) -> None:
    assert told(one(read("a.json", json.dumps({"text": STORY, "date": value}))))[0] == wanted


def test_files_of_one_article_each_without_a_day_are_told_of_in_one(tmp_path: Path) -> None:
    for number in range(5):
        entry = {"text": f"{STORY} {number}", "day_of_issue": "2015-03-09"}
        (tmp_path / f"{number}.json").write_text(json.dumps(entry), encoding="utf-8")
    _, (problem,) = read_paths([tmp_path])
    assert (
        problem.message.startswith("5 articles without a date, all that there are")
        and "day_of_issue" in problem.message
    )
    assert problem.place == "0.json, 1.json, 2.json and 2 more"


def test_days_that_may_be_two_are_told_where_no_other_stands(tmp_path: Path) -> None:
    rows = "".join(f"{day:02}.03.2015;{STORY} {day}\n" for day in (9, 10, 11))
    (problem,) = [each for each in read("a.csv", f"Tag;Inhalt\n{rows}").problems if each.kind == "date"]
    assert "Tag (in 3, such as 09.03.2015, which may be two days)" in problem.message
    assert "YYYY-MM-DD" in problem.remedy


# ---- what is no article


def test_annotations_are_no_articles() -> None:
    head = "Creation Date,URL,Group,Annotation/Reply Type,Quote,User,Body,Tags,Page"
    table = f"{head}\n2024-01-01,https://quay.example/1,Public,Annotation,words,ada,{BARE},,\n"
    entry = {"id": "x", "uri": "https://quay.example/1", "text": STORY, "target": [{}], "user": "ada"}
    exports = ({"total": 1, "rows": [entry]}, {"export_date": "2024-01-01", "annotations": [entry]}, [entry])
    for name, content in (("a.csv", table), *(("a.json", json.dumps(each)) for each in exports)):
        outcome = read(name, content)
        assert outcome.tellings == () and kinds(outcome.problems) == [("no-article", True)], content
        assert "1 annotation" in outcome.problems[0].message and "quay.example/1" in outcome.problems[0].message


SERVICES = {
    "New York Times": (
        {"abstract": "Short.", "web_url": "https://quay.example/1", "lead_paragraph": STORY, "source": "The Quay",
         "headline": {"main": "Bridge", "kicker": None}, "pub_date": "2015-03-09T10:00:00+0000",
         "byline": {"original": "Ada Quill"}},
        "extract",
    ),
    "GDELT": ({"url": "https://quay.example/1", "title": "Bridge", "seendate": "20150309T101500Z"}, "no text"),
    "CSL JSON": (
        {"type": "article-newspaper", "title": "Bridge", "abstract": STORY, "issued": {"date-parts": [["2015", 3, 9]]},
         "author": [{"family": "Quill", "given": "Ada"}], "container-title": "The Quay", "URL": "https://quay.example/1"},
        "extract",
    ),
    "ninjs 2": (
        {"uri": "https://quay.example/1", "firstCreated": "2015-03-09T10:00:00Z",
         "versionCreated": "2015-03-11T10:00:00Z",
         "headlines": [{"role": "sub", "value": "Mill"}, {"role": "main", "value": "Bridge"}], "by": "Ada Quill",
         "bodies": [{"contentType": "text/plain", "value": STORY},
                    {"contentType": "text/html", "value": f"<p>{STORY}"}],
         "copyrightHolder": "The Quay"},
        "text",
    ),
    "ninjs 1": (
        {"uri": "https://quay.example/1", "versioncreated": "2015-03-09T10:00:00Z", "headline": "Bridge",
         "byline": "Ada Quill", "body_xhtml": f"<p>{STORY}</p>", "body_text": STORY, "copyrightholder": "The Quay"},
        "text",
    ),
    "fundus": (
        {"title": "Bridge", "publishing_date": "2015-03-09 10:00:00", "authors": ["Ada Quill"], "publisher": "The Quay",
         "url": "https://quay.example/1",
         "body": {"summary": [], "sections": [{"headline": [], "paragraphs": [STORY]}]}},
        "text",
    ),
    "Guardian, as posts": (
        {"webTitle": "Bridge", "webPublicationDate": "2015-03-09T10:00:00Z", "webUrl": "https://quay.example/1",
         "fields": {"byline": "Ada Quill", "publication": "The Quay"},
         "blocks": {"body": [{"bodyHtml": f"<p>{STORY}</p>"}]}},
        "text",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("entry", "what"), SERVICES.values(), ids=list(SERVICES))
def test_what_services_give(entry: dict[str, Any], what: str) -> None:
    outcome = read("a.json", json.dumps(entry))
    if what == "no text":
        assert outcome.tellings == () and "get the article itself" in outcome.problems[0].remedy
        return
    found = one(outcome)
    assert told(found) == (date(2015, 3, 9), "Bridge", "The Quay", "Ada Quill", "https://quay.example/1")
    assert found.view.text.strip() == STORY
    assert kinds(outcome.problems) == ([("left-out", False)] if what == "extract" else [])


def test_an_item_that_was_withdrawn_or_has_no_text_says_so() -> None:
    outcome = read("a.json", json.dumps({"uri": "urn:1", "pubStatus": "canceled", "body_text": STORY}))
    assert outcome.tellings and "canceled" in outcome.problems[0].message
    outcome = read("a.json", json.dumps({"uri": "urn:1", "type": "picture", "description_text": ""}))
    assert outcome.tellings == () and kinds(outcome.problems) == [("no-article", True)]


# ---- whatever comes


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from('ab ",;\t|\n\r\\\ufeff'), max_size=120), st.sampled_from(["a.csv", "a.tsv"]))
def test_any_characters_are_read_or_named(content: str, name: str) -> None:
    outcome = read(name, f"text,title\n{content}")
    assert outcome.tellings or any(problem.lost for problem in outcome.problems)
    assert all("please report" not in problem.remedy for problem in outcome.problems), outcome.problems


@pytest.mark.parametrize("seed", range(3))
def test_a_damaged_table_is_read_or_named(seed: int) -> None:
    chance = random.Random(seed)
    whole = "".join(f'Title {n},"{STORY}\n{n}",2015-03-{n + 10},https://quay.example/{n}\n' for n in range(9))
    for _ in range(60):
        data = bytearray(f"title,text,date,url\n{whole}".encode())
        for _ in range(chance.randrange(1, 20)):
            data[chance.randrange(len(data))] = chance.choice([34, 44, 10, 13, 92, chance.randrange(256)])
        outcome = read("a.csv", bytes(data))
        assert outcome.tellings or outcome.problems
        assert all("please report" not in problem.remedy for problem in outcome.problems), outcome.problems


@pytest.mark.parametrize(
    "row", ['x,"a\n', '"""x\n', '""x\n', ',""x,"y', 'x,"', ",", '"a" x,c\n', f'a,"{STORY}\n{STORY}"\n']
)
def test_tables_take_linear_time(row: str) -> None:
    def scanned(content: str) -> None:
        for _ in rows_of(content, shape_of(content)):
            pass

    content = "title,text\n" + row * (200_000 // len(row))
    assert grows_linearly(scanned, content[: len(content) // 4], content)


@pytest.mark.parametrize(
    "value",
    [
        ["2015-03-09"],
        {"$date": "2015-03-09T10:00:00Z"},
        {"$date": {"$numberLong": "1425895200000"}},
        [{"$date": 1425895200000}],
    ],
)
def test_days_in_lists_and_as_databases_export_them(value: object) -> None:
    assert day_of(value) == date(2015, 3, 9)


@pytest.mark.parametrize("value", [[], ["2015-03-09", "2015-03-10"], {"$oid": "2015-03-09"}, [[[[[["2015-03-09"]]]]]]])
def test_what_is_no_one_day_is_refused(value: object) -> None:
    with pytest.raises(DateError):
        day_of(value)


def test_a_table_of_more_columns_than_are_read_is_refused() -> None:
    names = ",".join(f"c{number}" for number in range(10_000))
    (problem,) = read_bytes("a.csv", f"title,text,{names}\nA,{STORY}\n".encode()).problems
    assert (problem.kind, problem.lost) == ("too-large", True)


def test_wide_rows_that_do_not_fit_take_linear_time() -> None:
    def table(wide: int) -> str:
        row = "A,b," + ",".join("x" for _ in range(2 * wide))
        return f"title,text,{','.join(f'c{number}' for number in range(wide))}\n" + f"{row}\n" * 20

    assert grows_linearly(lambda content: read_bytes("a.csv", content.encode()), table(500), table(2_000))


@pytest.mark.parametrize(
    ("days", "wanted", "notes"),
    [
        (["05.03.2015", "31.03.2015", "13.03.2015"], date(2015, 3, 5), 1),
        (["05/03/2015", "03/31/2015", "03/13/2015"], date(2015, 5, 3), 1),
        (["05/03/2015", "03/31/2015", "13/03/2015"], None, 1),
        (["05/03/2015", "31/03/2015"], None, 1),
        (["2015-03-05", "31/03/2015", "30/03/2015"], date(2015, 3, 5), 0),
    ],
)
def test_days_of_a_column_tell_in_which_order_it_has_them(days: list[str], wanted: date | None, notes: int) -> None:
    rows = "".join(f"A{number},{STORY.replace(',', '')} {number},{day}\n" for number, day in enumerate(days))
    outcome = read_bytes("a.csv", f"title,text,date\n{rows}".encode())
    assert outcome.tellings[0].metadata.date.value == wanted
    assert [problem.kind for problem in outcome.problems] == ["date"] * notes


def test_columns_in_other_languages_and_references_in_names_are_read() -> None:
    data = f'Datum;Titel;Text;Autor;Quelle\n2015-03-09;Tom &amp; Ann;"{STORY}";Ada Quill;Der Kurier\n'
    told = read_bytes("a.csv", data.encode()).tellings[0].metadata
    assert told.date.value == date(2015, 3, 9)
    assert [each and each.value for each in (told.title, told.author, told.publisher)] == [
        "Tom & Ann",
        "Ada Quill",
        "Der Kurier",
    ]


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a"])
def test_objects_one_behind_the_other_are_read_as_a_list(name: str) -> None:
    data = "\n".join(json.dumps({"title": "A", "text": f"{STORY} {number}"}, indent=2) for number in range(3))
    assert [read.name for read in read_bytes(name, data.encode()).tellings] == [f"{name}#{n}" for n in (1, 2, 3)]
    (problem,) = read_bytes("a.json", data[:-20].encode()).problems
    assert problem.lost


def test_marks_within_a_cell_that_nothing_doubles_are_kept() -> None:
    said = f'He said: "yes", and she: "no", and left. {STORY}'
    data = f'number,title,text\n1,A,"{said}"\n2,B,"{STORY}"\n'
    outcome = read_bytes("a.csv", data.encode())
    assert [each.view.text for each in outcome.tellings] == [said, STORY]
    assert [problem.kind for problem in outcome.problems] == ["malformed"]
