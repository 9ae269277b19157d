"""What is offered: on which of it a registration may rest, and which of it a bureau gives."""

from enum import StrEnum


class CourseKind(StrEnum):
    """What is offered: something to renew on, something to register on, or a way to value what was learnt."""

    COURSE = "course"  # valued in advance (vooraf gewaardeerd aanbod)
    PROGRAMME = "programme"  # for basic registration, with a panel (opleiding)
    MASTER = "master"  # NVAO-accredited: checked for fit only
    ASSESSMENT = "assessment"  # a bureau's testing assessment (toetsend assessment), po-assessment
    PRIOR_LEARNING = "prior-learning"  # a provider's procedure that recognises what was learnt (EVC), po-evc
    VALUATION = "valuation"  # valued afterwards (achteraf waarderen): a bureau's own method, worth nothing by itself


FOR_REGISTRATION = frozenset(
    {CourseKind.PROGRAMME, CourseKind.MASTER, CourseKind.ASSESSMENT, CourseKind.PRIOR_LEARNING}
)
"""On what a first registration can rest (rules 2.1, routes 1 to 4)."""
BY_BUREAU = frozenset({CourseKind.ASSESSMENT, CourseKind.PRIOR_LEARNING})
"""What a bureau gives, not a school: a certificate of it, by the name of the bureau and without a CROHO code."""
