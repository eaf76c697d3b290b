"""Whether articles can be read: with the model that was tested, in a process of its own as the bot does it."""

from bot.doctor.findings import Finding, State
from bot.texts import doctor as words
from digest import DigestError, ReadingPool, read_text

_SENTENCE = "“We will rebuild the pier by June,” said Ada Quill, mayor of Thornmouth, on Monday."
_SECONDS = 60.0  # on a small machine the model loads for ten


async def check_model() -> Finding:
    """Read a sentence in a process: that loads the model, which is refused where its files are not those we mean."""
    async with ReadingPool(1) as think:
        try:
            brief = await think(read_text, _SENTENCE, timeout=_SECONDS)
        except DigestError as error:
            why = getattr(error, "why", str(error))
            return Finding("model", State.WRONG, words.MODEL_WRONG.format(why=why), words.MODEL_REMEDY)
    if not brief.commitments:
        return Finding("model", State.WRONG, words.MODEL_BLIND, words.MODEL_REMEDY)
    return Finding("model", State.OK, words.MODEL)
