"""What the demonstration adds to the pages of the product: who can sign in, and with what."""

from django.http import HttpRequest

from ventanilla.demo.building import PASSWORD
from ventanilla.demo.logins import Login, logins


def accounts(request: HttpRequest) -> dict[str, object]:
    """The made-up people, asked for only by the page that shows them."""

    def told() -> list[Login]:
        return list(logins())

    return {"is_demo": True, "demo_accounts": told, "demo_password": PASSWORD}
