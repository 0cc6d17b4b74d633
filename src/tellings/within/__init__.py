"""One telling at a time. Rooms here never import each other; the pipeline hands each what it needs."""
