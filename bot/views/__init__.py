"""What buttons, selects and forms do, by the name that their custom_id begins with."""

from collections.abc import Mapping

from bot.controls import Act
from bot.desk import Desk
from bot.views import cases, erasing, sharing, statements

__all__ = ["acts_of"]


def acts_of(desk: Desk) -> Mapping[str, Act]:
    """Return every act of the bot by its name."""
    return {**sharing.acts(), **statements.acts(desk), **cases.acts(desk), **erasing.acts(desk)}
