"""PURE: norms on accredited offer: how it is watched, and what it takes to be trusted."""

from typing import Annotated

from pydantic import Field

from core.law.ruleparts import Count, Part, Some, Table


class Quality(Part):
    """How accredited offer is watched: what participants think, and each year a sample of the providers."""

    rating_least_shown: Some
    """From how many ratings on their average is shown."""
    audit_percent: Annotated[int, Field(ge=1, le=100)]
    """Of the providers in a register, how many in a hundred are audited each year."""
    audit_least: Some
    """And at least so many, as far as there are."""
    audit_weights: Table[Count]
    """How many lots more a provider has in the sample, by what was heard of it: `low-rating`, each `complaint`,
    each per cent of attendances that took a `correction`, and `declared` for who accredits by declaration."""
    low_rating_tenths: Some
    """Below this average, in tenths of a star, ratings are low."""


class Institutional(Part):
    """What an institutional accreditation takes, and what it gives."""

    years_authorised: Some
    """Whole years for which the provider has been authorised without a break."""
    applications: Some
    """Applications for courses that were accredited in the year before."""
    months: Some
    """How long it lasts."""
    courses_percent: Some
    """How many courses may go by declaration in that time, in per cent of the applications of the year before."""
