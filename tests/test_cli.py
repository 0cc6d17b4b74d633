"""The command line: what it writes, what it says of bad input, its exit codes, an interrupt, its start."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from project import ROOT, Called

import tellings
from tellings.cli import main

Call = Callable[..., Called]
SCHEMA = json.loads((ROOT / "docs" / "record.schema.json").read_text(encoding="utf-8"))
STORY = 'The bridge closed at noon on Monday. "It will open again," Ada Brook said.\n'


def valid(data: bytes) -> dict[str, Any]:
    """The record in `data`, when it keeps to the schema."""
    record: dict[str, Any] = json.loads(data)
    jsonschema.Draft202012Validator(SCHEMA).validate(record)
    return record


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """A folder with one good telling."""
    (tmp_path / "pile").mkdir()
    (tmp_path / "pile" / "good.txt").write_text("date 2015-03-09\n\n" + STORY, encoding="utf-8")
    return tmp_path / "pile"


# ---- what is written


def test_read_writes_the_page_and_the_record(call: Call, pile: Path, tmp_path: Path) -> None:
    done = call("read", pile, "-o", tmp_path / "out")
    assert (done.code, done.err) == (0, "")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["record.html", "record.json"]
    record = valid((tmp_path / "out" / "record.json").read_bytes())
    assert [telling["name"] for telling in record["tellings"]] == ["good.txt"]
    assert b"1 article" in done.out and b"record.html" in done.out
    page = (tmp_path / "out" / "record.html").read_text(encoding="utf-8")
    assert page.lower().startswith("<!doctype html>") and "Ada Brook" in page
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "out" / "record.html").stat().st_mode) == 0o644


def test_the_folder_is_record_unless_told(
    call: Call, pile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call("read", "pile", "--quiet").code == 0
    assert (tmp_path / "record" / "record.json").is_file()


def test_quiet_says_nothing(call: Call, pile: Path, tmp_path: Path) -> None:
    assert call("read", pile, "-o", tmp_path / "out", "--quiet") == Called(0, b"", "")


def test_json_goes_to_standard_output_and_writes_no_file(
    call: Call, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = call("read", articles, "--format", "json")
    record = valid(done.out)
    assert done.code == 0 and len(record["tellings"]) == 14
    assert record["timeline"] and record["quotes"] and record["facts"] and record["passages"]
    assert list(tmp_path.iterdir()) == []
    assert call("read", articles, "--format", "json", "-o", "out", "--jobs", 2).out == done.out
    assert (tmp_path / "out" / "record.json").read_bytes() == done.out


def test_no_texts_leaves_the_texts_out(call: Call, pile: Path) -> None:
    (telling,) = valid(call("read", pile, "--format", "json", "--no-texts").out)["tellings"]
    assert telling["text"] is None


@pytest.mark.parametrize(
    ("data", "count", "media_type"),
    [
        (STORY.encode(), 1, "text/plain"),
        (b'{"text": "The bridge closed."}\n{"text": "The bridge opened."}\n', 2, "text/plain"),
        (b"<html><body><article><p>The bridge closed.</p></article></body></html>", 1, "text/html"),
    ],
    ids=["text", "json lines", "html"],
)
def test_standard_input(call: Call, data: bytes, count: int, media_type: str) -> None:
    done = call("read", "-", "--format", "json", stdin=data)
    record = valid(done.out)
    assert (done.code, len(record["tellings"])) == (0, count)
    assert {telling["name"].partition("#")[0] for telling in record["tellings"]} == {"-"}
    assert {telling["media_type"] for telling in record["tellings"]} == {media_type}


# ---- bad input, all of it in one pile, and the good telling among it

BAD: dict[str, tuple[bytes, str, bool]] = {
    # name: (content, what standard error says of it, whether a telling is lost)
    "empty.txt": (b"", "no text in it", True),
    "binary.txt": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "NUL bytes", True),
    "latin.txt": ("The café closed at noon, said Ada Brook.".encode("cp1252"), "Windows-1252", False),
    "huge.txt": (b"The bridge closed. " * 2_760_000, "5,000,000 characters", True),
    "nav.html": (b"<nav><a href=/>Home</a></nav>", "no article", False),
    "lines.jsonl": (b'{"text": "It closed."}\n{"text": \n{"text": "It opened."}\n', "lines.jsonl#2", True),
    "twin.txt": (b"date 2015-03-09\n\n" + STORY.encode(), "the same characters as good.txt", False),
    "future.txt": (b"date 2999-01-01\n\nThe bridge closed.", "2999-01-01", False),
    "past.txt": (b"date 0001-01-01\n\nThe bridge closed.", "0001-01-01", False),
    "unseen.txt": ("The bri\u200bdge \u202eclosed\u202c. أُغلق الجسر".encode(), "ZERO WIDTH SPACE", False),
}
SILENT = {
    "line.txt": b"the bridge closed at noon and " * 33_400,
    "script.html": b"<title>A</title><script>alert(1)</script><article>"
    b"<h1>The bridge &lt;script&gt;alert(2)&lt;/script&gt;</h1>"
    + b"<p>The bridge over the Merrin closed at noon on Monday, the harbour office said, and it will stay closed.</p>"
    * 6,
    "title.jsonl": b'{"title": "</script><script>alert(3)</script>",'
    b' "text": "\\"Stop </script><script>alert(4)</script>,\\" Ada Brook said on 3 May 2015."}\n'
    b'{"title": "../../../outside", "text": "The bridge closed again."}',
}


def test_bad_input_is_named_and_nothing_else_is_lost(call: Call, pile: Path, tmp_path: Path) -> None:
    for name, (content, *_) in BAD.items():
        (pile / name).write_bytes(content)
    for name, content in SILENT.items():
        (pile / name).write_bytes(content)
    (pile / "gone.txt").symlink_to("nowhere")
    began = time.process_time()
    done = call("read", pile, "-o", tmp_path / "out")
    assert time.process_time() - began < 60
    assert done.code == 3
    for name, (_, said, lost) in {**BAD, "gone.txt": (b"", "No such file", True)}.items():
        (line,) = [line for line in done.err.splitlines() if name in line and said in line]
        assert line.startswith("LOST" if lost else "note"), line
    assert "Traceback" not in done.err
    assert not [line for line in done.err.splitlines() if "script.html" in line or "line.txt" in line]

    record = valid((tmp_path / "out" / "record.json").read_bytes())
    kept = {telling["name"] for telling in record["tellings"]}
    readable = {name for name, (_, _, lost) in BAD.items() if not lost} | {"good.txt", *SILENT} - {"title.jsonl"}
    assert kept == readable | {"lines.jsonl#1", "lines.jsonl#3", "title.jsonl#1", "title.jsonl#2"}
    places = {problem["place"] for problem in record["problems"]}
    assert {*BAD, "lines.jsonl#2"} - {"lines.jsonl"} <= places and any("gone.txt" in place for place in places)

    page = (tmp_path / "out" / "record.html").read_text(encoding="utf-8")
    assert "<script>alert(" not in page
    assert page.count("<script") == page.count("</script"), "no text may end the page's own script"
    # A title is never a path.
    assert {path.name for path in tmp_path.iterdir()} == {"pile", "out"}
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"record.html", "record.json"}
    assert call("verify", tmp_path / "out" / "record.json", pile).code == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("half.json", rb'{"title": "\udfff", "author": "\ud800", "text": "The bridge \ud800 closed on Monday."}'),
        ("french.txt", "Language: fr\n\nLe pont a fermé lundi 9 mars, « enfin », a dit Ada Brook.".encode()),
        ("odd.html", b"<html lang='xx-Zzzz'><body><article><p>The bridge closed on Monday.</p></article>"),
    ],
    ids=["halves of surrogate pairs", "a language without rules", "no language at all"],
)
def test_odd_input_stops_nothing(call: Call, pile: Path, tmp_path: Path, name: str, content: bytes) -> None:
    (pile / name).write_bytes(content)
    done = call("read", pile, "-o", tmp_path / "out")
    assert done.code == 0 and "Traceback" not in done.err
    record = valid((tmp_path / "out" / "record.json").read_bytes())
    assert {telling["name"] for telling in record["tellings"]} == {"good.txt", name}
    assert call("verify", tmp_path / "out" / "record.json").code == 0


def test_articles_of_one_origin_count_as_one_and_those_of_several_as_one_each(call: Call, tmp_path: Path) -> None:
    other = STORY.replace("a", "e")
    for number, text in enumerate((STORY, STORY, other, other)):
        (tmp_path / f"{number}.txt").write_text(f"date 2015-03-0{number + 1}\n\n{text}", encoding="utf-8")
    one = call("read", *(tmp_path / f"{number}.txt" for number in range(3)), "-o", tmp_path / "one").out.decode()
    several = call(
        "read", *(tmp_path / f"{number}.txt" for number in range(4)), "-o", tmp_path / "several"
    ).out.decode()
    assert "count as one" in one and "one each" not in one
    assert "count as one each" in " ".join(several.split())


def test_the_summary_leaves_no_entry_of_the_timeline_uncounted(call: Call, tmp_path: Path) -> None:
    done = call("read", ROOT / "examples" / "ferry-fire" / "articles", "-o", tmp_path / "out")
    record = valid((tmp_path / "out" / "record.json").read_bytes())
    told = done.out.decode().partition("\nTimeline\n")[2].partition("\nQuotes\n")[0]
    days = [line for line in told.splitlines() if re.match(r"  (?:\d|[A-Z])[^…]* \d{4}\b", line)]
    counted = [int(each) for each in re.findall(r"(\d+)(?: more)? entr(?:y|ies)", told)]
    assert counted and len(days) + sum(counted) == len(record["timeline"])


def test_an_unreadable_file_is_named(call: Call, pile: Path, tmp_path: Path) -> None:
    (pile / "locked.txt").write_text(STORY, encoding="utf-8")
    (pile / "locked.txt").chmod(0)
    if os.access(pile / "locked.txt", os.R_OK):
        pytest.skip("this user may read everything")
    done = call("read", pile, "-o", tmp_path / "out")
    assert done.code == 3 and "LOST locked.txt: Permission denied" in done.err


# ---- exit codes


def test_no_input_that_can_be_read_is_exit_4_and_writes_nothing(call: Call, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    done = call("read", tmp_path / "empty.txt", tmp_path / "missing", "-o", tmp_path / "out")
    assert done.code == 4 and not (tmp_path / "out").exists()
    assert "LOST empty.txt" in done.err and "missing" in done.err and "nothing could be read" in done.err


def test_a_folder_that_cannot_be_written_is_exit_4(call: Call, pile: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = call("read", pile, "-o", tmp_path / "file" / "out")
    assert done.code == 4 and "Choose another folder with -o" in done.err


@pytest.mark.parametrize(
    "words",
    [("read",), ("raed", "x"), ("read", "x", "--jobs", "0"), ("read", "x", "--format", "xml"), ("verify",), ("--no",)],
    ids=" ".join,
)
def test_wrong_usage_is_exit_2(call: Call, words: tuple[str, ...]) -> None:
    done = call(*words)
    assert done.code == 2 and "Usage:" in done.err and done.out == b""


def test_verify_is_exit_0_until_a_source_changes_and_then_1(call: Call, pile: Path, tmp_path: Path) -> None:
    call("read", pile, "-o", tmp_path / "out")
    record = tmp_path / "out" / "record.json"
    done = call("verify", record)
    assert done.code == 0 and b"every line holds" in done.out
    source = pile / "good.txt"
    source.write_text(source.read_text(encoding="utf-8").replace("open", "0pen"), encoding="utf-8")
    done = call("verify", record)
    assert done.code == 1 and "FAILED quotes[q-" in done.err and "good.txt has changed" in done.err
    found = json.loads(call("verify", record, "--format", "json").out)
    assert [failure["telling"] for failure in found["failures"]] == ["A"] * len(found["failures"]) != []
    (tmp_path / "else.txt").write_text("Nothing of the kind was said.\n", encoding="utf-8")
    done = call("verify", record, tmp_path / "else.txt")
    assert done.code == 6 and "NOT CHECKED the source of A" in done.err, "a missing source is not said to hold"
    assert b"every line holds" not in done.out


@pytest.mark.parametrize("content", [None, b"", b"{}", b"[1]", b"\xff\x00", b'{"format": "tellings-record/1"}'])
def test_a_record_that_is_none_is_exit_4(call: Call, tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "record.json").write_bytes(content)
    done = call("verify", tmp_path / "record.json")
    assert done.code == 4 and "record.json" in done.err and "Traceback" not in done.err


@pytest.mark.parametrize("words", [("verify",), ("export", "--to", "csv", "--view", "quotes")], ids=" ".join)
@pytest.mark.parametrize("depth", [5_000, 200_000])
def test_a_record_nested_without_end_is_exit_4(
    call: Call, pile: Path, tmp_path: Path, words: tuple[str, ...], depth: int
) -> None:
    call("read", pile, "-o", tmp_path)
    record = tmp_path / "record.json"
    whole = record.read_bytes().rstrip().removesuffix(b"}")
    for content in (b'{"a":' * depth, whole + b',"more":' + b"[" * depth + b"]" * depth + b"}"):
        record.write_bytes(content)
        done = call(words[0], record, *words[1:])
        assert done.code == 4 and "nested too deeply" in done.err and done.err.count("\n") == 1


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc, to see that it is at work")
@pytest.mark.parametrize("jobs", [1, 2])
def test_an_interrupt_leaves_what_was_there(tmp_path: Path, jobs: int) -> None:
    lines = [
        json.dumps({"text": f"Ada Brook {number} said on {number % 28 + 1} May 2015: {STORY * 9}"})
        for number in range(20_000)
    ]
    (tmp_path / "pile.jsonl").write_text("\n".join(lines), encoding="utf-8")
    out = tmp_path / "out"
    out.mkdir()
    for name in ("record.html", "record.json"):
        (out / name).write_text("old", encoding="utf-8")
    words = [sys.executable, "-m", "tellings", "read", "pile.jsonl", "-o", "out", "--jobs", str(jobs)]
    # A shell that runs the tests in the background has interrupts ignored; the program is started as by a person.
    running = subprocess.Popen(
        words,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    _wait_until_at_work(running)
    assert running.poll() is None, "the pile was read before it could be interrupted"
    # As a terminal does: the whole group of processes.
    os.killpg(running.pid, signal.SIGINT)
    said, complained = running.communicate()
    assert running.returncode == 130
    assert (said, complained.decode()) == (b"", "tellings: interrupted; nothing half-written is left.\n")
    assert {path.name: path.read_text(encoding="utf-8") for path in out.iterdir()} == {
        "record.html": "old",
        "record.json": "old",
    }


def _wait_until_at_work(running: subprocess.Popen[bytes], seconds: float = 1.5) -> None:
    """Wait until a process has used so much processor time, however slow the machine is."""
    counted = Path(f"/proc/{running.pid}/stat")
    while running.poll() is None:
        # Fields 14 and 15, counted from behind the name of the program: clock ticks in user and system mode.
        fields = counted.read_text().rpartition(")")[2].split()
        if (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") >= seconds:
            return
        time.sleep(0.05)


def test_a_disk_that_fills_leaves_what_was_there(
    call: Call, pile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call("read", pile, "-o", tmp_path / "out")
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    (pile / "more.txt").write_text(STORY + "More.", encoding="utf-8")
    done = call("read", pile, "-o", tmp_path / "out")
    assert done.code == 4 and "No space left on device" in done.err
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


@pytest.mark.parametrize("words", ["read --format json", "timeline --all", "quotes", "brief", "facts --all"])
def test_a_reader_that_goes_away_is_no_error(pile: Path, words: str) -> None:
    command, *options = words.split()
    called = [sys.executable, "-m", "tellings", command, str(pile), *options]
    running = subprocess.Popen(called, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdout is not None and running.stderr is not None
    running.stdout.close()
    complaint = running.stderr.read()
    running.stderr.close()
    assert running.wait() == 0 and complaint == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    ("words", "to"),
    [
        (("read", "--format", "json"), "> /dev/full"),
        (("quotes", "--format", "csv"), "> /dev/full"),
        (("times", "--format", "json"), "> /dev/full"),
        (("timeline",), "> /dev/full"),
        (("copies",), "> /dev/full"),
        (("read", "nowhere", "-o", "out"), "> /dev/full"),
        (("read", "-o", "out"), ">&-"),
        (("stories",), ">&-"),
        (("facts",), ">&- 2>&-"),
    ],
    ids=str,
)
def test_what_cannot_be_written_is_no_success(pile: Path, tmp_path: Path, words: tuple[str, ...], to: str) -> None:
    command = shlex.join([sys.executable, "-m", "tellings", words[0], str(pile), *words[1:]])
    done = subprocess.run(["sh", "-c", f"{command} {to}"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 4 and "Traceback" not in done.stderr and "Exception" not in done.stderr
    if "2>&-" not in to:
        assert "cannot write to standard output" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("read", "pile", "gone.txt", "-o", "out"), 3),
        (("quotes", "pile/empty.txt"), 4),
        (("news", "pile", "--since", "2015-01-01"), 3),
        (("timeline", "pile", "--since", "never"), 2),
        (("verify", "gone.json"), 4),
    ],
    ids=str,
)
def test_what_cannot_be_said_changes_no_exit_code(pile: Path, words: tuple[str, ...], code: int) -> None:
    (pile / "empty.txt").write_bytes(b"")
    (pile / "undated.txt").write_text(STORY, encoding="utf-8")
    command = shlex.join([sys.executable, "-m", "tellings", *words])
    done = subprocess.run(["sh", "-c", f"{command} 2> /dev/full"], cwd=pile.parent, capture_output=True)
    assert done.returncode == code


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "cp437"])
@pytest.mark.parametrize("command", ["quotes", "times", "timeline", "facts", "stories", "copies", "brief"])
def test_an_output_of_few_characters_shows_the_others_as_question_marks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str, command: str
) -> None:
    (tmp_path / "a.txt").write_text(f"date 2015-03-09\nTitle: Ł ✓\n\n{STORY}“Łódź … 漢,” said Ada Brook.\n", "utf-8")
    shown = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(shown, encoding=encoding))
    monkeypatch.setattr(sys, "argv", ["tellings", command, str(tmp_path / "a.txt")])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 0 and shown.getvalue().decode(encoding)


def test_an_interrupt_while_the_program_loads_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "interrupt.py").write_text(
        "import os, signal, sys\n"
        "class Now:\n"
        "    def find_spec(self, name, *rest):\n"
        "        if name == 'tellings.cli.read':\n"
        "            os.kill(os.getpid(), signal.SIGINT)\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "sys.meta_path.insert(0, Now())\n"
        "from tellings.__main__ import start\n"
        "start()\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, str(tmp_path / "interrupt.py"), "--version"], capture_output=True, text=True)
    told = "tellings: interrupted; nothing half-written is left.\n"
    assert (done.returncode, done.stdout, done.stderr) == (130, "", told)


def test_nothing_that_takes_time_loads_before_interrupts_are_told_by_us() -> None:
    # Python's own start, and the script that pip makes (it needs `re`), cannot be hurried by a program.
    told = "import re, sys; before = set(sys.modules); import tellings.__main__; print(*set(sys.modules) - before)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    ours = {"tellings", "tellings.interrupts", "tellings.__main__"}
    assert set(done.stdout.split()) == {*ours, "__future__", "signal"}


def test_a_fault_of_ours_is_told_in_one_line(call: Call, pile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def slips(*paths: object, **rest: object) -> None:
        raise KeyError("a slip of ours")

    monkeypatch.setattr("tellings.library.copies", slips)
    done = call("copies", pile)
    assert done.code == 5 and done.err.count("\n") == 1
    assert "KeyError: 'a slip of ours'; test_cli.py" in done.err
    monkeypatch.setenv("TELLINGS_TRACEBACK", "1")
    with pytest.raises(KeyError):
        call("copies", pile)


# ---- help and start


@pytest.mark.parametrize("words", [("--help",), ("read", "--help"), ("verify", "-h")], ids=" ".join)
def test_help_has_examples(call: Call, words: tuple[str, ...]) -> None:
    done = call(*words)
    assert done.code == 0 and b"Examples:\n  tellings " in done.out.replace(b"\n    tellings", b"\n  tellings").replace(
        b"  Examples", b"Examples"
    )


def test_version(call: Call) -> None:
    assert call("--version").out.decode().split()[-1] == tellings.__version__


def test_help_starts_fast_and_loads_nothing_heavy() -> None:
    code = "import sys, tellings.cli as c\ntry: c.main()\nfinally: print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code, "--help"], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stderr.split()}
    assert "click" in loaded
    assert not loaded & {
        "trafilatura",
        "lxml",
        "rich",
        "jinja2",
        "msgspec",
        "htmldate",
        "rapidfuzz",
        "charset_normalizer",
        "pypdfium2",
    }
    if os.name == "posix":
        assert min(_cpu_of_help() for _ in range(5)) < 0.6


def _cpu_of_help() -> float:
    """Seconds of processor time (user and system) that `tellings --help` takes."""
    import resource

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "tellings", "--help"], capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


@pytest.mark.parametrize(
    ("command", "table"),
    [
        ("quotes", ["--all"]),
        ("timeline", ["--all"]),
        ("facts", ["--all"]),
        ("brief", []),
        ("news", ["--since", "2015-03-10"]),
        ("copies", []),
    ],
)
def test_why_is_printed_below_each_line(call: Call, tmp_path: Path, command: str, table: list[str]) -> None:
    told = "Four people were hurt at the lock on 9 March 2015, Ada Brook said. “It moved,” Brook said.\n"
    for day in (10, 11):
        text = f"date 2015-03-{day}\n\n{told}" + "The lock keeper, 61, was asked about it on Wednesday.\n" * (day == 11)
        (tmp_path / f"{day}.txt").write_text(text, encoding="utf-8")
    plain, why = call(command, tmp_path, *table), call(command, tmp_path, *table, "--why")
    assert b"why: " not in plain.out and b"why: " in why.out and b", rule " in why.out
    options = [option for option in table if option != "--all" or command != "facts"]
    found = json.loads(call(command, tmp_path, *options, "--format", "json").out)
    assert '"why": {"stage": ' in json.dumps(found)


def test_the_help_cuts_no_command_short(call: Call) -> None:
    told = call("--help").out.decode()
    assert "known already is passed over." in told
    assert "..." not in told.split("Commands:")[1].split("Examples:")[0]


def test_the_summary_sets_all_days_in_one_column_and_calls_notes_notes(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "told"
    folder.mkdir()
    told = (
        "Date: 2021-03-08\n\nThe mill in Osk burned down between 21 February and 3 March 2021, and the roof fell.\n\n"
        "The council will meet on 9 May 2021 to vote on a new mill.\n"
    )
    (folder / "a.txt").write_text(told, encoding="utf-8")
    foreign = (
        "Die Mühle am Fluss ist in der Nacht abgebrannt, und der Rat hat noch nicht gesagt, was daraus werden soll."
    )
    (folder / "b.txt").write_text(f"Date: 2021-03-08\n\n{foreign}\n", encoding="utf-8")
    out = call("read", folder, "-o", tmp_path / "out").out.decode()
    rows = [row for row in out.split("Timeline\n")[1].split("\n\n")[0].splitlines() if "The " in row]
    assert len(rows) == 2 and len({row.index("The ") for row in rows}) == 1, rows
    assert "1 note\n" in out and "problem" not in out and "have rules: English" in out


def test_the_key_of_a_timeline_names_outlets(call: Call, tmp_path: Path) -> None:
    told = {"text": "The mill in Osk burned down on 3 March 2021.", "date": "2021-03-04", "publisher": "Osk Courier"}
    (tmp_path / "a.json").write_text(json.dumps(told), encoding="utf-8")
    (tmp_path / "b.txt").write_text("The mill in Osk burned down on 3 March 2021.\n", encoding="utf-8")
    out = call("timeline", tmp_path).out.decode()
    assert "Osk Courier, a.json, 4 Mar 2021" in out and "b.txt, date not known" in out and "B  b.txt" in out


def test_a_number_of_thousands_of_digits_costs_its_field_alone(call: Call, pile: Path) -> None:
    text = STORY.replace("\n", " ").replace('"', "")
    long = "9" * 5000
    entries = [f'{{"text": "{text}", "views": {long}}}', f'{{"text": "{text} More.", "date": {long}}}']
    for name, between in (("x.jsonl", ("", "\n", "")), ("y.json", ("[", ", ", "]")), ("z.json", ("", "\n\n", ""))):
        (pile / name).write_text(between[0] + between[1].join(entries) + between[2], encoding="utf-8")
    done = call("read", pile, "--format", "json")
    assert done.code == 0 and len(valid(done.out)["tellings"]) == 7
    assert done.err.count("a number without end is no date") == 3 and "int_max" not in done.err


def test_what_is_nested_without_end_costs_itself_alone_and_no_rest_is_promised(call: Call, pile: Path) -> None:
    text = STORY.replace("\n", " ").replace('"', "")
    deep = '[{"a\\"[": ' * 2_000 + "1" + "}]" * 2_000
    entries = [f'{{"text": "{text}", "tree": {deep}}}', f'{{"text": "{text} [More.", "date": "2015-03-09"}}']
    (pile / "x.jsonl").write_text("\n".join(entries), encoding="utf-8")
    (pile / "y.json").write_text(f"[{', '.join(entries)}]", encoding="utf-8")
    done = call("read", pile, "--format", "json")
    assert done.code == 0 and len(valid(done.out)["tellings"]) == 5
    assert done.err.count("nested more than 100 deep in it is not read") == 2
    for name in ("z.json", "z.jsonl"):
        (pile / name).write_text("[" * 100_000, encoding="utf-8")
        told = call("quotes", pile / name)
        assert told.code == 4 and "nested too deeply" in told.err and "the rest is read" not in told.err
    (pile / "z.jsonl").write_text("[" * 100_000 + "\n" + entries[1], encoding="utf-8")
    assert "the rest is read" in call("quotes", pile / "z.jsonl").err


@pytest.mark.parametrize(
    ("words", "one", "other"),
    [
        (("timeline", "PILE", "--all", "--entries", "3"), "--entries", "--all"),
        (("list", "--all", "--most", "30"), "--most", "--all"),
        (("news", "PILE", "--since", "2015-03-01", "--mark"), "--since", "--mark"),
        (("news", "PILE", "--since", "2015-03-01", "--library", "x.db"), "--since", "--library"),
        (("alerts", "--drop", "x", "--mark"), "--mark", "--drop"),
        (("export", "record.json", "--list"), "RECORD", "--list"),
        (("export", "--to", "csv", "--list"), "--to", "--list"),
    ],
)
def test_what_does_not_go_together_is_refused(
    call: Call, pile: Path, words: tuple[str, ...], one: str, other: str
) -> None:
    done = call(*(str(pile) if each == "PILE" else each for each in words))
    assert done.code == 2 and f"{one} and {other} do not go together" in done.err


def test_what_goes_alone_is_not_refused(call: Call, pile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELLINGS_LIBRARY", "kept.db")  # what the environment has nobody typed
    for words in (("--all",), ("--entries", "20"), ()):
        assert call("timeline", pile, *words).code == 0
    assert call("news", pile, "--since", "2015-03-01").code == 0
    assert call("export", "--list").code == 0


@pytest.mark.parametrize(
    "words", [("verify",), ("export", "--to", "csv", "--view", "quotes"), ("export", "--to", "csv")]
)
def test_a_folder_or_a_library_is_no_record_and_that_is_exit_4(
    call: Call, pile: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    done = call(words[0], pile, *words[1:])
    assert done.code == 4 and "Give the path of a record.json" in done.err
    kept = tmp_path / "kept.db"
    assert call("add", pile, "--library", kept).code == 0
    done = call(words[0], kept, *words[1:])
    if words[0] == "export":
        assert done.code == 4 and "is a library, no record: tellings record" in done.err


def test_a_timeline_without_an_entry_says_so(call: Call, pile: Path) -> None:
    done = call("timeline", pile, "--about", "Nobody Here", "--since", "2015-01-01")
    assert done.code == 0 and "no entry fits --about 'Nobody Here', --since 2015-01-01" in done.err
    (pile / "good.txt").write_text("Nothing happens here. Nothing ever did.\n", encoding="utf-8")
    assert "no article says what happened when" in call("timeline", pile).err


@pytest.mark.skipif(os.name != "posix", reason="needs links")
def test_a_link_to_itself_is_named_as_such(call: Call, pile: Path) -> None:
    (pile / "loop.txt").symlink_to("loop.txt")
    (pile / "gone.txt").symlink_to("nowhere.txt")
    for given in (pile, pile / "loop.txt"):
        assert "loop.txt: a link that leads back to itself" in call("quotes", given).err
    told = call("quotes", pile).err.splitlines()
    assert ["leads back to itself" in line for line in told] == [False, True]


@pytest.mark.parametrize("command", [("facts",), ("stories",), ("read", "--quiet", "-o", "out")])
def test_a_file_of_decisions_that_is_none_is_told_in_our_words(
    call: Call, pile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "mine.jsonl"
    file.write_bytes('{"kind": "same"}'.encode("utf-16"))
    done = call(command[0], pile, *command[1:], "--decisions", file)
    assert done.code == 4 and "no UTF-8 text. Save it as UTF-8" in done.err and "codec" not in done.err
    file.write_bytes(b"\n")
    done = call(command[0], pile, *command[1:], "--decisions", file)
    assert done.code == 0 and "no decision stands in it" in done.err


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ([], "no story stands in it"),
        ([{"id": "s1", "tellings": []}], "no story stands in it"),
        ([{"id": 1, "tellings": [{"id": "t1"}]}], "no output of tellings stories"),
        ([{"id": "s1", "tellings": [{"id": None}]}], "no output of tellings stories"),
        ({}, "no story stands in it"),
    ],
)
def test_known_stories_that_are_none_are_refused(call: Call, pile: Path, tmp_path: Path, known: Any, said: str) -> None:
    (tmp_path / "known.json").write_text(json.dumps(known), encoding="utf-8")
    done = call("stories", pile, "--known", tmp_path / "known.json")
    assert done.code == 4 and said in done.err
    (tmp_path / "known.json").write_bytes(call("stories", pile, "--format", "json").out)
    assert call("stories", pile, "--known", tmp_path / "known.json").code == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("<rss><channel>" + "<a>" * 300, "nested too deeply; line 1, column"),
        ("<rss><channel><item><title>A mill</item></channel></rss>", "an end tag that fits no start tag"),
        ("<rss><channel><item>&nowhere; closed</item></channel></rss>", "a reference to what is declared nowhere"),
        ("<rss><channel><item>Mill & Son</item></channel></rss>", "an ampersand that begins no reference"),
        ("<rss><channel><item a=b>Mill</item></channel></rss>", "a mistake in its mark-up"),
    ],
)
def test_damaged_xml_is_told_in_our_words(call: Call, tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "x.rss").write_text(content, encoding="utf-8")
    told = call("quotes", tmp_path / "x.rss").err
    assert f"it is damaged ({said}" in told and "XML_PARSE" not in told and "<string>" not in told
