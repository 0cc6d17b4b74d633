"""Write docs/record.schema.json, the JSON Schema of record.json, from the data model."""

from __future__ import annotations

import json
from pathlib import Path

from tellings.edge.writers.json import schema

TARGET = Path(__file__).parent / "record.schema.json"


def current() -> str:
    """The schema as the file must hold it."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    TARGET.write_text(current(), encoding="utf-8")
    print(f"written: {TARGET}")
