"""Arguments and options that several commands have, each defined once."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.core import ParameterSource

if TYPE_CHECKING:
    from tellings.model.engine import Engine

Command = TypeVar("Command", bound=Callable[..., Any])


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


DAY = _Day()
PATHS = click.argument("paths", nargs=-1, required=True, metavar="PATH…")
QUIET = click.option("--quiet", is_flag=True, help="No progress; problems still go to standard error.")


class _Fields(click.ParamType):  # type: ignore[type-arg]
    """Which fields hold what: "text=body,date=published_at"."""

    name = "fields"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from tellings.edge.readers.naming import FieldsError, named

        try:
            named([value])
        except FieldsError as error:
            self.fail(str(error), param, ctx)
        return str(value)


FIELDS = click.option(
    "--fields",
    multiple=True,
    type=_Fields(),
    metavar="ROLE=NAME,…",
    help="Columns of tables, or fields of JSON, that hold what: text=body,date=published_at.",
)
JOBS = click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    default=lambda: os.cpu_count() or 1,
    show_default="all cores",
    help="Worker processes; what is found is the same for any number.",
)
STAGES = click.option(
    "--stages",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder that keeps what is found within each article, for the next run.",
)
WHY = click.option("--why", is_flag=True, help="Table: also stage, rule, score and evidence of each line.")
DECISIONS = click.option(
    "--decisions", type=click.Path(dir_okay=False, path_type=Path), help="File of what was decided, kept."
)


def only_one(*names: str) -> None:
    """Refuse parameters of the command at work that were given together, of which each leaves nothing to the others.
    Raises click.UsageError."""
    context = click.get_current_context()
    given = [each for each in context.command.params if each.name in names and _is_typed(context, each)]
    if len(given) > 1:
        first, second = (
            each.opts[-1] if isinstance(each, click.Option) else each.human_readable_name for each in given[:2]
        )
        raise click.UsageError(f"{first} and {second} do not go together: give one of them")


def _is_typed(context: click.Context, parameter: click.Parameter) -> bool:
    """Whether somebody typed it: what the environment has or nobody gave does not count, nor arguments of none."""
    name = parameter.name or ""
    return context.get_parameter_source(name) is ParameterSource.COMMANDLINE and context.params[name] not in ((), None)


def form(*choices: str, help: str = "What goes to standard output.") -> Callable[[Command], Command]:
    """The option --format, one of `choices`, the first by default."""
    return click.option("--format", "form", type=click.Choice(choices), default=choices[0], help=help)


def sentences(default: int) -> Callable[[Command], Command]:
    """The option --sentences."""
    return click.option(
        "--sentences", type=click.IntRange(1, 100), default=default, show_default=True, help="At most so many."
    )


def undo(help: str = "Take back what was decided of these two.") -> Callable[[Command], Command]:
    """The option --undo, as often as one likes."""
    return decision("--undo", help)


def decision(name: str, help: str) -> Callable[[Command], Command]:
    """An option that decides something of two things, as often as one likes."""
    return click.option(name, nargs=2, multiple=True, metavar="A B", help=help)


def engine(jobs: int, stages: Path | None) -> int | Engine:
    """What the library works with: so many processes, and the folder `stages` where one is given."""
    if stages is None:
        return jobs
    from tellings import library

    return library.stages(stages, jobs)


def standard_input(paths: Sequence[str]) -> bytes | None:
    """The bytes of standard input where `paths` ask for it, no more of them than can be read."""
    if "-" not in paths:
        return None
    from tellings.edge.readers import standard_input as bounded

    return bounded()
