"""`tellings stories`: a mixed pile, sorted."""

from __future__ import annotations

from pathlib import Path

import click

from tellings.cli.decided import decided, need_a_file, say_if_empty
from tellings.cli.exits import nothing_read, say_problems, stop_where_lost
from tellings.cli.options import DECISIONS, FIELDS, JOBS, PATHS, QUIET, decision, form, standard_input, undo
from tellings.cli.output import console, print_json, progress


@click.command(
    epilog="""\b
Examples:
  tellings stories articles/
  tellings stories pile.jsonl --format json > stories.json
  tellings stories articles/ --decisions mine.jsonl --apart a.txt b.txt
  tellings stories articles/ --known stories.json --format json    stories keep their ids

\b
Exit codes: 0 done, 2 no such article was read, 3 an input could not be read, 4 nothing, or no
file of decisions, could be read.
"""
)
@PATHS
@form("table", "json")
@DECISIONS
@decision("--same", "Decide: these two articles are of one story.")
@decision("--apart", "Decide: these two articles are not.")
@undo()
@click.option(
    "--known",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="An earlier JSON output to keep ids of.",
)
@FIELDS
@JOBS
@QUIET
def stories(
    paths: tuple[str, ...],
    form: str,
    decisions: Path | None,
    same: tuple[tuple[str, str], ...],
    apart: tuple[tuple[str, str], ...],
    undo: tuple[tuple[str, str], ...],
    known: Path | None,
    fields: tuple[str, ...],
    jobs: int,
    quiet: bool,
) -> None:
    """Sort a mixed pile of articles into stories."""
    from tellings import library
    from tellings.edge.decisions import known_stories

    need_a_file(decisions, same=same, apart=apart, undo=undo)
    stdin = standard_input(paths)
    with nothing_read(), decided(), progress(quiet) as report:
        found = library.stories(
            *paths,
            decisions=decisions,
            same=same,
            apart=apart,
            undo=undo,
            known=known_stories(known) if known else None,
            fields=fields,
            stdin=stdin,
            jobs=jobs,
            progress=report,
        )
    say_if_empty(decisions, same, apart, undo)
    say_problems(found.problems)
    from tellings.edge.writers import stories as writer

    if form == "json":
        print_json(writer.objects(found.stories, found.documents))
    else:
        writer.table(found.stories, found.documents, console())
    stop_where_lost(found.problems)
