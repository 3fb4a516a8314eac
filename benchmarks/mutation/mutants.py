"""The deliberate errors: every place of a module at which cosmic-ray knows how to break it, each as source text."""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator, operator_names

#: Of the replacements of one operator by another those that one takes for the other. Nearly all others end in an error
#: of types at once (a string to the power of a string), would be counted as found, and would say nothing of the tests.
TAKEN_FOR = {
    "BinaryOperator": {
        *("Add_Sub", "Sub_Add", "Mul_Div", "Mul_Add", "Div_Mul", "FloorDiv_Div", "FloorDiv_Mul", "Mod_FloorDiv"),
        *("Pow_Mul", "BitAnd_BitOr", "BitOr_BitAnd", "BitXor_BitOr", "LShift_RShift", "RShift_LShift"),
    },
    "ComparisonOperator": {
        *("Eq_NotEq", "NotEq_Eq", "Lt_LtE", "Lt_Gt", "LtE_Lt", "LtE_GtE", "Gt_GtE", "Gt_Lt", "GtE_Gt", "GtE_LtE"),
        *("Is_IsNot", "IsNot_Is", "In_NotIn", "NotIn_In"),
    },
}
#: They need to be told which variables they are about.
NEED_ARGUMENTS = ("VariableReplacer", "VariableInserter")

#: What no returned value can tell: whether zip looks for a mistake of ours, and whether an answer is kept for later.
UNSEEN = re.compile(r"strict=(True|False)|^@(cached|cache|lru_cache\b.*)$")

#: Errors that no operator makes and that a reviewer once found unnoticed: file, what stands there, what is put there.
BY_HAND = (
    (
        "belief/policies.py",
        '_OPEN = {"low": "at_most", "high": "at_least"}',
        '_OPEN = {"low": "at_least", "high": "at_most"}',
    ),
    ("quantities.py", "return high / spread**2, high / spread, high", "return high / spread, high / spread, high"),
    ("findings/grid.py", "return [names[:below], names[below:]]", "return [names[:below], names[below + 1 :]]"),
)


@dataclass(frozen=True)
class Mutant:
    """One error in one module.

    Attributes
    ----------
    module
        The part of `helpers` it is counted under.
    path
        File, relative to ``src/helpers``.
    line
        Line of the error, from 1.
    was, now
        That line without the error and with it.
    source
        The whole file with the error.
    """

    module: str
    path: str
    line: int
    was: str
    now: str
    source: str


def mutants(module: str, paths: Sequence[str], root: Path, sample: int, seed: int) -> tuple[list[Mutant], int]:
    """Return a sample of the mutants of a part of `helpers`, those made by hand first, and how many there are at all.

    Parameters
    ----------
    module, paths
        Name of the part, and its files relative to ``src/helpers``.
    root
        The folder ``src/helpers``.
    sample, seed
        How many at most, by hand or not, and the seed by which they are drawn; 0 takes all.
    """
    sources = {path: (root / path).read_text("utf-8") for path in paths}
    chosen = [_replaced(module, sources, *one) for one in BY_HAND if one[0] in paths]
    places = [(path, *place) for path, source in sources.items() for place in _places(source)]
    total = len(places) + len(chosen)
    wanted = max(sample - len(chosen), 0) if sample else len(places)
    drawn = random.Random(seed).sample(places, min(wanted, len(places)))
    return chosen + [found for path, *place in drawn if (found := _mutated(module, path, sources[path], *place))], total


def _places(source: str) -> Iterator[tuple[str, int]]:
    """Yield operator and occurrence of each mutation, those of annotations left out: nothing reads them."""
    tree, annotations, lines = get_ast(source), _annotations(source), source.splitlines()
    nodes = list(ast_nodes(tree))
    for name in filter(_is_wanted, sorted(operator_names())):
        operator: Operator = get_operator(name)()
        spots = (spot for node in nodes for spot in operator.mutation_positions(node))
        for occurrence, (start, end) in enumerate(spots):
            line = lines[start[0] - 1]
            unseen = UNSEEN.search(line[max(start[1] - len("strict=") - 1, 0) : end[1]] if start[0] == end[0] else line)
            if not unseen and not any(first <= start <= last for first, last in annotations):
                yield name, occurrence


def _is_wanted(name: str) -> bool:
    plain = name.rpartition("/")[2]
    for kind, pairs in TAKEN_FOR.items():
        if plain.startswith(f"Replace{kind}"):
            return plain.removeprefix(f"Replace{kind}_") in pairs
    return plain not in NEED_ARGUMENTS


def _annotations(source: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    found = []
    for node in ast.walk(ast.parse(source)):
        for one in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            if one is not None:
                found.append(((one.lineno, one.col_offset), (one.end_lineno, one.end_col_offset)))
    return found


def _mutated(module: str, path: str, source: str, name: str, occurrence: int) -> Mutant | None:
    """The mutant; None where the text with the error is no Python (then there is nothing to test)."""
    text = mutate_code(source, get_operator(name)(), occurrence)
    try:
        same = text is None or ast.dump(ast.parse(text)) == ast.dump(ast.parse(source))
        # The star of a signature is an operator to cosmic-ray.
        star = not same and "BinaryOperator" in name and _operators(text) == _operators(source)
    except SyntaxError:
        return None
    return None if same or star else _compared(module, path, source, text)


def _operators(source: str) -> list[type]:
    return [type(node.op) for node in ast.walk(ast.parse(source)) if isinstance(node, ast.BinOp | ast.AugAssign)]


def _replaced(module: str, sources: Mapping[str, str], path: str, old: str, new: str) -> Mutant:
    if sources[path].count(old) != 1:
        raise ValueError(f"{path} has not exactly one {old!r}; mend BY_HAND in {__file__}")
    return _compared(module, path, sources[path], sources[path].replace(old, new))


def _compared(module: str, path: str, source: str, text: str) -> Mutant:
    before, after = source.splitlines(), text.splitlines()
    line = next(
        (place for place, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), min(len(before), len(after))
    )
    was, now = (lines[line].strip() if line < len(lines) else "" for lines in (before, after))
    return Mutant(module, path, line + 1, was, now, text)
