"""Damaged files: does any reader raise, crawl or take memory?

    python bench/fuzz.py FOLDER [--count 10000] [--seed 1] [--kind html …]

The files of FOLDER, a few of each kind, are damaged again and again: bytes changed, cut out, put in, doubled, taken
from another file. Each is read under its own name, or under that of another kind. Printed are, for each kind, how many
were read, how many gave a telling, those that ended in a fault of the program, the slowest, and the memory at its end.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections import defaultdict
from pathlib import Path

from tellings.edge.readers import read_bytes
from tellings.edge.readers.kinds import SUFFIXES, kind_of

#: Files that are larger are left out (bytes), and so many of each kind are taken.
_LARGEST, _OF_EACH = 300_000, 30
#: What numbers in a file are exchanged for.
_EXTREMES = (
    b"\0\0\0\0",
    b"\xff\xff\xff\xff",
    b"\xff\xff\xff\x7f",
    b"-1",
    b"999999999999",
    b"<",
    b">",
    b'"',
    b"&#x110000;",
    b"{",
    b"[" * 50,
)


def main() -> None:
    """Read the options, damage, and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path, metavar="FOLDER", help="files of the kinds that are to be tried")
    options.add_argument("--count", type=int, default=10_000, metavar="N", help="damaged files of each kind")
    options.add_argument("--seed", type=int, default=1, metavar="N")
    options.add_argument("--kind", action="append", metavar="KIND", help="only this kind; may be given again")
    given = options.parse_args()
    files: defaultdict[str, list[tuple[str, bytes]]] = defaultdict(list)
    for path in sorted(given.folder.rglob("*")):
        if path.is_file() and 0 < path.stat().st_size <= _LARGEST:
            data = path.read_bytes()
            kind = kind_of(path.name, data)
            if len(files[kind]) < _OF_EACH:
                files[kind].append((path.name, data))
    failed = 0
    for kind in sorted(given.kind or files):
        failed += tried(kind, files[kind], given.count, given.seed)
    sys.exit(1 if failed else 0)


def tried(kind: str, files: list[tuple[str, bytes]], count: int, seed: int) -> int:
    """How many of `count` damaged files of a kind end in a fault of the program; a line is printed."""
    if not files:
        return 0
    chance = random.Random(f"{seed} {kind}")
    tellings, faults, slowest, worst = 0, 0, 0.0, ""
    for number in range(count):
        name, data = chance.choice(files)
        data = damaged(data, chance.choice(files)[1], chance)
        if chance.random() < 0.1:
            name = f"x{chance.choice(list(SUFFIXES))}"
        start = time.perf_counter()
        try:
            outcome = read_bytes(name, data)
            fault = next((each.message for each in outcome.problems if "please report" in each.remedy), "")
            tellings += bool(outcome.tellings)
        except Exception as error:
            fault = f"{type(error).__name__}: {error}"
        if fault:
            faults += 1
            Path(f"fuzz-{kind}-{number}.bin").write_bytes(data)
            print(f"{kind} {number} {name}: {fault[:200]}; kept as fuzz-{kind}-{number}.bin")
        took = time.perf_counter() - start
        if took > slowest:
            slowest, worst = took, f"{number} {name}"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    of_others = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(
        f"{kind:12} {count:7,} files, {tellings:7,} with a telling, {faults} faults; slowest {slowest:.2f} s "
        f"({worst}); {peak:,} MB, in other processes {of_others:,} MB",
        flush=True,
    )
    return faults


def damaged(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """`data` with one to six damages."""
    found = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(found) + 1)
        stretch = chance.choice((1, 2, 5, 30, 300, 3000))
        match chance.randrange(7):
            case 0:
                found[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                del found[place : place + stretch]
            case 2:
                found[place:place] = chance.randbytes(min(stretch, 50))
            case 3:
                found[place:place] = found[place : place + stretch] * chance.randint(1, 5)
            case 4:
                begin = chance.randrange(len(other) + 1)
                found[place : place + stretch] = other[begin : begin + stretch]
            case 5:
                found[place : place + 4] = chance.choice(_EXTREMES)
            case _:
                if chance.random() < 0.3:
                    del found[place:]
    return bytes(found)


if __name__ == "__main__":
    main()
