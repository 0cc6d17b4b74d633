"""Keeping a folder up with feeds: each story once, whatever feeds call it and whenever a run is killed."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from project import ROOT, Called
from site_of_ours import Asked, Site, answer, leads, page, raw, site
from test_fetching import UNPACED, fetcher, heed_interrupts, until

from tellings import Library
from tellings.cli.fetch import _Duration
from tellings.edge.fetching import keeping
from tellings.edge.fetching.lock import Lock, LockedError
from tellings.edge.fetching.pace import Pace
from tellings.edge.fetching.state import NAME, State
from tellings.edge.fetching.watching import Round, Watch
from tellings.edge.readers import read_paths
from tellings.edge.readers.feed import Listed
from tellings.edge.readers.sidecar import load
from tellings.library import fetching

Call = Callable[..., Called]


@pytest.fixture
def ours(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(fetching, "Pace", lambda: Pace(0.0))
    with site() as told:
        yield told


def feed(*items: Mapping[str, str]) -> str:
    """An RSS feed."""
    listed = "".join(
        "<item>" + "".join(f"<{name}>{escape(value)}</{name}>" for name, value in item.items()) + "</item>"
        for item in items
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>News</title>{listed}</channel></rss>"


def stories(told: Site, *numbers: int, name: str = "n") -> list[dict[str, str]]:
    """Items of stories, which are told from now on."""
    for number in numbers:
        told.says[f"/{name}/{number}"] = answer(page(f"Story {name}{number}", f"Bridge {name}{number} was closed."))
    return [
        {"title": f"Story {number}", "link": f"{told.at}/{name}/{number}", "guid": f"{name}{number}"}
        for number in numbers
    ]


def look(folder: Path, *feeds: str) -> Round:
    with Watch(folder) as watch:
        return watch.round(feeds, fetcher())


def outcomes(found: Round) -> list[str]:
    return sorted(outcome.outcome for outcome in found.items)


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.html"))


# ---- each story once


def test_what_is_new_is_fetched_once(ours: Site, tmp_path: Path) -> None:
    ours.says["/feed"] = answer(feed(*stories(ours, 2, 1)))
    assert outcomes(look(tmp_path, ours.at + "/feed")) == ["kept", "kept"]
    assert ours.paths() == ["/feed", "/n/1", "/n/2"], "the oldest first"
    assert outcomes(look(tmp_path, ours.at + "/feed")) == []
    ours.says["/feed"] = answer(feed(*stories(ours, 3, 2, 1)))
    assert outcomes(look(tmp_path, ours.at + "/feed")) == ["kept"]
    assert sorted(ours.paths()) == ["/feed", "/feed", "/feed", "/n/1", "/n/2", "/n/3"]
    assert len(files(tmp_path)) == len(read_paths([tmp_path])[0]) == 3
    sidecar = load(next(tmp_path.glob("*.json")))
    assert sidecar is not None and sidecar.item is not None
    assert (sidecar.item.feed, sidecar.item.title[:5]) == (ours.at + "/feed", "Story")


#: How a story can come once more: what is told of it, and how often its address is asked for in all.
AGAIN: list[tuple[str, Callable[[Site], dict[str, str]], int]] = [
    ("under another address", lambda told: {"link": told.at + "/n/1-moved", "guid": "n1"}, 0),
    ("under another guid", lambda told: {"link": told.at + "/n/1", "guid": "other"}, 0),
    ("with marks of a campaign", lambda told: {"link": told.at + "/n/1?utm_source=rss#top", "guid": "other"}, 0),
    ("without a guid", lambda told: {"link": told.at + "/n/1/"}, 0),
    ("by way of another address", lambda told: {"link": told.at + "/go/1", "guid": "other"}, 1),
    ("with the same bytes", lambda told: {"link": told.at + "/copy/1", "guid": "other"}, 1),
]  # fmt: skip


@pytest.mark.parametrize(
    ("item", "asked", "other_feed"),
    # A guid is one of its feed alone.
    [(*each[1:], other) for each in AGAIN for other in (False, True) if not other or each is not AGAIN[0]],
)
def test_a_story_that_comes_again_is_not_kept_again(
    ours: Site, tmp_path: Path, item: Callable[[Site], dict[str, str]], asked: int, other_feed: bool
) -> None:
    (first,) = stories(ours, 1)
    ours.says |= {"/feed": answer(feed(first)), "/go/1": leads("/n/1"), "/copy/1": ours.says["/n/1"]}
    ours.says["/n/1-moved"] = answer(page("Other", "Another text."))
    look(tmp_path, ours.at + "/feed")
    again = item(ours)
    before = len(ours.paths())
    ours.says["/two"] = ours.says["/feed"] = answer(feed(again, first))
    look(tmp_path, ours.at + ("/two" if other_feed else "/feed"))
    assert len(files(tmp_path)) == 1
    assert sum(path.startswith(("/go", "/copy", "/n")) for path in ours.paths()[before:]) == asked + (
        asked and "go" in again["link"]
    )
    # And that is known from then on.
    before = len(ours.paths())
    look(tmp_path, ours.at + ("/two" if other_feed else "/feed"))
    assert [path for path in ours.paths()[before:] if path not in ("/feed", "/two")] == []


def test_feeds_are_asked_whether_they_have_changed(ours: Site, tmp_path: Path) -> None:
    told = feed(*stories(ours, 1))
    ours.says["/feed"] = answer(told, ETag='"1"', Last_Modified="Wed, 21 Oct 2015 07:28:00 GMT")
    look(tmp_path, ours.at + "/feed")
    ours.says["/feed"] = answer(status=304)
    (found,) = look(tmp_path, ours.at + "/feed").feeds
    assert (found.outcome, found.refusal) == ("unchanged", None)
    headers = ours.asked[-1].headers
    assert (headers["if-none-match"], headers["if-modified-since"]) == ('"1"', "Wed, 21 Oct 2015 07:28:00 GMT")


def test_atom_and_json_feeds_are_read(ours: Site, tmp_path: Path) -> None:
    stories(ours, 1, 2)
    ours.says["/atom"] = answer(
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>urn:1</id><link href='/n/1'/></entry></feed>"
    )
    ours.says["/json"] = answer(
        json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [{"id": 7, "url": "n/2"}]}),
        type="application/json",
    )
    assert outcomes(look(tmp_path, ours.at + "/atom", ours.at + "/json")) == ["kept", "kept"]


# ---- what goes wrong


def test_a_feed_that_fails_is_named_and_the_others_go_on(ours: Site, tmp_path: Path) -> None:
    ours.says |= {
        "/good": answer(feed(*stories(ours, 1))),
        "/page": answer(page("A page", "No feed.")),
        "/cut": raw(b"HTTP/1.1 200"),
    }
    bad = ["/gone", "/page", "/cut", "/empty"]
    ours.says["/empty"] = answer("")
    found = look(tmp_path, *(ours.at + path for path in bad), "ftp://a.example/", ours.at + "/good")
    assert {each.address: each.outcome for each in found.feeds} == {
        **{ours.at + path: "refused" for path in bad}, "ftp://a.example/": "refused", ours.at + "/good": "read",
    }  # fmt: skip
    assert all(each.refusal is None or (each.refusal.message and each.refusal.remedy) for each in found.feeds)
    assert outcomes(found) == ["kept"]


def test_a_page_that_names_its_feed_leads_there(ours: Site, tmp_path: Path) -> None:
    head = "<link rel=stylesheet href=a.css><LINK href='/feed?a=1&amp;b=2' type=application/rss+xml rel=alternate>"
    ours.says["/"] = answer(page("Front", "Bridges.", head), ETag='"page"')
    ours.says["/feed?a=1&b=2"] = answer(feed(*stories(ours, 1)), ETag='"feed"')
    assert outcomes(look(tmp_path, ours.at + "/")) == ["kept"]
    assert outcomes(look(tmp_path, ours.at + "/")) == []
    assert all("if-none-match" not in asked.headers for asked in ours.asked)
    ours.says["/feed?a=1&b=2"] = answer(page("No", "Feed.", head))
    (found,) = look(tmp_path, ours.at + "/").feeds
    assert found.refusal is not None and found.refusal.code == "type"


def test_what_a_server_said_oddly_is_not_sent_back(ours: Site, tmp_path: Path) -> None:
    told = feed(*stories(ours, 1))
    for tag in ('"1\r\n 2"', '"\xe4"', '"\x07"'):
        ours.says["/feed"] = answer(told, ETag=tag)
        for _ in range(2):
            (found,) = look(tmp_path, ours.at + "/feed").feeds
            assert found.refusal is None, tag
    assert ours.asked[-1].headers.get("if-none-match") is None


def test_what_may_pass_is_tried_again_and_what_may_not_is_not(ours: Site, tmp_path: Path) -> None:
    items = stories(ours, 1, 2, 3)
    ours.says |= {"/feed": answer(feed(*items)), "/n/1": answer("", 404), "/n/2": answer("", 500)}
    found = look(tmp_path, ours.at + "/feed")
    assert outcomes(found) == ["kept", "later", "refused"] and found.waiting == 1
    assert outcomes(look(tmp_path, ours.at + "/feed")) == ["later"]
    stories(ours, 1, 2)
    assert outcomes(look(tmp_path, ours.at + "/feed")) == ["kept"]
    assert outcomes(look(tmp_path, ours.at + "/feed")) == []
    assert ours.paths().count("/n/1") == 1


def test_what_fails_each_time_is_given_up(ours: Site, tmp_path: Path) -> None:
    ours.says |= {"/feed": answer(feed(*stories(ours, 1)))}
    ours.says["/n/1"] = answer("", 500)
    tried = [outcomes(look(tmp_path, ours.at + "/feed")) for _ in range(6)]
    assert tried == [["later"]] * 4 + [["refused"]] + [[]]


def test_a_busy_host_costs_no_tries(ours: Site, tmp_path: Path) -> None:
    ours.says["/feed"] = answer(feed(*stories(ours, 1, 2, 3)))
    ours.says["/n/3"] = answer("", 429, Retry_After="60")
    for _ in range(7):
        found = look(tmp_path, ours.at + "/feed")
        assert outcomes(found) == ["later"] * 3 and found.waiting == 3
    assert "/n/1" not in ours.paths(), "it asked to be left alone"
    stories(ours, 3)
    assert outcomes(look(tmp_path, ours.at + "/feed")) == ["kept"] * 3


def test_an_item_without_an_address_is_named_once(ours: Site, tmp_path: Path) -> None:
    ours.says["/feed"] = answer(
        feed({"title": "Only words", "guid": "x"}, {"title": "No words at all"}, *stories(ours, 1))
    )
    assert outcomes(look(tmp_path, ours.at + "/feed")) == ["kept", "refused", "refused"]
    assert outcomes(look(tmp_path, ours.at + "/feed")) == []


# ---- what is remembered


def test_the_memory_is_safe_to_delete(ours: Site, tmp_path: Path) -> None:
    ours.says["/feed"] = answer(feed(*stories(ours, 1, 2)))
    look(tmp_path, ours.at + "/feed")
    for path in tmp_path.glob(".tellings-*"):
        path.unlink()
    assert outcomes(look(tmp_path, ours.at + "/feed")) == ["already", "already"]
    assert ours.paths().count("/n/1") == 1 and len(files(tmp_path)) == 2


@pytest.mark.parametrize("damage", [b"no base", b"SQLite format 3\0" + b"\xff" * 4000, b""])
def test_a_damaged_memory_is_set_aside(ours: Site, tmp_path: Path, damage: bytes) -> None:
    ours.says["/feed"] = answer(feed(*stories(ours, 1)))
    look(tmp_path, ours.at + "/feed")
    (tmp_path / NAME).write_bytes(damage)
    found = look(tmp_path, ours.at + "/feed")
    assert outcomes(found) == ["already"]
    assert (found.set_aside is not None) is bool(damage)
    assert look(tmp_path, ours.at + "/feed").set_aside is None


def test_a_memory_of_another_version_is_set_aside(ours: Site, tmp_path: Path) -> None:
    base = sqlite3.connect(tmp_path / NAME)
    base.execute("PRAGMA user_version = 99")
    base.close()
    ours.says["/feed"] = answer(feed(*stories(ours, 1)))
    assert look(tmp_path, ours.at + "/feed").set_aside is not None


def test_what_is_new_and_what_the_feed_is_known_by_are_written_in_one(tmp_path: Path) -> None:
    def items() -> Iterator[Listed]:
        yield Listed("1", "http://a.example/1", "", "")
        raise KeyboardInterrupt

    with State(tmp_path) as state, pytest.raises(KeyboardInterrupt):
        state.enter("f", items(), '"1"', "")
    with State(tmp_path) as state:
        assert state.validators("f") == ("", "") and state.waiting(["f"]) == []


@settings(max_examples=12)
@given(st.lists(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=6), max_size=5))
def test_each_story_waits_once(
    tmp_path_factory: pytest.TempPathFactory, feeds: Sequence[Sequence[tuple[int, int]]]
) -> None:
    """Whatever ids and addresses feeds give, an address waits once, and so does an id of a feed."""
    with State(tmp_path_factory.mktemp("s")) as state:
        for _ in range(2):
            for number, told in enumerate(feeds):
                state.enter(
                    str(number), [Listed(str(id), f"http://a.example/{place}", "", "") for id, place in told], "", ""
                )
        waiting = state.waiting(map(str, range(len(feeds))))
        addresses = [each.item.address for each in waiting]
        assert len(addresses) == len(set(addresses))
        named = [(each.feed, each.item.id) for each in waiting]
        assert len(named) == len(set(named))
        met = {(str(number), str(id)) for number, told in enumerate(feeds) for id, _ in told}
        places = {f"http://a.example/{place}" for told in feeds for _, place in told}
        for number, told in enumerate(feeds):
            for id, place in told:
                assert (str(number), str(id)) in named or f"http://a.example/{place}" in addresses
        assert set(named) <= met and set(addresses) <= places


# ---- one run a folder


def test_a_second_run_says_that_there_is_one(ours: Site, call: Call, tmp_path: Path) -> None:
    with Lock(tmp_path), pytest.raises(LockedError):
        Lock(tmp_path).__enter__()
    held = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert held.stdout is not None and held.stdout.readline() == "held\n"
    done = call("watch", ours.at + "/feed", "--into", tmp_path, "--allow-private")
    assert done.code == 4 and f"process {held.pid}" in done.err and ours.asked == []
    held.kill()
    held.wait()
    held.stdout.close()
    ours.says["/feed"] = answer(feed(*stories(ours, 1)))
    assert call("watch", ours.at + "/feed", "--into", tmp_path, "--allow-private").code == 0


HOLD = """
import sys, time
from pathlib import Path
from tellings.edge.fetching.lock import Lock
with Lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


# ---- killed


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_nothing_is_lost_or_twice_when_runs_are_killed(ours: Site, tmp_path: Path) -> None:
    count, rng = 8, random.Random(7)
    ours.says["/feed"] = answer(feed(*stories(ours, *range(count))), ETag='"1"')
    whole = dict(ours.says)

    def slowly(path: str) -> Callable[[Asked], None]:
        def say(asked: Asked) -> None:
            time.sleep(rng.random() * 0.02)
            whole[path](asked)

        return say

    ours.says = {path: slowly(path) for path in whole}
    killed = 0
    with subprocess.Popen(
        [sys.executable, "-c", FORKS, ours.at + "/feed", str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as forks:
        assert forks.stdin is not None and forks.stdout is not None
        for _ in range(100):
            forks.stdin.write("\n")
            forks.stdin.flush()
            run = int(forks.stdout.readline())
            time.sleep(rng.random() * 0.03 * (1 + killed))
            with suppress(ProcessLookupError):
                os.kill(run, signal.SIGKILL)
            ended = int(forks.stdout.readline())
            assert ended in (0, signal.SIGKILL)
            if ended == 0:
                break
            killed += 1
        forks.stdin.close()
    assert killed >= 2, "it was never killed"
    found = files(tmp_path)
    assert len(found) == count
    assert sorted(path.read_bytes() for path in found) == sorted(
        page(f"Story n{number}", f"Bridge n{number} was closed.").encode() for number in range(count)
    )
    documents, problems = read_paths([tmp_path])
    assert len(documents) == count and problems == ()
    assert all(document.url is not None for document in documents)
    before = len(ours.paths())
    assert outcomes(look(tmp_path, ours.at + "/feed")) == []
    assert ours.paths()[before:] == ["/feed"]


def test_nothing_is_lost_or_twice_wherever_a_run_ends(
    ours: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours.says["/feed"] = answer(feed(*stories(ours, 1, 2)), ETag='"1"')
    left = 0

    def ending(function: Callable[..., object]) -> Callable[..., object]:
        """`function`, which ends the run before or after it, when as many steps have been made as are left."""

        def step(*given: object, **settings: object) -> object:
            nonlocal left
            left -= 1
            if left == 0:
                raise KeyboardInterrupt
            done = function(*given, **settings)
            left -= 1
            if left == 0:
                raise KeyboardInterrupt
            return done

        return step

    ended = 0
    for steps in range(1, 100):
        folder, left = tmp_path / str(steps), steps
        with monkeypatch.context() as patched:
            patched.setattr(keeping, "save", ending(keeping.save))
            for name in ("enter", "settle"):
                patched.setattr(State, name, ending(getattr(State, name)))
            try:
                look(folder, ours.at + "/feed")
            except KeyboardInterrupt:
                ended += 1
        before = len(ours.paths())
        found = look(folder, ours.at + "/feed")
        assert len(files(folder)) == 2 and found.waiting == 0, steps
        documents, problems = read_paths([folder])
        assert len(documents) == 2 and all(each.url for each in documents) and problems == (), steps
        assert len(list(folder.glob("[!.]*"))) == 4, steps
        if left > 0:
            assert ours.paths()[before:] == ["/feed"]
            break
    assert ended == 2 * (1 + 2 * (2 + 1)), "each step is one at which a run ended"


#: For each line a process that watches a feed; its number and, when it has ended, how.
FORKS = """
import os, sys
from pathlib import Path
from tellings.library import fetching
from tellings.edge.fetching.pace import Pace
fetching.Pace = lambda: Pace(0.0)
import protego, urllib3
for _ in sys.stdin:
    run = os.fork()
    if run == 0:
        try:
            fetching.watch(sys.argv[1], into=sys.argv[2], allow_private=True)
        except BaseException:
            os._exit(1)
        os._exit(0)
    print(run, flush=True)
    print(os.waitpid(run, 0)[1], flush=True)
"""


# ---- the command


OPML = "<opml version='2.0'><head/><body><outline text='News'>{}</outline></body></opml>"


def test_what_is_watched_is_kept_in_a_library(ours: Site, call: Call, tmp_path: Path) -> None:
    ours.says["/feed"] = answer(feed(*stories(ours, 1, 2)))
    into = ("--into", tmp_path / "pile", "--library", tmp_path / "kept.db", "--allow-private")
    assert "2 new articles, 0 known already" in call("watch", ours.at + "/feed", *into).err
    ours.says["/feed"] = answer(feed(*stories(ours, 3, 2, 1)))
    assert "1 new article, 2 known already" in call("watch", ours.at + "/feed", *into).err
    with Library(tmp_path / "kept.db", reading=True) as library:
        told = [telling for each in library.stories() for telling in library.show(each.id)[1]]
        assert sorted(each.address or "" for each in told) == [f"{ours.at}/n/{number}" for number in (1, 2, 3)]
        assert library.verify() == ()


def test_the_command_watches_feeds_of_a_file(ours: Site, call: Call, tmp_path: Path) -> None:
    ours.says |= {"/one": answer(feed(*stories(ours, 1))), "/two": answer(feed(*stories(ours, 2, name="m")))}
    outlines = "".join(f"<outline xmlUrl='{ours.at}/{name}'/>" for name in ("one", "two", "gone"))
    (tmp_path / "feeds.opml").write_text(OPML.format(outlines))
    into = ("--into", tmp_path / "in", "--allow-private")
    done = call("watch", tmp_path / "feeds.opml", *into, "--json")
    told = json.loads(done.out)
    assert done.code == 3 and done.err.count("LOST") == 1 and "/gone" in done.err
    assert [(each["outcome"], each["items"], each["new"], each["status"]) for each in told["feeds"]] == [
        ("read", 1, 1, None), ("read", 1, 1, None), ("refused", 0, 0, 404),
    ]  # fmt: skip
    assert sorted(each["outcome"] for each in told["items"]) == ["kept", "kept"] and told["waiting"] == 0
    (tmp_path / "feeds.txt").write_text(f"# mine\n{ours.at}/one\n")
    done = call("watch", tmp_path / "feeds.txt", *into)
    assert (done.code, done.out) == (0, b"1 feed, 0 failed: nothing new\n")
    assert call("watch", tmp_path / "feeds.txt", *into, "--quiet") == Called(0, b"", "")
    assert call("watch", ours.at + "/gone", *into).code == 4
    ours.says |= {"/one": answer(feed(*stories(ours, 8))), "/n/8": answer("", 500)}
    done = call("watch", tmp_path / "feeds.txt", *into, "--quiet")
    assert (done.code, done.err.count("note"), done.err.count("LOST")) == (0, 1, 0)
    ours.says |= {"/n/8": answer("", 404)}
    done = call("watch", tmp_path / "feeds.txt", *into, "--quiet")
    assert (done.code, done.err.count("note"), done.err.count("LOST")) == (3, 0, 1)
    assert call("watch", tmp_path / "none.opml", *into).code == 4
    (tmp_path / "saved.xml").write_text(feed(*stories(ours, 1)))
    done = call("watch", tmp_path / "saved.xml", *into)
    assert done.code == 4 and "--list" in done.err
    assert call("fetch", "--list", tmp_path / "feeds.opml", *into).code == 4
    assert call("watch", ours.at + "/one").code == 2, "a folder must be told"
    assert len(files(tmp_path / "in")) == 2


@pytest.mark.parametrize(("written", "seconds"), [("15m", 900), ("90s", 90), ("2h", 7200), ("1d", 86400), ("1m", 60)])
def test_times_are_read(written: str, seconds: int) -> None:
    assert _Duration().convert(written, None, None) == seconds


@pytest.mark.parametrize("written", ["", "15", "m", "30s", "0m", "-5m", "1.5h", "9999999d", "15 m"])
def test_times_that_are_none_are_refused(call: Call, tmp_path: Path, written: str) -> None:
    done = call("watch", "http://a.example/", "--into", tmp_path, "--every", written)
    assert done.code == 2 and "--every" in done.err


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_it_looks_again_until_it_is_interrupted(ours: Site, tmp_path: Path) -> None:
    ours.says["/feed"] = answer(feed(*stories(ours, 1)))
    (tmp_path / "feeds.txt").write_text(ours.at + "/feed")
    quick = UNPACED.replace("main()", "import time; slept = time.sleep; time.sleep = lambda _: slept(0.05); main()")
    words = ["watch", str(tmp_path / "feeds.txt"), "--into", str(tmp_path / "in"), "--allow-private", "--every", "1m"]
    run = subprocess.Popen(
        [sys.executable, "-c", quick, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        preexec_fn=heed_interrupts,
    )
    until(lambda: ours.paths().count("/feed") > 1)
    # What is wrong with the file for a while ends nothing, and what is new then is fetched.
    (tmp_path / "feeds.txt").unlink()
    time.sleep(0.2)
    ours.says["/feed"] = answer(feed(*stories(ours, 2, 1)))
    (tmp_path / "feeds.txt").write_text(ours.at + "/feed")
    assert run.stdout is not None
    told = 0
    while told < 2:
        line = run.stdout.readline()
        assert line, "it ended"
        told += "1 kept" in line
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=20)
    assert run.returncode == 130 and "feeds.txt" in said and "Traceback" not in said
    assert ours.paths(robots=True).count("/robots.txt") > 1 and len(files(tmp_path / "in")) == 2
