"""What pages that stand alone have in common: their style, script and template, and the policy that nothing else runs.

Style and script go into the page, and their SHA-256 into its Content-Security-Policy (CSP Level 3).
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

from tellings.edge.writers.verbatim import safe


@cache
def joined(*names: str) -> str:
    """The files of these names in `page/`, one behind the other."""
    folder = resources.files("tellings.edge.writers") / "page"
    return "".join((folder / name).read_text(encoding="utf-8") for name in names)


def script(*names: str) -> str:
    """The scripts of these names as one, which leaves no name in the page."""
    parts = "\n".join(joined(name) for name in names)
    return f'"use strict";\n(function () {{\n{parts}}})();\n'


@cache
def template(name: str) -> Any:
    """The template of this name in `page/`. All strings that it is given are escaped, but for mark-up."""
    # Imported here: of most runs nothing becomes a page.
    from jinja2 import BaseLoader, Environment, StrictUndefined

    environment = Environment(
        loader=BaseLoader(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: safe(value) if isinstance(value, str) else value,
    )
    return environment.from_string(joined(name))


def policy(style: str, script: str) -> str:
    """The Content-Security-Policy of a page with this style and script: nothing else is loaded, and nothing sent."""
    return (
        f"default-src 'none'; style-src 'sha256-{_sha256(style)}'; script-src 'sha256-{_sha256(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def web_address(address: str) -> bool:
    """Whether `address` may be a link: a source could give one that runs when it is followed."""
    try:
        return urlsplit(address).scheme in ("http", "https")
    except ValueError:
        return False


def _sha256(content: str) -> str:
    return base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
