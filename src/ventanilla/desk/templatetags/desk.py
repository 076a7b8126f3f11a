"""Tags of the desk's pages."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ventanilla.desk.labels import channel_label
from ventanilla.ui.icons import icon

register = template.Library()


@register.simple_tag
def channel(code: str) -> SafeString:
    """The channel's icon and name."""
    label = channel_label(code)
    return format_html('<span class="nowrap">{} {}</span>', icon(label.icon, size=16), label.text)
