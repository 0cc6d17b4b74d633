"""The command line: each command is one function of the library; parse, call, show.

Exit codes: 0 done; 1 `verify` found something that does not hold; 2 wrong usage; 3 the record was
written but an input is missing from it; 4 nothing could be read, or what was asked for could not be written;
5 a fault of tellings itself; 6 `verify` could not check everything; 130 interrupted.
"""

from __future__ import annotations

import io
import os
import sys
import traceback
from pathlib import Path

import click

from tellings import __version__, interrupts
from tellings.cli.check import check
from tellings.cli.chronicle import brief, news, timeline
from tellings.cli.copies import copies, diff
from tellings.cli.exits import DONE, FAULT, INTERRUPTED, NOTHING, stop
from tellings.cli.export import export
from tellings.cli.facts import facts
from tellings.cli.fetch import fetch, watch
from tellings.cli.library import COMMANDS as LIBRARY_COMMANDS
from tellings.cli.output import drop_what_is_buffered
from tellings.cli.read import read, verify
from tellings.cli.stories import stories
from tellings.cli.within import quotes, times

__all__ = ["cli", "main"]

#: Characters that no first sentence of a help has.
_SENTENCE = 1_000
#: Set to anything, a fault of ours is shown with its traceback.
_TRACEBACK = "TELLINGS_TRACEBACK"


class _Group(click.Group):
    """Commands whose help is told by the whole first sentence of each, not by as much as fits on a line."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the names of the commands, each with its sentence."""
        with formatter.section("Commands"):
            names = self.list_commands(ctx)
            formatter.write_dl([(name, self.commands[name].get_short_help_str(limit=_SENTENCE)) for name in names])


@click.group(
    cls=_Group,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""\b
Examples:
  tellings read articles/                    the record of the story in a folder
  tellings read a.txt b.html feed.jsonl -o out
  tellings read articles/ --format json | jq '.quotes[].speaker.name'
  tellings verify record/record.json         check every line against its source
  tellings check draft.md --against articles/ is a draft what the articles say?
  tellings quotes article.txt                who said what in an article
  tellings stories pile/                     a mixed pile, sorted into stories
  tellings copies articles/                  who shares text with whom
  tellings timeline articles/                what happened when
  tellings brief articles/                   the story in a few of its own sentences
  tellings news articles/ --since 2024-01-01 what no earlier article says
  tellings facts articles/                   which values they share, and where they differ
  tellings diff a.txt b.txt                  two articles side by side
  tellings export record/record.json --to csv --view quotes    for other programs
  tellings times article.txt                 the time expressions of an article, on the calendar
  tellings fetch https://example.org/news/1  an article into a folder, with where it is from
  tellings watch feeds.opml --into pile      what is new in feeds, into a folder

\b
A library remembers:
  tellings add articles/                     keep articles, sorted into stories
  tellings list --new                        stories with articles since one last looked
  tellings news                              what these say that no earlier article does
  tellings search '"car deck"' --kind quote  where words stand
""",
)
@click.version_option(__version__)
def cli() -> None:
    """Read many tellings of one news story; get the record: what happened when, who said what, which facts
    agree and differ, who shares text. Every line points to the exact characters of a source."""


for _command in (
    *(read, check, verify, times, quotes, timeline, brief, news, facts, stories, copies, diff, export),
    *(fetch, watch),
    *LIBRARY_COMMANDS,
):
    cli.add_command(_command)


def main() -> None:
    """The entry point: `cli`, with every way it can end told in one line and by one exit code."""
    _open_what_is_closed()
    _print_what_the_output_lacks_as_question_marks()
    try:
        code = _exit_code(sys.argv[1:])
        # What is still buffered may not fit any more: that must be told, too.
        sys.stdout.flush()
    except KeyboardInterrupt:
        # Who cannot wait for the workers to stop, and interrupts again, is let go at once.
        interrupts.leave_when_interrupted()
        stop(interrupts.MESSAGE, INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output has gone; that is its choice.
        drop_what_is_buffered(sys.stdout)
        code = DONE
    except OSError as error:
        drop_what_is_buffered(sys.stdout)
        where = error.filename or "standard output"
        stop(f"cannot write to {where}: {error.strerror or error}. Make room, or send it elsewhere.", NOTHING)
    except Exception as error:
        if os.environ.get(_TRACEBACK):
            raise
        place = traceback.extract_tb(error.__traceback__)[-1]
        told = f"{type(error).__name__}: {str(error)[:200]}" if str(error) else type(error).__name__
        at = f"{Path(place.filename).name}, line {place.lineno}"
        stop(f"a fault of tellings itself ({told}; {at}). Please report it; {_TRACEBACK}=1 shows more.", FAULT)
    sys.exit(code)


def _exit_code(arguments: list[str]) -> int:
    """What the command in `arguments` ends with."""
    try:
        # Not cli.main: that ends a broken pipe with exit code 1, which here says that a line does not hold.
        with cli.make_context("tellings", arguments) as context:
            cli.invoke(context)
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):
            raise end.__context__ from None  # rich ends with 1 here, which says that a line does not hold
        return end.code if isinstance(end.code, int) else DONE
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.exceptions.Abort:
        raise KeyboardInterrupt from None
    except click.ClickException as error:
        try:
            error.show()
        except OSError:
            drop_what_is_buffered(sys.stderr)
        return error.exit_code
    return DONE


def _print_what_the_output_lacks_as_question_marks() -> None:
    """A terminal, or a locale, may know fewer characters than articles have."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def _open_what_is_closed() -> None:
    """Give standard streams that were closed something to stand on, else the next file opened would be taken for one.

    Writing to a standard output that was closed then fails, as it must: a result that nobody gets is no success.
    """
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        if getattr(sys, name) is None:
            opened = os.open(os.devnull, os.O_WRONLY if name == "stderr" else os.O_RDONLY)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8", closefd=False))
