"""Interrupts (Ctrl-C) where no command is at work that would have to put away what it has begun."""

from __future__ import annotations

import os
import signal

# This is what is loaded first of all: nothing here waits for `typing`.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import NoReturn

#: What an interrupted command says.
MESSAGE = "interrupted; nothing half-written is left."
#: The exit code of an interrupted command: 128 and the number of the signal, as shells have it.
CODE = 130


def leave_when_interrupted() -> None:
    """From now on an interrupt ends the process at once; where interrupts are ignored, they stay so."""
    if signal.getsignal(signal.SIGINT) == signal.default_int_handler:
        signal.signal(signal.SIGINT, _leave)


def raise_when_interrupted() -> None:
    """Undo that: an interrupt is a KeyboardInterrupt again."""
    if signal.getsignal(signal.SIGINT) == _leave:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _leave(_signal: int, _frame: FrameType | None) -> NoReturn:
    try:
        os.write(2, f"tellings: {MESSAGE}\n".encode())
    finally:
        os._exit(CODE)
