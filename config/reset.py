"""``make reset``: throw away the data of this folder's run, so that the next one begins anew."""

import shutil
import sys

from config.embedded import paths, postgres
from config.lock import only_run
from config.trouble import Trouble


def main() -> int:
    run = paths.run_folder()
    if not run.exists():
        print("Nothing to throw away.")
        return 0
    try:
        with only_run(run):
            postgres.remove(run)
            shutil.rmtree(paths.sockets(run), ignore_errors=True)
            shutil.rmtree(run)
    except (Trouble, OSError) as trouble:
        print(trouble, file=sys.stderr)
        return 1
    print(f"{run} is gone: the next 'make run' begins anew.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
