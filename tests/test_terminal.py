"""No word of others drives a terminal: every command over a pile with hostile names and metadata."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from project import Called

import tellings
from tellings.edge.readers.names import path_of, printable

Call = Callable[..., Called]
HOSTILE = "\x1b]0;owned\x07\x9b31m\u202ebidi\u2066\u200f\r\x08"
DRIVING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
TEXT = (
    "The mill shut on 9 March 2021, with 12 workers inside. “We heard a bell,” said Ada Quill, 34. She left on Monday."
)


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    folder = tmp_path / "pile"
    folder.mkdir()
    named = {"title": HOSTILE + "The mill", "publisher": HOSTILE, "author": [HOSTILE], "date": HOSTILE, "url": HOSTILE}
    entries = [{"text": TEXT, **named}, {"text": TEXT + " Other words."}, {HOSTILE: HOSTILE}, {"text": TEXT + HOSTILE}]
    (folder / f"a{HOSTILE}.json".replace("\x00", "")).write_text(json.dumps(entries), encoding="utf-8")
    (folder / f"b{HOSTILE}.txt").write_text(f"Title: {HOSTILE}x\nDate: {HOSTILE}\n\n{TEXT}", encoding="utf-8")
    (folder / f"c{HOSTILE}.html").write_text(f"<title>{HOSTILE}</title><p>{TEXT}{HOSTILE}</p>", encoding="utf-8")
    (folder / f"d{HOSTILE}.pdf").write_bytes(b"%PDF-")
    (folder / os.fsdecode(b"e\xff.jsonl")).write_text("{" + HOSTILE, encoding="utf-8")
    return folder


COMMANDS = [
    ("times",),
    ("times", "--format", "json"),
    ("quotes",),
    ("quotes", "--format", "csv"),
    ("quotes", "--format", "json", "--all"),
    ("timeline",),
    *(("timeline", "--format", form) for form in ("markdown", "json", "csv", "timelinejs", "ical")),
    ("brief",),
    ("brief", "--format", "markdown"),
    ("news", "--since", "2020-01-01"),
    ("facts", "--all"),
    ("facts", "--format", "csv"),
    ("stories",),
    ("stories", "--format", "json"),
    ("copies",),
    ("copies", "--format", "json"),
    ("read", "--format", "json"),
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_no_command_lets_it_through(call: Call, hostile: Path, words: tuple[str, ...]) -> None:
    done = call(words[0], hostile, *words[1:], "--jobs", "1")
    said = done.out.decode()
    if "ical" in words or "csv" in words:
        said = said.replace("\r\n", "\n")
    assert done.code == 3
    assert said and "LOST d" in done.err
    assert DRIVING.findall(said) == [] and DRIVING.findall(done.err) == []


def test_read_verify_and_diff(call: Call, hostile: Path, tmp_path: Path) -> None:
    target = tmp_path / f"out{HOSTILE}"
    done = call("read", hostile, "-o", target, "--jobs", "1")
    record = target / "record.json"
    told = json.loads(record.read_text(encoding="utf-8"))
    told["quotes"][0]["id"] = HOSTILE
    told["quotes"][0]["variants"][0]["sentence"]["exact"] = HOSTILE
    record.write_text(json.dumps(told), encoding="utf-8")
    calls = [
        done,
        call("verify", record),
        call("verify", record, "--format", "json"),
        call("verify", tmp_path / HOSTILE),
        call("diff", next(hostile.glob("b*")), next(hostile.glob("c*"))),
        call("diff", tmp_path / HOSTILE, tmp_path / "none"),
    ]
    for each in calls:
        assert each.out or each.err
        assert DRIVING.findall(each.out.decode()) == [] and DRIVING.findall(each.err) == []


def test_odd_names_are_read_recorded_and_verified(tmp_path: Path) -> None:
    names = [b"caf\xe9.txt", b"tab\tline\n.txt", "\u202ecod.txt".encode(), b"literal\\xe9.txt", b"\xc3\xa9.txt"]
    for number, name in enumerate(names):
        (tmp_path / os.fsdecode(name)).write_text(f"{TEXT} Number {number}.", encoding="utf-8")
    record = tellings.read(tmp_path)
    tellings.write(record, tmp_path / "record")
    assert sorted(os.fsencode(path_of(telling.name)) for telling in record.tellings) == sorted(names)
    verified = tellings.verify(tmp_path / "record" / "record.json")
    assert verified.verification.holds and verified.verification.unsourced == () and verified.problems == ()


def test_no_other_name_is_read_back() -> None:
    for name in ("plain.txt", "\\x41", "a\\b", "\\\\xe9", os.fsdecode(b"\\\xe9\\xe9"), "\u00e9\\x5cx"):
        assert path_of(printable(name)) == name
    assert printable("caf\u00e9 “1”.txt") == "caf\u00e9 “1”.txt"
