"""What may be asked of a course, as it stands in a register."""

from uuid import UUID

from accreditation.courses import queries
from accreditation.courses.policy import ACCREDITATION, AccreditationEvent, ApplicationKind
from accreditation.courses.succession import last_counting
from core.errors import Refused
from core.store.work import Work


async def require_kind(work: Work, kind: ApplicationKind, course_id: UUID, register: str) -> None:
    """A change or renewal is asked of what stands, a first one of nothing.

    Refused: `not-accredited-yet`, `accredited-already`.
    """
    stands = await queries.latest(work, course_id, register)
    event = {
        ApplicationKind.CHANGE: AccreditationEvent.REQUEST_CHANGE,
        ApplicationKind.RENEWAL: AccreditationEvent.RENEW,
    }.get(kind)
    if event and (stands is None or not ACCREDITATION.may(stands.state, event)):
        raise Refused("not-accredited-yet", register=register)
    if event is None and stands is not None and last_counting(stands) >= work.today:
        raise Refused("accredited-already", register=register, until=last_counting(stands).isoformat())
