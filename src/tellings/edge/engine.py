"""Ways to run a function over many documents. All give the same results in the same order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from tellings.model.records import Document, Telling


def local(function: Callable[[Document], Telling], documents: Iterable[Document]) -> Iterator[Telling]:
    """One after another, in this process: the meaning that every other engine must match."""
    return map(function, documents)


def processes(jobs: int) -> Callable[[Callable[[Document], Telling], Iterable[Document]], Iterator[Telling]]:
    """An engine over `jobs` worker processes (at least 1); a worker that dies raises BrokenProcessPool."""
    if jobs <= 1:
        return local

    def engine(function: Callable[[Document], Telling], documents: Iterable[Document]) -> Iterator[Telling]:
        from concurrent.futures import ProcessPoolExecutor

        waiting = list(documents)
        with ProcessPoolExecutor(max_workers=jobs) as pool:
            try:
                yield from pool.map(function, waiting, chunksize=max(1, min(32, len(waiting) // (jobs * 4) or 1)))
            except BaseException:
                # An interrupt must not wait for all the work still queued.
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    return engine
