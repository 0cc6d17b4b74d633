"""One finder of near-duplicates in a process of its own: texts in as JSON lines, clusters out. Run by bench/copies.py.

Usage: python copy_peers.py NAME FILE. FILE holds {"id", "text"} a line; what is printed is one JSON object: for each
text the number of its cluster, the seconds that finding took, and the most memory held (MB).
"""

from __future__ import annotations

import json
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

#: What all are told: five-word shingles, 128 permutations, a Jaccard index of .3 or more (a copy cut to a third).
WORDS, PERMUTATIONS, THRESHOLD = 5, 128, 0.3
_WORD = re.compile(r"\w+")


def shingles(text: str) -> set[str]:
    """The runs of five words of a text, in lower case."""
    words = _WORD.findall(text.lower())
    return {" ".join(words[at : at + WORDS]) for at in range(max(1, len(words) - WORDS + 1))}


def joined(size: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """The connected components of `pairs`, each by its least member."""
    parent = list(range(size))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for a, b in pairs:
        first, second = sorted((root(a), root(b)))
        parent[second] = first
    return [root(item) for item in range(size)]


def with_tellings(texts: list[str], _: str) -> list[int]:
    """Ours: winnowed fingerprints, containment checked exactly."""
    from tellings.across.duplicates import near_duplicates
    from tellings.model.records import Block, Document, DocumentDate, Provenance, Telling
    from tellings.model.text import Span, View

    none = DocumentDate(None, "", "none")
    tellings = []
    for number, text in enumerate(texts):
        name = f"{number:09}"
        document = Document(name, name, name, "text/plain", View.plain(text), none)
        block = Block(Span(0, len(text)), "paragraph", Provenance("bench", "one block"))
        tellings.append(Telling(document, (block,)))
    return joined(len(texts), ((int(pair.a), int(pair.b)) for pair in near_duplicates(tuple(tellings))))


def with_datasketch(texts: list[str], _: str) -> list[int]:
    """datasketch: MinHash and its LSH index."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
    pairs, hashes = [], []
    for number, text in enumerate(texts):
        signature = MinHash(num_perm=PERMUTATIONS)
        signature.update_batch([shingle.encode() for shingle in shingles(text)])
        near = (other for other in index.query(signature) if signature.jaccard(hashes[other]) >= THRESHOLD)
        pairs.extend((other, number) for other in near)
        index.insert(number, signature)
        hashes.append(signature)
    return joined(len(texts), pairs)


def with_rensa(texts: list[str], _: str) -> list[int]:
    """rensa: R-MinHash and its LSH index, 32 bands of 4."""
    from rensa import RMinHash, RMinHashLSH

    index = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=32)
    pairs, hashes = [], []
    for number, text in enumerate(texts):
        signature = RMinHash(num_perm=PERMUTATIONS, seed=42)
        signature.update(list(shingles(text)))
        near = (other for other in index.query(signature) if signature.jaccard(hashes[other]) >= THRESHOLD)
        pairs.extend((other, number) for other in near)
        index.insert(number, signature)
        hashes.append(signature)
    return joined(len(texts), pairs)


def with_text_dedup(texts: list[str], file: str) -> list[int]:
    """text-dedup: its command for MinHash, on the file."""
    from text_dedup import minhash

    with tempfile.TemporaryDirectory() as folder:
        given = {
            **{"path": "json", "data_files": file, "split": "train", "column": "text", "output": f"{folder}/out"},
            **{"cache_dir": f"{folder}/cache", "ngram": WORDS, "num_perm": PERMUTATIONS, "threshold": THRESHOLD},
            **{"num_proc": 1},
        }
        words = [word for name, value in given.items() for word in (f"--{name}", str(value))]
        minhash.main.main(words, standalone_mode=False)
        return [minhash.uf.find(number) for number in range(len(texts))]


FINDERS: dict[str, Callable[[list[str], str], list[int]]] = {
    "tellings": with_tellings,
    "datasketch": with_datasketch,
    "rensa": with_rensa,
    "text-dedup": with_text_dedup,
}

if __name__ == "__main__":
    name, file = sys.argv[1:]
    given = [json.loads(line)["text"] for line in Path(file).read_text("utf-8").splitlines()]
    before = time.process_time()
    clusters = FINDERS[name](given, file)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = time.process_time() - before + children.ru_utime + children.ru_stime
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"clusters": clusters, "seconds": seconds, "megabytes": held}))
