import pytest

pytestmark = pytest.mark.django_db


def policy(answer):
    return dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))


def test_a_customers_page_runs_no_script_written_into_it(client):
    found = policy(client.get("/accounts/login/"))
    assert "'unsafe-inline'" not in found["script-src"]
    assert found["frame-ancestors"] == "'none'"


def test_staff_pages_may_do_what_the_admin_package_needs_and_no_more(client):
    found = policy(client.get("/staff/"))
    assert found["script-src"].split() == ["'self'", "'unsafe-eval'"]
    assert found["style-src"].split() == ["'self'", "'unsafe-inline'"]
    assert found["object-src"] == "'none'"
