"""Which encoding of one byte a character a text of Latin letters is in, seen from where its letters and marks stand.

In the right one small letters stand in words, capitals at their beginning, quotation marks at their edges and signs of
currencies at numbers; in a wrong one a curly apostrophe becomes a capital within a word ("donÕt").
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

from tellings.language.detect import UNKNOWN, detect

#: The encodings that are tried, those first that are met most; where two tell the same, the first is taken.
_ENCODINGS = (
    "cp1252", "iso8859_15", "mac_roman", "cp1250", "iso8859_2", "cp850", "cp437", "cp852", "mac_latin2", "cp1254",
    "cp1257", "iso8859_13",
)  # fmt: skip
#: How many characters are looked at, within how many bytes, and within how many words.
_LOOKED, _LONGEST, _SAMPLE = 2_000, 1_000_000, 50_000
_TAG = re.compile(r"<[^<>]{0,2000}>")
_HIGH = re.compile(rb"[\x80-\xff]")
#: Where so many stand in a row that are not the same, they are letters of another script, of which nothing is told
#: here; of those that are looked at no more than this share may be.
_ROW, _MOST_IN_ROWS = re.compile(rb"([\x80-\xff])(?!\1)[\x80-\xff]{3,}"), 0.2
#: Of these two, one with letters of another sort at the same bytes, the second has bytes that the first has not.
_ISO, _WINDOWS, _WINDOWS_ALONE = "iso8859_2", "cp1250", re.compile(rb"[\x80-\x9f]")
#: Which share of characters stands right in an encoding that is believed, and how much less is the same.
_RIGHT, _SAME = 0.9, 0.02
#: From which share on an encoding that is declared is not doubted, and by how much more stands right in a likelier one.
_DECLARED, _LIKELIER = 0.97, 0.15
_OPENING, _CLOSING = frozenset("“„‘‚«‹¿¡"), frozenset("”’“‘»›")
_CURRENCY, _BEHIND_NUMBERS = frozenset("£€¥¢"), frozenset("°½¼¾²³ªº‰")
_ANYWHERE, _APART = frozenset("–—…"), frozenset("•·§©®™\xa0†")
_LATIN_BEYOND = re.compile("[\u0080-\u024f]+")
#: Letters of other scripts begin here; they stand in no word with Latin ones.
_BEYOND_LATIN = "\u0370"
#: By how much larger the share of a language's small words is where letters are read in their own encoding.
_MORE_WORDS = 0.1
#: Letters that are seldom met in the languages that these encodings are used for.
_RARE = frozenset("ƒÿŸþÞðÐ")


def likely(data: bytes, before: str | None = None) -> str | None:
    """The encoding in which the characters beyond ASCII of `data` stand as they do in words. Of several: `before`, that
    of what stands beside it; else the one in which most words are of one language; else the one that is met most.

    `None` where they do in none, and where most of them are of another script.
    """
    data = _part(data)
    same = _same(data)
    if not same or before in same:
        return before if same else None
    # Of those that tell the same, the first.
    read = {data[:_SAMPLE].decode(each, "replace"): each for each in reversed(same)}
    if len(read) == 1:
        return same[0]
    shares = {each: round(share_of_a_language(content), 2) for content, each in read.items()}
    best = [each for each in same if shares.get(each) == max(shares.values())]
    # Windows has letters and quotation marks where ISO 8859-2 has nothing.
    return _ISO if _ISO in best and best[0] == _WINDOWS and not _WINDOWS_ALONE.search(data) else best[0]


def likelier(data: bytes, encoding: str) -> str | None:
    """The encoding that `data` is likely to be in rather than in `encoding`, which something declares; `None` where
    that may be right, or where none is likelier."""
    right = right_in(data, encoding)
    data = _part(data)
    if (
        right >= _DECLARED
        or is_of_other_script(data)
        or not (same := _same(data))
        or right_in(data, same[0]) < right + _LIKELIER
    ):
        return None
    return likely(data)


def is_better(data: bytes, other: str, encoding: str) -> bool:
    """Whether `data`, which is of another script than Latin, is rather in `other` than in `encoding`, which something
    declares: it would be of Latin letters there, or of the same script, and there are more words of a language in the
    other."""
    told, rather = (_TAG.sub(" ", data[:_SAMPLE].decode(each, "replace")) for each in (encoding, other))
    is_latin = sum(map(len, _LATIN_BEYOND.findall(told))) * 2 > len(_HIGH.findall(data[:_SAMPLE]))
    if not is_latin and _script(told) != _script(rather):
        return False
    more = share_of_a_language(rather) - share_of_a_language(told)
    return more > (0.0 if is_latin else _MORE_WORDS)


def _script(content: str) -> int:
    """Which letters beyond Latin ones a text has most of, by the first byte of their code points; 0 for none."""
    blocks = Counter(ord(character) >> 8 for character in content if character >= _BEYOND_LATIN)
    return max(blocks, key=lambda block: (blocks[block], block), default=0)


def right_in(data: bytes, encoding: str) -> float:
    """Which share of the characters beyond ASCII stand right in an encoding; 1 in one of several bytes a character."""
    if len(bytes(range(256)).decode(encoding, "replace")) != 256:
        return 1.0
    data = _part(data)
    return _right_in(data, encoding, _places(data))


def _same(data: bytes) -> list[str]:
    """The encodings in which most characters stand right."""
    places = _places(data)
    if not places or is_of_other_script(data):
        return []
    right = {each: _right_in(data, each, places) for each in _ENCODINGS}
    most = max(right.values())
    return [each for each in _ENCODINGS if right[each] >= most - _SAME] if most >= _RIGHT else []


def is_of_other_script(data: bytes) -> bool:
    """Whether letters beyond ASCII stand together as those of other scripts than Latin do."""
    data = _part(data)
    places = _places(data)
    in_rows = sum(len(match.group()) for match in _ROW.finditer(data, 0, places[-1] + 1)) if places else 0
    return in_rows > _MOST_IN_ROWS * len(places)


def share_of_a_language(content: str) -> float:
    """Which share of the words are small words of the language that a text is in."""
    found = detect(_TAG.sub(" ", content[:_SAMPLE]))
    return (found.provenance.score or 0.0) if found and found.language != UNKNOWN else 0.0


def _part(data: bytes) -> bytes:
    """What is looked at: around the first characters beyond ASCII."""
    first = _HIGH.search(data)
    start = max(0, first.start() - _SAMPLE // 2) if first else 0
    return data[start : start + _LONGEST]


def _right_in(data: bytes, encoding: str, places: list[int]) -> float:
    content = f" {data[: places[-1] + 2].decode(encoding, 'replace')} " if places else ""
    return sum(_right(content, place + 1) for place in places) / len(places) if places else 1.0


def _places(data: bytes) -> list[int]:
    return [match.start() for match in islice(_HIGH.finditer(data), _LOOKED)]


def _right(content: str, place: int) -> float:
    """How right a character stands: 1 as it should, 0 as it never does."""
    before, here, after = content[place - 1], content[place], content[place + 1]
    within = before.isalpha() and after.isalpha()
    if here.isalpha() and here not in _BEHIND_NUMBERS:
        return _letter(before, here, after)
    if here == "’":
        return 1.0 if before.isalnum() or before in ".,!?…" or after.isalnum() else 0.5
    if here in "«»" and before.isspace():  # as they are set in France
        return 1.0
    if here in _OPENING or here in _CLOSING:
        opens = here in _OPENING and (after.isalnum() or after in _OPENING) and not before.isalnum()
        closes = here in _CLOSING and not before.isspace() and not after.isalnum()
        return 1.0 if opens or closes else 0.0 if within else 0.5
    if here in _CURRENCY:
        return 1.0 if after.isdigit() or before.isdigit() else 0.0 if before.isalpha() or after.isalpha() else 0.8
    if here in _BEHIND_NUMBERS:
        stands = before.isdigit() or (here in "°º" and not (after.isalpha() and before.isalpha()))
        return 1.0 if stands else 0.0 if before.isalpha() or after.isalpha() else 0.5
    if here in _ANYWHERE:
        return 1.0
    if here in _APART:
        return 0.3 if within else 1.0
    return 0.0 if not here.isprintable() or before.isalpha() or after.isalpha() else 0.3


def _letter(before: str, here: str, after: str) -> float:
    if here >= _BEYOND_LATIN:
        return 0.0 if (before + after).isascii() and (before.isalpha() or after.isalpha()) else 1.0
    if not (before.isalpha() or after.isalpha()):
        return 0.0 if before.isdigit() or after.isdigit() else 0.9 if here.islower() else 0.5
    if here.isupper():
        # A capital begins a word, or stands among capitals.
        stands = not before.isalpha() or before.isupper()
        return (0.5 if here in _RARE else 1.0) if stands else 0.0
    stands = not (before.isupper() and after.isupper())
    return (0.5 if here in _RARE else 1.0) if stands else 0.0
