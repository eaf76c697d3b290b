"""The ids of buttons, selects and forms: what they do, and with what."""

LONGEST_ID = 100


def custom_id(act: str, *args: object) -> str:
    """Return the id of a control that does `act` with these arguments, joined by colons; ValueError over 100."""
    made = ":".join(("or", act, *map(str, args)))
    if len(made.encode("utf-16-le")) // 2 > LONGEST_ID:
        raise ValueError(f"a custom_id of more than {LONGEST_ID} characters: {made}")
    return made
