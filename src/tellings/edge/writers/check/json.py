"""The report on a draft as JSON, field for field, and its JSON Schema (2020-12)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from tellings.model.report import Report


def encode(reports: Sequence[Report]) -> bytes:
    """The reports as UTF-8 JSON, one object for a single draft and a list for several; ends with a line end."""
    told = reports[0] if len(reports) == 1 else list(reports)
    return msgspec.json.format(msgspec.json.encode(told), indent=1) + b"\n"


def schema() -> dict[str, Any]:
    """The JSON Schema of the report on one draft."""
    found = msgspec.json.schema(Report)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "tellings check", **found}
