"""The one loop over documents: every command looks at each article here, and nothing that goes wrong is silent.

A text without rules for its language, and one that a rule of ours stumbles over, cost nothing but themselves: they
stand there with nothing found in them, and a problem says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from tellings.edge.engine import Ended, Engine, Stage, engine
from tellings.language.detect import UNKNOWN, detected, name_of
from tellings.library.inputs import Progress
from tellings.model.collecting import seldom_collecting
from tellings.model.records import Document, Problem
from tellings.model.rules import languages

#: Characters of articles for which starting one worker more pays; a small pile is read here.
_WORTH_A_WORKER = 60_000
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Look(Generic[Result]):
    """What is looked for in a document: `find` gives it, `nothing` what stands for it where nothing can be found.

    `foreign` is what is looked for in a text that there are no rules for; by default nothing. All are functions of a
    module, so that a worker process can be sent them. `stage` says how results are kept, where they are worth it.
    """

    find: Callable[[Document], Result]
    nothing: Callable[[Document], Result]
    foreign: Callable[[Document], Result] | None = None
    stage: Stage | None = None

    def __call__(self, document: Document) -> tuple[Result, Problem | None]:
        """What was found in `document`, and why nothing was."""
        document = replace(document, detected=detected(document))
        problem = _foreign(document)
        find = self.find if problem is None else self.foreign or self.nothing
        try:
            return find(document), problem
        except Exception as error:
            return self.nothing(document), _stumble(document, error)

    def ended(self, document: Document) -> tuple[Result, Problem | None]:
        """What stands for a document that ended its worker process, and what is said of it."""
        return self.nothing(document), _ended(document)


def each(
    documents: Sequence[Document], look: Look[Result], *, jobs: int | Engine = 1, progress: Progress | None = None
) -> tuple[tuple[Result, ...], tuple[Problem, ...]]:
    """What `look` gives for each of `documents`, in their order, and what was wrong; in up to `jobs` workers, or by an
    engine."""
    found: list[Result] = []
    problems: list[Problem] = []
    with seldom_collecting():
        for looked in worth(jobs, documents).map(look, documents):
            if isinstance(looked, Ended):
                looked = look.ended(documents[looked.place])
            result, problem = looked
            found.append(result)
            if problem is not None:
                problems.append(problem)
            if progress is not None:
                progress("annotating", len(found), len(documents))
    return tuple(found), tuple(problems)


def worth(jobs: int | Engine, documents: Iterable[Document]) -> Engine:
    """The engine for up to `jobs` workers, no more than the length of `documents` is worth; or the one given."""
    if isinstance(jobs, int):
        return engine(min(jobs, sum(len(document.text) for document in documents) // _WORTH_A_WORKER))
    return jobs


def _stumble(document: Document, error: Exception) -> Problem:
    """A rule that failed on a text: our mistake, never the reader's, and it must not cost them the other tellings."""
    message = f"a rule failed on this text ({type(error).__name__}: {error}), so it is shown as it stands"
    remedy = "please report it with the text, or a shortened one that fails too"
    return Problem(document.name, "unreadable", message, remedy, lost=False)


def _ended(document: Document) -> Problem:
    """A text on which the worker process was killed, twice: by the system where memory ran out, as a rule."""
    message = "looking at this text ended the worker process, so it is shown as it stands"
    remedy = "give more memory or fewer jobs; if it fails alone, too, please report it"
    return Problem(document.name, "unreadable", message, remedy, lost=False)


def _foreign(document: Document) -> Problem | None:
    """A problem where there are no rules for the language of a text."""
    if reason := _not_ours(document):
        remedy = f"only these languages have rules: {', '.join(name_of(code) or code for code in languages())}"
        return Problem(document.name, "language", reason, remedy, lost=False)
    return None


def _not_ours(document: Document) -> str | None:
    """Why nothing is looked for in a telling: there are no rules for its language.

    What the text shows counts before what is declared of it.
    """
    nothing = "nothing was looked for in it"
    found = document.detected
    if found is None:
        declared = document.language
        return None if declared in languages() else f"its language is {declared!r}; {nothing}"
    if found.language in languages():
        return None
    if found.language != UNKNOWN:
        return f"its text is {name_of(found.language)}; {nothing}"
    if found.provenance.rule == "letters":
        return f"it is not written in Latin letters; {nothing}"
    return f"its text is in a language that is not known here; {nothing}"
