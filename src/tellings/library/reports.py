"""Reports on drafts as files: one in the form that its name tells, or a folder with a page for each draft."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from tellings.edge.readers.docx import MEDIA_TYPE
from tellings.edge.readers.ours import is_ours
from tellings.edge.saving import save
from tellings.edge.writers.check import FORMS, Form, form_of
from tellings.library.records import NotOursError
from tellings.model.report import Report

#: What stands between the name of a draft and the suffix of what is written about it.
_MIDDLE = ".check"
#: What a folder has of all drafts, and what a draft from standard input is called.
_ALL, _UNNAMED = "check.json", "draft"
_BY_NAME = {form.name: form for form in FORMS}


class FormError(ValueError):
    """Reports cannot be written so: the message says why, and how they can."""


def written_as(reports: Sequence[Report], form: str, *, every: bool = False) -> bytes:
    """Reports in a form: "html", "json", "markdown", "docx", "sarif" or "github". With `every`, what the articles bear
    out is told at its length, too.

    Raises:
        FormError: the form holds one draft, and there are several.
    """
    chosen = _BY_NAME[form]
    if chosen.of_one and len(reports) > 1:
        raise FormError(f"{form} holds one draft, and {len(reports)} were read: give a folder with -o, or one draft")
    return chosen.make(reports, every, _original(reports[0], chosen) if reports else None)


def write_reports(
    reports: Sequence[Report],
    target: str | Path,
    *,
    form: str | None = None,
    every: bool = False,
    overwrite: bool = False,
) -> tuple[Path, ...]:
    """Write reports to the file `target`, in `form` or the one that its name tells, or into the folder `target`: a page
    for each draft and `check.json` for all, or each draft in a `form` that is a document of its own ("docx",
    "markdown"). A name without a suffix is a folder's. Gives the paths, the first of them the one to open.

    Each file appears whole or not at all. Earlier reports are replaced, other files only with `overwrite`; a draft may
    be replaced by itself with footnotes.

    Raises:
        FormError: the name tells no form, or the form holds one draft and there are several.
        NotOursError: without `overwrite`, a file that tellings did not write stands there.
        OSError: a file cannot be written.
    """
    path = Path(target)
    if is_folder(target):
        made = _in_folder(reports, path, form, every)
    else:
        named = form_of(path)
        chosen = form or (named.name if named else None)
        if chosen is None:
            known = ", ".join(suffix for each in FORMS for suffix in each.suffixes)
            raise FormError(f"the name of {path} does not tell a form: end it with one of {known}, or give --format")
        made = {path: (written_as(reports, chosen, every=every), chosen)}
    for each, (_, chosen) in made.items():
        if not overwrite and each.is_file() and not (is_ours(each) or _draft_itself(each, chosen, reports)):
            why = f"{each} is there and was not written by tellings"
            raise NotOursError(errno.EEXIST, why, str(each))
    for each, (data, _) in made.items():
        each.parent.mkdir(parents=True, exist_ok=True)
        save(each, data)
    return tuple(made)


def is_folder(target: str | Path) -> bool:
    """Whether reports written to `target` go into a folder: it is one, or its name has no suffix."""
    path = Path(target)
    return path.is_dir() or str(target).endswith(("/", os.sep)) or (not path.suffix and not path.exists())


def _in_folder(reports: Sequence[Report], folder: Path, form: str | None, every: bool) -> dict[Path, tuple[bytes, str]]:
    chosen = _BY_NAME[form] if form else _BY_NAME["html"]
    alone = chosen.of_one and chosen.name != "html"
    if not alone:
        chosen = _BY_NAME["html"]
    made: dict[Path, tuple[bytes, str]] = {}
    for report in reports:
        name = PurePosixPath(_UNNAMED if report.path == "-" else report.name)
        # A name is a path from a folder that was read: it never leads out of this one.
        inside = folder.joinpath(*(part for part in name.parts if part not in ("/", "..")))
        numbers = ("", *(f"-{number}" for number in range(2, len(reports) + 1)))
        paths = (inside.with_name(f"{inside.name}{each}{_MIDDLE}{chosen.suffixes[0]}") for each in numbers)
        # Drafts of several folders may have one name.
        path = next(path for path in paths if path not in made)
        made[path] = (written_as([report], chosen.name, every=every), chosen.name)
    if not alone:
        made[folder / _ALL] = (written_as(reports, "json", every=every), "json")
    return made


def _original(report: Report, form: Form) -> bytes | None:
    """The file of a draft that is a Word document, which gets the comments itself; `None` where it is none, or gone."""
    if form.name != "docx" or report.media_type != MEDIA_TYPE or report.path == "-":
        return None
    try:
        return Path(report.path).read_bytes()
    except OSError:
        return None


def _draft_itself(path: Path, form: str, reports: Sequence[Report]) -> bool:
    """Whether a file is the very draft, in UTF-8 as we write it, so that footnotes are all that changes in it."""
    if form != "markdown" or len(reports) != 1:
        return False
    (report,) = reports
    try:
        return path.samefile(report.path) and path.read_bytes() == report.characters.encode("utf-8", "surrogatepass")
    except OSError:
        return False
