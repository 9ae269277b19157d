"""What is written in the outbox leaves the house: over a real mail server, into a folder, or loudly not at all."""

import asyncio
import secrets
import socket
import ssl
import time
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlmodel import col, select

from core.errors import Invalid, NotFound, Refused, Unusable
from core.mail import DeliveryOutcome, Folder, Mail, Result, Smtp, as_email, require_known
from core.settings import from_environment
from core.store import outbox
from core.store.db import Database
from core.store.outbox import PAUSES, OutboxMessage, OutboxSilence

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


class Box:
    """What a mail server took, and what it is told to say of an address."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, list[str], bytes, bool]] = []
        self.answers: dict[str, str] = {}

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, _options: Any) -> str:
        answer = self.answers.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.taken.append((envelope.mail_from, envelope.rcpt_tos, envelope.content, session.ssl is not None))
        return "250 OK"


def let_in(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: LoginPassword) -> AuthResult:
    known = given.login == b"register" and given.password == b"ge:heim@1"
    return AuthResult(success=known, handled=known)


@contextmanager
def mail_server(**options: Any) -> Iterator[tuple[Box, int]]:
    box = Box()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port, server_hostname="localhost", **options)
    server.start()
    try:
        yield box, port
    finally:
        server.stop()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What a server shows, and a client that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2099, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("tls")
    pem = made.public_bytes(serialization.Encoding.PEM)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "both.pem").write_bytes(private + pem)
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(folder / "both.pem")
    return server, ssl.create_default_context(cadata=pem.decode())


def a_message(**more: Any) -> OutboxMessage:
    values = {"topic": "decision", "address": "leo@voorbeeld.example", "subject": "Een besluit", "body": "Log in.\n"}
    return OutboxMessage(**{**values, "created_at": NOON, **more})


async def waiting(url: str, *messages: OutboxMessage) -> Database:
    database = Database(url)
    async with database.writing() as session, session.begin():
        session.add_all(messages)
    return database


async def all_of(database: Database) -> list[OutboxMessage]:
    async with database.reading() as session:
        return list(await session.exec(select(OutboxMessage).order_by(col(OutboxMessage.created_at))))


async def later(database: Database) -> None:
    """As if the time to wait had passed."""
    async with database.writing() as session, session.begin():
        await session.exec(sa.update(OutboxMessage).values(next_try_at=None))


async def test_a_mail_server_gets_each_message_once_with_its_text(database_url):
    subject = "Besluit over é, 漢 en een heel lange regel " + "x" * 90
    database = await waiting(database_url, a_message(subject=subject, body="Beste Zoë,\n.\n.. punten\n"), a_message())

    with mail_server() as (box, port):
        assert await outbox.deliver(database, Smtp(f"smtp://127.0.0.1:{port}", "register@bekwaam.example")) == 2
        assert await outbox.deliver(database, Smtp(f"smtp://127.0.0.1:{port}")) == 0

    assert [(sender, to) for sender, to, *_ in box.taken] == [
        ("register@bekwaam.example", ["leo@voorbeeld.example"])
    ] * 2
    read = message_from_bytes(box.taken[0][2], policy=policy.default)
    assert read["Subject"] == subject
    assert read.get_content().replace("\r\n", "\n") == "Beste Zoë,\n.\n.. punten\n"
    assert read["Auto-Submitted"] == "auto-generated"
    assert all(message.sent_at and not message.error for message in await all_of(database))
    await database.close()


@ONE
async def test_a_secret_link_is_no_longer_readable_once_it_is_sent(database_url):
    token = secrets.token_urlsafe(32)
    database = await waiting(database_url, a_message(body=f"Kies op https://x.example/wachtwoord/{token}\nGroet\n"))

    with mail_server() as (box, port):
        await outbox.deliver(database, Smtp(f"smtp://127.0.0.1:{port}"))

    assert token.encode() in box.taken[0][2].replace(b"=\r\n", b"")
    (kept,) = await all_of(database)
    assert kept.body == "Kies op https://x.example/wachtwoord/…\nGroet\n"
    await database.close()


@ONE
async def test_nobody_is_called_when_nothing_waits(database_url):
    class Unwanted(Slow):
        def send(self, messages: Sequence[Mail]) -> Generator[Result]:
            raise AssertionError("a mail server was called for nothing")

    database = Database(database_url)

    assert await outbox.deliver(database, Unwanted()) == 0
    await database.close()


class Slow:
    """A way that takes its time and remembers what it sent."""

    def __init__(self, breaks_at: int | None = None) -> None:
        self.sent: list[UUID] = []
        self.breaks_at = breaks_at

    def require_usable(self) -> None: ...

    def send(self, messages: Sequence[Mail]) -> Generator[Result]:
        for message in messages:
            if len(self.sent) == self.breaks_at:
                raise RuntimeError("killed")
            time.sleep(0.001)
            self.sent.append(message.id)
            yield Result(message.id, DeliveryOutcome.ACCEPTED)


async def test_two_senders_beside_each_other_send_each_message_once(database_url):
    database = await waiting(database_url, *(a_message() for _ in range(150)))
    other, ways = Database(database_url), [Slow(), Slow()]

    async def all_by(one: Database, way: Slow) -> None:
        while await outbox.deliver(one, way):
            pass

    await asyncio.gather(all_by(database, ways[0]), all_by(other, ways[1]))

    sent = Counter(ways[0].sent + ways[1].sent)
    assert (len(sent), set(sent.values())) == (150, {1})
    assert all(message.sent_at for message in await all_of(database))
    await database.close()
    await other.close()


@ONE
async def test_who_is_stopped_halfway_forgets_nothing_that_was_sent(database_url):
    database = await waiting(database_url, *(a_message() for _ in range(20)))
    way = Slow(breaks_at=12)

    with pytest.raises(RuntimeError):
        await outbox.deliver(database, way)
    await later(database)
    after = Slow()
    await outbox.deliver(database, after)

    assert len(way.sent) == 12
    assert not set(way.sent) & set(after.sent)
    assert len(after.sent) == 8
    await database.close()


@ONE
async def test_a_refused_address_stops_nobody_else_and_is_given_up_at_once(database_url, caplog):
    bad = a_message(address="weg@voorbeeld.example", created_at=NOON - timedelta(hours=1))
    database = await waiting(database_url, bad, a_message())

    with mail_server() as (box, port):
        box.answers["weg@voorbeeld.example"] = "550 no such user weg@voorbeeld.example"
        await outbox.deliver(database, Smtp(f"smtp://127.0.0.1:{port}"))

    refused, sent = await all_of(database)
    assert (refused.failed_at is not None, refused.sent_at, refused.error) == (True, None, "smtp-550")
    assert sent.sent_at is not None
    assert len(box.taken) == 1
    assert "given up" in caplog.text
    assert "weg@" not in caplog.text  # nothing personal in the log
    async with database.reading() as session:
        assert [each.id for each in await outbox.failures(session, None, 10)] == [refused.id]
    await database.close()


@ONE
async def test_not_now_is_tried_again_ever_later_and_then_given_up(database_url):
    database = await waiting(database_url, a_message())

    with mail_server() as (box, port):
        box.answers["leo@voorbeeld.example"] = "451 not now"
        way = Smtp(f"smtp://127.0.0.1:{port}")
        pauses = []
        for _ in PAUSES:
            before = datetime.now(UTC)  # noqa: TID251
            await outbox.deliver(database, way)
            (message,) = await all_of(database)
            pauses.append(round((message.next_try_at - before).total_seconds() / 60))
            assert await outbox.deliver(database, way) == 0
            await later(database)
        assert pauses == [1, 5, 15, 60, 240, 720, 1440]
        await outbox.deliver(database, way)
        (message,) = await all_of(database)
        assert message.failed_at is not None
        assert message.attempts == len(PAUSES) + 1

        box.answers.clear()
        async with database.writing() as session, session.begin():
            await outbox.again(session, message.id)
        await outbox.deliver(database, way)

    (message,) = await all_of(database)
    assert (message.sent_at is not None, message.failed_at, message.error) == (True, None, "")
    await database.close()


@ONE
async def test_no_server_at_all_loses_nothing(database_url):
    database = await waiting(database_url, a_message(), a_message())

    await outbox.deliver(database, Smtp("smtp://127.0.0.1:1"))

    assert [(message.error, message.sent_at, message.attempts) for message in await all_of(database)] == [
        ("unreachable", None, 1)
    ] * 2
    await database.close()


async def test_two_senders_never_take_the_same_message_and_a_crash_gives_it_back(database_url):
    database = await waiting(database_url, *[a_message() for _ in range(3)])

    first = await outbox._take(database)
    second = await outbox._take(database)

    assert (len(first), len(second)) == (3, 0)
    async with database.writing() as session, session.begin():
        past = datetime.now(UTC) - timedelta(seconds=1)  # noqa: TID251
        await session.exec(sa.update(OutboxMessage).values(next_try_at=past))
    assert len(await outbox._take(database)) == 3
    await database.close()


@ONE
async def test_nothing_goes_to_somebody_who_is_to_be_left_alone(database_url, tmp_path):
    gone = OutboxSilence(person_id=a_message().id)
    letter = a_message(person_id=gone.person_id)
    database = await waiting(database_url, gone, letter, a_message())

    assert await outbox.deliver(database, Folder(tmp_path)) == 1

    assert letter.id not in {message.id for message in await all_of(database)}
    await database.close()


async def test_only_what_failed_is_tried_again(database_url):
    sent, open_one = a_message(sent_at=NOON), a_message()
    database = await waiting(database_url, sent, open_one)

    async with database.writing() as session, session.begin():
        for message in (sent, open_one):
            with pytest.raises(Refused, match="message-not-failed"):
                await outbox.again(session, message.id)
        with pytest.raises(Refused, match="message-not-sent"):
            await outbox.bounced(session, open_one.id)
        for deed in (outbox.again, outbox.bounced):
            with pytest.raises(NotFound):
                await deed(session, OutboxSilence(person_id=sent.id).id)
        assert (await outbox.bounced(session, sent.id)).error == "bounced"
    await database.close()


def test_a_password_goes_over_tls_only_and_to_a_server_that_shows_who_it_is(certificate):
    shown, trusting = certificate
    options = {"tls_context": shown, "authenticator": let_in, "auth_require_tls": True}
    with mail_server(**options) as (box, port):
        url = f"smtp://register:ge%3Aheim%401@localhost:{port}"
        assert outcome(Smtp(url, context=trusting)) == (DeliveryOutcome.ACCEPTED, "")
        assert box.taken[0][3], "the message went over TLS"
        assert outcome(Smtp(url)) == (DeliveryOutcome.LATER, "tls-failed")  # nobody that we know signed for it
        wrong = f"smtp://register:fout@localhost:{port}"
        assert outcome(Smtp(wrong, context=trusting)) == (DeliveryOutcome.LATER, "login-refused")
    with mail_server() as (box, port):
        plain = f"smtp://127.0.0.1:{port}?starttls=required"
        assert outcome(Smtp(plain)) == (DeliveryOutcome.LATER, "no-tls")
    assert len(box.taken) == 0


def test_smtps_is_tls_from_the_first_byte(certificate):
    shown, trusting = certificate
    with mail_server(ssl_context=shown) as (box, port):
        assert outcome(Smtp(f"smtps://localhost:{port}", context=trusting)) == (DeliveryOutcome.ACCEPTED, "")
    assert len(box.taken) == 1


def outcome(way: Smtp) -> tuple[DeliveryOutcome, str]:
    (result,) = way.send([a_message()])
    return result.outcome, result.error


@pytest.mark.parametrize(
    "broken",
    [
        {"subject": "Besluit\nBcc: iedereen@voorbeeld.example"},
        {"subject": "Besluit\r\n\r\nAndere tekst"},
        {"address": "leo@voorbeeld.example\r\nBcc: iedereen@voorbeeld.example"},
        {"address": "leo@voorbeeld.example, iedereen@voorbeeld.example"},
        {"address": "leo@voorbeeld.example,@evil.example"},
        {"address": ""},
        {"address": "geen adres"},
        {"subject": "Besluit\x00"},
        {"subject": "Besluit\u2028Bcc: iedereen@voorbeeld.example"},
    ],
)
def test_nothing_breaks_out_of_a_header(broken, tmp_path):
    with pytest.raises(ValueError):
        as_email(a_message(**broken))
    with mail_server() as (box, port):
        results = list(Smtp(f"smtp://127.0.0.1:{port}").send([a_message(**broken), a_message()]))

    assert [(each.outcome, each.error) for each in results] == [
        (DeliveryOutcome.REFUSED, "unsendable"),
        (DeliveryOutcome.ACCEPTED, ""),
    ]
    assert [to for _, to, *_ in box.taken] == [["leo@voorbeeld.example"]]
    (first, _) = Folder(tmp_path).send([a_message(**broken), a_message()])
    assert first.outcome is DeliveryOutcome.REFUSED
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_keeps_each_message_whole(tmp_path: Path):
    message = a_message(address="zoë@voorbeeld.example")

    (result,) = Folder(tmp_path / "new").send([message])

    assert result.outcome is DeliveryOutcome.ACCEPTED
    (kept,) = (tmp_path / "new").iterdir()
    assert kept.name == f"{message.id}.eml"
    assert message_from_bytes(kept.read_bytes(), policy=policy.default)["To"] == "zoë@voorbeeld.example"


@pytest.mark.parametrize("url", ["ftp://host", "smtp://", "http://host", "outbox", "smtps:///path", "file:"])
def test_an_outbox_that_we_cannot_send_to_stops_the_start(url):
    with pytest.raises(Invalid, match="unknown-outbox"):
        require_known(url)
    with pytest.raises(Unusable, match="BEKWAAM_OUTBOX_URL"):
        from_environment({"BEKWAAM_OUTBOX_URL": url})
