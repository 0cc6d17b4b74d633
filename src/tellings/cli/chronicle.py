"""`tellings timeline`, `tellings brief` and `tellings news`: the story in its own sentences."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tellings.cli.exits import nothing_read, say_problems, stop_where_lost
from tellings.cli.library import LIBRARY, news_of
from tellings.cli.options import (
    DAY,
    FIELDS,
    JOBS,
    PATHS,
    QUIET,
    STAGES,
    WHY,
    engine,
    form,
    only_one,
    sentences,
    standard_input,
)
from tellings.cli.output import console, print_json, print_text, progress, say
from tellings.model.dated import is_after

if TYPE_CHECKING:
    from tellings.library import Chronicle
    from tellings.model.record import DigestLine

#: Entries of a timeline that is printed, unless told otherwise.
_ENTRIES = 20


@click.command(
    epilog="""\b
Examples:
  tellings timeline articles/
  tellings timeline articles/ --entries 50 --since 2024-01-01 --format markdown > timeline.md
  tellings timeline articles/ --about "Marit Ansdell"
  tellings timeline articles/ --format timelinejs > timeline.json    for TimelineJS 3
  tellings timeline articles/ --format ical > timeline.ics           for a calendar

\b
Exit codes: 0 done, 3 an input could not be read, 4 nothing could be read.
"""
)
@PATHS
@form("table", "markdown", "json", "csv", "timelinejs", "ical")
@click.option("--entries", type=click.IntRange(1), default=_ENTRIES, show_default=True, help="The weightiest so many.")
@click.option("--all", "every", is_flag=True, help="All entries, however many.")
@click.option("--since", type=DAY, help="Only what happened on this day or later (YYYY-MM-DD).")
@click.option("--until", type=DAY, help="Only what happened on this day or earlier.")
@click.option("--about", metavar="NAME", help="Only entries with all of these words in one of their lines.")
@WHY
@FIELDS
@JOBS
@STAGES
@QUIET
def timeline(
    paths: tuple[str, ...],
    form: str,
    entries: int,
    every: bool,
    since: date | None,
    until: date | None,
    about: str | None,
    why: bool,
    fields: tuple[str, ...],
    jobs: int,
    stages: Path | None,
    quiet: bool,
) -> None:
    """Tell what happened when, each entry in a telling's own words."""
    from tellings import library

    only_one("entries", "every")
    if since and until and since > until:
        raise click.UsageError(f"--since {since} is later than --until {until}")
    stdin = standard_input(paths)
    most = None if every else entries
    with nothing_read(), progress(quiet) as report:
        found = library.timeline(
            *paths,
            entries=most,
            since=since,
            until=until,
            about=about,
            fields=fields,
            stdin=stdin,
            jobs=engine(jobs, stages),
            progress=report,
        )
    say_problems(found.problems)
    if not found.lines:
        asked = [f"--about {about!r}" if about else "", f"--since {since}" if since else ""]
        asked.append(f"--until {until}" if until else "")
        told = ", ".join(filter(None, asked))
        say(f"nothing found: no entry fits {told}" if told else "nothing found: no article says what happened when")
    if form in ("json", "table"):
        from tellings.edge.writers import timeline as writer

        if form == "json":
            print_json(writer.objects(found.record))
        else:
            writer.table(found.record, console(), why=why)
    elif form == "timelinejs":
        from tellings.edge.exports.timeline import timeline_js

        print_text(timeline_js(found.record, about or "Timeline"))
    else:
        from tellings.edge.exports import export

        print_text(export(found.record, form, "timeline"))
    stop_where_lost(found.problems)


@click.command(
    epilog="""\b
Examples:
  tellings brief articles/
  tellings brief articles/ --sentences 5 --format markdown

\b
Exit codes: 0 done, 3 an input could not be read, 4 nothing could be read.
"""
)
@PATHS
@form("table", "markdown", "json")
@sentences(default=7)
@WHY
@FIELDS
@JOBS
@STAGES
@QUIET
def brief(
    paths: tuple[str, ...],
    form: str,
    sentences: int,
    why: bool,
    fields: tuple[str, ...],
    jobs: int,
    stages: Path | None,
    quiet: bool,
) -> None:
    """Tell the story in a few of its own sentences, for somebody who knows nothing of it."""
    from tellings import library

    stdin = standard_input(paths)
    with nothing_read(), progress(quiet) as report:
        found = library.brief(
            *paths, sentences=sentences, fields=fields, stdin=stdin, jobs=engine(jobs, stages), progress=report
        )
    _print_sentences(found, form, "The story in brief", why)


@click.command(
    epilog="""\b
Examples:
  tellings news articles/ --since 2024-01-01
  tellings news articles/ --since 2024-01-01 --format json
  tellings news                              in the library, since one last looked
  tellings news sa14ae471651d01c1 --mark     in one of its stories; looked at now

\b
Exit codes: 0 done, 3 an input could not be read, 4 nothing could be read.
"""
)
@click.argument("paths", nargs=-1, metavar="[PATH… | STORY…]")
@click.option("--since", type=DAY, help="Of articles: the day up to which one has read (YYYY-MM-DD).")
@LIBRARY
@click.option("--mark", is_flag=True, help="Of a library: these stories have been looked at now.")
@form("table", "markdown", "json")
@sentences(default=10)
@WHY
@FIELDS
@JOBS
@STAGES
@QUIET
def news(
    paths: tuple[str, ...],
    since: date | None,
    path: Path | None,
    mark: bool,
    form: str,
    sentences: int,
    why: bool,
    fields: tuple[str, ...],
    jobs: int,
    stages: Path | None,
    quiet: bool,
) -> None:
    """Tell what articles after a day say that no earlier one does; or what is new in the stories of a library."""
    from tellings import library

    if since is None:
        if gone := next((each for each in paths if Path(each).exists()), None):
            raise click.UsageError(f"{gone} is a file or folder: say the day up to which you have read, with --since")
        if form == "markdown":
            raise click.UsageError("what is new in a library is told as table or json")
        news_of(paths, path, form, sentences, mark=mark)
        return
    only_one("since", "mark")
    only_one("since", "path")
    if not paths:
        raise click.UsageError("--since needs articles: PATH…")
    stdin = standard_input(paths)
    with nothing_read(), progress(quiet) as report:
        found = library.news(
            *paths,
            since=since,
            sentences=sentences,
            fields=fields,
            stdin=stdin,
            jobs=engine(jobs, stages),
            progress=report,
        )
    undated = sum(telling.date.value is None and not is_after(telling.date, since) for telling in found.record.tellings)
    if undated:
        say(f"note: articles without a date are taken for earlier ones ({undated} here)")
    _print_sentences(found, form, f"What is new since {since.isoformat()}", why)


def _print_sentences(found: Chronicle[DigestLine], form: str, title: str, why: bool) -> None:
    say_problems(found.problems)
    if form == "markdown":
        from tellings.edge.exports.timeline import sentences

        print_text(sentences(found.record, found.lines, title))
    else:
        from tellings.edge.writers import timeline as writer

        if form == "json":
            print_json(writer.line_objects(found.record, found.lines))
        else:
            writer.lines(found.record, found.lines, console(), why=why)
    stop_where_lost(found.problems)
