"""HTML or text to Brief. Pure: no network, no database, no clock."""
