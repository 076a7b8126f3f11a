"""Procedures that test themselves: examples on a virtual clock, and what they did not reach."""
