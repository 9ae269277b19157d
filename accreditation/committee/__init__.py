"""The accreditation committee (Commissie Accreditatie): sessions, files, votes, decisions."""
