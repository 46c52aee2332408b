"""What unfold says on the staff pages in English only, so that our catalogue has its Japanese."""

from django.utils.translation import gettext_noop as _

WORDS = (
    _("Apply Filters"),
    _("Clear all filters"),
    _("Dark"),
    _("Expand row"),
    _("General"),
    _("Light"),
    _("More actions"),
    _("No results found"),
    _("No results matching your query"),
    _("Reset filters"),
    _("Save and view"),
    _("Select value"),
    _("System"),
    _("This page yielded into no results. Create a new item or reset your filters."),
    _("Toggle password visibility"),
    _("Type to search"),
    _("View site"),
)
