"""`tellings check`: a draft held against articles."""

from __future__ import annotations

import sys
from datetime import datetime

import click

from tellings.cli.exits import FAILED, nothing_read, say_problems, stop_where_lost
from tellings.cli.options import JOBS, QUIET, form, standard_input
from tellings.cli.output import console, print_json_bytes, progress
from tellings.model.checked import VERDICTS

#: What a run may fail on, as one word on a command line.
_NAMES = {verdict.replace(" ", "-"): verdict for verdict in VERDICTS}


def _verdicts(_context: click.Context, _option: click.Parameter, value: str | None) -> frozenset[str]:
    names = [name.strip() for name in (value or "").split(",") if name.strip()]
    for name in names:
        if name not in _NAMES:
            raise click.BadParameter(f"{name!r} is no verdict; there are: {', '.join(_NAMES)}")
    return frozenset(_NAMES[name] for name in names)


@click.command(
    epilog="""\b
Examples:
  tellings check draft.md --against articles/
  tellings check draft.md --against a.html --against b.html --all
  tellings check - --against articles/ --format json < draft.txt
  tellings check drafts/ --against articles/ --fail-on altered,another-speaker

\b
Exit codes: 0 done, 1 a verdict of --fail-on was given, 3 an input could not be read, 4 nothing could be read.
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
    "--fail-on",
    callback=_verdicts,
    metavar="VERDICTS",
    help=f"End with code 1 where one of these is given, parted by commas: {', '.join(_NAMES)}.",
)
@form("table", "json")
@click.option("--all", "every", is_flag=True, help="Table: also what the articles bear out.")
@JOBS
@QUIET
def check(
    drafts: tuple[str, ...],
    against: tuple[str, ...],
    dct: datetime | None,
    fail_on: frozenset[str],
    form: str,
    every: bool,
    jobs: int,
    quiet: bool,
) -> None:
    """Hold drafts against articles: are the quotations real, who said them, are the numbers and days what they tell?

    A draft is no article: it is never counted among them. No verdict says "false": it says what the articles have.
    """
    from tellings import library

    stdin = standard_input((*drafts, *against))
    with nothing_read(), progress(quiet) as report:
        found = library.check(
            *drafts, against=against, stdin=stdin, dct=dct.date() if dct else None, jobs=jobs, progress=report
        )
    say_problems(found[0].problems)
    if form == "json":
        from tellings.edge.writers import check as writer

        print_json_bytes(writer.encode(found))
    else:
        from tellings.edge.writers import check as writer

        for one in found:
            writer.table(one, console(), every=every)
    stop_where_lost(found[0].problems)
    if any(one.of(fail_on) for one in found):
        sys.exit(FAILED)
