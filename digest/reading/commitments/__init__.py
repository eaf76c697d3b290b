"""Who committed what: cues, who is bound by them, to what, on which condition and by when."""

from digest.reading.commitments.deadlines import find_deadline
from digest.reading.commitments.find import find_commitments, find_withdrawals

__all__ = ["find_commitments", "find_deadline", "find_withdrawals"]
