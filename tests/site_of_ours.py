"""A server on loopback that answers as it is told, well or badly, and knows what it was asked."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

#: What is said of a path: writes anything to the connection of a request.
Saying = Callable[["Asked"], None]


@dataclass
class Asked:
    """A request: path with its query, headers by names in small letters, the connection to say something on, and what
    was posted."""

    path: str
    headers: dict[str, str]
    connection: socket.socket
    body: bytes = b""

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)


def answer(
    body: bytes | str = b"", status: int = 200, type: str = "text/html; charset=utf-8", **headers: str
) -> Saying:
    """A well-behaved answer."""
    data = body.encode() if isinstance(body, str) else body
    told = {"Content-Type": type, "Content-Length": str(len(data)), "Connection": "close"}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = f"HTTP/1.1 {status} Said\r\n" + "".join(f"{name}: {value}\r\n" for name, value in told.items() if value)
    return lambda asked: asked.send(head.encode("latin-1") + b"\r\n" + data)


def raw(data: bytes) -> Saying:
    """These bytes and no other, then the end."""
    return lambda asked: asked.send(data)


def leads(to: str, status: int = 302) -> Saying:
    """A redirect."""
    return answer(status=status, Location=to)


def page(title: str, text: str, head: str = "") -> str:
    """A page with an article."""
    words = "".join(
        f"<p>{text} The water of the Merrin was high, and nobody crossed it on that day.</p>" for _ in range(5)
    )
    top = f"<!doctype html><html lang=en><head><title>{title}</title>{head}</head>"
    return f"{top}<body><h1>{title}</h1>{words}</body></html>"


@dataclass
class Site:
    """What is said of each path, what was asked, and where it is."""

    says: dict[str, Saying] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    at: str = ""
    port: int = 0

    def paths(self, *, robots: bool = False) -> list[str]:
        """The paths that were asked for, in their order, without robots.txt unless told."""
        return [each.path for each in self.asked if robots or each.path != "/robots.txt"]


@contextmanager
def site(host: str = "127.0.0.1", tls: Any = None) -> Iterator[Site]:
    """A server on `host` that says 404 of what it was not told of."""
    told = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(int(headers.get("content-length", 0)))
            asked = Asked(self.path, headers, self.connection, body)
            told.asked.append(asked)
            self.close_connection = True
            with suppress(OSError):  # it was hung up on
                told.says.get(self.path, answer("nothing here", 404))(asked)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *_: object) -> None:
            pass

    server = Server((host, 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    told.port = server.server_address[1]
    named = f"[{host}]" if ":" in host else host
    told.at = f"http{'s' if tls else ''}://{named}:{told.port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
