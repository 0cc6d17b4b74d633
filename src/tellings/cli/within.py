"""`tellings times` and `tellings quotes`: what stands in each article by itself."""

from __future__ import annotations

from datetime import datetime

import click

from tellings.cli.exits import USAGE, nothing_read, say_problems, stop, stop_where_lost
from tellings.cli.options import FIELDS, JOBS, PATHS, QUIET, WHY, form, standard_input
from tellings.cli.output import console, print_json, print_text, progress


def _country(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    if value is not None and not (len(value) == 2 and value.isascii() and value.isalpha()):
        raise click.BadParameter(f"{value!r} is no two-letter country code (ISO 3166-1), such as US or GB.")
    return value.upper() if value else None


@click.command(
    epilog="""\b
Examples:
  tellings times article.txt --dct 2020-11-02
  tellings times page.html --country GB
  echo "It shut two days ago." | tellings times - --dct 2020-11-02 --format json
  tellings times article.txt --format timeml > article.tml

\b
Exit codes: 0 done, 3 an input could not be read, 4 nothing could be read.
"""
)
@PATHS
@click.option(
    "--dct",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Document creation time (YYYY-MM-DD) that relative words count from.  [default: the article's own date]",
)
@click.option(
    "--country",
    callback=_country,
    help="Publisher's country (two letters): 4/3/2014, Mother's Day.  [default: by the article's address]",
)
@form("table", "json", "timeml")
@FIELDS
@JOBS
@QUIET
def times(
    paths: tuple[str, ...],
    dct: datetime | None,
    country: str | None,
    form: str,
    fields: tuple[str, ...],
    jobs: int,
    quiet: bool,
) -> None:
    """Find the time expressions of articles and place each on the calendar (TIMEX3)."""
    from tellings import library

    stdin = standard_input(paths)
    day = dct.date() if dct else None
    with nothing_read(), progress(quiet) as report:
        found = library.times(*paths, dct=day, country=country, fields=fields, stdin=stdin, jobs=jobs, progress=report)
    say_problems(found.problems)
    if form == "timeml":
        from tellings.edge.timeml import to_timeml

        if len(found.articles) > 1:
            many = len(found.articles)
            stop(f"TimeML holds one article, and {many} were read: give one, or use --format json.", USAGE)
        document, timexes = found.articles[0]
        print_text(to_timeml(document.text, timexes, dct=document.date.value, doc_id=document.name))
    else:
        from tellings.edge.writers import times as writer

        if form == "json":
            print_json([writer.objects(document, timexes) for document, timexes in found.articles])
        else:
            for document, timexes in found.articles:
                writer.table(document, timexes, console())
    stop_where_lost(found.problems)


@click.command(
    epilog="""\b
Examples:
  tellings quotes article.txt
  tellings quotes articles/ --format csv > quotations.csv
  tellings quotes article.txt --model   also what only the trained model finds, as unsure
  cat article.txt | tellings quotes - --format json

\b
Exit codes: 0 done, 3 an input could not be read, 4 nothing could be read.
"""
)
@PATHS
@form("table", "json", "csv")
@click.option(
    "--all", "everything", is_flag=True, help="Also what stands in marks and states nothing (titles, slogans)."
)
@click.option(
    "--model/--no-model",
    help="Also reported clauses that only the trained model finds, as unsure; a record has none of them.",
)
@WHY
@FIELDS
@JOBS
@QUIET
def quotes(
    paths: tuple[str, ...],
    form: str,
    everything: bool,
    model: bool,
    why: bool,
    fields: tuple[str, ...],
    jobs: int,
    quiet: bool,
) -> None:
    """Find who said what in articles: each quotation with its cue, source and speaker."""
    from tellings import library

    stdin = standard_input(paths)
    with nothing_read(), progress(quiet) as report:
        found = library.quotes(*paths, model=model, fields=fields, stdin=stdin, jobs=jobs, progress=report)
    say_problems(found.problems)
    articles = [
        (document, tuple(each for each in quoted if everything or each.status != "not-a-statement"))
        for document, quoted in found.articles
    ]
    from tellings.edge.writers import quotes as writer

    if form == "csv":
        print_text(writer.rows(articles))
    elif form == "json":
        print_json([writer.objects(document, quoted) for document, quoted in articles])
    else:
        for document, quoted in articles:
            writer.table(document, quoted, console(), why=why)
    stop_where_lost(found.problems)
