"""Which files there are: paths, folders and standard input, in an order of their own."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tellings.edge.readers.names import printable
from tellings.model.records import Problem

STANDARD_INPUT = "-"
#: Names of the folders that browsers put beside a page they save, for what belongs to it: of the page "X.html" it is
#: "X_files", in the language of the browser.
_BESIDE = re.compile(
    r"(?P<page>.+)(?:[_-](?:files|file|Dateien|fichiers|archivos|bestanden|arquivos|ficheiros|pliki|filer|tiedostot|elemei"
    r"|soubory|dosyalar|файлы)|\.files)"
)
#: What the name of a page ends in beside which such a folder may stand.
PAGES = (".html", ".htm", ".xhtml", ".HTML", ".HTM")
#: Such folders that are named before the rest are counted.
_SHOWN = 3


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A file to read: `name` is what it is called from now on (`printable`), `path` where it lies, as given."""

    name: str
    path: str
    named: bool = True  # given by name, not met in a folder


#: What Windows and macOS keep in a folder for themselves.
_OF_SYSTEMS = frozenset({"desktop.ini", "thumbs.db", "ehthumbs.db", "icon\r"})


def gather(paths: Sequence[str | Path]) -> tuple[tuple[Found, ...], tuple[Problem, ...]]:
    """All files under `paths`, sorted by name, each once; and what is no file.

    A file is named by its bare name, one in a folder by its path from that folder, with "/". Hidden
    files and folders (".…") inside a folder are passed over; links to folders are not followed, so
    that loops cannot be.
    """
    found: dict[str, Found] = {}
    problems: list[Problem] = []
    beside: list[str] = []
    given = {str(path) for path in paths}
    for path in sorted(given):
        if path == STANDARD_INPUT:
            found[path] = Found(path, path)
            continue
        try:
            mode = os.stat(path).st_mode  # noqa: PTH116 - Path drops "./" and cannot hold every name
        except (OSError, ValueError) as error:
            problems.append(unreadable(printable(path), reason_of(error), "see whether the path is right"))
            continue
        if stat.S_ISDIR(mode):
            folder = path.rstrip("/" + os.sep)
            if (page := page_beside(folder)) and any(page + suffix in given for suffix in PAGES):
                beside.append(folder)
                continue
            entries = list(_walk(path, problems, beside))
            if not entries:
                problems.append(
                    Problem(
                        printable(path), "empty", "no files in this folder", "see whether the path is right", lost=False
                    )
                )
        elif stat.S_ISREG(mode):
            entries = [Found(printable(Path(path).name), path)]
        else:
            problems.append(_no_file(path))
            continue
        for entry in entries:
            key = os.path.abspath(entry.path)  # noqa: PTH100 - links are kept apart
            found[key] = min(found.get(key, entry), entry)
    if beside:
        problems.append(beside_pages(beside))
    return tuple(sorted(found.values())), tuple(problems)


def page_beside(folder: str) -> str | None:
    """The path, without its suffix, of the page that `folder` may have been saved with."""
    match = _BESIDE.fullmatch(folder)
    return match["page"] if match else None


def beside_pages(folders: Sequence[str]) -> Problem:
    """That what browsers save beside pages was not read, all of it in one."""
    shown = ", ".join(printable(Path(folder).name) for folder in sorted(folders)[:_SHOWN])
    more = f" and {len(folders) - _SHOWN} more" if len(folders) > _SHOWN else ""
    message = f"passed over, as they belong to the saved pages beside them: {shown}{more}"
    remedy = "nothing to do; give such a folder alone to read it"
    return Problem(printable(sorted(folders)[0]), "left-out", message, remedy, lost=False)


def opened(path: str) -> BinaryIO:
    """The file at `path`, open for reading. A pipe or a device that has come to stand there since is not waited for.

    Raises:
        OSError: it cannot be opened, or is no regular file.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError("not a regular file")
    return os.fdopen(handle, "rb")


def unreadable(place: str, reason: str, remedy: str) -> Problem:
    """A file that cannot be read at all."""
    return Problem(place, "unreadable", reason, remedy, lost=True)


def reason_of(error: Exception) -> str:
    """Why the system could not do something, in a few words."""
    if getattr(error, "errno", None) == errno.ELOOP:
        return "a link that leads back to itself"
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def _no_file(path: str) -> Problem:
    return unreadable(printable(path), "neither a file nor a folder", 'give its content on standard input ("-")')


def _walk(folder: str, problems: list[Problem], beside: list[str]) -> Iterator[Found]:
    """The files in `folder` and in the folders in it, however deep (os.walk ends at a thousand).

    Folders that belong to a saved page go to `beside`.
    """
    waiting = [folder]
    while waiting:
        inside = waiting.pop()
        try:
            with os.scandir(inside) as listed:
                entries = sorted(listed, key=lambda entry: entry.name)
        except OSError as error:
            problems.append(unreadable(printable(inside), reason_of(error), "see its permissions"))
            continue
        names = {entry.name for entry in entries}
        for entry in entries:
            if entry.name.startswith(".") or entry.name.lower() in _OF_SYSTEMS:
                continue
            try:
                page = page_beside(entry.name)
                if page and any(page + suffix in names for suffix in PAGES) and entry.is_dir():
                    beside.append(entry.path)
                elif entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                elif entry.is_file():
                    name = os.path.relpath(entry.path, folder).replace(os.sep, "/")
                    yield Found(printable(name), entry.path, named=False)
                elif not entry.is_dir():  # a link to a folder is passed over in silence: what it holds is elsewhere
                    problems.append(_not_regular(entry))
            except OSError as error:
                problems.append(
                    unreadable(printable(entry.path), reason_of(error), "see whether the link leads anywhere")
                )


def _not_regular(entry: os.DirEntry[str]) -> Problem:
    """What stands in a folder and is no file: a pipe, a device, or a link that leads nowhere. Raises OSError for the
    last."""
    entry.stat()
    return unreadable(printable(entry.path), "not a regular file", "take it out of the folder")
