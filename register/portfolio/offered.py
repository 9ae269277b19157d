"""What accredited offer fills in of an entry: its kind, title and provider, on a day on which it was accredited."""

from dataclasses import dataclass

from accreditation.offer import service as offer
from core.errors import Invalid, NotFound
from core.store.work import Work
from register.portfolio.policy import EntryKind, Measure
from register.portfolio.schemas import NewEntry
from register.rules.assessment.facts import Valuation

KINDS = {"programme": EntryKind.PROGRAMME, "master": EntryKind.MASTER}
"""What offer of a kind is in a portfolio; anything else is a course."""


@dataclass(frozen=True)
class FilledIn:
    """What is known of an entry once the offer had its say."""

    kind: EntryKind
    title: str
    provider: str
    accredited: bool

    def valuation(self, measure: Measure) -> Valuation:
        """How credit comes about unless it was said: hours of accredited offer are validated, points come later."""
        if measure is Measure.HOURS:
            return Valuation.VALIDATED if self.accredited else Valuation.NOT_VALIDATED
        return Valuation.AFTERWARDS


async def fill_in(work: Work, new: NewEntry) -> FilledIn:
    """What was stated, and where it was not, what the offer says.

    Invalid: `field-missing`, `no-such-offer`, `outside-accreditation-period` (its last day included).
    """
    if new.offer_code is None:
        lacking = [(name, "field-missing") for name in ("kind", "title") if not getattr(new, name)]
        if lacking or new.kind is None:
            raise Invalid("invalid-input", lacking)
        return FilledIn(new.kind, new.title, new.provider, accredited=False)
    try:
        found = await offer.offered(work, new.offer_code, new.register_code.value)
    except NotFound as error:
        raise Invalid("invalid-input", [("offer_code", "no-such-offer")]) from error
    if not found.accredited_from <= new.done_on <= found.accredited_until:
        raise Invalid("invalid-input", [("done_on", "outside-accreditation-period")])
    kind = new.kind or KINDS.get(found.kind, EntryKind.COURSE)
    return FilledIn(kind, new.title or found.name[:160], new.provider or found.provider, accredited=True)
