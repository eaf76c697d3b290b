"""The Discord side of On Record: it knows digest, and neither SQL nor HTTP clients."""
