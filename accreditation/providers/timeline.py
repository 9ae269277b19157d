"""The timeline (verloop) of where a provider stands in a register, or of what is meant about it or a course of it."""

from uuid import UUID

from sqlmodel import col, select

from accreditation.duties import DUTIES
from accreditation.providers import queries
from accreditation.providers.models import ProviderIntention
from core.law.articles import ARTICLES
from core.store.work import Work
from core.timeline.policy import Coming, Line, Reader, Step, Table, lines
from core.timeline.queries import case_of, in_words_of

TABLE = Table(
    {
        "provider:apply": Step("lodged", "4:1"),
        "provider:intend": Step("intended", "4:8", until="until"),
        "provider:view": Step("view-given", "4:9"),
        "provider:drop-intention": Step("dropped"),
        "provider:restore": Step("suspension-ended"),
        "provider:end": Step("left"),
        "provider:undo": Step("undone", "7:11(2)"),
    },
    DUTIES,
    {"provider-intention-dropped": "4:8", "provider-view": "4:9"},
)


async def timeline_of(work: Work, subject_id: UUID, provider_id: UUID, register: str) -> list[Line]:
    """The lines about one standing or course of a provider, as far as they concern who reads them."""
    wanted = select(ProviderIntention).where(ProviderIntention.subject_id == subject_id)
    meant = (await work.session.exec(wanted.order_by(col(ProviderIntention.id)))).all()
    hears = ARTICLES["provider-authorisation", "hear"]
    coming = [Coming("hear", one.view_until, hears) for one in meant if one.ended_on is None]
    case = await case_of(work, subject_id, TABLE, beside=[one.id for one in meant], coming=coming)
    reader = Reader.PARTY if await queries.is_member(work, provider_id) else Reader.OFFICE
    return in_words_of(work, register, lines(case, TABLE, reader, work.today))
