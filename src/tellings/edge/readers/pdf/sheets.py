"""What is taken out of a PDF before its order is known: runs of letters with their places, page by page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """Letters set one behind the other on one line. Places are in points (1/72 inch), upwards and to the right.

    `base` is the line the letters stand on, `height` from the lowest to the highest a letter of the font can reach.
    """

    text: str
    left: float
    right: float
    base: float
    height: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page, turned so that most of its letters stand upright.

    `turned` are runs of letters that do not; `pictures` says whether images, or drawings, are on it; `bottom` and `top`
    are its edges; `damaged` says that it cannot be read.
    """

    runs: tuple[Run, ...]
    bottom: float = 0.0
    top: float = 0.0
    turned: tuple[str, ...] = ()
    pictures: bool = False
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Sheets:
    """The pages of a PDF, and what it says of itself (the entries of its information dictionary).

    `unmapped` counts letters for which the fonts do not tell which character they are, of `letters` in all.
    """

    pages: tuple[Sheet, ...]
    information: dict[str, str]
    letters: int = 0
    unmapped: int = 0
