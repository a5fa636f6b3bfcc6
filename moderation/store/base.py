"""The declarative base of moderation's tables, its column types, and the guard on rows that may only be added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, DateTime, Enum, Integer, MetaData, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.sql.dml import Insert
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# SQLite numbers rows by itself only for INTEGER; PostgreSQL would run out of 32 bits on the busiest tables first.
BigId = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """Base of every table whose name starts with `mod_`."""

    metadata = MetaData(naming_convention=NAMING)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, in UTC on both sides. A naive one is refused with ValueError: it would be a guess."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """To the database: the same instant in UTC."""
        if value is None or value.tzinfo is UTC:
            return value
        if value.tzinfo is None:
            raise ValueError("a datetime without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """From the database: SQLite forgets the zone, PostgreSQL answers in the connection's."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def upsert(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]], *, key: str) -> Insert:
    """One INSERT of `rows` that overwrites whatever row of `model` has the same `key`. SQLite and PostgreSQL."""
    make = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = make(model).values(list(rows))
    fresh = {column.name: statement.excluded[column.name] for column in model.__table__.columns if column.name != key}
    return statement.on_conflict_do_update(index_elements=[key], set_=fresh)


def words(enum: type[StrEnum], name: str) -> Enum:
    """A text column type that holds the values of `enum` and nothing else; `name` names its CHECK."""
    return Enum(
        enum,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=24,
        values_callable=lambda members: [member.value for member in members],
    )


class AppendOnlyError(Exception):
    """Code tried to change or delete a row that may only be added."""


def append_only(model: type[Base]) -> type[Base]:
    """Class decorator: the ORM refuses to update or delete rows of `model`."""

    def refuse(_mapper: Any, _connection: Any, target: Base) -> None:
        raise AppendOnlyError(f"rows of {target.__tablename__} are never changed")

    event.listen(model, "before_update", refuse)
    event.listen(model, "before_delete", refuse)
    return model
