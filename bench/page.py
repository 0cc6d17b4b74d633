"""What it costs to write the page and the JSON of a record, and to open the page.

    python bench/page.py [RECORD.json …] [--articles N …] [--common SHARE] [--beside FOLDER] [--json]

Records are saved ones, or are made of piles of one story (bench/pile.py, one record a pile), whose articles share SHARE
of their paragraphs (default 0.2: each has passages in common with one in six of the others); FOLDER is another checkout
of this project, whose figures are printed beside (its records are made anew from the same articles, as the format may
differ). Seconds of writing are processor time of one core. Opening is measured in Chromium where there is one: until
the page is loaded and laid out, wall time and processor time of the page's process, its peak memory, and its elements.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve()
#: Runs of each measurement; the best counts.
RUNS = 3
#: What is no longer waited for, in seconds.
PATIENCE = 120


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("records", nargs="*", type=Path, metavar="RECORD.json")
    options.add_argument("--articles", nargs="*", type=int, default=[], metavar="N", help="articles of a pile")
    options.add_argument("--common", type=float, default=0.2, metavar="SHARE", help="share of paragraphs in common")
    options.add_argument("--beside", type=Path, metavar="FOLDER", help="another checkout, to measure beside")
    options.add_argument("--json", action="store_true", help="print JSON, not a table")
    options.add_argument("--one", nargs=2, type=Path, metavar=("SOURCE", "PAGE"), help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.one:
        print(json.dumps(written(*chosen.one)))
        return
    with tempfile.TemporaryDirectory() as folder:
        sources = [
            *chosen.records,
            *(
                pile_of(count, chosen.common, Path(folder))
                for count in chosen.articles or ([12] * (not chosen.records))
            ),
        ]
        checkouts = [HERE.parents[1], *([chosen.beside.resolve()] if chosen.beside else [])]
        figures = [[measured(source, checkout, Path(folder)) for checkout in checkouts] for source in sources]
    if chosen.json:
        print(json.dumps(figures, indent=1))
    else:
        show(figures)


def pile_of(count: int, common: float, folder: Path) -> Path:
    """A pile of `count` articles of one story in `folder`."""
    import pile

    path = folder / f"pile-{count}.jsonl"
    pile.write(path, count, story=count, common=common)
    return path


def measured(source: Path, checkout: Path, folder: Path) -> dict[str, Any]:
    """The figures of one record, written by the code of `checkout`."""
    page = folder / "page.html"
    child = subprocess.run(
        [sys.executable, str(HERE), "--one", str(source.resolve()), str(page)],
        env={**os.environ, "PYTHONPATH": str(checkout / "src")},
        stdout=subprocess.PIPE,
        text=True,
    )
    if child.returncode:
        return {"source": source.name, "failed": "its code cannot read or write this record"}
    return {"source": source.name, **json.loads(child.stdout), **opened(page)}


def written(source: Path, target: Path) -> dict[str, Any]:
    """Write page and JSON of a record in this process."""
    import tellings
    from tellings.edge.writers import html
    from tellings.edge.writers import json as json_writer

    record = tellings.load(source) if source.suffix == ".json" else tellings.read(source)
    seconds: dict[str, float] = {}
    page = ""
    for _ in range(RUNS):
        began = time.process_time()
        json_writer.encode(record)
        middle = time.process_time()
        page = html.render(record)
        for name, spent in (("json", middle - began), ("page", time.process_time() - middle)):
            seconds[name] = min(spent, seconds.get(name, math.inf))
    target.write_bytes(page.encode("utf-8", "surrogatepass"))
    count = len(record.tellings)
    each = {f"{name}_ms_per_article": round(spent * 1000 / max(1, count), 3) for name, spent in seconds.items()}
    return {"articles": count, **each, "page_mb": round(target.stat().st_size / 1e6, 2)}


def opened(page: Path) -> dict[str, Any]:
    """How a browser fares with the page; nothing where there is no browser."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        return {}
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        return {}
    best: dict[str, Any] = {}
    with sync_playwright() as started:
        for _ in range(RUNS):
            browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            try:
                shown = browser.new_page()
                devtools = browser.new_browser_cdp_session()
                began = time.perf_counter()
                shown.goto(page.as_uri(), timeout=PATIENCE * 1000)
                elements = shown.evaluate("document.body.offsetHeight, document.querySelectorAll('*').length")
                wall = time.perf_counter() - began
                processes = devtools.send("SystemInfo.getProcessInfo")["processInfo"]
                renderers = [process for process in processes if process["type"] == "renderer"]
                found = {
                    "open_seconds": round(wall, 2),
                    "open_cpu_seconds": round(max(process["cpuTime"] for process in renderers), 2),
                    "open_mb": round(max(memory(process["id"]) for process in renderers)),
                    "elements": elements,
                }
            except Error:
                return {"open_seconds": f"not in {PATIENCE}"}
            finally:
                browser.close()
            best = {name: min(value, best.get(name, value)) for name, value in found.items()}
    return best


def memory(process: int) -> float:
    """Peak resident memory of a process in MB; 0 where the system does not say."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) / 1000 for line in status.splitlines() if line.startswith("VmHWM")), 0)


def show(figures: list[list[dict[str, Any]]]) -> None:
    """The figures as a table, and how they grow from the smallest record to the largest."""
    names = {name: None for row in figures for found in row for name in found if name != "source"}
    for row in figures:
        print(row[0]["source"])
        for name in names:
            print(f"  {name:<24}" + "".join(f"{found.get(name, '')!s:>16}" for found in row))
    for place in range(len(figures[0])):
        known = sorted((row[place]["articles"], total(row[place])) for row in figures if "articles" in row[place])
        if len(known) > 1 and known[0][0] < known[-1][0]:
            (few, least), (many, most) = known[0], known[-1]
            exponent = math.log(most / least) / math.log(many / few)
            where = "beside" if place else "here"
            print(f"{where}: writing grows with exponent {exponent:.2f} from {few} to {many} articles")


def total(found: dict[str, Any]) -> float:
    """Milliseconds of writing one record."""
    return float(found["articles"] * (found["json_ms_per_article"] + found["page_ms_per_article"]))


if __name__ == "__main__":
    main()
