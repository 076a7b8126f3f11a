"""What one operation really writes, learned by comparing all tables before and after it.

The limit writes the same rows again and again, so it follows the services whatever they become.
"""

from collections.abc import Iterable
from graphlib import TopologicalSorter
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models

from bench.services.writing import Fresh, Insert, Row, Update, Writing

Snapshot = dict[str, dict[int, Row]]


def snapshot() -> Snapshot:
    """Every row of every table that has an id."""
    found: Snapshot = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            key = model._meta.pk
            if not model._meta.managed or not isinstance(key, models.AutoField):
                continue
            table = model._meta.db_table
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [column[0] for column in cursor.description]
            rows = (dict(zip(columns, row, strict=True)) for row in cursor.fetchall())
            found[table] = {row["id"]: row for row in rows}
    return found


def difference(before: Snapshot, after: Snapshot, known: Iterable[Insert] = ()) -> Writing:
    """The writing that led from one snapshot to the next.

    `known` are inserts of earlier operations whose ids the limit makes anew as well.
    """
    new = {
        (table, key)
        for table, rows in after.items()
        for key in rows.keys() - before.get(table, {}).keys()
    }
    remade = new | {(insert.table, insert.id) for insert in known}
    inserts = [_insert(table, after[table][key], new, remade) for table, key in sorted(new)]
    updates = [
        _update(table, key, before[table][key], after[table][key], remade)
        for table in sorted(after)
        for key in sorted(before.get(table, {}).keys() & after[table].keys())
        if before[table][key] != after[table][key]
    ]
    if gone := {t for t, rows in before.items() if rows.keys() - after[t].keys()}:
        raise NotImplementedError(f"the operation deletes rows of {sorted(gone)}")
    return Writing(inserts=tuple(_ordered(inserts)), updates=tuple(updates))


def _insert(
    table: str, row: Row, new: set[tuple[str, int]], remade: set[tuple[str, int]]
) -> Insert:
    points = _points(table, row, remade)
    values = {name: value for name, value in row.items() if name != "id"}
    fresh = _fresh(table, values, {column for column, row_ in points.items() if row_ in new})
    return Insert(table=table, id=row["id"], values=values, points=points, fresh=fresh)


def _update(table: str, key: int, old: Row, now: Row, remade: set[tuple[str, int]]) -> Update:
    values = {name: value for name, value in now.items() if value != old[name]}
    return Update(table=table, id=key, values=values, points=_points(table, values, remade))


def _points(table: str, values: Row, remade: set[tuple[str, int]]) -> dict[str, tuple[str, int]]:
    found = {}
    for relation in _model(table)._meta.concrete_fields:
        if not isinstance(relation, models.ForeignKey) or relation.column not in values:
            continue
        target = (relation.related_model._meta.db_table, values[relation.column])
        if target in remade:
            found[relation.column] = target
    return found


def _fresh(table: str, values: Row, renewed: set[str]) -> dict[str, Fresh]:
    """The columns to make anew, so that no unique constraint meets the same row twice."""
    meta = _model(table)._meta
    columns = {column.name: column for column in meta.concrete_fields}
    groups = [[column.name] for column in columns.values() if column.unique]
    groups += [
        list(constraint.fields)
        for constraint in meta.constraints
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields
    ]
    found = {}
    for group in groups:
        members = [columns[name] for name in group]
        names = {str(member.column) for member in members}
        if "id" in names or renewed & names:
            continue
        for member in members:
            name = str(member.column)
            if kind := _kind(member, values[name]):
                found[name] = kind
    return found


def _kind(column: "models.Field[Any, Any]", value: object) -> Fresh | None:
    if isinstance(value, UUID):
        return Fresh.UUID
    if isinstance(column, models.UUIDField) and isinstance(value, str):
        return Fresh.HEX
    return Fresh.TEXT if isinstance(value, str) and value else None


def _ordered(inserts: list[Insert]) -> list[Insert]:
    tables: dict[str, set[str]] = {}
    for insert in inserts:
        needs = {table for table, _ in insert.points.values() if table != insert.table}
        tables.setdefault(insert.table, set()).update(needs)
    order = list(TopologicalSorter(tables).static_order())
    return sorted(inserts, key=lambda insert: (order.index(insert.table), insert.id))


def _model(table: str) -> type[models.Model]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table == table:
            return model
    raise LookupError(table)
