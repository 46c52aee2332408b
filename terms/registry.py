"""Which version of which document applies: a date question, answered here and nowhere else."""

import os
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from terms.errors import NoSuchPack, NoSuchRule, NoSuchVersion, PackError
from terms.loader import load_pack
from terms.pack import Pack

BUILT_IN = Path(__file__).parent / "packs"
ENVIRONMENT = "TERMS_PACKS_DIR"
P = TypeVar("P")


class Registry:
    """The packs of some folders. A further operator's document is one more TOML file in one of them."""

    def __init__(self, packs: Iterable[Pack]) -> None:
        self._versions: dict[str, list[Pack]] = {}
        for pack in sorted(packs, key=lambda pack: (pack.law, pack.code, pack.effective)):
            versions = self._versions.setdefault(pack.code, [])
            if versions and versions[-1].effective == pack.effective:
                raise PackError("", "", "effective", f"two packs are {pack}; a version has one file")
            versions.append(pack)

    def codes(self) -> list[str]:
        """The codes of the documents; the law that binds all of them is not one."""
        return [code for code, versions in self._versions.items() if not versions[0].law]

    def all_codes(self) -> list[str]:
        """The codes of the documents and of the law."""
        return list(self._versions)

    def versions(self, code: str) -> list[Pack]:
        """All versions of a document, the earliest first. NoSuchPack where there is none."""
        try:
            return self._versions[code]
        except KeyError:
            raise NoSuchPack(
                f'no document has the code "{code}"; known: {", ".join(self._versions)}'
            ) from None

    def pack_version(self, code: str, effective: date) -> Pack:
        """The version with that effective date. NoSuchVersion where there is none."""
        for pack in self.versions(code):
            if pack.effective == effective:
                return pack
        known = ", ".join(pack.effective.isoformat() for pack in self.versions(code))
        raise NoSuchVersion(f"{code} has no version effective {effective.isoformat()}; it has {known}")

    def latest(self, code: str) -> Pack:
        """The version with the latest effective date, be it in force yet or not."""
        return self.versions(code)[-1]

    def pack_for(self, code: str, on: date, *, earliest: bool = False) -> Pack:
        """The version in force on a day: the latest that is effective by then.

        Before the first version NoSuchVersion, unless ``earliest`` asks for the first one all the same.
        """
        versions = self.versions(code)
        applying = [pack for pack in versions if pack.effective <= on]
        if applying:
            return applying[-1]
        if earliest:
            return versions[0]
        raise NoSuchVersion(
            f"{code} has no version that applies on {on.isoformat()}; the first is effective {versions[0].effective.isoformat()}"
        )

    def statute(self, on: date, *, earliest: bool = False) -> Pack:
        """The law in force on a day, as a pack."""
        law = next((code for code, versions in self._versions.items() if versions[0].law), None)
        if law is None:
            raise NoSuchPack("no pack has law = true; the law that binds all documents is missing")
        return self.pack_for(law, on, earliest=earliest)

    def rule_for(self, pack: Pack, rule: type[P], *, on: date | None = None) -> P:
        """The parameters of a rule: the document's, or the law's where the document says nothing. NoSuchRule where neither does.

        ``on`` is the day whose law is asked for; without it the latest known.
        """
        if pack.has(rule):
            return pack.rule(rule)
        law = self.statute(on if on is not None else date.max)
        if law.has(rule):
            return law.rule(rule)
        raise NoSuchRule(f"neither {pack} nor the law ({law}) says anything of {rule.__name__}")


def load_registry(folders: Iterable[Path]) -> Registry:
    """The packs of the folders, each at ``<code>/<effective>.toml``."""
    return Registry(load_pack(path) for folder in folders for path in sorted(folder.glob("*/*.toml")))


def pack_folders() -> list[Path]:
    """The project's folder of packs and those named in TERMS_PACKS_DIR."""
    return [
        BUILT_IN,
        *(Path(folder) for folder in os.environ.get(ENVIRONMENT, "").split(os.pathsep) if folder),
    ]


@lru_cache(maxsize=1)
def registry() -> Registry:
    """The packs of all folders; read once. ``registry.cache_clear()`` forgets."""
    folders = pack_folders()
    for folder in folders:
        if not folder.is_dir():
            raise PackError(str(folder), "", "", f"{ENVIRONMENT} names this folder, but it is not there")
    return load_registry(folders)


def codes() -> list[str]:
    """See Registry.codes."""
    return registry().codes()


def versions(code: str) -> list[Pack]:
    """See Registry.versions."""
    return registry().versions(code)


def pack_version(code: str, effective: date) -> Pack:
    """See Registry.pack_version."""
    return registry().pack_version(code, effective)


def pack_for(code: str, on: date, *, earliest: bool = False) -> Pack:
    """See Registry.pack_for."""
    return registry().pack_for(code, on, earliest=earliest)


def statute(on: date, *, earliest: bool = False) -> Pack:
    """See Registry.statute."""
    return registry().statute(on, earliest=earliest)


def rule_for(pack: Pack, rule: type[P], *, on: date | None = None) -> P:
    """See Registry.rule_for."""
    return registry().rule_for(pack, rule, on=on)
