"""What came of checking a record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

#: "incomplete": nothing failed, but something could not be checked.
Outcome = Literal["holds", "fails", "incomplete"]


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that does not hold: `line` is its path in the record, `telling` the label it concerns, empty where that
    is no single one."""

    line: str
    telling: str
    message: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked, and what came of it.

    `lines` counts the places of evidence, `tellings` those of the record. `failures` are what does not hold.
    `unsourced` are labels of tellings whose source was not found: their lines were held against the text kept in the
    record, where it keeps one. `notes` tell what is other and does no harm (line ends); `checked` and `unchecked` say
    in words what was checked and what could not be, `only_again` what only a record made again can tell.
    """

    lines: int
    tellings: int
    failures: tuple[Failure, ...] = ()
    unsourced: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    checked: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()
    only_again: tuple[str, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """Whether all holds. Where something could not be checked it is never "holds"."""
        if self.failures:
            return "fails"
        return "incomplete" if self.unchecked else "holds"

    @property
    def holds(self) -> bool:
        """Whether all was checked, and nothing failed."""
        return self.outcome == "holds"

    def also(
        self,
        failures: Iterable[Failure] = (),
        *,
        notes: Iterable[str] = (),
        checked: Iterable[str] = (),
        unchecked: Iterable[str] = (),
        only_again: Iterable[str] = (),
    ) -> Verification:
        """This and what one check more found."""
        return replace(
            self,
            failures=(*self.failures, *failures),
            notes=(*self.notes, *notes),
            checked=(*self.checked, *checked),
            unchecked=(*self.unchecked, *unchecked),
            only_again=(*self.only_again, *only_again),
        )
