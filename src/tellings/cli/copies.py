"""`tellings copies` and `tellings diff`: who shares text with whom."""

from __future__ import annotations

from pathlib import Path

import click

from tellings.cli.exits import NOTHING, nothing_read, say_problems, stop, stop_where_lost
from tellings.cli.options import FIELDS, JOBS, PATHS, QUIET, WHY, form, standard_input
from tellings.cli.output import console, print_json, progress, say


@click.command(
    epilog="""\b
Examples:
  tellings copies articles/
  tellings copies articles/ --format json | jq '.passages[] | .a.exact'

\b
Exit codes: 0 done, 3 an input could not be read, 4 nothing could be read.
"""
)
@PATHS
@form("table", "json")
@WHY
@FIELDS
@JOBS
@QUIET
def copies(paths: tuple[str, ...], form: str, why: bool, fields: tuple[str, ...], jobs: int, quiet: bool) -> None:
    """Find who shares text with whom: near-duplicates, passages, independent origins."""
    from tellings import library

    stdin = standard_input(paths)
    with nothing_read(), progress(quiet) as report:
        found, problems = library.copies(*paths, fields=fields, stdin=stdin, jobs=jobs, progress=report)
    say_problems(problems)
    from tellings.edge.writers import copies as writer

    if form == "json":
        print_json(writer.objects(found))
    else:
        writer.table(found, console(), why=why)
    stop_where_lost(problems)


@click.command(
    epilog="""\b
Examples:
  tellings diff monday.txt tuesday.html
  tellings diff monday.txt tuesday.html --html diff.html

\b
Exit codes: 0 done, 4 one of the two could not be read.
"""
)
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@FIELDS
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Write a page with both, side by side.")
@click.option("--force", is_flag=True, help="Replace a file that tellings did not write.")
def diff(a: str, b: str, fields: tuple[str, ...], html: Path | None, force: bool) -> None:
    """Set two articles side by side: what they share, and where they differ in it."""
    from tellings import library

    with nothing_read("nothing to set side by side."):
        found, problems = library.diff(a, b, fields=fields, stdin=standard_input((a, b)))
    say_problems(problems)
    from tellings.edge.writers import copies as writer

    if html is None:
        writer.columns(found, console())
        return
    try:
        library.save_one(html, writer.page(found).encode("utf-8", "surrogatepass"), overwrite=force)
    except library.NotOursError as error:
        stop(f"{error.strerror}. Choose another file with --html, or replace it with --force.", NOTHING)
    except OSError as error:
        stop(f"cannot write to {html}: {error.strerror or error}. Choose another file.", NOTHING)
    say(f"Written: {html}")
