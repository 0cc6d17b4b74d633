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


# ---- encodings of one byte a character that nothing declares, or something wrongly

SPOKEN = {
    "English": "“It’s over,” said Zoë Núñez—the café’s owner—‘for good’. The façade cost £4,000… and it won’t open.",
    "German": "Der Bürgermeister von Köln sagte, daß die Brücke über den Fluß gesperrt ist. „Wir wissen es nicht“.",
    "French": "Le maire a déclaré mardi que l’hôtel « Bleu » resterait fermé jusqu’à l’été, a-t-on précisé à Paris.",
    "Polish": "Burmistrz powiedział we wtorek, że most będzie zamknięty. „Nie wiemy, dlaczego” – dodał. Są już w domu.",
    "Czech": "Starosta v úterý řekl, že most zůstane zavřený. „Nevíme proč,“ dodal. Žlutá loď je na řece, šli pěšky.",
    "Russian": "Мэр заявил во вторник, что мост останется закрытым. «Мы не знаем, почему», — добавил он журналистам.",
    "Greek": "Ο δήμαρχος είπε την Τρίτη ότι η γέφυρα θα μείνει κλειστή. «Δεν ξέρουμε γιατί», πρόσθεσε.",
}
ONE_BYTE = [
    *(("English", each) for each in ("cp1252", "mac_roman", "cp850", "cp437")),
    *(("German", each) for each in ("cp1252", "mac_roman", "iso8859_15", "cp850")),
    *(("French", each) for each in ("cp1252", "mac_roman", "cp850")),
    *((each, of) for each in ("Polish", "Czech") for of in ("cp1250", "iso8859_2", "mac_latin2", "cp852")),
    *(("Russian", each) for each in ("cp1251", "koi8_r", "iso8859_5", "cp866")),
    *(("Greek", each) for each in ("cp1253", "iso8859_7")),
]


@pytest.mark.parametrize(("language", "encoding"), ONE_BYTE)
def test_letters_stand_in_words_in_their_own_encoding(language: str, encoding: str) -> None:
    for times in (20,) if language in ("Russian", "Greek") else (1, 20):
        data = "\n\n".join([SPOKEN[language]] * times).encode(encoding, "ignore")
        outcome = read_bytes("a.txt", data)
        (read,) = outcome.tellings
        assert read.view.source.content == data.decode(encoding)
        assert any("not UTF-8; read as" in each.message for each in outcome.problems)


def test_each_line_of_a_file_is_read_as_the_others() -> None:
    said = [SPOKEN["English"], "The café is shut.", "Zoë said so."]
    data = "".join(f'{{"title": "{number}", "text": "{text}"}}\n' for number, text in enumerate(said))
    outcome = read_bytes("a.jsonl", data.encode("mac_roman", "ignore"))
    assert [each.view.text for each in outcome.tellings] == [
        text.encode("mac_roman", "ignore").decode("mac_roman") for text in said
    ]


@pytest.mark.parametrize(
    ("language", "declared", "encoding"),
    [
        ("English", "iso-8859-1", "mac_roman"),
        ("English", "macintosh", "cp1252"),
        ("English", "utf-8", "cp1252"),
        ("French", "iso-8859-15", "cp1252"),
        ("Polish", "iso-8859-1", "cp1250"),
        ("Russian", "iso-8859-1", "cp1251"),
        ("Russian", "koi8-r", "cp1251"),
        ("Greek", "iso-8859-1", "cp1253"),
    ],
)
def test_an_encoding_that_is_declared_wrongly_is_not_believed(language: str, declared: str, encoding: str) -> None:
    words = SPOKEN[language].encode(encoding, "ignore").decode(encoding)
    body = "".join(f"<p>{words} {number}</p>" for number in range(20))
    whole = f'<!doctype html><meta charset="{declared}"><title>1</title><article><h1>1</h1>{body}</article>'
    outcome = read_bytes("a.html", whole.encode(encoding))
    assert words in outcome.tellings[0].view.source.content
    (note,) = [each.message for each in outcome.problems if "not UTF-8" in each.message]
    assert declared == "utf-8" or "stand in no words" in note


@pytest.mark.parametrize(
    ("declared", "words"),
    [
        ("iso-8859-1", "It’s 30°C, 5½ miles × 3, £4m – or “more” ® • café; ¿qué?"),
        ("windows-1252", "RÉSUMÉ, À LA CARTE; n° 5, 2ª vez; the § 12, © Zoë"),
        ("windows-1250", SPOKEN["Polish"]),
        ("iso-8859-2", SPOKEN["Czech"].replace("„", '"').replace("“", '"')),
        ("windows-1251", SPOKEN["Russian"]),
        ("koi8-r", "Мост через реку закрыли в полдень."),
        ("koi8-r", "Мост"),
        ("iso-8859-7", "Η γέφυρα έκλεισε."),
        ("windows-1255", "הגשר נסגר אתמול."),
        ("windows-1256", "أغلق الجسر أمس."),
        ("shift_jis", "橋は閉鎖された。"),
        ("euc-kr", "다리가 폐쇄되었다."),
        ("gb2312", "这座桥将继续关闭。"),
        ("big5", "這座橋將繼續關閉。"),
        ("iso-8859-9", "Belediye başkanı salı günü köprünün kapalı kalacağını söyledi."),
    ],
)
def test_an_encoding_that_is_declared_rightly_is_believed(declared: str, words: str) -> None:
    encoding = {"iso-8859-1": "cp1252", "gb2312": "gb18030"}.get(declared, declared)
    data = f"<meta charset={declared}><p>{words}</p>".encode(encoding)
    found = decode(data, markup=True)
    assert words in found.content and found.note is not None and "declares" in found.note
    assert "stand in no words" not in found.note


def test_japanese_mail_and_utf_16_of_the_east_are_read() -> None:
    japanese = "市長は火曜日、橋は閉鎖されたままになると述べた。「理由はわからない」と付け加えた。\n\nけが人はいない。"
    korean = "시장은 화요일 다리가 계속 폐쇄될 것이라고 말했다. “이유를 모른다”고 덧붙였다.\n\n다친 사람은 없었다."
    for content, encoding in ((japanese, "iso2022_jp"), (japanese, "utf-16-le"), (korean, "utf-16-be")):
        outcome = read_bytes("a.txt", content.encode(encoding))
        assert outcome.tellings[0].view.source.content == content
        assert any("read as" in each.message for each in outcome.problems)


def test_bytes_that_stand_for_nothing_are_counted() -> None:
    data = (SPOKEN["Polish"] * 9).encode("cp1250") + b" \x81\x83\x88"
    (note,) = [each.message for each in read_bytes("a.txt", data).problems if "not UTF-8" in each.message]
    assert note == "not UTF-8; read as cp1250, the best guess; 3 places are not valid cp1250; they are shown as U+FFFD"


@settings(max_examples=100)
@given(st.binary(max_size=400), st.sampled_from(["", "cp1251", "cp1252", "gb18030", "koi8-r"]))
def test_any_bytes_are_decoded_or_refused(noise: bytes, declared: str) -> None:
    for data in (noise, b"The mayor said. " * 9 + noise, noise * 9):
        try:
            found = decode(data, declared=declared)
        except NotTextError:
            continue
        assert found.note or found.content.encode() == data or found.encoding.startswith("utf")
