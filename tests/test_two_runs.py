"""Two runs that are given one folder: one after the other, and never for ever."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from project import ROOT, Called
from site_of_ours import Asked, Site, answer, page, site
from test_fetching import UNPACED

import tellings
from tellings.edge.fetching import lock
from tellings.edge.fetching.lock import Lock, LockedError
from tellings.edge.fetching.pace import Pace
from tellings.library import fetching

Call = Callable[..., Called]
HOLD = """
import sys, time
from pathlib import Path
from tellings.edge.fetching.lock import Lock
with Lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def ours(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(fetching, "Pace", lambda: Pace(0.0))
    with site() as told:
        yield told


def held_by_another(folder: Path) -> subprocess.Popen[str]:
    run = subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert run.stdout is not None and run.stdout.readline() == "held\n"
    run.stdout.close()
    return run


def test_two_fetches_ask_once_and_keep_each_article_once(ours: Site, tmp_path: Path) -> None:
    for number in range(4):
        whole = answer(page(f"Story {number}", f"Bridge {number} was closed."))

        def slowly(asked: Asked, whole: Callable[[Asked], None] = whole) -> None:
            time.sleep(0.1)
            whole(asked)

        ours.says[f"/{number}"] = slowly
    folder = tmp_path / "in"
    addresses = [f"{ours.at}/{number}" for number in range(4)]
    command = [sys.executable, "-c", UNPACED, "fetch", *addresses, "--into", str(folder), "--allow-private"]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) for _ in range(3)]
    said = [run.communicate(timeout=60)[0] for run in runs]
    assert [run.returncode for run in runs] == [0, 0, 0]
    assert sorted(ours.paths()) == ["/0", "/1", "/2", "/3"]
    assert sorted(text.splitlines()[-1] for text in said) == ["4 already there", "4 already there", "4 kept"]
    assert len(list(folder.glob("*.html"))) == 4 and len(list(folder.iterdir())) == 8, "nothing else is left there"


def test_who_has_the_folder_is_said_where_it_does_not_end(
    ours: Site, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "_PATIENCE", 0.3)
    ours.says["/a"] = answer(page("A", "The bridge was closed."))
    other = held_by_another(tmp_path)
    try:
        done = call("fetch", ours.at + "/a", "--into", tmp_path, "--allow-private")
        assert done.code == 4 and f"process {other.pid}" in done.err and ours.asked == []
        monkeypatch.chdir(tmp_path)
        fetched = held_by_another(tmp_path / "fetched")
        try:
            with pytest.raises(tellings.NothingReadError) as caught:
                tellings.read(ours.at + "/a")
            (problem,) = caught.value.problems
            assert f"process {fetched.pid}" in problem.message and problem.remedy == "let it end, and try again"
        finally:
            fetched.kill()
            fetched.wait()
    finally:
        other.kill()
        other.wait()
    assert call("fetch", ours.at + "/a", "--into", tmp_path, "--allow-private").code == 0, "it was killed"


def test_one_that_ends_is_waited_for(ours: Site, tmp_path: Path) -> None:
    ours.says["/a"] = answer(page("A", "The bridge was closed."))
    other = held_by_another(tmp_path)
    stages: list[str] = []

    def progress(stage: str, done: int, total: int) -> None:
        if stage == "waiting for another run":
            assert ours.asked == []
            threading.Timer(0.2, other.kill).start()
        stages.append(stage)

    (outcome,) = tellings.fetch(ours.at + "/a", into=tmp_path, allow_private=True, progress=progress)
    other.wait()
    assert outcome.outcome == "kept" and stages == ["waiting for another run", "fetching"]


def test_what_is_there_is_told_without_waiting(ours: Site, tmp_path: Path) -> None:
    ours.says["/a"] = answer(page("A", "The bridge was closed."))
    tellings.fetch(ours.at + "/a", into=tmp_path, allow_private=True)
    with Lock(tmp_path):
        told = tellings.fetch(ours.at + "/a", "ftp://a.example/b", into=tmp_path, allow_private=True)
    assert [each.outcome for each in told] == ["already", "refused"]


def test_nothing_is_left_of_a_lock(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    with Lock(folder):
        assert folder.is_dir()
    assert not folder.exists()
    folder.mkdir()
    with Lock(folder):
        pass
    assert list(folder.iterdir()) == []


def test_of_many_that_wait_one_has_it_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_LOOKS", 0.001)
    inside, most, done = 0, 0, 0

    def run() -> None:
        nonlocal inside, most, done
        for _ in range(20):
            with Lock(tmp_path / "in", patience=30):
                inside += 1
                most = max(most, inside)
                time.sleep(0.0005)
                inside -= 1
                done += 1

    threads = [threading.Thread(target=run) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert (most, done) == (1, 80)


def test_a_folder_that_is_taken_away_while_it_is_asked_for_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, refused = os.mkdir, []

    def mkdir(path: Path, *mode: int) -> None:
        if Path(path) == tmp_path / "in" and not refused:
            refused.append(path)
            raise FileExistsError(path)  # it was there then; whoever looks now sees nothing
        make(path, *mode)

    monkeypatch.setattr(os, "mkdir", mkdir)
    with Lock(tmp_path / "in"):
        assert refused and (tmp_path / "in").is_dir()


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_run_that_is_stopped_has_it_and_one_that_is_killed_has_not(tmp_path: Path) -> None:
    other = held_by_another(tmp_path)
    other.send_signal(signal.SIGSTOP)
    with pytest.raises(LockedError, match=str(other.pid)):
        Lock(tmp_path).__enter__()
    other.kill()
    other.wait()
    with Lock(tmp_path, patience=5):
        pass


def test_a_folder_on_a_disk_without_locks_is_used_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(handle: int) -> None:
        raise OSError(lock.errno.ENOLCK, "No locks available")

    monkeypatch.setattr(lock, "_take", refuse)
    with Lock(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []
