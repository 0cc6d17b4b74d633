"""`tellings fetch` and `tellings watch`: what stands at addresses, and what is new in feeds, into a folder."""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from tellings.cli.exits import NOTHING, PARTIAL, say_problems, stop
from tellings.cli.options import Command, form, standard_input
from tellings.cli.output import print_json, progress, say
from tellings.edge.fetching import FOLDER
from tellings.model.counted import count

if TYPE_CHECKING:
    from tellings.library.fetching import Outcome, Round, Watcher
    from tellings.model.records import Problem

_WORDS: dict[Literal["kept", "already", "unchanged", "same", "refused", "later"], str] = {
    "kept": "kept",
    "already": "already there",
    "unchanged": "unchanged",
    "same": "the same as another",
    "refused": "not fetched",
    "later": "left for later",
}
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
#: The shortest time between two looks at feeds (seconds).
_SHORTEST = 60


class _Duration(click.ParamType):  # type: ignore[type-arg]
    """A time such as 15m or 2h, in seconds."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        match = re.fullmatch(r"(\d{1,6})([smhd])", str(value).strip())
        if not match:
            self.fail(f"{value!r} is no time; write it as 15m, 2h or 1d", param, ctx)
        seconds = int(match[1]) * _UNITS[match[2]]
        if seconds < _SHORTEST:
            self.fail(f"{value!r} is too often; once a minute (1m) is the most", param, ctx)
        return seconds


def _contact(_context: click.Context, _option: click.Parameter, contact: str) -> str:
    if contact:
        from tellings.edge.fetching.fetcher import agent

        try:
            agent("", contact)
        except ValueError as error:
            raise click.BadParameter(str(error)) from None
    return contact


def _into(**settings: Any) -> Callable[[Command], Command]:
    return click.option("--into", type=click.Path(file_okay=False, path_type=Path), **settings)


_PRIVATE = click.option("--allow-private", is_flag=True, help="Also fetch from this machine and its own network.")
_CONTACT = click.option(
    "--contact",
    default="",
    metavar="WHERE",
    callback=_contact,
    help="How sites can reach you: it goes with each question.",
)
_QUIET = click.option("--quiet", is_flag=True, help="Nothing but problems, on standard error.")
_JSON = click.option("--json", "form", flag_value="json", help="The same as --format json.")


@click.command(
    epilog="""\b
Examples:
  tellings fetch https://example.org/news/1 https://example.com/a
  tellings fetch --list addresses.txt --into pile
  tellings fetch --list https://example.org/feed.xml --into pile
  cut -f1 links.tsv | tellings fetch --list - --json

\b
Exit codes: 0 all is there, 3 some was not fetched (each is named), 4 nothing was, another run is at work in the folder
and did not end within a minute, or it cannot be written, 130 interrupted (nothing half-written is left).
"""
)
@click.argument("addresses", nargs=-1, metavar="[URL…]")
@click.option("--list", "lists", multiple=True, metavar="FILE", help="Addresses: a file of lines, a feed, or -.")
@_into(default=FOLDER, show_default=True, help="Folder for what is fetched.")
@click.option("--again", is_flag=True, help="Ask anew for what is there; what has changed is kept beside it.")
@click.option("--stamp", default="", metavar="URL", help="Have an authority sign when each file was there (RFC 3161).")
@_PRIVATE
@_CONTACT
@form("text", "json")
@_JSON
@_QUIET
def fetch(
    addresses: tuple[str, ...],
    lists: tuple[str, ...],
    into: Path,
    again: bool,
    stamp: str,
    allow_private: bool,
    contact: str,
    form: str,
    quiet: bool,
) -> None:
    """Fetch articles into a folder, each with a sidecar that says where it is from. What robots.txt asks is obeyed, and
    a host is asked once a second."""
    from tellings.library import fetching

    if not addresses and not lists:
        raise click.UsageError("Missing argument 'URL…', or --list FILE.")
    wanted = list(addresses)
    stdin = standard_input(lists)
    with _stopped(into), progress(quiet) as report:
        for place in lists:
            wanted.extend(fetching.listed(place, stdin, allow_private=allow_private, contact=contact))
        outcomes = fetching.fetch(
            *wanted,
            into=into,
            again=again,
            allow_private=allow_private,
            contact=contact,
            stamp=stamp,
            progress=report,
        )
    say_problems(_problems(outcomes))
    if form == "json":
        print_json([{**_object(outcome), "stamped": _moment(outcome)} for outcome in outcomes])
    elif not quiet:
        _show(outcomes)
        click.echo(_counted(outcomes))
    there = sum(outcome.kept is not None for outcome in outcomes)
    _end(len(outcomes), there, any(outcome.unstamped is not None for outcome in outcomes))


@click.command(
    epilog="""\b
Examples:
  tellings watch feeds.opml --into pile                    once, for cron
  tellings watch https://example.org/feed.xml --into pile --every 15m
  tellings news pile/ --since 2024-01-01                   what is new in it
  tellings watch feeds.opml --into pile --library news.db  and keep it in a library

\b
Exit codes: 0 done, 3 a feed failed or an item was refused (each is named), 4 all feeds failed, another run is at work
in the folder, or it cannot be written, 130 interrupted (nothing half-written is left; the next run goes on).
"""
)
@click.argument("feeds", nargs=-1, required=True, metavar="FEED…")
@_into(required=True, help="Folder for what is new.")
@click.option(
    "--library",
    "library",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also add what is in the folder to this library.",
)
@click.option("--every", type=_Duration(), metavar="TIME", help="Look again after this time: 15m, 2h.  [default: once]")
@_PRIVATE
@_CONTACT
@form("text", "json")
@_JSON
@_QUIET
def watch(
    feeds: tuple[str, ...],
    into: Path,
    library: Path | None,
    every: int | None,
    allow_private: bool,
    contact: str,
    form: str,
    quiet: bool,
) -> None:
    """Fetch what is new in feeds into a folder, each story once, and add it to a library where one is given. A FEED is
    its address, or a file of feeds (OPML, or one a line)."""
    from tellings.library import fetching

    with ExitStack() as held:
        with _stopped(into):
            watcher = held.enter_context(
                fetching.watching(*feeds, into=into, allow_private=allow_private, contact=contact)
            )
        while True:
            began = time.monotonic()
            if (found := _looked(watcher, into, quiet, again=every is not None)) is not None:
                _tell(found, form, quiet)
            if library is not None and into.is_dir():
                _keep(library, into, quiet)
            if every is None:
                break
            sys.stdout.flush()
            time.sleep(max(0.0, began + every - time.monotonic()))
    if found is not None:
        there = sum(feed.refusal is None for feed in found.feeds)
        _end(len(found.feeds), there, any(outcome.outcome == "refused" for outcome in found.items))


def _looked(watcher: Watcher, folder: Path, quiet: bool, *, again: bool) -> Round | None:
    """One look at the feeds. Where there will be one `again`, a file of feeds that cannot be read is said, and may be
    mended by then: `None`."""
    from tellings.library.fetching import ListError

    with _stopped(folder), progress(quiet) as report:
        try:
            return watcher.round(report)
        except ListError as error:
            if not again:
                raise
            say(f"LOST {error}")
            return None


def _keep(library: Path, folder: Path, quiet: bool) -> None:
    """Add what is in the folder, and not yet there, to a library."""
    from tellings.cli.library import opened
    from tellings.library import NothingReadError

    with opened(library, create=True) as keeping, progress(quiet) as report:
        try:
            added = keeping.add(folder, progress=report)
        except NothingReadError as error:
            say_problems(error.problems)
            return
    say_problems(added.problems)
    if not quiet:
        said = f"{library}: {count(len(added.new), 'new article')}"
        changed = f", {count(len(added.revised), 'article')} with another text" if added.revised else ""
        say(f"{said}{changed}, {added.known} known already")


def _tell(found: Round, form: str, quiet: bool) -> None:
    """What came of one look at the feeds."""
    if found.set_aside:
        say(f"note {found.set_aside}: what was known of the feeds could not be read; they were read anew")
    refused = [_problem(feed.address, feed.refusal) for feed in found.feeds if feed.refusal]
    say_problems([*refused, *_problems(found.items)])
    if form == "json":
        feeds = [
            {"address": each.address, "outcome": each.outcome, "items": each.items, "new": each.new, **_refusal(each)}
            for each in found.feeds
        ]
        items = [{"feed": each.item.feed if each.item else None, **_object(each)} for each in found.items]
        print_json({"feeds": feeds, "items": items, "waiting": found.waiting})
    elif not quiet:
        _show(found.items)
        click.echo(f"{count(len(found.feeds), 'feed')}, {len(refused)} failed: {_counted(found.items)}")


def _show(outcomes: Sequence[Outcome]) -> None:
    for outcome in outcomes:
        if outcome.kept is not None:
            click.echo(f"{_WORDS[outcome.outcome]}  {outcome.kept.path}  {outcome.address}")


def _counted(outcomes: Sequence[Outcome]) -> str:
    """How many became what, in a line."""
    counts = Counter(outcome.outcome for outcome in outcomes)
    return ", ".join(f"{counts[each]} {words}" for each, words in _WORDS.items() if counts[each]) or "nothing new"


def _problems(outcomes: Sequence[Outcome]) -> list[Problem]:
    """What was not fetched, or will be later, and what was not stamped."""
    found = []
    for outcome in outcomes:
        if outcome.refusal is not None:
            found.append(_problem(outcome.address, outcome.refusal, later=outcome.outcome == "later"))
        if outcome.kept is not None and outcome.unstamped is not None:
            found.append(replace(_problem(str(outcome.kept.path), outcome.unstamped), lost=False))
    return found


def _problem(address: str, refusal: Any, *, later: bool = False) -> Problem:
    from tellings.edge.readers.gather import unreadable

    problem = unreadable(address, refusal.message, "the next run tries again" if later else refusal.remedy)
    return replace(problem, lost=not later)


def _object(outcome: Outcome) -> dict[str, object]:
    """An outcome as JSON has it; what there is none of is null."""
    kept = outcome.kept
    return {
        "address": outcome.address,
        "outcome": outcome.outcome,
        "file": str(kept.path) if kept else None,
        "final": kept.sidecar.final if kept else None,
        "fetched": kept.sidecar.fetched if kept else None,
        "digest": kept.sidecar.digest if kept else None,
        "bytes": kept.sidecar.bytes if kept else None,
        **_refusal(outcome),
    }


def _moment(outcome: Outcome) -> str | None:
    from tellings.edge.readers.sidecar import moment

    return moment(outcome.stamped) if outcome.stamped else None


def _refusal(told: Any) -> dict[str, object]:
    refusal = told.refusal
    return {
        "code": refusal.code if refusal else None,
        "status": refusal.status if refusal else None,
        "message": refusal.message if refusal else None,
        "remedy": refusal.remedy if refusal else None,
    }


@contextmanager
def _stopped(folder: Path) -> Iterator[None]:
    """Where a list cannot be read, or the folder not be had, say why, and end."""
    from tellings.library.fetching import ListError, LockedError

    try:
        yield
    except ListError as error:
        stop(f"{error}.", NOTHING)
    except LockedError as error:
        stop(f"{error}. Let it end, or give another folder with --into.", NOTHING)
    except OSError as error:
        where = error.filename or folder
        stop(f"cannot write to {where}: {error.strerror or error}. Choose another folder with --into.", NOTHING)


def _end(all_: int, there: int, more_failed: bool = False) -> None:
    """End with the code that says whether all, some or nothing of what was asked for is there."""
    if all_ and not there:
        raise SystemExit(NOTHING)
    if there < all_ or more_failed:
        raise SystemExit(PARTIAL)
