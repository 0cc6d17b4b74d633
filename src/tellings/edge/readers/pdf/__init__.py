"""PDF with text: columns in their order, words whole, heads and feet of pages as residue.

`worker` takes letters and their places out of the file, in a process of its own; `layout` puts them in order. It needs
PDFium, which comes with the extra `documents`.
"""

from __future__ import annotations

import contextlib
import importlib.util
import re
from collections import Counter
from typing import Any

import msgspec

from tellings.edge.readers.blocks import Piece, read_pieces
from tellings.edge.readers.dates import DateError, parse_date
from tellings.edge.readers.gather import unreadable
from tellings.edge.readers.pdf.layout import Block, laid_out
from tellings.edge.readers.pdf.sheets import Sheets
from tellings.edge.readers.properties import author_of, title_of
from tellings.edge.readers.telling import Metadata, Outcome, empty
from tellings.edge.readers.workers import worker
from tellings.model.counted import count
from tellings.model.records import Attested, DocumentDate, Problem
from tellings.model.text import Edit

MEDIA_TYPE = "application/pdf"
_WORKER = "tellings.edge.readers.pdf.worker"
#: What the worker refuses, in words, with what to do.
_REFUSED = {
    "password": ("a PDF that is encrypted: a password is needed", "save it without a password"),
    "format": ("no PDF that can be read: it is damaged, or was cut off", "get it once more"),
    "pages": ("a PDF without a page", "get it once more, or take it out"),
    "many-pages": ("a PDF of more than 3,000 pages, which is no article", "split it into one file per article"),
    "letters": ("a PDF of more than 6,000,000 letters, which is no article", "split it into one file per article"),
    "memory": ("a PDF that takes more memory to read than any article does", "save its text as .txt"),
}
_MISSING = ("a PDF, and what reads PDF is not installed", "pip install 'tellings[documents]', or save it as text")
_SCANNED = (
    "a PDF that holds pictures of pages and no text (a scan)",
    "have its text recognised first (OCR), for instance with ocrmypdf",
)
_UNMAPPED = (
    "a PDF whose fonts do not tell which characters its letters are",
    "have its text recognised (OCR), for instance with ocrmypdf --force-ocr, or save it as text",
)
#: Pages that have fewer letters than this on average, and pictures on half of them, hold no text of their own.
_FEWEST_LETTERS = 20
#: Beyond this share of letters that no font names the text is not to be read.
_MOST_UNMAPPED = 0.2
#: A whole file ends with this (ISO 32000-2, 7.5.5), maybe with some bytes behind it.
_END, _END_WITHIN = b"%%EOF", 4096
#: Pages without text that are named one by one.
_NAMED = 10
_MADE = re.compile(r"(?:D:)?(\d{4})-?(\d{2})-?(\d{2})")
_HYPHENS = "-\u00ad\u2010"
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def read_pdf(name: str, data: bytes) -> Outcome:
    """The one telling of a PDF, or why there is none.

    1. take out the letters; 2. refuse what holds no text; 3. put them in order; 4. join lines; 5. read what it says of
    itself.
    """
    if importlib.util.find_spec("pypdfium2") is None:
        return _refused(name, _MISSING)
    # 1. letters
    sheets = _sheets(data)
    if isinstance(sheets, tuple):
        return _refused(name, sheets)
    # 2. no text
    written = [sum(len(run.text) for run in page.runs) + sum(map(len, page.turned)) for page in sheets.pages]
    if sum(written) < _FEWEST_LETTERS * len(written) and 2 * sum(page.pictures for page in sheets.pages) >= len(
        written
    ):
        return _refused(name, _SCANNED)
    if all(page.damaged for page in sheets.pages):
        return _refused(name, _REFUSED["format"])
    if not sum(written):
        return Outcome(problems=(empty(name),))
    if sheets.unmapped > _MOST_UNMAPPED * sheets.letters:
        return _refused(name, _UNMAPPED)
    # 3. order
    layout = laid_out(sheets.pages)
    # 4. lines
    words = Counter(
        word for block in layout.blocks for row in block.rows for word in _WORD.findall(row.text.casefold())
    )
    numbers: Counter[int] = Counter()
    pieces = [_piece(block, words, numbers) for block in layout.blocks]
    pieces.extend(_piece(block, words, None) for block in layout.furniture)
    # 5. metadata
    outcome = read_pieces(name, MEDIA_TYPE, pieces, _told(sheets.information, layout.address))
    return Outcome(outcome.tellings, (*outcome.problems, *_notes(name, data, sheets, written)))


def _sheets(data: bytes) -> Sheets | tuple[str, str]:
    """The pages of a PDF, or why it is not read and what to do."""
    with worker(_WORKER, data) as process:
        answered = process.stdout.read() if process.stdout else b""
    try:
        answer: Any = msgspec.json.decode(answered)
        if "error" in answer:
            return _REFUSED[answer["error"]]
        return msgspec.convert(answer, Sheets)
    except (msgspec.DecodeError, msgspec.ValidationError, TypeError, KeyError):
        return "a PDF that ends the program that reads it: it is damaged, or made to do so", "save its text as .txt"


def _refused(name: str, why: tuple[str, str]) -> Outcome:
    return Outcome(problems=(unreadable(name, *why),))


def _piece(block: Block, words: Counter[str], numbers: Counter[int] | None) -> Piece:
    """The lines of a block as its source has them, and the edits that join them.

    `numbers` count the blocks of each page; `None` for what stands at its edges.
    """
    text, edits, places, page = "", list[Edit](), list[tuple[int, str]](), 0
    for row in block.rows:
        if row.page != page:
            page = row.page
            if numbers is not None:
                numbers[page] += 1
            places.append(
                (len(text) + bool(text), f"page {page}, " + ("edge" if numbers is None else f"block {numbers[page]}"))
            )
        if text:
            cut = len(text)
            if text[-1] in _HYPHENS and row.text[:1].isalnum():
                begins, shown = (cut, "") if _keeps(text, row.text, words) else (cut - 1, "")
                edits.append(Edit(begins, cut + 1, shown))
            else:
                edits.append(Edit(cut, cut + 1, " "))
            text += "\n"
        text += row.text
    return Piece(text, block.kind, block.rule, tuple(edits), tuple(places))


def _keeps(before: str, after: str, words: Counter[str]) -> bool:
    """Whether a hyphen at the end of a line belongs to the word: before a capital or a figure, or where the text has
    the word with it elsewhere and not without."""
    first, last = _WORD.search(after.casefold()), [*_WORD.finditer(before[:-1].casefold())][-1:]
    if not after[:1].islower() or before[-2:-1].isdigit() or first is None or not last:
        return True
    head, tail = last[0].group(), first.group()
    return words[f"{head}-{tail}"] > words[head + tail]


def _told(information: dict[str, str], address: str | None) -> Metadata:
    """What a PDF says of itself. The day on which it was made is no date of the article: pages are printed years on."""
    made = information.get("CreationDate", "")
    match = _MADE.match(made)
    evidence = "no date found"
    if match:
        with contextlib.suppress(DateError):
            evidence += f"; the PDF was made on {parse_date('-'.join(match.groups()))}"
    return Metadata(
        DocumentDate(None, evidence, "none"),
        title=title_of(" ".join(information.get("Title", "").split()), "PDF information Title"),
        author=author_of(" ".join(information.get("Author", "").split()), "PDF information Author"),
        url=Attested(address, "address printed on the page") if address else None,
    )


def _notes(name: str, data: bytes, sheets: Sheets, written: list[int]) -> list[Problem]:
    """What is missing, though there is a telling."""
    notes = []
    if _END not in data[-_END_WITHIN:]:
        message = "it has no end, so it was cut off; what could be found was read"
        notes.append(Problem(name, "malformed", message, "get it once more", lost=False))
    if damaged := [number for number, page in enumerate(sheets.pages, start=1) if page.damaged]:
        message = f"{count(len(damaged), 'page')} damaged and not read: {_numbers(damaged)}"
        notes.append(Problem(name, "malformed", message, "get it once more", lost=False))
    empty_pages = [
        number
        for number, (page, letters) in enumerate(zip(sheets.pages, written, strict=True), start=1)
        if page.pictures and not letters
    ]
    if empty_pages:
        message = f"{count(len(empty_pages), 'page')} without text, maybe scanned: {_numbers(empty_pages)}"
        notes.append(Problem(name, "left-out", message, "have their text recognised (OCR) if they matter", lost=False))
    return notes


def _numbers(pages: list[int]) -> str:
    """Numbers of pages, the first of many."""
    return ", ".join(map(str, pages[:_NAMED])) + (", …" if len(pages) > _NAMED else "")
