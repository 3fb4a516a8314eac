"""Rules on what programs would do with a package: nothing in it is run, and nothing reaches beyond its folder.

What is refused here is also safe where nobody has checked: rules of policies are read and never run
(`helpers.belief.rule`), and texts and names of files are written as `helpers.record.quoting` says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from helpers.belief import rule
from helpers.check.package import Package
from helpers.record import MISSING, Fault, shown

#: What spreadsheets read as the beginning of a formula (OWASP, "CSV Injection"), their full-width forms with them.
FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")
#: A number is none, whatever its sign.
_NUMBER = re.compile(r"[+\-]?[0-9]+([.,][0-9]+)?")


def rules_of_policies_can_be_read(package: Package) -> Iterator[Fault]:
    """The rule of a policy keeps to the grammar, names columns that there are, and words that some text could have."""
    if not {"policies", "sources"} <= package.tables.keys():
        return
    policies, sources = package["policies"], package["sources"]
    columns = {column: field["type"] for column, field in sources.schema.items()}
    for index, cell in enumerate(policies["rule"]):
        if cell == MISSING:
            continue
        try:
            tree = rule.parsed(cell, columns)
        except ValueError as error:
            yield policies.fault(index, "rule", str(error))
            continue
        for column, word in rule.words(tree):
            listed = sources.schema[column].get("constraints", {}).get("enum")
            if word not in (listed or sources[column].known):
                known = f"its values are {', '.join(listed)}" if listed else "no text has it"
                yield policies.fault(index, "rule", f"{word!r} is no {column} of a source, {known}; mend the word")


def no_cell_is_a_formula(package: Package) -> Iterator[Fault]:
    """No text begins with a sign at which a spreadsheet that opens the table begins to calculate.

    The downloads hold the cells as they stand, since whoever reuses data must get them exactly; so it is here that a
    formula is refused, and nothing is put before a cell later.
    """
    for table in package:
        for column, field in table.schema.items():
            if field["type"] == "string":
                found = (cell for cell in table[column].distinct if FORMULA.match(cell) and not _NUMBER.fullmatch(cell))
                message = (
                    "a spreadsheet would run {} as a formula, since it begins with {!r}; "
                    "begin it with a letter, a digit or a quotation mark"
                )
                yield from table.faults(column, {cell: message.format(shown(cell), cell[0]) for cell in found})


RULES = (rules_of_policies_can_be_read, no_cell_is_a_formula)
