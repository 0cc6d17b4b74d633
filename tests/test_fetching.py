"""Fetching: what is asked and what is not, whatever a server does; what is kept, and what readers know of it."""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import shutil
import signal
import socket
import ssl
import struct
import subprocess
import sys
import time
import tomllib
import tracemalloc
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from project import ROOT, Called, grows_linearly
from site_of_ours import Asked, Saying, Site, answer, leads, page, raw, site

from tellings.cli.fetch import _WORDS
from tellings.edge.fetching import walls
from tellings.edge.fetching.collecting import collect, in_turn
from tellings.edge.fetching.feeds import MOST, FeedError, addresses_in, items_of
from tellings.edge.fetching.fetcher import Fetched, Fetcher, Limits, agent
from tellings.edge.fetching.judging import is_feed, suffix_for
from tellings.edge.fetching.keeping import Folder
from tellings.edge.fetching.network import Network, Place, looked_up
from tellings.edge.fetching.pace import Pace
from tellings.edge.fetching.reach import is_public
from tellings.edge.fetching.refresh import refreshed_to
from tellings.edge.fetching.refusals import CODES, RefusedError
from tellings.edge.fetching.targets import is_address, led_to, target_of
from tellings.edge.readers import read_paths
from tellings.edge.readers.sidecar import FeedItem, Sidecar, load, path_beside
from tellings.library import fetching

Call = Callable[..., Called]
ARTICLE = page("The bridge", "The bridge was closed at noon.").encode()
#: Small limits, so that no test waits.
SMALL = Limits(bytes=200_000, seconds=0.4, redirects=4)


@pytest.fixture
def ours() -> Iterator[Site]:
    with site() as told:
        yield told


@pytest.fixture
def unpaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """No wait between questions to a host."""
    monkeypatch.setattr(fetching, "Pace", lambda: Pace(0.0))


def fetcher(permits: Callable[[str], bool] = lambda _: True, **settings: Any) -> Fetcher:
    settings = {"network": Network(permits=permits), "pace": Pace(0.0), "limits": SMALL} | settings
    return Fetcher("tellings/0 (test)", **settings)


def refused(address: str, ask: Fetcher | None = None) -> RefusedError:
    with pytest.raises(RefusedError) as caught:
        (ask or fetcher()).fetch(address)
    assert caught.value.code in CODES and caught.value.message and caught.value.remedy
    assert caught.value.message.isprintable()
    return caught.value


# ---- addresses


ADDRESSES = [
    ("http://example.org", "http://example.org/"),
    ("HTTP://Example.ORG:80/a?b=c#d", "http://example.org/a?b=c"),
    ("https://example.org:443/", "https://example.org/"),
    ("https://example.org:8443/", "https://example.org:8443/"),
    ("https://example.org./a", "https://example.org/a"),
    ("  https://example.org/a b\t", "https://example.org/a%20b"),
    ("https://bücher.example/grüße?ä=ö", "https://xn--bcher-kva.example/gr%C3%BC%C3%9Fe?%C3%A4=%C3%B6"),
    ("https://example.org/a%2Fb?c%3D=%", "https://example.org/a%2Fb?c%3D=%"),
    ("http://[2001:DB8::1]:8080/a", "http://[2001:db8::1]:8080/a"),
    ("http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/"),
    ("http://127.0.0.1/", "http://127.0.0.1/"),
    ("http://a_b.example/", "http://a_b.example/"),
]
NO_ADDRESSES = [
    "", "example.org/a", "ftp://example.org/", "file:///etc/passwd", "javascript:alert(1)", "data:text/html,a",
    "http://", "http:///a", "http://:80/", "http://a:b@example.org/", "http://a@example.org/", "http://example.org\\@b/",
    "http://example.org:0/", "http://example.org:65536/", "http://example.org:x/", "http://exa mple.org/", "http://a..b/",
    "http://.a/", "http://-/", "http://[::1", "http://[::1]a/", "http://[fe80::1%25eth0]/", "http://[x]/",
    "http://" + "a" * 254 + "/", "http://ex\r\nample.org/", "http://example.org/a\r\nX-Injected: b", "http://\ud800/",
    "http://" + "ä" * 200 + ".example/", "http://example.org/" + "ä" * 2000, "http://example.org/" + "a" * 9000, "gopher://example.org/",
]  # fmt: skip


@pytest.mark.parametrize(("written", "asked"), ADDRESSES)
def test_an_address_has_one_form(written: str, asked: str) -> None:
    assert target_of(written).address == asked
    assert target_of(asked).address == asked


@pytest.mark.parametrize("written", NO_ADDRESSES, ids=range(len(NO_ADDRESSES)))
def test_what_is_no_address_is_refused(written: str) -> None:
    with pytest.raises(RefusedError) as caught:
        target_of(written)
    assert caught.value.code == "address"
    assert "a:b" not in caught.value.message, "a password is shown"


@given(st.text(max_size=60) | st.builds("http{}://{}".format, st.sampled_from(["", "s"]), st.text(max_size=60)))
def test_any_text_is_an_address_of_one_form_or_refused(written: str) -> None:
    try:
        target = target_of(written)
    except RefusedError:
        return
    assert is_address(written)
    assert target_of(target.address) == target
    assert target.address.isascii() and target.address.isprintable() and " " not in target.address
    try:
        led_to(target, written)
    except RefusedError as error:
        assert error.code == "redirects"


PUBLIC = ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::"]
NOT_PUBLIC = [
    "127.0.0.1", "127.8.9.1", "10.1.1.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "255.255.255.255", "224.0.0.1", "192.0.2.1", "198.18.0.1", "240.0.0.1", "::1", "::", "fe80::1", "fe80::1%eth0",
    "2606:4700::1111%eth0", "fc00::1", "fd12::1", "fec0::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b:1::8.8.8.8", "2002:7f00:1::",
    "2001:0:4136:e378:8000:63bf:80ff:fffe", "localhost", "",
]  # fmt: skip


def test_which_addresses_are_public() -> None:
    assert [each for each in PUBLIC if not is_public(each)] == []
    assert [each for each in NOT_PUBLIC if is_public(each)] == []


# ---- what a server says: path → what it says, and what becomes of it


def drips(before: bytes, piece: bytes = b"a", pause: float = 0.02) -> Saying:
    """Something that has no end, and comes slowly or not."""

    def say(asked: Asked) -> None:
        asked.send(before)
        while True:
            asked.send(piece)
            time.sleep(pause)

    return say


def resets(asked: Asked) -> None:
    asked.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc")
    asked.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    asked.connection.close()


OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
IN_CHUNKS = OK + b"Transfer-Encoding: chunked\r\n\r\n"
REFUSED: dict[str, tuple[Saying, str]] = {
    "slow bytes": (drips(OK + b"\r\n"), "time"),
    "slow headers": (drips(OK), "time"),
    "nothing": (lambda _: time.sleep(0.6), "time"),
    "one hundred continued": (drips(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), "time"),
    "no end": (drips(OK + b"\r\n", b"a" * 65536, 0), "too-large"),
    "no end of chunks": (drips(IN_CHUNKS, b"ffff\r\n" + b"a" * 65535 + b"\r\n", 0), "too-large"),
    "no end of the size of a chunk": (drips(IN_CHUNKS, b"1" * 65536, 0), "connection"),
    "no end of headers": (drips(OK, b"X-A: b\r\n" * 1000, 0), "connection"),
    "no end of a header": (drips(OK + b"X-A: ", b"b" * 65536, 0), "connection"),
    "gzip bomb": (answer(gzip.compress(b"\0" * 30_000_000), Content_Encoding="gzip"), "too-large"),
    "deflate bomb": (answer(zlib.compress(b"\0" * 30_000_000), Content_Encoding="deflate"), "too-large"),
    "no end of empty members": (
        drips(OK + b"Content-Encoding: gzip\r\n\r\n", gzip.compress(b"") * 1000, 0), "too-large",
    ),
    "bomb in a bomb": (
        answer(gzip.compress(gzip.compress(b"\0" * 9_000_000)), Content_Encoding="gzip, gzip"), "encoding",
    ),
    "packed as was not asked": (answer(ARTICLE, Content_Encoding="br"), "encoding"),
    "not packed as it says": (answer(ARTICLE, Content_Encoding="gzip"), "encoding"),
    "cut off, packed": (answer(gzip.compress(ARTICLE)[:-20], Content_Encoding="gzip"), "cut-off"),
    "less than announced": (answer(ARTICLE, Content_Length=str(len(ARTICLE) + 9)), "cut-off"),
    "cut off in a chunk": (raw(OK + b"Transfer-Encoding: chunked\r\n\r\n50\r\nabc"), "cut-off"),
    "no chunk": (raw(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nabc"), "cut-off"),
    "reset": (resets, "connection"),
    "hung up": (raw(b""), "connection"),
    "another protocol": (raw(b"SSH-2.0-OpenSSH_9.2\r\n"), "connection"),
    "zeros": (raw(b"\0" * 1000), "connection"),
    "hints without end": (raw(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 1000), "connection"),
    "no status": (raw(b"HTTP/1.1 abc\r\n\r\n"), "connection"),
    "to itself": (leads("/to-itself"), "redirects"),
    "a circle": (leads("/in-a-circle"), "redirects"),
    "a long way": (leads("/way/1"), "redirects"),
    "to another scheme": (leads("ftp://127.0.0.1/"), "redirects"),
    "to a file": (leads("file:///etc/passwd"), "redirects"),
    "to a script": (leads("javascript:alert(1)"), "redirects"),
    "to data": (leads("data:text/html,a"), "redirects"),
    "with a password": (leads("http://a:b@127.0.0.1/"), "redirects"),
    "to no address": (leads("http://[::1/"), "redirects"),
    "to nowhere": (answer(status=302), "status"),
    "to what robots may not see": (leads("/private/1"), "robots"),
    "unasked 304": (answer(status=304), "unchanged"),
    "204": (answer(status=204), "status"),
    "206": (answer(ARTICLE, 206), "status"),
    "401": (answer("", 401, WWW_Authenticate="Basic"), "status"),
    "402": (answer("", 402), "status"),
    "403": (answer("", 403), "status"),
    "404": (answer("", 404), "status"),
    "410": (answer("", 410), "status"),
    "429": (answer("", 429, Retry_After="120"), "wait"),
    "429 without a time": (answer("", 429), "wait"),
    "503 with a time": (answer("", 503, Retry_After="Wed, 21 Oct 2099 07:28:00 GMT"), "wait"),
    "500": (answer("", 500), "server-error"),
    "503": (answer("", 503, Retry_After="soon"), "server-error"),
    "999": (answer("", 999), "status"),
    "a check for bots, refused": (answer("<p>Wait", 403, cf_mitigated="challenge"), "bot-check"),
    "a check for bots": (answer("<p>Wait<script>window._cf_chl_opt={}</script>"), "bot-check"),
    "a check for bots, accepted": (answer("", 202, x_amzn_waf_action="challenge"), "bot-check"),
    "to a wall": (leads("/consent/?return=/a"), "consent"),
    "to a door": (leads("/login?return=/a"), "login"),
    "to a page that says there is none": (leads("/404.html"), "missing"),
    "by itself in a circle": (answer("<meta http-equiv=refresh content='0;url=/by-itself-in-a-circle'>"), "redirects"),
    "by itself to a file": (answer("<META CONTENT='1; URL=file:///etc/passwd' HTTP-EQUIV='Refresh'>"), "redirects"),
    "on by itself, to check": (
        answer("<meta http-equiv=refresh content='0;url=/plain'><p id=px-captcha>"), "bot-check",
    ),
}  # fmt: skip
READ: dict[str, Saying] = {
    "plain": answer(ARTICLE),
    "203": answer(ARTICLE, 203),
    "gzip": answer(gzip.compress(ARTICLE), Content_Encoding="gzip"),
    "x-gzip, two members": answer(gzip.compress(ARTICLE[:99]) + gzip.compress(ARTICLE[99:]), Content_Encoding="X-GZip"),
    "gzip, something behind": answer(gzip.compress(ARTICLE) + b"\0\0rest", Content_Encoding="gzip"),
    "deflate": answer(zlib.compress(ARTICLE), Content_Encoding="deflate"),
    "bare deflate": answer(zlib.compress(ARTICLE)[2:-4], Content_Encoding="deflate"),
    "identity": answer(ARTICLE, Content_Encoding="identity"),
    "chunks": raw(
        OK + b"Transfer-Encoding: chunked\r\n\r\n%x;a=b\r\n%s\r\n0\r\nX: y\r\n\r\n" % (len(ARTICLE), ARTICLE)
    ),
    "until the end": raw(b"HTTP/1.0 200 OK\r\n\r\n" + ARTICLE),
    "no length": answer(ARTICLE, Content_Length="abc"),
    "length below 0": answer(ARTICLE, Content_Length="-5"),
    "a header that is none": raw(b"HTTP/1.1 200 OK\r\nnothing\r\n\r\n" + ARTICLE),
    "early hints": raw(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + OK + b"\r\n" + ARTICLE),
    "301": leads("/plain", 301),
    "303": leads("plain#there", 303),
    "307": leads("/way/1-at-the-end", 307),
    "308": leads("/gr\u00fc\u00dfe".encode().decode("latin-1"), 308),
    "on by itself": answer('<noscript><meta http-equiv="refresh" content="0;URL=/plain"></noscript><title>/</title>'),
    "on by itself, twice": answer("<meta http-equiv=refresh content=\"0; url='plain'\">"),
    "one that has words": answer(
        ARTICLE + b"<p>" + b"word " * 50 + b'<meta http-equiv="refresh" content="0;url=/404">'
    ),
    "marks of checks in a page to read": answer(
        ARTICLE + b"<p>" + b"word " * 200 + b"<script src='px-captcha'></script>"
    ),
}


def at(name: str) -> str:
    return "/" + "".join(letter if letter.isalnum() else "-" for letter in name)


@pytest.fixture(scope="module")
def bad() -> Iterator[Site]:
    with site() as told:
        told.says = {at(name): says for name, (says, _) in REFUSED.items()} | {
            at(name): says for name, says in READ.items()
        }
        told.says |= {
            "/robots.txt": answer("User-agent: *\nDisallow: /private", type="text/plain"),
            "/in-a-circle": leads("/a-circle"),
            **{f"/way/{number}": leads(f"/way/{number + 1}") for number in range(9)},
            "/way/1-at-the-end": leads(f"{told.at}/plain"),
            "/gr%C3%BC%C3%9Fe": answer(ARTICLE),
            "/login?return=/a": answer(ARTICLE),
            "/404.html": answer(ARTICLE),
            "/consent/?return=/a": answer(page("We value your privacy", "We and our partners")),
        }
        yield told


@pytest.mark.parametrize(("name", "code"), [(name, code) for name, (_, code) in REFUSED.items()])
def test_what_servers_do_wrong_is_told(bad: Site, name: str, code: str) -> None:
    began = time.monotonic()
    assert refused(bad.at + at(name)).code == code
    assert time.monotonic() - began < 5, "no limit of time"


@pytest.mark.parametrize("name", READ)
def test_what_servers_do_right_is_read(bad: Site, name: str) -> None:
    fetched = fetcher().fetch(bad.at + at(name))
    assert fetched.body.startswith(ARTICLE)
    assert fetched.asked == bad.at + at(name)


def test_nothing_is_asked_of_what_cannot_be_told(ours: Site) -> None:
    # Numbers that the system takes for an address, and the port of another protocol.
    for host in ("2130706433", "0x7f.1", "127.1"):
        assert refused(f"http://{host}:{ours.port}/", fetcher(is_public)).code == "private-address"
    assert refused("http://127.0.0.1:1/").code == "connection"
    assert refused(f"https://127.0.0.1:{ours.port}/").code == "connection"
    assert ours.paths(robots=True) in ([], ["/"])


def test_the_time_is_one_for_all_that_an_address_leads_to(ours: Site) -> None:
    def slowly(says: Saying) -> Saying:
        return lambda asked: (time.sleep(0.15), says(asked))[1]

    ours.says = {f"/{number}": slowly(leads(f"/{number + 1}")) for number in range(4)} | {"/4": answer(ARTICLE)}
    assert refused(ours.at + "/0").code == "time"


def test_a_name_that_stands_for_nothing_is_told() -> None:
    def fails(*_: object) -> Sequence[Place]:
        raise socket.gaierror(-2, "Name or service not known")

    for look_up in (fails, lambda *_: []):
        assert refused("http://nowhere.example/", fetcher(network=Network(look_up))).code == "name"


@pytest.mark.parametrize("name", ["gzip bomb", "deflate bomb", "no end", "no end of the size of a chunk"])
def test_what_comes_takes_no_more_memory_than_its_limit(bad: Site, name: str) -> None:
    refused(bad.at + at(name))  # what is loaded for the first time is not counted
    tracemalloc.start()
    try:
        refused(bad.at + at(name))
        assert tracemalloc.get_traced_memory()[1] < 3_000_000, "the limit is 200,000 bytes"
    finally:
        tracemalloc.stop()


def test_a_look_up_without_end_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tellings.edge.fetching.network._TO_LOOK_UP", 0.05)

    def never(*_: object) -> Sequence[Place]:
        time.sleep(0.3)
        return []

    assert refused("http://slow.example/", fetcher(network=Network(never, is_public))).code == "name"


def test_what_is_asked_says_who_asks_and_holds_no_cookie(ours: Site) -> None:
    ours.says = {"/a": leads("/b?c=1", 302), "/b?c=1": answer(ARTICLE, Set_Cookie="a=b", ETag='"1"')}
    ours.says["/a"] = answer(status=302, Location="/b?c=1", Set_Cookie="a=b")
    fetched = fetcher().fetch(ours.at + "/a#fragment")
    assert (fetched.asked, fetched.address) == (ours.at + "/a", ours.at + "/b?c=1")
    assert ours.paths(robots=True) == ["/robots.txt", "/a", "/b?c=1"]
    for asked in ours.asked:
        assert asked.headers["user-agent"] == "tellings/0 (test)"
        assert asked.headers["host"] == f"127.0.0.1:{ours.port}"
        assert not {"cookie", "authorization", "referer"} & asked.headers.keys()
    assert agent("1.2", "mail@example.org").startswith("tellings/1.2 (") and "mail@example.org" in agent(
        "1.2", "mail@example.org"
    )


def test_it_is_asked_whether_something_has_changed(ours: Site) -> None:
    ours.says = {"/a": answer(status=304)}
    fetched = fetcher().fetch(ours.at + "/a", etag='"1"', last_modified="Wed, 21 Oct 2015 07:28:00 GMT")
    assert (fetched.status, fetched.body) == (304, b"")
    headers = ours.asked[-1].headers
    assert (headers["if-none-match"], headers["if-modified-since"]) == ('"1"', "Wed, 21 Oct 2015 07:28:00 GMT")


def test_addresses_of_ipv6_are_asked() -> None:
    with site("::1") as told:
        told.says = {"/a": answer(ARTICLE)}
        assert fetcher().fetch(told.at + "/a").body == ARTICLE
        assert told.asked[-1].headers["host"] == f"[::1]:{told.port}"
        assert refused(told.at + "/a", fetcher(is_public)).code == "private-address"


# ---- the machine's own network


def looks_up(*answers: str) -> Callable[[str, int], Sequence[Place]]:
    """A look-up of names that gives another answer each time, the last one for good."""
    left = list(answers)

    def look_up(_host: str, port: int) -> Sequence[Place]:
        told = left.pop(0) if len(left) > 1 else left[0]
        return [place for each in told.split() for place in looked_up(each, port)]

    return look_up


def only(*permitted: str) -> Callable[[str], bool]:
    return lambda address: address in permitted


def test_a_name_that_stands_for_another_address_a_moment_later_is_refused() -> None:
    with site("127.0.0.1") as first, site("127.0.0.2") as second:
        first.says = {"/a": answer(ARTICLE)}
        look_up = looks_up("127.0.0.1", "127.0.0.2")
        asks = fetcher(network=Network(look_up, only("127.0.0.1")))
        assert refused(f"http://news.example:{first.port}/a", asks).code == "private-address"
        assert (first.paths(robots=True), second.asked) == (["/robots.txt"], [])


def test_of_several_addresses_those_that_may_be_asked_are() -> None:
    with site("127.0.0.1") as told:
        told.says = {"/a": answer(ARTICLE)}
        network = Network(looks_up("127.0.0.3 127.0.0.2 127.0.0.1"), only("127.0.0.1", "127.0.0.2"))
        assert fetcher(network=network).fetch(f"http://news.example:{told.port}/a").body == ARTICLE
        assert told.asked[0].headers["host"] == f"news.example:{told.port}"


def test_it_is_the_address_connected_to_that_is_looked_at(ours: Site) -> None:
    seen: list[str] = []

    def permits(address: str) -> bool:
        seen.append(address)
        return len(seen) == 1  # the one told, and then not the one reached

    assert refused(ours.at + "/a", fetcher(permits)).code == "private-address"
    assert seen == ["127.0.0.1", "127.0.0.1"] and ours.asked == []


@pytest.mark.parametrize(
    "to", ["http://127.0.0.2:{}/x", "http://[::1]:{}/x", "http://localhost:{}/x", "//127.0.0.2:{}/x"]
)
def test_nothing_leads_to_the_network_of_this_machine(ours: Site, to: str) -> None:
    ours.says = {"/a": leads(to.format(ours.port))}
    network = Network(
        lambda host, port: looked_up("127.0.0.9" if host == "localhost" else host, port), only("127.0.0.1")
    )
    assert refused(ours.at + "/a", fetcher(network=network)).code == "private-address"


def test_private_addresses_are_asked_only_on_request(ours: Site, call: Call, tmp_path: Path, unpaced: None) -> None:
    ours.says = {"/a": answer(ARTICLE)}
    done = call("fetch", ours.at + "/a", "--into", tmp_path / "in")
    assert done.code == 4 and "--allow-private" in done.err and ours.asked == []
    assert not (tmp_path / "in").exists()
    assert call("fetch", ours.at + "/a", "--into", tmp_path / "in", "--allow-private").code == 0


# ---- who a server is


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 and its key, in one file."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not there to make a certificate")
    folder = tmp_path_factory.mktemp("tls")
    words = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=ours -addext subjectAltName=IP:127.0.0.1"
    made = ["-keyout", str(folder / "key"), "-out", str(folder / "certificate")]
    subprocess.run(["openssl", *words.split(), *made], check=True, capture_output=True)
    both = folder / "both.pem"
    both.write_bytes((folder / "key").read_bytes() + (folder / "certificate").read_bytes())
    return both


def test_a_server_shows_who_it_is(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with site(tls=context) as told:
        told.says = {"/a": answer(ARTICLE), "/endless": drips(OK + b"\r\n")}
        assert refused(told.at + "/a").code == "certificate"
        assert told.asked == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert fetcher().fetch(told.at + "/a").body == ARTICLE
        assert refused(told.at + "/endless").code == "time"
        assert refused(f"https://localhost:{told.port}/a").code == "certificate", "another name"


# ---- robots.txt

DENY = "User-agent: *\nDisallow: /"
ROBOTS: list[tuple[str, Saying, str]] = [
    ("none", answer("", 404), ""),
    ("not for anybody", answer("", 403), ""),
    ("gone", answer("", 410), ""),
    ("all", answer("User-agent: *\nDisallow:"), ""),
    ("nothing", answer(DENY), "robots"),
    ("a mark before it", answer("\ufeff" + DENY), "robots"),
    ("old line ends", answer(DENY.replace("\n", "\r")), "robots"),
    ("others", answer("User-agent: other\nDisallow: /"), ""),
    ("this one", answer("User-agent: other\nDisallow:\n\nUser-agent: Tellings\nDisallow: /news"), "robots"),
    ("this one may", answer(DENY + "\n\nUser-agent: tellings\nAllow: /"), ""),
    ("the longer rule", answer("User-agent: *\nDisallow: /\nAllow: /news/"), ""),
    ("a pattern", answer("User-agent: *\nDisallow: /*s/*$"), "robots"),
    ("a page", answer("<!doctype html><title>Not found</title><p>Disallow: /"), ""),
    ("bytes", answer(bytes(range(256)) * 50), ""),
    ("a fault", answer("", 500), "server-error"),
    ("too busy", answer("", 503, Retry_After="60"), "wait"),
    ("too many", answer("", 429), "wait"),
    ("elsewhere", leads("/rules"), "robots"),
    ("elsewhere and back", leads("/robots.txt"), ""),
    ("nowhere", leads("ftp://example.org/"), ""),
    ("huge", answer(DENY + "\n# " + "a" * 900_000), "robots"),
    ("huge, packed", answer(gzip.compress(f"{DENY}\n{'#' * 90_000_000}".encode()), Content_Encoding="gzip"), "robots"),
    ("without end", drips(OK + b"\r\n" + DENY.encode() + b"\n", b"#" * 65536, 0), "robots"),
    ("slow", drips(OK + b"\r\n"), "time"),
    ("hung up", raw(b""), "connection"),
    ("cut off", answer(DENY, Content_Length="999"), "cut-off"),
    ("stars", answer("User-agent: *\nDisallow: /" + "*a" * 30_000 + "*b$"), ""),
]  # fmt: skip


@pytest.mark.parametrize(("says", "code"), [each[1:] for each in ROBOTS], ids=[each[0] for each in ROBOTS])
def test_what_robots_txt_asks_is_obeyed(ours: Site, says: Saying, code: str) -> None:
    ours.says = {"/robots.txt": says, "/rules": answer(DENY), "/news/1": answer(ARTICLE), "/news/2": answer(ARTICLE)}
    asks = fetcher()
    for address in ("/news/1", "/news/2"):
        if code:
            assert refused(ours.at + address, asks).code == code
        else:
            assert asks.fetch(ours.at + address).body == ARTICLE
    assert [path for path in ours.paths() if path != "/rules"] == ([] if code else ["/news/1", "/news/2"])
    assert ours.paths(robots=True).count("/robots.txt") == 1


def test_robots_txt_of_where_it_leads_is_asked_too(ours: Site) -> None:
    with site() as other:
        other.says = {"/robots.txt": answer(DENY), "/a": answer(ARTICLE)}
        ours.says = {"/a": leads(other.at + "/a")}
        assert refused(ours.at + "/a").code == "robots"
        assert other.paths() == []


# ---- how often


class Clock:
    """A time that passes only where somebody sleeps."""

    def __init__(self) -> None:
        self.time = 1000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.time += seconds

    def pace(self) -> Pace:
        return Pace(1.0, lambda: self.time, self.sleep)


def test_a_host_is_asked_once_a_second(ours: Site) -> None:
    ours.says = {f"/{number}": answer(ARTICLE) for number in range(3)}
    clock = Clock()
    asks = fetcher(pace=clock.pace())
    for number in range(3):
        asks.fetch(f"{ours.at}/{number}")
    assert clock.slept == [1.0, 1.0, 1.0], "between robots.txt and three pages"


@pytest.mark.parametrize(("asked", "slept"), [("5", 5.0), ("0.2", 1.0), ("99999", 30.0), ("-3", 1.0), ("nan", 1.0)])
def test_a_host_that_asks_for_time_gets_it(ours: Site, asked: str, slept: float) -> None:
    ours.says = {
        "/robots.txt": answer(f"User-agent: *\nCrawl-delay: {asked}"),
        "/a": answer(ARTICLE),
        "/b": answer(ARTICLE),
    }
    clock = Clock()
    asks = fetcher(pace=clock.pace())
    asks.fetch(ours.at + "/a")
    asks.fetch(ours.at + "/b")
    assert clock.slept == [1.0, slept]


def test_a_host_that_is_too_busy_is_left_alone(ours: Site) -> None:
    ours.says = {"/a": answer("", 429, Retry_After="7200"), "/b": answer(ARTICLE)}
    clock = Clock()
    asks = fetcher(pace=clock.pace())
    first, second = refused(ours.at + "/a", asks), refused(ours.at + "/b", asks)
    assert (first.code, second.code) == ("wait", "wait") and "2 hours" in first.remedy and first.remedy == second.remedy
    assert ours.paths() == ["/a"]
    clock.time += 7201
    assert asks.fetch(ours.at + "/b").body == ARTICLE


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 99))))
def test_hosts_are_asked_in_turn(asked: list[tuple[str, int]]) -> None:
    items = [(f"http://{host}.example/{number}", place) for place, (host, number) in enumerate(asked)]
    clock = Clock()
    pace = clock.pace()
    got = []
    for address, place in in_turn(items, lambda item: item[0], pace):
        pace.wait(target_of(address).host)
        pace.answered(target_of(address).host, 0.0)
        got.append((address, place))
    assert sorted(got) == sorted(items)
    of_host = {
        host: [item for item in items if target_of(item[0]).host == host]
        for host in (target_of(item[0]).host for item in items)
    }
    for host, wanted in of_host.items():
        assert [item for item in got if target_of(item[0]).host == host] == wanted
    longest = max((len(wanted) for wanted in of_host.values()), default=0)
    assert sum(clock.slept) <= max(0, longest - 1) + 0.001, "waited where another could have been asked"


# ---- what can be an article

TYPES: list[tuple[str, bytes, str]] = [
    ("text/html; charset=utf-8", ARTICLE, ".html"),
    ("TEXT/HTML", ARTICLE, ".html"),
    ("text/html, text/html; charset=utf-8", ARTICLE, ".html"),
    ("application/xhtml+xml", ARTICLE, ".html"),
    ("text/plain", b"The bridge", ".txt"),
    ("application/json", b'{"text": "The bridge"}', ".json"),
    ("application/pdf", b"%PDF-1.7\n", ".pdf"),
    ("text/html", b"%PDF-1.7\n", ".pdf"),
    ("application/octet-stream", b"%PDF-1.7\n", ".pdf"),
    ("text/plain", b"{\\rtf1 a}", ".rtf"),
    ("", ARTICLE, ".html"),
    ("", b"The bridge was closed.", ".txt"),
    ("application/octet-stream", b"\x89PNG\r\n\x1a\n\0\0", "type"),
    ("image/jpeg", b"\xff\xd8\xff", "type"),
    ("video/mp4", b"\0\0\0 ftyp", "type"),
    ("text/css", b"a {}", "type"),
    ("application/zip", b"PK\x03\x04" + b"\0" * 30, "type"),
    ("application/gzip", b"\x1f\x8b\x08\0\0\0\0\0", "type"),
    ("application/vnd.oasis.opendocument.text", b"PK\x03\x04" + b"\0" * 30, ".odt"),
    ("text/xml", b"<?xml version='1.0'?><a/>", "type"),
    ("application/rss+xml", b"<rss/>", "feed"),
    ("text/xml", b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a -->\n<rss version='2.0'>", "feed"),
    ("text/html", b"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'>", "feed"),
    ("application/json", b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "feed"),
    ("text/html", b" \r\n", "empty"),
]  # fmt: skip


def came(
    body: bytes, type: str = "text/html", address: str = "http://a.example/1", through: tuple[str, ...] = ()
) -> Fetched:
    asked = through[0] if through else address
    return Fetched(asked, address, through, 200, type, "", "", {}, body, datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC))


@pytest.mark.parametrize(("type", "body", "expected"), TYPES)
def test_what_can_be_an_article_is_told_by_type_and_first_bytes(type: str, body: bytes, expected: str) -> None:
    try:
        assert suffix_for(came(body, type)) == expected
    except RefusedError as error:
        assert error.code == expected


def test_the_front_page_that_came_for_an_article_is_refused() -> None:
    with pytest.raises(RefusedError) as caught:
        suffix_for(came(ARTICLE, address="https://a.example/", through=("https://a.example/news/1",)))
    assert caught.value.code == "front-page"
    assert suffix_for(came(ARTICLE, address="https://a.example/")) == ".html", "it was asked for"
    assert suffix_for(came(ARTICLE, address="https://a.example/", through=("http://a.example/",))) == ".html"


def test_the_signs_of_walls_have_examples_that_hold() -> None:
    told = tomllib.loads(Path(walls.__file__).with_suffix(".toml").read_text(encoding="utf-8"))["wall"]
    for entry, wall in zip(told, walls.walls(), strict=True):
        assert wall.headers or wall.marks or wall.address
        if wall.address:
            assert [each for each in entry["yes"] if not wall.address.search(each)] == []
            assert [each for each in entry["no"] if wall.address.search(each)] == []


REFRESHES = [
    ("<meta http-equiv=refresh content='0;url=/a'>", "/a"),
    ("<META CONTENT=\"3 ; URL = 'http://a.example/?b=c&amp;d' \" HTTP-EQUIV='Refresh'>", "http://a.example/?b=c&d"),
    ("<meta http-equiv=refresh content='0, a b'>", "a b"),
    ("<meta http-equiv=refresh content='30;url=/a'>", ""),
    ("<meta http-equiv=refresh content='0'>", ""),
    ("<meta http-equiv=refresh content='0;url='>", ""),
    ("<meta http-equiv=other content='0;url=/a'>", ""),
    ("<meta name=refresh content='0;url=/a'>", ""),
    ("<meta http-equiv=refresh content='0;url=/a'>" + "word " * 60, ""),
    ("<meta http-equiv=refresh content='0;url=/a'><script>" + "word " * 60, "/a"),
    ("<meta http-equiv=refresh content='0;url=/a'>" + " " * 20_000, ""),
]


@pytest.mark.parametrize(("body", "leads_to"), REFRESHES, ids=range(len(REFRESHES)))
def test_pages_that_do_nothing_but_lead_on_are_known(body: str, leads_to: str) -> None:
    assert refreshed_to(body.encode()) == leads_to


def test_words_of_a_page_are_counted_in_time_with_its_length() -> None:
    count = walls.words_of
    assert count(b"<p>one two</p><script>three four five</script><style>six seven</style><!-- eight nine --> ten") == 3
    pieces = (b"<script>", b"<!--", b"<", b"</script", b"a<b ")
    assert grows_linearly(lambda times: [count(piece * len(times)) for piece in pieces], range(8_000), range(32_000))
    spaces = b" " * 900
    pieces = (b"<meta http-equiv=refresh content='0;" + spaces, b'<meta content="', b"<meta http-equiv" + spaces)
    assert grows_linearly(lambda times: [refreshed_to(each * len(times)) for each in pieces], range(5), range(20))


# ---- what is kept


def test_a_file_is_kept_as_it_came_with_where_it_is_from(ours: Site, tmp_path: Path) -> None:
    ours.says = {
        "/go?to=1": leads("/News/2021/The%20Bridge.html"),
        "/News/2021/The%20Bridge.html": answer(ARTICLE, ETag='"e"'),
    }
    now = datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)
    (outcome,) = collect([ours.at + "/go?to=1"], Folder(tmp_path / "in"), fetcher(now=lambda: now))
    assert outcome.outcome == "kept" and outcome.kept is not None
    path = outcome.kept.path
    assert path.read_bytes() == ARTICLE and path.name.startswith("127-0-0-1_the-bridge_") and path.suffix == ".html"
    told = load(path_beside(path))
    assert told == outcome.kept.sidecar and told is not None
    assert (told.address, told.final, told.status) == (
        ours.at + "/go?to=1",
        ours.at + "/News/2021/The%20Bridge.html",
        200,
    )
    assert (told.fetched, told.bytes, told.etag, told.redirects) == ("2021-03-04T05:06:07Z", len(ARTICLE), '"e"', ())
    assert sorted(each.name for each in path.parent.iterdir()) == [path.name, path.name + ".fetched.json"]


def test_what_servers_and_feeds_say_at_length_is_kept_and_known_again(ours: Site, tmp_path: Path) -> None:
    long = "a" * 7_900
    ours.says = {f"/{number}{long}": leads(f"/{number + 1}{long}") for number in range(4)}
    ours.says[f"/4{long}"] = answer(ARTICLE, ETag=f'"{"e" * 60_000}"', type="text/html; a=" + "b" * 60_000)
    item = FeedItem(feed="f" * 8_000, id="\u2603" * 8_000, title="\x01" * 8_000, published="d" * 8_000)
    fetched = fetcher().fetch(f"{ours.at}/0{long}")
    first = Folder(tmp_path).keep(fetched, ".html", item)
    found = Folder(tmp_path).of(f"{ours.at}/0{long}")
    assert found == first and found.sidecar.item == item


def test_what_is_refused_keeps_nothing_of_what_came(ours: Site, tmp_path: Path) -> None:
    ours.says = {"/a": answer(ARTICLE, type="image/png"), "/robots.txt": answer("", 404)}
    with site() as busy:
        busy.says = {"/robots.txt": answer("", 500)}
        addresses = [
            ours.at + "/a",
            ours.at + "/b",
            *(f"{busy.at}/{number}" for number in range(3)),
            "http://127.0.0.1:1/",
        ]
        for outcome in collect(addresses, Folder(tmp_path), fetcher()):
            error = outcome.refusal
            assert error is not None and (error.__traceback__, error.__context__, error.__cause__) == (None, None, None)


def test_what_is_there_is_not_asked_for_and_never_replaced(ours: Site, tmp_path: Path) -> None:
    ours.says = {"/a": answer(ARTICLE, ETag='"1"'), "/short": leads("/a")}

    def outcome(address: str, again: bool = False) -> str:
        (found,) = collect([ours.at + address], Folder(tmp_path), fetcher(), again=again)
        return found.outcome

    assert [outcome("/a"), outcome("/a?utm_source=b#c"), outcome("/short")] == ["kept", "already", "already"]
    assert ours.paths() == ["/a", "/short", "/a"]
    ours.says["/a"] = answer(status=304)
    assert outcome("/a", again=True) == "unchanged" and ours.asked[-1].headers["if-none-match"] == '"1"'
    ours.says["/a"] = answer(ARTICLE)
    assert outcome("/a", again=True) == "unchanged"
    ours.says["/a"] = answer(ARTICLE + b"<p>More.")
    assert outcome("/a", again=True) == "kept"
    assert len(list(tmp_path.glob("*.html"))) == 2
    # One that somebody has changed stays, and is fetched once more.
    for path in tmp_path.glob("*.html"):
        path.write_bytes(b"mine")
    assert outcome("/a") == "kept"
    assert sorted(len(path.read_bytes()) for path in tmp_path.glob("*.html")) == [4, 4, len(ARTICLE) + 8]


def test_a_sidecar_whose_file_was_not_written_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tellings.edge.fetching import keeping

    whole = keeping.save

    def dies(path: Path, data: bytes, **settings: Any) -> None:
        if path.suffix == ".html":
            raise KeyboardInterrupt
        whole(path, data, **settings)

    monkeypatch.setattr(keeping, "save", dies)
    with pytest.raises(KeyboardInterrupt):
        Folder(tmp_path).keep(came(ARTICLE), ".html")
    monkeypatch.undo()
    assert read_paths([tmp_path]) == ((), ())
    folder = Folder(tmp_path)
    assert folder.of("http://a.example/1") is None and folder.alike(ARTICLE) is None
    folder.keep(came(ARTICLE), ".html")
    assert len(list(tmp_path.iterdir())) == 2 and Folder(tmp_path).of("http://a.example/1") is not None


@given(st.text(max_size=300), st.text(max_size=40))
def test_names_of_files_are_short_and_plain(path: str, query: str) -> None:
    from tellings.edge.fetching.keeping import _name

    try:
        address = target_of(f"http://news.example/{path}?{query}").address
    except RefusedError:
        return
    name = _name(address)
    assert len(name) < 150 and all(letter.isascii() and (letter.isalnum() or letter in "-_") for letter in name)


# ---- what readers know of it


def kept(folder: Path, body: bytes, suffix: str = ".html", item: FeedItem | None = None, **settings: Any) -> Path:
    return Folder(folder).keep(came(body, **settings), suffix, item).path


def test_readers_take_address_and_day_from_the_sidecar(tmp_path: Path) -> None:
    item = FeedItem(feed="http://a.example/feed", id="1", title="T", published="Tue, 02 Mar 2021 23:30:00 -0500")
    path = kept(tmp_path, ARTICLE, item=item)
    for place in (tmp_path, path):
        (found,), problems = read_paths([place])
        assert problems == ()
        assert found.url is not None and (found.url.value, found.url.evidence) == ("http://a.example/1", "fetched from")
        assert (found.date.value, found.date.rule) == (date(2021, 3, 2), "feed")


def test_the_time_of_fetching_is_no_day_of_the_article(tmp_path: Path) -> None:
    kept(tmp_path, ARTICLE)
    (found,), _ = read_paths([tmp_path])
    assert found.date.value is None


def test_what_a_page_says_of_itself_goes_before(tmp_path: Path) -> None:
    head = '<link rel=canonical href="/news/b"><meta property="article:published_time" content="2021-02-01">'
    item = FeedItem(feed="f", published="2021-03-01")
    kept(tmp_path, page("The bridge", "It was closed.", head).encode(), item=item)
    (found,), _ = read_paths([tmp_path])
    assert found.url is not None and found.url.value == "http://a.example/news/b"
    assert found.date.value == date(2021, 2, 1)


def test_a_day_of_a_feed_that_is_none_tells_nothing(tmp_path: Path) -> None:
    kept(tmp_path, ARTICLE, item=FeedItem(feed="f", published="last Tuesday"))
    (found,), problems = read_paths([tmp_path])
    assert found.date.value is None and problems == ()


def test_a_file_that_was_changed_is_read_and_that_is_said(tmp_path: Path) -> None:
    path = kept(tmp_path, ARTICLE)
    path.write_bytes(ARTICLE.replace(b"noon", b"one"))
    (found,), (problem,) = read_paths([tmp_path])
    assert found.url is not None and not problem.lost and "changed" in problem.message


def test_a_file_of_several_articles_has_no_address_of_its_own(tmp_path: Path) -> None:
    kept(tmp_path, b'[{"text": "The bridge was closed."}, {"text": "The bridge was open."}]', ".json")
    found, problems = read_paths([tmp_path])
    assert [each.url for each in found] == [None, None] and problems == ()


def test_a_sidecar_given_by_name_is_ours(tmp_path: Path) -> None:
    path = kept(tmp_path, ARTICLE)
    _, (problem,) = read_paths([path_beside(path)])
    assert problem.kind == "own-output"
    (tmp_path / "b.fetched.json").write_text('{"text": "The bridge was closed."}')
    found, _ = read_paths([tmp_path])
    assert len(found) == 2, "a file that merely has such a name is read"


RUSSIAN = "<p>Мост через реку закрыли в полдень, сказала Ада."
CHARSETS = [
    ("text/html; charset=windows-1251", RUSSIAN.encode("cp1251"), "Мост", "windows-1251"),
    ('text/html;charset="KOI8-R"', RUSSIAN.encode("koi8-r"), "Мост", "koi8-r"),
    ("text/html; charset=utf-8", b"<meta charset=windows-1251>" + RUSSIAN.encode("cp1251"), "Мост", "windows-1251"),
    ("text/html; charset=windows-1251", RUSSIAN.encode(), "Мост", ""),
    ("text/html; charset=nonsense", "<p>The café was closed.".encode("cp1252"), "café", "Windows-1252"),
    ("text/html; charset=rot13", "<p>The café was closed.".encode("cp1252"), "café", "Windows-1252"),
    ("text/html; charset=us-ascii", "<p>The café was closed.".encode("cp1252"), "café", "Windows-1252"),
]  # fmt: skip


@pytest.mark.parametrize(("type", "body", "word", "said"), CHARSETS)
def test_the_encoding_that_a_server_names_is_tried(
    tmp_path: Path, type: str, body: bytes, word: str, said: str
) -> None:
    kept(tmp_path, body, type=type)
    (found,), problems = read_paths([tmp_path])
    assert word in found.text
    assert (
        any(said in problem.message for problem in problems)
        if said
        else "encoding" not in [each.kind for each in problems]
    )


# ---- lists of addresses

RSS, ATOM = "<rss version='2.0'><channel>{}</channel></rss>", "<feed xmlns='http://www.w3.org/2005/Atom'{}</feed>"
RDF = "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'"
ONE, TWO = "http://a.example/1", "http://a.example/2"
LISTS: list[tuple[str, bytes, tuple[str, ...], str]] = [
    ("lines", f"{ONE}\n\n# more\n  {TWO}\tThe bridge\r\n{ONE}\n".encode(), (ONE, TWO), "lines"),
    ("utf-16", f"{ONE}\n".encode("utf-16"), (ONE,), "lines"),
    ("no address", b"a.example/1\n", ("a.example/1",), "lines"),
    ("nothing", b"", (), "lines"),
    (
        "rss",
        RSS.format(f"<item><link>{ONE}</link></item><item><guid>{TWO}</guid></item>").encode(),
        (ONE, TWO),
        "feed",
    ),
    (
        "atom",
        ATOM.format(" xml:base='http://a.example/x/'><entry><link href='1'/></entry>").encode(),
        ("http://a.example/x/1",),
        "feed",
    ),
    ("atom without a name space", f"<feed><entry><link href='{ONE}'/></entry></feed>".encode(), (ONE,), "feed"),
    ("rdf", f"<rdf:RDF {RDF}><item><link>{ONE}</link></item></rdf:RDF>".encode(), (ONE,), "feed"),
    (
        "json feed",
        b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": 1, "url": "/1"}, {"external_url": "x"}, 3]}',
        ("http://f.example/1", "http://f.example/x"),
        "feed",
    ),
    (
        "broken",
        RSS.format(f"<title>A & B</title><item><title>C<b></title><link>{ONE}?b=c&d=e</link>").encode(),
        (f"{ONE}?b=c&d=e",),
        "feed",
    ),
    (
        "opml",
        f"<?xml version='1.0'?><opml><body><outline><outline xmlUrl='{ONE}'/></outline></body></opml>".encode(),
        (ONE,),
        "opml",
    ),
    (
        "opml, not well-formed",
        f"<!-- a > b --><?b?><OPML><Outline xmlurl='{ONE}?a&b'><outline xmlUrl='{TWO}?a&amp;b'></OPML>".encode(),
        (f"{ONE}?a&b", f"{TWO}?a&b"),
        "opml",
    ),
    ("opml, utf-16", f"<opml><outline xmlUrl='{ONE}'/></opml>".encode("utf-16"), (ONE,), "opml"),
]


@pytest.mark.parametrize(("data", "addresses", "kind"), [each[1:] for each in LISTS], ids=[each[0] for each in LISTS])
def test_lists_of_addresses_are_read(data: bytes, addresses: tuple[str, ...], kind: str) -> None:
    assert addresses_in(data, "", "http://f.example/feed") == (addresses, kind)


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0",
        b"<opml \0",
        ARTICLE,
        b"<!DOCTYPE a [<!ENTITY b 'c'>]><opml><outline xmlUrl='&b;'/></opml>",
    ],
)
def test_what_is_no_list_is_refused(data: bytes) -> None:
    with pytest.raises(FeedError):
        addresses_in(data)


def test_lists_are_told_in_time_with_their_length() -> None:
    pieces = ("<!-- -->", "<!--", "<?a?>", "<!a>", "<!-- <", '{"version" ', "<outline xmlUrl='&a", "<opml>", "&")
    lists = [(begins + piece).encode() for piece in pieces for begins in ("", "<opml>")]
    assert grows_linearly(lambda times: [_tried(piece * len(times)) for piece in lists], range(2_000), range(8_000))


def _tried(data: bytes) -> None:
    with suppress(FeedError):
        addresses_in(data)


def test_a_feed_is_no_name_of_a_file_and_no_address_to_fetch(ours: Site, tmp_path: Path) -> None:
    (tmp_path / "feed").write_text("<rss version='2.0'><channel><item><link>http://a/1</link></item></channel></rss>")
    for body in (str(tmp_path / "feed"), ours.at + "/feed"):
        with pytest.raises(FeedError):
            items_of(body.encode(), "application/rss+xml", "http://a.example/")
    assert ours.asked == []


# ---- the command


def test_the_command_tells_what_became_of_each(ours: Site, call: Call, tmp_path: Path, unpaced: None) -> None:
    ours.says = {
        "/a": answer(ARTICLE),
        "/b": answer(ARTICLE + b"b"),
        "/feed": answer(LISTS[4][1], type="application/rss+xml"),
    }
    into = ("--into", tmp_path / "in", "--allow-private")
    done = call("fetch", ours.at + "/a", ours.at + "/missing", ours.at + "/feed", *into, "--format", "json")
    assert done.code == 3
    told = json.loads(done.out)
    assert [(each["outcome"], each["code"], each["status"]) for each in told] == [
        ("kept", None, None), ("refused", "status", 404), ("refused", "feed", None),
    ]  # fmt: skip
    assert Path(told[0]["file"]).read_bytes() == ARTICLE
    assert done.err.count("LOST") == 2 and "404" in done.err and "--list" in done.err
    assert (tmp_path / "told.json").write_bytes(done.out)
    assert [each.kind for each in read_paths([tmp_path / "told.json"])[1]] == ["own-output"]
    assert call("fetch", ours.at + "/a", *into).code == 0
    assert call("fetch", ours.at + "/missing", *into).code == 4
    done = call("fetch", "--list", "-", *into, "--json", stdin=f"{ours.at}/a\n{ours.at}/b\n".encode())
    assert (done.code, [each["outcome"] for each in json.loads(done.out)]) == (0, ["already", "kept"])
    assert call("fetch").code == 2
    assert call("fetch", ours.at + "/a", "--contact", "a\r\nX: b", *into).code == 2
    for place in (tmp_path / "none.txt", ours.at + "/none"):
        done = call("fetch", "--list", place, *into)
        assert done.code == 4 and len(done.err.splitlines()) == 1, done.err
    (tmp_path / "file").write_text("")
    done = call("fetch", ours.at + "/a", "--into", tmp_path / "file" / "in", "--allow-private")
    assert done.code == 4 and "--into" in done.err


def test_a_feed_is_a_list(ours: Site, call: Call, tmp_path: Path, unpaced: None) -> None:
    items = "".join(f"<item><link>/n/{number}</link></item>" for number in range(3))
    ours.says = {f"/n/{number}": answer(page(str(number), f"The bridge {number}.")) for number in range(3)}
    ours.says["/feed"] = answer(f"<rss version='2.0'><channel>{items}</channel></rss>", type="text/xml")
    done = call("fetch", "--list", ours.at + "/feed", "--into", tmp_path, "--allow-private")
    assert done.code == 0 and b"3 kept" in done.out
    assert len(read_paths([tmp_path])[0]) == 3


def test_commands_that_read_articles_take_addresses(
    ours: Site, call: Call, tmp_path: Path, unpaced: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ours.says = {"/a": answer(ARTICLE), "/b": answer(page("The boat", "The boat sank."))}
    assert call("fetch", ours.at + "/a", ours.at + "/b", "--allow-private", "--quiet") == Called(0, b"", "")
    asked = len(ours.asked)
    # They are in the folder: nothing is asked any more.
    assert call("read", ours.at + "/a", "-o", "out", "--quiet") == Called(0, b"", "")
    record = json.loads((tmp_path / "out" / "record.json").read_bytes())
    assert [telling["url"]["value"] for telling in record["tellings"]] == [ours.at + "/a"]
    assert call("verify", "out/record.json", "--again").code == 0
    for command in ("quotes", "times", "timeline", "facts", "brief", "copies", "stories"):
        assert call(command, ours.at + "/a", "--quiet").code == 0, command
    assert call("diff", ours.at + "/a", ours.at + "/b").code == 0
    assert call("add", ours.at + "/a", "--library", "library.db", "--quiet").code == 0
    assert len(ours.asked) == asked
    # One that cannot be fetched is an input that is missing; with the others there is a record.
    done = call("read", ours.at + "/a", ours.at + "/c", "-o", "out", "--quiet")
    assert done.code == 3 and done.err.count("LOST") == 1 and "--allow-private" in done.err
    assert call("read", ours.at + "/c").code == 4


def test_addresses_that_cannot_be_kept_are_named(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fetched").write_text("no folder")
    (tmp_path / "a.txt").write_text("The bridge was closed at noon.")
    done = call("read", "http://127.0.0.1:1/a", "a.txt", "--quiet")
    assert done.code == 3 and "LOST http://127.0.0.1:1/a" in done.err and "fetched" in done.err


def test_nothing_of_the_network_is_loaded_without_an_address(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The bridge was closed at noon.")
    code = (
        "import sys, tellings; tellings.read(sys.argv[1]);"
        "print([name for name in sys.modules if name.partition('.')[0] in ('urllib3', 'protego')"
        " or name == 'tellings.library.fetching'])"
    )
    done = subprocess.run([sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def heed_interrupts() -> None:
    """A process that is run in the background is told to pass over interrupts, and so are those that it starts."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_an_interrupt_leaves_whole_files(ours: Site, tmp_path: Path) -> None:
    ours.says = {"/a": answer(ARTICLE), "/b": drips(OK + b"\r\n" + ARTICLE)}
    words = ["fetch", ours.at + "/a", ours.at + "/b", "--into", str(tmp_path), "--allow-private"]
    run = subprocess.Popen(
        [sys.executable, "-c", UNPACED, *words], stderr=subprocess.PIPE, text=True, cwd=ROOT, preexec_fn=heed_interrupts
    )
    until(lambda: "/b" in ours.paths())
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=20)
    assert run.returncode == 130 and "nothing half-written" in said and "Traceback" not in said
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".html", ".json"]
    assert len(read_paths([tmp_path])[0]) == 1


#: The program, without waits between questions.
UNPACED = """
import sys
from tellings.library import fetching
from tellings.edge.fetching.pace import Pace
fetching.Pace = lambda: Pace(0.0)
from tellings.cli import main
sys.argv[0] = "tellings"
main()
"""


def until(holds: Callable[[], bool]) -> None:
    """Wait for what another process or thread does."""
    end = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)


# ---- what the page on fetching says


def test_codes_and_fields_are_documented() -> None:
    text = (ROOT / "docs" / "fetching.md").read_text(encoding="utf-8")
    refused_part = text.partition("## What is refused")[2].partition("\n## ")[0]
    assert tuple(re.findall(r"^\| `([a-z-]+)` \|", refused_part, re.MULTILINE)) == CODES
    kept_part = text.partition("## What is kept")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`.*?) \|", kept_part, re.MULTILINE)
    assert [name for row in rows for name in re.findall(r"`(\w+)`", row)] == list(Sidecar.__struct_fields__)
    assert f"{Limits().bytes:,}" in text and f"{MOST:,}" in text and f"| {Limits().redirects};" in text
    assert set(_WORDS) <= set(re.findall(r"`(\w+)`", text))


# ---- anything at all


def fuzz_answers(count: int, seed: int = 0) -> None:
    """Answers with bytes changed, left out and doubled: fetched, or refused with a code."""
    rng = random.Random(seed)
    wholes = [
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 40\r\n\r\n"
        + b"<p>The bridge was closed at noon on day.",
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/%C3%A4?b#c\r\nRetry-After: 7\r\n\r\n",
        b"HTTP/1.1 429 No\r\nRetry-After: Wed, 21 Oct 2015 07:28:00 GMT\r\n\r\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\nX: y\r\n\r\n",
        OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(ARTICLE),
        OK + b"Content-Encoding: deflate\r\n\r\n" + zlib.compress(ARTICLE),
    ]
    with site() as told:
        for _ in range(count):
            data = bytearray(rng.choice(wholes))
            for _ in range(rng.randint(1, 8)):
                place = rng.randrange(len(data) + 1)
                kind = rng.random()
                if kind < 0.4:
                    data[place : place + 1] = bytes([rng.randrange(256)])
                elif kind < 0.7:
                    del data[place : place + rng.randint(1, 12)]
                else:
                    data[place:place] = rng.choice(
                        [b"\r\n", b"\n", b"\0", b"gzip", b"-1", b"9" * 30, b": ", b"\xff", b"ffff"]
                    )
            told.says = {"/a": raw(bytes(data))}
            robots = told.says.setdefault("/robots.txt", raw(bytes(data)) if rng.random() < 0.3 else answer("", 404))
            assert robots
            try:
                fetched = fetcher(only("127.0.0.1"), limits=Limits(200_000, 1.0, 2)).fetch(told.at + "/a")
                suffix_for(fetched)
            except RefusedError as error:
                assert error.code in CODES and error.message.isprintable(), error.message


def fuzz_lists(count: int, seed: int = 0) -> None:
    """Lists with pieces of others in them: addresses, or refused."""
    rng = random.Random(seed)
    wholes = [data for _, data, _, _ in LISTS if data]
    for _ in range(count):
        data = bytearray(rng.choice(wholes))
        for _ in range(rng.randint(1, 6)):
            place, other = rng.randrange(len(data) + 1), rng.choice(wholes)
            begin = rng.randrange(len(other))
            data[place : place + rng.randint(0, 9)] = other[begin : begin + rng.randint(0, 30)] + bytes(
                [rng.randrange(256)]
            )
        is_feed(bytes(data), "")
        for read in (
            lambda held: addresses_in(held, "", "http://f.example/"),
            lambda held: items_of(held, "", "http://f.example/"),
        ):
            try:
                read(bytes(data))
            except FeedError as error:
                assert str(error)


def fuzz_sidecars(count: int, folder: Path, seed: int = 0) -> None:
    """Sidecars with bytes changed: the file beside them is read all the same."""
    rng = random.Random(seed)
    path = kept(folder, ARTICLE, item=FeedItem(feed="f", id="1", published="2021-03-01"))
    whole = path_beside(path).read_bytes()
    for _ in range(count):
        data = bytearray(whole)
        for _ in range(rng.randint(1, 5)):
            place = rng.randrange(len(data) + 1)
            data[place : place + rng.randint(0, 3)] = rng.choice(
                [b"", b'"', b"\0", b"\xff", b"[", b"9", b"\\ud800", b"null", b"{}"]
            )
        path_beside(path).write_bytes(data)
        (found,), _ = read_paths([path])
        assert found.text and Folder(folder) is not None


def test_no_answer_is_a_fault_of_ours() -> None:
    fuzz_answers(150)


def test_no_list_is_a_fault_of_ours() -> None:
    fuzz_lists(300)


def test_no_sidecar_is_a_fault_of_ours(tmp_path: Path) -> None:
    fuzz_sidecars(60, tmp_path)
