"""What lies behind a decision that is contested: its letter, and the documents that were handed in for it."""

from collections.abc import Sequence

from core.decisions import Decision
from core.store.files import StoredFile, made_here
from core.store.work import Work
from core.web.uploads import keep_file
from register.entries import queries as registrations
from register.entries.policy import ApplicationKind
from register.notification import sending
from register.portfolio.models import PortfolioEntry
from register.portfolio.valuation import KIND as VALUATION

APPLICATIONS = frozenset(kind.value for kind in ApplicationKind)


async def papers(work: Work, decision: Decision) -> Sequence[StoredFile]:
    """The letter first, kept as a file of its addressee; then each document once, as it was handed in."""
    content = await sending.letter(work, decision)
    letter = await keep_file(work, decision.person_id, made_here(f"Besluit {decision.number}.pdf", content))
    return [letter, *await _handed_in(work, decision)]


async def _handed_in(work: Work, decision: Decision) -> list[StoredFile]:
    if decision.kind in APPLICATIONS:
        behind = await registrations.proofs_with_files(work, decision.subject_id)
        return [stored for _, stored in behind if stored is not None]
    if decision.kind == VALUATION:
        entry = await work.session.get(PortfolioEntry, decision.subject_id)
        stored = await work.session.get(StoredFile, entry.file_id) if entry and entry.file_id else None
        return [stored] if stored else []
    return []
