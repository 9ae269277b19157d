"""One row of the national list of higher-education programmes, as it comes in."""

from datetime import date

import msgspec


class ProgrammeRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A programme (opleiding) or variant, or one form in which a provider offers it.

    A row is told from every other by (`unit_code`, `offer_code`, `own_name`, `study_choice_check`): a programme that
    nobody offers has its unit code to itself; an offer has a code of its own, and eight offers are published twice,
    with another name or another study-choice check.
    """

    unit_code: str
    """RIO's code of the unit (opleidingseenheid): four digits, the letter O, four digits."""
    offer_code: str
    """RIO's code of this offer (aangeboden opleiding); empty for a programme that is only recognised."""
    own_name: str
    """What the provider calls it; empty where it does not say."""
    study_choice_check: str
    """Whether a study-choice check applies, in RIO's words; empty where it does not say."""
    croho_code: str | None
    """Five digits (erkende opleidingscode); variants have none of their own."""
    variant_of: str | None
    """The CROHO code of the programme that this is a variant of."""
    kind: str
    """`opleiding` or `variant`."""
    name: str
    name_en: str | None
    level: str
    """`hbo-ad`, `hbo-ba`, `hbo-ma`, `wo-ba`, `wo-ma`, …"""
    degree: str | None
    """`associate-degree`, `bachelor` or `master`."""
    credits: int | None
    """Study load in EC."""
    nlqf: int | None
    """Level in the Dutch qualifications framework, 5 to 7."""
    document_kind: str
    """What a graduate receives: `diploma`, `getuigschrift`, …"""
    accreditor: str | None
    """`NVAO` where it is accredited."""
    begins_on: date | None
    """First day of the recognition; may lie in the future."""
    ends_on: date | None
    """Day on which the recognition ends."""
    board_code: str
    """RIO's code of the board (onderwijsbestuur)."""
    board_name: str
    provider_code: str | None
    """RIO's code of the provider (onderwijsaanbieder)."""
    provider_name: str | None
    form: str | None
    """`voltijd`, `deeltijd` or `duaal`."""
    languages: str | None
    """Three-letter codes, comma between them."""
    offered_from: date | None
    offered_until: date | None
    first_intake_on: date | None
    last_intake_on: date | None
    town: str | None
