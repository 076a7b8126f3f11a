"""Forms dressed by our own templates."""

from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    """Draws every form with an error summary and errors beside the fields."""

    form_template_name = "ui/parts/form.html"
    field_template_name = "ui/parts/field.html"
