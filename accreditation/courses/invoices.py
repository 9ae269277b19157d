"""The invoice (factuur) of a course application as a document, byte for byte the same for the same invoice."""

from collections.abc import Sequence
from uuid import UUID

from litestar import Response

from accreditation.courses import queries, service
from accreditation.providers import queries as providers
from accreditation.providers.models import Provider
from core import letters
from core.billing import Invoice, InvoiceLine, InvoiceState, lines_of
from core.errors import NotFound
from core.letters import Letter, Part
from core.operator import Operator
from core.store.work import Work
from core.texts import day, euro
from core.web.pages import SAID

LANGUAGE = "nl"


async def document(work: Work, file_id: UUID) -> Response[bytes]:
    """As PDF, for who may see the file; NotFound("no-such-course-file") or ("no-such-invoice")."""
    file = await queries.file(work, file_id)
    invoice = await service.invoice_of_file(work, file)
    if invoice is None:
        raise NotFound("no-such-invoice")
    application = await queries.application(work, file.application_id)
    provider = await providers.by_id(work, application.provider_id)
    letter = letter_of(
        invoice, await lines_of(work, [invoice.id]), provider, application.number, work.means.settings.house
    )
    headers = {"Content-Disposition": f'inline; filename="factuur-{invoice.number}.pdf"'}
    return Response(await letters.pdf(work, letter), media_type="application/pdf", headers=headers)


def letter_of(
    invoice: Invoice, lines: Sequence[InvoiceLine], provider: Provider, application: str, house: Operator
) -> Letter:
    """What is asked for what, until when, and what became of it."""
    facts = [
        (SAID.gettext("Factuur", LANGUAGE), invoice.number),
        (SAID.gettext("Aanvraag", LANGUAGE), application),
        (SAID.gettext("Datum", LANGUAGE), day(invoice.issued_on, LANGUAGE)),
        (SAID.gettext("Te betalen uiterlijk op", LANGUAGE), day(invoice.due_on, LANGUAGE)),
    ]
    asked = tuple(f"{SAID.label(line.code, 'charge', LANGUAGE)}: {_amount(line.cents)}" for line in lines)
    total = SAID.gettext("Totaal: {amount}.", LANGUAGE, amount=_amount(invoice.total_cents))
    return Letter(
        language=LANGUAGE,
        written_on=invoice.issued_on,
        sender=SAID.label(invoice.register_code, "register", LANGUAGE),
        addressee=(provider.name, f"{provider.postcode} {provider.town}"),
        reference=invoice.number,
        subject=SAID.gettext("Factuur {number}", LANGUAGE, number=invoice.number),
        facts=tuple(facts),
        parts=(Part((), SAID.gettext("Waarvoor", LANGUAGE), asked), Part((total, _state(invoice, house)))),
    )


def _amount(cents: int) -> str:
    return euro(cents / 100, LANGUAGE)


def _state(invoice: Invoice, house: Operator) -> str:
    if invoice.state is InvoiceState.BOOKED and invoice.booked_on:
        return SAID.gettext("Betaald op {day}.", LANGUAGE, day=day(invoice.booked_on, LANGUAGE))
    if invoice.state is InvoiceState.CREDITED and invoice.credited_on:
        on = day(invoice.credited_on, LANGUAGE)
        return SAID.gettext("Gecrediteerd op {day}: u hoeft niets te betalen.", LANGUAGE, day=on)
    return SAID.gettext(
        "Maak het bedrag over op {iban}, ten name van {holder}, en noem het nummer van deze factuur. Daarna begint de "
        "beoordeling.",
        LANGUAGE,
        iban=house.bank.iban,
        holder=house.bank.holder,
    )
