"""A record that somebody has changed: no field can be altered, and nothing left out, without `verify` telling."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
import shutil
import types
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest

import tellings
from tellings.edge.writers.html import render
from tellings.edge.writers.json import RecordFormatError, digest_of, encode, sealed
from tellings.library.checks.outcome import Verification
from tellings.model.record import Evidence, Record

SHARED = (
    "The footbridge at Merrin Lock was closed on 9 March 2015 after 14 people were hurt, the harbour office said. "
    "Planks had been replaced three weeks earlier by a firm from the next valley, which did not answer questions."
)
PLAIN = f"""date 2015-03-10
Source: Osk Gazette
Title: Footbridge closed

{SHARED}

“It moved like a swing, and then it stopped, and nobody on it said one word,” Ada Brook, 41, told reporters.

She said on Monday that the bridge would reopen on 16 March 2015.
"""
PAGE = f"""<html><head><title>Lock shut</title><meta property="og:site_name" content="The Valley Post">
<meta name="author" content="Tam Reed"><link rel="canonical" href="https://valley.example/lock">
<meta property="article:published_time" content="2015-03-11"></head><body><article><h1>Lock shut after fall</h1>
<p>{SHARED}</p><p>“It moved like a swing, and nobody on it said a single word,” Ada Brook wrote on Facebook.
She thanked the crew&nbsp;twice.</p><p>At least 15 people were hurt, and the lock is shut.
The closure was first reported by the Osk Gazette.</p>
</article></body></html>"""
LINES = [
    {
        "title": "A third look",
        "date": "2015-03-20",
        "publisher": "Osk Gazette",
        "text": f"{SHARED} The bridge reopened on 16 March 2015, one clerk said.",
    },
    {"title": "Nothing"},
]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record on disk beside its sources, one of them with a line that is lost."""
    folder = tmp_path_factory.mktemp("forgery")
    articles = folder / "articles" / "deep"
    articles.mkdir(parents=True)
    (articles / "plain.txt").write_text(PLAIN, encoding="utf-8")
    (articles / "page.html").write_text(PAGE, encoding="utf-8")
    (articles / "lines.jsonl").write_text("\n".join(map(json.dumps, LINES)), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        stated = {
            fact.value.of(document.text): f"{document.name}@{fact.value.start}"
            for document, facts in tellings.compare("articles").articles.values()
            for fact in facts
            if fact.value is not None and document.name != "deep/lines.jsonl#1"
        }
        apart = [(stated["14"], next(place for value, place in stated.items() if "15" in value))]
        return folder / tellings.write(tellings.read("articles", not_the_same=apart), "record")[1]


@pytest.fixture
def forge(saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Verification]:
    """Verify a changed record in the place of the true one."""
    monkeypatch.chdir(saved.parents[1])

    def forge_(record: Record, *, again: bool = False, page: str | None = None) -> Verification:
        data = tmp_path / "record.json"
        data.write_bytes(encode(record))
        if page is not None:
            (tmp_path / "record.html").write_text(page, encoding="utf-8")
        return tellings.verify(data, again=again).verification

    return forge_


# ---- every field -------------------------------------------------------------------------


def forgeries(value: Any, kind: Any, record: Record, path: str = "record") -> Iterator[tuple[str, Any]]:
    """Each value that differs from `value` (of type `kind`) in one leaf, or in one entry that is gone, by its path."""
    if get_origin(kind) in (Union, types.UnionType):
        (inner,) = (each for each in get_args(kind) if each is not type(None))
        if value is None:
            yield f"{path} (given)", invented(inner, record)
        else:
            yield f"{path} (taken)", None
            yield from forgeries(value, inner, record, path)
    elif dataclasses.is_dataclass(kind):
        hints = get_type_hints(kind)
        for field in dataclasses.fields(value):
            for where, changed in forgeries(
                getattr(value, field.name), hints[field.name], record, f"{path}.{field.name}"
            ):
                try:
                    yield where, dataclasses.replace(value, **{field.name: changed})
                except ValueError:  # an interval that ends before it begins
                    continue
    elif get_origin(kind) is tuple:
        for index, item in enumerate(value):
            yield f"{path} (one gone)", (*value[:index], *value[index + 1 :])
            for where, changed in forgeries(item, get_args(kind)[0], record, f"{path}[{index}]"):
                yield where, (*value[:index], changed, *value[index + 1 :])
    elif get_origin(kind) is Literal:
        yield from ((path, each) for each in [other for other in get_args(kind) if other != value][:1])
    elif isinstance(value, bool):
        yield path, not value
    elif isinstance(value, date):  # or a time
        yield path, value + timedelta(days=1)
        yield path, value - timedelta(days=1)
    elif isinstance(value, str):
        yield path, value + "x"
    else:
        yield path, value + 1


def invented(kind: Any, record: Record) -> Any:
    """Something of type `kind`."""
    if kind is date or kind is datetime:
        return kind(2001, 1, 1)
    if kind is Evidence:
        return next(words for _, words in record.evidence())
    if dataclasses.is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(*(invented(hints[field.name], record) for field in dataclasses.fields(kind)))  # type: ignore[operator]
    return {str: "Ada", int: 1, float: 0.5, bool: True}.get(kind, ())


def one_of_each(record: Record) -> dict[str, Record]:
    """The first forgery of each kind of field."""
    found: dict[str, Record] = {}
    for path, forged in forgeries(record, Record, record):
        found.setdefault(re.sub(r"\[\d+\]", "[]", path), forged)
    return found


def test_the_fixture_has_something_of_everything(saved: Path) -> None:
    record = tellings.load(saved)
    for view in dataclasses.fields(Record):
        # Texts that articles had before are known to a library alone: below.
        assert getattr(record, view.name) or view.name == "revisions", view.name
    kinds = one_of_each(record)
    assert len(kinds) > 200
    for kind in (
        "timeline[].then[]",
        "quotes[].variants[].differences[].kind",
        "facts[].values[].lines[].marks[].start",
    ):
        assert f"record.{kind}" in kinds


def test_the_record_holds(saved: Path, forge: Callable[..., Verification]) -> None:
    record = tellings.load(saved)
    found = forge(record, again=True, page=render(record))
    assert (found.failures, found.unchecked, found.outcome) == ((), (), "holds")


def test_any_edit_shows_by_the_digest(saved: Path, forge: Callable[..., Verification]) -> None:
    record = tellings.load(saved)
    for path, forged in one_of_each(record).items():
        if path == "record.format":
            with pytest.raises(RecordFormatError):
                forge(forged)
        elif path == "record.digest":
            assert forge(forged).failures, path
        else:
            assert digest_of(forged) != record.digest, path
            assert "digest" in {failure.line for failure in forge(forged).failures}, path


def test_a_forger_who_writes_a_new_digest_is_found_by_making_the_record_again(
    saved: Path, forge: Callable[..., Verification]
) -> None:
    record = tellings.load(saved)
    passed = []
    for path, forged in one_of_each(record).items():
        if path in ("record.format", "record.digest"):
            continue
        found = forge(sealed(forged), again=True)
        untold = path in ("record.version", "record.given (taken)")
        if found.outcome != ("incomplete" if untold else "fails"):
            passed.append((path, found.outcome))
    assert passed == []


def test_no_text_that_an_article_had_before_can_be_altered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    page = Path("page.html")
    with tellings.Library(tmp_path / "kept.db") as library:
        for text in (PAGE.replace("At least 15", "At least 11").replace("<title>Lock shut", "<title>Fall"), PAGE):
            page.write_text(text, encoding="utf-8")
            library.add(page)
        data = library.write(library.stories()[0].id, "record")[1]
    record = tellings.load(data)
    assert [each.what for each in record.revisions[0].changes] == [("headline",), ("number",)]

    def verified(forged: Record) -> Verification:
        data.write_bytes(encode(forged))
        return tellings.verify(data, library.path, again=True).verification

    Path("record/record.html").unlink()
    assert verified(record).outcome == "holds"
    kinds = {path: forged for path, forged in one_of_each(record).items() if path.startswith("record.revisions")}
    assert len(kinds) > 20
    passed = [path for path, forged in kinds.items() if verified(sealed(forged)).outcome != "fails"]
    assert passed == []


# ---- without the digest: what shows at once -----------------------------------------------


def changed_first(record: Record, view: str, **fields: Any) -> Record:
    first, *rest = getattr(record, view)
    return sealed(dataclasses.replace(record, **{view: (dataclasses.replace(first, **fields), *rest)}))


def test_a_new_digest_does_not_hide_what_the_texts_and_counts_deny(
    saved: Path, forge: Callable[..., Verification]
) -> None:
    record = tellings.load(saved)
    speaker = dataclasses.replace(record.quotes[0].speaker, name="Nobody Printed", person=None)
    head = sealed(dataclasses.replace(record, head=dataclasses.replace(record.head, origins=7)))
    for forged in (
        head,
        changed_first(record, "quotes", speaker=speaker),
        changed_first(record, "timeline", origins=9),
        changed_first(record, "timeline", vague=not record.timeline[0].vague),
        changed_first(record, "people", name="Nobody Printed"),
        changed_first(record, "tellings", words=1),
        changed_first(record, "tellings", shared=0),
        changed_first(record, "credits", labels=("A", "Q")),
        sealed(dataclasses.replace(record, origins=record.origins[1:])),
    ):
        assert forge(forged).outcome == "fails"


def test_a_new_digest_does_not_hide_what_a_source_says_otherwise_of_itself(
    saved: Path, forge: Callable[..., Verification]
) -> None:
    record = tellings.load(saved)
    at = next(place for place, telling in enumerate(record.tellings) if telling.title and telling.publisher)
    true = record.tellings[at]
    assert true.title and true.publisher and true.date.value
    for changes in (
        {"date": dataclasses.replace(true.date, evidence="a guess")},
        {"date": dataclasses.replace(true.date, not_after=true.date.value)},
        {"publisher": dataclasses.replace(true.publisher, value="The Other Post")},
        {"title": None},
        {"author": dataclasses.replace(true.title, value="Nobody")},
        {"url": dataclasses.replace(true.title, value="https://other.example/")},
        {"language": "de"},
        {"media_type": "text/other"},
    ):
        forged = [*record.tellings]
        forged[at] = dataclasses.replace(true, **changes)
        found = forge(sealed(dataclasses.replace(record, tellings=tuple(forged))))
        (field,) = changes
        assert any(failure.line.startswith(f"tellings[{true.label}].{field}") for failure in found.failures), field


def test_a_new_digest_does_not_hide_since_when_an_article_without_a_date_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("lock.txt").write_text("The harbour office shut the footbridge at Merrin Lock on 9 March 2015.\n", "utf-8")
    _, path = tellings.write(tellings.read("lock.txt"), "record")
    record = tellings.load(path)
    (true,) = record.tellings
    assert true.date.not_before == date(2015, 3, 9) and tellings.verify(path).verification.holds
    forged = dataclasses.replace(true, date=dataclasses.replace(true.date, not_before=date(2015, 3, 10)))
    path.write_bytes(encode(sealed(dataclasses.replace(record, tellings=(forged,)))))
    found = tellings.verify(path).verification
    assert [failure.line for failure in found.failures] == ["tellings[A].date.not_before"]


def test_what_only_a_record_made_again_tells_is_said(saved: Path, forge: Callable[..., Verification]) -> None:
    record = tellings.load(saved)
    assert any("left out" in what for what in forge(record).only_again)
    assert forge(record, again=True).only_again == ()


# ---- an article that is not there any more ---------------------------------------------------


@pytest.fixture
def pile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with three articles, one of them a line of a file with another."""
    monkeypatch.chdir(tmp_path)
    folder = Path("pile")
    folder.mkdir()
    (folder / "a.txt").write_text(PLAIN, encoding="utf-8")
    lines = [LINES[0], {**LINES[0], "title": "A fourth look", "text": "The lock keeper left on Friday, 20 March 2015."}]
    (folder / "b.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return folder


def verified_as_read(folder: Path) -> Verification:
    """The check of a record made of `folder` as it is now."""
    return tellings.verify(tellings.write(tellings.read(folder), "record")[1], again=True).verification


@pytest.mark.parametrize(("name", "kept"), [("a.txt", None), ("b.jsonl", 1)])
def test_an_article_left_out_with_all_its_traces_is_named(pile: Path, name: str, kept: int | None) -> None:
    whole = verified_as_read(pile)
    assert whole.outcome == "holds" and "3 articles given, 3 in the record" in whole.checked
    written = (pile / name).read_text(encoding="utf-8")
    if kept is None:
        (pile / name).unlink()
    else:
        (pile / name).write_text("\n".join(written.splitlines()[:kept]), encoding="utf-8")
    data = tellings.write(tellings.read(pile), "record")[1]
    (pile / name).write_text(written, encoding="utf-8")
    found = tellings.verify(data, again=True).verification
    assert (found.outcome, found.failures) == ("incomplete", ())
    assert any(what.startswith("3 articles given, 2 in the record") and name in what for what in found.unchecked)


def test_a_file_that_gave_nothing_is_missed_too(pile: Path) -> None:
    broken = pile / "broken.jsonl"
    data = tellings.write(tellings.read(pile), "record")[1]
    broken.write_text('{"text": ', encoding="utf-8")
    found = tellings.verify(data, again=True).verification
    assert found.outcome == "incomplete" and any("broken.jsonl" in what for what in found.unchecked)
    assert verified_as_read(pile).outcome == "holds", "what the record tells to be lost is no secret"


def test_what_was_given_and_is_no_telling_shows_at_once(saved: Path, forge: Callable[..., Verification]) -> None:
    record = tellings.load(saved)
    assert record.given is not None
    for given in (
        dataclasses.replace(record.given, articles=record.given.articles + 1),
        dataclasses.replace(record.given, digest="0" * 64),
        dataclasses.replace(record.given, paths=("elsewhere",)),
    ):
        assert forge(sealed(dataclasses.replace(record, given=given))).outcome == "fails"


def test_sources_given_may_hold_more_and_that_is_said(pile: Path) -> None:
    data = tellings.write(tellings.read(pile / "a.txt"), "record")[1]
    found = tellings.verify(data, pile, again=True).verification
    assert found.outcome == "holds" and any("3 articles given, 1 in the record" in note for note in found.notes)


# ---- the page ----------------------------------------------------------------------------


def test_an_edited_page_fails(saved: Path, forge: Callable[..., Verification]) -> None:
    record = tellings.load(saved)
    page = render(record)
    assert forge(record, page=page).outcome == "holds"
    for edited in (page.replace("14", "41", 1), page + " ", page.replace("</body>", "<p>More.</p></body>")):
        assert [failure.line for failure in forge(record, page=edited).failures] == ["record.html"]


def test_a_page_is_checked_with_the_record_beside_it(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(saved.parents[1])
    assert tellings.verify(saved.with_suffix(".html")).verification.holds
    with pytest.raises(RecordFormatError, match="not there"):
        tellings.verify(saved.parents[1] / "articles" / "deep" / "page.html")


# ---- the sources -------------------------------------------------------------------------


def test_line_ends_are_one_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    source = Path("a.txt")
    for written, later in ((PLAIN, PLAIN.replace("\n", "\r\n")), (PLAIN.replace("\n", "\r\n"), PLAIN)):
        source.write_bytes(written.encode())
        data = tellings.write(tellings.read("a.txt"), "record")[1]
        for now in (later, "\ufeff" + written, "\ufeff" + later, written.replace("\r\n", "\n", 3)):
            source.write_bytes(now.encode())
            found = tellings.verify(data).verification
            assert found.outcome == "holds", now[:30]
            assert now.removeprefix("\ufeff") == written or any("line ends" in note for note in found.notes)
        source.write_bytes(later.replace("14", "15").encode())
        assert tellings.verify(data).verification.outcome == "fails"


def test_a_file_name_that_is_no_utf_8_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    try:
        Path("caf\udce9.txt").write_text(PLAIN, encoding="utf-8")
    except (OSError, UnicodeError):
        pytest.skip("this file system has only names in UTF-8")
    data = tellings.write(tellings.read("caf\udce9.txt"), "record")[1]
    assert tellings.verify(data, again=True).verification.holds


def test_a_missing_source_is_not_said_to_hold(saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(saved.parents[1], "moved")
    Path("moved/articles/deep/plain.txt").unlink()
    monkeypatch.chdir("moved")
    found = tellings.verify("record/record.json", again=True).verification
    assert (found.outcome, found.failures, found.unsourced) == ("incomplete", (), ("A",))


def test_another_version_says_what_it_cannot_check(saved: Path, forge: Callable[..., Verification]) -> None:
    record = sealed(dataclasses.replace(tellings.load(saved), version="0.0.1"))
    found = forge(record, again=True)
    assert found.outcome == "incomplete" and any("0.0.1" in what for what in found.unchecked)


# ---- the digest and the format, as documented ---------------------------------------------


def test_the_digest_can_be_taken_without_this_program(saved: Path) -> None:
    record = json.loads(saved.read_bytes())
    said = record.pop("digest")
    plain = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    assert hashlib.sha256(plain.encode()).hexdigest() == said


def test_a_field_that_is_none_of_ours_shows(saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(saved.parents[1])
    told = json.loads(saved.read_bytes())
    told["head"]["verdict"] = "true"
    (tmp_path / "record.json").write_text(json.dumps(told), encoding="utf-8")
    assert [f.line for f in tellings.verify(tmp_path / "record.json").verification.failures] == ["digest"]


def test_a_record_of_the_format_before_says_what_to_do(saved: Path, tmp_path: Path) -> None:
    told = json.loads(saved.read_bytes()) | {"format": "tellings-record/1"}
    (tmp_path / "record.json").write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(RecordFormatError, match="tellings read"):
        tellings.load(tmp_path / "record.json")
