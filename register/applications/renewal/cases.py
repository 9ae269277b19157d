"""The facts of an application of any kind, as the assessment gets to see them."""

from collections.abc import Awaitable, Callable, Mapping

from core.store.work import Work
from register.applications.facts import facts_for as first
from register.applications.renewal import requests, service
from register.entries.models import Application
from register.entries.policy import ApplicationKind
from register.rules.assessment.facts import Facts

FACTS: Mapping[ApplicationKind, Callable[[Work, Application], Awaitable[Facts]]] = {
    ApplicationKind.REGISTRATION: first,
    ApplicationKind.REREGISTRATION: service.facts_for,
    ApplicationKind.POSTPONEMENT: requests.facts_for,
    ApplicationKind.LEVEL_CHANGE: requests.facts_for,
}


async def facts_of(work: Work, application: Application) -> Facts:
    """What the assessment gets to see of an application if it were decided today."""
    return await FACTS[application.kind](work, application)
