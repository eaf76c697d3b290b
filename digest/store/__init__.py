"""The only SQL: what the bot remembers, on SQLite by default. Every look-up for a guild goes through its sources."""

from digest.store.database import Store, Transaction, count_alone, part_of

__all__ = ["Store", "Transaction", "count_alone", "part_of"]
