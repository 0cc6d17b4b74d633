"""The library: one file that remembers the stories, what was found in them and what was decided.

>>> import tellings
>>> with tellings.Library("stories.db") as library:  # doctest: +SKIP
...     library.add("articles/")
...     for story in library.stories():
...         library.record(story.id)

`Library` is the face; the modules beside it each do one thing with a library that is `Opened`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from tellings.edge.store import decisions as kept_decisions
from tellings.edge.store import ledger, search
from tellings.edge.store.database import StoreError, connect, is_library
from tellings.edge.store.search import Filters, Query, Saved
from tellings.library.keeping import looking
from tellings.library.keeping.members import members_of
from tellings.library.keeping.opened import NotThereError, Opened, now, somebody
from tellings.model.kept import (
    Added,
    Addition,
    Alert,
    Changes,
    Decision,
    DecisionKind,
    Hit,
    KeptStory,
    KeptTelling,
    LineKind,
    News,
    Taken,
)

# Who only looks must not wait for all that finds things: those modules are imported where they are used.
if TYPE_CHECKING:
    from tellings.edge.engine import Engine
    from tellings.library.inputs import Fields, Progress
    from tellings.model.record import Record

#: Sentences of what is new, unless told otherwise.
NEWS = 10


class Library:
    """A library in the SQLite file `path`.

    Raises:
        tellings.edge.store.database.NoLibraryError: there is none, and none is to be made.
        tellings.edge.store.database.StoreError: it is no library, of a newer program, damaged, or may not be read. All
            methods raise it where the file cannot be read or written; what they say was kept is kept.
    """

    def __init__(
        self,
        path: str | Path | None = None,
        *,
        reading: bool = False,
        create: bool = True,
        clock: Callable[[], str] = now,
        who: str | None = None,
    ) -> None:
        """`path`: by default `default_path()`; `reading`: nothing will be written; `create`: make it where there is
        none; `clock`: what time it is, UTC, ISO 8601; `who` decides, by default whoever uses this machine."""
        self.path = default_path() if path is None else Path(path)
        self._clock = clock
        self._who = somebody() if who is None else who
        self._opened = Opened(
            self.path, connect(self.path, create=create and not reading, reading=reading), only_reading=reading
        )
        if not reading and self._opened.is_unfinished:
            from tellings.library.keeping import forgetting

            forgetting.finish(self._opened)
        if not reading and self._opened.is_unsorted:
            from tellings.library.keeping import adding

            # Where nothing can be written now, what is asked of it says so.
            with suppress(StoreError):
                adding.sort_waiting(self._opened, ledger.latest(self._opened.connection), self._clock())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._opened.connection.close()

    # ---- articles in -------------------------------------------------------------------

    def add(
        self,
        *paths: str | Path,
        stdin: bytes | None = None,
        fields: Fields | None = None,
        jobs: int | Engine = 1,
        progress: Progress | None = None,
    ) -> Added:
        """Add articles; what is known is passed over, other characters at a known address are a new revision.
        Arguments as for `tellings.read`.

        Raises:
            NothingReadError: nothing could be read; names each input and the remedy.
        """
        from tellings.library.keeping import adding

        return adding.add(
            self._opened, paths, at=self._clock(), stdin=stdin, fields=fields, jobs=jobs, progress=progress
        )

    def rebuild(self, *, every: bool = False, jobs: int | Engine = 1, progress: Progress | None = None) -> int:
        """Find anew what another version of the program found (`every`: all); returns in how many tellings. What was
        done when it is ended stays done; decisions are not touched."""
        from tellings.edge.store import tellings
        from tellings.library.keeping import adding

        with self._opened.reading() as connection:
            program = "" if every else self._opened.program
            todo = tellings.outdated(connection, program)
            number = ledger.latest(connection)
        adding.find_anew(self._opened, todo, number, self._clock(), jobs=jobs, progress=progress)
        if every:
            with self._opened.writing() as connection:
                search.index_anew(connection)
        return len(todo)

    def forget(self, *called: str) -> Taken:
        """Forget tellings, by id, address or name: nothing of them is left in the file. Raises NotThereError."""
        from tellings.library.keeping import forgetting

        return forgetting.forget(self._opened, *called, at=self._clock())

    def redact(self, words: str, *, jobs: int | Engine = 1) -> Taken:
        """Take words, such as a name, out of all that is kept: nothing of them is left in the file. Raises NoWordError
        where there is no word in `words`."""
        from tellings.library.keeping import forgetting

        return forgetting.redact(self._opened, words, at=self._clock(), jobs=jobs)

    # ---- stories out -------------------------------------------------------------------

    def stories(self, *, most: int | None = None, only_new: bool = False) -> tuple[KeptStory, ...]:
        """The stories, those that changed last first; with `only_new` those with tellings since one last looked."""
        return looking.stories(self._opened, most=most, only_new=only_new)

    def show(self, story: str) -> tuple[KeptStory, tuple[KeptTelling, ...]]:
        """A story, by its id or that of one of its tellings, and its tellings. Raises NotThereError."""
        return looking.show(self._opened, story)

    def record(self, story: str) -> Record:
        """The record of a story, as of a folder with the same articles. Raises NotThereError."""
        from tellings.library.keeping import recording

        return recording.record(self._opened, story)

    def write(self, story: str, folder: str | Path, *, overwrite: bool = False) -> tuple[Path, Path]:
        """Write the record of a story into `folder`, as `tellings.write` does, and remember that it was given out.

        Raises:
            NotThereError: there is no such story.
            NotOursError, OSError: as for `tellings.write`.
        """
        from tellings.library.records import write

        found, members = members_of(self._opened, story)
        whole = self.record(found)
        written = write(whole, folder, overwrite=overwrite)
        if not self._opened.only_reading:
            with self._opened.writing() as connection:
                place = str(Path(folder).resolve())
                ledger.give_out(connection, found, self._clock(), place, whole.digest or "", members)
        return written

    def news(self, story: str, *, most: int = NEWS, mark: bool = False) -> News:
        """What is new in a story since it was last looked at, in up to `most` sentences; with `mark`, it has been
        looked at now. Raises NotThereError."""
        from tellings.library.keeping import news

        found = news.news(self._opened, story, most=most)
        if mark:
            self.mark(found.story.id)
        return found

    def mark(self, *stories: str) -> None:
        """Remember that stories were looked at now. Raises NotThereError."""
        with self._opened.writing() as connection:
            for story in stories:
                ledger.see(connection, members_of(self._opened, story)[0])

    def search(
        self, words: str, *, kind: LineKind | None = None, filters: Filters | None = None, most: int = 20
    ) -> tuple[Hit, ...]:
        """Up to `most` lines in which all of `words` stand: words, "phrases", beginnings*. `kind`: text, quote, fact or
        event. Those of tellings that came last stand first. Raises NoWordError."""
        return looking.find(self._opened, words, kind=kind, filters=filters or Filters(), most=most)

    def save_search(
        self, name: str, words: str, *, kind: LineKind | None = None, filters: Filters | None = None
    ) -> None:
        """Keep a search by a name: `alerts` tells what it finds in tellings that come later. Raises NoWordError."""
        Query.of(words)
        with self._opened.writing() as connection:
            up_to = ledger.newest(connection)
            search.save(connection, name, words, kind, filters or Filters(), at=self._clock(), up_to=up_to)

    def follow(self, story: str, *, name: str | None = None) -> str:
        """Follow a story from now on: `alerts` tells which values come to stand beside earlier ones, who is named for
        the first time, and which words an article takes back. Returns the name that it goes by, by default the id of
        the story. Raises NotThereError."""
        with self._opened.writing() as connection:
            found, _ = members_of(self._opened, story)
            kept, up_to = name or found, ledger.newest(connection)
            filters = Filters(story=found)
            search.save(connection, kept, "", search.STORY, filters, at=self._clock(), up_to=up_to)
        return kept

    def searches(self) -> tuple[Saved, ...]:
        """The searches that are kept, and the stories that are followed."""
        with self._opened.reading() as connection:
            return search.saved(connection)

    def drop_search(self, name: str) -> None:
        """Keep a search, or follow a story, no longer. Raises NotThereError where there is none of that name."""
        with self._opened.writing() as connection:
            if not search.drop(connection, name):
                raise NotThereError(f"there is no search {name!r}; tellings alerts shows which there are")

    def alerts(self, *, mark: bool = False) -> tuple[Alert, ...]:
        """What each saved search finds in tellings that came since it was last told, and what is other by them in each
        story that is followed; with `mark`, it is told now."""
        with self._opened.reading() as connection:
            up_to = ledger.newest(connection)
        found = looking.alerts(self._opened)
        if mark:
            with self._opened.writing() as connection:
                for each in found:
                    search.told_up_to(connection, each.name, up_to)
        return found

    def changes(self, called: str) -> tuple[Changes, ...]:
        """What changed in substance from each text of a telling to the next, by its id, address or name. Raises
        NotThereError."""
        from tellings.library.keeping import changing

        return changing.changes(self._opened, called)

    # ---- decisions ---------------------------------------------------------------------

    def decide(self, kind: DecisionKind, *of: str, value: str | None = None) -> Decision:
        """Decide something: "one story" or "other story" of two tellings; "one thing" or "other thing" of two values;
        "one person" or "other person" of two names; "residue" or "no residue" of a paragraph; the "speaker" of a
        quotation; the "date" of a telling; the "title" of a story; a "note" or "label" of a story or a telling. Values,
        names, paragraphs and quotations are given as "NAME@PLACE": an article, and a code point of its text.

        Raises:
            NotThereError: what it is of is not there.
            UndecidableError: it is of another number of things, or its value is none.
            UnfitReferenceError: no value stands at a place that was given.
        """
        from tellings.library.keeping import deciding

        return deciding.decide(self._opened, kind, *of, value=value, who=self._who, at=self._clock())

    def undo(self, number: int) -> Decision:
        """Take a decision back. Raises NotThereError where none of that number holds."""
        from tellings.library.keeping import deciding

        return deciding.undo(self._opened, number, who=self._who, at=self._clock())

    def decisions(self, *, undone: bool = False) -> tuple[Decision, ...]:
        """What is decided; with `undone` also what was taken back."""
        with self._opened.reading() as connection:
            return kept_decisions.decisions(connection, undone=undone)

    def take_decisions(self, other: str | Path) -> tuple[Decision, ...]:
        """Take over what is decided in another library, or in a file of decisions as the page of a record saves it, of
        tellings and stories that are here, too; what is decided here of the same things stands. Returns what was taken
        over.

        Raises:
            NoLibraryError: there is no such file.
            DecisionsError: it is neither.
        """
        from tellings.library.keeping import deciding

        path = Path(other)
        if path.is_file() and not is_library(path):
            return deciding.take_from_file(self._opened, path, who=self._who, at=self._clock())
        given = Opened(path, connect(path, reading=True), only_reading=True)
        try:
            return deciding.take_over(self._opened, given, at=self._clock())
        finally:
            given.connection.close()

    def orphaned(self) -> tuple[Decision, ...]:
        """Decisions of something that is no longer there."""
        from tellings.library.keeping import orphans

        return orphans.orphaned(self._opened)

    # ---- the library itself ------------------------------------------------------------

    def history(self) -> tuple[Addition, ...]:
        """What was added when."""
        with self._opened.reading() as connection:
            return ledger.additions(connection)

    def verify(self) -> tuple[str, ...]:
        """What does not hold of all that is kept; nothing where all holds."""
        from tellings.library.keeping import verifying

        return tuple(verifying.faults(self._opened))

    def unsorted(self) -> int:
        """How many tellings are in no story yet: they are added now, or what added them was ended."""
        with self._opened.reading() as connection:
            return int(connection.execute(f"SELECT count(*) FROM tellings {_UNSORTED}").fetchone()[0])

    def stats(self) -> dict[str, int]:
        """How much of what there is, and the size of the file in bytes."""
        with self._opened.reading() as connection:
            counted = {
                name: int(connection.execute(f"SELECT count(*) FROM {table} {where}").fetchone()[0])
                for name, (table, where) in _COUNTED.items()
            }
            pages, size = (connection.execute(f"PRAGMA {each}").fetchone()[0] for each in ("page_count", "page_size"))
        return {**counted, "bytes": int(pages) * int(size)}


_UNSORTED = "WHERE story IS NULL"
_COUNTED = {
    "stories": ("stories", "WHERE tellings > 0"),
    "tellings": ("tellings", ""),
    "unsorted": ("tellings", _UNSORTED),
    "revisions": ("revisions", ""),
    "quotes": ("quotes_found", ""),
    "facts": ("facts_found", ""),
    "events": ("events_found", ""),
    "decisions": ("decisions", "WHERE undone_at IS NULL"),
    "additions": ("additions", ""),
}


def default_path() -> Path:
    """The library of whoever uses this machine: in the folder for data of programs (XDG Base Directory; Windows'
    APPDATA; macOS' Application Support)."""
    home = Path.home()
    if sys.platform == "win32":
        folder = Path(os.environ.get("APPDATA") or home / "AppData" / "Roaming")
    elif sys.platform == "darwin":
        folder = home / "Library" / "Application Support"
    else:
        folder = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return folder / "tellings" / "library.db"
