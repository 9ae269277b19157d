"""What a rule set says about stated facts: pure, without database, for services, the calculator and the public page."""
