"""What a change of the program wins and loses: the findings of two commits on the same articles, line by line.

    python eval/changes.py HEAD~1 HEAD articles/
    python eval/changes.py main . story-one/ story-two/docs.jsonl    "." is the working tree as it is
    python eval/changes.py HEAD . pile/ --views quotes --format json

Each path is one story, read by `tellings read` of either commit (checked out beside this one, with this environment).
A finding is known by its words' place in its article, so that a line found by both is one line, whatever it is called:
"+" came, "-" went, "~" is still there and says something else. Read the lines; the counts alone judge nothing.
Exit codes: 0 nothing changed, 1 something did, 2 wrong usage, 4 a commit or an article cannot be read.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
VIEWS = ("quotes", "facts", "timeline")
#: The working tree, not a commit.
HERE = "."
#: Characters of a finding's words that a line shows.
_WIDEST = 110
Record = Mapping[str, Any]


@dataclass(frozen=True)
class Finding:
    """One line of a record: `place` is where it stands and keeps from version to version, `says` what is said of it."""

    view: str
    place: str
    words: str
    says: str


@dataclass(frozen=True)
class Change:
    """A finding that came ("+"), went ("-") or says something else ("~", `before` and `after`)."""

    sign: str
    story: str
    view: str
    place: str
    words: str
    before: str | None
    after: str | None

    def __str__(self) -> str:
        says = self.after if self.before is None else self.before if self.after is None else None
        told = f"{self.before}  →  {self.after}" if says is None else says
        return f"{self.sign} {self.view:8} {self.place}  {told}: “{_shortened(self.words)}”"


def findings(record: Record, views: Sequence[str] = VIEWS) -> list[Finding]:
    """The findings of a saved record of any version, those that are shown and those that are kept as unsure."""
    names = {telling["label"]: telling["name"] for telling in record["tellings"]}
    find = {"quotes": _quotes, "facts": _facts, "timeline": _timeline}
    return [finding for view in views for finding in find[view](record, names)]


def changes(story: str, before: Sequence[Finding], after: Sequence[Finding]) -> list[Change]:
    """What came, went and changed, by view and place."""
    old, new = _by_place(before), _by_place(after)
    found = []
    for key in sorted(old.keys() | new.keys()):
        was, now = old.get(key, []), new.get(key, [])
        gone, come = [f for f in was if f not in now], [f for f in now if f not in was]
        for one, other in zip(gone, come, strict=False):
            found.append(Change("~", story, *key, other.words, one.says, other.says))
        both = min(len(gone), len(come))
        found.extend(Change("-", story, *key, one.words, one.says, None) for one in gone[both:])
        found.extend(Change("+", story, *key, one.words, None, one.says) for one in come[both:])
    return found


def _by_place(found: Sequence[Finding]) -> dict[tuple[str, str], list[Finding]]:
    places: dict[tuple[str, str], list[Finding]] = {}
    for finding in sorted(set(found), key=lambda each: (each.view, each.place, each.says)):
        places.setdefault((finding.view, finding.place), []).append(finding)
    return places


def _quotes(record: Record, names: Mapping[str, str]) -> Iterator[Finding]:
    for entry in record["quotes"]:
        speaker = entry["speaker"]["name"] or "nobody named"
        if entry["speaker"].get("rank") == "probably":
            speaker = f"probably {speaker}"
        for variant in entry["variants"]:
            # A record of a version before has none, and says.
            told = variant.get("stance", "says")
            stance = f", {told}" if told != "says" else ""
            types = variant.get("types") or [variant["type"]] * len(variant["stretches"])
            for stretch, type_of_it in zip(variant["stretches"], types, strict=True):
                says = f"{entry['status']}, {type_of_it}{stance}, {speaker}"
                yield Finding("quotes", _place(stretch, names), stretch["exact"], says)


def _facts(record: Record, names: Mapping[str, str]) -> Iterator[Finding]:
    for entry in record["facts"]:
        values = " · ".join(str(value["label"]) for value in entry["values"])
        of = f" of {entry['whom']}" if entry.get("whom") else ""
        for value in entry["values"]:
            for line in value["lines"]:
                marks = [mark for mark in line["marks"] if mark["role"] == "value"]
                at = {**line["words"], **({key: marks[0][key] for key in ("start", "end")} if marks else {})}
                says = f"{entry['relation']}, {entry['kind']} {entry['head']}{of} = {value['label']} [{values}]"
                yield Finding("facts", _place(at, names), line["words"]["exact"], says)


def _timeline(record: Record, names: Mapping[str, str]) -> Iterator[Finding]:
    for entry in record["timeline"]:
        when = " to ".join(dict.fromkeys((entry["when"]["earliest"], entry["when"]["latest"])))
        announced = ", announced" if entry["announced"] else ""
        for line in entry["lines"]:
            yield Finding("timeline", _place(line["words"], names), line["words"]["exact"], f"{when}{announced}")


def _place(words: Mapping[str, Any], names: Mapping[str, str]) -> str:
    return f"{names[words['telling']]}[{words['start']:06}]"


def _shortened(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _WIDEST else f"{line[: _WIDEST - 1]}…"


# ---- the two commits


@contextlib.contextmanager
def source_of(commit: str) -> Iterator[Path]:
    """The folder `src` of a commit, checked out for as long as it is needed; of "." that of the working tree."""
    if commit == HERE:
        yield ROOT / "src"
        return
    with tempfile.TemporaryDirectory(prefix="tellings-") as folder:
        tree = Path(folder) / "tree"
        _git("worktree", "add", "--quiet", "--detach", str(tree), commit)
        try:
            yield tree / "src"
        finally:
            _git("worktree", "remove", "--force", str(tree))


def _git(*words: str) -> None:
    subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True, text=True)


def record_by(source: Path, story: str) -> Record:
    """The record that the program in `source` makes of a story.

    Raises:
        subprocess.CalledProcessError: it could not read it.
    """
    words = [sys.executable, "-m", "tellings", "read", story, "--format", "json", "--no-texts", "--quiet"]
    done = subprocess.run(words, env={**os.environ, "PYTHONPATH": str(source)}, capture_output=True)
    if not done.stdout:
        raise subprocess.CalledProcessError(done.returncode, words, stderr=done.stderr.decode(errors="replace"))
    told: Record = json.loads(done.stdout)
    return told


def main(arguments: Sequence[str] | None = None) -> int:
    """List the changes; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", help='commit, or "." for the working tree')
    parser.add_argument("after", help='commit, or "."')
    parser.add_argument("stories", nargs="+", help="file or folder of articles of one story")
    parser.add_argument("--views", nargs="+", choices=VIEWS, default=list(VIEWS))
    parser.add_argument("--format", choices=("text", "json"), default="text")
    told = parser.parse_args(arguments)
    found: list[Change] = []
    try:
        with source_of(told.before) as old, source_of(told.after) as new, ThreadPoolExecutor(2) as both:
            for story in told.stories:
                was, now = both.map(record_by, (old, new), (story, story))
                mine = changes(story, findings(was, told.views), findings(now, told.views))
                found.extend(mine)
                if told.format == "text":
                    print(f"## {story}")
                    print("".join(f"{change}\n" for change in mine), end="", flush=True)
    except subprocess.CalledProcessError as error:
        print(f"changes: {' '.join(map(str, error.cmd))} failed: {(error.stderr or '').strip()}", file=sys.stderr)
        return 4
    if told.format == "json":
        print(json.dumps([asdict(change) for change in found], ensure_ascii=False, indent=1))
    else:
        for view in told.views:
            signs = [change.sign for change in found if change.view == view]
            print(f"{view}: {signs.count('+')} came, {signs.count('-')} went, {signs.count('~')} changed")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
