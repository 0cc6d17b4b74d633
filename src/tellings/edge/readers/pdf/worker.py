"""The part of the PDF reader that runs in a process of its own: from bytes to runs of letters, with PDFium.

PDFium is written in C++ and is given files from anywhere: should one of them crash it, or make it ask for gigabytes,
then this process ends and the reading of the others goes on. It reads a PDF from standard input and writes one value of
JSON: `Sheets`, or {"error": why}.
"""

from __future__ import annotations

import ctypes
import math
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from tellings.edge.readers.pdf.sheets import Run, Sheet, Sheets
from tellings.edge.readers.workers import bound

#: The most memory that the process may take (bytes), and the most processor time (seconds): real files of newspapers
#: take 300 MB and 20 s at the most.
MOST_MEMORY, MOST_SECONDS = 3_000_000_000, 300
#: The most pages that are read; and letters: somewhat more than a telling may have.
MOST_PAGES, MOST_LETTERS = 3_000, 6_000_000
#: A run of letters ends where the next stands higher or lower than this share of their height, further to the right
#: than this, or further back: words of a justified line stand closer, columns and cells of a table do not.
_RISE, _GAP, _BACK = 0.45, 0.62, 0.4
#: Weight of a font from which on it is bold (OpenType `usWeightClass`), and names that say so.
_BOLD, _BOLD_NAME, _LONGEST_NAME = 600, re.compile(rb"bold|black|heavy|demi|-bd\b", re.IGNORECASE), 200
#: Lines of a drawing, beyond those of rules and frames.
_MANY_LINES = 200
#: What PDFium gives for a hyphen at the end of a line.
_HYPHEN = "\x02"


def main() -> int:
    """Read a PDF from standard input; the exit code is 0 whenever an answer was written."""
    data = sys.stdin.buffer.read()
    bound(MOST_MEMORY, MOST_SECONDS)
    try:
        answer: Any = read_sheets(data)
    except RefusedError as error:
        answer = {"error": str(error)}
    except MemoryError:
        answer = {"error": "memory"}
    sys.stdout.buffer.write(msgspec.json.encode(answer))
    return 0


class RefusedError(ValueError):
    """A PDF that is not read; the message is a code that the reader has words for."""


def read_sheets(data: bytes) -> Sheets:
    """The pages of a PDF.

    Raises:
        RefusedError: "password", "format", "pages", "many-pages", "letters".
    """
    import pypdfium2
    from pypdfium2 import raw

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        # PDFium refuses a whole file without a page, and says that all went well.
        reasons = {raw.FPDF_ERR_PASSWORD: "password", raw.FPDF_ERR_SECURITY: "password", raw.FPDF_ERR_SUCCESS: "pages"}
        raise RefusedError(reasons.get(code, "format")) from error
    count = len(document)
    if count == 0:
        raise RefusedError("pages")
    if count > MOST_PAGES:
        raise RefusedError("many-pages")
    pages, letters, unmapped = [], 0, 0
    for number in range(count):
        try:
            page = document[number]
            text = page.get_textpage()
        except pypdfium2.PdfiumError:
            pages.append(Sheet((), damaged=True))
            continue
        letters += raw.FPDFText_CountChars(text)
        if letters > MOST_LETTERS:
            raise RefusedError("letters")
        bounds = page.get_bbox()
        found = list(_letters(raw, text))
        unmapped += sum(letter.unmapped for letter in found)
        pages.append(_sheet(found, bounds, _weights(raw, text), pictures=_has_pictures(raw, page)))
        text.close()
        page.close()
    return Sheets(tuple(pages), _information(document), letters, unmapped)


def _has_pictures(raw: Any, page: Any) -> bool:
    """Whether a page holds an image, or so many lines that they may be letters drawn as outlines."""
    lines = 0
    for index in range(raw.FPDFPage_CountObjects(page)):
        kind = raw.FPDFPageObj_GetType(raw.FPDFPage_GetObject(page, index))
        lines += kind == raw.FPDF_PAGEOBJ_PATH
        if kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM, raw.FPDF_PAGEOBJ_SHADING) or lines > _MANY_LINES:
            return True
    return False


def _information(document: Any) -> dict[str, str]:
    found = document.get_metadata_dict(skip_empty=True)
    return {key: str(value)[:1000].encode("utf-8", "replace").decode() for key, value in found.items()}


class _Letter:
    """A letter with its place: `x`, `y` on its base line, `angle` in quarters of a turn."""

    __slots__ = ("angle", "bottom", "character", "index", "left", "right", "top", "unmapped", "x", "y")

    def __init__(self, character: str, angle: int, x: float, y: float, box: tuple[float, float, float, float]) -> None:
        self.character = character
        self.angle = angle
        self.x, self.y = x, y
        self.left, self.bottom, self.right, self.top = box
        self.index = 0
        self.unmapped = False

    def turn(self, quarters: int) -> None:
        """Turn its place around the origin, clockwise."""
        for _ in range(quarters % 4):
            self.x, self.y = self.y, -self.x
            self.left, self.bottom, self.right, self.top = self.bottom, -self.right, self.top, -self.left
            self.angle = (self.angle - 1) % 4


def _letters(raw: Any, text: Any) -> Iterator[_Letter]:
    """The letters of a page, in the order of its stream. Spaces have no place of their own and keep the last."""
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    box_at, x_at, y_at = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
    get_unicode, get_box, get_origin = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharOrigin
    high = 0
    for index in range(raw.FPDFText_CountChars(text)):
        code = get_unicode(text, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        high = 0
        character = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if character.isspace():
            yield _Letter(" ", 0, 0.0, 0.0, (0.0, 0.0, 0.0, 0.0))
            continue
        if not get_box(text, index, box_at) or not get_origin(text, index, x_at, y_at):
            continue
        angle = -round(raw.FPDFText_GetCharAngle(text, index) / (math.pi / 2)) % 4  # PDFium counts clockwise
        letter = _Letter(
            "-" if character == _HYPHEN else character,
            angle,
            x.value,
            y.value,
            (box.left, box.bottom, box.right, box.top),
        )
        letter.index = index
        letter.unmapped = raw.FPDFText_HasUnicodeMapError(text, index) == 1 or 0xE000 <= code <= 0xF8FF
        yield letter


def _weights(raw: Any, text: Any) -> Callable[[int], bool]:
    """Tells whether the font of the letter at an index is bold, by its weight or its name."""
    name, size, flags = ctypes.create_string_buffer(_LONGEST_NAME), _LONGEST_NAME, ctypes.c_int()

    def is_bold(index: int) -> bool:
        if raw.FPDFText_GetFontWeight(text, index) >= _BOLD:
            return True
        length = raw.FPDFText_GetFontInfo(text, index, name, size, ctypes.byref(flags))
        return 0 < length <= size and _BOLD_NAME.search(name.value) is not None

    return is_bold


def _sheet(
    letters: list[_Letter], bounds: tuple[float, float, float, float], is_bold: Callable[[int], bool], *, pictures: bool
) -> Sheet:
    """The page that `letters` make: turned upright, put together to runs, without what stands outside its edges."""
    left, bottom, right, top = bounds
    seen = [
        each
        for each in letters
        if each.character == " "
        or (left <= (each.left + each.right) / 2 <= right and bottom <= each.y + 1 and each.y <= top)
    ]
    angles = Counter(each.angle for each in seen if each.character != " ")
    upright = max(angles, key=lambda angle: (angles[angle], -angle), default=0)
    edge = _Letter(" ", 0, 0.0, 0.0, (left, bottom, right, top))
    edge.turn(upright)
    for each in seen:
        each.turn(upright)
    runs: list[Run] = []
    turned: list[str] = []
    for group in _runs(seen):
        text = " ".join("".join(each.character for each in group).split())
        if not text:
            continue
        placed = [each for each in group if each.character != " "]
        if placed[0].angle != 0:
            turned.append(text)
            continue
        heights = sorted(each.top - each.bottom for each in placed)
        runs.append(
            Run(
                text,
                round(min(each.left for each in placed), 2),
                round(max(each.right for each in placed), 2),
                round(Counter(round(each.y, 2) for each in placed).most_common(1)[0][0], 2),
                round(heights[len(heights) // 2], 2),
                is_bold(placed[len(placed) // 2].index),
            )
        )
    return Sheet(tuple(runs), edge.bottom, edge.top, tuple(turned), pictures)


def _runs(letters: list[_Letter]) -> Iterator[list[_Letter]]:
    """`letters` cut where the line, or the column, ends."""
    run: list[_Letter] = []
    last: _Letter | None = None
    for letter in letters:
        if letter.character == " ":
            run.append(letter)
            continue
        if last is not None and _apart(last, letter):
            yield run
            run = []
        run.append(letter)
        last = letter
    if run:
        yield run


def _apart(last: _Letter, letter: _Letter) -> bool:
    if last.angle != letter.angle:
        return True
    height = max(last.top - last.bottom, letter.top - letter.bottom, 0.1)
    if last.angle != 0:
        return abs(letter.x - last.x) + abs(letter.y - last.y) > 2 * height
    gap = letter.left - last.right
    return abs(letter.y - last.y) > _RISE * height or gap > _GAP * height or letter.left < last.left - _BACK * height


if __name__ == "__main__":
    sys.exit(main())
