"""The documentation says what is there: commands, options, fields, schema, links, commands of the README."""

from __future__ import annotations

import ast
import doctest
import importlib
import json
import pkgutil
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from project import ROOT

import tellings
from tellings import cli
from tellings.cli import exits
from tellings.edge.exports import EXPORTS
from tellings.edge.readers.kinds import SUFFIXES
from tellings.edge.writers import check
from tellings.edge.writers.check import words
from tellings.edge.writers.json import schema
from tellings.model.verdicts import VERDICTS

DOCS = ROOT / "docs"
PAGES = [*ROOT.glob("*.md"), *DOCS.glob("*.md"), *ROOT.glob("examples/*.md")]
COMMANDS = sorted(cli.cli.commands)


def section(page: str, heading: str) -> str:
    """What stands under a heading of the second level."""
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", page, re.DOTALL | re.MULTILINE)
    assert found, f"no section {heading!r}"
    return found.group(1)


# ---- the command line


@pytest.mark.parametrize("name", COMMANDS)
def test_commands_and_options_are_documented(name: str) -> None:
    page = (DOCS / "command-line.md").read_text(encoding="utf-8")
    mine = section(page, f"`tellings {name}`")
    (usage,) = re.findall(rf"^tellings {name} .*", page, re.MULTILINE)
    for parameter in cli.cli.commands[name].params:
        if isinstance(parameter, click.Option):
            for option in parameter.opts:
                assert f"`{option}" in mine, f"{option} is not described"
            assert any(option in usage for option in parameter.opts), f"{parameter.opts} is not in the usage"
            if isinstance(parameter.type, click.Choice):
                for choice in parameter.type.choices:
                    assert f"{parameter.opts[0]} {choice}`" in mine, f"{choice} is not described"
    given = {option for parameter in cli.cli.commands[name].params for option in parameter.opts}
    assert set(re.findall(r"(?<![\w-])(--?[a-z][\w-]*)", mine)) <= given | {"-"}, "an option that does not exist"


def test_every_command_and_file_type_is_documented() -> None:
    page = (DOCS / "command-line.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^## `tellings (\w+)`", page, re.MULTILINE)) == COMMANDS
    for described in (page, _page("formats")):
        assert {f"`{suffix}`" for suffix in SUFFIXES} <= set(re.findall(r"`\.\w+`", described))


def test_exit_codes_are_documented() -> None:
    codes = {
        int(code) for code in re.findall(r"^\| (\d+) \|", section(_page("command-line"), "Exit codes"), re.MULTILINE)
    }
    assert codes == {value for name, value in vars(exits).items() if name.isupper() and not name.startswith("_")}


def test_every_export_is_documented() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (`.*`) \|$", section(_page("command-line"), "`tellings export`"), re.MULTILINE)
    said = {(view, form) for view, forms in rows for form in re.findall(r"`(\w+)`", forms)}
    assert said == {(each.view, each.form) for each in EXPORTS}


def _page(name: str) -> str:
    return (DOCS / f"{name}.md").read_text(encoding="utf-8")


# ---- the record


@pytest.mark.parametrize(("name", "made"), [("record", schema), ("check", check.schema)])
def test_the_schema_file_is_up_to_date(name: str, made: Callable[[], dict[str, Any]]) -> None:
    saved = json.loads((DOCS / f"{name}.schema.json").read_text(encoding="utf-8"))
    assert saved == json.loads(json.dumps(made())), "rewrite it: python3 run.py schema"


#: What both schemas define, by name: where both do, it is the same.
DEFINED = {**schema()["$defs"], **check.schema()["$defs"]}


def test_what_record_and_report_share_is_the_same() -> None:
    assert {**check.schema()["$defs"], **schema()["$defs"]} == DEFINED


@pytest.mark.parametrize(("name", "definition"), DEFINED.items(), ids=list(DEFINED))
def test_every_field_is_documented(name: str, definition: dict[str, Any]) -> None:
    mine = section(_page("data-format"), name)
    assert re.findall(r"^\| `(\w+)` \|", mine, re.MULTILINE) == list(definition["properties"])
    for field, value in definition["properties"].items():
        for choice in value.get("enum", ()):
            assert f"`{choice}`" in mine, f"{field} can be {choice!r}, which is not documented"


def test_nothing_is_documented_that_is_not_there() -> None:
    assert set(re.findall(r"^## (\w+)$", _page("data-format"), re.MULTILINE)) == set(DEFINED)


def test_relations_are_explained() -> None:
    relations = schema()["$defs"]["FactEntry"]["properties"]["relation"]["enum"]
    assert set(relations) <= set(re.findall(r"^\| ([a-z ]+) \|", _page("terms"), re.MULTILINE))


# ---- checking


def test_every_verdict_is_explained() -> None:
    rows = re.findall(r"^\| `([\w-]+)` \| (.+?) \| (\w+).*? \| (.+) \|$", _page("check"), re.MULTILINE)
    said = {slug: (in_words, grave, meaning) for slug, in_words, grave, meaning in rows}
    assert said == {
        words.slug(each): (words.VERDICT_WORDS[each], words.SEVERITY[each], words.MEANING[each]) for each in VERDICTS
    }
    assert [slug for slug, *_ in rows] == [words.slug(each) for each in VERDICTS]


def test_what_the_page_on_checking_shows_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    command, shown = re.findall(r"```\n(tellings check examples/.*)\n```\n\n```\n(.*?)```", _page("check"), re.DOTALL)[
        0
    ]
    monkeypatch.chdir(ROOT)
    done = CliRunner().invoke(cli.cli, [*command.split()[1:], "--jobs", "1"])
    assert done.exit_code == 0
    printed = done.stdout.splitlines()
    lines = [line for line in shown.splitlines() if line]
    assert len(lines) > 5
    assert [line for line in lines if line not in printed] == []


def test_the_inputs_of_the_action_are_documented() -> None:
    action = (ROOT / "action.yml").read_text(encoding="utf-8")
    inputs = re.search(r"^inputs:\n(.*?)^runs:", action, re.DOTALL | re.MULTILINE)
    assert inputs
    names = re.findall(r"^  ([\w-]+):$", inputs[1], re.MULTILINE)
    assert re.findall(r"^\| `([\w-]+)` \| [^|]+ \|$", section(_page("check"), "In a pipeline"), re.MULTILINE) == names
    used = re.findall(r"\$\{\{ inputs\.([\w-]+) \}\}", action)
    assert sorted(used) == sorted(names)
    # What is given is handed on as variables: in a script it could be run.
    assert "${{" not in "".join(re.findall(r"^      run: \|\n((?:        .*\n)+)", action, re.MULTILINE))


def test_the_hook_is_that_of_the_page() -> None:
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    (name,) = re.findall(r"^- id: ([\w-]+)$", hooks, re.MULTILINE)
    assert f"- id: {name}" in _page("check")
    assert "  entry: tellings check\n" in hooks


# ---- Python


def test_public_names_are_documented() -> None:
    assert set(re.findall(r"^\| `(\w+)", _page("python"), re.MULTILINE)) == set(tellings.__all__)


@pytest.mark.parametrize(("page", "makes"), [("python", "record/record.html"), ("check", "report.html")])
def test_the_python_example_runs(page: str, makes: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", _page(page), re.DOTALL)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    exec(compile(ast.parse(code), f"docs/{page}.md", "exec"), {})
    assert (tmp_path / makes).is_file()


@pytest.mark.parametrize("name", ["times", "quotes"])
def test_the_examples_of_a_page_run(name: str) -> None:
    outcome = doctest.testfile(str(DOCS / f"{name}.md"), module_relative=False)
    assert outcome.attempted >= 3
    assert outcome.failed == 0


# ---- README and run.py


def test_commands_of_the_readme_are_those_of_run() -> None:
    said = subprocess.run(
        [sys.executable, "run.py", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    there = set(re.findall(r"^    python3 run\.py (\w+)", said, re.MULTILINE))
    assert {"example", "test"} <= there
    used = {
        (page.name, command)
        for page in PAGES
        for command in re.findall(r"python3 run\.py (\w+)", page.read_text(encoding="utf-8"))
    }
    assert {command for _, command in used} <= there
    assert {command for name, command in used if name == "README.md"} >= {"example", "test"}
    source = (ROOT / "run.py").read_text(encoding="utf-8")
    assert {f'"{command}":' in source for command in there} == {True}


def test_run_refuses_what_it_does_not_know() -> None:
    for given in ((), ("tets",)):
        done = subprocess.run([sys.executable, "run.py", *given], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 2 and "python3 run.py example" in done.stdout


def test_commands_of_the_readme_exist() -> None:
    for page in PAGES:
        for line in re.findall(r"^ *tellings (\w+)(.*)$", page.read_text(encoding="utf-8"), re.MULTILINE):
            if page.parent == DOCS or page.name == "README.md":
                assert line[0] in COMMANDS, (page.name, line)


def test_ci_runs_the_same_command() -> None:
    script = ROOT / ".ci" / "run"
    assert "python3 run.py test" in script.read_text(encoding="utf-8")
    assert script.stat().st_mode & 0o111, ".ci/run cannot be run"


def test_the_lock_names_no_host() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock and "--index-url" not in lock
    pinned = set(re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE))
    wanted = re.findall(r'^  "([A-Za-z0-9-]+)>=', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert {name.lower() for name in wanted} <= pinned, "rewrite it: python3 run.py lock"
    assert len(pinned) == len(
        re.findall(r"--hash=sha256:[0-9a-f]{64}\n(?!    --hash)|--hash=sha256:[0-9a-f]{64}\Z", lock)
    )


# ---- links


@pytest.mark.parametrize(
    "page", PAGES, ids=lambda page: page.name if page.parent == ROOT else f"{page.parent.name}/{page.name}"
)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        found = (page.parent / name).resolve() if name else page
        assert found.exists(), f"{page.name} links to {target}"
        if anchor:
            headings = re.findall(r"^#+ (.*)$", found.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings}
    assert not re.search(r"/(?:home|root|tmp|work|Users)/", text), "a path of some machine"
    for path in re.findall(r"\b((?:src|tests|docs|bench|eval|train|examples)/[\w./-]*\w/?)", without_links(text)):
        assert (ROOT / path).exists(), f"{page.name} speaks of {path}, which is not there"
    # Any other file that is named by its path or name is one that a user has, or lies at the root.
    for name in re.findall(r"`([\w/.-]+\.(?:py|js|j2|toml))`", text):
        assert (ROOT / name).exists(), f"{page.name} speaks of {name}: write its path from the root"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_modules_and_names_that_pages_speak_of_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for dotted in re.findall(r"`(tellings(?:\.\w+)+)", text):
        pkgutil.resolve_name(dotted)
    # `NAME` in `path.py`: the module has it.
    for name, path in re.findall(r"`(\w+)`\s+in\s+`(src/tellings/[\w/]+)\.py`", text):
        module = path.removeprefix("src/").removesuffix("/__init__").replace("/", ".")
        assert hasattr(importlib.import_module(module), name), f"{page.name}: {path}.py has no {name}"


def without_links(text: str) -> str:
    """A page without the targets of its links, which are looked at by themselves."""
    return re.sub(r"\]\([^)]*\)", "]", text)
