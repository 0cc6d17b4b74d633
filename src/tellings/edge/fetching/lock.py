"""One run for a folder: a lock that the system lets go of when the process that has it ends, in whatever way."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import TracebackType

_NAME = ".tellings-watch.lock"


class LockedError(RuntimeError):
    """Another run has the folder; the message says which process, where that is known."""


class Lock:
    """The lock of `folder`, which is made when missing; held within the context.

    Raises:
        LockedError: another run has it.
        OSError: it cannot be made.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / _NAME

    def __enter__(self) -> Lock:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _take(self._handle)
        except (BlockingIOError, PermissionError):
            holder = os.read(self._handle, 20).decode("ascii", "replace").strip()
            os.close(self._handle)
            who = f" (process {holder})" if holder.isdigit() else ""
            raise LockedError(f"another run is at work in {self._path.parent}{who}") from None
        os.ftruncate(self._handle, 0)
        os.write(self._handle, str(os.getpid()).encode())
        return self

    def __exit__(self, _kind: type[BaseException] | None, _value: object, _trace: TracebackType | None) -> None:
        # The file stays: were it taken away, two runs could each hold one of that name.
        os.close(self._handle)


if sys.platform == "win32":
    import msvcrt

    #: Where in the file Windows locks: behind what is written, which others may then read.
    _BEHIND = 1_000

    def _take(handle: int) -> None:
        os.lseek(handle, _BEHIND, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        finally:
            os.lseek(handle, 0, os.SEEK_SET)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
