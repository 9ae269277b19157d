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
import core.billing
import core.decisions
import core.panel.service
import core.proposals
import core.store.audit
import core.store.files
import core.store.outbox
import core.store.work
import register.applications.intake.models
import register.applications.renewal.models
import register.applications.silence.models
import register.committee.conditions.models
import register.committee.corrections.models
import register.committee.doubts.models
import register.committee.measures.models
import register.committee.reconsideration.models
import register.employers.budgets.models
import register.employers.deliveries.models
import register.entries.models
import register.notification.models
import register.office.imports.models
import register.office.publication.models
import register.office.renaming.models
import register.office.retention.models
import register.portfolio.dialogue.models
import register.portfolio.endorsing.models
import register.portfolio.models
import register.portfolio.sharing.models
import register.schools.models

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
    core.store.audit,
    core.billing,
    core.decisions,
    core.store.files,
    core.store.outbox,
    core.panel.service,
    core.proposals,
    core.store.work,
    register.portfolio.dialogue.models,
    register.portfolio.endorsing.models,
    register.committee.conditions.models,
    register.committee.corrections.models,
    register.applications.intake.models,
    register.committee.doubts.models,
    register.committee.measures.models,
    register.employers.budgets.models,
    register.employers.deliveries.models,
    register.notification.models,
    register.portfolio.models,
    register.entries.models,
    register.office.publication.models,
    register.office.renaming.models,
    register.office.retention.models,
    register.applications.renewal.models,
    register.applications.silence.models,
    register.committee.reconsideration.models,
    register.schools.models,
    register.portfolio.sharing.models,
    register.office.imports.models,
)
