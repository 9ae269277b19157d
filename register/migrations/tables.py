"""Every table of the house, so that a migration can be held against them."""

import accreditation.attendance.models
import accreditation.audits.models
import accreditation.courses.models
import accreditation.institutional.models
import accreditation.offer.models
import accreditation.peonline.models
import accreditation.programmes.models
import accreditation.providers.models
import accreditation.rating.models
import accreditation.runs.models
import accreditation.sandbox.models
import appeals.disputes.models
import appeals.library.models
import auth.models
import core.agenda
import core.assigning
import core.audit
import core.billing
import core.decisions
import core.files
import core.outbox
import core.panel
import core.proposals
import core.work
import register.conditions.models
import register.corrections.models
import register.decisions.models
import register.deliveries.models
import register.dialogue.models
import register.endorsing.models
import register.intake.models
import register.measures.models
import register.portfolio.models
import register.registration.models
import register.renaming.models
import register.renewal.models
import register.reopened.models
import register.schools.models
import register.sharing.models
import register.takeover.models

ROOMS = (
    accreditation.attendance.models,
    accreditation.audits.models,
    accreditation.courses.models,
    accreditation.institutional.models,
    accreditation.offer.models,
    accreditation.peonline.models,
    accreditation.programmes.models,
    accreditation.providers.models,
    accreditation.rating.models,
    accreditation.runs.models,
    accreditation.sandbox.models,
    appeals.disputes.models,
    appeals.library.models,
    auth.models,
    core.agenda,
    core.assigning,
    core.audit,
    core.billing,
    core.decisions,
    core.files,
    core.outbox,
    core.panel,
    core.proposals,
    core.work,
    register.dialogue.models,
    register.endorsing.models,
    register.conditions.models,
    register.corrections.models,
    register.intake.models,
    register.measures.models,
    register.deliveries.models,
    register.decisions.models,
    register.portfolio.models,
    register.registration.models,
    register.renaming.models,
    register.renewal.models,
    register.reopened.models,
    register.schools.models,
    register.sharing.models,
    register.takeover.models,
)
