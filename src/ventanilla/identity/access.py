"""What an actor may do to accounts and rights, and the few reads that stand above organisations."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from ventanilla.identity.actor import Actor
from ventanilla.identity.models import Device, Organization, SignInBrake, User


class NotAllowed(PermissionDenied):
    """The actor sees the thing but has no right to do this to it."""


def require_administrator(actor: Actor) -> None:
    """Passes administrators and the system; raises NotAllowed for everybody else."""
    if not actor.is_administrator:
        raise NotAllowed("Only an administrator of the organisation may do this.")


def all_accounts() -> QuerySet[User]:
    """The accounts of every organisation: for the sign-in door and the sessions behind it."""
    return User.objects.across_organizations()


def all_organizations() -> QuerySet[Organization]:
    """Every organisation: for the operator, who stands above them."""
    return Organization.objects.all()


def all_devices() -> QuerySet[Device]:
    """The machines of every organisation: whose one is, only its address tells."""
    return Device.objects.across_organizations()


def brakes() -> QuerySet[SignInBrake]:
    """How often accounts and addresses were tried, before it is known whose they are."""
    return SignInBrake.objects.all()
