"""Files appear whole or not at all, and nothing else takes harm."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from project import Called

from tellings.edge.exports import EXPORTS, Export
from tellings.edge.saving import save

Call = Callable[..., Called]
TEXT = (
    "date 2021-03-10\n\nThe mill shut on 9 March 2021, with {} workers inside. “We heard a bell,” said Ada Quill, 34.\n"
)


def test_a_file_is_new_or_takes_the_place_of_another(tmp_path: Path) -> None:
    file = tmp_path / ("n" * 250)  # as long as names may be
    save(file, b"one")
    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (b"one", 0o644)
    file.chmod(0o600)
    save(file, b"two")
    assert (file.read_bytes(), stat.S_IMODE(file.stat().st_mode)) == (b"two", 0o600)
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("there", [True, False])
def test_a_link_stays_one(tmp_path: Path, there: bool) -> None:
    (tmp_path / "far").mkdir()
    file, link = tmp_path / "far" / "file", tmp_path / "link"
    if there:
        file.write_bytes(b"old")
    link.symlink_to(file)
    save(link, b"new")
    assert link.is_symlink() and file.read_bytes() == b"new"


def test_a_link_that_leads_to_itself_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(OSError):
        save(tmp_path / "loop", b"new")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()), daemon=True)
    reader.start()
    save(pipe, b"words")
    reader.join(10)
    assert got == [b"words"] and stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A folder with two articles."""
    (tmp_path / "pile").mkdir()
    for name in ("a", "b"):
        (tmp_path / "pile" / f"{name}.txt").write_text(TEXT.format(12 + ord(name)), encoding="utf-8")
    return tmp_path / "pile"


def test_a_disk_that_fills_keeps_what_was_decided(
    call: Call, two: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, page = tmp_path / "decided.jsonl", tmp_path / "page.html"
    assert call("stories", two, "--decisions", kept, "--apart", "a.txt", "b.txt").code == 0
    assert call("diff", two / "a.txt", two / "b.txt", "--html", page).code == 0
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    monkeypatch.setattr("tellings.edge.saving.os.fdopen", _full)
    done = call("stories", two, "--decisions", kept, "--same", "a.txt", "b.txt")
    assert done.code == 4 and "No space left" in done.err
    done = call("diff", two / "a.txt", two / "b.txt", "--html", page)
    assert done.code == 4 and "No space left" in done.err
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


@pytest.mark.parametrize("export", EXPORTS, ids=lambda each: f"{each.view} as {each.form}")
def test_an_export_takes_the_place_of_another_and_of_no_other_file(
    call: Call, two: Path, tmp_path: Path, export: Export
) -> None:
    assert call("read", two, "-o", tmp_path / "record", "--quiet").code == 0
    file = tmp_path / "file"
    words = ("export", tmp_path / "record" / "record.json", "--to", export.form, "--view", export.view, "-o", file)
    assert (call(*words).code, call(*words).code) == (0, 0)
    written = file.read_bytes()
    file.write_text("My notes, which nobody else has.\n", encoding="utf-8")
    done = call(*words)
    assert done.code == 4 and "was not written by tellings" in done.err and "--force" in done.err
    assert file.read_text(encoding="utf-8").startswith("My notes")
    assert call(*words, "--force").code == 0 and file.read_bytes() == written


def test_a_page_of_two_articles_takes_the_place_of_no_other_file(call: Call, two: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><p>My own page</p>", encoding="utf-8")
    words = ("diff", two / "a.txt", two / "b.txt", "--html", page)
    assert call(*words).code == 4 and "My own page" in page.read_text(encoding="utf-8")
    assert call(*words, "--force").code == 0 and "My own page" not in page.read_text(encoding="utf-8")
    assert call(*words).code == 0


def _full(handle: int, mode: str) -> None:
    os.close(handle)
    raise OSError(28, "No space left on device")
