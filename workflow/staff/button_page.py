"""The page behind a button: what will happen, a form, one service call, and the refusal where it was entered."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from workflow.days import days_in_words
from workflow.staff import cells
from workflow.staff.button_form import today
from workflow.staff.buttons import Button, Done, Press
from workflow.staff.further import buttons_for
from workflow.staff.panels import Panel
from workflow.staff.person import person
from workflow.staff.preview import preview
from workflow.staff.refusals import shown_on

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

    _Base = ModelAdmin[Any]
else:
    _Base = object


class ButtonsMixin(_Base):
    """Adds ``buttons`` to the page of an object and ``list_buttons`` to the list."""

    buttons: Sequence[Button] = ()
    list_buttons: Sequence[Button] = ()

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            path("do/<slug:button>/", view(self.list_button_view), name=f"{name}_do"),
            path("<path:object_id>/do/<slug:button>/", view(self.button_view), name=f"{name}_press"),
            *super().get_urls(),
        ]

    def all_buttons(self) -> list[Button]:
        """The buttons of this page, and those that other rooms add to it."""
        return [*self.buttons, *buttons_for(self.model)]

    def all_list_buttons(self) -> Sequence[Button]:
        """The buttons above the list."""
        return self.list_buttons

    def open_buttons(self, request: HttpRequest, obj: Any) -> list[dict[str, Any]]:
        """The buttons that this user may press on the object as it stands, as the template shows them."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_press"
        found = [button for button in self.all_buttons() if button.is_open(obj, person(request))]
        return [_shown(button, reverse(name, args=[obj.pk, button.name])) for button in _folded(found)]

    def open_list_buttons(self, request: HttpRequest) -> list[dict[str, Any]]:
        """The buttons above the list that this user may press."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_do"
        found = [button for button in self.all_list_buttons() if button.permits(person(request))]
        return [_shown(button, reverse(name, args=[button.name])) for button in _folded(found)]

    def button_view(self, request: HttpRequest, object_id: str, button: str) -> HttpResponse:
        """Ask and carry out one button on one object."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        pressed = _find(self.all_buttons(), button)
        if not self.has_view_permission(request, obj) or not pressed.permits(person(request), obj):
            raise PermissionDenied
        back = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk])
        if not pressed.is_open(obj, person(request)):
            messages.warning(request, _("“%(button)s” is not possible any more.") % {"button": pressed.label})
            return HttpResponseRedirect(back)
        return self._ask(request, pressed, obj, back)

    def list_button_view(self, request: HttpRequest, button: str) -> HttpResponse:
        """Ask and carry out one button of the list."""
        pressed = _find(self.all_list_buttons(), button)
        if not pressed.permits(person(request)):
            raise PermissionDenied
        back = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        return self._ask(request, pressed, None, back)

    def _ask(self, request: HttpRequest, button: Button, obj: Any, back: str) -> HttpResponse:
        sent = request.method == "POST"
        form = button.form(
            request.POST if sent else None,
            request.FILES if sent else None,
            obj=obj,
            user=person(request),
            on=today(),
            initial=request.GET.dict(),
        )
        shown: list[Panel] | None = None
        if sent and form.is_valid():
            press = Press(
                obj=obj, by=person(request), at=timezone.now(), on=today(), data=form.cleaned_data, form=form
            )
            done: Done | None = None
            with shown_on(form, button.fields):
                run = button.run
                if run is None:
                    shown = list(button.foresees(press))
                elif "_preview" in request.POST and button.previews:
                    shown = [*button.foresees(press), *preview(lambda: run(press))]
                    # What the service did to the object was rolled back, but not in the object itself.
                    obj = self.get_object(request, str(obj.pk)) if obj else None
                else:
                    done = run(press)
            if done and done.secret:
                return self._show_secret(request, button, done, back)
            if done:
                messages.success(request, days_in_words(str(done.message)))
                return HttpResponseRedirect((cells.address_of(done.go_to) if done.go_to else "") or back)
            if form.errors and obj is not None:
                # The service may have changed it before it said no; what is shown is what stands.
                obj = self.get_object(request, str(obj.pk))
        return self._page(
            request,
            "admin/staff/button.html",
            button,
            obj=obj,
            form=form,
            back=back,
            effects=[
                {"text": effect.text, "article": cells.article(effect.article)}
                for effect in button.effects(obj)
            ],
            facts=self.button_facts(obj) if obj else [],
            preview=shown,
        )

    def button_facts(self, obj: Any) -> list[tuple[str, Any]]:
        """What one should see of the object while pressing a button: label and value."""
        return []

    def _show_secret(self, request: HttpRequest, button: Button, done: Done, back: str) -> HttpResponse:
        go_to = (cells.address_of(done.go_to) if done.go_to else "") or back
        response = self._page(request, "admin/staff/secret.html", button, done=done, back=go_to)
        response["Cache-Control"] = "no-store"
        return response

    def _page(self, request: HttpRequest, template: str, button: Button, **context: Any) -> TemplateResponse:
        request.current_app = self.admin_site.name
        return TemplateResponse(
            request,
            template,
            {
                **self.admin_site.each_context(request),
                "title": button.title,
                "button": button,
                "model_admin": self,
                "media": self.media,
                **context,
            },
        )


def _find(buttons: Sequence[Button], name: str) -> Button:
    found = next((button for button in buttons if button.name == name), None)
    if found is None:
        raise Http404
    return found


def _folded(buttons: Sequence[Button]) -> list[Button]:
    """Those of one menu side by side, where the first of them stands: rooms add theirs at the end."""
    firsts: dict[str, int] = {}
    places = {
        button.name: firsts.setdefault(str(button.menu), place) if button.menu else place
        for place, button in enumerate(buttons)
    }
    return sorted(buttons, key=lambda button: places[button.name])


def _shown(button: Button, url: str) -> dict[str, Any]:
    """As the template shows it."""
    return {"label": button.label, "look": button.look, "menu": button.menu, "url": url}
