"""Who lives in the seeded world, two or more for each role and one for each relation; and the accredited offer."""

from datetime import date

from auth.permissions import Role

# who, role, relation, given name, prefix, family name
STAFF = [
    ("sanne.secretaris", Role.SECRETARY, "plain", "Sanne", "", "Hoekstra"),
    ("bram.secretaris", Role.SECRETARY, "plain", "Bram", "van", "Leeuwen"),
    ("fatima.beoordelaar", Role.ASSESSOR, "plain", "Fatima", "", "El Idrissi"),
    ("joris.beoordelaar", Role.ASSESSOR, "plain", "Joris", "", "Verhoeven"),
    ("lotte.accreditatie", Role.ACCREDITATION_MEMBER, "plain", "Lotte", "de", "Groot"),
    ("kees.accreditatie", Role.ACCREDITATION_MEMBER, "plain", "Kees", "", "Postma"),
    ("mieke.accreditatie", Role.ACCREDITATION_MEMBER, "plain", "Mieke", "", "Faber"),
    ("rob.accreditatie", Role.ACCREDITATION_MEMBER, "plain", "Rob", "", "Schipper"),
    ("anouk.aanbieder", Role.PROVIDER, "owner", "Anouk", "", "Willems"),
    ("ravi.aanbieder", Role.PROVIDER, "plain", "Ravi", "", "Sharma"),
    ("karel.kompas", Role.PROVIDER, "assessment", "Karel", "", "Brandsma"),
    ("vera.vallei", Role.PROVIDER, "prior-learning", "Vera", "", "Koopman"),
    ("els.adviseur", Role.OBJECTION_ADVISER, "plain", "Els", "", "Brouwer"),
    ("tom.adviseur", Role.OBJECTION_ADVISER, "took-part", "Tom", "", "Jacobs"),
    ("joost.adviseur", Role.OBJECTION_ADVISER, "plain", "Joost", "", "Veenstra"),
    ("amina.adviseur", Role.OBJECTION_ADVISER, "plain", "Amina", "", "Rahimi"),
    ("noor.beroep", Role.APPEALS_MEMBER, "plain", "Noor", "van der", "Wal"),
    ("pieter.beroep", Role.APPEALS_MEMBER, "took-part", "Pieter", "", "Kuipers"),
    ("fenna.beroep", Role.APPEALS_MEMBER, "plain", "Fenna", "de", "Haan"),
    ("bas.beroep", Role.APPEALS_MEMBER, "plain", "Bas", "", "Reinders"),
    ("iris.beroepssecretaris", Role.APPEALS_SECRETARY, "plain", "Iris", "", "Meijer"),
    ("omar.beroepssecretaris", Role.APPEALS_SECRETARY, "plain", "Omar", "", "Yilmaz"),
    ("hanneke.bestuur", Role.BOARD, "plain", "Hanneke", "", "Timmer"),
    ("wim.bestuur", Role.BOARD, "same-board", "Wim", "", "Dekker"),
    ("carla.bestuur", Role.BOARD, "share-holder", "Carla", "", "Prins"),
    ("marit.bureau", Role.OFFICE, "plain", "Marit", "", "Huisman"),
    ("jan.bureau", Role.OFFICE, "delegate", "Jan", "", "Koster"),
    ("petra.beheer", Role.ADMIN, "plain", "Petra", "", "Vos"),
    ("daan.beheer", Role.ADMIN, "plain", "Daan", "", "Scholten"),
    ("ria.toezicht", Role.AUDITOR, "plain", "Ria", "", "Blom"),
    ("max.toezicht", Role.AUDITOR, "plain", "Max", "", "Evers"),
]

# A pool of twelve working school leaders, each at a school of their own (po-comreg).
COMMITTEE = [
    ("ada.commissie", "plain", "Ada", "", "Smit"),
    ("bert.commissie", "plain", "Bert", "", "Mulder"),
    ("chris.commissie", "plain", "Chris", "de", "Boer"),
    ("dilara.commissie", "plain", "Dilara", "", "Kaya"),
    ("eva.commissie", "plain", "Eva", "van den", "Berg"),
    ("frits.commissie", "plain", "Frits", "", "Visser"),
    ("gea.commissie", "plain", "Gea", "", "Bos"),
    ("hugo.commissie", "plain", "Hugo", "", "Peters"),
    ("ilse.commissie", "plain", "Ilse", "", "Hendriks"),
    ("jamal.commissie", "plain", "Jamal", "", "Bakkali"),
    ("karin.commissie", "same-board", "Karin", "", "Schouten"),
    ("lex.commissie", "took-part", "Lex", "van", "Dijk"),
]

PROGRAMME, ACADEMY = "SLO-2018", "Academie voor Schoolleiderschap"
# code, kind, name, provider, ECTS, first and last day of the accreditation; 70139 is a real CROHO code
OFFER = [
    (PROGRAMME, "programme", "Schoolleider vakbekwaam", ACADEMY, 30, date(2018, 9, 1), date(2024, 8, 31)),
    ("SLO-2024", "programme", "Schoolleider vakbekwaam", ACADEMY, 30, date(2024, 9, 1), date(2030, 8, 31)),
    ("SLB-2023", "programme", "Schoolleider basisbekwaam", ACADEMY, 15, date(2023, 9, 1), date(2029, 8, 31)),
    ("70139", "master", "Educational Leadership", "Saxion Hogeschool", 60, date(2020, 1, 1), date(2031, 12, 31)),
]
