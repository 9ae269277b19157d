"""The timeline (verloop) of a measure: which of its acts read how, and which days are still to come."""

from core.law.articles import AWB
from core.store.work import Work
from core.timeline.policy import Coming, Line, Step, Table, lines
from core.timeline.queries import case_of, in_words_of
from register.applications.duties import DUTIES
from register.applications.timeline import reader_of
from register.committee.measures.models import Measure
from register.committee.measures.policy import MeasureState

TABLE = Table(
    {
        "measure:intend": Step("intended", "4:8", until="hearing_until"),
        "measure:hear": Step("view-given", "4:9"),
        "measure:pass-hearing": Step("view-unused", "4:8"),
        "measure:propose": Step("proposed", inside=True),
        "measure:list": Step("listed", inside=True),
        "measure:return": Step("returned", inside=True),
        "measure:halt": Step("halted", "6:16"),
        "measure:resume": Step("works-again", "6:16"),
        "measure:carry-out": Step("carried-out", "3:40", day="effect_on"),
        "measure:undo": Step("undone", "7:11(2)"),
        "measure:drop": Step("dropped"),
    },
    DUTIES,
)


async def timeline_of(work: Work, row: Measure) -> list[Line]:
    """The lines of a measure, as far as they concern who reads them."""
    coming = []
    if row.state is MeasureState.NOTIFIED and row.effect_on is not None:
        coming = [Coming("takes-effect", row.effect_on, f"{AWB}3:40")]
    case = await case_of(work, row.id, TABLE, coming=coming)
    return in_words_of(work, row.register_code.value, lines(case, TABLE, reader_of(work, row.person_id), work.today))
