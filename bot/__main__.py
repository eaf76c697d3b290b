"""`python -m bot`, which is also the command `onrecord`."""

import sys

from bot.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
