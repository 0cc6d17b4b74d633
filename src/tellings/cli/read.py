"""`tellings read` and `tellings verify`: the record written, and held against its sources."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from tellings.cli.decided import decided, say_if_empty
from tellings.cli.exits import DONE, FAILED, INCOMPLETE, NOTHING, nothing_read, say_problems, stop, stop_where_lost
from tellings.cli.library import verified
from tellings.cli.options import FIELDS, JOBS, PATHS, STAGES, engine, form, standard_input
from tellings.cli.output import print_json, print_json_bytes, progress, say


@click.command(
    epilog="""\b
Examples:
  tellings read articles/
  tellings read one.txt two.html more.jsonl -o out --open
  cat pile.jsonl | tellings read - --format json > record.json

\b
Exit codes: 0 done, 3 an input is missing from the record, 4 nothing could be read,
130 interrupted (nothing half-written is left).
"""
)
@PATHS
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for record.html and record.json.  [default: record]",
)
@form("summary", "json", help="What goes to standard output. With json no files are written unless -o is given.")
@FIELDS
@JOBS
@STAGES
@click.option("--no-texts", is_flag=True, help="Leave the tellings' full texts out of the record.")
@click.option(
    "--decisions",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File of what was decided with tellings facts.",
)
@click.option("--force", is_flag=True, help="Replace a record.html or record.json that tellings did not write.")
@click.option("--open", "open_page", is_flag=True, help="Open the page in a browser when done.")
@click.option("--quiet", is_flag=True, help="No summary and no progress; problems still go to standard error.")
def read(
    paths: tuple[str, ...],
    output: Path | None,
    form: str,
    fields: tuple[str, ...],
    jobs: int,
    stages: Path | None,
    no_texts: bool,
    decisions: Path | None,
    force: bool,
    open_page: bool,
    quiet: bool,
) -> None:
    """Read articles (text, pages, documents, mail, feeds, tables, JSON; folders, addresses, or -), write their
    record."""
    from tellings import library

    stdin = standard_input(paths)
    with nothing_read("nothing could be read, so no record was written."), decided(), progress(quiet) as report:
        record = library.read(
            *paths,
            fields=fields,
            stdin=stdin,
            jobs=engine(jobs, stages),
            texts=not no_texts,
            decisions=decisions,
            progress=report,
        )
    say_if_empty(decisions)
    say_problems(record.problems)
    written: Sequence[Path] = ()
    if output is not None or form == "summary":
        try:
            written = library.write(record, output or Path("record"), overwrite=force)
        except library.NotOursError as error:
            stop(f"{error.strerror}. Choose another folder with -o, or replace it with --force.", NOTHING)
        except OSError as error:
            why = error.strerror or error
            stop(f"cannot write to {output or 'record'}: {why}. Choose another folder with -o.", NOTHING)
    if form == "json":
        from tellings.edge.writers.json import encode

        print_json_bytes(encode(record))
    elif not quiet:
        from tellings.edge.writers.screen import Screen
        from tellings.edge.writers.terminal import summary

        summary(record, Screen(), written=written)
    if open_page and written:
        click.launch(str(written[0]))
    stop_where_lost(record.problems)


@click.command(
    epilog="""\b
Examples:
  tellings verify record/record.json                 sources where the record says they are
  tellings verify record/record.html                 the same, of a page beside its record.json
  tellings verify record/record.json archive/        sources that have moved
  tellings verify record/record.json --again         make it again from the sources, compare everything
  tellings verify record/record.json --format json
  tellings verify library.db                         all that a library keeps

\b
Exit codes: 0 everything checked holds, 1 something does not (each is named), 4 the record cannot be read,
6 nothing failed, but something could not be checked (a source is missing; what, is said).
"""
)
@click.argument("record", type=click.Path(path_type=Path))
@click.argument("sources", nargs=-1, metavar="[SOURCE…]")
@click.option("--again", is_flag=True, help="Also make the record again from its sources and compare every field.")
@form("text", "json")
@JOBS
def verify(record: Path, sources: tuple[str, ...], again: bool, form: str, jobs: int) -> None:
    """Check that every line of RECORD stands, word for word, at its place in its source, that the record agrees with
    itself, and that neither it nor its page was edited."""
    from tellings import library
    from tellings.cli import verified as writer
    from tellings.edge.store.database import is_library
    from tellings.edge.writers.json import RecordFormatError

    try:
        if is_library(record):
            verified(record, form)
        with progress(not again) as report:
            outcome = library.verify(record, *sources, again=again, jobs=jobs, progress=report)
    except OSError as error:
        stop(f"{record}: {error.strerror or error}. Give the path of a record.json.", NOTHING)
    except RecordFormatError as error:
        stop(f"{record} is not a record that can be read: {error}.", NOTHING)
    found = outcome.verification
    say_problems(outcome.problems)
    if form == "json":
        print_json(writer.objects(found))
    else:
        for line in writer.findings(found):
            say(line)
        for line in writer.summary(found):
            click.echo(line)
    sys.exit({"holds": DONE, "fails": FAILED, "incomplete": INCOMPLETE}[found.outcome])
