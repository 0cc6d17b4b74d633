#!/usr/bin/env python3
"""Which conditions ever decide? Articles are read, and of each operand of `and` and `or` it is counted how often the
outcome would have been another without it.

    python eval/deciding.py FOLDER …                                what never decides in within/quotes
    python eval/deciding.py FOLDER … --rooms src/tellings/within/facts --least 500

An operand decides where the others leave the outcome to it (masking MC/DC: Chilenski and Miller 1994, "Applicability
of modified condition/decision coverage to software testing"). Looked at are conditions of which only the truth counts:
those of `if`, `while` and comprehensions, what `not` turns, what a function returns that says `bool`, and the operands
of these; elsewhere `a or b` is a value. What holds a `:=` is left out. Printed: each operand whose condition was asked
at least --least times and that never decided, with that number. It is code that does nothing, or a phenomenon that the
articles lack; of two operands that say the same neither decides, so take one out at a time, and let the tests and
`eval/changes.py` say what came and went. Operands are asked that the program would have passed over: rooms in which
asking changes something, such as a `defaultdict`, cannot be watched so. Where asking fails, the operand before
decides.
Exit codes: 0 done, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import ast
import importlib.abc
import importlib.machinery
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ROOM = ROOT / "src/tellings/within/quotes"
LEAST = 250

#: A condition: its file, and its place there: first line and column, last line and column.
Condition = tuple[str, int, int, int, int]


class Deciding:
    """How often each condition was asked, and each of its operands decided."""

    def __init__(self) -> None:
        self.words: dict[Condition, list[str]] = {}
        self.asked: Counter[Condition] = Counter()
        self.decided: Counter[tuple[Condition, int]] = Counter()

    def watched(self, source: str, file: str) -> ast.Module:
        """The tree of a module whose conditions tell here what decides them, by the name `_deciding`."""
        tree = ast.parse(source, file)
        _Watching(source, file, _conditions(tree), self.words).visit(tree)
        return ast.fix_missing_locations(tree)

    def ask(self, condition: Condition, ends: bool, *operands: Callable[[], object]) -> bool:
        """The truth of a condition whose outcome is `ends` as soon as one operand is: `or` where that is true."""
        self.asked[condition] += 1
        for at, operand in enumerate(operands):
            if bool(operand()) is ends:
                if not _is_so_of_any(operands[at + 1 :], ends):
                    self.decided[condition, at] += 1
                return ends
        return not ends

    def never(self, least: int) -> Iterator[tuple[Condition, str, int]]:
        """The words of each operand that never decided, with how often it could have, at least `least` times."""
        for condition, asked in sorted(self.asked.items()):
            for at, words in enumerate(self.words[condition]):
                if asked >= least and not self.decided[condition, at]:
                    yield condition, words, asked


def _is_so_of_any(operands: Sequence[Callable[[], object]], ends: bool) -> bool:
    try:
        return any(bool(operand()) is ends for operand in operands)
    except Exception:  # it was the operand before that kept this from being asked
        return False


def _conditions(tree: ast.Module) -> set[int]:
    """The nodes of which only the truth counts."""
    found: list[ast.expr] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.If | ast.While | ast.IfExp | ast.Assert):
            found.append(node.test)
        elif isinstance(node, ast.comprehension):
            found.extend(node.ifs)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            found.append(node.operand)
        elif isinstance(node, ast.FunctionDef) and isinstance(node.returns, ast.Name) and node.returns.id == "bool":
            returned = (each.value for each in ast.walk(node) if isinstance(each, ast.Return))
            found.extend(value for value in returned if value is not None)
    known: set[int] = set()
    while found:
        node = found.pop()
        known.add(id(node))
        found.extend(node.values if isinstance(node, ast.BoolOp) else ())
    return known


class _Watching(ast.NodeTransformer):
    def __init__(self, source: str, file: str, conditions: set[int], words: dict[Condition, list[str]]) -> None:
        self.source = source
        self.file = file
        self.conditions = conditions
        self.words = words

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        names = any(isinstance(each, ast.NamedExpr) for each in ast.walk(node))
        words = [" ".join((ast.get_source_segment(self.source, value) or "").split()) for value in node.values]
        self.generic_visit(node)
        if names or id(node) not in self.conditions:
            return node
        place = (node.lineno, node.col_offset, node.end_lineno or 0, node.end_col_offset or 0)
        self.words[self.file, *place] = words
        nothing = ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[])
        condition = ast.Tuple([ast.Constant(each) for each in (self.file, *place)], ast.Load())
        given = [condition, ast.Constant(isinstance(node.op, ast.Or))]
        asked = ast.Attribute(ast.Name("_deciding", ast.Load()), "ask", ast.Load())
        return ast.copy_location(
            ast.Call(asked, [*given, *(ast.Lambda(nothing, value) for value in node.values)], []), node
        )


class _Loader(importlib.machinery.SourceFileLoader):
    deciding: Deciding

    def get_code(self, fullname: str) -> CodeType:
        file = self.get_filename(fullname)
        return compile(self.deciding.watched(Path(file).read_text(encoding="utf-8"), file), file, "exec")

    def exec_module(self, module: ModuleType) -> None:
        module.__dict__["_deciding"] = self.deciding
        super().exec_module(module)


class Watch(importlib.abc.MetaPathFinder):
    """Has the modules of some rooms watched that are loaded from now on."""

    def __init__(self, deciding: Deciding, rooms: Sequence[Path]) -> None:
        self.deciding = deciding
        self.rooms = rooms

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        spec = importlib.machinery.PathFinder.find_spec(fullname, path)
        if (
            spec is None
            or spec.origin is None
            or not any(Path(spec.origin).is_relative_to(room) for room in self.rooms)
        ):
            return None
        loader = _Loader(fullname, spec.origin)
        loader.deciding = self.deciding
        spec.loader = loader
        return spec


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the articles; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path, help="articles to read, as `tellings quotes` reads them")
    parser.add_argument("--rooms", nargs="+", type=Path, default=[ROOM], help="files or folders watched")
    parser.add_argument("--least", type=int, default=LEAST, help="times asked [default: %(default)s]")
    told = parser.parse_args(arguments)
    if absent := [path for path in (*told.paths, *told.rooms) if not path.exists()]:
        parser.error(f"{absent[0]}: no such file or folder")
    deciding = Deciding()
    sys.meta_path.insert(0, Watch(deciding, [room.resolve() for room in told.rooms]))
    from tellings.library.finding import quotes
    from tellings.library.inputs import NothingReadError

    try:
        found = quotes(*told.paths)
    except NothingReadError as error:
        parser.error(str(error))
    for problem in found.problems:
        print(f"{problem.place}: {problem.message}", file=sys.stderr)
    for (file, line, *_), words, asked in deciding.never(told.least):
        where = Path(file).relative_to(ROOT) if Path(file).is_relative_to(ROOT) else file
        print(f"{where}:{line}: {words} (asked {asked:,} times)")
    operands = sum(len(deciding.words[condition]) for condition in deciding.asked)
    print(f"{len(found.articles)} articles read; {operands} operands were asked")
    return 0


if __name__ == "__main__":
    sys.exit(main())
