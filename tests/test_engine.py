"""The engines: the same results in the same order from all, nothing lost where a worker is killed, none left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tellings.edge.engine import Ended, Engine, Local, Pool, Stages, engine
from tellings.edge.engine.stages import StageFileError
from tellings.library.annotate import Look, each
from tellings.model.records import Document, DocumentDate, Telling
from tellings.model.text import View
from tellings.pipeline import annotate, unread

ENGINES: list[Engine] = [Local(), Pool(2)]
every_engine = pytest.mark.parametrize("given_engine", ENGINES, ids=["local", "pool"])


def document(index: int) -> Document:
    name = f"telling-{index}"
    text = f"Nora Quill waited {index + 1} hours on the quay.\n\n“The lamp is lit,” she said on Monday."
    dated = DocumentDate(date(2019, 3, 6), "test", "test")
    return Document(name, name, name, "text/plain", View.plain(text), dated)


DOCUMENTS = [document(index) for index in range(9)]


def refuses(document: Document) -> Telling:
    if document.name == "telling-3":
        raise ValueError(f"cannot read {document.name}")
    return annotate(document)


def kills(number: int) -> int:
    """Ends its process for numbers that end in 7."""
    if number % 10 == 7:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def ends_at_three(document: Document) -> Telling:
    if document.name == "telling-3":
        os.kill(os.getpid(), signal.SIGKILL)
    return annotate(document)


def test_one_job_is_the_local_loop() -> None:
    assert all(isinstance(engine(jobs), Local) for jobs in (0, 1))
    assert isinstance(engine(2), Pool)


@every_engine
@pytest.mark.parametrize("count", [0, 1, 9])
def test_map_gives_all_in_order(given_engine: Engine, count: int) -> None:
    documents = DOCUMENTS[:count]
    assert list(given_engine.map(annotate, iter(documents))) == [annotate(each) for each in documents]


@every_engine
def test_an_error_in_one_item_comes_out_in_its_place(given_engine: Engine) -> None:
    results: Iterator[Telling | Ended] = given_engine.map(refuses, DOCUMENTS)
    assert [found.id for _ in range(3) if isinstance(found := next(results), Telling)] == [
        "telling-0",
        "telling-1",
        "telling-2",
    ]
    with pytest.raises(ValueError, match="telling-3"):
        next(results)


@every_engine
@given(keyed=st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 9))))
def test_group_keeps_every_item_under_its_key(given_engine: Engine, keyed: list[tuple[str, int]]) -> None:
    found = list(given_engine.group(keyed))
    assert [key for key, _ in found] == sorted({key for key, _ in keyed})
    for key, items in found:
        assert items == [item for other, item in keyed if other == key]


@every_engine
@given(pairs=st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=9))
def test_join_gives_what_hangs_together(given_engine: Engine, pairs: list[tuple[int, int]]) -> None:
    found = given_engine.join(range(8), pairs)
    assert sorted(item for group in found for item in group) == list(range(8))
    assert found == given_engine.join(range(8), [(b, a) for a, b in reversed(pairs)])
    where = {item: number for number, group in enumerate(found) for item in group}
    assert all(where[a] == where[b] for a, b in pairs)
    # Slow and obvious: what can be reached from the first of each.
    for group in found:
        reached = {group[0]}
        for _ in range(8):
            reached |= {b for a, b in pairs if a in reached} | {a for a, b in pairs if b in reached}
        assert sorted(reached) == sorted(group)


def test_local_does_no_work_ahead() -> None:
    done: list[str] = []

    def note(document: Document) -> Telling:
        done.append(document.name)
        return Telling(document)

    results = Local().map(note, DOCUMENTS)
    next(results)
    assert done == ["telling-0"]


# ---- workers that end


@pytest.mark.parametrize("count", [8, 40, 300])
def test_an_item_that_ends_its_worker_costs_itself_alone(count: int) -> None:
    found = list(Pool(2).map(kills, range(count)))
    assert found == [Ended(place) if place % 10 == 7 else place * place for place in range(count)]


def test_a_text_that_ends_the_worker_is_shown_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    # Else so small a pile is read in this process, which would end.
    monkeypatch.setattr("tellings.library.annotate._WORTH_A_WORKER", 1)
    tellings, problems = each(DOCUMENTS, Look(ends_at_three, unread), jobs=2)
    here, _ = each(DOCUMENTS, Look(annotate, unread))
    assert tellings == tuple(told if told.id != "telling-3" else unread(DOCUMENTS[3]) for told in here)
    assert [problem.place for problem in problems] == ["telling-3"]
    assert "ended the worker" in problems[0].message


PARENT = """
import os, sys, time
from tellings.edge.engine import Pool

def waits(number):
    os.write(1, f"{os.getpid()}\\n".encode())  # at once, so that no other worker writes between
    time.sleep(600)

list(Pool(2).map(waits, range(8)))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_workers_do_not_outlive_a_killed_parent(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        try:
            workers = [int(parent.stdout.readline()) for _ in range(2)]
        finally:
            parent.kill()
        # The pipe closes when the last process that holds it has ended: no time needs to be guessed.
        parent.stdout.read()
    for worker in workers:
        while _lives(worker):
            time.sleep(0.01)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    # One that ended and that nobody has asked for yet still has its number.
    status = Path(f"/proc/{process}/stat")
    return not (status.is_file() and status.read_text().rpartition(")")[2].split()[0] == "Z")


# ---- stage files


def key(document: Document) -> str:
    return f"{document.id} {document.view.source.digest}"


def staged(folder: Path, documents: list[Document], given_engine: Engine, version: str = "1") -> list[Telling | Ended]:
    return list(Stages(folder, given_engine, version).map("annotate", annotate, documents, key=key, of=Telling))


@every_engine
def test_stage_files_give_back_what_was_made(given_engine: Engine, tmp_path: Path) -> None:
    expected = [annotate(each) for each in DOCUMENTS]
    assert staged(tmp_path, DOCUMENTS, given_engine) == expected
    made = (tmp_path / "annotate.jsonl").read_bytes()
    # Read again, nothing is made.
    assert staged(tmp_path, DOCUMENTS, given_engine) == expected
    assert (tmp_path / "annotate.jsonl").read_bytes() == made


@pytest.mark.parametrize("cut", [1, 200, 5000])
def test_a_stage_goes_on_where_it_was_ended(tmp_path: Path, cut: int) -> None:
    expected = staged(tmp_path, DOCUMENTS, Local())
    path = tmp_path / "annotate.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole[:-cut])
    assert staged(tmp_path, DOCUMENTS, Local()) == expected
    assert path.read_bytes() == whole
    # What is asked for in another order, or in part, comes from the same file.
    assert staged(tmp_path, DOCUMENTS[::-2], Local()) == expected[::-2]


def test_a_file_of_another_version_is_refused(tmp_path: Path) -> None:
    staged(tmp_path, DOCUMENTS[:1], Local())
    with pytest.raises(StageFileError, match="another folder"):
        staged(tmp_path, DOCUMENTS[:1], Local(), version="2")
    (tmp_path / "annotate.jsonl").write_text("no stage file\n")
    with pytest.raises(StageFileError, match="take it out"):
        staged(tmp_path, DOCUMENTS[:1], Local())


def test_what_json_cannot_hold_is_made_each_time(tmp_path: Path) -> None:
    broken = document(0)
    broken = Document(
        "half", "half", "half", "text/plain", View.plain("Nora Quill wrote \ud83d on Monday."), broken.date
    )
    for _ in range(2):
        assert staged(tmp_path, [broken, *DOCUMENTS[:1]], Local()) == [annotate(broken), annotate(DOCUMENTS[0])]
