"""The ways to run over many documents: all the same results in the same order, and no hang when one fails."""

from __future__ import annotations

from datetime import date

import pytest

from tellings.edge.engine import local, processes
from tellings.model.records import Document, DocumentDate, Telling
from tellings.model.text import View
from tellings.pipeline import annotate


def document(index: int) -> Document:
    name = f"telling-{index}"
    text = f"Nora Quill waited {index + 1} hours on the quay.\n\n“The lamp is lit,” she said on Monday."
    dated = DocumentDate(date(2019, 3, 6), "test", "test")
    return Document(name, name, name, "text/plain", View.plain(text), dated)


def refuses(document: Document) -> Telling:
    if document.name == "telling-3":
        raise ValueError(f"cannot read {document.name}")
    return annotate(document)


DOCUMENTS = [document(index) for index in range(9)]


@pytest.mark.parametrize("jobs", [0, 1])
def test_one_job_is_the_local_loop(jobs: int) -> None:
    assert processes(jobs) is local


@pytest.mark.parametrize("count", [0, 1, 9])
def test_processes_match_the_local_loop(count: int) -> None:
    documents = DOCUMENTS[:count]
    expected = list(local(annotate, documents))
    assert [telling.id for telling in expected] == [document.id for document in documents]
    assert list(processes(2)(annotate, iter(documents))) == expected


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_in_one_document_comes_out_in_its_place(jobs: int) -> None:
    results = processes(jobs)(refuses, DOCUMENTS)
    assert [next(results).id for _ in range(3)] == ["telling-0", "telling-1", "telling-2"]
    with pytest.raises(ValueError, match="telling-3"):
        next(results)


def test_local_does_no_work_ahead() -> None:
    done: list[str] = []

    def note(document: Document) -> Telling:
        done.append(document.name)
        return Telling(document)

    results = local(note, DOCUMENTS)
    next(results)
    assert done == ["telling-0"]
