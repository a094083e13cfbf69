"""Writes the catalog queries into a C file: embed.py OUTPUT ROOT FILE...

Bytes, not string literals: C11 promises no more than 4095 characters in one of those.
"""

import pathlib
import sys


def main(output, root, *files):
    lines = ['#include "catalog/query.h"', ""]
    rows = []
    base = pathlib.Path(root).resolve()
    for number, path in enumerate(sorted(files)):
        place = pathlib.Path(path).resolve()
        # Beside the catalog's own queries, others go by their directory: platform/neon.
        name = place.relative_to(base if base in place.parents else base.parent).with_suffix("").as_posix()
        data = pathlib.Path(path).read_bytes()
        if not data.isascii() or b"\0" in data:
            sys.exit(f"{path}: only ASCII is embedded")
        lines.append(f"static const char text_{number}[] = {{")
        data += b"\0"
        for at in range(0, len(data), 20):
            lines.append("    " + " ".join(f"{byte}," for byte in data[at : at + 20]))
        lines += ["};", ""]
        rows.append(f'    {{ "{name}", text_{number} }},')
    lines += ["const qi_query qi_queries[] = {", *rows, "    { 0, 0 },", "};"]
    pathlib.Path(output).write_text("\n".join(lines) + "\n")


main(*sys.argv[1:])
