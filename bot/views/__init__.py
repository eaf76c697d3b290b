"""What buttons, selects and forms do, by the name that their custom_id begins with."""

from collections.abc import Mapping

from bot.controls import Act
from bot.desk import Desk
from bot.views import (
    articles,
    cases,
    deleting,
    editions,
    erasing,
    following,
    offering,
    pages,
    past,
    setup,
    sharing,
    statements,
    testing,
    week,
)
from bot.views.followable import FollowActs
from bot.views.proofs import ProofActs
from bot.views.stories import StoryActs

__all__ = ["acts_of"]


def acts_of(desk: Desk) -> Mapping[str, Act]:
    """Return every act of the bot by its name."""
    return {
        **sharing.acts(desk),
        **pages.acts(desk),
        **articles.acts(desk),
        **editions.acts(desk),
        **StoryActs(desk).acts(),
        **ProofActs(desk).acts(),
        **FollowActs(desk).acts(),
        **following.acts(desk),
        **setup.acts(desk),
        **week.acts(desk),
        **testing.acts(desk),
        **deleting.acts(desk),
        **past.acts(desk),
        **statements.acts(desk),
        **cases.acts(desk),
        **offering.acts(desk),
        **erasing.acts(desk),
    }
