#!/usr/bin/env python3
"""Writes canonical.txt beside this file from UnicodeData.txt and CompositionExclusions.txt, as Debian's package unicode-data installs them.

usage: canonical.py [FOLDER]     the folder of both files, /usr/share/unicode by default
"""
import sys
from pathlib import Path

SOURCE = Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/unicode")


def fields_of(name):
    with open(SOURCE / name, encoding="utf-8") as lines:
        for line in lines:
            line = line.split("#")[0].strip()
            if line:
                yield [field.strip() for field in line.split(";")]


def main():
    with open(SOURCE / "CompositionExclusions.txt", encoding="utf-8") as lines:
        version = lines.readline().strip("# \n").removeprefix("CompositionExclusions-").removesuffix(".txt")
    excluded = {fields[0] for fields in fields_of("CompositionExclusions.txt")}
    classes, mappings = [], []
    for fields in fields_of("UnicodeData.txt"):
        code, combining, mapping = fields[0], int(fields[3]), fields[5]
        if combining:
            if classes and classes[-1][2] == combining and classes[-1][1] + 1 == int(code, 16):
                classes[-1][1] += 1
            else:
                classes.append([int(code, 16), int(code, 16), combining])
        if mapping and not mapping.startswith("<"):
            mappings.append(f"{code}{'!' if code in excluded else ''} {mapping}")
    with open(Path(__file__).with_name("canonical.txt"), "w", encoding="utf-8", newline="\n") as file:
        print(f"# Combining classes and canonical decompositions of Unicode {version}, made by canonical.py; ! is never composed again.", file=file)
        print("# © Unicode, Inc. Terms of use: https://www.unicode.org/terms_of_use.html", file=file)
        for first, last, combining in classes:
            print(f"{combining} {first:04X}..{last:04X}", file=file)
        print("\n".join(mappings), file=file)


main()
