"""What a command shows: JSON and tables on standard output, progress on standard error."""

from __future__ import annotations

import os
import re
import sys
from typing import IO, TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress as Bar

    from tellings.library import Progress

#: Characters that JSON may hold as they are and a terminal obeys: C1 controls, bidirectional controls (UAX #9).
_DRIVING = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
#: Columns of a table that goes to a file or a pipe.
_PIPED_WIDTH = 160


def print_bytes(data: bytes) -> None:
    """`data` as it is on standard output."""
    sys.stdout.buffer.write(data)


def print_text(text: str) -> None:
    """`text` in UTF-8 on standard output, whatever the locale; what no file can hold as a question mark."""
    print_bytes(text.encode("utf-8", "replace"))


def print_json(told: object) -> None:
    """`told` as indented JSON on standard output."""
    import msgspec

    print_json_bytes(msgspec.json.format(msgspec.json.encode(told), indent=1) + b"\n")


def print_json_bytes(data: bytes) -> None:
    """JSON on standard output, the same values, with characters that drive a terminal escaped."""
    print_text(_DRIVING.sub(lambda found: f"\\u{ord(found.group()):04x}", data.decode()))


def say(message: str) -> None:
    """`message` as one line on standard error, without what would drive a terminal or turn the line around.

    Where standard error takes nothing more, the exit code says it alone.
    """
    from tellings.edge.characters import as_seen

    try:
        click.echo(" ".join(as_seen(message).split("\n")), err=True)
    except OSError:
        drop_what_is_buffered(sys.stderr)


def drop_what_is_buffered(stream: IO[str]) -> None:
    """What could not be written to `stream` must not complain again when the interpreter ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def console() -> Console:
    """Where tables go: standard output, of a fixed width where that is no terminal."""
    from tellings.edge.writers.screen import Screen

    return Screen() if sys.stdout.isatty() else Screen(width=_PIPED_WIDTH)


class _Quiet:
    """No progress: for pipes, and for --quiet."""

    def __enter__(self) -> Progress | None:
        return None

    def __exit__(self, *exc: object) -> None:
        return None


class _Shown:
    """A progress bar on standard error, for work long enough to wonder about."""

    def __init__(self) -> None:
        from rich.progress import Progress as Bar

        from tellings.edge.writers.screen import Screen

        self.bar: Bar = Bar(console=Screen(stderr=True), transient=True)
        self.task = self.bar.add_task("reading", total=None)

    def __enter__(self) -> Progress:
        self.bar.start()
        return lambda stage, done, total: self.bar.update(
            self.task, description=stage, completed=done, total=total or None
        )

    def __exit__(self, *exc: object) -> None:
        self.bar.stop()


def progress(quiet: bool) -> _Quiet | _Shown:
    """A context that gives what to call as the work goes on, `None` where nobody looks."""
    return _Quiet() if quiet or not sys.stderr.isatty() else _Shown()
