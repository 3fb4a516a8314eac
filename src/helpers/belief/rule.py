"""The rule of a policy: which texts count, as an expression over the columns of `sources`.

The grammar is a small part of Python's::

    participant
    perspective != "soviet" and year_written <= 1927
    not (language in ["ru", "uz"] or 1926 < year_written < 1930)

that is: names of columns; words in quotation marks, numbers, ``true`` and ``false``; the comparisons
``== != < <= > >=``; ``in`` and ``not in`` with a list; ``and``, ``or``, ``not`` and parentheses. A rule comes from a
file that anybody may have written, so it is read and never run: whatever else stands in it is refused.

A text counts if the rule is true of it. Where a column is empty, a comparison of numbers or truth values says neither
yes nor no, and the text does not count; a word that is not there differs from every word.
"""

from __future__ import annotations

import ast
import operator
import warnings
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache, reduce
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import pandas as pd

LONGEST, DEEPEST = 1000, 50
"""Letters that a rule may have, and levels of what stands within one another in it."""

_COMPARED: Mapping[type[ast.cmpop], Callable[[Any, Any], Any]] = MappingProxyType(
    {
        ast.Eq: operator.eq,
        ast.NotEq: operator.ne,
        ast.Lt: operator.lt,
        ast.LtE: operator.le,
        ast.Gt: operator.gt,
        ast.GtE: operator.ge,
    }
)
_LISTS = (ast.List, ast.Tuple, ast.Set)
_WANTED = {
    "string": 'words; write one in quotation marks, like "press"',
    "number": "numbers; write one without quotation marks, like 1927",
    "boolean": "true or false; write one of them",
    "date": 'days; write one like "1918-03-02"',
}
_FORM = "write columns, words, numbers, lists, comparisons, `in`, `and`, `or`, `not` and parentheses only"


def admitted(sources: pd.DataFrame, rule: str) -> pd.DataFrame:
    """Return the texts of which a rule is true.

    Parameters
    ----------
    sources
        The table `sources`, indexed by ``id``, or any part of it.
    rule
        As in ``data/policies.csv``.

    Raises
    ------
    ValueError
        If the rule is none, or names no column of the table; the message says how to mend it.

    >>> texts = pd.DataFrame({"year": [1920, None, 1968]}, index=pd.Index(["a", "b", "c"], name="id"), dtype="Int64")
    >>> list(admitted(texts, "year <= 1927").index), list(admitted(texts, "not year <= 1927").index)
    (['a'], ['c'])
    """
    tree = parsed(rule, {column: _kind(values) for column, values in _columns(sources).items()})
    return sources.loc[_true(tree, _columns(sources))]


def parsed(rule: str, columns: Mapping[str, str]) -> ast.expr:
    """Return a rule as a tree in which nothing stands but the grammar.

    Parameters
    ----------
    columns
        The columns that there are, each with its type as the descriptor calls it.

    Raises
    ------
    ValueError
        If the rule is none, with the words for how to mend it.
    """
    try:
        tree = _tree(rule)
        _hold(tree, columns)
    except ValueError as error:
        shown = rule if len(rule) <= 80 else f"{rule[:79]}…"
        raise ValueError(f"{shown!r} is no rule over the columns of `sources`: {error}") from None
    return tree


def words(tree: ast.expr) -> Iterator[tuple[str, str]]:
    """Yield each column that a rule holds against a word or words for being the same, and the word."""
    for node in (node for node in ast.walk(tree) if isinstance(node, ast.Compare)):
        sides = [node.left, *node.comparators]
        for sign, (one, other) in zip(node.ops, pairwise(sides), strict=True):
            if isinstance(sign, ast.Eq | ast.NotEq | ast.In | ast.NotIn):
                column, said = (one, other) if isinstance(one, ast.Name) else (other, one)
                constants = said.elts if isinstance(said, _LISTS) else [said]
                yield from ((column.id, c.value) for c in constants if _is_word(c))


@lru_cache(maxsize=256)
def _tree(rule: str) -> ast.expr:
    if len(rule) > LONGEST:
        raise ValueError(f"it has {len(rule)} letters; write at most {LONGEST}")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # of what Python reads and will not read for ever, like 1927and
            tree = ast.parse(rule.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError, Warning) as error:
        why = error.msg if isinstance(error, SyntaxError) else error
        raise ValueError(f"{why}; {_FORM}") from None
    if _depth(tree) > DEEPEST:
        raise ValueError(f"more than {DEEPEST} levels stand within one another; write a simpler one")
    return tree


def _depth(tree: ast.AST) -> int:
    """The levels of a tree, counted without recursion, since a rule may be as deep as it is long."""
    depth, level = 0, [tree]
    while level:
        depth, level = depth + 1, [child for node in level for child in ast.iter_child_nodes(node)]
    return depth


def _hold(node: ast.expr, columns: Mapping[str, str]) -> None:
    """Raise a `ValueError` unless the tree is a condition of the grammar."""
    match node:
        case ast.BoolOp():
            for part in node.values:
                _hold(part, columns)
        case ast.UnaryOp(op=ast.Not()):
            _hold(node.operand, columns)
        case ast.Compare():
            for sign, (one, other) in zip(node.ops, pairwise([node.left, *node.comparators]), strict=True):
                _hold_comparison(sign, one, other, columns)
        case ast.Name():
            if (kind := _kind_of(node, columns)) != "boolean":
                raise ValueError(f"{node.id!r} alone says nothing, since it holds {_WANTED[kind]}, and compare the two")
        case _:
            raise ValueError(f"{_text(node)} is no condition; {_FORM}")


def _hold_comparison(sign: ast.cmpop, one: ast.expr, other: ast.expr, columns: Mapping[str, str]) -> None:
    if isinstance(sign, ast.In | ast.NotIn):
        if not isinstance(one, ast.Name):
            raise ValueError(f"{_text(one)} is no column; write the column before `in` and its values behind")
        if not isinstance(other, _LISTS) or not other.elts:
            raise ValueError(f'{_text(other)} is no list of values; write one like ["ru", "uz"]')
        if columned := [side for side in other.elts if _constant(side) is None]:
            raise ValueError(f"{_text(columned[0])} is no word, number or truth value; a list holds nothing else")
        sides = [one, *other.elts]
    elif type(sign) in _COMPARED:
        sides = [one, other]
    else:
        raise ValueError(f"`is` compares no values; {_FORM}")
    names = [side for side in sides if isinstance(side, ast.Name) and side.id not in _TRUTH]
    if not names:
        raise ValueError(f"{_text(one)} is compared with {_text(other)}, and neither is a column; name a column")
    kind = _kind_of(names[0], columns)
    for side in sides:
        _hold_value(side, names[0].id, kind, columns)


def _hold_value(node: ast.expr, column: str, kind: str, columns: Mapping[str, str]) -> None:
    """Raise a `ValueError` unless this may be compared with a column of a kind."""
    if isinstance(node, ast.Name) and node.id not in _TRUTH:
        if _kind_of(node, columns) == kind:
            return
    elif (value := _constant(node)) is not None and _fits(value, kind):
        return
    raise ValueError(f"{column!r} is compared with {_text(node)}, and it holds {_WANTED[kind]}")


_TRUTH = {"true": True, "false": False}


def _kind_of(node: ast.Name, columns: Mapping[str, str]) -> str:
    if node.id not in columns:
        raise ValueError(f"sources has no column {node.id!r}; name one of {', '.join(columns)}")
    kind = columns[node.id]
    return "number" if kind == "integer" else kind if kind in _WANTED else "string"


def _constant(node: ast.expr) -> str | float | bool | None:
    """The value of a word, number or truth value; None if it is none of these."""
    match node:
        case ast.Name(id=name) if name in _TRUTH:
            return _TRUTH[name]
        case ast.Constant(value=str() | int() | float() as value):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as value)):
            return None if isinstance(value, bool) else -value
    return None


def _fits(value: str | float | bool, kind: str) -> bool:
    match kind:
        case "boolean":
            return isinstance(value, bool)
        case "number":
            return not isinstance(value, bool | str) and -(2**63) <= value < 2**63
        case "date":
            return isinstance(value, str) and _is_day(value)
    return isinstance(value, str)


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_word(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _text(node: ast.expr) -> str:
    return repr(ast.unparse(node))


def _columns(sources: pd.DataFrame) -> Mapping[str, pd.Series]:
    """The columns by name, the index with them."""
    named = sources.index.to_series() if sources.index.name else None
    return {**({} if named is None else {sources.index.name: named}), **{c: sources[c] for c in sources.columns}}


def _kind(values: pd.Series) -> str:
    """What the descriptor calls the type of a typed column."""
    if pd.api.types.is_bool_dtype(values):
        return "boolean"
    if pd.api.types.is_numeric_dtype(values):
        return "number"
    return "date" if pd.api.types.is_datetime64_any_dtype(values) else "string"


def _true(node: ast.expr, columns: Mapping[str, pd.Series]) -> pd.Series:
    """Of which texts a tree of the grammar is true; missing where that cannot be said."""
    match node:
        case ast.BoolOp():
            join = operator.and_ if isinstance(node.op, ast.And) else operator.or_
            return reduce(join, (_true(part, columns) for part in node.values))
        case ast.UnaryOp():
            return ~_true(node.operand, columns)
        case ast.Compare():
            pairs = zip(node.ops, pairwise([node.left, *node.comparators]), strict=True)
            return reduce(operator.and_, (_compared(sign, *pair, columns) for sign, pair in pairs))
    return columns[node.id]


def _compared(sign: ast.cmpop, one: ast.expr, other: ast.expr, columns: Mapping[str, pd.Series]) -> pd.Series:
    if isinstance(sign, ast.In | ast.NotIn):
        among = columns[one.id].isin([_constant(value) for value in other.elts])
        return among if isinstance(sign, ast.In) else ~among
    return _COMPARED[type(sign)](_value(one, columns), _value(other, columns))


def _value(node: ast.expr, columns: Mapping[str, pd.Series]) -> Any:
    if isinstance(node, ast.Name) and node.id not in _TRUTH:
        return columns[node.id]
    return _constant(node)
