"""`tellings facts`: values side by side."""

from __future__ import annotations

from pathlib import Path

import click

from tellings.cli.decided import decided, need_a_file, say_if_empty
from tellings.cli.exits import nothing_read, say_problems, stop_where_lost
from tellings.cli.options import (
    DECISIONS,
    FIELDS,
    JOBS,
    PATHS,
    QUIET,
    STAGES,
    WHY,
    decision,
    engine,
    form,
    standard_input,
    undo,
)
from tellings.cli.output import console, print_json, print_text, progress


@click.command(
    epilog="""\b
Examples:
  tellings facts articles/
  tellings facts articles/ --format csv > facts.csv
  tellings facts articles/ --format json | jq '.slots[] | select(.relation == "differs")'
  tellings facts articles/ --decisions mine.jsonl --not-the-same a.txt@120 b.txt@88

\b
Exit codes: 0 done, 2 no such value was read, 3 an input could not be read, 4 nothing, or no
file of decisions, could be read.
"""
)
@PATHS
@form("table", "json", "csv", "markdown")
@click.option(
    "--all",
    "every",
    is_flag=True,
    help="Table: every place of a value; also sentences that several articles have, what is unclear, and what one "
    "article alone tells.",
)
@DECISIONS
@decision("--not-the-same", "Decide: these two values, as NAME@PLACE, are not of one thing.")
@undo()
@WHY
@FIELDS
@JOBS
@STAGES
@QUIET
def facts(
    paths: tuple[str, ...],
    form: str,
    every: bool,
    decisions: Path | None,
    not_the_same: tuple[tuple[str, str], ...],
    undo: tuple[tuple[str, str], ...],
    why: bool,
    fields: tuple[str, ...],
    jobs: int,
    stages: Path | None,
    quiet: bool,
) -> None:
    """Set the values that articles give side by side: what they share, and where they differ."""
    from tellings import library

    need_a_file(decisions, not_the_same=not_the_same, undo=undo)
    for each in (part for pair in (*not_the_same, *undo) for part in pair):
        name, _, place = each.rpartition("@")
        if not name or not place.isdecimal():
            raise click.UsageError(f"{each!r} names no value; the table shows how: NAME@PLACE")
    stdin = standard_input(paths)
    with nothing_read(), decided(), progress(quiet) as report:
        found = library.compare(
            *paths,
            fields=fields,
            stdin=stdin,
            jobs=engine(jobs, stages),
            decisions=decisions,
            not_the_same=not_the_same,
            undo=undo,
            progress=report,
        )
    say_if_empty(decisions, not_the_same, undo)
    say_problems(found.problems)
    if form in ("csv", "markdown"):
        from tellings.edge.exports import export

        print_text(export(found.record, form, "facts"))
    else:
        from tellings.edge.writers import facts as writer

        if form == "json":
            print_json(writer.objects(found.slots, found.articles))
        else:
            writer.table(found.slots, found.articles, console(), every=every, why=why)
    stop_where_lost(found.problems)
