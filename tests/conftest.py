"""What tests of the whole share: the example story, its record made once, and the command line called in process."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from project import ROOT, Called

import tellings
from tellings.cli import main

# A machine under load must not fail a law; in CI the same examples are tried each time.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(scope="session")
def articles() -> Path:
    """The folder of the example story."""
    return ROOT / "examples" / "ferry-fire" / "articles"


@pytest.fixture(scope="session")
def example(articles: Path) -> tellings.Record:
    """The record of the example story, with texts."""
    return tellings.read(articles)


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., Called]:
    """`tellings` with these words, in this process: its exit code and what it said. Nothing may leave `main`."""

    def call_(*words: object, stdin: bytes = b"") -> Called:
        monkeypatch.setattr(sys, "argv", ["tellings", *map(str, words)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capfdbinary.readouterr()
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
        sys.stdout.flush()
        said = capfdbinary.readouterr()
        return Called(code, said.out, said.err.decode())

    return call_
