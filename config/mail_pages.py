"""Placeholder until the mail pages are written in this same change."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
