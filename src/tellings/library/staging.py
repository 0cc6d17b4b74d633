"""What is found within tellings, kept in a folder from one run to the next."""

from __future__ import annotations

import hashlib
from importlib import resources
from pathlib import Path

from tellings.edge.engine import Stages, engine
from tellings.model.engine import Engine


def stages(folder: str | Path, jobs: int | Engine = 1) -> Engine:
    """An engine that keeps what is found within each telling in `folder` and takes from there what was kept.

    A run that was ended goes on where it stopped, and a pile that has grown costs what is new of it; what comes out is
    the same. `jobs` are worker processes, or the engine that finds what is not there yet.

    The engine's `map` raises StageFileError where the files in `folder` are of another version of this program.
    """
    from tellings import __version__

    version = f"{__version__} ({_digest_of_program()[:12]})"
    return Stages(Path(folder), engine(jobs) if isinstance(jobs, int) else jobs, version)


def _digest_of_program() -> str:
    """SHA-256 (hexadecimal) of all files of the program: a changed rule makes what was found before void."""
    found = hashlib.sha256()
    root = Path(str(resources.files("tellings")))
    for file in sorted(path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
        data = file.read_bytes()
        found.update(f"{file.relative_to(root).as_posix()} {len(data)}\n".encode() + data)
    return found.hexdigest()
