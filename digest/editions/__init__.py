"""What to say, and when. Pure."""
