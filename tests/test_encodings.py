"""From bytes to characters where nothing, or something wrong, says how."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_archives import STORY, page

from tellings.edge.readers import read_bytes
from tellings.edge.readers.decode import NotTextError, decode, wide_encoding

TEXTS = {
    "English": STORY,
    "German": "Die Brücke über die Merrin wurde mittags geschlossen, sagte Jörg Groß.",
    "Russian": "Мост через Меррин закрыли в полдень, сказала Ада Тамм. Его не откроют до пятницы.",
    "Greek": "Η γέφυρα έκλεισε το μεσημέρι, είπε η Άντα Ταμ. Δεν θα ανοίξει πριν την Παρασκευή.",
}


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("language", TEXTS)
def test_utf_16_without_a_mark_is_read_and_said(language: str, encoding: str) -> None:
    for name, content in (("a.txt", TEXTS[language]), ("a.html", page("Alpha", body=f"<p>{TEXTS[language]}</p>"))):
        outcome = read_bytes(name, content.encode(encoding))
        (read,) = outcome.tellings
        assert read.view.source.content == content
        assert [each.message for each in outcome.problems] == [f"read as {encoding}, though no mark says so"]
    assert read_bytes("a", page("Alpha").encode(encoding)).tellings[0].media_type == "text/html"
    lines = '{"title": "One", "text": "Rain fell."}\n{"title": "Two", "text": "It fell."}\n'
    assert len(read_bytes("a.jsonl", lines.encode(encoding)).tellings) == 2


@pytest.mark.parametrize(
    "data",
    [
        struct.pack("<200h", *range(200)),
        bytes(range(256)) * 8,
        b"\0" * 300,
        b"\0\1",
        b"\0\1" * 200,
        b"".join(struct.pack("<I", number * 977) for number in range(300)),
    ],
    ids=["numbers", "all bytes", "zeros", "pair", "pairs", "long numbers"],
)
def test_what_is_no_text_is_not_taken_for_utf_16(data: bytes) -> None:
    assert wide_encoding(data) is None
    with pytest.raises(NotTextError):
        decode(data)


@pytest.mark.parametrize(
    ("declared", "encoding", "text"),
    [
        ("gb2312", "gb18030", "渡轮沉没，镕基㎏。"),
        ("shift_jis", "cp932", "フェリーが沈んだ①。"),
        ("x-sjis", "cp932", "フェリーが沈んだ。"),
        ("euc-kr", "cp949", "페리가 침몰했다 뷁."),
        ("iso-8859-9", "cp1254", "“Işık” İzmir’de."),
        ("tis-620", "cp874", "เรือเฟอร์รี่จม…"),
        ("iso-8859-1", "cp1252", "“Café”"),
    ],
)
def test_what_is_declared_is_read_as_browsers_read_it(declared: str, encoding: str, text: str) -> None:
    data = f"<meta charset={declared}><p>{text}</p>".encode(encoding)
    assert text in decode(data, markup=True).content
    assert text in decode(data, declared=declared).content


@pytest.mark.parametrize(
    "declared",
    [
        "utf-16",
        "utf-16le",
        "utf-32",
        "utf-7",
        "punycode",
        "idna",
        "unicode_escape",
        "raw_unicode_escape",
        "cp037",
        "hex",
    ],
)
def test_what_no_page_can_be_in_is_not_believed(declared: str) -> None:
    data = rf"<meta charset={declared}><p>The path C:\u0041 +ADw- is that of the café, said Ada Quill. ".encode(
        "cp1252"
    )
    for found in (decode(data, markup=True), decode(data, declared=declared)):
        assert found.content == data.decode("cp1252")


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_a_few_nul_bytes_are_left_out_and_said(name: str) -> None:
    content = f"{STORY}\n\n{STORY}" if name == "a.txt" else page("Alpha")
    at = content.index("closed")
    data = (content[:at] + "\0" + content[at:]).encode() + b"\0" * 4_000
    outcome = read_bytes(name, data)
    (read,) = outcome.tellings
    assert STORY in read.view.text and "\0" not in read.view.text
    assert [each.kind for each in outcome.problems] == ["characters"] and "U+0000" in outcome.problems[0].message
    assert any(hint.kind == "paragraph" for hint in read.hints) or name == "a.txt"


def test_a_page_may_say_late_what_its_encoding_is() -> None:
    late = page("Straße", head=f'<style>{"p { color: red } " * 20_000}</style><meta charset="iso-8859-2">')
    outcome = read_bytes("a.html", late.encode("iso-8859-2"))
    assert "Straße" in outcome.tellings[0].view.text and "café" in outcome.tellings[0].view.text
    assert "which the page declares" in outcome.problems[0].message


@settings(max_examples=200)
@given(st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=60), st.binary(max_size=60))
def test_utf_8_is_never_taken_for_anything_else(text: str, noise: bytes) -> None:
    if "\0" not in text and not text.startswith("\ufeff"):
        assert decode(text.encode()).content == text
    try:
        decoded = decode(noise)
    except NotTextError:
        return
    assert isinstance(decoded.content, str)
