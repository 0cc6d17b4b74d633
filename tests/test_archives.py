"""Archives and packed files: each file in them is read as one of a folder, and what is not read is said."""

from __future__ import annotations

import bz2
import dataclasses
import gzip
import importlib
import io
import lzma
import os
import random
import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_archives import STORY, assert_it_ends_soon, page, tarred
from made_files import docx, paragraph, zipped

import tellings
from tellings.edge.readers import read_bytes, read_paths
from tellings.edge.readers.archives import streams
from tellings.edge.readers.archives.streams import Budget, Packing, Unpacked, forward
from tellings.edge.readers.archives.webpacked import _ZSTD, is_installed
from tellings.edge.readers.telling import Outcome
from tellings.edge.writers.json import encode
from tellings.model.text import Span

FILES = {
    "a.html": page("Alpha"),
    "dir/b.txt": f"date 2015-03-03\n\n{STORY}",
    "dir/deep/c.docx": docx([paragraph(STORY)]),
    "lines.jsonl": '{"title": "One", "text": "Rain fell on Oster."}\n{"title": "Two", "text": "It fell on Varn."}\n',
}
NAMES = ["a.html", "dir/b.txt", "dir/deep/c.docx", "lines.jsonl#1", "lines.jsonl#2"]
PACKERS: dict[str, Callable[[bytes], bytes]] = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}
if is_installed("zstd"):
    PACKERS["zst"] = importlib.import_module(_ZSTD).compress
ARCHIVES = {
    "pile.zip": zipped(FILES),
    "pile.tar": tarred(FILES),
    "gnu.tar": tarred(FILES, form=1),
    "pax.tar": tarred(FILES, form=2),
    **{f"pile.tar.{name}": pack(tarred(FILES)) for name, pack in PACKERS.items()},
    "pile.tgz": gzip.compress(tarred(FILES)),
    **({"pile.tzst": PACKERS["zst"](tarred(FILES))} if "zst" in PACKERS else {}),
    "pile": zipped(FILES),
    "other": gzip.compress(tarred(FILES)),
    "misnamed.txt": zipped(FILES),
}


def names(outcome: Outcome) -> list[str]:
    return [each.name for each in outcome.tellings]


def told(outcome: Outcome, kind: str) -> list[str]:
    return [f"{each.place}: {each.message}" for each in outcome.problems if each.kind == kind]


@pytest.mark.parametrize("name", ARCHIVES)
def test_each_file_is_read_as_one_of_a_folder(name: str) -> None:
    outcome = read_bytes(name, ARCHIVES[name])
    assert names(outcome) == [f"{name}/{each}" for each in NAMES]
    assert outcome.problems == ()
    alone = [each for file, content in FILES.items() for each in read_bytes(file, _bytes(content)).tellings]
    for inside, outside in zip(outcome.tellings, alone, strict=True):
        assert dataclasses.replace(inside, name="", file_digest=None) == dataclasses.replace(
            outside, name="", file_digest=None
        )
    assert outcome.tellings[0].file_digest == sha256(FILES["a.html"].encode()).hexdigest(), "of the bytes in it"


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


@pytest.mark.parametrize("packing", PACKERS)
def test_a_packed_file_is_read_under_its_own_name(packing: str) -> None:
    outcome = read_bytes(f"a.html.{packing}", PACKERS[packing](page("Alpha").encode()))
    assert names(outcome) == [f"a.html.{packing}"] and outcome.tellings[0].media_type == "text/html"
    lines = read_bytes(f"lines.jsonl.{packing}", PACKERS[packing](_bytes(FILES["lines.jsonl"])))
    assert names(lines) == [f"lines.jsonl.{packing}#1", f"lines.jsonl.{packing}#2"]
    several = PACKERS[packing](page("Alpha").encode()[:100]) + PACKERS[packing](page("Alpha").encode()[100:])
    assert read_bytes("a.html." + packing, several).tellings == outcome.tellings


def test_archives_in_archives_are_read_so_deep_and_no_deeper() -> None:
    inmost = zipped({"c.txt": STORY, "more.zip": zipped({"d.txt": STORY})})
    outcome = read_bytes("a.zip", zipped({"b.tar.gz": gzip.compress(tarred({"c.zip": inmost}))}))
    assert names(outcome) == ["a.zip/b.tar.gz/c.zip/c.txt"]
    (problem,) = outcome.problems
    assert problem.place == "a.zip/b.tar.gz/c.zip/more.zip" and problem.lost and "within archives" in problem.message


def test_names_are_names_and_lead_nowhere(tmp_path: Path) -> None:
    written = {"../../up.txt": STORY, "/etc/root.txt": STORY, "C:\\drive\\d.txt": STORY, "a/./b/../c.txt": STORY}
    wanted = ["up.txt", "etc/root.txt", "drive/d.txt", "a/b/c.txt"]
    assert names(read_bytes("p.zip", zipped(written))) == [f"p.zip/{name}" for name in wanted]
    (tmp_path / "p.tar").write_bytes(tarred(written, links={"out": "/etc/passwd", "up": "../secret.txt"}))
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    found, problems = read_paths([tmp_path / "p.tar"])
    assert sorted(each.name for each in found) == sorted(f"p.tar/{name}" for name in wanted)
    (problem,) = [each for each in problems if each.kind == "left-out"]
    assert problem.message == "not read: 2 links (out, up)" and not problem.lost
    assert [each.name for each in tmp_path.iterdir()].sort() == ["p.tar", "secret.txt"].sort(), "nothing is unpacked"


def test_members_of_one_name_are_all_kept() -> None:
    first, second = tarred({"a.txt": "Rain fell on Oster."}), tarred({"a.txt": "It fell on Varn."})
    for data in (first[:1024] + second, first + second):
        outcome = read_bytes("p.tar", data)
        assert names(outcome) == ["p.tar/a.txt", "p.tar/a.txt (2)"] and outcome.problems == ()
    assert [each.lost for each in read_bytes("p.tar", first + b"x" * 512).problems] == [True]


@pytest.mark.parametrize(
    "size", [b"-0000000001\0", b"0000000_001\0", b"\xff" * 12, b"\x80" + b"\xff" * 11, b"           9"]
)
def test_a_size_that_is_none_ends_an_archive_and_is_said(size: bytes) -> None:
    data = bytearray(tarred({"a.txt": STORY, "b.txt": STORY}))
    place = data.index(b"b.txt")
    data[place + 124 : place + 136] = size
    head = bytes(data[place : place + 148]) + b" " * 8 + bytes(data[place + 156 : place + 512])
    data[place + 148 : place + 156] = b"%06o\0 " % sum(head)
    outcome = read_bytes("p.tar", bytes(data))
    assert names(outcome) == ["p.tar/a.txt"]
    assert any(each.place == "p.tar" and each.lost for each in outcome.problems)


def test_what_tells_of_a_member_may_say_anything() -> None:
    for told in (b"size=" + b"9" * 5_000, b"size=-5", b"path=", b"=", b"size=\xd9\xa3", b"GNU.sparse.major=1"):
        line = b" " + told + b"\n"
        length = next(number for number in range(9_999) if number == len(str(number)) + len(line))
        data = tarred({"a.txt": STORY})
        head = bytearray(data[:512])
        head[156:157], head[124:136] = b"x", b"%011o\0" % length
        head[148:156] = b" " * 8
        head[148:156] = b"%06o\0 " % sum(head)
        block = b"%d" % length + line
        outcome = read_bytes("p.tar", bytes(head) + block + bytes(-len(block) % 512) + data)
        assert all("please report" not in each.remedy for each in outcome.problems), told
        assert len(outcome.tellings) == 1 or outcome.problems


@pytest.mark.parametrize("pack", [zipped, tarred], ids=["zip", "tar"])
@pytest.mark.parametrize("order", [1, -1])
def test_what_belongs_to_a_saved_page_is_passed_over(pack: Callable[..., bytes], order: int) -> None:
    files = {"in/P_files/f.html": page("Frame"), "in/P.html": page("Page"), "Q_files/q.txt": STORY}
    outcome = read_bytes("p.x", pack(dict(list(files.items())[::order])))
    assert sorted(names(outcome)) == ["p.x/Q_files/q.txt", "p.x/in/P.html"]
    (problem,) = outcome.problems
    assert (problem.place, problem.lost) == ("p.x/in/P_files", False) and "passed over" in problem.message


def test_hidden_files_are_passed_over_as_in_folders() -> None:
    files = {".DS_Store": b"\0\1", "__MACOSX/._a.txt": b"\0", "d/.git/x.txt": STORY, "a.txt": STORY}
    outcome = read_bytes("p.zip", zipped(files))
    assert names(outcome) == ["p.zip/a.txt"] and outcome.problems == ()


def test_a_page_that_is_an_archive_too_is_read_as_the_page() -> None:
    inside = zipped({"index.html": page("Alpha"), "images/0.png": bytes(range(256))})
    before = b"<!doctype html><html><head><title>Please wait</title></head><body><p>Please wait</p><!-- "
    for behind in (b"", b" --><script>unpack()</script></body></html>"):
        data = before + inside[:-2] + struct.pack("<H", len(behind)) + behind
        for name, packed in (("a.html", data), ("p.tar", tarred({"a.html": data}))):
            outcome = read_bytes(name, packed)
            assert [each.view.source.content for each in outcome.tellings] == [page("Alpha")]
            assert names(outcome) == ["a.html" if name == "a.html" else "p.tar/a.html"] and outcome.problems == ()
    (problem,) = read_bytes("a.html", before + inside[:-40]).problems
    assert problem.lost


def test_names_in_utf_8_without_a_word_of_it_are_read_as_meant() -> None:
    data = zipped({"café.txt": STORY}).replace(b"\x00\x08\x08\x00", b"\x00\x00\x08\x00")
    flags = bytearray(data)
    flags[6:8] = b"\0\0"
    place = data.index(b"PK\x01\x02")
    flags[place + 8 : place + 10] = b"\0\0"
    assert names(read_bytes("p.zip", bytes(flags))) == ["p.zip/café.txt"]


# ---- what cannot be read


def test_encrypted_files_are_named_and_the_others_read() -> None:
    data = bytearray(zipped({"a.txt": STORY, "secret.txt": STORY}))
    head, listed = data.rindex(b"PK\x03\x04"), data.rindex(b"PK\x01\x02")
    data[head + 6] |= 1
    data[listed + 8] |= 1
    outcome = read_bytes("p.zip", bytes(data))
    assert names(outcome) == ["p.zip/a.txt"]
    (problem,) = outcome.problems
    assert problem.lost and "encrypted: secret.txt" in problem.message and "password" in problem.remedy


def test_a_way_of_packing_that_is_not_known_is_named() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.txt", STORY)
    (problem,) = read_bytes("p.zip", out.getvalue()).problems
    assert problem.lost and "not known: a.txt" in problem.message


@pytest.mark.parametrize("name", ["a.html", "b.txt"])
def test_a_damaged_file_is_read_as_far_as_it_goes(name: str) -> None:
    data = bytearray(zipped({"a.html": page("Alpha"), "b.txt": STORY}))
    place = data.index(name.encode()) + len(name) + 40
    data[place] ^= 0xFF
    outcome = read_bytes("p.zip", bytes(data))
    assert f"p.zip/{name}: it is damaged; what stands before that place was read" in told(outcome, "malformed")
    assert len(outcome.tellings) >= 1


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("cut.zip", ARCHIVES["pile.zip"]),
        ("cut.tar", tarred({**FILES, "last.bin": bytes(range(256)) * 9})),
        *((f"cut.tar.{name}", pack(tarred(FILES))) for name, pack in PACKERS.items()),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_of_what_was_cut_off_what_is_there_is_read(name: str, data: bytes) -> None:
    whole = names(read_bytes(name, data))
    size = len(data.rstrip(b"\0"))  # a TAR archive is filled up with zeros
    counts = []
    for part in range(20):
        outcome = read_bytes(name, data[: size * part // 20])
        if part:
            assert {"malformed", "unreadable"} & {each.kind for each in outcome.problems if each.place == name}
        assert all("please report" not in each.remedy for each in outcome.problems)
        assert names(outcome) == whole[: len(outcome.tellings)]
        counts.append(len(outcome.tellings))
    assert counts == sorted(counts)
    assert name.endswith(("bz2", "zst")) or counts[-1] >= 2, "these two unpack a hundred kilobytes or nothing"


def test_zip_written_to_a_pipe_is_read_without_its_list() -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.data = b""

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            self.data += bytes(data)
            return len(data)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[arg-type]
        for name, content in FILES.items():
            archive.writestr(name, content)
    assert names(read_bytes("p.zip", pipe.data)) == [f"p.zip/{each}" for each in NAMES]
    listed = pipe.data.index(b"PK\x01\x02")
    outcome = read_bytes("p.zip", pipe.data[: listed + 50])
    assert names(outcome) == [f"p.zip/{each}" for each in NAMES]
    assert told(outcome, "malformed") == [
        "p.zip: its list of files is damaged, or was cut off; 4 files read, found without it"
    ]
    assert not outcome.problems[0].lost


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.zip", b"PK\x05\x06" + bytes(18), "empty"),
        ("a.tar", bytes(10_240), "unreadable"),
        ("a.txt.gz", gzip.compress(b"", mtime=0), "empty"),
        ("a.gz", b"\x1f\x8b\x08", "malformed"),
        ("a.gz", b"\0nothing of the kind", "unreadable"),
        ("a.tar.gz", gzip.compress(b"\0\1" * 600, mtime=0), "unreadable"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c\0\4", "unreadable"),
        ("a", b"Rar!\x1a\x07\x01\0", "unreadable"),
        ("a.txt.lz", b"LZIP\1\x0c", "unreadable"),
    ],
)
def test_bad_archives_are_named(name: str, data: bytes, kind: str) -> None:
    outcome = read_bytes(name, data)
    assert outcome.tellings == ()
    assert kind in {each.kind for each in outcome.problems} and any(each.lost for each in outcome.problems)
    assert all("please report" not in each.remedy for each in outcome.problems)


def test_many_problems_are_told_in_one() -> None:
    outcome = read_bytes("p.zip", zipped({f"{number}.bin": b"\0\1" for number in range(1_200)}))
    assert len(outcome.problems) == 1_001
    assert outcome.problems[-1].message == "200 more problems of files in it, 200 of which could not be read"
    assert outcome.problems[-1].lost and outcome.problems[-1].place == "p.zip"


def test_an_archive_of_pages_says_what_is_no_article() -> None:
    menu = "<html><body><nav><a href=a>Home</a> <a href=b>News</a></nav></body></html>"
    outcome = read_bytes("p.zip", zipped({"index.html": menu, "a.html": page("Alpha")}))
    assert [each.place for each in outcome.problems if each.kind == "no-article"] == ["p.zip/index.html"]


# ---- bombs


def test_a_bomb_ends_soon_and_in_little_memory() -> None:
    zeros = b"\0" * 1_000_000
    bomb = b"".join(PACKERS["gz"](zeros) for _ in range(300))  # 300 MB
    assert_it_ends_soon(bomb, "b.txt.gz", "b.tar.gz", "b.jsonl.gz")


def test_what_is_unpacked_of_all_files_together_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "_ALWAYS", 100_000)
    monkeypatch.setattr(streams, "_TIMES", 10)
    files = {f"{number}.txt": "Rain. " * 5_000 for number in range(20)}
    for name, data in (("b.zip", zipped(files)), ("b.tgz", gzip.compress(tarred(files)))):
        outcome = read_bytes(name, data)
        assert 0 < len(outcome.tellings) < 6
        (problem,) = [each for each in outcome.problems if each.place == name]
        assert problem.kind == "too-large" and problem.lost and " read" in problem.message
    inner = zipped({f"{number}.zip": zipped(files) for number in range(9)})
    assert len(read_bytes("b.zip", inner).tellings) < 6


def test_so_many_files_are_read_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "MOST_FILES", 10)
    data = zipped({f"{number}.txt": STORY for number in range(20)})
    outcome = read_bytes("b.zip", data)
    assert len(outcome.tellings) == 10 and outcome.problems[-1].kind == "too-large"
    nested = read_bytes("b.zip", zipped({f"{number}.zip": data for number in range(5)}))
    assert len(nested.tellings) == 9, "one of the ten is the archive that holds them"


def test_members_that_lie_over_one_another_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "_ALWAYS", 1_000_000)
    monkeypatch.setattr(streams, "_TIMES", 50)
    # Each member is one and the same stretch of packed text (Fifield 2019, "A better zip bomb").
    data = zipped({"a.txt": "Rain fell on Oster. " * 15_000})
    listed = data.index(b"PK\x01\x02")
    entry = data[listed : data.index(b"PK\x05\x06")]
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 2_000, 2_000, len(entry) * 2_000, listed, 0)
    data = data[:listed] + entry * 2_000 + end
    started = time.process_time()
    outcome = read_bytes("b.zip", data)
    assert outcome.problems[-1].kind == "too-large" and len(outcome.tellings) < 40
    assert time.process_time() - started < 20


# ---- laws


@settings(max_examples=150)
@given(
    st.binary(max_size=5_000),
    st.sampled_from(["stored", "deflate", "zlib", "gzip", "bzip2", "xz"]),
    st.integers(1, 700),
    st.integers(0, 20),
)
def test_what_is_packed_is_unpacked_and_what_is_cut_is_noticed(data: bytes, how: Packing, size: int, cut: int) -> None:
    packers: dict[str, Callable[[bytes], bytes]] = {
        "stored": lambda each: each,
        "deflate": lambda each: zlib.compress(each)[2:-4],
        "zlib": zlib.compress,
        "gzip": gzip.compress,
        "bzip2": bz2.compress,
        "xz": lzma.compress,
    }
    packed = packers[how](data)
    budget = Budget(0)
    stream = Unpacked(io.BytesIO(packed), how, budget)
    pieces = []
    while piece := stream.piece(size):
        assert len(piece) <= size
        pieces.append(piece)
    assert b"".join(pieces) == data and stream.trouble is None
    assert budget.most - budget.left == len(data)
    if how not in ("stored",) and 0 < cut < len(packed):
        short = Unpacked(io.BytesIO(packed[:-cut]), how, Budget(0))
        assert data.startswith(forward(short).read()) and short.trouble == "cut"


@settings(max_examples=60)
@given(
    st.dictionaries(
        st.text(st.sampled_from("abcé/ -_"), min_size=1, max_size=120).map(lambda name: f"x{name}x.txt"),
        st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=60).filter(str.strip),
        max_size=6,
    ),
    st.sampled_from(["zip", "gnu", "pax"]),
)
def test_all_files_of_an_archive_come_out_with_their_characters(files: dict[str, str], form: str) -> None:
    data = zipped(files) if form == "zip" else tarred(files, form={"gnu": 1, "pax": 2}[form])
    outcome = read_bytes("p", data)
    alone = [each for name, content in files.items() for each in read_bytes(name, content.encode()).tellings]
    assert sorted(each.view.source.content for each in outcome.tellings) == sorted(
        each.view.source.content for each in alone
    )
    for each in outcome.tellings:
        assert each.view.to_source(Span(0, len(each.view.text))).of(each.view.source.content).strip()


def fuzz(count: int, seed: int) -> None:
    """Archives with bytes changed, taken out and put in: nothing is raised, and each gives a telling or says why."""
    chance = random.Random(seed)
    whole = [ARCHIVES["pile.zip"], ARCHIVES["pile.tar"], *(pack(tarred(FILES)) for pack in PACKERS.values())]
    whole.append(zipped({"in.zip": zipped({"a.txt": STORY}), "b.txt.gz": gzip.compress(STORY.encode())}))
    for _ in range(count):
        data = bytearray(chance.choice(whole))
        for _ in range(chance.randint(1, 6)):
            place = chance.randrange(len(data))
            stretch = chance.randint(1, 30)
            match chance.randrange(4):
                case 0:
                    data[place] = chance.randrange(256)
                case 1:
                    del data[place : place + stretch]
                case 2:
                    data[place:place] = chance.randbytes(stretch)
                case _:
                    data[place : place + 4] = struct.pack("<I", chance.choice([0, 1, 0xFFFF, 0xFFFFFFFF, 1 << 31]))
            if not data:
                break
        outcome = read_bytes(chance.choice(["a.zip", "a.tar", "a.tar.gz", "a"]), bytes(data))
        assert outcome.tellings or outcome.problems or outcome.ours
        for problem in outcome.problems:
            assert "please report" not in problem.remedy, problem


def test_no_damage_raises() -> None:
    fuzz(int(os.environ.get("TELLINGS_FUZZ", "150")), 18)


# ---- records


def test_a_record_of_files_in_archives_is_verified(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "pile.zip").write_bytes(zipped({**FILES, "n.bin": bytes(range(256)) * 4}))
    (folder / "one.txt.gz").write_bytes(gzip.compress(f"date 2015-03-04\n\n{STORY}".encode()))
    (folder / "only.zip").write_bytes(zipped({"d/n.bin": bytes(range(256)) * 4}))
    record, out = tellings.read(folder), tmp_path / "record"
    assert {each.name for each in record.tellings} >= {
        "sub/pile.zip/a.html",
        "one.txt.gz",
        "sub/pile.zip/lines.jsonl#1",
    }
    assert {each.place for each in record.problems} >= {"sub/pile.zip/n.bin", "only.zip/d/n.bin"}
    out.mkdir()
    (out / "record.json").write_bytes(encode(record))
    found = tellings.verify(out / "record.json", again=True).verification
    assert found.holds and not found.unsourced and not found.notes[1:], found
    (folder / "sub" / "pile.zip").write_bytes(zipped({**FILES, "a.html": page("Beta")}))
    assert not tellings.verify(out / "record.json").verification.holds
