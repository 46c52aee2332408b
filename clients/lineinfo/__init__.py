"""A client of the line information API, version 1. Needs nothing but Python 3.11.

    from clients.lineinfo import Client

    client = Client("https://api.example.jp", "liq4vd7m2kze.…", patience=60)
    for reading in client.each_lines_measurements("L00000042", resolution="hour"):
        print(reading["at"], reading["bytes_down"])

``client.py`` and ``shapes.py`` are written by ``make client`` from the OpenAPI document; ``transport.py`` is what they stand on.
"""

from clients.lineinfo.client import Client
from clients.lineinfo.transport import ApiProblem

__all__ = ["ApiProblem", "Client"]
