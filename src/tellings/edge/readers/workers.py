"""Processes of their own, and bounded, for libraries in other languages that are given files from anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def worker(module: str, data: bytes) -> Iterator[subprocess.Popen[bytes]]:
    """A process that runs `module` and has been given `data`, all of which it reads before it writes; its answers stand
    in `stdout`. It is ended with the context."""
    root = str(Path(__file__).parents[3])
    found = os.environ.get("PYTHONPATH")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([root, found] if found else [root])}
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    command = [sys.executable, "-P", "-m", module]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nothing, env=environment) as process:
        try:
            if process.stdin is not None:
                with suppress(BrokenPipeError), process.stdin as stream:
                    stream.write(data)
            yield process
        finally:
            process.kill()


def bound(memory: int, seconds: int) -> None:
    """Let this process take no more than `memory` (bytes) and `seconds` of processor time, where the system has such
    limits."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds)):
        _, hard = resource.getrlimit(kind)
        try:
            resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
        except (ValueError, OSError):  # the system has no such limit
            continue
