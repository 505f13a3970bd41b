"""The case folders: what an export holds, and what must come of it.

A folder is named after its fault. `input.*` is the export; `recipe.json` makes one
that is large or packed: pieces of text with how often each comes, alone, as "gzip", or as
members of a "zip"; "cut" takes bytes off its end. `expected.json` says what must come of it.
"""

import gzip
import io
import json
import pathlib
import zipfile

ROOT = pathlib.Path(__file__).parent


def unfold(pieces):
    return b"".join(text.encode() * times for text, times in pieces)


def make(recipe):
    if isinstance(recipe, list):
        return unfold(recipe)
    if "pieces" in recipe:
        data = unfold(recipe["pieces"])
    elif "gzip" in recipe:
        data = gzip.compress(unfold(recipe["gzip"]), mtime=0)
    else:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, member in recipe["zip"].items():
                archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), make(member),
                                 zipfile.ZIP_DEFLATED)
        data = packed.getvalue()
    return data[:len(data) - recipe.get("cut", 0)]


class Case:
    def __init__(self, folder):
        self.name = folder.name
        self.kind = folder.parent.name
        self.expected = json.loads((folder / "expected.json").read_text("utf-8"))
        recipe = folder / "recipe.json"
        self.recipe = json.loads(recipe.read_text("utf-8")) if recipe.exists() else None
        if self.recipe is not None:
            self.input = self.recipe["name"]
            return
        self.path = next(path for path in folder.iterdir() if path.name.startswith("input."))
        self.input = self.path.name

    def bytes(self):
        return self.path.read_bytes() if self.recipe is None else make(self.recipe)


def walk(kind):
    return [Case(folder) for folder in sorted((ROOT / kind).iterdir())]
