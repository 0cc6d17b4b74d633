"""Stage files: the results of a stage in a folder, so that work that was ended goes on where it stopped.

One file a stage, JSON Lines. The first line says of what stage and version it is; each other line is one result with
the key of its item. Results are typed: what was written is read as what it was, or not at all. A line that was being
written when the process ended is left out and made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from tellings.model.engine import Ended, Engine, Item, Result


class _Head(msgspec.Struct, frozen=True):
    stage: str
    version: str


class StageFileError(ValueError):
    """A stage file is of another stage or version; names the file and the remedy."""


class Stages:
    """Stages whose results are kept in `folder` (made when missing), for one `version` of what makes them."""

    def __init__(self, folder: Path, engine: Engine, version: str) -> None:
        self._folder = folder
        self._engine = engine
        self._version = version

    def map(
        self,
        stage: str,
        function: Callable[[Item], Result],
        items: Sequence[Item],
        *,
        key: Callable[[Item], str],
        of: type[Result],
    ) -> Iterator[Result | Ended]:
        """`function` of each item, in their order: from the file of `stage` where it is there, else made and written.

        `key` tells items apart (a digest of all that `function` depends on); `of` is the type of a result. What
        JSON cannot hold (half a surrogate pair) is given and not kept.

        Raises:
            StageFileError: the file is of another stage or version.
            OSError: it cannot be read or written.
        """
        path = self._folder / f"{stage}.jsonl"
        kept = self._read(path, stage)
        missing = [item for item in items if key(item) not in kept]
        made = self._engine.map(function, missing)
        self._folder.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            if not file.tell():
                file.write(msgspec.json.encode(_Head(stage, self._version)) + b"\n")
            for place, item in enumerate(items):
                if (found := kept.get(key(item))) is not None:
                    yield msgspec.json.decode(found, type=of)
                    continue
                result = next(made)
                if isinstance(result, Ended):
                    yield Ended(place)
                    continue
                if (line := _line(key(item), result)) is not None:
                    file.write(line)
                    file.flush()
                yield result

    def _read(self, path: Path, stage: str) -> dict[str, msgspec.Raw]:
        """The results that a file holds, whole lines only; what is after the last whole line is cut off."""
        if not path.is_file():
            return {}
        data = path.read_bytes()
        whole = data.rfind(b"\n") + 1
        if whole < len(data):
            with path.open("r+b") as file:
                file.truncate(whole)
        lines = data[:whole].splitlines()
        if not lines:
            return {}
        try:
            head = msgspec.json.decode(lines[0], type=_Head)
            found = msgspec.json.Decoder(tuple[str, msgspec.Raw])
            kept = dict(map(found.decode, lines[1:]))
        except msgspec.MsgspecError as error:
            raise StageFileError(f"{path} is no stage file ({error}); take it out of the folder") from error
        if head != _Head(stage, self._version):
            raise StageFileError(
                f"{path} is of {head.stage!r}, version {head.version}, not of {stage!r}, version {self._version}; "
                "give another folder, or take the file out"
            )
        return kept


def _line(key: str, result: Any) -> bytes | None:
    try:
        return msgspec.json.encode((key, result)) + b"\n"
    except UnicodeEncodeError:
        return None
