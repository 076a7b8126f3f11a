"""Rows that belong to one organisation, reached only through the actor who asks."""

from typing import Any, ClassVar, NoReturn, Self, TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from ventanilla.identity.actor import Actor

Row = TypeVar("Row", bound=models.Model)


class UnscopedQuery(Exception):
    """Rows were asked for without saying for whom."""


class ScopedManager(models.Manager[Row]):
    """Gives the rows of the actor's organisation; a query for nobody in particular raises.

    `across_organizations` is for code that has to find out whose a thing is (sign-in, workers,
    verification). A test lists the modules that may call it.
    """

    path: ClassVar[str] = "organization_id"

    def get_queryset(self) -> NoReturn:
        raise UnscopedQuery(
            f"{self.model.__name__} belongs to an organisation: use visible_to(actor)."
        )

    def visible_to(self, actor: Actor) -> models.QuerySet[Row]:
        return self.within(actor.organization_id)

    def within(self, organization_id: int) -> models.QuerySet[Row]:
        """The rows of one organisation, where no person asks."""
        return self.across_organizations().filter(**{self.path: organization_id})

    def across_organizations(self) -> models.QuerySet[Row]:
        return super().get_queryset()


class OwnedByOrganization(models.Model):
    """A row that belongs to an organisation.

    The organisation has no index of its own: lead the indexes that a query needs with it.
    """

    organization = models.ForeignKey(
        "identity.Organization", on_delete=models.PROTECT, related_name="+", db_index=False
    )

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()

    class Meta:
        abstract = True


class SameOrganization(models.BaseConstraint):
    """The database refuses a reference to a row of another organisation.

    A composite foreign key: (organization, field) points at (organization, id) of the model that
    `field` refers to, which needs `UniqueConstraint(fields=("organization", "id"))`.
    """

    def __init__(self, *, field: str, name: str) -> None:
        super().__init__(name=name)
        self.field = field

    def constraint_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        if model is None or schema_editor is None:
            raise ImproperlyConfigured("SameOrganization needs a model and a schema editor.")
        quote = schema_editor.quote_name
        reference = model._meta.get_field(self.field)
        target = reference.related_model
        if not isinstance(reference, models.ForeignKey) or not isinstance(target, type):
            raise ImproperlyConfigured(f"{self.field} of {model.__name__} is not a foreign key.")
        return (
            f"CONSTRAINT {quote(self.name)}"
            f" FOREIGN KEY ({quote('organization_id')}, {quote(reference.attname)})"
            f" REFERENCES {quote(target._meta.db_table)}"
            f" ({quote('organization_id')}, {quote('id')}) DEFERRABLE INITIALLY DEFERRED"
        )

    def create_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        if model is None or schema_editor is None:
            raise ImproperlyConfigured("SameOrganization needs a model and a schema editor.")
        table = schema_editor.quote_name(model._meta.db_table)
        return f"ALTER TABLE {table} ADD {self.constraint_sql(model, schema_editor)}"

    def remove_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        if model is None or schema_editor is None:
            raise ImproperlyConfigured("SameOrganization needs a model and a schema editor.")
        quote = schema_editor.quote_name
        table = quote(model._meta.db_table)
        return f"ALTER TABLE {table} DROP CONSTRAINT {quote(self.name)}"

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Left to the database: services never build a row from two organisations."""

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        path, arguments, keywords = super().deconstruct()
        return path, tuple(arguments), {**keywords, "field": self.field}

    def __eq__(self, other: object) -> bool:
        if isinstance(other, SameOrganization):
            return (self.name, self.field) == (other.name, other.field)
        return NotImplemented

    def __hash__(self) -> int:
        return hash((self.name, self.field))
