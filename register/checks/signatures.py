"""What somebody put their name to, held against the digest under it: minutes of sessions, words of colleagues."""

import hashlib
from collections.abc import AsyncIterator

from sqlmodel import col, select

from auth import merged_persons
from core.errors import NotFound
from core.panel.service import PanelSession
from core.panel.sessions import digest_of_text
from core.store.audit import Finding
from core.store.db import AsyncSession
from core.store.work import Means
from register.notification.models import SentLetter
from register.portfolio.endorsing.models import Endorsement
from register.portfolio.endorsing.policy import seal
from register.portfolio.endorsing.service import facts_of
from register.portfolio.models import PortfolioEntry


async def seals(session: AsyncSession) -> AsyncIterator[Finding]:
    """What does not say what was signed any more: `minutes-differ`, `endorsement-differs`."""
    signed = select(PanelSession.id, PanelSession.minutes, PanelSession.minutes_sha256)
    for id, minutes, sha256 in await session.exec(signed.where(col(PanelSession.signed_at).is_not(None))):
        if digest_of_text(minutes) != sha256:
            yield Finding("minutes-differ", f"panel_session/{id}")
    # The seal that an activity carries is of a draft that has not changed since.
    wanted = select(Endorsement, PortfolioEntry).where(
        Endorsement.entry_id == PortfolioEntry.id, Endorsement.seal == PortfolioEntry.endorsed_sha256
    )
    rows = (await session.exec(wanted.order_by(col(Endorsement.id)))).all()
    former = await merged_persons.former_selves(session, {row.peer_id for row, _ in rows})
    for row, entry in rows:
        names = {row.peer_id, *(double for double, kept in former.items() if kept == row.peer_id)}
        if row.seal not in {seal(facts_of(entry), str(name), row.statement) for name in names}:
            yield Finding("endorsement-differs", f"portfolio_endorsement/{row.id}")


async def flaw_of_bytes(means: Means, sha256: str) -> str | None:
    """What is wrong with the bytes that stand under a digest: `missing`, or `differs`."""
    try:
        content = await means.files.get(sha256)
    except NotFound:
        return "missing"
    return None if hashlib.sha256(content).hexdigest() == sha256 else "differs"


async def flaw_of_letter(means: Means, letter: SentLetter) -> str | None:
    """The same of a letter; one whose words are kept and whose bytes are still to be made has none."""
    pressed = letter.words is None or letter.sha256
    return await flaw_of_bytes(means, letter.sha256) if pressed else None
