"""Ways to run a function over many documents. All give the same results in the same order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from tellings.model.records import Document

Result = TypeVar("Result")


def local(function: Callable[[Document], Result], documents: Iterable[Document]) -> Iterator[Result]:
    """One after another, in this process: the meaning that every other engine must match."""
    return map(function, documents)


def processes(jobs: int) -> Callable[[Callable[[Document], Result], Iterable[Document]], Iterator[Result]]:
    """An engine over `jobs` worker processes (at least 1); a worker that dies raises BrokenProcessPool."""
    if jobs <= 1:
        return local

    def engine(function: Callable[[Document], Result], documents: Iterable[Document]) -> Iterator[Result]:
        import signal
        from concurrent.futures import ProcessPoolExecutor

        waiting = list(documents)
        # Ctrl-C goes to every process of the terminal; the workers leave it to this one.
        left_alone = (signal.SIGINT, signal.SIG_IGN)
        with ProcessPoolExecutor(max_workers=jobs, initializer=signal.signal, initargs=left_alone) as pool:
            try:
                yield from pool.map(function, waiting, chunksize=max(1, min(32, len(waiting) // (jobs * 4) or 1)))
            except BaseException:
                # An interrupt must not wait for all the work still queued.
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    return engine
