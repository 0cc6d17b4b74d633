"""`tellings check`: a draft held against articles."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tellings.cli.exits import FAILED, NOTHING, USAGE, nothing_read, say_problems, stop, stop_where_lost
from tellings.cli.options import FIELDS, JOBS, QUIET, STAGES, engine, standard_input
from tellings.cli.output import console, print_json_bytes, print_text, progress, say
from tellings.model.verdicts import VERDICTS

if TYPE_CHECKING:
    from tellings.model.report import Report

#: What a run may fail on: a verdict as one word, or how grave a finding is at least.
_GRAVE = ("error", "warning", "note")
_NAMES = (*_GRAVE, *(verdict.replace(" ", "-") for verdict in VERDICTS))
_FORMS = ("table", "json", "html", "markdown", "docx", "sarif", "github")
#: Forms that are a document of each draft: into a folder they go as files, and not to standard output.
_DOCUMENTS = ("html", "markdown", "docx")


def _names(_context: click.Context, _option: click.Parameter, value: str | None) -> frozenset[str]:
    names = [name.strip() for name in (value or "").split(",") if name.strip()]
    for name in names:
        if name not in _NAMES:
            raise click.BadParameter(f"{name!r} is no verdict; there are: {', '.join(_NAMES)}")
    return frozenset(names)


@click.command(
    epilog="""\b
Examples:
  tellings check draft.md --against articles/
  tellings check draft.md --against a.html --against b.html --all
  tellings check draft.md --against articles/ -o report.html --open
  tellings check draft.md --against articles/ -o draft-with-comments.docx
  tellings check note.md --against articles/ -o note.md        footnotes at the words, for Obsidian
  tellings check drafts/ --against articles/ -o checks/        a page for each draft
  tellings check - --against articles/ --format json < draft.txt
  tellings check drafts/ --against articles/ --format github --fail-on altered,another-speaker

\b
Exit codes: 0 done, 1 a verdict of --fail-on was given, 2 the form does not fit, 3 an input could not be read,
4 nothing could be read or the report cannot be written.
"""
)
@click.argument("drafts", nargs=-1, required=True, metavar="DRAFT…")
@click.option(
    "--against",
    multiple=True,
    required=True,
    metavar="PATH",
    help="Articles, or a folder of them; as often as one likes.",
)
@click.option(
    "--date",
    "dct",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Day of the drafts (YYYY-MM-DD), from which “yesterday” counts.  [default: the draft's own date]",
)
@click.option(
    "-o",
    "--output",
    metavar="PATH",
    help="File, in --format or the form its suffix tells (.html, .json, .md, .docx, .sarif); or folder, for a page of "
    "each draft and check.json.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMS),
    help="What goes to standard output, or into the file of -o.  [default: table, or by the suffix of the file]",
)
@click.option(
    "--fail-on",
    callback=_names,
    metavar="VERDICTS",
    help=f"End with code 1 where one of these is given, parted by commas: {', '.join(_NAMES)}.",
)
@click.option("--all", "every", is_flag=True, help="Also what the articles bear out (page and JSON always have it).")
@click.option("--force", is_flag=True, help="Replace a file that tellings did not write.")
@click.option("--open", "open_page", is_flag=True, help="Open what -o has written when done.")
@FIELDS
@JOBS
@STAGES
@QUIET
def check(
    drafts: tuple[str, ...],
    against: tuple[str, ...],
    dct: datetime | None,
    output: str | None,
    form: str | None,
    fail_on: frozenset[str],
    every: bool,
    force: bool,
    open_page: bool,
    fields: tuple[str, ...],
    jobs: int,
    stages: Path | None,
    quiet: bool,
) -> None:
    """Hold drafts against articles: are the quotations real, who said them, are the numbers and days what they tell?

    A draft is no article: it is never counted among them. No verdict says "false": it says what the articles have.
    """
    from tellings import library

    if form == "docx" and output is None:
        raise click.UsageError("a Word document needs a file: give -o FILE.docx")
    stdin = standard_input((*drafts, *against))
    with nothing_read(), progress(quiet) as report:
        found = library.check(
            *drafts,
            against=against,
            fields=fields,
            stdin=stdin,
            dct=dct.date() if dct else None,
            jobs=engine(jobs, stages),
            progress=report,
        )
    say_problems(found[0].problems)
    written = _write(found, output, form, every=every, force=force)
    _print(found, output, form, every=every, quiet=quiet)
    if open_page and written:
        click.launch(str(written[0]))
    stop_where_lost(found[0].problems)
    if _fails(found, fail_on):
        sys.exit(FAILED)


def _write(
    found: Sequence[Report], output: str | None, form: str | None, *, every: bool, force: bool
) -> Sequence[Path]:
    """Write what -o asks for, and say what was written."""
    from tellings import library

    if output is None:
        return ()
    # A table is for the terminal alone: the file has the form that its name tells.
    chosen = None if form == "table" else form
    try:
        written = library.write_reports(found, output, form=chosen, every=every, overwrite=force)
    except library.FormError as error:
        stop(f"{error}.", USAGE)
    except library.NotOursError as error:
        stop(f"{error.strerror}. Choose another name with -o, or replace it with --force.", NOTHING)
    except OSError as error:
        stop(f"cannot write to {output}: {error.strerror or error}. Choose another name with -o.", NOTHING)
    for path in written:
        say(f"Written: {path}")
    return written


def _print(found: Sequence[Report], output: str | None, form: str | None, *, every: bool, quiet: bool) -> None:
    """What goes to standard output: the table, or the form that was asked for and did not go into a file."""
    from tellings import library
    from tellings.edge.characters import as_seen
    from tellings.edge.writers.check import table
    from tellings.library.reports import is_folder

    if form is None or form == "table":
        if not (quiet and output is not None):
            for one in found:
                table(one, console(), every=every)
        return
    if output is not None and (form in _DOCUMENTS or not is_folder(output)):
        return
    try:
        data = library.written_as(found, form, every=every)
    except library.FormError as error:
        stop(f"{error}.", USAGE)
    if form in ("json", "sarif"):
        print_json_bytes(data)
    else:
        text = data.decode("utf-8", "replace")
        print_text(as_seen(text) if sys.stdout.isatty() else text)


def _fails(found: Sequence[Report], fail_on: frozenset[str]) -> bool:
    """Whether one of the findings has a verdict on which the run is to fail, or is as grave."""
    from tellings.edge.writers.check import words

    least = max((place for place, name in enumerate(_GRAVE) if name in fail_on), default=-1)
    wanted = _GRAVE[: least + 1]
    return any(
        words.slug(finding.verdict) in fail_on or words.severity(finding) in wanted
        for one in found
        for finding in one.findings
    )
