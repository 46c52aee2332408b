"""How fast it is, measured: each file is one question. Run as ``python -m bench.NAME`` while ``make servers`` runs."""
