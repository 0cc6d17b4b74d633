"""What rules are compiled to is kept for the next run, and is what Python would make."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.model import compiled, rules
from tellings.model.compiled import _Kept

SOURCES = Path(compiled.__file__).parents[2]
#: A telling whose look needs rules of every room, and a name that stands in none of them.
TEXT = "“It sank on Tuesday,” Wrenka Oszwil told reporters on 5 March. Five people were hurt, the harbour office said."
LOOK = """
import sys
from tellings.model.records import Document, DocumentDate
from tellings.model.text import View
from tellings.pipeline import annotate
found = annotate(Document("a", "a", "a", "text/plain", View.plain(sys.argv[1]), DocumentDate(None, "", "")))
for quotation in found.quotes:
    print(quotation.content.of(sys.argv[1]))
for mention in found.mentions:
    print(mention.span.of(sys.argv[1]))
"""


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> _Kept:
    """An empty store of its own."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    store = _Kept(tmp_path / "deep" / "rules")
    monkeypatch.setattr(compiled, "_KEPT", store)
    return store


def _again(kept: _Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next run: what was made is written, and nothing of it is in memory."""
    kept.write()
    monkeypatch.setattr(compiled, "_KEPT", _Kept(kept._file))


def _every_pattern() -> list[str]:
    """All patterns of all rooms and languages, with their lists filled in."""
    found = []
    for language in rules.languages():
        for folder in sorted((SOURCES / "tellings" / "data" / language).iterdir()):
            if folder.is_dir():
                room = rules.load(language, folder.name)
                for rule in (*room.rules, *room.patterns.values()):
                    try:
                        re.compile(pattern := room.expand(rule.pattern))
                    except (re.error, rules.RuleError):
                        continue  # its room makes something of it first
                    found.append(pattern)
    return found


def test_a_kept_pattern_is_the_one_that_python_makes(kept: _Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    patterns = _every_pattern()
    assert len(patterns) > 800
    for each in patterns:
        compiled.pattern(each, re.IGNORECASE)
    _again(kept, monkeypatch)
    monkeypatch.setattr(compiled, "_code_of", None)  # nothing is made anew
    monkeypatch.setattr(compiled.re, "compile", None)
    found = [compiled.pattern(each, re.IGNORECASE) for each in patterns]
    monkeypatch.undo()
    for each, one in zip(patterns, found, strict=True):
        assert one == re.compile(each, re.IGNORECASE)
        assert one.groupindex == re.compile(each, re.IGNORECASE).groupindex


@pytest.mark.filterwarnings("ignore::FutureWarning")
@given(st.from_regex(r"[a-c.|*?()\[\]\\w]{1,12}", fullmatch=True), st.sampled_from([0, re.IGNORECASE, re.DOTALL]))
def test_whatever_is_asked_for_comes_out_as_python_has_it(written: str, flags: int) -> None:
    try:
        wanted = re.compile(written, flags)
    except re.error:
        with pytest.raises(re.error):
            compiled.pattern(written, flags)
        return
    assert compiled.pattern(written, flags) == wanted
    assert compiled._assembled(written, compiled._code_of(written, flags)) == wanted


def test_the_same_words_with_another_case_are_two_patterns(kept: _Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(2):
        assert compiled.pattern("osk", re.IGNORECASE).match("OSK")
        assert not compiled.pattern("osk").match("OSK")
        _again(kept, monkeypatch)


def test_a_file_of_rules_is_parsed_once(kept: _Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    text = '[lists]\nweekday = ["Monday"]\n'
    assert compiled.parsed(text) == {"lists": {"weekday": ["Monday"]}}
    _again(kept, monkeypatch)
    monkeypatch.setattr(compiled.tomllib, "loads", None)
    assert compiled.parsed(text) == {"lists": {"weekday": ["Monday"]}}


@pytest.mark.parametrize(
    "spoilt",
    [
        pytest.param(lambda content: content[:-7], id="cut short"),
        pytest.param(lambda content: content[:-1] + bytes([content[-1] ^ 1]), id="one bit turned"),
        pytest.param(lambda content: b"tellings rules 0\n" + content[17:], id="of another form"),
        pytest.param(lambda content: b"", id="empty"),
    ],
)
def test_what_cannot_be_used_is_made_anew(
    kept: _Kept, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, spoilt: object
) -> None:
    compiled.pattern("a|b")
    kept.write()
    file = tmp_path / "deep" / "rules"
    file.write_bytes(spoilt(file.read_bytes()))  # type: ignore[operator]
    _again(kept, monkeypatch)
    assert compiled._KEPT.get(("pattern", "a|b", 0)) is None
    assert compiled.pattern("a|b") == re.compile("a|b")


def test_code_that_this_python_does_not_take_is_made_anew(kept: _Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    code = compiled._code_of("a|b", 0)
    kept.put(("pattern", "a|b", 0), (code[0], code[1][:-4], *code[2:]))
    _again(kept, monkeypatch)
    assert compiled.pattern("a|b") == re.compile("a|b")


def test_where_nothing_may_be_written_nothing_is_and_all_goes_on(
    kept: _Kept, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert compiled.pattern("a|b").match("b")
    kept.write()
    assert not (tmp_path / "deep").exists()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "deep").write_text("a file where a folder should be")
    compiled.pattern("a|c")
    kept.write()
    assert (tmp_path / "deep").is_file()


def test_what_is_no_longer_asked_for_does_not_pile_up(
    kept: _Kept, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(compiled, "_MOST", 3)
    for words in ("ab", "cd"):
        for each in words:
            compiled.pattern(each)
        _again(kept, monkeypatch)
        kept = compiled._KEPT
    assert compiled._KEPT.get(("pattern", "a", 0)) is None
    assert compiled._KEPT.get(("pattern", "d", 0)) is not None


@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_a_worker_keeps_what_it_made_and_only_that(kept: _Kept, tmp_path: Path) -> None:
    compiled.pattern("of the parent")
    child = os.fork()
    if not child:
        compiled.pattern("of the worker")
        compiled._KEPT.write()
        os._exit(0)
    os.waitpid(child, 0)
    assert set(compiled._read(tmp_path / "deep" / "rules")) == {("pattern", "of the worker", 0)}
    kept.write()
    assert len(compiled._read(tmp_path / "deep" / "rules")) == 2


def test_the_next_run_finds_what_the_first_kept_and_no_word_of_an_article(tmp_path: Path) -> None:
    told = [_looked(tmp_path) for _ in range(3)]
    (file,) = tmp_path.rglob("*.rules")
    assert told[0] == told[1] == told[2]
    assert "Wrenka Oszwil" in told[0]
    assert b"Oszwil" not in file.read_bytes()


def _looked(folder: Path) -> str:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPATH": str(SOURCES), "PYTHONPYCACHEPREFIX": str(folder)}
    command = [sys.executable, "-c", LOOK, TEXT]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
