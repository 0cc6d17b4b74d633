"""`tellings times`: what a reader sees, what a program gets, and bad input."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tellings.times import from_timeml

ARTICLE = (
    "Mill shut\n\nThe mill shut on Monday. It had opened on 4/3/2010, and runs 24 hours a day.\n\nIt ran for years."
)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "mill.txt"
    path.write_text(ARTICLE)
    return path


def run(*words: str | Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tellings", "times", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, input=stdin, check=False)


def test_a_table_says_where_what_and_when(article: Path) -> None:
    shown = run(article, "--dct", "2015-06-17")
    assert shown.returncode == 0, shown.stderr
    lines = shown.stdout.splitlines()
    assert lines[0] == "mill.txt: document date 2015-06-17 (given)"
    (monday,) = (line for line in lines if "Monday" in line)
    assert monday.split()[:4] == ["3:18", "Monday", "DATE", "2015-06-15"]
    assert "inferred" in monday
    assert lines[-1] == "3 time expressions"


def test_without_a_date_the_reason_is_told(article: Path) -> None:
    shown = run(article).stdout
    assert "document date unknown: give it with --dct" in shown
    assert "the date of this part is unknown" in shown


def test_the_country_decides_what_figures_mean(article: Path) -> None:
    for country, value in (("US", "2010-04-03"), ("gb", "2010-03-04")):
        (found,) = json.loads(run(article, "--country", country, "--format", "json").stdout)
        assert [each["value"] for each in found["timexes"] if each["exact"] == "4/3/2010"] == [value]


def test_objects_point_into_the_text(article: Path) -> None:
    (found,) = json.loads(run(article, "--dct", "2015-06-17", "--format", "json").stdout)
    assert found["dct"] == {"value": "2015-06-17", "evidence": "given"}
    for each in found["timexes"]:
        assert ARTICLE[each["start"] : each["end"]] == each["exact"]
        assert ARTICLE.splitlines()[each["line"] - 1][each["column"] - 1 :].startswith(each["exact"])


def test_timeml_of_standard_input() -> None:
    shown = run("-", "--dct", "2015-06-17", "--format", "timeml", stdin="It shut on Monday.\n")
    read = from_timeml(shown.stdout)
    assert [each.value for each in read.timexes] == ["2015-06-15"]
    assert read.text == "It shut on Monday.\n"


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["nowhere.txt"], 4, "nothing could be read"),
        (["{article}", "--country", "Oz1"], 2, "no two-letter country code"),
        (["{article}", "--dct", "2015-02-30"], 2, "--dct"),
        (["{article}", "{article2}", "--format", "timeml"], 2, "TimeML holds one article"),
        (["{article}", "nowhere.txt"], 3, "LOST"),
    ],
)
def test_bad_input_is_named(article: Path, words: list[str], code: int, says: str) -> None:
    other = article.with_name("other.txt")
    other.write_text("It shut in May 2014, and the mayor wept.")
    filled = [word.format(article=article, article2=other) for word in words]
    shown = run(*filled)
    assert shown.returncode == code, shown.stderr
    assert says in shown.stderr
    assert "Traceback" not in shown.stderr
