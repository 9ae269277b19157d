"""What lies behind a decision that is contested: its letter, and the documents that were handed in for it."""

from collections.abc import Sequence

from appeals.disputes import written
from core.decisions import Decision
from core.store.files import StoredFile, made_here
from core.store.work import Work
from core.texts import day
from core.web.pages import SAID
from core.web.uploads import keep_file
from register.committee.measures.models import Measure
from register.entries import queries as registrations
from register.entries.policy import ApplicationKind
from register.notification import sending
from register.portfolio.models import PortfolioEntry
from register.portfolio.valuation import KIND as VALUATION

MEASURE = "measure"
APPLICATIONS = frozenset(kind.value for kind in ApplicationKind)


async def papers(work: Work, decision: Decision) -> Sequence[StoredFile]:
    """The letter first, kept as a file of its addressee; then each document once, as it was handed in."""
    content = await sending.letter(work, decision)
    letter = await keep_file(work, decision.person_id, made_here(f"Besluit {decision.number}.pdf", content))
    return [letter, *await _handed_in(work, decision)]


async def _handed_in(work: Work, decision: Decision) -> list[StoredFile]:
    if decision.subject_kind == MEASURE:
        return await _of_measure(work, decision)
    if decision.kind in APPLICATIONS:
        behind = await registrations.proofs_with_files(work, decision.subject_id)
        return [stored for _, stored in behind if stored is not None]
    if decision.kind == VALUATION:
        entry = await work.session.get(PortfolioEntry, decision.subject_id)
        stored = await work.session.get(StoredFile, entry.file_id) if entry and entry.file_id else None
        return [stored] if stored else []
    return []


async def _of_measure(work: Work, decision: Decision) -> list[StoredFile]:
    """The notice of what was intended, and what the person said of it (Awb 4:8)."""
    row = await work.session.get(Measure, decision.subject_id)
    if row is None:
        return []
    kind, grounds = SAID.label(row.kind.value, "measure-kind", "nl"), row.ground_codes()
    sent = row.intended or {"reasons": row.reasons, "repair": row.repair}
    noticed = [sent["reasons"], *(SAID.label(one, "ground", "nl") for one in grounds), sent["repair"]]
    until = f"U kon zeggen wat u ervan vond tot en met {day(row.hearing_until, 'nl')}."
    sheets = [(f"Voornemen {row.number}: {kind}", [*noticed, until])]
    if row.view.strip():
        on = f" van {day(row.heard_on, 'nl')}" if row.heard_on else ""
        sheets.append((f"Zienswijze over voornemen {row.number}{on}", row.view.splitlines()))
    return [await written.keep_sheet(work, decision.person_id, title, row.number, lines) for title, lines in sheets]
