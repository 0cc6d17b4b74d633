"""What a reader of the page does not see: which characters a view leaves out or shows otherwise."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from tellings.edge.twice import twice_encoded
from tellings.model.text import Edit

#: Spaces other than U+0020, each shown as one (Unicode general category Zs).
ODD_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
#: Line ends other than U+000A: CR LF, CR, vertical tab, form feed, NEL, line and paragraph separator.
_LINE_ENDS = "\r\x0b\x0c\x85\u2028\u2029"
#: Joiners: left out between Latin letters, kept where a script or an emoji needs them.
_JOINERS = "\u200c\u200d"
#: Not seen: soft hyphen, zero-width space, word joiner and invisible operators, U+FEFF, object
#: replacement; bidirectional controls (UAX #9); control characters.
_UNSEEN = (
    "\u00ad\u200b\u2060-\u2064\ufeff\ufffc\u180e"
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f"
)
#: All characters that `ODD` looks at, for a negated class.
ODD_CLASS = ODD_SPACES + _LINE_ENDS + _UNSEEN + _JOINERS + "\ud800-\udfff"
ODD = re.compile(
    rf"(?P<space>[{ODD_SPACES}]+)|(?P<line>\r\n|[{_LINE_ENDS}])|(?P<unseen>[{_UNSEEN}]+)"
    rf"|(?P<joiner>[{_JOINERS}])|(?P<surrogate>[\ud800-\udfff])"
)
#: Above this, scripts and emoji that use joiners begin (Hebrew block, U+0590).
_JOINING_FROM = "\u0590"


def shown(match: re.Match[str]) -> str:
    """What the view shows for a match of `ODD`."""
    kind = match.lastgroup
    if kind == "space":
        return " " * len(match.group())
    if kind == "line":
        return "\n"
    if kind == "joiner" and _joins(match):
        return match.group()
    return "\ufffd" if kind == "surrogate" else ""


def as_seen(words: str) -> str:
    """`words` without what no reader sees: as the view shows a text."""
    return ODD.sub(shown, words)


def plain_edits(content: str) -> tuple[tuple[Edit, ...], Counter[str], int]:
    """The edits that make plain text readable, a count of the unseen characters among them, and the number of those
    that were encoded twice.

    Odd spaces are shown as spaces, every line end as U+000A, unseen characters as nothing, half of
    a surrogate pair as U+FFFD, characters encoded twice as what they once were. A leading U+FEFF is the
    sign of an encoding and is not counted.
    """
    twice = twice_encoded(content)
    edits: list[Edit] = list(twice)
    taken = {position for edit in edits for position in range(edit.start, edit.end)} if edits else ()
    counts: Counter[str] = Counter()
    for match in ODD.finditer(content):
        if match.start() in taken:
            continue
        seen = shown(match)
        if seen == match.group():
            continue
        edits.append(Edit(match.start(), match.end(), seen))
        for character in counted(match):
            counts[character] += 1
    return tuple(sorted(edits, key=_start)), counts, len(twice)


def _start(edit: Edit) -> int:
    return edit.start


def counted(match: re.Match[str]) -> Iterator[str]:
    """The characters of a match of `ODD` that are worth telling the reader of."""
    if match.lastgroup in ("unseen", "joiner", "surrogate"):
        run = match.group()
        yield from run[1:] if match.start() == 0 and run.startswith("\ufeff") else run


def worded(counts: Counter[str]) -> str:
    """`counts` in words: "3 × U+200B ZERO WIDTH SPACE, …", most frequent first."""
    return ", ".join(
        f"{number} × U+{ord(character):04X} {unicodedata.name(character, 'control character')}"
        for character, number in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )


def _joins(match: re.Match[str]) -> bool:
    """Whether this joiner stands between two characters that are joined by it."""
    content = match.string
    before = content[match.start() - 1] if match.start() else " "
    after = content[match.end()] if match.end() < len(content) else " "
    return all(side >= _JOINING_FROM and not "\u2000" <= side <= "\u206f" for side in (before, after))
