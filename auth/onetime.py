"""Links that are mailed: drawn at random, kept as a hash, good once and for a while."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select

from auth.models import OneTimeToken
from auth.policy import LIFETIMES, Purpose
from auth.token_hash import hash_of
from core.clock import machine_now
from core.errors import Refused
from core.store.work import Work

LONGEST = 100


def issue(
    work: Work,
    purpose: Purpose,
    email: str,
    *,
    account_id: UUID | None = None,
    proposal_id: UUID | None = None,
    lives: timedelta | None = None,
) -> str:
    """A new token; what to mail. Only its hash is kept. It lives as long as its purpose says, unless told."""
    token, now = secrets.token_urlsafe(32), machine_now()
    work.add(
        OneTimeToken(
            purpose=purpose,
            account_id=account_id,
            proposal_id=proposal_id,
            email=email,
            token_hash=hash_of(token),
            made_at=now,
            expires_at=now + (lives or LIFETIMES[purpose]),
        )
    )
    return token


async def standing(work: Work, purpose: Purpose, token: str) -> OneTimeToken:
    """What a link stands for, not used up; Refused("link-expired") for one that is unknown, used or too old."""
    wanted = select(OneTimeToken).where(
        OneTimeToken.token_hash == hash_of(token[:LONGEST]),
        OneTimeToken.purpose == purpose,
        col(OneTimeToken.used_at).is_(None),
        OneTimeToken.expires_at > machine_now(),
    )
    found = (await work.session.exec(wanted)).one_or_none()
    if found is None:
        raise Refused("link-expired")
    return found


async def spend(work: Work, purpose: Purpose, token: str) -> OneTimeToken:
    """Use a link up: of two at once the second finds nothing. Refused as in `standing`."""
    found = await standing(work, purpose, token)
    used = (
        sa.update(OneTimeToken)
        .where(col(OneTimeToken.id) == found.id, col(OneTimeToken.used_at).is_(None))
        .values(used_at=machine_now())
    )
    if (await (await work.session.connection()).execute(used)).rowcount != 1:
        raise Refused("link-expired")
    return found


async def void(work: Work, account_id: UUID, *purposes: Purpose) -> None:
    """Nothing that was mailed for these purposes works any more."""
    await work.session.exec(
        sa.update(OneTimeToken)
        .where(col(OneTimeToken.account_id) == account_id, col(OneTimeToken.used_at).is_(None))
        .where(col(OneTimeToken.purpose).in_(purposes))
        .values(used_at=machine_now())
    )


async def issued_since(work: Work, account_id: UUID, purpose: Purpose, since: datetime) -> int:
    """How many links of a kind were mailed to an account."""
    wanted = (
        select(sa.func.count())
        .select_from(OneTimeToken)
        .where(OneTimeToken.account_id == account_id, OneTimeToken.purpose == purpose, OneTimeToken.made_at > since)
    )
    return int((await work.session.exec(wanted)).one())
