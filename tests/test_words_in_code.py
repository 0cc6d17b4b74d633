"""Words of a language belong in its files: how many still stand in the code of each room may only fall.

Counted are words of two letters and more in the string literals of `within/`, `across/` and `tell/` (docstrings and
annotations apart):

- `patterns`: in literals that are regular expressions (and the pieces of f-strings that are), words that stand anywhere
  in the English files of `data/`. Escapes, group names and character classes are no words.
- `strings`: in all other literals, small words and words of the lexicon: what a text is compared with, and
  explanations worded for readers, which belong to the edge. Names are no words: keys (`groups["day"]`, `"day" in
  groups`), arguments of the functions of `NAMED_BY`, literals such as "span_unit", and codes of a `Literal` type.

`tests/words_in_code.toml` holds the counts. A word that enters the files for the first time may uncover others of it in
code: only then a count may rise. To lower one, take the words out and run

    python tests/test_words_in_code.py
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CODE = ROOT / "src" / "tellings"
DATA = CODE / "data"
PINNED = ROOT / "tests" / "words_in_code.toml"
LAYERS = ("within", "across", "tell")
KINDS = ("patterns", "strings")
#: Code whose words are files: there is to be no regular expression with words in it.
DONE = (
    *("clean/*.py", "parts.py", "segment/*.py", "marks.py", "times/*.py", "facts/*.py", "dating/*.py"),
    *("mentions/*.py", "quotes/*.py"),
)
#: Functions whose arguments are names of groups, lists, patterns, rooms and attributes.
NAMED_BY = frozenset(
    (
        *("get", "group", "start", "end", "span", "Provenance"),
        *("meaning", "known", "holds", "words", "listed", "meanings", "alternatives"),
        *("pattern", "keyed", "telling_words", "rules", "load", "expand", "is_behind", "next_is"),
        "__setattr__",
    )
)
#: Parts of addresses, which are words of no language.
NO_WORDS = frozenset({"http", "https", "www", "com"})

_WORD = re.compile(r"(?<![A-Za-z_])[A-Za-z]{2,}")
_NAME = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)+")
_REGEX = re.compile(r"\\[AbBdDsSwWZ.]|\(\?|\[\^|\[A-Z|[^|]\|[^|]")
_NO_WORDS_OF_A_REGEX = re.compile(
    r"\\[A-Za-z]|\(\?P[<=][^>)]*[>)]?|\(\?[aiLmsux-]+[:)]|\[(?:\\.|[^\]\\])*\]|\{[\w,#]*\}", re.ASCII
)


def literals(tree: ast.Module) -> Iterator[tuple[str, bool]]:
    """The string literals of a module, each with whether it is (a piece of) a regular expression."""
    left_out: set[int] = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            left_out.add(id(body[0].value))
        for annotation in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            if annotation is not None:
                left_out.update(id(inner) for inner in ast.walk(annotation))
        left_out.update(id(name) for name in _names(node))
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            pieces = [
                piece for piece in node.values if isinstance(piece, ast.Constant) and isinstance(piece.value, str)
            ]
            left_out.update(map(id, pieces))
            regex = any(_REGEX.search(piece.value) for piece in pieces)
            yield from ((piece.value, regex) for piece in pieces)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in left_out:
            yield node.value, _REGEX.search(node.value) is not None


def _names(node: ast.AST) -> Iterator[ast.AST]:
    """What in a node is the name of something, and no word."""
    if isinstance(node, ast.Subscript):
        yield from ast.walk(node.slice)
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
        yield node.left
    if isinstance(node, ast.Call):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called in NAMED_BY:
            yield from node.args


def words_left(source: str) -> dict[str, Counter[str]]:
    """The words of English in the literals of a module's source, by kind."""
    found = {kind: Counter[str]() for kind in KINDS}
    for text, regex in literals(ast.parse(source)):
        if not regex and (_NAME.fullmatch(text) or text in codes()):
            continue
        plain = _NO_WORDS_OF_A_REGEX.sub(" ", text) if regex else text
        words = [word.lower() for word in _WORD.findall(plain) if not word.isupper()]
        known = vocabulary() if regex else closed()
        found["patterns" if regex else "strings"].update(word for word in words if word in known)
    return found


@cache
def vocabulary() -> frozenset[str]:
    """Every word that stands in a list, a pattern or an example of English."""
    words: set[str] = set()
    for file in DATA.glob("en/*/*.toml"):
        words.update(
            word.lower() for text in _strings(tomllib.loads(file.read_text("utf-8"))) for word in _WORD.findall(text)
        )
    return frozenset(words | closed()) - NO_WORDS


@cache
def codes() -> frozenset[str]:
    """The values of the `Literal` types of the project."""
    found: set[str] = set()
    for file in CODE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "Literal":
                inner = (each.value for each in ast.walk(node.slice) if isinstance(each, ast.Constant))
                found.update(value for value in inner if isinstance(value, str))
    return frozenset(found)


@cache
def closed() -> frozenset[str]:
    """The small words of English, and the words of the lexicon's lists."""
    table = tomllib.loads((DATA / "languages.toml").read_text("utf-8"))
    words = set(table["language"]["en"]["words"])
    for file in DATA.glob("en/lexicon/*.toml"):
        for listed in tomllib.loads(file.read_text("utf-8"))["lists"].values():
            words.update(word.lower() for word in listed)
    return frozenset(word for word in words if len(word) > 1)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def rooms() -> dict[str, dict[str, int]]:
    """room → kind → number of words left, rooms with none left out."""
    counts: dict[str, dict[str, int]] = {}
    for layer in LAYERS:
        for file in sorted((CODE / layer).rglob("*.py")):
            inside = file.relative_to(CODE / layer).parts
            room = f"{layer}/{inside[0].removesuffix('.py')}"
            for kind, words in words_left(file.read_text("utf-8")).items():
                if words:
                    counts.setdefault(room, {}).setdefault(kind, 0)
                    counts[room][kind] += words.total()
    return counts


def written(counts: dict[str, dict[str, int]]) -> str:
    """The file of the counts."""
    head = "# Words of English left in the code of each room; see test_words_in_code.py. The counts may only fall.\n"
    tables = (
        f'\n["{room}"]\n' + "".join(f"{kind} = {counts[room][kind]}\n" for kind in KINDS if kind in counts[room])
        for room in sorted(counts)
    )
    return head + "".join(tables)


# ---- the tests


COUNTS = rooms()


@pytest.mark.parametrize("room", sorted({*COUNTS, *tomllib.loads(PINNED.read_text("utf-8"))}))
def test_no_more_words_of_a_language_stand_in_code(room: str) -> None:
    pinned, counted = tomllib.loads(PINNED.read_text("utf-8")).get(room, {}), COUNTS.get(room, {})
    for kind in KINDS:
        now, before = counted.get(kind, 0), pinned.get(kind, 0)
        assert now <= before, f"{room}: {now} words in {kind}, {before} before: put them into src/tellings/data"
        assert now == before, (
            f"{room}: {now} words in {kind}, fewer than the {before} pinned: run {Path(__file__).name}"
        )


@pytest.mark.parametrize("place", DONE)
def test_code_whose_words_are_files_has_none_in_its_patterns(place: str) -> None:
    files = sorted((CODE / "within").glob(place))
    assert files
    for file in files:
        assert not words_left(file.read_text("utf-8"))["patterns"], file


@pytest.mark.parametrize(
    ("source", "patterns", "strings"),
    [
        (r're.compile(r"\b(?:said|told)\s+the\b")', 3, 0),
        (r're.compile(rf"\b{verbs}\s+(?P<after>until)\b")', 1, 0),
        (r're.compile(r"(?P<year>\d{4})-W(?P<week>\d\d)|[A-Za-z]+")', 0, 0),
        (r're.compile(r"https?://\S+")', 0, 0),
        ('word in ("until", "said")', 0, 2),
        ('groups["which"]', 0, 0),
        ('"later" in groups', 0, 0),
        ('rules.words("before_over")', 0, 0),
        ('unit = "day"', 0, 0),
        ('def read() -> None:\n    """What was said of it."""', 0, 0),
        ('kind: Literal["before", "after"]', 0, 0),
    ],
)
def test_what_counts(source: str, patterns: int, strings: int) -> None:
    found = words_left(source)
    assert (found["patterns"].total(), found["strings"].total()) == (patterns, strings)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        for path in sys.argv[1:]:
            for name, words in words_left(Path(path).read_text("utf-8")).items():
                print(path, name, dict(words))  # noqa: T201
    else:
        PINNED.write_text(written(COUNTS), encoding="utf-8")
