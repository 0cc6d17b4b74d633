"""Stage files: the results of a stage in a folder, so that work that was ended goes on where it stopped.

One file a stage, JSON Lines. The first line says of what stage and version it is; each other line is one result with
the key of its item: the digest of all that the item holds. Results are typed: what was written is read as what it was,
or not at all. A line that was being written when the process ended is left out and made again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from tellings.model.engine import Ended, Engine, Item, Kept, Result, Stage


class _Head(msgspec.Struct, frozen=True):
    stage: str
    version: str


class StageFileError(ValueError):
    """A stage file is of another stage or version; names the file and the remedy."""


class Stages:
    """An engine whose results are kept in `folder` (made when missing), for one `version` of what makes them; what is
    not there yet another `engine` makes. Functions without a stage are handed on."""

    def __init__(self, folder: Path, engine: Engine, version: str) -> None:
        self._folder = folder
        self._engine = engine
        self._version = version

    def map(self, function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result | Ended]:
        """`function` of each item, in their order: from the file of its stage where it is there, else made and written.

        What JSON cannot hold (half a surrogate pair) is made each time.

        Raises:
            StageFileError: the file is of another stage or version.
            OSError: it cannot be read or written.
        """
        stage = function.stage if isinstance(function, Kept) else None
        if stage is None:
            return self._engine.map(function, items)
        return self._kept(stage, function, list(items))

    def _kept(
        self, stage: Stage, function: Callable[[Item], Result], items: Sequence[Item]
    ) -> Iterator[Result | Ended]:
        path = self._folder / f"{stage.name}.jsonl"
        kept = self._read(path, stage.name)
        keys = [_key(item) for item in items]
        made = self._engine.map(function, [item for key, item in zip(keys, items, strict=True) if key not in kept])
        self._folder.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            if not file.tell():
                file.write(msgspec.json.encode(_Head(stage.name, self._version)) + b"\n")
            for place, key in enumerate(keys):
                if (found := kept.get(key)) is not None:
                    yield self._decoded(found, stage, path)
                    continue
                result = next(made)
                if isinstance(result, Ended):
                    yield Ended(place)
                    continue
                if key and stage.holds(result) and (line := _line(key, result)) is not None:
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
            raise _spoilt(path, error) from error
        if head != _Head(stage, self._version):
            raise StageFileError(
                f"{path} is of {head.stage!r}, version {head.version}, not of {stage!r}, version {self._version}; "
                "give another folder, or take the file out"
            )
        return kept

    def _decoded(self, found: msgspec.Raw, stage: Stage, path: Path) -> Any:
        try:
            return msgspec.json.decode(found, type=stage.of)
        except msgspec.MsgspecError as error:
            raise _spoilt(path, error) from error


def _spoilt(path: Path, error: Exception) -> StageFileError:
    return StageFileError(f"{path} is no stage file ({error}); take it out of the folder")


def _key(item: Any) -> str:
    """The digest of all that `item` holds; empty where JSON cannot hold it."""
    try:
        return hashlib.sha256(msgspec.json.encode(item)).hexdigest()
    except UnicodeEncodeError:
        return ""


def _line(key: str, result: Any) -> bytes | None:
    try:
        return msgspec.json.encode((key, result)) + b"\n"
    except UnicodeEncodeError:
        return None
