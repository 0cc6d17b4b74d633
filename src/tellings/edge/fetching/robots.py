"""What a site asks programs to leave alone: robots.txt (RFC 9309), and how long to wait between questions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tellings.edge.fetching.exchange import Answer
from tellings.edge.fetching.refusals import RefusedError
from tellings.edge.fetching.targets import Target

if TYPE_CHECKING:
    from protego import Protego

#: The name by which a robots.txt can speak of this program.
NAME = "tellings"
#: How much of a robots.txt is read (bytes): as much as RFC 9309, 2.5, asks for. A longer one is read so far.
MOST = 500 * 1024
#: How long one is waited for (seconds).
SECONDS = 20.0
#: How often a robots.txt may lead elsewhere (RFC 9309, 2.3.1.2).
REDIRECTS = 5
#: The longest wait between two questions that a site is granted (seconds), else one could hold up all others.
_LONGEST_DELAY = 30.0


class Robots:
    """The rules of each site, asked for once; `ask` gives the answer to the address of a robots.txt."""

    def __init__(self, ask: Callable[[Target], Answer]) -> None:
        self._ask = ask
        self._known: dict[str, Protego | RefusedError | None] = {}

    def check(self, target: Target) -> float:
        """Seconds to wait between two questions to this site, none where it does not say.

        1. Nothing may be asked of a site that cannot be reached, or whose rules cannot be told for a fault of the
        server's (RFC 9309, 2.3.1.4). 2. All may be where it has no rules (2.3.1.3), 3. else what they permit.

        Raises:
            RefusedError: it may not be asked.
        """
        if target.origin not in self._known:
            self._known[target.origin] = self._rules(target)
        rules = self._known[target.origin]
        # 1. not reached
        if isinstance(rules, RefusedError):
            raise rules.bare()
        # 2. no rules
        if rules is None:
            return 0.0
        # 3. rules
        if not rules.can_fetch(target.address, NAME):
            raise RefusedError("robots", f"the robots.txt of {target.host} asks programs to leave it alone")
        return min(_LONGEST_DELAY, rules.crawl_delay(NAME) or 0.0)

    def _rules(self, target: Target) -> Protego | RefusedError | None:
        from protego import Protego  # imported late: 20 ms

        try:
            answer = self._ask(Target(target.scheme, target.host, target.port, "/robots.txt"))
        except RefusedError as error:
            # Where it leads to nowhere, or in a circle, it has none.
            return None if error.code == "redirects" else _unknown(target, error)
        if not 200 <= answer.status < 300:
            return None
        return Protego.parse(answer.body.decode("utf-8", "replace").removeprefix("\ufeff"))


def _unknown(target: Target, error: RefusedError) -> RefusedError:
    """The refusal of all of a site whose rules could not be had."""
    if error.status is None:
        return error.bare()  # the site itself cannot be had
    message = f"the robots.txt of {target.host} cannot be read ({error.message}), so nothing is asked of it"
    return RefusedError(error.code, message, error.remedy, status=error.status, wait=error.wait)
