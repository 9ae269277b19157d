"""Every router and page of the rooms, as the service serves them."""

from accreditation.attendance import api as attendance_api
from accreditation.attendance import pages as attendance_pages
from accreditation.attendance import reporting_pages
from accreditation.audits import api as audits_api
from accreditation.audits import pages as audit_pages
from accreditation.catalogue import api as catalogue_api
from accreditation.catalogue import pages as catalogue_pages
from accreditation.committee import api as accreditation_committee_api
from accreditation.committee import file_pages as accreditation_files
from accreditation.committee import pages as accreditation_sessions
from accreditation.courses import api as courses_api
from accreditation.courses import desk_pages, section_pages
from accreditation.courses import pages as course_pages
from accreditation.courses import provider_pages as provider_page
from accreditation.institutional import api as institutional_api
from accreditation.institutional import pages as institutional_pages
from accreditation.offer import api as offer_api
from accreditation.offer import pages as offer_pages
from accreditation.peonline import api as peonline_api
from accreditation.peonline import pages as key_pages
from accreditation.providers import api as providers_api
from accreditation.providers import intending_api, intending_pages, profile_pages, standing_pages
from accreditation.providers import pages as provider_pages
from accreditation.rating import api as rating_api
from accreditation.rating import pages as rating_pages
from accreditation.runs import api as runs_api
from accreditation.runs import pages as runs_pages
from accreditation.sandbox import api as sandbox_api
from accreditation.sandbox import pages as sandbox_pages
from appeals import api as appeals_api
from appeals import dispute_api, dispute_pages, interim_pages
from appeals import pages as term_pages
from appeals.library import api as library_api
from appeals.library import pages as library_pages
from auth import account_api, account_pages, role_api, role_pages, second_factor_pages
from auth import api as auth_api
from auth import pages as auth_pages
from register.applications import api as registration_api
from register.applications import completing_api, completing_pages, handing_in_pages, question_pages, starting_pages
from register.applications import mine as applications
from register.applications.intake import api as intake_api
from register.applications.intake import pages as intake_pages
from register.applications.renewal import api as renewal_api
from register.applications.renewal import asking_pages, request_pages, what_if_pages
from register.applications.renewal import pages as renewal_pages
from register.applications.silence import api as silence_api
from register.committee import concerns, departure_api, departure_pages
from register.committee.conditions import api as conditions_api
from register.committee.corrections import api as corrections_api
from register.committee.corrections import pages as correction_pages
from register.committee.doubts import api as doubts_api
from register.committee.doubts import pages as doubt_pages
from register.committee.grounds import api as grounds_api
from register.committee.measures import api as measures_api
from register.committee.measures import pages as measure_pages
from register.committee.reconsideration import api as reopened_api
from register.committee.reconsideration import pages as reopened_pages
from register.committee.sessions import api as committee_api
from register.committee.sessions import file_pages, secretary_pages, session_pages
from register.committee.sessions import pages as sessions_pages
from register.employers.board import api as board_api
from register.employers.board import pages as board_pages
from register.employers.budgets import api as budgets_api
from register.employers.budgets import pages as budget_pages
from register.employers.deliveries import api as deliveries_api
from register.employers.deliveries import pages as delivery_pages
from register.entries import pages as registration_pages
from register.entries.extracts import api as extracts_api
from register.entries.extracts import pages as extract_pages
from register.entries.history import api as history_api
from register.notification import api as decisions_api
from register.notification import (
    box_pages,
    case_letter_api,
    case_letter_pages,
    letter_pages,
    post_api,
    post_pages,
)
from register.notification import pages as decision_pages
from register.office import calendar_pages, jobs_pages, norm_pages, outbox_pages, tariff_pages, trail_api, trail_pages
from register.office import pages as office_start
from register.office.people import office_api, office_pages, own_api, own_pages, two_persons_pages
from register.office.personal_data import api as kept_api
from register.office.personal_data import pages as kept_pages
from register.office.proposals import api as proposals_api
from register.office.proposals import pages as proposals_pages
from register.office.publication import api as publication_api
from register.office.publication import pages as publication_pages
from register.office.renaming import api as renaming_api
from register.office.renaming import pages as renaming_pages
from register.office.retention import api as retention_api
from register.office.retention import pages as retention_pages
from register.office.statistics import api as statistics_api
from register.office.statistics import course_pages as statistics_course_pages
from register.office.statistics import pages as statistics_pages
from register.office.worklist import api as worklist_api
from register.office.worklist import pages as worklist_pages
from register.portfolio import api as portfolio_api
from register.portfolio import edit_pages
from register.portfolio import pages as valuation_pages
from register.portfolio.dialogue import api as dialogue_api
from register.portfolio.dialogue import pages as dialogue_pages
from register.portfolio.endorsing import api as endorsing_api
from register.portfolio.endorsing import pages as endorsing_pages
from register.portfolio.planning import api as planning_api
from register.portfolio.planning import pages as plan_pages
from register.portfolio.sharing import api as sharing_api
from register.portfolio.sharing import pages as sharing_pages
from register.portfolio.sharing import reader_pages
from register.portfolio.transfer import api as transfer_api
from register.portfolio.transfer import pages as transfer_pages
from register.rules.assessment import api as assessment_api
from register.rules.entitlement import api as entitlement_api
from register.rules.entitlement import pages as entitlement_pages
from register.schools import api as schools_api
from register.schools import choosing_pages
from register.service import home, start

API = [
    auth_api.ROUTES,
    account_api.ROUTES,
    role_api.ROUTES,
    own_api.ROUTES,
    office_api.ROUTES,
    trail_api.ROUTES,
    worklist_api.ROUTES,
    offer_api.ROUTES,
    catalogue_api.ROUTES,
    rating_api.ROUTES,
    audits_api.ROUTES,
    institutional_api.ROUTES,
    runs_api.ROUTES,
    attendance_api.ROUTES,
    peonline_api.ROUTES,
    sandbox_api.ROUTES,
    providers_api.ROUTES,
    intending_api.ROUTES,
    courses_api.ROUTES,
    accreditation_committee_api.ROUTES,
    schools_api.ROUTES,
    registration_api.ROUTES,
    history_api.ROUTES,
    extracts_api.ROUTES,
    statistics_api.ROUTES,
    deliveries_api.ROUTES,
    board_api.ROUTES,
    budgets_api.ROUTES,
    kept_api.ROUTES,
    jobs_pages.ROUTES,
    completing_api.ROUTES,
    intake_api.ROUTES,
    conditions_api.ROUTES,
    portfolio_api.ROUTES,
    planning_api.ROUTES,
    renewal_api.ROUTES,
    silence_api.ROUTES,
    departure_api.ROUTES,
    endorsing_api.ROUTES,
    dialogue_api.ROUTES,
    sharing_api.ROUTES,
    transfer_api.ROUTES,
    committee_api.ROUTES,
    grounds_api.ROUTES,
    measures_api.ROUTES,
    doubts_api.ROUTES,
    corrections_api.ROUTES,
    reopened_api.ROUTES,
    proposals_api.ROUTES,
    publication_api.ROUTES,
    renaming_api.ROUTES,
    retention_api.ROUTES,
    decisions_api.ROUTES,
    letter_pages.ROUTES,
    post_api.ROUTES,
    case_letter_api.ROUTES,
    appeals_api.ROUTES,
    dispute_api.ROUTES,
    library_api.ROUTES,
    assessment_api.ROUTES,
    entitlement_api.ROUTES,
]

PAGES = [
    *peonline_api.HANDLERS,
    *sandbox_pages.HANDLERS,
    *catalogue_pages.HANDLERS,
    *offer_pages.HANDLERS,
    *rating_pages.HANDLERS,
    *audit_pages.HANDLERS,
    *institutional_pages.HANDLERS,
    *attendance_pages.HANDLERS,
    *reporting_pages.HANDLERS,
    *runs_pages.HANDLERS,
    *key_pages.HANDLERS,
    *auth_pages.HANDLERS,
    *second_factor_pages.HANDLERS,
    *account_pages.HANDLERS,
    *role_pages.HANDLERS,
    *own_pages.HANDLERS,
    *office_pages.HANDLERS,
    *two_persons_pages.HANDLERS,
    *office_start.HANDLERS,
    *norm_pages.HANDLERS,
    *calendar_pages.HANDLERS,
    *tariff_pages.HANDLERS,
    *outbox_pages.HANDLERS,
    *trail_pages.HANDLERS,
    *worklist_pages.HANDLERS,
    *registration_pages.HANDLERS,
    *doubt_pages.HANDLERS,
    *choosing_pages.HANDLERS,
    *applications.HANDLERS,
    *starting_pages.HANDLERS,
    *question_pages.HANDLERS,
    *handing_in_pages.HANDLERS,
    *completing_pages.HANDLERS,
    *asking_pages.HANDLERS,
    *departure_pages.HANDLERS,
    *intake_pages.HANDLERS,
    *concerns.HANDLERS,
    *home.HANDLERS,
    *start.HANDLERS,
    *decision_pages.HANDLERS,
    *letter_pages.HANDLERS,
    *extracts_api.HANDLERS,
    *extract_pages.HANDLERS,
    *box_pages.HANDLERS,
    *post_pages.HANDLERS,
    *case_letter_pages.HANDLERS,
    *renewal_pages.HANDLERS,
    *request_pages.HANDLERS,
    *edit_pages.HANDLERS,
    *what_if_pages.HANDLERS,
    *plan_pages.HANDLERS,
    *valuation_pages.HANDLERS,
    *endorsing_pages.HANDLERS,
    *dialogue_pages.HANDLERS,
    *sharing_pages.HANDLERS,
    *transfer_pages.HANDLERS,
    *reader_pages.HANDLERS,
    *board_pages.HANDLERS,
    *budget_pages.HANDLERS,
    *kept_pages.HANDLERS,
    *jobs_pages.HANDLERS,
    *secretary_pages.HANDLERS,
    *sessions_pages.HANDLERS,
    *session_pages.HANDLERS,
    *file_pages.HANDLERS,
    *reopened_pages.HANDLERS,
    *library_pages.HANDLERS,
    *measure_pages.HANDLERS,
    *correction_pages.HANDLERS,
    *proposals_pages.HANDLERS,
    *publication_pages.HANDLERS,
    *renaming_pages.HANDLERS,
    *retention_pages.HANDLERS,
    *delivery_pages.HANDLERS,
    *statistics_pages.HANDLERS,
    *statistics_course_pages.HANDLERS,
    *term_pages.HANDLERS,
    *entitlement_pages.HANDLERS,
    *dispute_pages.HANDLERS,
    *interim_pages.HANDLERS,
    *provider_pages.HANDLERS,
    *intending_pages.HANDLERS,
    *provider_page.HANDLERS,
    *profile_pages.HANDLERS,
    *standing_pages.HANDLERS,
    *course_pages.HANDLERS,
    *section_pages.HANDLERS,
    *desk_pages.HANDLERS,
    *accreditation_sessions.HANDLERS,
    *accreditation_files.HANDLERS,
]
