"""`tellings export`: a saved record in a form that another program reads."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tellings.cli.exits import NOTHING, USAGE, stop
from tellings.cli.options import only_one
from tellings.cli.output import print_text, say


@click.command(
    epilog="""\b
Examples:
  tellings export record/record.json --to markdown > story.md      all of it
  tellings export record/record.json --to csv --view quotes > quotes.csv
  tellings export record/record.json --to ical -o story.ics
  tellings export record/record.json --to annotations              W3C Web Annotations
  tellings export --list                                           what there is

\b
Exit codes: 0 done, 2 there is no such export, 4 the record cannot be read or the file cannot be written.
"""
)
@click.argument("record", type=click.Path(path_type=Path), required=False)
@click.option("--to", "form", metavar="FORM", help="csv, markdown, ical, timelinejs or annotations.")
@click.option("--view", metavar="VIEW", help="The view to export; needed where several have this form.")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write.  [default: standard output]"
)
@click.option("--force", is_flag=True, help="Replace a file that tellings did not write.")
@click.option("--list", "listed", is_flag=True, help="Show every view with its forms, and stop.")
def export(
    record: Path | None, form: str | None, view: str | None, output: Path | None, force: bool, listed: bool
) -> None:
    """Write a saved RECORD, or one view of it, in a form that another program reads."""
    from tellings import library
    from tellings.edge import exports
    from tellings.edge.characters import as_seen
    from tellings.edge.store.database import is_library
    from tellings.edge.writers.json import RecordFormatError

    only_one("record", "listed")
    only_one("form", "listed")
    if listed:
        for each in exports.VIEWS:
            forms = ", ".join(export.form for export in exports.EXPORTS if export.view == each)
            click.echo(f"{each:10} {forms}")
        return
    if record is None or form is None:
        raise click.UsageError("give a record and --to FORM; tellings export --list shows which there are")
    try:
        if is_library(record):
            stop(f"{record} is a library, no record: tellings record STORY writes that of one of its stories.", NOTHING)
        written = library.export(record, form, view)
    except exports.NoSuchExportError as error:
        stop(f"{error}. tellings export --list shows all.", USAGE)
    except OSError as error:
        stop(f"{record}: {error.strerror or error}. Give the path of a record.json.", NOTHING)
    except RecordFormatError as error:
        stop(f"{record} is not a record of tellings: {error}.", NOTHING)
    if output is None:
        # Words of a source drive no terminal, but who says that the record has no others?
        print_text(as_seen(written) if sys.stdout.isatty() else written)
        return
    try:
        library.save_one(output, written.encode("utf-8", "replace"), overwrite=force)
    except library.NotOursError as error:
        stop(f"{error.strerror}. Choose another file with -o, or replace it with --force.", NOTHING)
    except OSError as error:
        stop(f"cannot write to {output}: {error.strerror or error}. Choose another file.", NOTHING)
    say(f"Written: {output}")
