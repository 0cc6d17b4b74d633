"""Would the tests notice? Random small faults are put into the program one at a time, and the tests run on each.

    python eval/mutants.py                                   100 mutants over the rooms below
    python eval/mutants.py --seed 7 --count 20 src/tellings/across/questions
    python eval/mutants.py --jobs 2 --most 100               sooner; what the tests behind those would notice lives
    python eval/mutants.py --list                            show the mutants, run nothing

A mutant is one change of one place in a copy of the checkout: a comparison turned or its bound moved, `and` for `or`,
a condition negated, a number off by one, an addition for a subtraction, a `return` without its value, a statement left
out, `break` for `continue` (DeMillo, Lipton and Sayward 1978, "Hints on test data selection"; the kinds are those of
Offutt et al. 1996, without the ones that give equal programs most often). Docstrings, annotations, imports and messages
are left alone. It meets the tests that run its statement (`reached_by.py`), those first that are quick and run little
beside its file, then those of whole golden records, then the others; the first that fails, or takes many times as long
as without it, kills it. Where no test runs the
statement it lives. Which lines the tests run is found once, in as long as all tests take and half as much again, and
kept in `.reached_cache` until the program changes; of tests that changed it is found anew. Printed: each mutant with
what killed it, the survivors with their lines, and the share that died. A survivor is either a test that is missing or
a change that changes nothing: read it. Not part of `run.py test`: 100 mutants take about an hour.
Exit codes: 0 at least --least of 100 died, 1 fewer did, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

from reached_by import Reached, surroundings

ROOT = Path(__file__).resolve().parents[1]
#: Where what a record says is decided.
ROOMS = (
    "src/tellings/across",
    "src/tellings/within/quotes",
    "src/tellings/tell",
    "src/tellings/edge/exports",
)
#: Share of mutants, in 100, that have to die.
LEAST = 85
#: Seconds that the tests of the first run take together.
_FIRST = 20.0
#: The tests that compare all that is found in whole stories: they ask something of nearly every line that they run.
_WHOLE = "tests/test_golden.py"
#: How many times its own time a test may take, and how many seconds beside it: a mutant that makes it slower is dead.
_SLOWER, _SPARE = 4.0, 20.0
#: Bytes that a run of tests may use; a mutant that needs more is dead, too.
_MEMORY = 6_000_000_000
_TURNED = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_SWAPPED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr}


@dataclass(frozen=True)
class Mutant:
    """A change of the characters from `start` to `end` (line, column in characters) of a file."""

    file: Path
    start: tuple[int, int]
    end: tuple[int, int]
    after: str
    kind: str

    def applied(self, source: str) -> str:
        """The source with the change made."""
        lines = source.splitlines(keepends=True)
        head = "".join(lines[: self.start[0] - 1]) + lines[self.start[0] - 1][: self.start[1]]
        tail = lines[self.end[0] - 1][self.end[1] :] + "".join(lines[self.end[0] :])
        return head + self.after + tail

    def __str__(self) -> str:
        where = self.file.relative_to(ROOT) if self.file.is_relative_to(ROOT) else self.file
        return f"{where}:{self.start[0]}: {self.kind}"


def mutants(file: Path) -> list[Mutant]:
    """Every mutant of a file that parses and differs from it, in the order of its places."""
    source = file.read_text(encoding="utf-8")
    return [mutant for mutant in _thinkable(file, source) if _differs(mutant, source)]


def _thinkable(file: Path, source: str) -> list[Mutant]:
    tree = ast.parse(source)
    lines = source.splitlines(keepends=True)
    skipped = _left_alone(tree)
    found = [
        _mutant(file, lines, node, changed, kind)
        for node in ast.walk(tree)
        if id(node) not in skipped
        for changed, kind in _changes(node)
    ]
    return sorted(found, key=lambda mutant: (mutant.start, mutant.end, mutant.kind))


def _differs(mutant: Mutant, source: str) -> bool:
    try:
        return ast.dump(ast.parse(mutant.applied(source))) != ast.dump(ast.parse(source))
    except SyntaxError:
        return False  # a place whose characters cannot be exchanged alone, such as inside an f-string


def _left_alone(tree: ast.Module) -> set[int]:
    """What is not mutated: annotations, imports, raised errors, type checking, names of the module, decorators."""
    alone: set[int] = set()

    def leave(*nodes: ast.AST | None) -> None:
        alone.update(id(inner) for node in nodes if node is not None for inner in ast.walk(node))

    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign):
            leave(node.annotation)
        elif isinstance(node, ast.FunctionDef):
            leave(node.returns, *node.decorator_list, *(argument.annotation for argument in _arguments(node)))
        elif isinstance(node, ast.ClassDef):
            leave(*node.decorator_list, *node.keywords)
        elif isinstance(node, ast.keyword) and node.arg == "strict":
            leave(node)  # of zip: it guards what is so anyhow
        elif isinstance(node, ast.Raise | ast.Import | ast.ImportFrom | ast.Assert | ast.JoinedStr) or _types_only(
            node
        ):
            leave(node)
    return alone


def _types_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _arguments(node: ast.FunctionDef) -> list[ast.arg]:
    return [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]


def _changes(node: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        for turned in _TURNED[type(node.ops[0])]:
            changed = ast.Compare(node.left, [turned()], node.comparators)
            yield changed, f"{type(node.ops[0]).__name__} → {turned.__name__}"
    elif isinstance(node, ast.BoolOp):
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield ast.BoolOp(other, node.values), f"{type(node.op).__name__} → {type(other).__name__}"
        for index in range(len(node.values)):
            rest = [value for place, value in enumerate(node.values) if place != index]
            yield rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest), f"operand {index + 1} left out"
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand, "not left out"
    elif isinstance(node, ast.IfExp):
        yield ast.IfExp(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse), "condition negated"
    elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
        yield ast.Constant(node.value + 1), f"{node.value} → {node.value + 1}"
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value), f"{node.value} → {not node.value}"
    elif isinstance(node, ast.BinOp) and type(node.op) in _SWAPPED:
        swapped = _SWAPPED[type(node.op)]
        yield ast.BinOp(node.left, swapped(), node.right), f"{type(node.op).__name__} → {swapped.__name__}"
    elif isinstance(node, ast.Return) and node.value is not None and not isinstance(node.value, ast.Constant):
        yield ast.Return(ast.Constant(None)), "returns None"
    elif isinstance(node, ast.Continue):
        yield ast.Break(), "continue → break"
    elif isinstance(node, ast.Break):
        yield ast.Continue(), "break → continue"
    elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        yield ast.Pass(), "call left out"
    elif isinstance(node, ast.AugAssign):
        yield ast.Pass(), "assignment left out"


def _mutant(file: Path, lines: Sequence[str], node: ast.AST, changed: ast.AST, kind: str) -> Mutant:
    start, end = (node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)  # type: ignore[attr-defined]
    written = ast.unparse(ast.fix_missing_locations(changed))
    if isinstance(node, ast.expr):
        written = f"({written})"
    return Mutant(file, _characters(lines, start), _characters(lines, end), written, kind)


def _characters(lines: Sequence[str], place: tuple[int, int]) -> tuple[int, int]:
    """A place with its column in characters; ast counts bytes."""
    line = lines[place[0] - 1].encode()
    return place[0], len(line[: place[1]].decode())


def drawn(rooms: Sequence[Path], count: int, seed: int) -> list[Mutant]:
    """`count` mutants of all files under `rooms`, by a fixed seed, each place once."""
    sources = {file: file.read_text(encoding="utf-8") for room in rooms for file in _files(room)}
    every = [mutant for file, source in sources.items() for mutant in _thinkable(file, source)]
    random.Random(seed).shuffle(every)
    taken: dict[tuple[Path, tuple[int, int]], Mutant] = {}
    for mutant in every:
        if len(taken) == count:
            break
        if (mutant.file, mutant.start) not in taken and _differs(mutant, sources[mutant.file]):
            taken[mutant.file, mutant.start] = mutant
    return list(taken.values())


def _files(room: Path) -> list[Path]:
    return [room] if room.is_file() else sorted(room.rglob("*.py"))


def _statement(mutant: Mutant) -> tuple[int, int, bool]:
    """First and last line of the innermost statement around a mutant, and whether it runs as the module is loaded."""
    tree = ast.parse(mutant.file.read_text(encoding="utf-8"))
    inner, loaded = tree.body[0], True
    for node in ast.walk(tree):  # outer nodes come before inner ones
        if isinstance(node, ast.stmt) and node.lineno <= mutant.start[0] and mutant.end[0] <= (node.end_lineno or 0):
            inner = node
            loaded = loaded and not (isinstance(node, ast.FunctionDef) and node.body[0].lineno <= mutant.start[0])
    body = getattr(inner, "body", None)
    last = body[0].lineno - 1 if body and body[0].lineno > mutant.end[0] else inner.end_lineno
    return inner.lineno, max(last or 0, mutant.end[0]), loaded


def reaching(mutant: Mutant, reached: Reached) -> list[str]:
    """The tests that run the statement of a mutant, those first that will soonest tell.

    What runs when the module is loaded, such as a constant, is reached by all that run anything of the module.
    """
    first, last, loaded = _statement(mutant)
    return reached.tests(str(mutant.file.relative_to(ROOT)), None if loaded else range(first, last + 1))


def killed_by(mutant: Mutant, copy: Path, tests: Sequence[str], reached: Reached) -> str | None:
    """The first of the tests that fails on a mutant in `copy` of the checkout, "too slow", or `None`: it survives."""
    file = copy / mutant.file.relative_to(ROOT)
    source, kept = file.read_text(encoding="utf-8"), file.stat()
    file.write_text(mutant.applied(source), encoding="utf-8")
    try:
        runs = (_failure(some, copy, [reached.seconds[test] for test in some]) for some in _runs(tests, reached))
        return next(filter(None, runs), None)
    finally:
        file.write_text(source, encoding="utf-8")
        os.utime(file, ns=(kept.st_atime_ns, kept.st_mtime_ns))


def met(tests: Sequence[str], reached: Reached, most: float) -> list[str]:
    """The tests that a mutant meets: the first, which take `most` seconds together, and those of whole records."""
    whole, others = _parted(tests)
    return [*whole, *reached.first(others, most)]


def _runs(tests: Sequence[str], reached: Reached) -> list[Sequence[str]]:
    """The tests in three runs: most mutants die in the first, which loads few files of tests and hangs for seconds, or
    in that of whole records."""
    whole, others = _parted(tests)
    first = reached.first(others, _FIRST)
    return [run for run in (first, whole, others[len(first) :]) if run]


def _parted(tests: Sequence[str]) -> tuple[list[str], list[str]]:
    """Those of whole records, and the others."""
    whole = [test for test in tests if test.startswith(_WHOLE)]
    return whole, [test for test in tests if test not in whole]


def _failure(tests: Sequence[str], copy: Path, seconds: Sequence[float]) -> str | None:
    slowest = _SLOWER * max(seconds) + _SPARE
    words = [
        sys.executable,
        "-m",
        "pytest",
        "--rootdir",
        str(copy),
        "-x",
        "-q",
        "--no-header",
        "-p",
        "no:cacheprovider",
        "-m",
        "not browser",
    ]
    words += ["-o", f"faulthandler_timeout={slowest:.0f}", "-o", "faulthandler_exit_on_timeout=true", *tests]
    # What was compiled without a mutant is used again; a mutant is not to be kept.
    environment = {**surroundings(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    bounded = ["sh", "-c", f'ulimit -v {_MEMORY // 1024}; exec "$@"', "sh", *words]
    longest = _SLOWER * sum(seconds) + 2 * slowest
    try:
        done = subprocess.run(bounded, cwd=copy, env=environment, capture_output=True, text=True, timeout=longest)
    except subprocess.TimeoutExpired:
        return "too slow"
    if done.returncode in (0, 5):
        return None
    failed = re.search(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE)
    if not failed and "Timeout (" in done.stderr:
        return "too slow"
    return failed.group(1) if failed else f"exit code {done.returncode}"


def _copied(copy: Path) -> Path:
    """The checkout in a place of its own, where it can be changed."""
    left = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", "record")
    shutil.copytree(ROOT, copy, ignore=left)
    # What is compiled now is not compiled for each mutant.
    words = [sys.executable, "-m", "pytest", "--rootdir", str(copy), "--collect-only", "-q", "-p", "no:cacheprovider"]
    subprocess.run(words, cwd=copy, env=surroundings(copy), stdout=subprocess.DEVNULL)
    return copy


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the mutants; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rooms", nargs="*", type=Path, help=f"files or folders [default: {', '.join(ROOMS)}]")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--tests", nargs="+", default=None, metavar="FILE", help="only these files of tests [default: all]"
    )
    parser.add_argument("--least", type=int, default=LEAST, help="how many of 100 have to die [default: %(default)s]")
    parser.add_argument(
        "--most",
        type=float,
        default=float("inf"),
        metavar="SECONDS",
        help="of tests that a mutant meets beside those of whole records [default: all]",
    )
    parser.add_argument("--jobs", type=int, default=1, help="mutants tried at a time, each in a copy of its own")
    parser.add_argument("--list", action="store_true", help="show the mutants, run nothing")
    told = parser.parse_args(arguments)
    rooms = [room.resolve() for room in told.rooms] or [ROOT / room for room in ROOMS if (ROOT / room).exists()]
    found = drawn(rooms, told.count, told.seed)
    if told.list:
        print("\n".join(f"{mutant}: {mutant.after}" for mutant in found))
        return 0
    survivors = []
    with tempfile.TemporaryDirectory(prefix="tellings-mutants-") as folder:
        copies: Queue[Path] = Queue()
        for number in range(told.jobs):
            copies.put(_copied(Path(folder) / f"checkout-{number}"))
        first = copies.get()
        try:
            reached = Reached.by_tests_of(first, ROOT / ".reached_cache" / "lines.json", told.tests, told.jobs)
        except RuntimeError as error:
            parser.error(str(error))
        copies.put(first)
        for test in reached.failing:
            print(f"left out, as it fails without any mutant: {test}")

        def tried(mutant: Mutant) -> tuple[int, str | None]:
            tests = met(reaching(mutant, reached), reached, told.most)
            copy = copies.get()
            try:
                return len(tests), killed_by(mutant, copy, tests, reached)
            finally:
                copies.put(copy)

        with ThreadPoolExecutor(told.jobs) as pool:
            for number, (mutant, (tests, killer)) in enumerate(zip(found, pool.map(tried, found), strict=True), 1):
                outcome = f"{killer}" if killer else f"none of {tests} tests fails" if tests else "no test runs it"
                print(f"{number:3} {'died' if killer else 'LIVES'} {mutant} ({outcome})", flush=True)
                if killer is None:
                    survivors.append(mutant)
    for mutant in survivors:
        line = mutant.file.read_text(encoding="utf-8").splitlines()[mutant.start[0] - 1].strip()
        print(f"\nsurvivor {mutant}\n  {line}\n  {mutant.after}")
    share = 100 * (len(found) - len(survivors)) / max(1, len(found))
    print(f"\n{len(found) - len(survivors)} of {len(found)} mutants died ({share:.0f} of 100)")
    return 0 if share >= told.least else 1


if __name__ == "__main__":
    sys.exit(main())
