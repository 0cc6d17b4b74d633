"""The commands of a library: articles kept, stories followed, decisions made, words taken out."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from tellings.cli.exits import DONE, FAILED, NOTHING, USAGE, nothing_read, say_problems, stop, stop_where_lost
from tellings.cli.options import DAY, FIELDS, JOBS, PATHS, QUIET, form, only_one, standard_input
from tellings.cli.output import console, print_json, print_text, progress, say

if TYPE_CHECKING:
    from tellings.library.keeping import Library
    from tellings.model.kept import Taken

LIBRARY = click.option(
    "--library",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="TELLINGS_LIBRARY",
    help="The file of the library.  [default: $TELLINGS_LIBRARY, else one in the user's data folder]",
)
STORY = click.argument("story")


@contextmanager
def opened(path: Path | None, *, reading: bool = False, create: bool = False, quiet: bool = False) -> Iterator[Library]:
    """The library of a command, which only some may make; what is wrong with it is told in one line, and ends the
    command. One that is not named, and may be written, is said, unless `quiet`."""
    from tellings.library import (
        DecisionsError,
        NotThereError,
        NoWordError,
        StoreError,
        UndecidableError,
        UnfitReferenceError,
    )
    from tellings.library.keeping import Library, default_path

    try:
        with Library(path or default_path(), reading=reading, create=create) as library:
            if path is None and not (reading or quiet):
                say(f"library: {library.path}")
            yield library
    except (StoreError, DecisionsError) as error:
        stop(f"{error}".rstrip(".") + ".", NOTHING)
    except (NotThereError, NoWordError, UndecidableError, UnfitReferenceError) as error:
        stop(f"{error}.", USAGE)
    except UnicodeEncodeError:
        stop("what was typed is no UTF-8. Type it again", USAGE)


@click.command(
    epilog="""\b
Examples:
  tellings add articles/
  tellings add today.jsonl --library ferry.db
  tellings add new/ && tellings list --new

\b
Exit codes: 0 done, 3 an input could not be read, 4 nothing could be read or the library cannot be written,
130 interrupted (what was kept so far is kept; the next time goes on behind it).
"""
)
@PATHS
@LIBRARY
@form("text", "json")
@FIELDS
@JOBS
@QUIET
def add(paths: tuple[str, ...], path: Path | None, form: str, fields: tuple[str, ...], jobs: int, quiet: bool) -> None:
    """Keep articles in a library and sort them into its stories; what is known already is passed over."""
    from tellings.edge.writers import kept

    stdin = standard_input(paths)
    with opened(path, create=True, quiet=quiet) as library, nothing_read(), progress(quiet) as report:
        added = library.add(*paths, fields=fields, stdin=stdin, jobs=jobs, progress=report)
        others = set(added.stories) if not quiet or form == "json" else set()
        changed = [story for story in library.stories() if story.id in others] if others else []
    say_problems(added.problems)
    if form == "json":
        print_json(kept.added_object(added, changed))
    elif not quiet:
        kept.added(added, changed, console())
    stop_where_lost(added.problems)


@click.command(
    name="list",
    epilog="""\b
Examples:
  tellings list
  tellings list --new              stories with articles since one last looked
  tellings list --format json
""",
)
@LIBRARY
@click.option("--new", "only_new", is_flag=True, help="Only those with articles since one last looked.")
@click.option("--most", type=click.IntRange(1), default=30, show_default=True, help="At most so many.")
@click.option("--all", "every", is_flag=True, help="All of them.")
@form("table", "json")
def list_(path: Path | None, only_new: bool, most: int, every: bool, form: str) -> None:
    """List the stories of a library, those that changed last first."""
    from tellings.edge.writers import kept
    from tellings.model.counted import count

    only_one("most", "every")
    with opened(path, reading=True) as library:
        found = library.stories(most=None if every else most, only_new=only_new)
        unsorted = library.unsorted()
    if unsorted:
        say(f"note {count(unsorted, 'article')} in no story yet: they are added now, or what added them was ended")
    if form == "json":
        print_json([kept.as_object(each) for each in found])
    else:
        kept.stories(found, console())


@click.command(
    epilog="""\b
Examples:
  tellings show sa14ae471651d01c1
"""
)
@STORY
@LIBRARY
@form("table", "json")
def show(story: str, path: Path | None, form: str) -> None:
    """Show a STORY, by its id or that of one of its articles: the articles, and what is said of it."""
    from tellings.edge.writers import kept

    with opened(path, reading=True) as library:
        found, tellings = library.show(story)
        ids = {found.id, *(telling.id for telling in tellings)}
        # A place is "ID@…".
        said = [each for each in library.decisions() if ids & {(of or "").partition("@")[0] for of in (each.a, each.b)}]
    if form == "json":
        told: dict[str, Any] = kept.as_object(found)
        told["articles"] = [kept.as_object(each) for each in tellings]
        told["decisions"] = [kept.as_object(each) for each in said]
        print_json(told)
    else:
        kept.stories([found], console())
        kept.tellings(tellings, console())
        kept.decisions(said, console())


@click.command(
    epilog="""\b
Examples:
  tellings record sa14ae471651d01c1 -o ferry/
  tellings record sa14ae471651d01c1 -o ferry/ --open
"""
)
@STORY
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default="record",
    show_default=True,
    help="Folder for record.html and record.json.",
)
@LIBRARY
@click.option("--force", is_flag=True, help="Replace a record.html or record.json that tellings did not write.")
@click.option("--open", "open_page", is_flag=True, help="Open the page in a browser when done.")
def record(story: str, output: Path, path: Path | None, force: bool, open_page: bool) -> None:
    """Write the record of a STORY, as tellings read does of a folder with the same articles."""
    from tellings import library as face

    with opened(path) as library:
        try:
            written = library.write(story, output, overwrite=force)
        except face.NotOursError as error:
            stop(f"{error.strerror}. Choose another folder with -o, or replace it with --force.", NOTHING)
        except OSError as error:
            stop(f"cannot write to {output}: {error.strerror or error}. Choose another folder with -o.", NOTHING)
    for each in written:
        say(f"Written: {each}")
    if open_page:
        click.launch(str(written[0]))


@click.command(
    epilog="""\b
Examples:
  tellings search ferry fire
  tellings search '"car deck"' --kind quote
  tellings search evacuat* --person Verrow --since 2024-01-01
  tellings search 47 --kind fact --story sa14ae471651d01c1 --format json
  tellings search '"Saint Orla"' --save ferry
"""
)
@click.argument("words", nargs=-1, required=True)
@LIBRARY
@click.option("--kind", type=click.Choice(("text", "quote", "fact", "event")), help="Only lines of this kind.")
@click.option("--story", help="Only of this story.")
@click.option("--outlet", help="Only of outlets with these words in their name.")
@click.option("--person", help="Only where somebody of this name is named.")
@click.option("--language", help="Only in this language (en, de, …).")
@click.option("--since", type=DAY, help="Only published on this day or later (YYYY-MM-DD).")
@click.option("--until", type=DAY, help="Only published on this day or earlier.")
@click.option("--most", type=click.IntRange(1, 1000), default=20, show_default=True, help="At most so many lines.")
@click.option("--save", metavar="NAME", help="Keep the search: tellings alerts tells what it finds from now on.")
@form("table", "json")
def search(
    words: tuple[str, ...],
    path: Path | None,
    kind: Any,
    story: str | None,
    outlet: str | None,
    person: str | None,
    language: str | None,
    since: date | None,
    until: date | None,
    most: int,
    save: str | None,
    form: str,
) -> None:
    """Find lines in which all WORDS stand (words, "phrases", beginnings*), those of articles that came last first."""
    from tellings.edge.store.search import Filters
    from tellings.edge.writers import kept

    with opened(path, reading=save is None) as library:
        followed = library.show(story)[0].id if story is not None else None
        filters = Filters(followed, outlet, language, person, since, until)
        found = library.search(" ".join(words), kind=kind, filters=filters, most=most)
        if save is not None:
            library.save_search(save, " ".join(words), kind=kind, filters=filters)
    if form == "json":
        print_json([kept.as_object(each) for each in found])
    else:
        kept.hits(found, console())
    if not found:
        say("nothing found: fewer words, or the beginning of one (word*), find more")


@click.command(
    epilog="""\b
Examples:
  tellings alerts
  tellings alerts --mark --format rss > alerts.xml    for a feed reader
  tellings alerts --drop ferry
"""
)
@LIBRARY
@click.option("--mark", is_flag=True, help="What is told now is not told again.")
@click.option("--drop", metavar="NAME", help="Keep the search, or follow the story, of this name no longer.")
@form("table", "json", "rss")
def alerts(path: Path | None, mark: bool, drop: str | None, form: str) -> None:
    """Tell what saved searches (tellings search --save) find in articles that came since they were last told, and what
    is other by them in stories that are followed (tellings follow)."""
    from tellings.edge.writers import kept

    only_one("mark", "drop")
    with opened(path, reading=not (mark or drop is not None)) as library:
        if drop is not None:
            library.drop_search(drop)
            return
        found = library.alerts(mark=mark)
    if form == "json":
        print_json([kept.as_object(each) for each in found])
    elif form == "rss":
        print_text(kept.rss(found))
    else:
        kept.alerts(found, console())


@click.command(
    epilog="""\b
Examples:
  tellings follow sa14ae471651d01c1
  tellings follow sa14ae471651d01c1 --name ferry
  tellings alerts --mark
"""
)
@STORY
@LIBRARY
@click.option("--name", help="What tellings alerts calls it.  [default: the id of the story]")
def follow(story: str, path: Path | None, name: str | None) -> None:
    """Follow a STORY: from now on tellings alerts tells which values come to stand beside earlier ones, who is named
    for the first time, and which words an article takes back."""
    with opened(path) as library:
        kept = library.follow(story, name=name)
    say(f"followed as {kept}")


@click.command(
    epilog="""\b
Examples:
  tellings merge colleague.db
  tellings merge decisions.jsonl          as the page of a record saves it
"""
)
@click.argument("other", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@LIBRARY
def merge(other: Path, path: Path | None) -> None:
    """Take over what is decided in OTHER, another library or a file that the page of a record saved, of articles and
    stories that are here, too."""
    from tellings.edge.writers import kept
    from tellings.model.counted import count

    with opened(path) as library:
        taken = library.take_decisions(other)
    kept.decisions(taken, console())
    say(f"taken over: {count(len(taken), 'decision')}")


@click.command(
    epilog="""\b
Examples:
  tellings changes https://example.org/ferry-fire
  tellings changes 4dd17dd5fcf64009 --format json
"""
)
@click.argument("article")
@LIBRARY
@form("table", "json")
def changes(article: str, path: Path | None, form: str) -> None:
    """Show what changed in substance in an ARTICLE (its address, id or name) from one text of it to the next."""
    from tellings.edge.writers import kept

    with opened(path, reading=True) as library:
        found = library.changes(article)
    if form == "json":
        print_json([kept.as_object(each) for each in found])
    else:
        kept.changes(found, console())


@click.command(
    epilog="""\b
Kinds, and what they are of:
  "one story", "other story"    two articles
  "one thing", "other thing"    two values, each NAME@PLACE (tellings facts prints them)
  "one person", "other person"  two names, each NAME@PLACE: the second is the first, or somebody else
  residue, "no residue"         the paragraph at NAME@PLACE
  speaker                       the quotation at NAME@PLACE, with --value NAME (as the article prints it)
  date                          an article, with --value YYYY-MM-DD
  title                         a story, with --value
  note, label                   a story or an article, with --value

\b
Examples:
  tellings decide "other story" a.txt b.txt
  tellings decide title sa14ae471651d01c1 --value "The ferry fire"
  tellings decide date a.txt --value 2024-03-09
  tellings decide speaker a.txt@1207 --value "Ida Moe"
  tellings undo 3
"""
)
@click.argument("kind")
@click.argument("of", nargs=-1, required=True)
@click.option("--value", help="The title, the note, the label, the day or the speaker.")
@LIBRARY
def decide(kind: str, of: tuple[str, ...], value: str | None, path: Path | None) -> None:
    """Decide something of articles, values or stories; it holds until it is undone, whatever is found anew."""
    from tellings.edge.writers import kept
    from tellings.model.kept import DecisionKind

    kinds = get_args(DecisionKind)
    chosen: DecisionKind | None = next((each for each in kinds if each == kind), None)
    if chosen is None:
        raise click.UsageError(f"{kind!r} is no kind of decision; there are: {', '.join(map(repr, kinds))}")
    with opened(path) as library:
        made = library.decide(chosen, *of, value=value)
    kept.decisions([made], console())


@click.command(
    epilog="""\b
Examples:
  tellings history     what was decided, each with its number
  tellings undo 3
"""
)
@click.argument("number", type=int)
@LIBRARY
def undo(number: int, path: Path | None) -> None:
    """Take the decision of this NUMBER back; tellings history shows the numbers."""
    from tellings.edge.writers import kept

    with opened(path) as library:
        kept.decisions([library.undo(number)], console())


@click.command()
@LIBRARY
@form("table", "json")
def history(path: Path | None, form: str) -> None:
    """Show what was added when, and what was decided and undone by whom."""
    from tellings.edge.writers import kept

    with opened(path, reading=True) as library:
        added, said, orphans = library.history(), library.decisions(undone=True), library.orphaned()
    if form == "json":
        lone = {each.number for each in orphans}
        print_json(
            {
                "additions": [kept.as_object(each) for each in added],
                "decisions": [{**kept.as_object(each), "orphaned": each.number in lone} for each in said],
            }
        )
    else:
        kept.additions(added, console())
        kept.decisions(said, console(), orphaned=orphans)


@click.command()
@LIBRARY
@form("table", "json")
def stats(path: Path | None, form: str) -> None:
    """Show how much of what there is in a library."""
    with opened(path, reading=True) as library:
        found = library.stats()
    if form == "json":
        print_json(found)
    else:
        for name, number in found.items():
            click.echo(f"{name:<10} {number:>12,}")


@click.command(
    epilog="""\b
Examples:
  tellings forget a.txt
  tellings forget https://example.org/withdrawn --yes
"""
)
@click.argument("articles", nargs=-1, required=True)
@LIBRARY
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget(articles: tuple[str, ...], path: Path | None, yes: bool) -> None:
    """Forget ARTICLES (id, address or name): nothing of them is left in the file."""
    with opened(path) as library:
        if not _agreed(yes, f"Forget {', '.join(articles)} for good?"):
            return
        _say_taken(library.forget(*articles), "forgotten")


@click.command(
    epilog="""\b
Examples:
  tellings redact "Ida Moe"
  tellings redact Moe --yes
"""
)
@click.argument("words")
@LIBRARY
@click.option("--yes", is_flag=True, help="Do not ask.")
@JOBS
def redact(words: str, path: Path | None, yes: bool, jobs: int) -> None:
    """Take WORDS, such as a name, out of all articles: nothing of them is left in the file. A name that is printed in
    several forms is taken out form by form."""
    with opened(path) as library:
        if not _agreed(yes, f"Take {words!r} out of all that {library.path} keeps, for good?"):
            return
        _say_taken(library.redact(words, jobs=jobs), "redacted")


@click.command()
@LIBRARY
@click.option("--every", is_flag=True, help="Of all articles, also where this version found what is kept.")
@JOBS
@QUIET
def rebuild(path: Path | None, every: bool, jobs: int, quiet: bool) -> None:
    """Find anew what an earlier version of tellings found; decisions stay. What was interrupted goes on next time."""
    from tellings.model.counted import count

    with opened(path, quiet=quiet) as library, progress(quiet) as report:
        number = library.rebuild(every=every, jobs=jobs, progress=report)
    if not quiet:
        say(f"found anew in {count(number, 'article')}")


def verified(path: Path, form: str) -> None:
    """Check a library, and end with the code of `tellings verify`."""
    with opened(path, reading=True) as library:
        found = library.verify()
    if form == "json":
        print_json({"outcome": "fails" if found else "holds", "failures": list(found)})
    else:
        for fault in found:
            say(f"FAILED {fault}")
        click.echo(f"{path}: {'something does not hold' if found else 'all that is kept holds'}")
    sys.exit(FAILED if found else DONE)


def news_of(stories: Sequence[str], path: Path | None, form: str, most: int, *, mark: bool) -> None:
    """What is new in stories of a library since they were last looked at, or in all of them."""
    from tellings.edge.writers import kept

    with opened(path, reading=not mark) as library:
        wanted = stories or [story.id for story in library.stories(only_new=True)]
        found = [library.news(story, most=most, mark=mark) for story in wanted]
    if form == "json":
        print_json([kept.as_object(each) for each in found])
    else:
        kept.news(found, console())


def _agreed(yes: bool, question: str) -> bool:
    """Whether somebody agrees; where not, it is said that nothing was done. Where nobody answers, ends the command."""
    try:
        if yes or click.confirm(question):
            return True
    except click.Abort as error:
        if isinstance(error.__context__, EOFError):
            stop("nobody was there to answer, so nothing was changed. To do it without being asked: --yes", USAGE)
        raise
    say("nothing was changed")
    return False


def _say_taken(taken: Taken, done: str) -> None:
    from tellings.model.counted import count

    say(f"{done}: {count(taken.places, 'place')} in {count(len(taken.tellings), 'article')}")
    for at, place in taken.given_out:
        say(f"note {place}: a record written there on {at[:10]} still holds it; delete it, or write it anew")
    for backup in taken.backups:
        say(f"note {backup}: this backup still holds it; delete it")


#: The commands of this module.
COMMANDS = (
    *(add, list_, show, record, search, alerts, follow, changes, decide, undo, merge, history, stats),
    *(forget, redact, rebuild),
)
