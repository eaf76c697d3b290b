"""Who is who in an article: from a mention to the fullest name, and the role as printed."""

from digest.reading.names.references import Names, find_names

__all__ = ["Names", "find_names"]
