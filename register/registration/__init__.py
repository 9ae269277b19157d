"""Registration: enrolment (inschrijving), application (aanvraag), the entry in the register, and its public face."""
