"""Reads a pack file. Every key is checked: what the software does not know must not stand in a document unnoticed."""

import tomllib
from pathlib import Path
from typing import Any

from terms.article import ArticleRef
from terms.errors import PackError
from terms.pack import Pack, RoundingSetting
from terms.reading import Reader
from terms.rulebook import RULES
from terms.rules.suspension_end import SuspensionEnd


def load_pack(path: Path) -> Pack:
    """The pack in a file named ``<code>/<effective>.toml``. PackError names file, table and key."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise PackError(str(path), "", "", f"not a TOML file: {problem}") from problem
    pack = read_pack(data, source=str(path))
    if (path.parent.name, path.stem) != (pack.code, pack.effective.isoformat()):
        raise PackError(
            str(path),
            "",
            "effective",
            f"this is {pack}; the file belongs at {pack.code}/{pack.effective.isoformat()}.toml",
        )
    return pack


def read_pack(data: dict[str, Any], *, source: str) -> Pack:
    """The pack of a TOML document already read; ``source`` is what errors call it."""
    code = data.get("code", "")
    articles = data.get("articles", {})

    def article(number: str) -> ArticleRef:
        ref = ArticleRef(code, number)
        if ref.head not in articles:
            raise ValueError(f'cites article "{ref.head}", which is not in [articles]')
        return ref

    plain = Reader(source, article)
    rounding = plain.table(RoundingSetting, data.get("rounding", {}), "rounding")
    reader = Reader(source, article, defaults={"charges": rounding.charges, "credits": rounding.credits})
    rules = {
        RULES[name].table: reader.table(RULES[name].table, table, name)
        for name, table in data.items()
        if name in RULES
    }
    pack = reader.table(Pack, {name: value for name, value in data.items() if name not in RULES}, "")
    _check(pack, rules, source)
    object.__setattr__(pack, "rules", rules)
    object.__setattr__(pack, "data", data)
    return pack


def _check(pack: Pack, rules: dict[type, Any], source: str) -> None:
    """What no single table can tell."""
    if not pack.code or not pack.articles:
        raise PackError(source, "", "articles" if pack.code else "code", "must not be empty")
    agreed = {consent.code for consent in pack.consents}
    for ground in pack.disclosures:
        if ground.consent and ground.consent not in agreed:
            raise PackError(
                source,
                "disclosures",
                "consent",
                f'"{ground.code}" rests on the consent "{ground.consent}", which is not in [[consents]]',
            )
    if pack.collection_by_partner and not any(
        ground.when == "listed_for_partner" for ground in pack.disclosures
    ):
        raise PackError(
            source,
            "collection_by_partner",
            "article",
            'needs one of [[disclosures]] with when = "listed_for_partner": what the partner is told to ask for',
        )
    _check_acceleration(pack, source)
    _check_interruption(pack, source)
    _check_line_groups(pack, source)
    end = rules.get(SuspensionEnd)
    months = pack.suspension.max_months if pack.suspension else None
    if end is not None and end.max_months != months:
        raise PackError(
            source, "suspension_end", "max_months", f"says {end.max_months}, but [suspension] says {months}"
        )


def _check_interruption(pack: Pack, source: str) -> None:
    """What can be interrupted in part are grounds that the document lists."""
    table = pack.interruption
    if table is None:
        return
    for code in table.in_part:
        if table.ground(code) is None:
            raise PackError(
                source,
                "interruption",
                "in_part",
                f'"{code}" is not among [[interruption.grounds]] of this document',
            )


def _check_acceleration(pack: Pack, source: str) -> None:
    """It names grounds that the document lists."""
    table = pack.acceleration
    if table is None:
        return
    if not (table.ending_grounds or table.suspension_grounds):
        raise PackError(source, "acceleration", "ending_grounds", "names no ground, here or of suspension")
    for key, codes, listing, listed in (
        ("ending_grounds", table.ending_grounds, "operator_ending", pack.operator_ending),
        ("suspension_grounds", table.suspension_grounds, "suspension", pack.suspension),
    ):
        for code in codes:
            if listed is None or listed.ground(code) is None:
                raise PackError(
                    source,
                    "acceleration",
                    key,
                    f'"{code}" is not among [[{listing}.grounds]] of this document',
                )


def _check_line_groups(pack: Pack, source: str) -> None:
    """The grades to which lines are rebuilt are grades that the document lists."""
    table = pack.line_groups
    if table is None:
        return
    for grade in table.grades:
        for code in grade.may_become:
            if table.grade(code) is None:
                raise PackError(
                    source,
                    "line_groups",
                    "may_become",
                    f'"{code}" is not among [[line_groups.grades]] of this document',
                )
