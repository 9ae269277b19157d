"""The timeline (verloop) of an objection to publication."""

from core.store.work import Work
from core.timeline.policy import Line, Step, Table, lines
from core.timeline.queries import case_of, in_words_of
from register.applications.timeline import reader_of
from register.office.duties import DUTIES
from register.office.publication.models import PublicationObjection

TABLE = Table(
    {
        "publication-objection:ask": Step("publication-objected", "AVG 21(1)", until="answer_by"),
        "publication-objection:propose": Step("proposed", inside=True),
        "publication-objection:grant": Step("withheld", "AVG 21(1)"),
        "publication-objection:refuse": Step("shown", "AVG 21(1)"),
        "publication-objection:overturn": Step("withheld", "7:11(2)"),
        "publication-objection:withdraw": Step("withdrawn"),
    },
    DUTIES,
)


async def timeline_of(work: Work, row: PublicationObjection) -> list[Line]:
    """The lines of an objection, as far as they concern who reads them."""
    case = await case_of(work, row.id, TABLE)
    return in_words_of(work, row.register_code.value, lines(case, TABLE, reader_of(work, row.person_id), work.today))
