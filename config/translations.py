"""The Japanese of every text on the screen, without GNU gettext.

Texts stand in the code in English. Each room keeps their Japanese in <room>/locale/ja/LC_MESSAGES/django.po; what a
template in templates/<room>/ says belongs to that room too, and what stands elsewhere under templates/ to config.

    python -m config.translations check     what is missing, untranslated, fuzzy, unused or contradictory; exit code 1 if any
    python -m config.translations update    adds the missing texts to the catalogues, with their Japanese still empty
    python -m config.translations prune     removes the unused ones
    python -m config.translations compile   writes the .mo files that Django reads
"""

import os
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import polib
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from django.utils.translation.template import templatize

from config.embedded.paths import ROOT
from config.rooms import ROOMS

KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_PLACEHOLDER = re.compile(r"%\(\w+\)|%[sd]|\{\w*\}")


@dataclass(frozen=True)
class Text:
    """A text as a translator meets it; ``context`` and ``plural`` are empty for most."""

    msgid: str
    context: str = ""
    plural: str = ""

    def __str__(self) -> str:
        return f"{self.context + ': ' if self.context else ''}{self.msgid!r}"


Places = dict[Text, list[str]]


def catalogue_path(root: Path, room: str) -> Path:
    return root / room / "locale" / "ja" / "LC_MESSAGES" / "django.po"


def collect(root: Path, rooms: list[str]) -> dict[str, Places]:
    """Every text in the rooms' Python files and templates, with the places (file:line) where it stands."""
    found: dict[str, Places] = {room: defaultdict(list) for room in rooms}
    for path in _sources(root, rooms):
        relative = path.relative_to(root)
        for line, text in _extract(path):
            found[_room_of(relative, rooms)][text].append(f"{relative}:{line}")
    return found


def _sources(root: Path, rooms: list[str]) -> Iterator[Path]:
    for folder in [*rooms, "templates"]:
        for suffix in (".py", ".html", ".txt"):
            for path in sorted((root / folder).rglob(f"*{suffix}")):
                parts = path.relative_to(root).parts
                if (suffix == ".py" and "migrations" not in parts) or (
                    suffix != ".py" and "templates" in parts
                ):
                    yield path


def _room_of(relative: Path, rooms: list[str]) -> str:
    first = relative.parts[1] if relative.parts[0] == "templates" else relative.parts[0]
    return first if first in rooms else "config"


def _extract(path: Path) -> Iterator[tuple[int, Text]]:
    source = path.read_text()
    if path.suffix != ".py":
        # Templates become something that reads like Python, except for its indentation.
        source = "\n".join(line.lstrip() for line in templatize(source, origin=str(path)).split("\n"))
    messages = extract_python(BytesIO(source.encode()), KEYWORDS, [], {"encoding": "utf-8"})
    for line, name, arguments, _comments in messages:
        function = str(name)
        # Babel gives None for what is no literal, and so no text to translate.
        parts = [arguments] if isinstance(arguments, str) else list(arguments or [])
        context = parts.pop(0) if parts and "pgettext" in function else ""
        if parts and parts[0] and context is not None:
            plural = parts[1] if function.startswith(("ngettext", "npgettext")) else ""
            yield line, Text(msgid=parts[0], context=context, plural=plural or "")


def load(path: Path) -> polib.POFile:
    """The catalogue at ``path``, or a new one."""
    if path.exists():
        return polib.pofile(str(path), wrapwidth=110)
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Language": "ja",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    return catalogue


def _text_of(entry: polib.POEntry) -> Text:
    return Text(msgid=entry.msgid, context=entry.msgctxt or "", plural=entry.msgid_plural or "")


def _japanese(entry: polib.POEntry) -> str:
    return str(entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr)


def problems(root: Path, rooms: list[str]) -> Iterator[str]:
    """Everything wrong with the catalogues, one line each, beginning with file:line."""
    agreed: dict[Text, tuple[str, str]] = {}
    for room, places in collect(root, rooms).items():
        path = catalogue_path(root, room)
        shown = path.relative_to(root)
        entries = {_text_of(entry): entry for entry in load(path)}
        for text in places.keys() - entries.keys():
            yield f"{places[text][0]}: {text} is missing from {shown}"
        for text, entry in entries.items():
            where = f"{shown}:{entry.linenum}"
            said = _japanese(entry)
            if entry.obsolete or text not in places:
                yield f"{where}: {text} is used nowhere in {room}"
            elif entry.fuzzy:
                yield f"{where}: {text} is marked fuzzy"
            elif not said.strip():
                yield f"{where}: {text} has no Japanese"
            elif _placeholders(said) != _placeholders(text.plural or text.msgid):
                yield f"{where}: {text} and its Japanese do not have the same placeholders"
            else:
                first, other = agreed.setdefault(text, (said, where))
                if first != said:
                    yield f"{where}: {text} is {said!r} here and {first!r} at {other}"


def _placeholders(text: str) -> set[str]:
    return set(_PLACEHOLDER.findall(text.replace("%%", "")))


def check(root: Path, rooms: list[str]) -> int:
    found = sorted(problems(root, rooms))
    for line in found:
        print(line)
    if found:
        print(
            f"{len(found)} to put right; 'python -m config.translations update' adds the missing ones, 'prune' drops the unused."
        )
        return 1
    print("Every text has its Japanese.")
    return 0


def update(root: Path, rooms: list[str]) -> int:
    for room, places in collect(root, rooms).items():
        path = catalogue_path(root, room)
        catalogue = load(path)
        missing = [text for text in places if text not in {_text_of(entry) for entry in catalogue}]
        for text in missing:
            catalogue.append(_new_entry(text))
        if missing:
            _save(catalogue, path)
            print(f"{path.relative_to(root)}: {len(missing)} added")
    return 0


def _new_entry(text: Text) -> polib.POEntry:
    return polib.POEntry(
        msgid=text.msgid,
        msgctxt=text.context or None,
        msgid_plural=text.plural,
        msgstr_plural={0: ""} if text.plural else {},
    )


def prune(root: Path, rooms: list[str]) -> int:
    for room, places in collect(root, rooms).items():
        path = catalogue_path(root, room)
        catalogue = load(path)
        unused = [entry for entry in catalogue if entry.obsolete or _text_of(entry) not in places]
        for entry in unused:
            catalogue.remove(entry)
        if unused:
            _save(catalogue, path)
            print(f"{path.relative_to(root)}: {len(unused)} removed")
    return 0


def _save(catalogue: polib.POFile, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))


def compile_all(root: Path, rooms: list[str]) -> int:
    for room in rooms:
        path = catalogue_path(root, room)
        compiled = path.with_suffix(".mo")
        if path.exists() and (not compiled.exists() or compiled.stat().st_mtime <= path.stat().st_mtime):
            # Under another name until it is whole: somebody may be reading.
            draft = compiled.with_suffix(f".{os.getpid()}")
            load(path).save_as_mofile(str(draft))
            draft.rename(compiled)
    return 0


COMMANDS: Mapping[str, Callable[[Path, list[str]], int]] = {
    "check": check,
    "update": update,
    "prune": prune,
    "compile": compile_all,
}


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        print(__doc__, file=sys.stderr)
        return 2
    return COMMANDS[arguments[0]](ROOT, ROOMS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
