"""The public page of postings."""

from django.urls import path

from notices import views

app_name = "notices"
urlpatterns = [
    path("", views.postings, name="postings"),
    path("<int:posting_id>/", views.posting, name="posting"),
]
