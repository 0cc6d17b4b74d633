"""Pages in web archives that their servers packed with Brotli or Zstandard."""

from __future__ import annotations

import importlib
import random
from collections.abc import Callable

import pytest
from made_archives import answer, chunked, page, record

from tellings.edge.readers import read_bytes
from tellings.edge.readers.archives import webpacked
from tellings.edge.readers.archives.webpacked import WEB_PACKINGS, is_installed
from tellings.edge.readers.telling import Outcome
from tellings.edge.readers.web_archives import http

A = "https://example.org/a"
PACKINGS = [
    pytest.param(how, marks=pytest.mark.skipif(not is_installed(how), reason="the extra is not installed"))
    for how in WEB_PACKINGS.values()
]


def packed(how: str, data: bytes) -> bytes:
    module = importlib.import_module("brotli" if how == "br" else webpacked._ZSTD)
    compress: Callable[[bytes], bytes] = module.compress
    return compress(data)


def read(sent: bytes, **fields: str) -> Outcome:
    return read_bytes("c.warc", record("response", A, answer(sent, "text/html", **fields)))


@pytest.mark.parametrize("how", PACKINGS)
@pytest.mark.parametrize("in_chunks", [False, True])
def test_a_page_is_unpacked(how: str, in_chunks: bool) -> None:
    sent = packed(how, page("Café").encode())
    fields = {"Content_Encoding": how.upper()}
    if in_chunks:
        sent, fields = chunked(sent), {**fields, "Transfer_Encoding": "chunked"}
    (telling,) = read(sent, **fields).tellings
    assert telling.view.source.content == page("Café")


@pytest.mark.parametrize("how", PACKINGS)
def test_a_page_that_was_cut_off_is_read_as_far_as_it_goes(how: str) -> None:
    story = page("Café").replace("<p>", f"<p>{' '.join(map(str, range(150_000)))}", 1)
    sent = packed(how, story.encode())
    outcome = read(sent[: len(sent) // 2], Content_Encoding=how)
    assert [each.view.source.content in story for each in outcome.tellings] == [True]
    assert any("cut off" in each.message for each in outcome.problems)


@pytest.mark.parametrize("how", PACKINGS)
def test_a_page_that_unpacks_into_gigabytes_is_refused(how: str) -> None:
    bomb = packed(how, b"<p>" + b" " * 101_000_000)
    assert len(bomb) < 20_000
    outcome = read(bomb, Content_Encoding=how)
    assert outcome.tellings == () and any(each.lost for each in outcome.problems)


@pytest.mark.parametrize("how", PACKINGS)
def test_no_damage_raises(how: str) -> None:
    chance = random.Random(18)
    whole = packed(how, page("Café").encode())
    for _ in range(100):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(4, len(data))] = chance.randrange(256)
        outcome = read(bytes(data) + chance.randbytes(chance.choice([0, 0, 5])), Content_Encoding=how)
        assert outcome.tellings or outcome.problems
        assert not any("please report" in problem.remedy for problem in outcome.problems)


@pytest.mark.parametrize("how", WEB_PACKINGS.values())
def test_a_page_that_was_unpacked_already_is_read_as_it_is(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "is_installed", lambda how: False)
    assert len(read(page("Café").encode(), Content_Encoding=how).tellings) == 1


@pytest.mark.parametrize(("how", "sent"), [("br", b"\x1b\0\x03"), ("zstd", b"\x28\xb5\x2f\xfd\0")])
def test_without_the_extra_its_line_is_named(how: str, sent: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "is_installed", lambda how: False)
    (problem,) = read(sent, Content_Encoding=how).problems
    assert problem.lost and problem.message == f"1 page packed as '{how}', and what unpacks that is not installed"
    assert "pip install 'tellings[web-archives]'" in problem.remedy


def test_what_no_extra_unpacks_is_named() -> None:
    (problem,) = read(b"\1\2\3\4", Content_Encoding="compress").problems
    assert problem.lost and problem.message == "1 page packed as 'compress', which is not read"
