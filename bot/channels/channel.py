"""What the sender needs of wherever parts of editions go."""

from typing import Protocol

from digest.model import Delivery


class Channel(Protocol):
    """Posts parts. The same nonce again, within about two minutes, makes no second message."""

    async def turn(self) -> None:
        """Wait until one more of `post`, `find` or `edit` may be called."""
        ...

    async def post(self, delivery: Delivery) -> int:
        """Return the id of the message that now shows this part, 0 where somebody deleted it since.

        Raises:
            DeliveryError: it did not go out; the kind of error says whether it ever can.
        """
        ...

    async def find(self, delivery: Delivery) -> int | None:
        """Return the id of the message that shows this part if it came since a day before `attempted_at`, else None."""
        ...

    async def edit(self, delivery: Delivery) -> int:
        """Put the part in the place of what the message `edits` shows, and return its id, 0 where it was deleted."""
        ...
