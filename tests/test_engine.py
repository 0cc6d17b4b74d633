"""The engines: the same results in the same order from all, nothing lost where a worker is killed, none left behind."""

from __future__ import annotations

import os
import pickle
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import tellings
from tellings import library
from tellings.edge.engine import Ended, Engine, Local, Pool, Stage, StageFileError, Stages, engine
from tellings.edge.writers.json import encode
from tellings.library.annotate import Look, each
from tellings.model.engine import Item, Result
from tellings.model.record import Record
from tellings.model.records import Document, DocumentDate, Telling
from tellings.model.text import View
from tellings.pipeline import annotate, relate, unread


class Elsewhere:
    """An engine as one over machines is: what it works on, and what it gives, goes over a wire, in any order."""

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result | Ended]:
        sent = [pickle.dumps((function, item)) for item in items]
        made = {place: pickle.dumps(_worked(sent[place])) for place in reversed(range(len(sent)))}
        return (pickle.loads(made[place]) for place in range(len(sent)))


def _worked(data: bytes) -> Any:
    function, item = pickle.loads(data)
    return function(item)


ENGINES: list[Engine] = [Local(), Pool(2), Elsewhere()]
every_engine = pytest.mark.parametrize("given_engine", ENGINES, ids=["local", "pool", "elsewhere"])


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


@pytest.mark.parametrize("given_engine", ENGINES[:2], ids=["local", "pool"])
def test_an_error_in_one_item_comes_out_in_its_place(given_engine: Engine) -> None:
    results: Iterator[Telling | Ended] = given_engine.map(refuses, DOCUMENTS)
    assert [found.id for _ in range(3) if isinstance(found := next(results), Telling)] == [
        "telling-0",
        "telling-1",
        "telling-2",
    ]
    with pytest.raises(ValueError, match="telling-3"):
        next(results)


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


# ---- what the library makes with an engine


def articles(folder: Path) -> Path:
    """Two stories, of two articles each, and one article in a language without rules."""
    folder.mkdir()
    for day in (5, 6):
        for name, text in (
            ("lock", "The lock at Merrin was closed after 14 people were hurt, Ada Brook, a harbour clerk, said."),
            ("choir", "The Osk choir sang “The Long Road” for Tam Reed, a teacher, who left for the north on Friday."),
        ):
            told = (
                f"Title: {text[:28]}\ndate 2019-03-0{day}\n\n{text}\n\n“It was a long {day} days,” one of them said.\n"
            )
            (folder / f"{name}-{day}.txt").write_text(told, encoding="utf-8")
    german = "Die Schleuse wurde am Montag geschlossen, nachdem viele Menschen verletzt worden waren, wie sie sagte. "
    (folder / "schleuse.txt").write_text(german * 3, encoding="utf-8")
    return folder


@every_engine
def test_records_and_stories_are_the_same_by_any_engine(given_engine: Engine, tmp_path: Path) -> None:
    pile = articles(tmp_path / "pile")
    assert encode(tellings.read(pile, jobs=given_engine)) == encode(tellings.read(pile))
    assert tellings.stories(pile, jobs=given_engine) == tellings.stories(pile)
    assert tellings.timeline(pile, jobs=given_engine) == tellings.timeline(pile)
    assert tellings.copies(pile, jobs=given_engine) == tellings.copies(pile)


@every_engine
def test_all_that_is_told_across_a_story_is_a_function_of_its_tellings(given_engine: Engine, tmp_path: Path) -> None:
    """A pile sorted into stories: each story is related, and its record laid out, by any engine."""
    pile = articles(tmp_path / "pile")
    sorted_pile = tellings.stories(pile)
    read = {telling.id: telling for telling in tellings.story(pile).tellings}
    stories = [tuple(read[member] for member in line.tellings) for line in sorted_pile.stories]
    assert [len(story) for story in stories] == [2, 2, 1]
    here = [encode(library.tell(relate(story))) for story in stories]
    assert [encode(record) for record in given_engine.map(related, stories) if isinstance(record, Record)] == here
    assert [encode(record) for record in given_engine.map(related, [story[::-1] for story in stories])] == here


def related(story: tuple[Telling, ...]) -> Record:
    return library.tell(relate(story))


def test_a_story_that_ends_its_worker_is_told_by_its_headline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pile = articles(tmp_path / "pile")
    whole = tellings.stories(pile)
    monkeypatch.setattr("tellings.library.copying.pipeline.spoken", kills_its_process)
    found = tellings.stories(pile, jobs=Pool(2))
    assert [line.tellings for line in found.stories] == [line.tellings for line in whole.stories]
    shown = {problem.place for problem in found.problems if "ended the worker" in problem.message}
    assert len(shown) == len([line for line in whole.stories if "schleuse" not in found.documents[line.id].name])


def kills_its_process(document: Document, *, model: bool) -> Telling:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


# ---- stage files


def of_any(result: object) -> bool:
    return True


class Annotating:
    """A function that says what is known of its results."""

    @property
    def stage(self) -> Stage:
        return Stage("annotate", Telling, of_any)

    def __call__(self, document: Document) -> Telling:
        return annotate(document)


def staged(folder: Path, documents: list[Document], given_engine: Engine, version: str = "1") -> list[Telling | Ended]:
    return list(Stages(folder, given_engine, version).map(Annotating(), documents))


class Nobody:
    """An engine that has nothing to do."""

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result | Ended]:
        assert list(items) == []
        return iter(())


@every_engine
def test_stage_files_give_back_what_was_made(given_engine: Engine, tmp_path: Path) -> None:
    expected = [annotate(each) for each in DOCUMENTS]
    assert staged(tmp_path, DOCUMENTS, given_engine) == expected
    made = (tmp_path / "annotate.jsonl").read_bytes()
    assert staged(tmp_path, DOCUMENTS, Nobody()) == expected
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
    assert staged(tmp_path, DOCUMENTS[::-2], Nobody()) == expected[::-2]


def test_a_document_that_differs_in_anything_is_another(tmp_path: Path) -> None:
    staged(tmp_path, DOCUMENTS[:1], Local())
    for change in ({"name": "other"}, {"date": DocumentDate(None, "", "unknown")}, {"origin": "elsewhere"}):
        other = replace(DOCUMENTS[0], **change)
        assert staged(tmp_path, [other], Local()) == [annotate(other)]


def test_a_file_of_another_version_is_refused(tmp_path: Path) -> None:
    staged(tmp_path, DOCUMENTS[:1], Local())
    with pytest.raises(StageFileError, match="another folder"):
        staged(tmp_path, DOCUMENTS[:1], Local(), version="2")
    path = tmp_path / "annotate.jsonl"
    for spoilt in (b"no stage file\n", re.sub(rb'"document":.*', b'"document":1}]', path.read_bytes()) + b"\n"):
        path.write_bytes(spoilt)
        with pytest.raises(StageFileError, match="take it out"):
            staged(tmp_path, DOCUMENTS[:1], Local())


def test_what_json_cannot_hold_is_made_each_time(tmp_path: Path) -> None:
    broken = document(0)
    broken = Document(
        "half", "half", "half", "text/plain", View.plain("Nora Quill wrote \ud83d on Monday."), broken.date
    )
    for _ in range(2):
        assert staged(tmp_path, [broken, *DOCUMENTS[:1]], Local()) == [annotate(broken), annotate(DOCUMENTS[0])]


def test_a_record_is_made_of_what_was_kept(tmp_path: Path) -> None:
    pile = articles(tmp_path / "pile")
    alone = encode(tellings.read(pile))
    assert encode(tellings.read(pile, jobs=library.stages(tmp_path / "kept"))) == alone
    kept = library.stages(tmp_path / "kept", Nobody())
    assert encode(tellings.read(pile, jobs=kept)) == alone
    assert tellings.timeline(pile, jobs=kept) == tellings.timeline(pile)


def test_what_was_not_found_for_want_of_memory_is_looked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pile = articles(tmp_path / "pile")

    def fails(document: Document) -> Telling:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr("tellings.pipeline.annotate", fails)
        assert any(
            problem.kind == "unreadable" for problem in tellings.read(pile, jobs=library.stages(tmp_path)).problems
        )
    assert encode(tellings.read(pile, jobs=library.stages(tmp_path))) == encode(tellings.read(pile))


KILLED = """
import os, signal, sys
from tellings import library, pipeline
annotate, left = pipeline.annotate, [2]

def ends(document):
    left[0] -= 1
    if left[0] < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return annotate(document)

pipeline.annotate = ends
library.read(sys.argv[1], jobs=library.stages(sys.argv[2]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_a_killed_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    pile, kept = articles(tmp_path / "pile"), tmp_path / "kept"
    done = subprocess.run([sys.executable, "-c", KILLED, str(pile), str(kept)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert len((kept / "within.jsonl").read_bytes().splitlines()) == 1 + 2
    assert encode(tellings.read(pile, jobs=library.stages(kept))) == encode(tellings.read(pile))
    assert len((kept / "within.jsonl").read_bytes().splitlines()) == 1 + 5


def test_stage_files_are_no_articles(tmp_path: Path) -> None:
    pile = articles(tmp_path / "pile")
    names = [telling.name for telling in tellings.read(pile, jobs=library.stages(pile / "kept")).tellings]
    again = tellings.read(pile)
    assert [telling.name for telling in again.tellings] == names
    assert [problem.place for problem in again.problems if problem.kind == "own-output"] == ["kept/within.jsonl"]
