"""Several people, or workers, at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection


def at_once(*actions: Callable[[], object]) -> list[object]:
    """Run the actions in threads of their own and give their results, or the errors they raised."""

    def run(action: Callable[[], object]) -> object:
        try:
            return action()
        except Exception as error:  # the error is the result
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))
