"""What two persons do, whatever room it comes from: read, signed by the second, withdrawn."""
