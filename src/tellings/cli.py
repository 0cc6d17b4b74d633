"""The command line: each command is one function of the library; parse, call, show.

Exit codes: 0 done; 1 `verify` found something that does not hold; 2 wrong usage; 3 the record was
written but an input is missing from it; 4 nothing could be read, or the record could not be written;
5 `verify` could not check everything; 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from tellings import __version__

if TYPE_CHECKING:
    from datetime import datetime

    from rich.console import Console
    from rich.progress import Progress as Bar

    from tellings.library import Chronicle, Progress
    from tellings.model.record import DigestLine
    from tellings.model.records import Problem

#: Columns of a table that goes to a file or a pipe.
PIPED_WIDTH = 160
DONE, FAILED, PARTIAL, NOTHING, INCOMPLETE, INTERRUPTED = 0, 1, 3, 4, 5, 130


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""\b
Examples:
  tellings read articles/                    the record of the story in a folder
  tellings read a.txt b.html feed.jsonl -o out
  tellings read articles/ --format json | jq '.quotes[].speaker.name'
  tellings verify record/record.json         check every line against its source
  tellings quotes article.txt                who said what in an article
  tellings stories pile/                     a mixed pile, sorted into stories
  tellings copies articles/                  who shares text with whom
  tellings timeline articles/                what happened when
  tellings brief articles/                   the story in a few of its own sentences
  tellings news articles/ --since 2024-01-01 what no earlier article says
  tellings facts articles/                   which values they share, and where they differ
  tellings diff a.txt b.txt                  two articles side by side
  tellings times article.txt                 the time expressions of an article, on the calendar
""",
)
@click.version_option(__version__)
def cli() -> None:
    """Read many tellings of one news story; get the record: what happened when, who said what, which facts
    agree and differ, who shares text. Every line points to the exact characters of a source."""


class _Day(click.ParamType):  # type: ignore[type-arg]
    """A day, as YYYY-MM-DD."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day; write it as 2024-03-09", param, ctx)


_DAY = _Day()
_JOBS = click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Worker processes.")
_QUIET = click.option("--quiet", is_flag=True, help="No progress; problems still go to standard error.")
_PATHS = click.argument("paths", nargs=-1, required=True, metavar="PATH…")
_SENTENCES_AS = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "markdown", "json"]),
    default="table",
    help="What goes to standard output.",
)
#: Entries of a timeline that is printed, unless told otherwise.
_ENTRIES = 20


@cli.command(
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
@_PATHS
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for record.html and record.json.  [default: record]",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["summary", "json"]),
    default="summary",
    help="What goes to standard output. With json no files are written unless -o is given.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    default=1,
    show_default=True,
    help="Worker processes; the record is the same for any number.",
)
@click.option("--no-texts", is_flag=True, help="Leave the tellings' full texts out of the record.")
@click.option(
    "--decisions",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File of what was decided with tellings facts.",
)
@click.option("--open", "open_page", is_flag=True, help="Open the page in a browser when done.")
@click.option("--quiet", is_flag=True, help="No summary and no progress; problems still go to standard error.")
def read(
    paths: tuple[str, ...],
    output: Path | None,
    form: str,
    jobs: int,
    no_texts: bool,
    decisions: Path | None,
    open_page: bool,
    quiet: bool,
) -> None:
    """Read articles (text, HTML, JSON, JSONL, folders, or - for standard input) and write their record."""
    from tellings import library

    said = _of_values(decisions, (), ())
    stdin = sys.stdin.buffer.read() if "-" in paths else None
    try:
        with _progress(quiet) as report:
            record = library.read(
                *paths, stdin=stdin, jobs=jobs, texts=not no_texts, not_the_same=said, progress=report
            )
    except library.NothingReadError as error:
        _say_problems(error.problems)
        _stop("nothing could be read, so no record was written.", NOTHING)
    _say_problems(record.problems)
    written: Sequence[Path] = ()
    if output is not None or form == "summary":
        try:
            written = library.write(record, output or Path("record"))
        except OSError as error:
            _stop(
                f"cannot write to {output or 'record'}: {error.strerror or error}. Choose another folder with -o.",
                NOTHING,
            )
    if form == "json":
        from tellings.edge.writers.json import encode

        sys.stdout.buffer.write(encode(record))
    elif not quiet:
        from rich.console import Console

        from tellings.edge.writers.terminal import summary

        summary(record, Console(), written=written)
    if open_page and written:
        click.launch(str(written[0]))
    if any(problem.lost for problem in record.problems):
        sys.exit(PARTIAL)


@cli.command(
    epilog="""\b
Examples:
  tellings verify record/record.json                 sources where the record says they are
  tellings verify record/record.html                 the same, of a page beside its record.json
  tellings verify record/record.json archive/        sources that have moved
  tellings verify record/record.json --again         make it again from the sources, compare everything
  tellings verify record/record.json --format json

\b
Exit codes: 0 everything checked holds, 1 something does not (each is named), 4 the record cannot be read,
5 nothing failed, but something could not be checked (a source is missing; what, is said).
"""
)
@click.argument("record", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("sources", nargs=-1, metavar="[SOURCE…]")
@click.option("--again", is_flag=True, help="Also make the record again from its sources and compare every field.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="What goes to standard output."
)
@_JOBS
def verify(record: Path, sources: tuple[str, ...], again: bool, form: str, jobs: int) -> None:
    """Check that every line of RECORD stands, word for word, at its place in its source, that the record agrees with
    itself, and that neither it nor its page was edited."""
    from tellings import library
    from tellings.edge.writers import verification as writer
    from tellings.edge.writers.json import RecordFormatError

    try:
        with _progress(not again) as report:
            outcome = library.verify(record, *sources, again=again, jobs=jobs, progress=report)
    except OSError as error:
        _stop(f"{record}: {error.strerror or error}. Give the path of a record.json.", NOTHING)
    except RecordFormatError as error:
        _stop(f"{record} is not a record that can be read: {error}.", NOTHING)
    found = outcome.verification
    _say_problems(outcome.problems)
    if form == "json":
        _print_json(writer.objects(found))
    else:
        for line in writer.findings(found):
            click.echo(line, err=True)
        for line in writer.summary(found):
            click.echo(line)
    sys.exit({"holds": DONE, "fails": FAILED, "incomplete": INCOMPLETE}[found.outcome])


@cli.command(
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
@_PATHS
@click.option(
    "--dct",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Document creation time (YYYY-MM-DD) that relative words count from.  [default: the article's own date]",
)
@click.option(
    "--country",
    callback=lambda _context, _option, value: _country(value),
    help="Publisher's country (two letters): 4/3/2014, Mother's Day.  [default: by the article's address]",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "timeml"]),
    default="table",
    help="What goes to standard output.",
)
@_QUIET
def times(paths: tuple[str, ...], dct: datetime | None, country: str | None, form: str, quiet: bool) -> None:
    """Find the time expressions of articles and place each on the calendar (TIMEX3)."""
    from tellings import library

    stdin = sys.stdin.buffer.read() if "-" in paths else None
    try:
        with _progress(quiet) as report:
            day = dct.date() if dct else None
            found = library.times(*paths, dct=day, country=country, stdin=stdin, progress=report)
    except library.NothingReadError as error:
        _say_problems(error.problems)
        _stop("nothing could be read.", NOTHING)
    _say_problems(found.problems)
    if form == "timeml":
        from tellings.edge.timeml import to_timeml

        if len(found.articles) > 1:
            _stop(f"TimeML holds one article, and {len(found.articles)} were read: give one, or use --format json.", 2)
        document, timexes = found.articles[0]
        written = to_timeml(document.text, timexes, dct=document.date.value, doc_id=document.name)
        sys.stdout.buffer.write(written.encode())
    elif form == "json":
        from tellings.edge.writers.times import objects

        _print_json([objects(document, timexes) for document, timexes in found.articles])
    else:
        from tellings.edge.writers.times import table

        for document, timexes in found.articles:
            table(document, timexes, _console())
    _partial(found.problems)


@cli.command(
    epilog="""\b
Examples:
  tellings quotes article.txt
  tellings quotes articles/ --format csv > quotations.csv
  tellings quotes article.txt --no-model   only what rules find, nothing from the trained model
  cat article.txt | tellings quotes - --format json

\b
Exit codes: 0 done, 3 an input could not be read, 4 nothing could be read.
"""
)
@_PATHS
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    help="What goes to standard output.",
)
@click.option(
    "--all", "everything", is_flag=True, help="Also what stands in marks and states nothing (titles, slogans)."
)
@click.option(
    "--no-model", "model", is_flag=True, flag_value=False, default=True, help="Only what rules find; no trained model."
)
@_QUIET
def quotes(paths: tuple[str, ...], form: str, everything: bool, model: bool, quiet: bool) -> None:
    """Find who said what in articles: each quotation with its cue, source and speaker."""
    from tellings import library

    stdin = sys.stdin.buffer.read() if "-" in paths else None
    with _nothing_read(), _progress(quiet) as report:
        found = library.quotes(*paths, model=model, stdin=stdin, progress=report)
    _say_problems(found.problems)
    articles = [
        (document, tuple(each for each in quoted if everything or each.status != "not-a-statement"))
        for document, quoted in found.articles
    ]
    from tellings.edge.writers import quotes as writer

    if form == "csv":
        sys.stdout.buffer.write(writer.rows(articles).encode("utf-8", "replace"))
    elif form == "json":
        _print_json([writer.objects(document, quoted) for document, quoted in articles])
    else:
        for document, quoted in articles:
            writer.table(document, quoted, _console())
    _partial(found.problems)


@cli.command(
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
@_PATHS
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "markdown", "json", "csv", "timelinejs", "ical"]),
    default="table",
    help="What goes to standard output.",
)
@click.option("--entries", type=click.IntRange(1), default=_ENTRIES, show_default=True, help="The weightiest so many.")
@click.option("--all", "every", is_flag=True, help="All entries, however many.")
@click.option("--since", type=_DAY, help="Only what happened on this day or later (YYYY-MM-DD).")
@click.option("--until", type=_DAY, help="Only what happened on this day or earlier.")
@click.option("--about", metavar="NAME", help="Only entries with all of these words in one of their lines.")
@_JOBS
@_QUIET
def timeline(
    paths: tuple[str, ...],
    form: str,
    entries: int,
    every: bool,
    since: date | None,
    until: date | None,
    about: str | None,
    jobs: int,
    quiet: bool,
) -> None:
    """Tell what happened when, each entry in a telling's own words."""
    from tellings import library

    if since and until and since > until:
        raise click.UsageError(f"--since {since} is later than --until {until}")
    stdin = sys.stdin.buffer.read() if "-" in paths else None
    bounds = {"entries": None if every else entries, "since": since, "until": until, "about": about}
    with _nothing_read(), _progress(quiet) as report:
        found = library.timeline(*paths, stdin=stdin, jobs=jobs, progress=report, **bounds)  # type: ignore[arg-type]
    _say_problems(found.problems)
    from tellings.edge.writers import timeline as writer

    if form == "json":
        _print_json(writer.objects(found.lines, found.documents))
    elif form == "timelinejs":
        _print_json(writer.timeline_js(found.lines, found.documents, about or "Timeline"))
    elif form == "table":
        writer.table(found.lines, found.documents, _console())
    else:
        written = {"markdown": writer.markdown, "csv": writer.rows, "ical": writer.calendar}[form]
        click.echo(written(found.lines, found.documents), nl=False)
    _partial(found.problems)


@cli.command(
    epilog="""\b
Examples:
  tellings brief articles/
  tellings brief articles/ --sentences 5 --format markdown

\b
Exit codes: 0 done, 3 an input could not be read, 4 nothing could be read.
"""
)
@_PATHS
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "markdown", "json"]),
    default="table",
    help="What goes to standard output.",
)
@click.option("--sentences", type=click.IntRange(1, 100), default=7, show_default=True, help="At most so many.")
@_JOBS
@_QUIET
def brief(paths: tuple[str, ...], form: str, sentences: int, jobs: int, quiet: bool) -> None:
    """Tell the story in a few of its own sentences, for somebody who knows nothing of it."""
    from tellings import library

    stdin = sys.stdin.buffer.read() if "-" in paths else None
    with _nothing_read(), _progress(quiet) as report:
        found = library.brief(*paths, sentences=sentences, stdin=stdin, jobs=jobs, progress=report)
    _print_sentences(found, form, "The story in brief")


@cli.command(
    epilog="""\b
Examples:
  tellings news articles/ --since 2024-01-01
  tellings news articles/ --since 2024-01-01 --format json

\b
Exit codes: 0 done, 3 an input could not be read, 4 nothing could be read.
"""
)
@_PATHS
@click.option("--since", type=_DAY, required=True, help="The day up to which one has read (YYYY-MM-DD).")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "markdown", "json"]),
    default="table",
    help="What goes to standard output.",
)
@click.option("--sentences", type=click.IntRange(1, 100), default=10, show_default=True, help="At most so many.")
@_JOBS
@_QUIET
def news(paths: tuple[str, ...], since: date, form: str, sentences: int, jobs: int, quiet: bool) -> None:
    """Tell what articles after a day say that no earlier one does."""
    from tellings import library

    stdin = sys.stdin.buffer.read() if "-" in paths else None
    with _nothing_read(), _progress(quiet) as report:
        found = library.news(*paths, since=since, sentences=sentences, stdin=stdin, jobs=jobs, progress=report)
    undated = sum(document.date.value is None for document in found.documents.values())
    if undated:
        click.echo(f"note: articles without a date are taken for earlier ones ({undated} here)", err=True)
    _print_sentences(found, form, f"What is new since {since.isoformat()}")


def _print_sentences(found: Chronicle[DigestLine], form: str, title: str) -> None:
    from tellings.edge.writers import timeline as writer

    _say_problems(found.problems)
    if form == "json":
        _print_json(writer.line_objects(found.lines, found.documents))
    elif form == "markdown":
        click.echo(writer.markdown_lines(found.lines, found.documents, title), nl=False)
    else:
        writer.lines(found.lines, found.documents, _console())
    _partial(found.problems)


def _partial(problems: Sequence[Problem]) -> None:
    """Stop with the exit code that says an input is missing, where one is."""
    if any(problem.lost for problem in problems):
        sys.exit(PARTIAL)


@contextmanager
def _nothing_read() -> Iterator[None]:
    """Say why nothing could be read, and stop."""
    from tellings import library

    try:
        yield
    except library.NothingReadError as error:
        _say_problems(error.problems)
        _stop("nothing could be read.", NOTHING)


@cli.command(
    epilog="""\b
Examples:
  tellings facts articles/
  tellings facts articles/ --format csv > facts.csv
  tellings facts articles/ --format json | jq '.slots[] | select(.relation == "differs")'
  tellings facts articles/ --decisions mine.jsonl --not-the-same a.txt@120 b.txt@88

\b
Exit codes: 0 done, 3 an input could not be read, 4 nothing could be read.
"""
)
@_PATHS
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    help="What goes to standard output.",
)
@click.option("--all", "every", is_flag=True, help="Table: also what is unclear, or told by one article alone.")
@click.option("--decisions", type=click.Path(dir_okay=False, path_type=Path), help="File of what was decided, kept.")
@click.option(
    "--not-the-same",
    nargs=2,
    multiple=True,
    metavar="A B",
    help="Decide: these two values, as NAME@PLACE, are not of one thing.",
)
@click.option("--undo", nargs=2, multiple=True, metavar="A B", help="Take back what was decided of these two.")
@_JOBS
@_QUIET
def facts(
    paths: tuple[str, ...],
    form: str,
    every: bool,
    decisions: Path | None,
    not_the_same: tuple[tuple[str, str], ...],
    undo: tuple[tuple[str, str], ...],
    jobs: int,
    quiet: bool,
) -> None:
    """Set the values that articles give side by side: what they share, and where they differ."""
    from tellings import library

    if (not_the_same or undo) and decisions is None:
        raise click.UsageError("--not-the-same and --undo need --decisions FILE, which keeps what was decided")
    for each in (part for pair in (*not_the_same, *undo) for part in pair):
        name, _, place = each.rpartition("@")
        if not name or not place.isdecimal():
            raise click.UsageError(f"{each!r} names no value; the table shows how: NAME@PLACE")
    said = _of_values(decisions, not_the_same, undo)
    stdin = sys.stdin.buffer.read() if "-" in paths else None
    with _nothing_read(), _progress(quiet) as report:
        found = library.compare(*paths, stdin=stdin, jobs=jobs, not_the_same=said, progress=report)
    _say_problems(found.problems)
    from tellings.edge.writers import facts as writer

    if form == "json":
        _print_json(writer.objects(found.slots, found.articles))
    elif form == "csv":
        click.echo(writer.rows(found.slots, found.articles), nl=False)
    else:
        writer.table(found.slots, found.articles, _console(), every=every)
    _partial(found.problems)


def _of_values(
    decisions: Path | None, not_the_same: tuple[tuple[str, str], ...], undo: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str], ...]:
    """What is decided of values after these changes; stops where the file is no such file."""
    from tellings.edge import decisions as kept

    if decisions is None:
        return ()
    try:
        return kept.of_values(kept.changed(decisions, {"not the same thing": not_the_same}, undo))
    except kept.DecisionsError as error:
        _stop(str(error), NOTHING)


@cli.command(
    epilog="""\b
Examples:
  tellings stories articles/
  tellings stories pile.jsonl --format json > stories.json
  tellings stories articles/ --decisions mine.jsonl --apart a.txt b.txt
  tellings stories articles/ --known stories.json --format json    stories keep their ids

\b
Exit codes: 0 done, 3 an input could not be read, 4 nothing could be read.
"""
)
@_PATHS
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", help="What goes to standard output."
)
@click.option("--decisions", type=click.Path(dir_okay=False, path_type=Path), help="File of what was decided, kept.")
@click.option("--same", nargs=2, multiple=True, metavar="A B", help="Decide: these two articles are of one story.")
@click.option("--apart", nargs=2, multiple=True, metavar="A B", help="Decide: these two articles are not.")
@click.option("--undo", nargs=2, multiple=True, metavar="A B", help="Take back what was decided of these two.")
@click.option(
    "--known",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="An earlier JSON output to keep ids of.",
)
@_JOBS
@_QUIET
def stories(
    paths: tuple[str, ...],
    form: str,
    decisions: Path | None,
    same: tuple[tuple[str, str], ...],
    apart: tuple[tuple[str, str], ...],
    undo: tuple[tuple[str, str], ...],
    known: Path | None,
    jobs: int,
    quiet: bool,
) -> None:
    """Sort a mixed pile of articles into stories."""
    from tellings import library
    from tellings.edge import decisions as kept

    if (same or apart or undo) and decisions is None:
        raise click.UsageError("--same, --apart and --undo need --decisions FILE, which keeps what was decided")
    try:
        decided = kept.changed(decisions, {"same": same, "apart": apart}, undo) if decisions else ()
        before = kept.known_stories(known) if known else None
    except kept.DecisionsError as error:
        _stop(str(error), NOTHING)
    stdin = sys.stdin.buffer.read() if "-" in paths else None
    try:
        with _progress(quiet) as report:
            said = kept.of_stories(decided)
            found = library.stories(*paths, decisions=said, known=before, stdin=stdin, jobs=jobs, progress=report)
    except library.NothingReadError as error:
        _say_problems(error.problems)
        _stop("nothing could be read.", NOTHING)
    _say_problems(found.problems)
    from tellings.edge.writers import stories as writer

    if form == "json":
        _print_json(writer.objects(found.stories, found.documents))
    else:
        writer.table(found.stories, found.documents, _console())
    _partial(found.problems)


@cli.command(
    epilog="""\b
Examples:
  tellings copies articles/
  tellings copies articles/ --format json | jq '.passages[] | .a.exact'

\b
Exit codes: 0 done, 3 an input could not be read, 4 nothing could be read.
"""
)
@_PATHS
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", help="What goes to standard output."
)
@_JOBS
@_QUIET
def copies(paths: tuple[str, ...], form: str, jobs: int, quiet: bool) -> None:
    """Find who shares text with whom: near-duplicates, passages, independent origins."""
    from tellings import library

    stdin = sys.stdin.buffer.read() if "-" in paths else None
    try:
        with _progress(quiet) as report:
            found, problems = library.copies(*paths, stdin=stdin, jobs=jobs, progress=report)
    except library.NothingReadError as error:
        _say_problems(error.problems)
        _stop("nothing could be read.", NOTHING)
    _say_problems(problems)
    from tellings.edge.writers import copies as writer

    if form == "json":
        _print_json(writer.objects(found))
    else:
        writer.table(found, _console())
    if any(problem.lost for problem in problems):
        sys.exit(PARTIAL)


@cli.command(
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
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Write a page with both, side by side.")
def diff(a: str, b: str, html: Path | None) -> None:
    """Set two articles side by side: what they share, and where they differ in it."""
    from tellings import library

    stdin = sys.stdin.buffer.read() if "-" in (a, b) else None
    try:
        found, problems = library.diff(a, b, stdin=stdin)
    except library.NothingReadError as error:
        _say_problems(error.problems)
        _stop("nothing to set side by side.", NOTHING)
    _say_problems(problems)
    from tellings.edge.writers import copies as writer

    if html is None:
        writer.columns(found, _console())
        return
    try:
        html.write_text(writer.page(found), encoding="utf-8", errors="surrogatepass")
    except OSError as error:
        _stop(f"cannot write to {html}: {error.strerror or error}. Choose another file.", NOTHING)
    click.echo(f"Written: {html}", err=True)


def _print_json(told: object) -> None:
    import msgspec

    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(told), indent=1) + b"\n")


def _console() -> Console:
    from rich.console import Console

    return Console() if sys.stdout.isatty() else Console(width=PIPED_WIDTH)


def _country(value: str | None) -> str | None:
    if value is not None and not (len(value) == 2 and value.isascii() and value.isalpha()):
        raise click.BadParameter(f"{value!r} is no two-letter country code (ISO 3166-1), such as US or GB.")
    return value.upper() if value else None


class _Quiet:
    """No progress: for pipes, and for --quiet."""

    def __enter__(self) -> Progress | None:
        return None

    def __exit__(self, *exc: object) -> None:
        return None


class _Shown:
    """A progress bar on standard error, for work long enough to wonder about."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import Progress as Bar

        self.bar: Bar = Bar(console=Console(stderr=True), transient=True)
        self.task = self.bar.add_task("reading", total=None)

    def __enter__(self) -> Progress:
        self.bar.start()
        return lambda stage, done, total: self.bar.update(
            self.task, description=stage, completed=done, total=total or None
        )

    def __exit__(self, *exc: object) -> None:
        self.bar.stop()


def _progress(quiet: bool) -> _Quiet | _Shown:
    return _Quiet() if quiet or not sys.stderr.isatty() else _Shown()


#: Problems of one kind in one file from which they are told in one line.
_MANY = 5


def _say_problems(problems: Sequence[Problem]) -> None:
    alike = Counter((problem.place.partition("#")[0], problem.message) for problem in problems)
    told = set()
    for problem in problems:
        file = problem.place.partition("#")[0]
        if (many := alike[file, problem.message]) >= _MANY:
            if (file, problem.message) in told:
                continue
            told.add((file, problem.message))
            problem = replace(problem, place=f"{file}, {many} entries")
        weight = "LOST" if problem.lost else "note"
        remedy = f" ({problem.remedy})" if problem.remedy else ""
        click.echo(f"{weight} {problem.place}: {problem.message}{remedy}", err=True)


def _stop(message: str, code: int) -> NoReturn:
    click.echo(f"tellings: {message}", err=True)
    sys.exit(code)


def main() -> None:
    """The entry point: `cli`, with an interrupt told in one line."""
    try:
        # Not cli.main: that ends a broken pipe with exit code 1, which here says that a line does not hold.
        with cli.make_context("tellings", sys.argv[1:]) as context:
            cli.invoke(context)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except (KeyboardInterrupt, click.exceptions.Abort):
        click.echo("tellings: interrupted; nothing half-written is left.", err=True)
        sys.exit(INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of our output has gone; that is its choice. What is still buffered must not complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(DONE)
