"""The addresses of the desk."""

from django.urls import path
from django.views.generic import RedirectView

from ventanilla.desk.views import (
    account,
    acts,
    case,
    contact,
    files,
    parties,
    post,
    procedures,
    worklist,
)

app_name = "desk"

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="desk:worklist"), name="home"),
    path("entrar/", account.sign_in_page, name="sign_in"),
    path("salir/", account.sign_out, name="sign_out"),
    path("perfil/", account.profile, name="profile"),
    path("atajos/", account.keys, name="keys"),
    path("bandeja/", worklist.page, name="worklist"),
    path("bandeja/tomar/", worklist.claim, name="claim"),
    path("bandeja/soltar/", worklist.release, name="release"),
    path("contactos/nuevo/", contact.new, name="new_contact"),
    path("contactos/personas/", contact.people, name="people"),
    path("casos/<str:number>/", case.page, name="case"),
    path("casos/<str:number>/plazos/<str:name>/", case.deadline, name="deadline"),
    path("casos/<str:number>/acciones/<str:action>/", acts.act, name="act"),
    path("casos/<str:number>/nota/", acts.note, name="note"),
    path("casos/<str:number>/cerrar/", acts.cancel, name="cancel"),
    path("casos/<str:number>/reabrir/", acts.reopen, name="reopen"),
    path("casos/<str:number>/persona/", contact.link, name="link_party"),
    path("casos/<str:number>/mensajes/<uuid:reference>/", files.case_html, name="case_html"),
    path("archivos/<uuid:reference>/", files.file, name="file"),
    path("buzon/", post.inbox_page, name="inbox"),
    path("buzon/<uuid:reference>/", post.message, name="inbox_message"),
    path("buzon/<uuid:reference>/unir/", post.link, name="inbox_link"),
    path("buzon/<uuid:reference>/abrir/", post.open_new, name="inbox_open"),
    path("buzon/<uuid:reference>/descartar/", post.throw_away, name="inbox_discard"),
    path("buzon/<uuid:reference>/formato/", files.inbox_html, name="inbox_html"),
    path("buzon/<uuid:reference>/original/", files.raw, name="raw"),
    path(
        "buzon/<uuid:reference>/adjuntos/<int:position>/",
        files.inbox_attachment,
        name="inbox_attachment",
    ),
    path("envios/", post.outbox_page, name="outbox"),
    path("envios/<int:key>/reintentar/", post.retry, name="outbox_retry"),
    path("clientes/", parties.search, name="parties"),
    path("clientes/<uuid:reference>/", parties.page, name="party"),
    path("procedimientos/", procedures.library, name="procedures"),
    path("procedimientos/<str:code>/", procedures.page, name="procedure"),
]
