"""Write the JSON Schemas from the data model: docs/record.schema.json of record.json, docs/check.schema.json of the
report on a draft."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tellings.edge.writers import check
from tellings.edge.writers import json as record

#: File name → what the file must hold.
SCHEMAS: Mapping[str, Callable[[], dict[str, Any]]] = {
    "record.schema.json": record.schema,
    "check.schema.json": check.schema,
}


def main() -> None:
    """Write each of them beside this file."""
    for name, schema in SCHEMAS.items():
        target = Path(__file__).parent / name
        target.write_text(json.dumps(schema(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"written: {target}")


if __name__ == "__main__":
    main()
