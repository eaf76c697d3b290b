"""What can go wrong on Discord's side of the house, and the one place where an error becomes a sentence for a user.

BotError
  SettingsError         .problems     names everything missing or wrong at once; exit status 2
  StartError                          Discord cannot be reached at the start
    StartLaterError     .seconds      it asks to wait
  InputError                          what somebody typed cannot be used; the message says what would do
  DeliveryError         .channel_id   the message did not go out now: try later
    InterruptedDeliveryError          Discord failed or the connection broke: try again in a moment
    ChannelGoneError                  there is no such channel any more
    ForbiddenChannelError .missing    the permissions that the bot lacks there
      LockedThreadError               the thread is archived and locked
      DirectClosedError               a member lets no messages of the bot's in
    RejectedPartError                 Discord will never take this message
"""

from collections.abc import Sequence

from bot import texts
from bot.texts import follows, limits, sources, store
from digest import errors as digest_errors


class BotError(Exception):
    """The root of all errors that the bot raises on purpose."""


class SettingsError(BotError):
    """Settings that are missing or wrong, all of them: pairs of the setting's name and what is wrong with it."""

    def __init__(self, problems: Sequence[tuple[str, str]]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{name}: {why}" for name, why in self.problems))


class StartError(BotError):
    """Discord cannot be reached at the start. The message is technical."""


class StartLaterError(StartError):
    """Discord limits how often something is done at a start; `seconds` is how long it asks to wait."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Discord asks to wait {seconds:.0f} seconds")
        self.seconds = seconds


class InputError(BotError):
    """What somebody typed cannot be used. The message is the sentence for them, from the catalogue."""


class DeliveryError(BotError):
    """A message did not go out now, for a reason that may pass."""

    def __init__(self, channel_id: int, why: str) -> None:
        super().__init__(channel_id, why)
        self.channel_id = channel_id
        self.why = why

    def __str__(self) -> str:
        return f"channel {self.channel_id}: {self.why}"


class InterruptedDeliveryError(DeliveryError):
    """Discord failed or the connection broke, mostly for seconds. Nobody knows whether the message is there."""


class ChannelGoneError(DeliveryError):
    """The channel, or the bot's place in its server, is gone."""


class ForbiddenChannelError(DeliveryError):
    """The bot may not post there; `missing` names the permissions to grant, as Discord calls them, where known."""

    def __init__(self, channel_id: int, why: str, *, missing: Sequence[str] = ()) -> None:
        super().__init__(channel_id, why)
        self.missing = tuple(missing)


class LockedThreadError(ForbiddenChannelError):
    """The thread is archived and locked: only who manages threads can open it."""


class DirectClosedError(ForbiddenChannelError):
    """The member whose channel it is lets no messages of the bot's in."""


class RejectedPartError(DeliveryError):
    """Discord says that the message itself is wrong: sending it again cannot help."""


_SENTENCES: tuple[tuple[type[Exception], str], ...] = (
    (digest_errors.UnsafeError, texts.ERROR_UNSAFE),
    (digest_errors.DisallowedError, texts.ERROR_DISALLOWED),
    (digest_errors.InvalidFeedError, texts.ERROR_NO_FEED),
    (digest_errors.ReservedError, texts.ERROR_RESERVED),
    (digest_errors.NoArticleError, texts.ERROR_NO_ARTICLE),
    (digest_errors.ReadingError, texts.ERROR_READING),
    (digest_errors.NotFoundError, texts.ERROR_NOT_FOUND),
    (digest_errors.AlreadyExistsError, texts.ERROR_ALREADY_EXISTS),
    (digest_errors.CorruptStoreError, texts.ERROR_CORRUPT_STORE),
    (digest_errors.UnwritableStoreError, store.ERROR_UNWRITABLE),
    (digest_errors.StoreError, texts.ERROR_STORE),
    (StartError, texts.ERROR_START),
    (ChannelGoneError, texts.ERROR_CHANNEL_GONE),
    (DirectClosedError, follows.DIRECT_CLOSED),
    (RejectedPartError, texts.ERROR_REJECTED_PART),
)

_REFUSALS = dict.fromkeys((401, 402, 403, 451), sources.FORBIDDEN) | dict.fromkeys((404, 410), sources.MISSING)
_BUSY = 429


def explain(error: BaseException) -> str:
    """Return the sentence that tells a user what went wrong and what to do, without anything technical."""
    if isinstance(error, InputError):
        return str(error)
    if isinstance(error, digest_errors.MoveError):
        return store.explain_move(error.fault, error.subject, error.why)
    if isinstance(error, digest_errors.BackupError):
        return store.explain_backup(error.fault, error.path)
    if isinstance(error, digest_errors.LimitError):
        return limits.LIMITS[error.limit].format(most=error.most)
    if type(error) in (DeliveryError, InterruptedDeliveryError):
        return texts.ERROR_DELIVERY
    return _detailed(error) or next(
        (text for kind, text in _SENTENCES if isinstance(error, kind)), texts.ERROR_UNEXPECTED
    )


def untold(error: Exception) -> Exception | None:
    """Return what of an error is still to be logged: of a database that cannot be used the store itself has told."""
    told = (digest_errors.CorruptStoreError, digest_errors.UnwritableStoreError, digest_errors.UnreachableStoreError)
    if isinstance(error, ExceptionGroup):
        return error.split(told)[1]
    return None if isinstance(error, told) else error


def _detailed(error: BaseException) -> str:
    if isinstance(error, SettingsError):
        return texts.ERROR_SETTINGS.format(problems="\n".join(f"  {name}: {why}" for name, why in error.problems))
    if isinstance(error, StartLaterError):
        return texts.ERROR_START_LATER.format(seconds=round(error.seconds))
    if isinstance(error, digest_errors.RefusedError):
        return _REFUSALS.get(error.status, texts.ERROR_REFUSED).format(status=error.status)
    if isinstance(error, digest_errors.UnreachableError):
        return _unreachable(error)
    if isinstance(error, ForbiddenChannelError) and not isinstance(error, DirectClosedError):
        missing = ", ".join(error.missing) or texts.PERMISSIONS_UNKNOWN
        return texts.ERROR_FORBIDDEN_CHANNEL.format(channel_id=error.channel_id, missing=missing)
    return ""


def _unreachable(error: digest_errors.UnreachableError) -> str:
    if error.status is None:
        return sources.FAULTS[error.fault]
    return (sources.BUSY if error.status == _BUSY else sources.IN_TROUBLE).format(status=error.status)
