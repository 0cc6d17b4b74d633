"""One run for a folder: a lock that the system lets go of when the process that has it ends, in whatever way."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

_NAME = ".tellings.lock"
#: How often a run that waits looks whether the other has ended (seconds).
_LOOKS = 0.1
#: How often a folder is made anew that another run takes away when it ends, before that is called a fault.
_MOST_TRIES = 100
#: What a file system answers that has no locks: then nothing keeps two runs apart.
_NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP})


class LockedError(RuntimeError):
    """Another run has the folder; the message says which process, where that is known."""


class Lock:
    """The lock of `folder`, which is made when missing, and taken away again where nothing was put into it; held within
    the context.

    Args:
        folder: What one run has at a time.
        patience: How long another run is waited for (seconds).
        waiting: Called once, where one is waited for.

    Raises:
        LockedError: another run has it, and still had when patience ended.
        OSError: it cannot be made.
    """

    def __init__(self, folder: Path, patience: float = 0.0, waiting: Callable[[], None] | None = None) -> None:
        self._path = folder / _NAME
        self._patience = patience
        self._waiting = waiting
        self._handle = -1
        self._is_new = False

    def __enter__(self) -> Lock:
        until = time.monotonic() + self._patience
        told = False
        tries = 0
        while True:
            try:
                if self._taken():
                    return self
            except (FileNotFoundError, FileExistsError):  # the folder was taken away, while it was asked for too
                tries += 1
                if tries > _MOST_TRIES:
                    raise
            except LockedError:
                if time.monotonic() >= until:
                    raise
                if self._waiting is not None and not told:
                    self._waiting()
                told = True
                time.sleep(_LOOKS)

    def _taken(self) -> bool:
        """Whether the lock is held now; not where the run that had it took its file away meanwhile.

        Raises:
            LockedError: another run has it.
            OSError: it cannot be made.
        """
        self._is_new = self._is_new or not self._path.parent.exists()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _take(handle)
        except (BlockingIOError, PermissionError):
            holder = os.read(handle, 20).decode("ascii", "replace").strip()
            os.close(handle)
            who = f" (process {holder})" if holder.isdigit() else ""
            raise LockedError(f"another run is at work in {self._path.parent}{who}") from None
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                os.close(handle)
                raise
        if not _is_at(handle, self._path):
            os.close(handle)
            return False
        os.ftruncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        self._handle = handle
        return True

    def __exit__(self, _kind: type[BaseException] | None, _value: object, _trace: TracebackType | None) -> None:
        # Taken away while it is held: whoever waits for this file sees that it is there no more. Windows keeps it.
        with suppress(OSError):
            self._path.unlink()
        os.close(self._handle)
        if self._is_new:
            with suppress(OSError):  # something is in it
                self._path.parent.rmdir()


def _is_at(handle: int, path: Path) -> bool:
    """Whether an open file is the one that stands at `path`."""
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


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
