"""Stamps of time: what an authority signs is about this sidecar, or is no stamp."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from project import Called
from site_of_ours import Asked, Saying, Site, answer, leads, page, site

from tellings.edge.fetching.pace import Pace
from tellings.edge.fetching.refusals import RefusedError
from tellings.edge.fetching.stamps import moment_of, question, stamp_beside
from tellings.edge.readers import read_paths
from tellings.edge.readers.sidecar import path_beside
from tellings.library import fetching

Call = Callable[..., Called]
SETTINGS = """
[tsa]
default_tsa = ours
[ours]
serial = {0}/serial
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
[extensions]
extendedKeyUsage = critical,timeStamping
[req]
distinguished_name = name
[name]
"""


class Authority:
    """An authority that OpenSSL is, with what it was asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[bytes] = []
        (folder / "settings").write_text(SETTINGS.format(folder))
        (folder / "serial").write_text("01")
        words = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=ours -extensions extensions -keyout key -out pem"
        self.run(*words.split(), "-config", "settings")

    def run(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(["openssl", *words], cwd=self.folder, check=True, capture_output=True)

    def reply(self, asked: bytes) -> bytes:
        self.asked.append(asked)
        (self.folder / "question").write_bytes(asked)
        words = "ts -reply -config settings -queryfile question -signer pem -inkey key -out reply"
        self.run(*words.split())
        return (self.folder / "reply").read_bytes()

    def says(self, asked: Asked) -> None:
        """The reply to a question that was posted."""
        assert asked.headers["content-type"] == "application/timestamp-query"
        answer(self.reply(asked.body), type="application/timestamp-reply")(asked)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not there to be an authority")
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def ours(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr(fetching, "Pace", lambda: Pace(0.0))
    with site() as told:
        told.says["/a"] = answer(page("The bridge", "The bridge was closed."))
        yield told


def test_a_stamp_is_what_openssl_checks(authority: Authority, ours: Site, call: Call, tmp_path: Path) -> None:
    ours.says["/tsa"] = authority.says
    words = ("fetch", ours.at + "/a", "--into", tmp_path, "--allow-private", "--stamp", ours.at + "/tsa", "--json")
    done = call(*words)
    (told,) = json.loads(done.out)
    assert (done.code, done.err) == (0, "")
    moment = datetime.fromisoformat(told["stamped"].replace("Z", "+00:00"))
    assert abs(datetime.now(UTC) - moment) < timedelta(minutes=1)
    path = Path(told["file"])
    asked = ("ts", "-verify", "-data", str(path_beside(path)), "-in", str(stamp_beside(path)), "-CAfile", "pem")
    assert b"OK" in authority.run(*asked).stdout
    # The authority saw a digest, and nothing of what was fetched; the next time it is not asked.
    assert sha256(path_beside(path).read_bytes()).digest() in authority.asked[-1] and len(authority.asked[-1]) < 80
    before = len(authority.asked)
    assert json.loads(call(*words).out)[0]["stamped"] == told["stamped"] and len(authority.asked) == before
    # A stamp of something else is none, and a new one is asked for.
    stamp_beside(path).write_bytes(authority.reply(question(b"x" * 32, 1)))
    assert json.loads(call(*words).out)[0]["stamped"] and b"OK" in authority.run(*asked).stdout
    # Readers pass over it.
    assert [len(found) for found in read_paths([tmp_path])] == [1, 0]


NO_STAMPS: list[tuple[str, Saying]] = [
    ("a page", answer("<p>No stamps today")),
    ("nothing", answer(b"")),
    ("a fault", answer("", 500)),
    ("elsewhere", leads("/a")),
    ("refused", answer(bytes.fromhex("30053003020102"))),
    ("granted and not there", answer(bytes.fromhex("30053003020100"))),
    ("too large", answer(b"\x30" * 200_000)),
]


@pytest.mark.parametrize("says", [each[1] for each in NO_STAMPS], ids=[each[0] for each in NO_STAMPS])
def test_a_file_without_a_stamp_is_kept_and_that_is_said(ours: Site, call: Call, tmp_path: Path, says: Saying) -> None:
    ours.says["/tsa"] = says
    words = ("fetch", ours.at + "/a", "--into", tmp_path, "--allow-private", "--stamp", ours.at + "/tsa", "--quiet")
    done = call(*words)
    assert done.code == 3 and done.err.startswith("note ") and len(done.err.splitlines()) == 1
    assert len(list(tmp_path.glob("*"))) == 2


def test_a_stamp_of_something_else_is_refused(authority: Authority) -> None:
    digest = sha256(b"a").digest()
    reply = authority.reply(question(digest, 2**62 + 5))
    moment_of(reply, digest, 2**62 + 5)
    for other, nonce in ((sha256(b"b").digest(), 2**62 + 5), (digest, 2**62 + 6)):
        with pytest.raises(RefusedError, match=r"something else|another question"):
            moment_of(reply, other, nonce)


def fuzz_replies(authority: Authority, count: int, seed: int = 0) -> None:
    """Replies with bytes changed: a time, or refused."""
    rng, digest = random.Random(seed), sha256(b"a").digest()
    reply = authority.reply(question(digest, 7))
    # What is told of the time stands in the first part; the rest is its signature.
    for _ in range(count):
        data = bytearray(reply)
        for _ in range(rng.randint(1, 4)):
            place = rng.randrange(200)
            data[place : place + rng.randint(0, 2)] = rng.randbytes(rng.randint(0, 2))
        try:
            assert moment_of(bytes(data), digest, 7).tzinfo is UTC
        except RefusedError as error:
            assert error.code == "stamp"


def test_no_reply_is_a_fault_of_ours(authority: Authority) -> None:
    fuzz_replies(authority, 2_000)
    for size in range(100):
        with pytest.raises(RefusedError):
            moment_of(b"\x30" * size, b"x" * 32)
