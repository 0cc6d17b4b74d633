"""Write the measured figures into docs/figures.md and README.md: accuracy from eval/, speed from bench/.

    python3 run.py figures

Each table stands between a line `<!-- figures: NAME -->` and a line `<!-- end -->`.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
#: What the README shows of the accuracy: the figures a reader asks for first.
FIRST = (
    "quotes: joint with speaker",
    "quotes: shown are right",
    "times: value",
    "residue: characters",
    "timeline: gold events found",
)


def main() -> None:
    """Measure, and rewrite both pages."""
    accuracy: dict[str, dict[str, Any]] = measured("eval/example.py", "--json")
    speed = measured("bench/read.py", "--json")
    tables = {
        "accuracy": accuracy_table(accuracy, tuple(accuracy)),
        "accuracy in short": accuracy_table(accuracy, FIRST),
        "speed": speed_table(speed),
        "speed in short": speed_in_short(speed),
    }
    for page in (ROOT / "docs" / "figures.md", ROOT / "README.md"):
        text = page.read_text(encoding="utf-8")
        for name, table in tables.items():
            text = re.sub(
                rf"(<!-- figures: {name} -->\n).*?(<!-- end -->)",
                lambda m, t=table: f"{m[1]}{t}\n{m[2]}",
                text,
                flags=re.DOTALL,
            )
        page.write_text(text, encoding="utf-8")
        print(f"written: {page}")


def measured(*words: str) -> Any:
    """What one of our programs prints as JSON."""
    return json.loads(subprocess.run([sys.executable, *words], cwd=ROOT, check=True, capture_output=True).stdout)


def accuracy_table(figures: dict[str, dict[str, Any]], names: tuple[str, ...]) -> str:
    """Precision, recall and F1 of these figures."""
    rows = ["| what | precision | recall | F1 |", "|---|---|---|---|"]
    rows += [
        f"| {name} | {figures[name]['precision']:.3f} | {figures[name]['recall']:.3f} | {figures[name]['f1']:.3f} |"
        for name in names
        if name in figures
    ]
    return "\n".join(rows)


def speed_table(figures: dict[str, Any]) -> str:
    """Speed and memory, stage by stage."""
    count, seconds = figures["articles"], {name: figures[f"{name}_seconds"] for name in ("read", "example", "help")}
    rows = ["| what | measured |", "|---|---|"]
    rows.append(f"| all stages within one telling | {figures['within_articles_per_second']:.0f} articles a second |")
    rows += [f"| … {name} | {spent:.2f} ms an article |" for name, spent in figures["within_ms_per_article"].items()]
    rows += [
        f"| reading {name} | {spent:.1f} ms an article |" for name, spent in figures["reading_ms_per_article"].items()
    ]
    rows += [
        f"| across: {name} | {spent:.1f} ms an article |" for name, spent in figures["across_ms_per_article"].items()
    ]
    rows += [
        f"| telling the record | {figures['tell_seconds'] * 1000 / count:.1f} ms an article |",
        f"| writing page and JSON | {figures['write_seconds'] * 1000 / count:.1f} ms an article |",
        f"| `tellings read`, {count} articles | {seconds['read']:.1f} s, {figures['read_peak_mb']:.0f} MB at most |",
        f"| `tellings read`, the example | {seconds['example']:.1f} s, {figures['example_peak_mb']:.0f} MB at most |",
        f"| `tellings --help` | {seconds['help']:.2f} s |",
    ]
    return "\n".join(rows)


def speed_in_short(figures: dict[str, Any]) -> str:
    """Speed in one sentence."""
    rate, length = figures["within_articles_per_second"], figures["characters_per_article"]
    return (
        f"{rate:.0f} articles of {length:,} characters a second through all that is done within one article;\n"
        f"the example story, from files to page, in {figures['example_seconds']:.1f} s;"
        f" `tellings --help` in {figures['help_seconds']:.2f} s."
    )


if __name__ == "__main__":
    main()
