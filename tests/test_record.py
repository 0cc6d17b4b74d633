"""The record as a whole: the golden record of the example, the Python face, what a notebook shows."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from golden.make import TARGET, current
from project import ROOT

import tellings
from tellings.edge.writers.json import RecordFormatError, decode, encode, schema
from tellings.model.record import Why


def lines(value: Any, path: str = "record") -> Iterator[str]:
    """A record as one line per value, each with the path that leads to it."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from lines(item, f"{path}.{name}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            # Entries are known by their words, not by their number: one more must not change all that follow.
            yield from lines(
                {k: v for k, v in item.items() if k != "id"} if isinstance(item, dict) else item,
                f"{path}[{_word(item, index)}]",
            )
    else:
        yield f"{path} = {json.dumps(value, ensure_ascii=False)}"


def _word(item: Any, index: int) -> str:
    """What a person would call an entry of a list."""
    if not isinstance(item, dict):
        return str(index)
    if words := _first_words(item):
        return f"{words['telling']} {words['start']} {words['exact'][:40]!r}"
    return " ".join(str(item[key]) for key in ("label", "name", "kind", "head", "whom", "start") if key in item) or str(
        index
    )


def _first_words(value: Any) -> dict[str, Any] | None:
    """The first evidence in an entry that holds lines."""
    if isinstance(value, dict):
        if "exact" in value:
            return value
        return next(
            filter(None, (_first_words(value.get(key)) for key in ("words", "a", "lines", "variants", "sentence"))),
            None,
        )
    return _first_words(value[0]) if isinstance(value, list) and value else None


def test_the_golden_record() -> None:
    wanted = TARGET.read_text(encoding="utf-8")
    found = current()
    if found == wanted:
        return
    old, new = (list(lines(json.loads(text))) for text in (wanted, found))
    gone, come = sorted(set(old) - set(new)), sorted(set(new) - set(old))
    shown = [f"- {line}" for line in gone[:60]] + [f"+ {line}" for line in come[:60]]
    pytest.fail(
        f"the record of the example has changed: {len(gone)} values gone (-), {len(come)} come (+).\n"
        + "\n".join(shown or ["(only the order or the numbering of entries)"])
        + "\nRead each line against the article it cites. All right? Then: python3 run.py golden",
        pytrace=False,
    )


def test_the_golden_record_keeps_to_the_schema_and_holds() -> None:
    data = TARGET.read_bytes()
    jsonschema.Draft202012Validator(schema()).validate(json.loads(data))
    record = decode(data)
    assert encode(record) == data
    assert all(telling.text is None for telling in record.tellings)
    outcome = tellings.verify(TARGET, ROOT / "examples" / "ferry-fire" / "articles")
    assert outcome.verification.failures == () and outcome.verification.unsourced == ()


def test_the_schema_refuses_what_is_no_record() -> None:
    good = json.loads(TARGET.read_bytes())
    validator = jsonschema.Draft202012Validator(schema())
    for change in (
        {"tellings": [{**good["tellings"][0], "label": 1}]},
        {"timeline": [{**good["timeline"][0], "when": None}]},
        {"quotes": [{**good["quotes"][0], "status": "certain"}]},
        {"facts": [{**good["facts"][0], "relation": "contradicts"}]},
    ):
        assert not validator.is_valid({**good, **change}), change
        with pytest.raises(RecordFormatError):
            decode(json.dumps({**good, **change}).encode())
    assert not validator.is_valid({name: value for name, value in good.items() if name != "head"})


# ---- the Python face


def test_public_names() -> None:
    for name in tellings.__all__:
        assert getattr(tellings, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'reed'"):
        tellings.reed  # noqa: B018
    assert (ROOT / "src" / "tellings" / "py.typed").is_file()


def test_python(articles: Path, example: tellings.Record, tmp_path: Path) -> None:
    assert isinstance(example, tellings.Record)
    line = example.timeline[0].lines[0]
    text = example.telling(line.words.telling).text
    assert text is not None and text[line.words.start : line.words.end] == line.words.exact
    with pytest.raises(KeyError):
        example.telling("ZZ")
    page, data = tellings.write(example, tmp_path / "new" / "folder")
    assert page.name == "record.html" and tellings.load(data) == example
    assert isinstance(tellings.story(articles), tellings.Story)
    with pytest.raises(tellings.NothingReadError) as raised:
        tellings.read(tmp_path / "missing")
    assert [problem.kind for problem in raised.value.problems] == ["unreadable"] and "missing" in str(raised.value)
    with pytest.raises(tellings.NothingReadError, match="no input"):
        tellings.read()
    with pytest.raises(RecordFormatError):
        tellings.load(page)


def test_progress_goes_through_the_stages(articles: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    tellings.read(articles, progress=lambda *step: seen.append(step))
    assert list(dict.fromkeys(stage for stage, *_ in seen)) == ["reading", "annotating", "relating"]
    assert ("annotating", 14, 14) in seen and ("reading", 13, 13) in seen


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_what_a_notebook_shows(example: tellings.Record, tmp_path: Path) -> None:
    shown = example._repr_html_()
    tags = _Tags()
    tags.feed(shown)
    assert tags.open == [] and tags.seen.count("tr") == len(example.timeline) + 1
    assert "14 articles" in shown and "2023-09-28" in shown
    (tmp_path / "a.txt").write_text("<script>x</script> The lock closed on 9 March 2015.", encoding="utf-8")
    hostile = tellings.read(tmp_path)._repr_html_()
    assert "<script" not in hostile and "9 March 2015" in hostile


def test_a_rule_that_fails_costs_no_other_telling(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tellings import pipeline

    found_times = pipeline.times

    def failing(document: Any, *rest: Any) -> Any:
        if "stumble" in document.text:
            raise RuntimeError("a rule's mistake")
        return found_times(document, *rest)

    monkeypatch.setattr(pipeline, "times", failing)
    (tmp_path / "a.txt").write_text("The lock closed on 9 March 2015, with a stumble.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("The lock closed on 9 March 2015, Ada Brook said.", encoding="utf-8")
    record = tellings.read(tmp_path)
    assert sorted((telling.name, telling.text is not None) for telling in record.tellings) == [
        ("a.txt", True),
        ("b.txt", True),
    ]
    assert [problem.place for problem in record.problems] == ["a.txt"]
    (label,) = (telling.label for telling in record.tellings if telling.name == "b.txt")
    assert {line.words.telling for entry in record.timeline for line in entry.lines} == {label}
    page, data = tellings.write(record, tmp_path / "out")
    assert page.is_file() and tellings.verify(data).verification.holds


def test_every_entry_says_why(example: tellings.Record) -> None:
    def whys(value: Any) -> Iterator[Why | None]:
        if dataclasses.is_dataclass(value):
            for field in dataclasses.fields(value):
                found = getattr(value, field.name)
                if field.name == "why":
                    yield found
                yield from whys(found)
        elif isinstance(value, tuple):
            for item in value:
                yield from whys(item)

    found = list(whys(example))
    assert len(found) > 300
    assert all(why is not None and why.stage and why.rule for why in found)
    assert {entry.lines[0].why.evidence != () for entry in example.timeline if entry.lines[0].why} >= {True}
    assert all(why.score is None or 0 <= why.score <= 1 for why in found if why is not None)
