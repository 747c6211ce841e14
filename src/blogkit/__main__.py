"""``python -m blogkit`` and the ``blogkit`` command."""

import sys

from blogkit.cli.app import main

if __name__ == "__main__":
    sys.exit(main())
