"""What an organisation has published: the packs as they were loaded, and versions of procedures."""

from django.db import models
from django.db.models import F, Q

from ventanilla.identity.scoping import OwnedByOrganization, SameOrganization


class PackRelease(OwnedByOrganization):
    """One content of a pack, whole, as it was loaded. Never changes."""

    digest = models.CharField(max_length=64)
    files = models.JSONField()
    calendars = models.JSONField(default=dict)
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=80)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("organization", "id"), name="release_of_organization"),
            models.UniqueConstraint(fields=("organization", "digest"), name="release_once"),
        )

    def __str__(self) -> str:
        return self.digest[:12]


class ProcedureVersion(OwnedByOrganization):
    """A published version of a procedure; a case stays on the row it began with.

    The same version gets a further edition when something around it changes (an office's
    telephone, a closure): its own text, told by `digest`, stays the same. Only a demo installation
    may redraft the text of a version.
    """

    code = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    edition = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)
    release = models.ForeignKey(PackRelease, on_delete=models.PROTECT, related_name="+")
    in_force_from = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organization", "id"), name="procedure_of_organization"
            ),
            models.UniqueConstraint(
                fields=("organization", "code", "version", "edition"), name="procedure_edition_once"
            ),
            models.UniqueConstraint(
                fields=("organization", "code"),
                condition=Q(replaced_at=None),
                name="procedure_one_latest",
            ),
            models.CheckConstraint(
                condition=Q(replaced_at=None) | Q(replaced_at__gte=F("in_force_from")),
                name="procedure_replaced_after_in_force",
            ),
            SameOrganization(field="release", name="procedure_release_same_org"),
        )

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"
