"""Providers (aanbieders): who offers courses, in which register they may, and who acts for them."""
