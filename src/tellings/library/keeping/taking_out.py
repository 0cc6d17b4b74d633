"""Taking words out of texts: a name in all its spellings, so that what stands there tells nothing and all places stay.

Looked for are the words as they are given, whatever their case, the marks on their letters and what stands between
them, initials too ("Ida M. Moe"), or run together ("IdaMoe"), as words of their own; and inside of handles (@…, #…) and
addresses of the web and of mail, which are then taken out whole, as what is percent-encoded is ("ida%20moe"). What
stands in mark-up or in JSON may be written in another way ("&uuml;", "\\u00fc"): of these it is only told that words
stand there (`hidden_in`).
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from tellings.edge.store.search import NoWordError

#: What stands for each character of words that were taken out.
BLOCK = "█"
_WORD = re.compile(r"[^\W_]+")
#: Marks that may stand behind a letter as characters of their own (Unicode's combining diacritical marks).
_MARKS = "[\u0300-\u036f]*"
#: A letter with its marks, as initials are.
_INITIAL = rf"[^\W\d_]{_MARKS}"
#: What may stand between the words of a name, and between those that are run together, at most.
_BETWEEN = rf"[\W_]{{1,40}}(?:{_INITIAL}[\W_]{{1,40}}){{0,2}}"
_RUN_TOGETHER = rf"[\W_]{{0,3}}(?:{_INITIAL}[\W_]{{0,3}})?"
#: A token is looked at as far as this on each side of a name in it; its edges, and what ends a sentence behind it.
_FAR, _EDGES, _BEHIND = 2_000, frozenset("\"'<>()[]{}“”‘’«»,;"), ".,:;!?…"
#: What makes a token a handle or an address.
_ADDRESS = re.compile(r"[@#]|://|www\.|[\w-]\.(?:com|org|net|info|biz|[a-z]{2})(?![\w])")
#: A character that is percent-encoded (RFC 3986), in which encodings, and how often one upon the other.
_ENCODED, _ENCODINGS, _OFTEN = re.compile(r"%[0-9a-f]{2}"), ("utf-8", "cp1252"), 2
_ESCAPED = re.compile(r"\\u([0-9a-f]{4})", re.IGNORECASE)

TakeOut = Callable[[str], tuple[str, int]]


def taking_out(words: str) -> TakeOut:
    """What takes `words` out of a text: gives the text with blocks in their place, and how often they stood there.

    Raises:
        NoWordError: there is no word in it.
    """
    given = [_letters(word) for word in _WORD.findall(unicodedata.normalize("NFC", words))]
    if not given:
        raise NoWordError(f"{words!r} has no word to take out")
    of_their_own = re.compile(rf"(?<![^\W_])(?:{_BETWEEN.join(given)}|{''.join(given)})(?![^\W_])")
    joined = re.compile(_RUN_TOGETHER.join(given))

    def take_out(text: str) -> tuple[str, int]:
        plain = _plain(text)
        spans = {match.span() for match in of_their_own.finditer(plain)}
        looked_at = 0
        for match in joined.finditer(plain):
            # Of one that stands in a token that was looked at, the same would be said.
            if match.start() >= looked_at:
                first, looked_at = _token_around(plain, *match.span())
                if _ADDRESS.search(plain, first, looked_at):
                    spans.add((first, looked_at))
        looked_at = 0
        for match in _ENCODED.finditer(plain):
            if match.start() >= looked_at:
                first, looked_at = _token_around(plain, *match.span())
                if any(of_their_own.search(each) or joined.search(each) for each in _decoded(plain[first:looked_at])):
                    spans.add((first, looked_at))
        merged = list(_merged(sorted(spans)))
        pieces, done = [], 0
        for start, end in merged:
            pieces += [text[done:start], BLOCK * (end - start)]
            done = end
        return "".join([*pieces, text[done:]]), len(merged)

    return take_out


def hidden_in(text: str, take_out: TakeOut) -> bool:
    """Whether words stand in `text` as mark-up, JSON or an address may write them."""
    variants = (
        html.unescape(text) if "&" in text else "",
        _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "\\u" in text else "",
        unquote(text) if "%" in text else "",
    )
    return any(variant != text and take_out(variant)[1] for variant in variants if variant)


def _decoded(token: str) -> Iterator[str]:
    """What a percent-encoded token stands for, in each of the ways in which it may be encoded."""
    for encoding in _ENCODINGS:
        meant = token
        for _ in range(_OFTEN):
            meant = unquote(meant, encoding, "replace")
            yield _plain(unicodedata.normalize("NFC", meant))


def _letters(word: str) -> str:
    """A pattern for the letters of a word, marks behind any of them."""
    plain = _plain(word).replace("ß", "ss")
    return _MARKS.join(map(re.escape, plain)).replace(f"s{_MARKS}s", f"(?:s{_MARKS}s|ß)") + _MARKS


def _plain(text: str) -> str:
    """`text` without case and without marks on its letters, character for character."""
    return text.lower() if text.isascii() else "".join(map(_plain_character, text))


def _plain_character(character: str) -> str:
    letters = [c for c in unicodedata.normalize("NFKD", character.lower()) if not unicodedata.combining(c)]
    return letters[0] if len(letters) == 1 else character.lower() if len(character.lower()) == 1 else character


def _token_around(plain: str, start: int, end: int) -> tuple[int, int]:
    """What stands there, with all that is not parted from it, as a handle or an address is not."""
    first, last = start, end
    while first > max(0, start - _FAR) and not (plain[first - 1].isspace() or plain[first - 1] in _EDGES):
        first -= 1
    while last < min(len(plain), end + _FAR) and not (plain[last].isspace() or plain[last] in _EDGES):
        last += 1
    while last > end and plain[last - 1] in _BEHIND:
        last -= 1
    return first, last


def _merged(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans that overlap as one."""
    before: tuple[int, int] | None = None
    for start, end in spans:
        if before is not None and start < before[1]:
            before = (before[0], max(before[1], end))
            continue
        if before is not None:
            yield before
        before = (start, end)
    if before is not None:
        yield before
