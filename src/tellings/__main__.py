"""The program: `tellings`, or `python -m tellings`."""

from tellings import interrupts


def start() -> None:
    """Load the command line, and run it. An interrupt while it loads is told like any other."""
    interrupts.leave_when_interrupted()
    from tellings.cli import main

    interrupts.raise_when_interrupted()
    main()


if __name__ == "__main__":
    start()
