"""Files packed with Zstandard: read as those packed otherwise, within the same bounds; without the extra, said."""

from __future__ import annotations

import importlib
import io
import struct
import zipfile
import zlib
from typing import Any

import pytest
from made_archives import STORY, answer, assert_it_ends_soon, page, record, tarred
from made_files import zipped

from tellings.edge.readers import read_bytes
from tellings.edge.readers.archives import reading, webpacked, zip
from tellings.edge.readers.archives.webpacked import is_installed
from tellings.edge.readers.telling import Outcome
from tellings.edge.readers.web_archives import reading as web_reading

needs_it = pytest.mark.skipif(not is_installed("zstd"), reason="the extra is not installed")
LINES = '{"title": "One", "text": "Rain fell on Oster."}\n{"title": "Two", "text": "It fell on Varn."}\n'
CRAWL = [record("warcinfo", "", b"software: x\r\n")] + [
    record("response", f"https://courier.example/{each}", answer(page(each))) for each in ("alpha", "beta", "gamma")
]


def library() -> Any:
    return importlib.import_module(webpacked._ZSTD)


def packed(data: bytes | str, **how: Any) -> bytes:
    found: bytes = library().compress(data.encode() if isinstance(data, str) else data, **how)
    return found


def skipped(content: bytes, number: int = 0) -> bytes:
    """A frame that is skipped."""
    return bytes([0x50 + number]) + b"\x2a\x4d\x18" + struct.pack("<I", len(content)) + content


def in_zip(method: int, name: str, data: bytes, stands_for: bytes) -> bytes:
    """A ZIP archive of one file, `data` being what its packing made of `stands_for`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(name, data)
    made = bytearray(out.getvalue())
    listed = made.index(b"PK\x01\x02")
    for place in (8, listed + 10):
        made[place : place + 2] = struct.pack("<H", method)
    for place in (14, listed + 16):
        made[place : place + 4] = struct.pack("<I", zlib.crc32(stands_for))
        made[place + 8 : place + 12] = struct.pack("<I", len(stands_for))
    return bytes(made)


def names(outcome: Outcome) -> list[str]:
    return [each.name for each in outcome.tellings]


@needs_it
@pytest.mark.parametrize(
    ("name", "data", "wanted"),
    [
        ("a.txt.zst", STORY, ["a.txt.zst"]),
        ("a.html.zst", page("Alpha"), ["a.html.zst"]),
        ("a.html.zstd", page("Alpha"), ["a.html.zstd"]),
        ("lines.jsonl.zst", LINES, ["lines.jsonl.zst#1", "lines.jsonl.zst#2"]),
        ("no suffix", page("Alpha"), ["no suffix"]),
        ("p.tar.zst", tarred({"d/a.txt": STORY, "b.html": page("B")}), ["p.tar.zst/d/a.txt", "p.tar.zst/b.html"]),
        ("p.tzst", tarred({"d/a.txt": STORY}), ["p.tzst/d/a.txt"]),
        ("p.zip.zst", zipped({"a.txt": STORY}), ["p.zip.zst/a.txt"]),
        ("c.warc.zst", b"".join(CRAWL), ["c.warc.zst#2", "c.warc.zst#3", "c.warc.zst#4"]),
    ],
)
def test_what_is_packed_is_read_as_it_is(name: str, data: str | bytes, wanted: list[str]) -> None:
    outcome = read_bytes(name, packed(data))
    assert names(outcome) == wanted
    assert {each.kind for each in outcome.problems} <= {"left-out"}


@needs_it
def test_packed_files_in_archives_are_read() -> None:
    files = {"a.txt.zst": packed(STORY), "lines.jsonl.zst": packed(LINES), "c.warc.zst": packed(b"".join(CRAWL))}
    wanted = ["a.txt.zst", "lines.jsonl.zst#1", "lines.jsonl.zst#2", "c.warc.zst#2", "c.warc.zst#3", "c.warc.zst#4"]
    for name, archive in (("p.zip", zipped(files)), ("p.tar.zst", packed(tarred(files)))):
        assert names(read_bytes(name, archive)) == [f"{name}/{each}" for each in wanted]


@needs_it
@pytest.mark.parametrize("method", [93, 20])
def test_a_zip_archive_packed_with_it_is_read(method: int) -> None:
    outcome = read_bytes("p.zip", in_zip(method, "a.txt", packed(STORY), STORY.encode()))
    assert names(outcome) == ["p.zip/a.txt"] and outcome.problems == ()


@needs_it
def test_frames_one_behind_the_other_and_those_that_are_skipped_are_one_file() -> None:
    data = page("Alpha").encode()
    made = skipped(b"made by hand") + packed(data[:90]) + packed(b"") + skipped(b"", 7) + packed(data[90:])
    (telling,) = read_bytes("a.html.zst", made).tellings
    assert telling.view.source.content == page("Alpha")


@needs_it
@pytest.mark.parametrize("is_packed", [False, True])
def test_records_that_share_a_dictionary_are_unpacked(is_packed: bool) -> None:
    shared = library().train_dict([*CRAWL * 40], 2_000)
    records = b"".join(packed(each, zstd_dict=shared) for each in CRAWL)
    written = packed(shared.dict_content) if is_packed else shared.dict_content
    outcome = read_bytes("c.warc.zst", skipped(written, 13) + records)
    assert names(outcome) == ["c.warc.zst#2", "c.warc.zst#3", "c.warc.zst#4"]
    (problem, *_) = read_bytes("c.warc.zst", records).problems
    assert problem.lost, "without it they cannot be"


@needs_it
@pytest.mark.parametrize(
    "written", [b"", b"x", bytes(50), b"\x28\xb5\x2f\xfd", b"\x28\xb5\x2f\xfd" + bytes(50), b"\x37\xa4\x30\xec" * 9]
)
def test_a_dictionary_that_is_none_raises_nothing(written: bytes) -> None:
    for made in (skipped(written, 13) + packed(STORY), skipped(written, 13)[:-1], skipped(written, 13)):
        outcome = read_bytes("a.txt.zst", made)
        assert outcome.tellings or outcome.problems
        assert all("please report" not in each.remedy for each in outcome.problems)


@needs_it
def test_a_web_archive_in_a_collection_is_read() -> None:
    files = {"datapackage.json": "{}", "archive/data.warc.zst": packed(b"".join(CRAWL))}
    assert [each.rpartition("#")[2] for each in names(read_bytes("c.wacz", zipped(files)))] == ["2", "3", "4"]


# ---- bombs, damage, and what cannot be unpacked


@needs_it
def test_a_bomb_ends_soon_and_in_little_memory() -> None:
    bomb = packed(bytes(1_000_000)) * 600
    assert_it_ends_soon(bomb, "b.txt.zst", "b.tar.zst", "b.jsonl.zst")


@needs_it
def test_a_window_that_takes_gigabytes_is_not_given() -> None:
    parameter = library().CompressionParameter
    options = {parameter.window_log: 30, parameter.enable_long_distance_matching: 1}
    wide = library().ZstdCompressor(options=options)
    outcome = read_bytes("a.txt.zst", wide.compress(STORY.encode() * 3_000) + wide.flush())
    assert outcome.tellings == () and any("more memory to unpack" in each.message for each in outcome.problems)
    assert all("damaged" not in each.message for each in outcome.problems)


# ---- without the extra


@pytest.mark.parametrize("name", ["a.txt.zst", "p.tar.zst", "c.warc.zst", "a.txt", "p.zip", "c.wacz"])
def test_without_the_extra_its_line_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (reading, zip, web_reading):
        monkeypatch.setattr(module, "is_installed", lambda how: False)
    begins = b"\x28\xb5\x2f\xfd\x20\x01\x09\x00\x00a"
    whole = {
        "p.zip": in_zip(93, "a.txt", begins, b"a"),
        "c.wacz": zipped({"datapackage.json": "{}", "archive/data.warc.zst": begins}),
    }
    outcome = read_bytes(name, whole.get(name, begins))
    (problem,) = outcome.problems
    assert outcome.tellings == () and problem.lost
    assert "packed with Zstandard, and what unpacks that is not installed" in problem.message
    assert "pip install 'tellings[web-archives]'" in problem.remedy
