import pytest


@pytest.mark.django_db
def test_healthz_is_200_when_database_and_broker_answer(client, valkey):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"database": True, "broker": True}


@pytest.mark.django_db
def test_healthz_is_503_when_the_broker_does_not_answer(client, settings, tmp_path):
    settings.REDIS_URL = f"unix://{tmp_path}/nothing.sock"
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"database": True, "broker": False}


def test_healthz_is_503_when_the_database_does_not_answer(client, valkey, monkeypatch, django_db_blocker):
    from django.db import connection

    with django_db_blocker.unblock():
        connection.close()
        monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
        answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"database": False, "broker": True}
