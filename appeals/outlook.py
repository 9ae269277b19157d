"""How an objection or appeal stands for who handles it, as `core.timeline.outlook` tells of any case."""

from collections.abc import Sequence

from appeals.disputes.queries import File, Relation
from appeals.timeline import facts_of, shown
from appeals.verbs import Verb, open_verbs
from core.store.work import Work
from core.timeline.outlook import Outlook, Wrong, met, outlook_of
from core.timeline.policy import Reader


async def outlook(work: Work, file: File, who: Relation) -> Outlook:
    """How a case stands today, for who handles or judges it."""
    lines = shown(work, file, await facts_of(work, file), Reader.OFFICE)
    return await outlook_of(work, file.dispute.id, lines, await refusals(work, file, open_verbs(file.dispute, who)))


async def refusals(work: Work, file: File, verbs: Sequence[Verb]) -> list[Wrong]:
    """What each deed would meet, whatever were typed: the first refusal of each, and of each choice in it."""
    found: dict[tuple[str, str], Wrong] = {}
    for verb in verbs:
        for need in verb.needs:
            if (verb.name, need.of) in found:
                continue
            if wrong := await met(verb.name, need.check(work, file), need.of):
                found[verb.name, need.of] = wrong
    return list(found.values())
