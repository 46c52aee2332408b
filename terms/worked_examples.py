"""Runs worked examples against the packs: ``python -m terms.worked_examples FILE_OR_FOLDER...`` (docs/worked-examples.md).

Prints a line for each case that differs, then "N passed, N failed"; exits 0 only when nothing failed.
"""

import argparse
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from terms.article import ArticleRef
from terms.errors import NoSuchPack, NoSuchRule, TermsError
from terms.pack import Pack
from terms.reading import Reader
from terms.registry import BUILT_IN, Registry, load_registry, registry
from terms.result import Result, plain
from terms.rulebook import RULES

EXAMPLES = Path(__file__).parent / "examples"
NEEDED = {"id": str, "terms": str, "rule": str, "given": dict, "expect": dict}
ALLOWED = {**NEEDED, "article": str, "version": date, "note": str}


@dataclass(frozen=True)
class Outcome:
    """One case: its id, and what differs or is wrong with it; nothing where it passed."""

    case: str
    problems: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.case}: {'; '.join(self.problems)}"


def run(paths: Iterable[Path], packs: Registry) -> Iterator[Outcome]:
    """Every case of the files and folders. A file that cannot be read is one failed case under its own name."""
    seen: set[str] = set()
    for path in files(paths):
        try:
            cases = read(path)
        except TermsError as problem:
            yield Outcome(str(path), (str(problem),))
            continue
        for number, case in enumerate(cases, 1):
            name = str(case.get("id", f"{path.name}, case {number}"))
            repeated = ("id is used by another case",) if name in seen else ()
            seen.add(name)
            try:
                yield Outcome(name, repeated + tuple(run_case(case, packs)))
            except TermsError as problem:
                yield Outcome(name, (*repeated, str(problem)))


def files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and the TOML files of the folders named."""
    for path in paths:
        if path.is_dir():
            yield from sorted(path.rglob("*.toml"))
        else:
            yield path


def read(path: Path) -> list[dict[str, Any]]:
    """The cases of a file. TermsError where it is not one."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise TermsError(f"cannot be read: {problem}") from problem
    cases = data.get("case")
    if (
        set(data) != {"case"}
        or not isinstance(cases, list)
        or not all(isinstance(case, dict) for case in cases)
    ):
        raise TermsError("not a file of worked examples: it must hold [[case]] tables and nothing else")
    return cases


def run_for(pack: Pack, packs: Registry, folders: Iterable[Path]) -> list[Outcome]:
    """The cases that speak of one version of a document: those that name it, and, of the latest, those that name none.

    ``folders``: where cases are, beside EXAMPLES: each folder of packs may hold ``<code>/examples/*.toml``.
    """
    latest = packs.latest(pack.code) == pack
    outcomes = []
    beside = (folder / pack.code / "examples" for folder in folders)
    for path in files([EXAMPLES, *(folder for folder in beside if folder.is_dir())]):
        for number, case in enumerate(read(path), 1):
            if (
                case.get("terms") == pack.code
                and case.get("version", pack.effective if latest else None) == pack.effective
            ):
                name = str(case.get("id", f"{path.name}, case {number}"))
                try:
                    outcomes.append(Outcome(name, tuple(run_case(case, packs))))
                except TermsError as problem:
                    outcomes.append(Outcome(name, (str(problem),)))
    return outcomes


def run_case(case: dict[str, Any], packs: Registry) -> Iterator[str]:
    """What differs in one case. TermsError where it cannot be run."""
    for key, value in case.items():
        if key not in ALLOWED:
            raise TermsError(f'unknown key "{key}" in the case')
        if not isinstance(value, ALLOWED[key]):
            raise TermsError(f'"{key}" is not what it should be: {plain(value)}')
    for key in NEEDED:
        if key not in case:
            raise TermsError(f'the case has no "{key}"')
    result = compute(case, packs)
    for key, expected in case["expect"].items():
        if not hasattr(result, key) or key == "lines":
            yield f"{key}: expected {shown(expected)}, but the rule gives no {key}"
        elif not same(getattr(result, key), expected):
            yield f"{key}: expected {shown(expected)}, got {shown(getattr(result, key))}"
    cited = result.article
    if "article" in case and case["article"] not in (cited.number, cited.head):
        yield f"article: expected {case['article']}, got {cited.number}"


def compute(case: dict[str, Any], packs: Registry) -> Result:
    """The result of the rule on the facts of the case."""
    code, name = case["terms"], case["rule"]
    if name not in RULES:
        raise TermsError(f'unknown rule "{name}"')
    try:
        pack = packs.pack_version(code, case["version"]) if "version" in case else packs.latest(code)
    except NoSuchPack:
        raise TermsError(f'unknown pack "{code}"; known: {", ".join(packs.all_codes())}') from None
    rule = RULES[name]
    facts = Reader("", lambda number: ArticleRef(code, number), loose_numbers=True).table(
        rule.facts, case["given"], "given"
    )
    return rule.apply(parameters(pack, rule.table, name, packs), facts)


def parameters(pack: Pack, table: type[Any], name: str, packs: Registry) -> Any:
    """The document's parameters of the rule, or the law's where it is silent."""
    try:
        return packs.rule_for(pack, table)
    except NoSuchRule:
        raise TermsError(f'{pack} has no rule "{name}", nor has the law') from None


def same(found: Any, expected: Any) -> bool:
    """Whether a figure is the expected one; true is not 1."""
    one, other = plain(found), plain(expected)
    return type(one) is type(other) and bool(one == other)


def shown(value: Any) -> str:
    """A figure as a file would have it."""
    value = plain(value)
    return str(value).lower() if isinstance(value, bool) else "none" if value is None else str(value)


def main(arguments: list[str] | None = None) -> int:
    """The command. Returns its exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m terms.worked_examples", description="Run worked examples against the packs."
    )
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="FILE_OR_FOLDER", help="default: the project's own examples"
    )
    parser.add_argument(
        "--packs", action="append", type=Path, default=[], metavar="FOLDER", help="a further folder of packs"
    )
    chosen = parser.parse_args(arguments)
    try:
        packs = load_registry([BUILT_IN, *chosen.packs]) if chosen.packs else registry()
    except TermsError as problem:
        print(problem, "0 passed, 1 failed", sep="\n")
        return 1
    outcomes = list(run(chosen.paths or [EXAMPLES], packs))
    failed = [outcome for outcome in outcomes if outcome.problems]
    for outcome in failed:
        print(outcome)
    if not outcomes:
        print("no worked examples found; name a file or folder that has some")
    print(f"{len(outcomes) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed or not outcomes else 0


if __name__ == "__main__":
    sys.exit(main())
