"""The golden records of the invented stories: what is found in them, how it is exported, as it is today.

A record that is otherwise than its golden file is not wrong for that: read each line that went and came against the
articles. CONTRIBUTING.md says what to do then.
"""

from __future__ import annotations

import difflib

import pytest
from golden.make import FOLDER, GOLDENS
from golden.stories import STORIES, articles
from project import ROOT

import tellings

#: Lines that a failure shows.
_MOST = 80


def _compare(path: str) -> None:
    wanted, found = (FOLDER / path).read_bytes().decode(), GOLDENS[path]()
    if found == wanted:
        return
    # Without a heuristic for what stands often: each line that went or came is shown.
    matcher = difflib.SequenceMatcher(None, wanted.split("\n"), found.split("\n"), autojunk=False)
    told, entry = [], ""
    for tag, from_old, to_old, from_new, to_new in matcher.get_opcodes():
        if tag == "equal":
            continue
        above = next((line for line in reversed(matcher.b[:from_new]) if line and not line.startswith(" ")), "")
        if above != entry:
            entry = above
            told.append(f"  under {entry[:120]}")
        told += [f"- {line.strip()}" for line in matcher.a[from_old:to_old]]
        told += [f"+ {line.strip()}" for line in matcher.b[from_new:to_new]]
    gone, come = (sum(line.startswith(sign) for line in told) for sign in "-+")
    pytest.fail(
        f"{path} is otherwise now: {gone} lines gone (-), {come} come (+).\n"
        + "\n".join(told[:_MOST] or ["(only the ends of lines)"])
        + "\nRead each against the article it cites. All right? Then: python3 run.py golden",
        pytrace=False,
    )


@pytest.mark.parametrize("story", STORIES)
def test_what_is_found_in_a_story(story: str) -> None:
    _compare(f"stories/{story}/found.txt")


@pytest.mark.parametrize("path", [path for path in GOLDENS if path.startswith("exports/")])
def test_how_it_is_exported(path: str) -> None:
    _compare(path)


@pytest.mark.parametrize("path", [path for path in GOLDENS if path.startswith("quotations/")])
def test_what_is_found_of_each_quotation(path: str) -> None:
    _compare(path)


@pytest.mark.parametrize("path", [path for path in GOLDENS if "/" not in path])
def test_what_is_found_between_stories(path: str) -> None:
    _compare(path)


def test_every_golden_file_has_what_makes_it() -> None:
    kept = {str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*") if path.is_file()}
    kept = {path for path in kept if "/" in path and "/articles/" not in path and "__pycache__" not in path}
    assert {path for path in kept if path.partition("/")[0] == "exports"} == {
        path for path in GOLDENS if path.startswith("exports/")
    }
    assert {path for path in kept if path.endswith("/found.txt")} == {
        path for path in GOLDENS if path.endswith("/found.txt")
    }


@pytest.mark.parametrize("story", STORIES)
def test_every_line_of_a_story_leads_to_its_words(story: str) -> None:
    record = tellings.read(ROOT / articles(story))
    texts = {telling.label: telling.text or "" for telling in record.tellings}
    cited = list(record.evidence())
    assert len(cited) > 100
    assert all(texts[words.telling][words.start : words.end] == words.exact for _, words in cited)
