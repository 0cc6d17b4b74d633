"""Rules are data: TOML files under `data/<language>/<room>/`, read once, on first use.

A file may hold `[lists.NAME]` tables (word = meaning) or `lists.NAME = [words]`, `[[rule]]` and
`[[pattern]]` tables. The lists of the folder `lexicon` are lists of every room. A rule has a `name`,
a `pattern`, examples `yes` and `no`, where it comes from (`source`), and whatever fields its room
gives a meaning to. In a pattern, `{NAME}` stands for any word of the list NAME, as a named group; a
second use in one pattern is written `{NAME#2}` and is named NAME_2; `{NAME_plain}` is no group. The
entries of the list `phrase` are patterns themselves, and stand in others by their names. A
`[[pattern]]` has the same fields; it is one that the code of a room asks for by its name.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any, TypeVar

from tellings.model import compiled
from tellings.model.tokens import DIGITS as DIGITS
from tellings.model.tokens import tokens_of

#: Room of the lists that several rooms need.
LEXICON = "lexicon"
#: A run of letters: what is looked up in lists before a pattern is tried.
WORD = re.compile(r"[^\W\d_]+")
#: The list whose entries are patterns that others are made of.
PHRASE = "phrase"
_DIGIT = re.compile(r"\d")
_SLOT = re.compile(r"\{([a-z_]+?)(_plain)?(?:#(\d+))?\}")
#: How characters of a list word stand in a pattern: any white space for a space, either apostrophe for one.
_CHARACTERS = {" ": r"\s+", "'": "['’]"}
#: The branch of a trie of words where a word ends.
_END = ""
_Branches = dict[str, "_Branches"]


#: Small letters, and a capital, that a pattern takes for plain ones where the case does not count, and `str.lower`
#: does not: long s, and the two of Turkish.
_PLAIN = str.maketrans({"ſ": "s", "ı": "i", "İ": "i"})


def lowered(written: str) -> str:
    """What a pattern matched, whatever its case, in the letters in which a list has it."""
    return (written if written.isascii() else written.translate(_PLAIN)).lower()


_Made = TypeVar("_Made")


class Asked(dict[str, _Made]):
    """What is made of a name when it is first asked for, and kept: of the patterns of a room most are asked for by
    some texts only, and to compile all of them takes longer than to read an article."""

    def __init__(self, make: Callable[[str], _Made]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, name: str) -> _Made:
        made = self[name] = self._make(name)
        return made


class RuleError(ValueError):
    """A rule file is wrong; the message names the file, the rule and the remedy."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `meaning` holds the fields that only its room understands."""

    name: str
    pattern: str
    meaning: Mapping[str, Any]
    yes: tuple[Any, ...]
    no: tuple[str, ...]
    source: str
    file: str


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The word lists and rules of one room in one language."""

    lists: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    patterns: Mapping[str, Rule] = field(default_factory=dict)
    _words: dict[tuple[str, ...], frozenset[str]] = field(default_factory=dict, repr=False, compare=False)
    _patterns: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    def words(self, *names: str) -> frozenset[str]:
        """The words of the lists `names`, joined once and kept. Raises RuleError, naming the lists there are."""
        found = self._words.get(names)
        if found is None:
            found = self._words[names] = frozenset(word for name in names for word in self.meanings(name))
        return found

    def meanings(self, name: str) -> Mapping[str, Any]:
        """word → meaning of list `name` (the word itself where the list gives none)."""
        try:
            return self.lists[name]
        except KeyError:
            raise RuleError(f"no word list {name!r}; there are: {', '.join(sorted(self.lists))}") from None

    def alternatives(self, name: str) -> str:
        """A regular expression that matches any word of list `name`, the longest that stands there first.

        The words share their beginnings (a trie) behind a look at the first letter, so that time does not grow with
        the list: at most places one look says that none of its words begins there.
        """
        found = self._patterns.get(name)
        if found is None:
            found = self._patterns[name] = _any_of(self.meanings(name))
        return found

    def first_words(self, *names: str) -> frozenset[str]:
        """What the words of these lists begin with, as `words_in` has it: a key for `Keyed`."""
        return frozenset(
            match[0].lower() for name in names for word in self.meanings(name) if (match := WORD.search(word))
        )

    def telling_words(self, *names: str) -> frozenset[str]:
        """The longest run of letters in each word of these lists, as `words_in` has it: the one that stands least often
        where the word does not."""
        return frozenset(
            max(WORD.findall(word), key=len, default=DIGITS).lower() for name in names for word in self.meanings(name)
        )

    def expand(self, pattern: str, *, prefix: str = "") -> str:
        """`pattern` with every `{slot}` replaced by a named group over its list, or by the phrase of that name."""
        phrases = self.lists.get(PHRASE, {})

        def group(match: re.Match[str]) -> str:
            name, plain, number = match.groups()
            if name in phrases:
                return self.expand(str(phrases[name]), prefix=prefix)
            if plain:
                return f"(?:{self.alternatives(name)})"
            label = f"{prefix}{name}_{number}" if number else f"{prefix}{name}"
            return f"(?P<{label}>{self.alternatives(name)})"

        return _SLOT.sub(group, pattern)


@dataclass(frozen=True, slots=True)
class Keyed:
    """A pattern with its keys: words (see `words_in`) of which whatever it finds holds at least one.

    It need not be tried where none of them stands, and to ask a set of words is several times cheaper than to search a
    sentence. `starts`: such words with one of which whatever it finds begins, by default the keys.
    """

    pattern: re.Pattern[str]
    keys: frozenset[str]
    starts: frozenset[str] = frozenset()

    def may_stand(self, words: frozenset[str]) -> bool:
        """Whether it can be found in a text of these words (`words_in`)."""
        return not self.keys.isdisjoint(words)

    def search(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """Its first match in `text[start:end]`, looked for only where one of its keys stands there."""
        return self.pattern.search(text, start, end) if tokens_of(text).any_of(self.keys, start, end) else None

    def ending(self, text: str, start: int, end: int) -> re.Match[str] | None:
        """Its first match in `text[start:end]`, looked for only where one of its keys is the last word there: for a
        pattern that ends with one."""
        return self.pattern.search(text, start, end) if self.may_stand(tokens_of(text).before(end, 1)) else None

    def finditer(self, text: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """Its matches in `text[start:end]`, tried only where a word of `starts` stands: for a pattern that begins with
        one of them."""
        free = start
        for place, _ in tokens_of(text).between(self.starts or self.keys, start, end):
            if place >= free and (match := self.pattern.match(text, place, end)):
                free = match.end()
                yield match


@lru_cache(maxsize=256)
def words_in(text: str) -> frozenset[str]:
    """The runs of letters in a few words, in lower case; `DIGITS` where there are digits. Those of a stretch of a
    telling: `Tokens.words`."""
    found = WORD.findall(text.lower())
    if _DIGIT.search(text):
        found.append(DIGITS)
    return frozenset(found)


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of `words`, longest first, their common beginnings written once."""
    root: _Branches = {}
    # The longest goes first into each branch, and so comes first where two spellings fit ("May", "mayor").
    for word in sorted(words, key=lambda word: (-len(word), word)):
        branches = root
        for character in word:
            branches = branches.setdefault(_CHARACTERS.get(character) or re.escape(character), {})
        branches[_END] = {}
    firsts = sorted(first[1:-1] if first == _CHARACTERS["'"] else first for first in root)
    look = f"(?=[{''.join(firsts)}])" if len(firsts) > 1 and _END not in root else ""
    return look + _alternatives(root)


def _alternatives(branches: _Branches) -> str:
    """The pattern of what may follow in a trie; what ends here comes last, as the shortest."""
    ways = [first + _alternatives(rest) for first, rest in branches.items() if first != _END]
    if not ways:
        return ""
    if len(ways) == 1 and _END not in branches:
        return ways[0]
    return f"(?:{'|'.join(ways)})" + ("?" if _END in branches else "")


@cache
def languages() -> tuple[str, ...]:
    """The languages there are rules for, as ISO 639-1 codes."""
    return tuple(sorted(entry.name for entry in (resources.files("tellings") / "data").iterdir() if entry.is_dir()))


@cache
def load(language: str, room: str) -> RuleSet:
    """The rules of `room` ("time", "quote", "name", "fact", "residue") in `language`.

    Raises:
        RuleError: no such folder, or a file in it that cannot be used.
    """
    folder = resources.files("tellings") / "data" / language / room
    if not folder.is_dir():
        raise RuleError(f"no rules for room {room!r} in language {language!r}")
    lists: dict[str, Mapping[str, Any]] = {} if room == LEXICON else dict(_lexicon(language))
    rules: list[Rule] = []
    patterns: list[Rule] = []
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".toml"):
            continue
        try:
            content = compiled.parsed(file.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError as error:
            raise RuleError(f"{file.name}: {error}") from error
        for name, words in content.get("lists", {}).items():
            if name in lists:
                raise RuleError(f"{file.name}: list {name!r} is defined twice")
            lists[name] = MappingProxyType(dict(words) if isinstance(words, dict) else {word: word for word in words})
        place = f"{language}/{room}/{file.name}"
        rules.extend(_rule(entry, place) for entry in content.get("rule", []))
        patterns.extend(_rule(entry, place) for entry in content.get("pattern", []))
    names = [rule.name for rule in (*rules, *patterns)]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise RuleError(f"{language}/{room}: rules named twice: {', '.join(twice)}")
    return RuleSet(MappingProxyType(lists), tuple(rules), {rule.name: rule for rule in patterns})


def _lexicon(language: str) -> Mapping[str, Mapping[str, Any]]:
    """The lists that all rooms of `language` share; none where it has no such folder."""
    folder = resources.files("tellings") / "data" / language / LEXICON
    return load(language, LEXICON).lists if folder.is_dir() else {}


def _rule(entry: dict[str, Any], file: str) -> Rule:
    called = entry.get("name", "?")
    entry = dict(entry)
    try:
        name, pattern = entry.pop("name"), entry.pop("pattern")
        yes, source = entry.pop("yes"), entry.pop("source")
    except KeyError as error:
        raise RuleError(f"{file}: rule {called!r} lacks {error}; add it") from None
    return Rule(name, pattern, MappingProxyType(entry), tuple(yes), tuple(entry.pop("no", ())), source, file)
