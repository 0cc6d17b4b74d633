"""From bytes to characters, saying so whenever that took a guess."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace

from tellings.edge.readers.likely import is_better, is_of_other_script, likelier, likely
from tellings.model.counted import count

#: Byte-order marks, the longer ones first (the UTF-32 mark starts with the UTF-16 one).
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE
)
_XML_ENCODING = re.compile(rb"<\?xml[^>]{0,100}?encoding\s{0,5}=\s{0,5}[\"']([A-Za-z0-9_.:-]{2,40})")
_ASCII_NAMES = frozenset({"us-ascii", "ascii"})
#: What browsers read under a name that is declared (WHATWG Encoding Standard, 4.2), where that is more than Python
#: reads, or a name that it does not know.
_READ_AS = {
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii", "x-cp1252"), "cp1252"),
    **dict.fromkeys(("gb2312", "gb_2312-80", "gbk", "x-gbk", "chinese", "cp936", "windows-936"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "ms_kanji"), "cp932"),
    **dict.fromkeys(("euc-kr", "euckr", "ks_c_5601-1987", "ksc5601", "korean", "windows-949"), "cp949"),
    **dict.fromkeys(("iso-8859-9", "iso8859-9", "latin5", "l5"), "cp1254"),
    **dict.fromkeys(("tis-620", "iso-8859-11", "windows-874", "x-windows-874"), "cp874"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5", "cn-big5"), "big5hkscs"),
    **dict.fromkeys(("x-mac-cyrillic", "x-mac-ukrainian"), "mac_cyrillic"),
    **dict.fromkeys(("utf-8-sig", "unicode-1-1-utf-8", "x-unicode20utf8"), "utf-8"),
    "iso-8859-8-i": "iso8859_8", "x-cp1250": "cp1250", "x-cp1251": "cp1251", "x-euc-jp": "euc_jp",
    "x-mac-roman": "mac_roman",
}  # fmt: skip
#: Encodings of Python that are none of texts: they read a backslash as the beginning of something.
_OF_PYTHON = frozenset({"unicode-escape", "raw-unicode-escape"})
#: What is these bytes in every encoding that can be declared within a text in it.
_PLAIN = "<meta charset='a-1'>\\&;\n"
#: How other letters than ASCII begin in ISO-2022-JP (RFC 1468), in which Japanese mail is sent.
_SHIFTS = re.compile(rb"\x1b\$[@B]")
#: Bytes that no text holds: control characters other than tab, line ends, form feed and escape.
_CONTROL_BYTES = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27})
#: Of UTF-16 without a mark at least one unit in so many is ASCII: in any script spaces, and the mark-up of a page.
_FEWEST_ASCII = 12
#: The writing of China, Japan and Korea, and what of it no other bytes are likely to come to: marks and the letters of
#: Japan, of which text has more than one in so many, and those of Korea, of which it has more than half.
_EASTERN = re.compile("[\u2010-\u2026\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff00-\uff9f\\s0-9A-Za-z.,]")
_EASTERN_MARKS, _FEWEST_MARKS = re.compile("[\u3000-\u30ff\uff00-\uff65]"), 20
_OF_KOREA = re.compile("[\uac00-\ud7a3]")
#: Text with a NUL in more than one in so many bytes is none; those at its end, with which damaged disks fill a file,
#: are not counted.
_MOST_NUL = 100
#: How far into a page what it says of its encoding is looked for (bytes): scripts and styles may stand before it.
_DECLARED_WITHIN = 1_000_000
#: How much is looked at to tell text from other things (bytes).
_HEAD = 4096
#: How much the guess of an encoding reads (bytes): it costs about a second per megabyte.
_SAMPLE = 64 * 1024


class NotTextError(ValueError):
    """The bytes are no text in any encoding known here; the message says why."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters, the encoding they were read in, and `note`: what had to be guessed or given up."""

    content: str
    encoding: str
    note: str | None = None
    guessed: bool = False


def marked_encoding(data: bytes) -> str | None:
    """The encoding of two or four bytes a unit that a byte-order mark tells; `None` where there is no such mark."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def wide_encoding(data: bytes) -> str | None:
    """The encoding of two or four bytes a unit that bytes are in; `None` where they are in none.

    Without a mark it is UTF-16 where one byte of many units, always the same, is NUL, and what comes of it is text; or
    where what comes of it is the writing of China, Japan or Korea, of which few units have one.
    """
    if encoding := marked_encoding(data):
        return encoding
    head = data[: _HEAD // 2 * 2]
    high, low = head[0::2].count(0), head[1::2].count(0)
    if not max(high, low):
        return None
    encoding = "utf-16-be" if high > low else "utf-16-le"
    seen = head.decode(encoding, errors="replace")
    if max(high, low) * _FEWEST_ASCII < len(head) // 2 or min(high, low) * _FEWEST_ASCII * 2 > max(high, low):
        is_eastern = len(_EASTERN_MARKS.findall(seen)) * _FEWEST_MARKS >= len(seen) or len(
            _OF_KOREA.findall(seen)
        ) * 2 > len(seen)
        return encoding if is_eastern and len(_EASTERN.findall(seen)) * 10 >= len(seen) * 9 else None
    odd = sum(not (character.isprintable() or character.isspace()) for character in seen)
    return encoding if odd * 50 < len(seen) and "\ufffd" not in seen[:-1] else None


def glimpse(head: bytes) -> str:
    """The first bytes of a file as characters, to see what it is; what is damaged or cut is U+FFFD."""
    return head.decode(wide_encoding(head) or "utf-8", errors="replace")


def in_encoding(data: bytes, name: str) -> Decoded | None:
    """`data` read in the encoding that something beside it declares; `None` where that is no encoding, or not its own.

    It is read as browsers do: Latin-1 as Windows-1252. What is declared as ASCII and is not tells nothing.
    """
    name = name.strip().lower()
    return None if name in _ASCII_NAMES and not data.isascii() else _read_as(data, name)


def _read_as(data: bytes, name: str) -> Decoded | None:
    """`data` in the encoding `name`, or what browsers read for it; `None` where it is in neither.

    An encoding that has other bytes for plain letters can be declared by nothing that stands in it, and those of two or
    four bytes a character were told before.
    """
    for each in dict.fromkeys((_READ_AS.get(name, name), name)):
        try:
            codec = codecs.lookup(each)
            if codec._is_text_encoding and codec.name not in _OF_PYTHON and _PLAIN.encode(each) == _PLAIN.encode():
                return Decoded(data.decode(each), each)
        except (LookupError, UnicodeError, ValueError):
            continue
    return None


def decode(data: bytes, *, markup: bool = False, guess: str | None = None, declared: str = "") -> Decoded:
    """The characters of `data`.

    1. a byte-order mark decides; 2. NUL bytes mean UTF-16, or else, if they are more than a few, that it is no text;
    3. UTF-8, where it is valid, and ISO-2022-JP, where its signs are; 4. what something beside the bytes declares
    (`declared`), then the page's own mark-up (`markup`), unless its letters stand in no words then; 5. UTF-8 with a few
    damaged places; 6. the encoding of Latin letters in which they stand as they do in words; 7. Windows-1252, where
    only a few characters need it, as in English; 8. the best guess of charset-normalizer. `guess` is what was guessed
    of what stands beside these bytes. A leading U+FEFF stays: it was received (the view leaves it out).

    Raises:
        NotTextError: no text in any of these.
    """
    # 1. byte-order mark
    if encoding := marked_encoding(data):
        return _marked(data, encoding)
    # 2. NUL bytes
    if b"\0" in data:
        if encoding := wide_encoding(data):
            return replace(_marked(data, encoding), note=f"read as {encoding}, though no mark says so")
        within = data.rstrip(b"\0")
        if not within or within.count(0) * _MOST_NUL > len(within):
            raise NotTextError("it holds NUL bytes, so it is no text")
    # 3. UTF-8
    try:
        if _SHIFTS.search(data) and (found := _read_as(data, "iso-2022-jp")):
            return replace(found, note=f"read as {found.encoding}, as its signs say")
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    head = data[:_HEAD]
    if len(head) - len(head.translate(None, _CONTROL_BYTES)) > len(head) // 100:
        raise NotTextError("it holds control bytes throughout, so it is no text")
    # 4. declared
    if declared and (found := in_encoding(data, declared)):
        return _doubted(data, found, "its server names")
    if markup and (found := _declared(data)):
        return _doubted(data, found, "the page declares")
    # 5. damaged UTF-8: more valid sequences than invalid ones
    damaged = data.decode("utf-8", errors="replace")
    bad = damaged.count("\ufffd")
    beyond_ascii = sum(1 for character in damaged if character > "\x7f")
    if beyond_ascii - bad > bad:
        return Decoded(damaged, "utf-8", _damaged(bad, "UTF-8"))
    # 6. Latin letters
    if (encoding := likely(data, guess)) is not None:
        return _guessed(data, encoding)
    # 7. Windows-1252. At most 1 character in 20 beyond ASCII: English with accents and curly quotes
    # (Russian or Greek in a one-byte encoding has most characters there).
    if bad * 20 <= len(damaged):
        try:
            return Decoded(data.decode("cp1252"), "cp1252", "not UTF-8; read as Windows-1252, which is doubtful")
        except UnicodeDecodeError:
            pass
    # 8. guess
    return _guessed(data, guess or _best(data))


def _marked(data: bytes, encoding: str) -> Decoded:
    content = data.decode(encoding, errors="replace")
    if bad := content.count("\ufffd"):
        if bad * 10 > len(content):
            raise NotTextError(f"it begins as {encoding}, but most of it is not")
        return Decoded(content, encoding, _damaged(bad, encoding))
    return Decoded(content, encoding)


def _damaged(places: int, encoding: str) -> str:
    are, they = ("is", "it is") if places == 1 else ("are", "they are")
    return f"{count(places, 'place')} {are} not valid {encoding}; {they} shown as U+FFFD"


def _declared(data: bytes) -> Decoded | None:
    match = _META_CHARSET.search(data, 0, _DECLARED_WITHIN) or _XML_ENCODING.search(data, 0, 200)
    return _read_as(data, match.group(1).decode("ascii").lower()) if match else None


def _doubted(data: bytes, found: Decoded, who: str) -> Decoded:
    """`found`, in the encoding that something declares, or what the bytes plainly are where its letters would stand in
    no words."""
    other = likelier(data, found.encoding)
    if other is None and is_of_other_script(data):
        best = _best(data)
        other = best if is_better(data, best, found.encoding) else None
    if other is None or other == found.encoding:
        return replace(found, note=f"not UTF-8; read as {found.encoding}, which {who}")
    read = _guessed(data, other)
    return replace(read, note=f"{read.note}: as {found.encoding}, which {who}, its letters stand in no words")


def _best(data: bytes) -> str:
    """The best guess of charset-normalizer. Raises NotTextError."""
    from charset_normalizer import from_bytes  # 30 ms to import, seldom needed

    if (best := from_bytes(data[:_SAMPLE]).best()) is None:
        raise NotTextError("its encoding could not be told")
    return best.encoding


def _guessed(data: bytes, guess: str) -> Decoded:
    try:
        content = data.decode(guess, errors="replace")
    except (LookupError, UnicodeError) as error:
        raise NotTextError("its encoding could not be told") from error
    note = "not UTF-8; read as Windows-1252" if guess == "cp1252" else f"not UTF-8; read as {guess}, the best guess"
    if bad := content.count("\ufffd"):
        note = f"{note}; {_damaged(bad, guess)}"
    return Decoded(content, guess, note, guessed=True)
