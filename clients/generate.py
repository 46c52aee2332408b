"""python -m clients.generate — write clients/lineinfo/shapes.py and client.py from the OpenAPI document."""

import keyword
import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "lineinfo"
SHAPES, CLIENT = _FOLDER / "shapes.py", _FOLDER / "client.py"
_PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
_WRITTEN = "Written by `make client` from the OpenAPI document: do not change it by hand."
_SHAPES_HEAD = f'''"""The shapes of what is sent and answered. {_WRITTEN}"""

from typing import Literal, NotRequired, TypedDict
'''
_CLIENT_HEAD = f'''"""The calls. {_WRITTEN}"""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from clients.lineinfo.shapes import {{shapes}}
from clients.lineinfo.transport import Transport
'''


def document() -> dict[str, Any]:
    """The OpenAPI document of version 1, in English."""
    from django.utils import translation
    from drf_spectacular.generators import SchemaGenerator
    from drf_spectacular.settings import patched_settings

    from lineinfo.api.schema import SETTINGS

    with translation.override("en"), patched_settings(SETTINGS):
        found: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]  # carries no types
    return found


def sources(found: dict[str, Any]) -> dict[Path, str]:
    """The text of each file, as `ruff format` lays it out."""
    schemas = found["components"]["schemas"]
    shapes = [_shape(name, schema) for name, schema in _in_order(schemas)]
    calls = [
        call
        for path, operations in found["paths"].items()
        for method, operation in operations.items()
        for call in _calls(path, method, operation, schemas)
    ]
    client = (
        'class Client(Transport):\n    """Every call of the API, named as in its document."""\n\n'
        + "\n".join(calls)
    )
    used = sorted(name for name in schemas if re.search(rf"\b{name}\b", client))
    texts = {
        SHAPES: "\n\n".join([_SHAPES_HEAD, *shapes]),
        CLIENT: "\n\n".join([_CLIENT_HEAD.format(shapes=", ".join(used)), client]),
    }
    return {path: _formatted(path, text) for path, text in texts.items()}


def _in_order(schemas: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Values first, then shapes that need no others: names stand before they are used."""
    done: set[str] = set()
    while len(done) < len(schemas):
        for name, schema in schemas.items():
            if name not in done and _named_in(schema) <= done:
                done.add(name)
                yield name, schema


def _named_in(schema: Any) -> set[str]:
    if isinstance(schema, dict):
        found = {schema["$ref"].rpartition("/")[2]} if "$ref" in schema else set()
        return found.union(*(_named_in(value) for value in schema.values()))
    return set().union(*(_named_in(value) for value in schema)) if isinstance(schema, list) else set()


def _shape(name: str, schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return f"{name} = {_type(schema)}"
    required = schema.get("required", [])
    members = {}
    for member, inner in schema["properties"].items():
        kind = _type(inner)
        members[member] = kind if member in required else f"NotRequired[{kind}]"
    text = " ".join(schema.get("description", "").split())
    if any(keyword.iskeyword(member) for member in members):
        inside = "".join(f'    "{member}": {kind},\n' for member, kind in members.items())
        return f'{name} = TypedDict("{name}", {{\n{inside}}})'
    lines = "".join(f"    {member}: {kind}\n" for member, kind in members.items())
    return f"class {name}(TypedDict):\n{_doc(text, 4)}\n{lines}"


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    for several in ("oneOf", "anyOf", "allOf"):
        if several in schema:
            return " | ".join(dict.fromkeys(_type(one) for one in schema[several]))
    if "enum" in schema:
        return f"Literal[{', '.join(repr(value) for value in schema['enum'])}]"
    kinds = schema["type"]
    if isinstance(kinds, list):
        return " | ".join(_type({**schema, "type": kind}) for kind in kinds)
    if kinds == "array":
        return f"list[{_type(schema['items'])}]"
    return _PLAIN[kinds]


def _calls(path: str, method: str, operation: dict[str, Any], schemas: dict[str, Any]) -> Iterator[str]:
    name, parameters = operation["operationId"], operation.get("parameters", [])
    in_path = {one["name"]: _type(one["schema"]) for one in parameters if one["in"] == "path"}
    query = [one for one in parameters if one["in"] == "query"]
    answer = next(found for code, found in operation["responses"].items() if code in ("200", "201"))
    shape = _type(answer["content"]["application/json"]["schema"])
    doc = _doc(f"{operation['summary']}. {operation.get('description', '')}", 8)
    address = f'f"{path}"' if in_path else f'"{path}"'
    needed = ["self", *(f"{one}: {kind}" for one, kind in in_path.items())]
    if "requestBody" in operation:
        content = operation["requestBody"]["content"]
        if "application/json" not in content:
            kinds = _type({"enum": list(content)})
            yield _method(name, [*needed, "body: bytes", "*", f"media_type: {kinds}", "key: str | None = None"], shape, doc, [
                f'answer: {shape} = self._deliver("{method.upper()}", {address}, body, media_type, key)', "return answer"
            ])  # fmt: skip
            return
        body = _type(content["application/json"]["schema"])
        yield _method(name, [*needed, f"body: {body}", "*", "key: str | None = None"], shape, doc, [
            f'answer: {shape} = self._json("{method.upper()}", {address}, {{}}, body, key)', "return answer"
        ])  # fmt: skip
        return
    yield _method(
        name,
        [*needed, *_options(query)],
        shape,
        doc,
        [f'answer: {shape} = self._json("{method.upper()}", {address}, {_given(query)})', "return answer"],
    )
    page = schemas.get(shape, {}).get("properties", {})
    if "next_cursor" not in page:
        return
    item = _type(page["items"]["items"])
    rest = [one for one in query if one["name"] != "cursor"]
    passed = ", ".join(
        [*in_path, *(f"{_safe(one['name'])}={_safe(one['name'])}" for one in rest), "cursor=cursor"]
    )
    yield _method(f"each_{name}", [*needed, *_options(rest)], f"Iterator[{item}]", _doc(f"{operation['summary']}: page after page.", 8), [
        "cursor: str | None = None",
        "while True:",
        f"    page = self.{name}({passed})",
        '    yield from page["items"]',
        '    cursor = page["next_cursor"]',
        "    if cursor is None:",
        "        return",
    ])  # fmt: skip
    if "application/x-ndjson" in answer["content"]:
        whole = [one for one in rest if one["name"] != "limit"]
        text = _doc(f"{operation['summary']}: the whole range as a stream.", 8)
        lines = [f"return self._lines({address}, {_given(whole)})"]
        yield _method(f"stream_{name}", [*needed, *_options(whole)], f"Iterator[{item}]", text, lines)


def _method(name: str, parameters: list[str], returns: str, doc: str, lines: list[str]) -> str:
    inside = "".join(f"        {line}\n" for line in lines)
    return f"    def {name}({', '.join(parameters)}) -> {returns}:\n{doc}\n{inside}"


def _options(query: list[dict[str, Any]]) -> list[str]:
    options = []
    for one in query:
        kind = "str | datetime" if one["schema"].get("format") == "date-time" else _type(one["schema"])
        options.append(f"{_safe(one['name'])}: {kind} | None = None")
    return ["*", *options] if options else []


def _given(query: list[dict[str, Any]]) -> str:
    return "{" + ", ".join(f'"{one["name"]}": {_safe(one["name"])}' for one in query) + "}"


def _safe(name: str) -> str:
    return f"{name}_" if keyword.iskeyword(name) else name


def _doc(text: str, indent: int) -> str:
    space = " " * indent
    first, *rest = textwrap.wrap(" ".join(text.split()), 110) or [""]
    if not rest:
        return f'{space}"""{first}"""'
    return "\n".join([f'{space}"""{first}', *(f"{space}{line}" for line in rest), f'{space}"""'])


def _formatted(path: Path, text: str) -> str:
    ruff = [sys.executable, "-m", "ruff", "format", "--stdin-filename", str(path), "-"]
    return subprocess.run(ruff, input=text, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    for path, text in sources(document()).items():
        path.write_text(text, encoding="utf-8")
        print(f"{path} written.")
