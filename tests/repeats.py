"""Patterns that may try every way to cut a word in pieces: a repetition of what ends in a repetition of the same
characters, as in `(?:[A-Z]\\w*\\s?)+`. Where what follows does not fit, such a pattern doubles its work with each
character (Weideman et al. 2016, "Analyzing matching time behavior of backtracking regular expression matchers")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_parser: Any = re._parser  # type: ignore[attr-defined]
#: Characters by which it is told what two parts of a pattern have in common.
_TRIED = [*map(chr, range(32, 127)), *"“”‘’–—…é\n\u00a0"]
#: From so many repetitions on there are too many ways.
_MANY = 20
_CATEGORIES = {
    "CATEGORY_SPACE": r"\s", "CATEGORY_NOT_SPACE": r"\S", "CATEGORY_WORD": r"\w", "CATEGORY_NOT_WORD": r"\W",
    "CATEGORY_DIGIT": r"\d", "CATEGORY_NOT_DIGIT": r"\D",
}  # fmt: skip


def ambiguous(pattern: str, flags: int = 0) -> set[str]:
    """Characters of which a run can be cut in many ways by one repetition of the pattern; none where all is well."""
    tree = _parser.parse(pattern, flags)
    return set(_found(tree, bool((tree.state.flags | flags) & re.IGNORECASE)))


def _found(tree: Any, any_case: bool) -> Iterator[str]:
    for node in tree:
        if _repeats(node):
            yield from _cut(node[1][2], any_case)
        for inner in _inner(node):
            yield from _found(inner, any_case)


def _cut(body: Any, any_case: bool) -> Iterator[str]:
    """What both begins a repeated body and stands in a repetition at the end of it."""
    first = _first(body, any_case)
    opened = _opened(body)
    for ending in _inner(opened[0]) if len(opened) == 1 and _name(opened[0]) == "BRANCH" else [body]:
        for node in reversed(_opened(ending)):
            if _repeats(node):
                yield from first & _first(node[1][2], any_case)
            if not _may_be_empty(node):
                break


def _first(tree: Any, any_case: bool) -> set[str]:
    """The characters that can begin a match."""
    found: set[str] = set()
    for node in _opened(tree):
        if _name(node).startswith(("ASSERT", "AT")) and _name(node) != "ATOMIC_GROUP":
            continue
        inner = _inner(node)
        if inner:
            found.update(*(_first(each, any_case) for each in inner))
        else:
            found.update(each for each in _TRIED if _is(node, each, any_case))
        if not _may_be_empty(node):
            break
    return found


def _is(node: Any, character: str, any_case: bool) -> bool:
    cases = {character, character.lower(), character.upper()} if any_case else {character}
    name, given = _name(node), node[1]
    if name == "LITERAL":
        return chr(given) in cases
    if name == "NOT_LITERAL":
        return chr(given) not in cases
    if name == "RANGE":
        return any(given[0] <= ord(each) <= given[1] for each in cases if len(each) == 1)
    if name == "CATEGORY":
        return re.match(_CATEGORIES[str(given)], character) is not None
    if name == "IN":
        listed = [each for each in given if _name(each) != "NEGATE"]
        return any(_is(each, character, any_case) for each in listed) != (len(listed) < len(given))
    return True


def _opened(tree: Any) -> list[Any]:
    """The nodes of a sequence, groups opened."""
    return [inner for node in tree for inner in (_opened(node[1][3]) if _name(node) == "SUBPATTERN" else [node])]


def _inner(node: Any) -> list[Any]:
    name, given = _name(node), node[1]
    if name in ("MAX_REPEAT", "MIN_REPEAT"):
        return [given[2]]
    if name == "SUBPATTERN":
        return [given[3]]
    if name in ("ASSERT", "ASSERT_NOT"):
        return [given[1]]
    if name == "ATOMIC_GROUP":
        return [given]
    return list(given[1]) if name == "BRANCH" else []


def _repeats(node: Any) -> bool:
    return _name(node) in ("MAX_REPEAT", "MIN_REPEAT") and node[1][1] >= _MANY


def _may_be_empty(node: Any) -> bool:
    name, given = _name(node), node[1]
    if name in ("MAX_REPEAT", "MIN_REPEAT"):
        return bool(given[0] == 0 or given[2].getwidth()[0] == 0)
    if name == "BRANCH":
        return any(each.getwidth()[0] == 0 for each in given[1])
    return name in ("ASSERT", "ASSERT_NOT", "AT")


def _name(node: Any) -> str:
    return str(node[0])
