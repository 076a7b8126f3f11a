"""The demonstration's own addresses; never part of an installation that serves people."""

from django.urls import path

from ventanilla.demo import views

app_name = "demo"

urlpatterns = [
    path("", views.mails, name="mails"),
    path("dejar/", views.drop, name="drop"),
    path("<str:name>/", views.mail, name="mail"),
    path("<str:name>/formato/", views.mail_html, name="mail_html"),
    path("<str:name>/original/", views.mail_raw, name="mail_raw"),
    path("<str:name>/adjuntos/<int:position>/", views.mail_file, name="mail_file"),
    path("<str:name>/responder/", views.reply, name="reply"),
]
