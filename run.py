#!/usr/bin/env python3
"""One command for everything one does with this project. Needs Python 3.11 or newer and pip, nothing else.

    python3 run.py example    set up, read the example story, say where its record is and open it
    python3 run.py test       set up, then every check: lint, types, import contract, accuracy floors, tests
    python3 run.py setup      set up only: .venv, from requirements.lock
    python3 run.py bench      articles per second and peak memory, stage by stage
    python3 run.py golden     rewrite the golden records (see CONTRIBUTING.md)
    python3 run.py schema     rewrite the JSON Schemas in docs/ from the data model
    python3 run.py picture    take the pictures that the README and docs/ show (needs Chromium)
    python3 run.py figures    measure, and write the figures into README.md and docs/figures.md
    python3 run.py lock       rewrite requirements.lock from pyproject.toml (fetches uv)

What follows the command is handed on: `python3 run.py test -k quotes` runs the tests about quotes.
The set-up is done once and again only when requirements.lock or pyproject.toml changes.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "tellings-set-up"
OLDEST = (3, 11)
#: Parts of pyproject.toml that the lock holds.
EXTRAS = ("dev", "documents", "parquet", "web-archives")
#: Names Chromium goes by, in the order tried.
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
#: How pytest is told to use all cores (pytest-xdist): who is done takes over from the others.
ALL_CORES = ["-n", "auto", "--dist", "worksteal"]
#: What `test` runs before the tests themselves: (name, words of the command).
CHECKS = (
    ("ruff check", ("-m", "ruff", "check", ".")),
    ("ruff format", ("-m", "ruff", "format", "--check", ".")),
    ("mypy", ("-m", "mypy")),
    # lint-imports has no module to run with -m.
    ("import contract", ("-c", "from importlinter.cli import lint_imports_command as c; c()")),
)


def main(arguments: list[str]) -> int:
    """Do what `arguments` ask; the exit code."""
    commands = {
        "example": example,
        "test": test,
        "setup": lambda rest: set_up() and 0,
        "bench": lambda rest: run_python("bench/read.py", *rest),
        "golden": lambda rest: run_python("tests/golden/make.py", *rest),
        "schema": lambda rest: run_python("docs/make_schema.py", *rest),
        "figures": lambda rest: run_python("docs/make_figures.py", *rest),
        "picture": lambda rest: run_python("docs/make_picture.py", *rest, browser=chromium(install=True)),
        "lock": lock,
    }
    if not arguments or arguments[0] in ("-h", "--help") or arguments[0] not in commands:
        print(__doc__.strip())
        return 0 if arguments and arguments[0] in ("-h", "--help") else 2
    if sys.version_info < OLDEST:
        return with_newer_python(arguments)
    os.chdir(ROOT)
    try:
        if arguments[0] != "lock":
            set_up()
        return commands[arguments[0]](arguments[1:])
    except subprocess.CalledProcessError as error:
        print(f"run.py: {' '.join(map(str, error.cmd))} ended with exit code {error.returncode}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("run.py: interrupted", file=sys.stderr)
        return 130


def with_newer_python(arguments: list[str]) -> int:
    """Start again with a Python that is new enough, when there is one."""
    for minor in range(19, OLDEST[1] - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        if newer:
            return subprocess.call([newer, str(Path(__file__).resolve()), *arguments])
    have = ".".join(map(str, sys.version_info[:3]))
    print(
        f"run.py: this is Python {have}; tellings needs 3.11 or newer. On Debian: apt install python3", file=sys.stderr
    )
    return 2


# ---- set-up


def set_up() -> Path:
    """Make .venv from requirements.lock when it is not there or not of this lock; its Python."""
    wanted = digest(LOCK, ROOT / "pyproject.toml")
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == wanted and venv_python().exists():
        return venv_python()
    began = time.monotonic()
    say("setting up .venv (once; a minute or so)")
    STAMP.unlink(missing_ok=True)
    pip = make_environment()
    # Every package comes in the version and with the digest of the lock; then this project, from its source.
    subprocess.run([*pip, "install", "--quiet", "--require-hashes", "--requirement", str(LOCK)], check=True)
    itself = ("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    subprocess.run([*pip, "install", "--quiet", *itself], check=True)
    STAMP.write_text(wanted, encoding="utf-8")
    say(f"set up in {time.monotonic() - began:.0f} s")
    return venv_python()


def make_environment() -> list[str]:
    """A new .venv; the words that call a pip which installs into it."""
    shutil.rmtree(VENV, ignore_errors=True)
    if not module("venv"):
        apt_install("python3-venv", why="the module venv is missing")
    if module("ensurepip"):
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
        return [str(venv_python()), "-m", "pip", "--disable-pip-version-check"]
    # Debian and Ubuntu leave ensurepip out. The pip that is there can fill an environment that has none.
    if not module("pip"):
        apt_install("python3-venv", why="neither pip nor ensurepip is there")
        return make_environment()
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(VENV)], check=True)
    return [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(venv_python())]


def module(name: str) -> bool:
    """Whether a new Python process finds this module."""
    importlib.invalidate_caches()
    return importlib.util.find_spec(name) is not None


def venv_python() -> Path:
    """The Python of .venv."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def digest(*files: Path) -> str:
    """What the set-up depends on: these files, where the project lies, and the Python."""
    total = hashlib.sha256(f"{ROOT}\n{sys.version}\n".encode())
    for file in files:
        total.update(file.read_bytes())
    return total.hexdigest()


def apt_install(package: str, *, why: str) -> None:
    """Install a Debian package when we may; leave with the command to type when we may not."""
    prefix = apt()
    if prefix is None:
        sys.exit(f"run.py: {why}. Install it (Debian, Ubuntu: sudo apt-get install {package}) and try again.")
    say(f"{why}: installing {package}")
    subprocess.run([*prefix, "update", "--quiet"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(
        [*prefix, "install", "--yes", "--quiet", "--no-install-recommends", package],
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    )


def apt() -> list[str] | None:
    """The words that call apt-get with the right to install; `None` where we may not."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return ["apt-get"]
    # On a CI machine sudo asks for no password; a person is never asked for theirs here.
    return ["sudo", "--non-interactive", "apt-get"] if os.environ.get("CI") and shutil.which("sudo") else None


def run_python(*words: str, browser: str | None = None) -> int:
    """Run the environment's Python; its exit code."""
    environment = {**os.environ, "PYTHONUTF8": "1", **({"CHROMIUM": browser} if browser else {})}
    return subprocess.call([str(venv_python()), *words], env=environment)


# ---- the commands


def example(rest: list[str]) -> int:
    """Read the example story into record/, say where the record is, and open it where there is a screen."""
    code = run_python("-m", "tellings", "read", "examples/ferry-fire/articles", "-o", "record", *rest)
    page = ROOT / "record" / "record.html"
    if code in (0, 3) and page.is_file():
        print(f"\nThe record of the example story: {page}")
        python = venv_python().relative_to(ROOT)
        print(f"Check every line of it against its source:  {python} -m tellings verify record/record.json")
        if has_screen():
            import webbrowser

            webbrowser.open(page.as_uri())
    return code


def has_screen() -> bool:
    """Whether a person sits before a screen that can show a page."""
    if os.environ.get("CI") or not sys.stdout.isatty():
        return False
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def test(rest: list[str]) -> int:
    """Every check, all of them even when one fails; the tests come last, so that their summary ends the output."""
    failed = []
    checks = list(CHECKS)
    if (ROOT / "eval" / "example.py").is_file():
        checks.append(("accuracy floors", ("eval/example.py", "--check")))
    for name, words in checks:
        say(name)
        if run_python(*words) != 0:
            failed.append(name)
    browser = chromium(install=True)
    if browser is None:
        say("no Chromium and no right to install it: the browser tests are SKIPPED (Debian: apt install chromium)")
    if failed:
        say(f"FAILED: {', '.join(failed)} (see above); the tests run all the same")
    say("tests")
    # All of them on all cores; what was asked for, as it was asked for.
    if run_python("-m", "pytest", "-rs", *(rest or ALL_CORES), browser=browser) != 0:
        failed.append("tests")
    if failed:
        print(f"run.py: FAILED: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def chromium(*, install: bool) -> str | None:
    """The path of Chromium: one that is there, else one from apt where we may install; `None` without."""
    named = os.environ.get("CHROMIUM")
    found = named or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None and install and apt() is not None:
        try:
            apt_install("chromium", why="no Chromium for the browser tests")
        except subprocess.CalledProcessError:
            return None
        return chromium(install=False)
    return found


def lock(rest: list[str]) -> int:
    """Rewrite requirements.lock; uv is fetched into a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--target", folder, "uv"], check=True)
        uv = next(path for path in Path(folder).glob("bin/uv*") if path.stem == "uv")
        extras = (word for extra in EXTRAS for word in ("--extra", extra))
        options = ("--universal", "--generate-hashes", *extras)
        # No header, no notes, no index address: the lock says what, never from where.
        quiet = ("--no-header", "--no-annotate", "--no-emit-index-url", "--no-config", "--quiet")
        return subprocess.call([str(uv), "pip", "compile", "pyproject.toml", *options, *quiet, "-o", str(LOCK), *rest])


def say(what: str) -> None:
    """A line of our own among the output of others."""
    print(f"── {what}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
