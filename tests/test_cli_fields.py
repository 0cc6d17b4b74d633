"""`--fields`: on every command that reads articles, kept in the record, and what is said of names that are none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from project import Called

import tellings
from tellings.edge.readers.naming import FieldsError

Call = Callable[..., Called]
TEXTS = [
    'The bridge over the Merrin closed at noon on Monday, 9 March 2015. "It will open again," Ada Brook said.',
    'The mill at Oster burned on Tuesday, 10 March 2015, and 3 people were hurt. "It is gone," Rolf Ash said.',
]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table whose columns nobody knows, and too few words in them to guess."""
    rows = "".join(f'{number},"{text}",2015-03-1{number}\n' for number, text in enumerate(TEXTS))
    path = tmp_path / "articles.csv"
    path.write_text(f"nr,c1,c2\n{rows}", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "words",
    [
        ("read", "--format", "json"), ("quotes", "--format", "json"), ("timeline", "--format", "json"),
        ("brief", "--format", "json"), ("news", "--since", "2015-03-10", "--format", "json"),
        ("facts", "--format", "json"), ("stories", "--format", "json"), ("copies", "--format", "json"),
        ("times", "--format", "json"), ("add", "--format", "json", "--library"),
    ],
    ids=lambda words: words[0],
)  # fmt: skip
def test_every_command_that_reads_articles_takes_it(call: Call, table: Path, words: tuple[str, ...]) -> None:
    library = (table.parent / "kept.db",) if words[-1] == "--library" else ()
    done = call(words[0], table, *words[1:], *library, "--fields", "text=c1,date=c2", "--jobs", "1")
    assert done.code == 0 and json.loads(done.out), done.err
    assert "guessed" not in done.err


def test_check_and_diff_take_it(call: Call, table: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text('"It is gone," Rolf Ash said.\n', encoding="utf-8")
    done = call("check", draft, "--against", table, "--fields", "text=c1", "--format", "json", "--jobs", "1")
    assert done.code == 0 and json.loads(done.out)
    other = tmp_path / "other.csv"
    other.write_text(f'nr,c1\n1,"{TEXTS[0]}"\n', encoding="utf-8")
    assert call("diff", other, draft, "--fields", "text=c1").code == 0


def test_the_record_keeps_what_was_named_and_verify_reads_by_it(call: Call, table: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = call("read", table, "--fields", "text=c1,date=c2", "-o", out, "--jobs", "1", "--quiet")
    assert (done.code, done.err) == (0, "")
    record = tellings.load(out / "record.json")
    assert record.given is not None and record.given.fields == ("text=c1", "date=c2")
    assert [telling.locators[0].name for telling in record.tellings] == ["row 1, line 2, c1", "row 2, line 3, c1"]
    for words in ((), ("--again", "--jobs", "1")):
        done = call("verify", out / "record.json", *words)
        assert done.code == 0, done.err
    told = json.loads((out / "record.json").read_bytes())
    told["given"]["fields"] = ["page=c1"]
    (out / "record.json").write_text(json.dumps(told), encoding="utf-8")
    done = call("verify", out / "record.json")
    assert done.code == 4 and "'page' is nothing that a field can be named for" in done.err


def test_names_that_are_none_are_said_with_those_that_there_are(call: Call, table: Path) -> None:
    done = call("read", table, "--fields", "body=c1")
    assert done.code == 2 and "there are: text, title, date, publisher, author, url, language" in done.err
    done = call("read", table, "--fields", "text=c3", "--format", "json")
    assert done.code == 4 and "it has no field 'c3', named for text; its fields are nr, c1, c2" in done.err
    with pytest.raises(FieldsError, match="there are: text"):
        tellings.read(table, fields={"body": "c1"})
    assert len(tellings.read(table, fields={"text": ["c3", "c1"]}).tellings) == 2


def test_a_pile_of_undated_articles_is_said_loudly_and_kept(call: Call, tmp_path: Path) -> None:
    for number, text in enumerate(TEXTS):
        entry = {"text": text, "erschienen": "2015-03-12"}
        (tmp_path / f"{number}.json").write_text(json.dumps(entry), encoding="utf-8")
    done = call("read", tmp_path, "--format", "json", "--jobs", "1")
    assert done.err.count("\n") == 1 and "2 articles without a date, all that there are" in done.err
    assert "--fields date=erschienen" in done.err
    assert [problem["kind"] for problem in json.loads(done.out)["problems"]] == ["date"]
