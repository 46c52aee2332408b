"""Postings: what stands on the public page."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from notices.models import Posting
from notices.services.post import post
from terms.article import ArticleRef
from terms.errors import TermsError
from terms.registry import registry
from workflow.staff.button_form import ButtonForm, MomentField
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.staff_admin import FactsAdmin


class PostForm(ButtonForm):
    """What is posted, and the article that it rests on."""

    category = forms.ChoiceField(
        label=_("category"), choices=Posting.Category.choices, initial=Posting.Category.OTHER
    )
    title = forms.CharField(
        label=_("title"), max_length=200, help_text=_("In Japanese: it is posted as it stands.")
    )
    body = forms.CharField(label=_("text"), widget=forms.Textarea(attrs={"rows": 8}))
    article = forms.CharField(label=_("article"), max_length=80, help_text=_("Such as “isp-access 23-1”."))
    until = MomentField(label=_("until"), required=False, help_text=_("Empty: it stays."))

    def clean_article(self) -> ArticleRef:
        try:
            ref = ArticleRef.parse(self.cleaned_data["article"].strip())
            return registry().latest(ref.pack).article(ref.number)
        except (ValueError, TermsError) as error:
            raise forms.ValidationError(
                _("No document has this article. Write its code and the number, such as “%(example)s”.")
                % {"example": "isp-access 23-1"}
            ) from error


def _post(press: Press) -> Done:
    posting = post(at=press.at, **press.data)
    return Done(message=_("It is posted."), go_to=posting)


@admin.register(Posting)
class PostingAdmin(FactsAdmin):
    list_display = ["title", "category", "article_link", "posted_from", "posted_until"]
    list_filter = ["category"]
    search_fields = ["title"]
    fields = ["title", "category", "article_link", "posted_from", "posted_until", "text"]
    list_buttons = [
        Button(
            name="post",
            label=_("Post a text"),
            permission="notices.add_posting",
            look="primary",
            form=PostForm,
            run=_post,
            effects=lambda obj: [
                Effect(
                    text=_("Everybody can read it from now on. It is never edited, only followed by another.")
                )
            ],
            fields={"ends_after_start": "until"},
        )
    ]

    @admin.display(description=_("text"))
    def text(self, posting: Posting) -> Any:
        return format_html('<div class="staff-text" lang="ja">{}</div>', posting.body)
