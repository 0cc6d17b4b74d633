"""Characters to tags and text, each with its place: the tokenizer of the HTML Living Standard (13.2.5).

Every state of the standard that decides where text begins and ends is one pattern or one function here. Patterns
are possessive and what is known not to come any more is remembered, so that any page takes linear time. One thing
is added: where a quotation mark in a tag is never closed, browsers drop the rest of the page; here the tag ends at
the next ">".
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from tellings.edge.readers.html.references import decoded_value

_WHITE = r"\t\n\f\r "
#: A value in quotes, one without, or none before ">". Each begins otherwise, so there is nothing to try twice.
_VALUE = rf"""(?:"[^"]*+"|'[^']*+'|[^{_WHITE}>"'][^{_WHITE}>]*+|(?=>))"""
_ATTRIBUTE = rf"[^{_WHITE}/>][^{_WHITE}/>=]*+(?:[{_WHITE}]*+=[{_WHITE}]*+{_VALUE}|(?![{_WHITE}]*+=))"
_OPENED_TAG = rf"<(/?)([a-zA-Z][^{_WHITE}/>]*+)((?:[{_WHITE}]++|/(?!>)|{_ATTRIBUTE})*+)"
_TAG = re.compile(_OPENED_TAG + "(/?)>")
_UNFINISHED_TAG = re.compile(_OPENED_TAG)
_NAME_AND_VALUE = re.compile(
    rf"""([^{_WHITE}/>][^{_WHITE}/>=]*+)"""
    rf"""(?:[{_WHITE}]*+=[{_WHITE}]*+(?:"([^"]*+)"|'([^']*+)'|([^{_WHITE}>"'][^{_WHITE}>]*+))?)?"""
)
#: A "<" that begins mark-up; any other is text.
_MARKUP = re.compile(r"<(?:[a-zA-Z!?]|/.)", re.DOTALL)
_COMMENT_END = re.compile("--!?>")
_SCRIPT_TURN = re.compile(rf"<!--|-->|<(/?)script(?=[{_WHITE}/>])", re.IGNORECASE)
#: Elements that hold code, and long tags in others that hold no mark-up.
_CODE, _TAG_INSIDE = frozenset({"script", "style"}), re.compile(r"<[a-zA-Z][^<>]{4000,}")
_CDATA = "<![CDATA["
#: Attributes of one tag: programs that build a tree compare each with all others. Shorter ones (characters) have fewer.
MOST_ATTRIBUTES, _LONG_TAG = 2_000, 4_000
#: Tags and comments that are read of a page; of 749 news pages the richest has 19,437. Millions would take minutes, and
#: gigabytes.
MOST_MARKS = 250_000

Kind = Literal["text", "cdata", "start", "end"]


class Token(NamedTuple):
    """Text, the inside of a CDATA section, or a tag, at `[start, end)` of the source.

    `name` (lower case), `written` (the attributes as they stand there) and `is_empty` ("/>") are a tag's.
    """

    kind: Kind
    start: int
    end: int
    name: str = ""
    written: str = ""
    is_empty: bool = False


class Tokenizer:
    """The tokens of `content`, one after the other.

    `cut` is where the source breaks off inside a tag, a comment or a script that the rest of the page belongs to.
    `marks` counts the tags and comments that were met. Behind more than `MOST_MARKS` of them the page is passed over,
    and behind a tag of more than `MOST_ATTRIBUTES`, where it `is_crowded`.
    """

    def __init__(self, content: str) -> None:
        self.content = content
        self.position = 0
        self.cut: int | None = None
        self.marks = 0
        self.is_crowded = False
        self._never_ended: set[str] = set()

    @property
    def excess(self) -> str | None:
        """What there is more of than is read, with how much is; `None` where all was read."""
        if self.is_crowded:
            return f"{MOST_ATTRIBUTES:,} attributes in one tag"
        return f"{MOST_MARKS:,} tags and comments" if self.marks > MOST_MARKS else None

    def next(self, *, in_foreign: bool) -> Token | None:
        """The next token, `None` at the end. `in_foreign`: in SVG or MathML, where CDATA sections may stand."""
        content, size = self.content, len(self.content)
        while self.position < size and self.marks <= MOST_MARKS and not self.is_crowded:
            start = self.position
            found = _MARKUP.search(content, start)
            markup = found.start() if found else size
            if markup > start:
                self.position = markup
                return Token("text", start, markup)
            self.marks += 1
            following = content[markup + 1]
            letter = content[markup + 2] if following == "/" else following
            if letter.isascii() and letter.isalpha():
                token = self._tag(markup)
                if token:
                    return token
            elif in_foreign and content.startswith(_CDATA, markup):
                return self._cdata(markup)
            else:
                self._comment(markup)
        return None

    def raw(self, name: str) -> tuple[int, int] | None:
        """The place of what stands up to the end tag of the element `name`, without a look at tags inside.

        Afterwards the position is behind that end tag. `None`, and nothing is passed over, where there is none.
        """
        start = self.position
        if name in self._never_ended:
            return None
        end = self._script_end(start) if name == "script" else self._raw_end(name, start)
        if end is None:
            self._never_ended.add(name)
            return None
        if name not in _CODE:  # others take what stands here for mark-up
            for inner in _TAG_INSIDE.finditer(self.content, start, end):
                self._weigh(inner.group())
        self._tag(end)
        return start, end

    def rest(self) -> tuple[int, int]:
        """The place of all that is left, passed over."""
        start, self.position = self.position, len(self.content)
        return start, self.position

    def _tag(self, start: int) -> Token | None:
        match = _TAG.match(self.content, start)
        if not match:
            return self._unfinished_tag(start)
        closing, name, written, slash = match.groups()
        self.position = match.end()
        self._weigh(written)
        return Token("end" if closing else "start", start, self.position, name.lower(), written, bool(slash))

    def _unfinished_tag(self, start: int) -> Token | None:
        """A tag that goes on to the end of the page, because a quotation mark is not closed or no ">" comes.

        No second tag can stand unfinished for the same mark, so this is done twice in a page at most.
        """
        match = _UNFINISHED_TAG.match(self.content, start)
        assert match is not None  # it was seen to begin with "<" and a letter
        closing, name, written = match.groups()
        self._weigh(written)
        end = self.content.find(">", match.end())
        if end < 0:
            self.cut, self.position = start, len(self.content)
            return None
        self.position = end + 1
        return Token("end" if closing else "start", start, self.position, name.lower(), written)

    def _weigh(self, written: str) -> None:
        """Take note of a tag with more attributes than any has."""
        if len(written) > _LONG_TAG and len(_NAME_AND_VALUE.findall(written)) > MOST_ATTRIBUTES:
            self.is_crowded = True

    def _comment(self, start: int) -> None:
        """Pass over a comment, or what browsers take for one: `<!…>`, `<?…>`, `</3>`, `</>`."""
        content = self.content
        if content.startswith(("<!-->", "<!--->"), start):
            end = content.index(">", start) + 1
        elif content.startswith("<!--", start):
            match = _COMMENT_END.search(content, start + 4)
            end = match.end() if match else 0
        else:
            end = content.find(">", start + 2) + 1
        if not end:
            self.cut = start
        self.position = end or len(content)

    def _cdata(self, start: int) -> Token:
        start += len(_CDATA)
        end = self.content.find("]]>", start)
        self.position = end + 3 if end >= 0 else len(self.content)
        return Token("cdata", start, end if end >= 0 else len(self.content))

    def _raw_end(self, name: str, start: int) -> int | None:
        match = _end_tag(name).search(self.content, start)
        return match.start() if match else None

    def _script_end(self, start: int) -> int | None:
        """Where a script's end tag stands. In a comment inside a script, `<script` takes one end tag for itself."""
        in_comment = in_inner_script = False
        position = start
        while match := _SCRIPT_TURN.search(self.content, position):
            turn, position = match.group(), match.end()
            if turn == "<!--":
                in_comment = True
                position -= 2  # "<!-->" is a whole comment
            elif turn == "-->":
                in_comment = in_inner_script = False
            elif not match[1]:
                in_inner_script = in_comment
            elif not in_inner_script:
                return match.start()
            else:
                in_inner_script = False
        return None


def attributes(written: str) -> dict[str, str]:
    """Attribute names (lower case) and values (references decoded); the first of a name counts."""
    found: dict[str, str] = {}
    for name, double, single, bare in _NAME_AND_VALUE.findall(written):
        found.setdefault(name.lower(), decoded_value(double or single or bare))
    return found


@cache
def _end_tag(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[{_WHITE}/>])", re.IGNORECASE)
