"""The forms in which reports are written: what each is called, how its files end, and what makes it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from tellings.edge.writers.check import github, json, markdown, page, sarif, word, word_copy
from tellings.model.report import Report

#: Reports, whether all findings are told, and the file of the draft where the form is a copy of it → the bytes.
Make = Callable[[Sequence[Report], bool, bytes | None], bytes]


@dataclass(frozen=True, slots=True)
class Form:
    """A form of reports. `suffixes` are how the names of its files end, the first one by default. `of_one`: a file
    holds one draft."""

    name: str
    suffixes: tuple[str, ...]
    make: Make
    of_one: bool = False


def _page(reports: Sequence[Report], _every: bool, _original: bytes | None) -> bytes:
    return page.render(reports[0]).encode("utf-8", "surrogatepass")


def _markdown(reports: Sequence[Report], every: bool, _original: bytes | None) -> bytes:
    return markdown.markdown(reports[0], every=every).encode("utf-8", "replace")


def _word(reports: Sequence[Report], every: bool, original: bytes | None) -> bytes:
    copied = original and word_copy.commented(original, reports[0], every=every)
    return copied or word.document(reports[0], every=every)


FORMS = (
    Form("html", (".html", ".htm"), _page, of_one=True),
    Form("json", (".json",), lambda reports, _every, _original: json.encode(reports)),
    Form("markdown", (".md", ".markdown"), _markdown, of_one=True),
    Form("docx", (".docx",), _word, of_one=True),
    Form("sarif", (".sarif", ".sarif.json"), lambda reports, every, _original: sarif.encode(reports, every=every)),
    Form("github", (), lambda reports, every, _original: github.commands(reports, every=every).encode()),
)


def form_of(path: PurePath) -> Form | None:
    """The form that the name of a file tells, by the longest suffix of one; `None` where it tells none."""
    name = path.name.lower()
    found = [(len(suffix), form) for form in FORMS for suffix in form.suffixes if name.endswith(suffix)]
    return max(found, key=lambda each: each[0])[1] if found else None
