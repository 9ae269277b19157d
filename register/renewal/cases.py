"""The facts of an application of any kind, as the assessment gets to see them."""

from collections.abc import Awaitable, Callable, Mapping

from core.work import Work
from register.assessment.facts import Facts
from register.registration.facts import facts_for as first
from register.registration.models import Application
from register.registration.policy import ApplicationKind
from register.renewal import requests, service

FACTS: Mapping[ApplicationKind, Callable[[Work, Application], Awaitable[Facts]]] = {
    ApplicationKind.REGISTRATION: first,
    ApplicationKind.REREGISTRATION: service.facts_for,
    ApplicationKind.POSTPONEMENT: requests.facts_for,
    ApplicationKind.LEVEL_CHANGE: requests.facts_for,
}


async def facts_of(work: Work, application: Application) -> Facts:
    """What the assessment gets to see of an application if it were decided today."""
    return await FACTS[application.kind](work, application)
