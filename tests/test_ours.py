"""What tellings wrote is never read as an article, and what others wrote is never replaced unasked."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from project import Called

import tellings
from tellings.edge.exports import EXPORTS, Export
from tellings.edge.readers import read_paths
from tellings.edge.readers.ours import written_by_us

Call = Callable[..., Called]
TEXT = "The mill shut on 9 March 2021, with 12 workers inside. “We heard a bell,” said Ada Quill, 34."
WRITTEN = [
    ("quotes", "json"), ("quotes", "csv"), ("times", "json"), ("times", "timeml"), ("stories", "json"),
    ("copies", "json"), ("facts", "json"), ("facts", "csv"), ("timeline", "json"), ("timeline", "csv"),
    ("timeline", "markdown"), ("timeline", "timelinejs"), ("timeline", "ical"), ("brief", "json"),
    ("brief", "markdown"), ("read", "json"),
]  # fmt: skip
SUFFIX = {"csv": "csv", "timeml": "tml", "markdown": "md", "ical": "ics"}


def test_the_same_folder_twice(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    first = call("read", ".", "--format", "json", "-o", "record", "--jobs", "1")
    second = call("read", ".", "--format", "json", "-o", "record", "--jobs", "1")
    assert (first.code, second.code) == (0, 0)
    (problem,) = json.loads(second.out).pop("problems")
    assert (problem["kind"], problem["lost"]) == ("own-output", False)
    assert (
        "record/record.html" in second.err and "record/record.json" in second.err and len(second.err.splitlines()) == 1
    )
    assert json.loads(first.out)["tellings"] == json.loads(second.out)["tellings"]
    # That it was passed over is in the record, and no source that would have to be read again.
    assert call("verify", "record/record.json", "--again").code == 0


def test_no_output_is_an_article(call: Call, tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text(TEXT, encoding="utf-8")
    for command, form in WRITTEN:
        more = () if command == "read" else ("--quiet",)
        done = call(command, article, "--format", form, "--jobs", "1", *more)
        (tmp_path / f"{command}-{form}.{SUFFIX.get(form, 'json')}").write_bytes(done.out)
    call("diff", article, article, "--html", tmp_path / "diff.html")
    verified = call("verify", tmp_path / "read-json.json", "--format", "json")
    (tmp_path / "verified.json").write_bytes(verified.out)
    decided = '{"kind": "same", "a": "a.txt", "b": "b.txt"}\n'
    (tmp_path / "decisions.jsonl").write_text(decided, encoding="utf-8")
    (tmp_path / "compact.jsonl").write_text(json.dumps(json.loads((tmp_path / "read-json.json").read_text("utf-8"))))
    for path in sorted(tmp_path.iterdir()):
        found, problems = read_paths([path])
        if path == article:
            assert (len(found), problems) == (1, ())
        elif path.name != "diff.html":  # needs two articles; see below
            assert (found, [problem.kind for problem in problems]) == ((), ["own-output"]), path.name


@pytest.mark.parametrize("suffix", ["", ".txt", ".md", ".json", ".jsonl", ".html", ".new"])
def test_no_output_is_an_article_under_another_name(call: Call, tmp_path: Path, suffix: str) -> None:
    article = tmp_path / "a.txt"
    article.write_text(TEXT, encoding="utf-8")
    for command, form in WRITTEN:
        if form in ("json", "timelinejs"):
            done = call(command, article, "--format", form, "--jobs", "1", "--quiet")
            (tmp_path / f"{command}-{form}{suffix}").write_bytes(done.out)
    decided = '{"kind": "same", "a": "0123456789abcdef", "b": "fedcba9876543210"}\n'
    (tmp_path / f"decisions{suffix}").write_text(decided * 2, encoding="utf-8")
    found, problems = read_paths([tmp_path])
    assert ([document.name for document in found], [problem.kind for problem in problems]) == (
        ["a.txt"],
        ["own-output"],
    )


@pytest.mark.parametrize(
    "content", [f"[Photo: Ada Quill] {TEXT}", f'{{"kind": "x"}}\n{TEXT}', "{" + TEXT, "[" * 99_999]
)
def test_a_text_that_begins_like_json_is_an_article(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.txt").write_text(content, encoding="utf-8")
    assert [document.text for document in read_paths([tmp_path])[0]] == [content]


def test_one_object_over_several_lines_is_an_article(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"title": "Mill", "text": TEXT}, indent=1), encoding="utf-8")
    (document,), problems = read_paths([tmp_path])
    assert (document.text, problems) == (TEXT, ())


@pytest.mark.parametrize("suffix", [None, ".txt", ".md"])
@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: f"{export.view}-{export.form}")
def test_no_export_is_an_article(example: tellings.Record, tmp_path: Path, export: Export, suffix: str | None) -> None:
    (tmp_path / f"a{suffix or export.suffix}").write_text(export.write(example), encoding="utf-8", newline="")
    found, problems = read_paths([tmp_path])
    assert (found, [problem.kind for problem in problems]) == ((), ["own-output"])


def test_a_page_side_by_side_is_no_article(call: Call, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT + name, encoding="utf-8")
    call("diff", tmp_path / "a.txt", tmp_path / "b.txt", "--html", tmp_path / "diff.html")
    found, (problem,) = read_paths([tmp_path])
    assert ([document.name for document in found], problem.place) == (["a.txt", "b.txt"], "diff.html")


@pytest.mark.parametrize(
    "value",
    [
        {"text": TEXT},
        {"articles": [{"text": TEXT}], "entries": []},
        {"kind": "news", "a": 1, "b": 2},
        {"format": "html", "tellings": []},
        {"title": "x", "events": ["a"]},
        [],
        [{"name": "x", "quotations": []}, {"text": TEXT}],
    ],
)
def test_what_others_wrote_is_not_ours(value: object) -> None:
    assert not written_by_us(value)


def test_a_table_of_others_is_lost_not_ours(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("article,start,end\n1,2,3\n", encoding="utf-8")
    _, (problem,) = read_paths([tmp_path / "a.csv"])
    assert problem.lost and problem.kind == "malformed"


@pytest.mark.parametrize("name", ["record.json", "record.html"])
def test_what_others_wrote_is_not_replaced_unasked(call: Call, tmp_path: Path, name: str) -> None:
    article, target = tmp_path / "a.txt", tmp_path / "out"
    article.write_text(TEXT, encoding="utf-8")
    target.mkdir()
    (target / name).write_text("<!doctype html><p>tellings-record/1", encoding="utf-8")
    refused = call("read", article, "-o", target, "--quiet", "--jobs", "1")
    assert refused.code == 4
    assert name in refused.err and "--force" in refused.err
    assert [path.name for path in target.iterdir()] == [name]
    with pytest.raises(FileExistsError, match=name):
        tellings.write(tellings.read(article), target)
    assert call("read", article, "-o", target, "--quiet", "--force", "--jobs", "1").code == 0
    assert call("read", article, "-o", target, "--quiet", "--jobs", "1").code == 0
