"""Open cases and the version in force: what going over would mean for each, and doing it."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from ventanilla.answers.refusals import refusal_words
from ventanilla.cases.migrating import MigrationLine, Migrations, migrate_case, migrations
from ventanilla.cases.outcomes import CaseNotFound, NotMoved
from ventanilla.catalog.published import ProcedureUnknown
from ventanilla.core.engine.migration import Hindrance, LimitChange
from ventanilla.desk.entrance import for_staff, show
from ventanilla.identity.actor import Actor

CHOSEN = "caso"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """A case on the page; ``result`` says what became of it when it was just tried."""

    reference: str
    number: str
    who: str
    version: str
    address: str
    steps: tuple[str, ...]
    hindrances: tuple[Hindrance, ...]
    limits: tuple[LimitChange, ...]
    result: str
    went_over: bool


@require_http_methods(["GET", "POST"])
@for_staff
def page(request: HttpRequest, actor: Actor, code: str) -> HttpResponseBase:
    """The cases that are on another version; posting takes over those that were chosen."""
    now = timezone.now()
    try:
        found = migrations(actor=actor, code=code, now=now)
    except ProcedureUnknown as unknown:
        raise Http404 from unknown
    results: dict[str, tuple[bool, str]] = {}
    if request.method == "POST":
        chosen = set(request.POST.getlist(CHOSEN))
        lines = [line for line in found.lines if str(line.reference) in chosen]
        results = {str(line.reference): _take_over(actor, found, line.reference) for line in lines}
        _say(request, results)
    context = {
        "code": found.code,
        "title": found.title,
        "version": f"{found.version}.{found.edition}",
        "lines": [_shown(line, results.get(str(line.reference))) for line in found.lines],
        "chosen_name": CHOSEN,
        "some_can": any(
            not line.preview.hindrances and str(line.reference) not in results
            for line in found.lines
        ),
    }
    return show(request, actor, "desk/procedures/moving.html", context, place="procedures")


def _take_over(actor: Actor, found: Migrations, case: UUID) -> tuple[bool, str]:
    """Whether the case went over, and in words what became of it."""
    try:
        outcome = migrate_case(actor=actor, now=timezone.now(), case=case, code=found.code)
    except CaseNotFound:
        return False, gettext("Ya no está en otra versión.")
    if isinstance(outcome, NotMoved):
        return False, refusal_words(outcome.refusal)
    return True, gettext("Pasó a la versión {version}.").format(version=found.version)


def _say(request: HttpRequest, results: dict[str, tuple[bool, str]]) -> None:
    over = sum(went for went, _ in results.values())
    words = ngettext("{n} caso pasó a la versión vigente.", "{n} casos pasaron.", over)
    if over:
        messages.success(request, words.format(n=over))
    elif not results:
        messages.warning(request, gettext("Elija al menos un caso."))


def _shown(line: MigrationLine, result: tuple[bool, str] | None) -> CaseLine:
    return CaseLine(
        reference=str(line.reference),
        number=line.number,
        who=line.who,
        version=f"{line.version}.{line.edition}",
        address=reverse("desk:case", args=(line.number,)),
        steps=line.preview.steps,
        hindrances=line.preview.hindrances,
        limits=line.preview.limits,
        result=result[1] if result is not None else "",
        went_over=result is not None and result[0],
    )
