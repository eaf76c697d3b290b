"""What a member does to follow a source: ask what an address offers, then press Follow."""

from tests.wire.limits_components import flattened


def button(message, label):
    """The custom_id of the message's button with this label."""
    return next(one["custom_id"] for one in flattened(message.components) if one.get("label") == label)


async def follow(manager, channel, url):
    """Follow the first that is found at an address; gives the interaction once it says what became of it."""
    asked = await manager.invoke("source add", channel, url=url)
    await asked.until(lambda one: one.components)
    pressed = await manager.press(asked.original, button(asked.original, "Follow"), wait=False)
    return await pressed.until(lambda one: one.original is not None and not one.components)
