"""Keys of platforms: drawn, shown once, kept as a hash, compared in constant time, replaced with an overlap."""

import hmac
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from accreditation.attendance.service import provider_of
from accreditation.peonline import queries
from accreditation.peonline.models import PlatformKey, PlatformKeyUse, WrongKey
from accreditation.peonline.policy import FAILURE_MINUTES, MOST_FAILURES, MOST_KEYS, OVERLAP_DAYS
from auth.token_hash import hash_of
from core.clock import machine_now
from core.errors import Refused, TooMany
from core.law.days import add_days
from core.store.work import Work

NOBODY = "0" * 64


async def draw(work: Work, platform: str, provider_id: UUID | None = None) -> tuple[PlatformKey, str]:
    """A key for one more platform; shown this once. Refused("too-many-keys")."""
    provider = provider_of(work, provider_id)
    if sum(work.today in row.days() for row in await queries.keys_of(work, [provider])) >= MOST_KEYS:
        raise Refused("too-many-keys", most=MOST_KEYS)
    return await _draw(work, provider, str(100_000_000 + secrets.randbelow(900_000_000)), platform)


async def replace(work: Work, id: UUID) -> tuple[PlatformKey, str]:
    """A new key under the same user; the one before opens the door for some weeks more, so that platforms can change.

    Refused("key-ended") for one that was replaced before.
    """
    before = await queries.own_key(work, id)
    work.expect(before)
    if before.until_on is not None:
        raise Refused("key-ended")
    before.until_on = add_days(work.today, OVERLAP_DAYS)
    work.log("platform-key:end", before, until_on=before.until_on)
    return await _draw(work, before.provider_id, before.user_id, before.platform)


async def end(work: Work, id: UUID) -> PlatformKey:
    """Close a key at once: from now on it opens nothing."""
    row = await queries.own_key(work, id)
    work.expect(row)
    row.until_on = add_days(work.today, -1)
    work.log("platform-key:end", row, until_on=row.until_on)
    return row


async def _draw(work: Work, provider_id: UUID, user_id: str, platform: str) -> tuple[PlatformKey, str]:
    key = secrets.token_urlsafe(32)
    row = PlatformKey(
        provider_id=provider_id, user_id=user_id, platform=platform, key_hash=hash_of(key), from_on=work.today
    )
    work.add(row)
    await work.flush()
    work.log("platform-key:draw", row, from_on=row.from_on)
    return row, key


async def opened_by(work: Work, user_id: str, key: str) -> PlatformKey | None:
    """The key that opens the door, or None. TooMany("locked") after too many wrong ones under a user."""
    who, now = hash_of(f"pe-online\0{user_id}"), machine_now()
    since = now - timedelta(minutes=FAILURE_MINUTES)
    if await queries.failures(work.session, who, since) >= MOST_FAILURES:
        raise TooMany("locked", retry_after=FAILURE_MINUTES * 60)
    given, found = hash_of(key), None
    kept = await queries.keys_under(work, user_id)
    for row in kept:
        if hmac.compare_digest(given, row.key_hash) and work.today in row.days():
            found = row
    if not kept:
        hmac.compare_digest(given, NOBODY)
    if found is None:
        work.add(WrongKey(who=who, at=now))
    return found


async def count(work: Work, key: PlatformKey, rows: int, most: int) -> None:
    """Note that a key was used; TooMany("too-many-rows-an-hour") above what one key may send in an hour."""
    now = machine_now()
    hour = now.replace(minute=0, second=0, microsecond=0)
    used = await queries.use_of(work, key.id)
    before = used.rows if used is not None and used.hour_at == hour else 0
    if before + rows > most:
        raise TooMany("too-many-rows-an-hour", retry_after=_seconds_to(hour + timedelta(hours=1), now))
    if used is None:
        work.add(PlatformKeyUse(key_id=key.id, used_at=now, hour_at=hour, rows=rows))
    else:
        used.used_at, used.hour_at, used.rows = now, hour, before + rows


def _seconds_to(then: datetime, now: datetime) -> int:
    return max(1, int((then - now).total_seconds()))
