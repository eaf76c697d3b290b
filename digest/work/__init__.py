"""Runners of the steps: they own processes and leases, and know nothing of what a step does."""
