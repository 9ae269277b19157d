"""How a message leaves the house: by SMTP, or into a folder; and what came of each one that was tried."""

import os
import smtplib
import socket
import ssl
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import formataddr
from enum import StrEnum
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit
from uuid import UUID

from core.errors import Invalid

SENDER = "register@bekwaam.invalid"
SECONDS = 20
"""How long a mail server may take to answer."""
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
PORTS = {"smtp": 25, "smtps": 465}


class DeliveryOutcome(StrEnum):
    """What came of one try: taken over, to be tried again, or never to be taken."""

    ACCEPTED = "accepted"
    LATER = "later"
    REFUSED = "refused"


@dataclass(frozen=True)
class Result:
    """Of one message; `error` is a code (`smtp-550`, `unsendable`, `unreachable`), never a server's text."""

    id: UUID
    outcome: DeliveryOutcome
    error: str = ""


class Mail(Protocol):
    """What a message must have to be sent."""

    id: UUID
    address: str
    subject: str
    body: str
    created_at: datetime


class Transport(Protocol):
    """Sends a few messages and says of each what came of it; raises for none of them. Blocks: call it in a thread."""

    def send(self, messages: Sequence[Mail]) -> Generator[Result]: ...

    def require_usable(self) -> None:
        """OSError when nothing leaves this way for now; it sends nothing."""
        ...


def as_email(message: Mail, sender: str = SENDER, name: str = "") -> EmailMessage:
    """The message as RFC 5322 text, from an address with the name of its house; its id shows a second sending.

    ValueError for an address or a subject that could break out of its header.
    """
    for text in (message.address, message.subject):
        if not text.isprintable():
            raise ValueError("unprintable header")
    if "," in message.address or message.address.count("@") != 1:
        raise ValueError("not one address")
    plain = message.address.isascii()
    email = EmailMessage(policy.SMTP if plain else policy.SMTPUTF8)
    email["From"] = formataddr((name, sender))
    email["To"] = message.address
    email["Subject"] = message.subject
    email["Message-ID"] = f"<{message.id}@{sender.rpartition('@')[2]}>"
    email["Date"] = message.created_at
    email["Auto-Submitted"] = "auto-generated"
    email.set_content(message.body)
    return email


@dataclass(frozen=True)
class Folder:
    """Each message as a file of its own, for a house without a mail server."""

    path: Path
    sender: str = SENDER
    name: str = ""

    def require_usable(self) -> None:
        """As Transport says: the folder can be made and written in."""
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not os.access(self.path, os.W_OK | os.X_OK):
            raise PermissionError

    def send(self, messages: Sequence[Mail]) -> Generator[Result]:
        """Write each whole or not at all."""
        for message in messages:
            try:
                self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
                part = self.path / f".{message.id}.part"
                part.write_bytes(bytes(as_email(message, self.sender, self.name)))
                os.replace(part, self.path / f"{message.id}.eml")
            except ValueError:
                yield Result(message.id, DeliveryOutcome.REFUSED, "unsendable")
            except OSError:
                yield Result(message.id, DeliveryOutcome.LATER, "unreachable")
            else:
                yield Result(message.id, DeliveryOutcome.ACCEPTED)


@dataclass(frozen=True)
class Smtp:
    """A mail server; `smtp://` takes STARTTLS where it is offered, and gives a password over TLS only."""

    url: str
    sender: str = SENDER
    name: str = ""
    context: ssl.SSLContext | None = None

    def send(self, messages: Sequence[Mail]) -> Generator[Result]:
        """All over one connection; when it breaks, what is left is for later."""
        left = list(messages)
        try:
            with self._connected() as server:
                while left:
                    yield self._one(server, left[0])
                    left.pop(0)
        except (OSError, smtplib.SMTPException) as error:
            for message in left:
                yield Result(message.id, DeliveryOutcome.LATER, _code(error))

    def require_usable(self) -> None:
        """As Transport says: the server greets."""
        try:
            self._connected().close()
        except smtplib.SMTPException as error:
            raise ConnectionError from error

    def _connected(self) -> smtplib.SMTP:
        parts = urlsplit(self.url)
        host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
        context = self.context or ssl.create_default_context()
        if parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=context)
        else:
            server = smtplib.SMTP(host, port, timeout=SECONDS)
        try:
            self._prepare(server, parts, context)
        except BaseException:
            server.close()
            raise
        return server

    def _prepare(self, server: smtplib.SMTP, parts: SplitResult, context: ssl.SSLContext) -> None:
        server.ehlo()
        secret = parts.scheme == "smtps"
        must = "required" in parse_qs(parts.query).get("starttls", [])
        if not secret and (must or server.has_extn("starttls")):
            server.starttls(context=context)
            server.ehlo()
            secret = True
        if parts.username:
            if not secret and parts.hostname not in LOOPBACK:
                raise smtplib.SMTPNotSupportedError("no TLS for a password")
            server.login(unquote(parts.username), unquote(parts.password or ""))

    def _one(self, server: smtplib.SMTP, message: Mail) -> Result:
        try:
            server.send_message(
                as_email(message, self.sender, self.name), from_addr=self.sender, to_addrs=[message.address]
            )
        except smtplib.SMTPServerDisconnected:
            raise
        except smtplib.SMTPRecipientsRefused as refused:
            return _told(message.id, next(iter(refused.recipients.values()))[0])
        except smtplib.SMTPResponseException as refused:
            return _told(message.id, refused.smtp_code)
        except (ValueError, smtplib.SMTPNotSupportedError):
            return Result(message.id, DeliveryOutcome.REFUSED, "unsendable")
        return Result(message.id, DeliveryOutcome.ACCEPTED)


def _told(id: UUID, code: int) -> Result:
    """A server that says 5xx means never, 4xx means not now (RFC 5321 4.2.1)."""
    return Result(id, DeliveryOutcome.REFUSED if 500 <= code < 600 else DeliveryOutcome.LATER, f"smtp-{code}")


def _code(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "login-refused"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "no-tls"
    if isinstance(error, ssl.SSLError):
        return "tls-failed"
    return "timed-out" if isinstance(error, socket.timeout) else "unreachable"


def require_known(url: str) -> None:
    """Invalid("unknown-outbox") for an address to which we cannot send."""
    parts = urlsplit(url)
    named = parts.path if parts.scheme == "file" else parts.hostname
    if parts.scheme not in {"file", *PORTS} or not named:
        raise Invalid("unknown-outbox")


def transport_of(url: str, sender: str = SENDER, name: str = "") -> Transport:
    """The way that a URL names; Invalid as in `require_known`."""
    require_known(url)
    parts = urlsplit(url)
    return Folder(Path(unquote(parts.path)), sender, name) if parts.scheme == "file" else Smtp(url, sender, name)
