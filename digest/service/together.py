"""The same step for many, some at once."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

AT_ONCE = 32

Given = TypeVar("Given")
Result = TypeVar("Result")


async def each_of(given: Iterable[Given], step: Callable[[Given], Awaitable[Result]]) -> tuple[Result, ...]:
    """Return what the step gives for each, in their order; what a step raises is raised when all are done."""
    # What no step expects must not stop the others, and must not be lost.
    limit = asyncio.Semaphore(AT_ONCE)

    async def limited(each: Given) -> Result:
        async with limit:
            return await step(each)

    results = await asyncio.gather(*(limited(each) for each in given), return_exceptions=True)
    errors = [result for result in results if isinstance(result, BaseException)]
    if errors:
        raise BaseExceptionGroup("some steps failed unexpectedly", errors)
    return tuple(result for result in results if not isinstance(result, BaseException))
