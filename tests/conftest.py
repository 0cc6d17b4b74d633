"""What tests of the whole share: the example story, its record made once, and the command line called in process."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from project import ROOT, Called

import tellings
from tellings.cli import main

# A machine under load must not fail a law, and the same tree passes or fails each time: the examples of a law are the
# same ones in every run. `pytest --hypothesis-profile explore` tries others.
settings.register_profile("explore", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.register_profile("same", settings.get_profile("explore"), derandomize=True, database=None)
settings.load_profile("same")


@pytest.fixture(scope="session", autouse=True)
def random_numbers_of_hypothesis() -> None:
    """Loaded late, deep in a test, this part of Hypothesis cannot always be read (CPython 3.11: "AST constructor
    recursion depth mismatch")."""
    st.randoms(use_true_random=False).validate()


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
