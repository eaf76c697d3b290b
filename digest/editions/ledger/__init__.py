"""Commitments over time: is this that one told again, what changed, what falls due, and what is still open."""

from digest.editions.ledger.changes import change_of
from digest.editions.ledger.entries import due_on, find_entry, is_open, is_withdrawn, with_changes

__all__ = ["change_of", "due_on", "find_entry", "is_open", "is_withdrawn", "with_changes"]
