"""``python -m blogkit`` and the ``blogkit`` command."""

import os
import sys

from blogkit.cli.app import main as run


def main() -> None:
    """Run the command line and end the process.

    The process ends without Python's own clean-up, which would take a tenth of a search: files are
    closed and output is flushed by then.

    NumPy's linear algebra starts a thread for each processor when it is loaded, and these wait
    busily for a while: more processor time than all of a look-up, which needs none of it.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    status = run()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    main()
