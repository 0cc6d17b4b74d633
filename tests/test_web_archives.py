"""Web archives: each page is a telling with the address it was fetched from; what is no page is counted."""

from __future__ import annotations

import gzip
import os
import random
import zlib
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_archives import STORY, answer, chunked, page, record
from made_files import docx, paragraph, zipped

import tellings
from tellings.edge.readers import read_bytes
from tellings.edge.readers.archives import streams
from tellings.edge.readers.archives.streams import Budget
from tellings.edge.readers.telling import Outcome, Read
from tellings.edge.readers.web_archives.http import body, read_head
from tellings.edge.writers.json import encode
from tellings.model.text import Span

A = "https://courier.example/a"


def one(outcome: Outcome) -> Read:
    assert len(outcome.tellings) == 1, outcome
    return outcome.tellings[0]


def address(read: Read) -> str | None:
    return read.metadata.url.value if read.metadata.url else None


def note(outcome: Outcome) -> str:
    (problem,) = [each for each in outcome.problems if each.kind == "left-out"]
    assert not problem.lost
    return problem.message.removeprefix("not read: ")


def test_a_page_is_read_with_its_address_its_own_day_and_its_digest() -> None:
    data = record("warcinfo", "", b"software: x\r\n") + record("response", f"<{A}>", answer(page("Alpha")))
    for name, packed in (
        ("c.warc", data),
        ("c.warc.gz", gzip.compress(data)),
        ("c.warc.gz", gzip.compress(data[:200]) + gzip.compress(data[200:])),
        ("crawl", data),
    ):
        read = one(read_bytes(name, packed))
        assert (read.name, address(read)) == (f"{name}#2", A)
        assert read.metadata.date.value == date(2015, 3, 3), "and not the day of fetching"
        assert read.file_digest == sha256(page("Alpha").encode()).hexdigest()
        assert [each.name for each in read.locators] == ["record 2"]
        place = read.view.text.index("It will not")
        assert read.view.to_source(Span(place, place + 11)).of(read.view.source.content) == "It will not"


def test_the_day_of_fetching_dates_nothing() -> None:
    undated = page("Alpha").replace("2015-03-03", "")
    assert one(read_bytes("c.warc", record("response", A, answer(undated)))).metadata.date.value is None


@pytest.mark.parametrize(
    ("sent", "fields"),
    [
        (chunked(page("Café").encode()), {"Transfer_Encoding": "chunked"}),
        (page("Café").encode(), {"Transfer_Encoding": "chunked"}),
        (gzip.compress(page("Café").encode()), {"Content_Encoding": "gzip"}),
        (chunked(gzip.compress(page("Café").encode())), {"Content_Encoding": "GZIP", "Transfer_Encoding": "chunked"}),
        (zlib.compress(page("Café").encode()), {"Content_Encoding": "deflate"}),
        (zlib.compress(page("Café").encode())[2:-4], {"Content_Encoding": "deflate"}),
        (page("Café").encode(), {"Content_Encoding": "gzip"}),
        (page("Café").encode(), {"Content_Encoding": "br"}),
        (page("Café").encode(), {"Content_Encoding": "identity"}),
    ],
    ids=lambda value: "+".join(value.values()) if isinstance(value, dict) else "",
)
def test_what_the_server_packed_is_unpacked(sent: bytes, fields: dict[str, str]) -> None:
    read = one(read_bytes("c.warc", record("response", A, answer(sent, "text/html", **fields))))
    assert read.view.source.content == page("Café")


def test_a_page_packed_in_a_way_that_is_not_read_is_lost_and_said() -> None:
    data = record("response", A, answer(b"\x1b\0\x03", Content_Encoding="x-own")) + record(
        "response", A, answer(page("A"))
    )
    outcome = read_bytes("c.warc", data)
    assert [(each.lost, each.message) for each in outcome.problems] == [
        (True, "1 page packed as 'x-own', which is not read")
    ]
    assert len(outcome.tellings) == 1


def test_the_encoding_that_the_server_names_goes_before_that_of_the_page() -> None:
    sent = page("Straße", head='<meta charset="koi8-r">').encode("cp1250")
    data = record("response", A, answer(sent, 'text/html; charset="windows-1250"'))
    assert "Straße" in one(read_bytes("c.warc", data)).view.text
    utf_8 = record("response", A, answer(page("Straße"), "text/html; charset=iso-8859-1"))
    assert "Straße" in one(read_bytes("c.warc", utf_8)).view.text, "as servers say by mistake"


def test_what_is_no_page_is_counted_in_one_note() -> None:
    data = b"".join((
        record("warcinfo", "", b""),
        record("request", A, b"GET /a HTTP/1.1\r\n\r\n"),
        record("response", A, answer(page("Alpha"))),
        record("revisit", A, b"HTTP/1.1 200 OK\r\n\r\n"),
        record("metadata", A, b"via: x"),
        record("response", f"{A}.png", answer(b"\x89PNG", "image/png")),
        record("response", f"{A}.jpg", answer(b"\xff\xd8", "image/jpeg")),
        record("response", f"{A}.css", answer(b"p {}", "text/css")),
        record("response", f"{A}.json", answer(b"{}", "application/json")),
        record("response", f"{A}/gone", answer(page("Gone"), status=404)),
        record("response", f"{A}/moved", answer(page("Moved"), status=301)),
        record("response", "https://courier.example/robots.txt", answer(STORY * 3, "text/plain")),
        record("response", f"{A}/pixel", answer("ok", "text/plain")),
        record("response", f"{A}/frame", answer("<html></html>")),
        record("response", f"{A}/other", answer("<html></html>")),
        record("response", "dns:courier.example", b"20220202 courier.example", media_type="text/dns"),
        record("response", f"{A}/torn", b"HTT"),
    ))  # fmt: skip
    outcome = read_bytes("c.warc", data)
    assert address(one(outcome)) == A and len(outcome.problems) == 1
    assert note(outcome) == (
        "1 crawl record, 2 empty pages, 2 images, 1 metadata record, 1 other record, 1 page resource, 1 request, "
        "1 revisit, 1 short text, 1 unreadable answer, 2 answers other than 200 (301, 404), "
        "2 answers of types that are not read ('application/json', 'text/plain')"
    )


def test_one_address_is_told_twice_only_with_other_bytes() -> None:
    other = A.replace("https", "http") + "/"
    data = b"".join(record("response", each, answer(page(title))) for each, title in (
        (A, "Alpha"), (other, "Alpha"), (A, "Beta"), (f"{A}/2", "Alpha"),
    ))  # fmt: skip
    outcome = read_bytes("c.warc", data)
    assert [each.name for each in outcome.tellings] == ["c.warc#1", "c.warc#3", "c.warc#4"]
    assert note(outcome) == "1 repeat"


def test_documents_and_pages_without_an_answer_are_read_too() -> None:
    data = b"".join((
        record("response", f"{A}.docx", answer(docx([paragraph(STORY)]), next(iter(_TYPES)))),
        record("resource", A, page("Alpha").encode(), media_type="text/html"),
        record("conversion", f"{A}/t", (STORY * 3).encode(), media_type="text/plain"),
        record("response", f"{A}/untyped", answer(page("Beta"), "")),
        record("resource", "urn:text:x", (STORY * 3).encode(), media_type="text/plain"),
    ))  # fmt: skip
    outcome = read_bytes("c.warc", data)
    assert [address(each) for each in outcome.tellings] == [f"{A}.docx", A, f"{A}/t", f"{A}/untyped"]


_TYPES = {"application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx"}


def test_a_page_for_phones_keeps_the_address_of_its_article() -> None:
    head = f'<link rel="canonical" href="{A}">'
    short = page("Alpha", head=head).replace("<html>", "<html amp lang=en>")
    assert address(one(read_bytes("c.warc", record("response", f"{A}/amp", answer(short))))) == A
    plain = record("response", f"{A}/other", answer(page("Alpha", head=head)))
    assert address(one(read_bytes("c.warc", plain))) == f"{A}/other"


def test_without_a_page_a_web_archive_is_said_to_have_none() -> None:
    outcome = read_bytes("c.warc", record("request", A, b"GET"))
    assert [each.message for each in outcome.problems if each.lost] == ["a web archive without a page"]
    arc = b"filedesc://IAH.arc 0.0.0.0 20080430204825 text/plain 77\n1 0 InternetArchive\n"
    for name, data in (("c.arc", arc), ("c.arc.gz", gzip.compress(arc)), ("c", arc)):
        (problem,) = read_bytes(name, data).problems
        assert problem.lost and "ARC" in problem.message


# ---- damage

CRAWL = [
    record("warcinfo", "", b"software: x\r\n"),
    *(record("response", f"{A}/{number}", answer(page(f"Story {number}"))) for number in range(4)),
]
PACKED = b"".join(map(gzip.compress, CRAWL))


@pytest.mark.parametrize(("name", "data"), [("c.warc", b"".join(CRAWL)), ("c.warc.gz", PACKED)])
def test_a_web_archive_that_was_cut_off_says_so(name: str, data: bytes) -> None:
    ends = [sum(map(len, CRAWL[:number])) for number in range(1, 6)]
    counts = []
    for size in range(30, len(data) - 10, 97):
        outcome = read_bytes(name, data[:size])
        counts.append(len(outcome.tellings))
        if name == "c.warc" and any(0 <= end - size <= 4 for end in ends):
            continue  # it may be meant to end here
        cut = [each for each in outcome.problems if each.kind == "malformed" and each.place == name]
        assert cut and all(each.lost and "cut off" in each.message for each in cut), size
    assert counts[-1] >= 3


def test_behind_a_record_that_is_longer_than_it_says_reading_goes_on() -> None:
    wrong = CRAWL[1].replace(b"Content-Length: ", b"Content-Length: 1", 1)[:40] + CRAWL[1][40:]
    short = CRAWL[2].replace(b"\r\n\r\nHTTP", b"\r\nX: y\r\n\r\nHTTP", 1)
    data = wrong + short.replace(b"Content-Length: ", b"Content-Length: 3\r\nX-Was: ", 1) + CRAWL[3] + CRAWL[4]
    outcome = read_bytes("c.warc", data)
    assert [address(each) for each in outcome.tellings] == [f"{A}/0", f"{A}/2", f"{A}/3"]
    assert any("damaged" in each.message and each.lost for each in outcome.problems)


def test_a_page_that_the_crawler_cut_says_so() -> None:
    cut = CRAWL[1].replace(b"\r\nWARC-Date", b"\r\nWARC-Truncated: length\r\nWARC-Date")
    outcome = read_bytes("c.warc", cut)
    assert [each.place for each in outcome.problems if "cut off" in each.message] == ["c.warc#1"]
    half = record("response", A, answer(chunked(page("A").encode())[:-30], Transfer_Encoding="chunked"))
    assert [each.place for each in read_bytes("c.warc", half).problems if "cut off" in each.message] == ["c.warc#1"]


def test_so_many_pages_are_read_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "MOST_FILES", 2)
    outcome = read_bytes("c.warc", b"".join(CRAWL))
    assert len(outcome.tellings) == 2
    assert [each.lost for each in outcome.problems if each.kind == "too-large"] == [True]


def test_a_page_that_unpacks_into_gigabytes_is_refused() -> None:
    bomb = gzip.compress(b"<p>" + b" " * 101_000_000)
    outcome = read_bytes("c.warc", record("response", A, answer(bomb, Content_Encoding="gzip")) + CRAWL[1])
    assert [each.name for each in outcome.tellings] == ["c.warc#2"]
    assert any(each.place == "c.warc#1" and each.lost for each in outcome.problems)


@settings(max_examples=200)
@given(st.binary(max_size=600), st.integers(1, 90), st.booleans(), st.sampled_from(["", "gzip", "deflate"]))
def test_what_was_sent_is_what_was_meant(data: bytes, size: int, in_chunks: bool, coding: str) -> None:
    sent = {"": data, "gzip": gzip.compress(data), "deflate": zlib.compress(data)}[coding]
    fields = {"Content_Encoding": coding} if coding else {}
    if in_chunks:
        sent, fields = chunked(sent, size), {**fields, "Transfer_Encoding": "chunked"}
    said = answer(sent, "text/html", **fields)
    head = read_head(said)
    assert head is not None and head.status == 200
    if coding or in_chunks:
        assert body(head, said[head.length :], Budget(0), 10_000) == (data, True)


def fuzz(count: int, seed: int) -> None:
    """Web archives with bytes changed, taken out and put in: nothing is raised."""
    chance = random.Random(seed)
    sent = [
        answer(chunked(gzip.compress(page("A").encode())), Content_Encoding="gzip", Transfer_Encoding="chunked"),
        answer(zlib.compress(page("B").encode()), Content_Encoding="deflate"),
        answer(page("C")),
    ]
    plain = CRAWL[0] + b"".join(record("response", f"{A}/{number}", each) for number, each in enumerate(sent))
    for _ in range(count):
        data = bytearray(plain)
        for _ in range(chance.randint(1, 5)):
            place = chance.randrange(len(data))
            match chance.randrange(3):
                case 0:
                    data[place] = chance.randrange(256)
                case 1:
                    del data[place : place + chance.randint(1, 200)]
                case _:
                    data[place:place] = chance.choice([b"\r\n\r\n", b"WARC/1.0\r\n", b"9", b":", chance.randbytes(9)])
        outcome = read_bytes("c.warc", bytes(data))
        assert outcome.tellings or outcome.problems
        for problem in outcome.problems:
            assert "please report" not in problem.remedy, problem


def test_no_damage_raises() -> None:
    fuzz(int(os.environ.get("TELLINGS_FUZZ", "50")), 18)


# ---- WACZ

LISTED = '{"format": "json-pages-1.0", "id": "pages"}\n{"id": "1", "url": "https://courier.example/0/"}\nno JSON\n'
MENU = "<html><body><nav><a href=a>Home</a> <a href=b>News</a></nav></body></html>"


def wacz(*, listed: str = LISTED, more: bytes = b"") -> bytes:
    return zipped({
        "datapackage.json": "{}",
        "pages/pages.jsonl": listed,
        "archive/data.warc.gz": PACKED + gzip.compress(more),
        "archive/more.warc": CRAWL[1] + record("response", f"{A}/9", answer(page("Last"))),
        "indexes/index.cdx": "x",
    })  # fmt: skip


@pytest.mark.parametrize("name", ["site.wacz", "site.zip", "site"])
def test_a_wacz_file_is_read_as_the_web_archives_in_it(name: str) -> None:
    outcome = read_bytes(name, wacz())
    assert [each.name for each in outcome.tellings] == [
        *(f"{name}/archive/data.warc.gz#{number}" for number in range(2, 6)),
        f"{name}/archive/more.warc#2",
    ]
    assert note(outcome) == "1 crawl record, 1 repeat"


def test_a_frame_without_an_article_is_no_telling_where_pages_are_listed() -> None:
    frame = record("response", f"{A}/frame", answer(MENU))
    assert "1 page frame" in note(read_bytes("s.wacz", wacz(more=frame)))
    outcome = read_bytes("s.wacz", wacz(more=frame, listed=""))
    assert len(outcome.tellings) == 6
    assert [each.place for each in outcome.problems if each.kind == "no-article"] == ["s.wacz/archive/data.warc.gz#6"]


def test_a_wacz_file_that_was_cut_off_is_read_as_far_as_it_goes() -> None:
    data = wacz()
    outcome = read_bytes("s.wacz", data[: data.index(b"more.warc") - 60])
    assert len(outcome.tellings) in (3, 4)
    assert any(each.place == "s.wacz" and each.lost and "cut off" in each.message for each in outcome.problems)


def test_a_record_of_web_archives_is_verified(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "s.wacz").write_bytes(wacz())
    (folder / "c.warc.gz").write_bytes(PACKED)
    (tmp_path / "record.json").write_bytes(encode(tellings.read(folder)))
    found = tellings.verify(tmp_path / "record.json", again=True).verification
    assert found.holds and not found.unsourced, found
