"""Characters that were encoded twice: their UTF-8 bytes were read as those of another encoding, once or more often, and
encoded anew ("â€™" for "’"). Here is what was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import cache

from tellings.model.text import Edit

#: In which encodings the bytes of UTF-8 are read in error: the first by far the most often, the others where something
#: in the text is what these signs become in them, and in them alone.
_FIRST, _OTHERS = "cp1252", ("mac_roman", "cp437", "cp850", "cp1251", "cp1250")
_SIGNS = "’‘“”–—…"
#: First bytes of letters with accents, of spaces and signs, of punctuation and of emoji. Others, of which whole scripts
#: are made, are believed where so many characters of theirs stand one behind the other.
_COMMON, _IN_A_ROW = frozenset(b"\xc2\xc3\xc5\xe2\xef\xf0"), 3
#: First bytes that are believed as the common ones are where these were found: letters of Poland and its neighbours.
_AMONG_OTHERS = frozenset(b"\xc4")
#: How often characters are found to have been encoded.
_MOST_TIMES = 4
#: What a text has that has any: the common first bytes, those of Greek, Cyrillic, Hebrew and Arabic, how a full stop of
#: China, and letters of India, Thailand and Korea begin; how marks do in the other encodings.
_LEADS = (*"âÃÂÅïð", *"ÎÐ×Ø", "ã€", "à¤", "à¸", "ë‹", "‚Ä", "ΓÇ", "ÔÇ", "вЂ")
#: So many characters are looked at together, and so much of a text to see which first bytes are believed (characters).
_LONGEST_RUN, _SAMPLE = 500, 200_000

#: The bytes of one character (RFC 3629, 4).
_UTF_8 = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)

#: Where what stands for a character begins and ends, and the character.
_Unit = tuple[int, int, str]


def twice_encoded(content: str, most: int | None = None) -> tuple[Edit, ...]:
    """Edits, no more than `most`, for characters that were encoded twice.

    A lone two-character run ("Ã©") may be meant; two or more of them, or one of three, are not.
    """
    if not _may_hold_some(content):
        return ()
    encoding = _encoding(content)
    found: list[_Unit] = []
    for unit in _units(content, encoding):
        found.append(unit)
        if len(found) == most:
            break
    is_sure = len(found) > 1 or any(end - start > 2 for start, end, _ in found)
    return tuple(Edit(*unit) for unit in found) if is_sure else ()


def encoded_once(value: str) -> str:
    """`value`, of a text that has characters encoded twice, with its own put right."""
    if not _may_hold_some(value):
        return value
    pieces, position = [], 0
    for start, end, meant in _units(value, _encoding(value)):
        pieces += [value[position:start], meant]
        position = end
    return "".join([*pieces, value[position:]])


def _may_hold_some(content: str) -> bool:
    """Whether to look closer. A search for some characters at a time is much faster than one for any of them."""
    return not content.isascii() and any(sign in content for sign in _LEADS)


def _encoding(content: str) -> str:
    return next((each for each in _OTHERS if any(sign in content for sign in _signs_of(each))), _FIRST)


@cache
def _signs_of(encoding: str) -> frozenset[str]:
    """What signs become whose bytes are read in an encoding, where that is something else than in the first."""

    def read_in(name: str) -> set[str]:
        return {sign.encode().decode(name, "replace") for sign in _SIGNS}

    return frozenset(sign for sign in read_in(encoding) - read_in(_FIRST) if "\ufffd" not in sign)


@cache
def _bytes_of(encoding: str) -> dict[int, int]:
    """Character → the byte that is read as it, both as numbers. A byte without a character is read as a control
    character."""
    found: dict[int, int] = {}
    for byte in range(0x80, 0x100):
        found[ord(bytes((byte,)).decode(encoding, "ignore") or chr(byte))] = byte
    if encoding == _FIRST:  # Latin-1 differs from it in these alone
        found |= {byte: byte for byte in range(0x80, 0xA0)}
    return found


@cache
def _runs_of(encoding: str) -> re.Pattern[str]:
    """What two and more characters may have become that were encoded twice: a first byte and those behind it."""
    of = _bytes_of(encoding).items()
    leads = re.escape("".join(chr(character) for character, byte in of if 0xC2 <= byte <= 0xF4))
    behind = re.escape("".join(chr(character) for character, byte in of if byte < 0xC0))
    return re.compile(f"(?:[{leads}][{behind}]{{1,3}}){{1,{_LONGEST_RUN}}}")


def _units(content: str, encoding: str) -> Iterator[_Unit]:
    """The characters that were encoded twice, in their order: 1. which first bytes are believed; 2. what begins so."""
    # 1. believed
    leads = set(_COMMON)
    runs = _runs_of(encoding)
    for match in runs.finditer(content, 0, _SAMPLE):
        for row in _rows(match.group(), encoding):
            if len(row) >= _IN_A_ROW:
                leads.update(lead for lead, _ in row)
            if any(lead in _COMMON for lead, _ in row):
                leads |= _AMONG_OTHERS
    # 2. what begins so
    for match in runs.finditer(content):
        run = match.group()
        found = _believed(run, encoding, leads)
        for _ in range(_MOST_TIMES):
            again = "".join(meant for _, _, meant in found)
            if not runs.search(again):
                break
            found = _joined(run, found)
            again = "".join(meant for _, _, meant in found)
            found = [
                (found[start][0], found[end - 1][1], meant) for start, end, meant in _whole(again, encoding, leads)
            ]
        start = match.start()
        yield from ((start + first, start + end, meant) for first, end, meant in found if end - first > 1)


def _joined(run: str, found: Sequence[_Unit]) -> list[_Unit]:
    """`found` with all characters of a run that stand between."""
    units: list[_Unit] = []
    done = 0
    for unit in found:
        units += [(place, place + 1, run[place]) for place in range(done, unit[0])]
        units.append(unit)
        done = unit[1]
    return [*units, *((place, place + 1, run[place]) for place in range(done, len(run)))]


def _whole(run: str, encoding: str, leads: Set[int]) -> list[_Unit]:
    """All characters of a run, each that was encoded twice as what was meant."""
    return _joined(run, _believed(run, encoding, leads))


def _believed(run: str, encoding: str, leads: Set[int]) -> list[_Unit]:
    """The characters of a run that were encoded twice: those of `leads`, and of others so many in a row."""
    return [unit for row in _rows(run, encoding) for lead, unit in row if lead in leads or len(row) >= _IN_A_ROW]


def _rows(run: str, encoding: str) -> Iterator[list[tuple[int, _Unit]]]:
    """What may be characters that were encoded twice, each with its first byte; those together that stand one behind
    the other."""
    of = _bytes_of(encoding)
    # A character that stands for no byte is taken for one that no UTF-8 has.
    data = bytes(of.get(ord(character), 0xFF) for character in run)
    row: list[tuple[int, _Unit]] = []
    for match in _UTF_8.finditer(data):
        meant = match.group().decode("utf-8", "replace")
        # What is encoded three times is, once undone, again such characters, among them control characters.
        if not (meant.isprintable() or meant == "\u00a0" or ord(meant) in of) or meant == "\ufffd":
            continue
        start, end = match.span()
        if row and row[-1][1][1] != start:
            yield row
            row = []
        row.append((data[start], (start, end, meant)))
    if row:
        yield row
