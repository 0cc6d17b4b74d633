"""How a command ends: its exit codes, and what is said of inputs that could not be read as they stand."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

from tellings import interrupts
from tellings.cli.output import say

if TYPE_CHECKING:
    from tellings.model.records import Problem

#: The exit codes; 2, wrong usage, is click's own.
DONE, FAILED, USAGE, PARTIAL, NOTHING, FAULT, INCOMPLETE = range(7)
INTERRUPTED = interrupts.CODE
#: Problems of one kind in one file from which they are told in one line.
_MANY = 5


def stop(message: str, code: int) -> NoReturn:
    """Say why, and end with `code`."""
    say(f"tellings: {message}")
    sys.exit(code)


def stop_where_lost(problems: Sequence[Problem]) -> None:
    """End with the code that says an input is missing, where one is."""
    if any(problem.lost for problem in problems):
        sys.exit(PARTIAL)


@contextmanager
def nothing_read(consequence: str = "nothing could be read.") -> Iterator[None]:
    """Where nothing could be read, say why, input by input, and what follows, and end; so where a stage file does not
    fit."""
    from tellings.library import NothingReadError, StageFileError

    try:
        yield
    except NothingReadError as error:
        say_problems(error.problems)
        stop(consequence, NOTHING)
    except StageFileError as error:
        stop(f"{error}.", NOTHING)


def say_problems(problems: Sequence[Problem]) -> None:
    """Each problem on standard error; many of one kind in one file in one line."""
    alike = Counter((problem.place.partition("#")[0], problem.message) for problem in problems)
    told = set()
    for problem in problems:
        file = problem.place.partition("#")[0]
        if (many := alike[file, problem.message]) >= _MANY:
            if (file, problem.message) in told:
                continue
            told.add((file, problem.message))
            problem = replace(problem, place=f"{file}, {many} entries")
        weight = "LOST" if problem.lost else "note"
        remedy = f" ({problem.remedy})" if problem.remedy else ""
        say(f"{weight} {problem.place}: {problem.message}{remedy}")
