"""How Django finds again the person of a session. Passwords are checked by `services.sign_in`."""

from django.contrib.auth.backends import BaseBackend

from ventanilla.identity.access import all_accounts
from ventanilla.identity.models import User


class AccountBackend(BaseBackend):
    """Knows people of active accounts by their key; authenticates nobody by itself."""

    def get_user(self, user_id: int) -> User | None:
        return (
            all_accounts().select_related("organization").filter(pk=user_id, is_active=True).first()
        )
