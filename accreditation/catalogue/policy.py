"""PURE: the three lists of the agenda, and what may be asked of them."""

from collections.abc import Mapping
from enum import StrEnum

from accreditation.kinds import CourseKind


class Listing(StrEnum):
    """The agendas (po-2022, po-achteraf): to register on, to renew on, and to have value put on what was learnt."""

    BASIC_REGISTRATION = "basic-registration"
    IN_ADVANCE = "in-advance"
    AFTERWARDS = "afterwards"


LISTED: Mapping[CourseKind, Listing] = {
    CourseKind.PROGRAMME: Listing.BASIC_REGISTRATION,
    CourseKind.MASTER: Listing.BASIC_REGISTRATION,
    CourseKind.ASSESSMENT: Listing.BASIC_REGISTRATION,
    CourseKind.PRIOR_LEARNING: Listing.BASIC_REGISTRATION,
    CourseKind.COURSE: Listing.IN_ADVANCE,
    CourseKind.VALUATION: Listing.AFTERWARDS,
}


def kinds_in(listing: Listing) -> list[CourseKind]:
    """What is in a list."""
    return [kind for kind, its in LISTED.items() if its is listing]
