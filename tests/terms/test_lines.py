"""Every line of every worked example: in order of time, adding up, in words, in JSON."""

import json
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from terms.registry import BUILT_IN, load_registry
from terms.texts import describe
from terms.worked_examples import EXAMPLES, compute

DATA = Path(__file__).parent / "data"
PACKS = load_registry([BUILT_IN, DATA / "packs"])
CASES = [
    case
    for path in [*sorted(EXAMPLES.glob("*.toml")), DATA / "made-up.toml"]
    for case in tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)["case"]
]
# What the lines of a result add up to, where not its amount.
SUMS = {
    "periodic_charge": "total",
    "construction_fee": "gross",
    "consumption_tax": "tax",
    "instalment_balance": "balance",
    "single_line_fee": "fee",
}


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_the_lines_of_an_example_explain_its_figures(case):
    result = compute(case, PACKS)
    total = getattr(result, SUMS.get(case["rule"], "amount"), None)
    if total is not None:
        assert sum(line.amount for line in result.lines) == total
    for line in result.lines:
        assert line.from_ is None or line.to is None or line.from_ <= line.to
        assert line.article.pack == result.article.pack
        assert "None" not in describe(line, "ja") + describe(line, "en")
    json.dumps(result.as_dict())
