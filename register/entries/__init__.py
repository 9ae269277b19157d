"""Who is registered: enrolment, the entry in the register, its history and its public face."""
