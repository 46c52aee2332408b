"""What reception does with subscribers and their applications."""

import pytest

from contracts.models import (
    Request,
    Subscriber,
)
from terms.registry import registry
from tests import factories
from tests.admin.pressing import ask, done, errors, press
from tests.admin.world import TERMS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


TARO = {
    "kind": "person",
    "name": "山田 太郎",
    "name_kana": "やまだ たろう",
    "phone": "03-1234-5678",
    "email": "taro@example.jp",
    "channel": "email",
    **{name: value for name, value in factories.ADDRESS.items() if value},
}


def test_reception_registers_a_subscriber(with_role):
    assert done(press(with_role("reception"), Subscriber, "register", **TARO))
    assert Subscriber.objects.get().name_kana == "ヤマダ　タロウ"


def test_a_subscriber_with_a_wrong_corporate_number_is_refused_at_that_field(with_role):
    wrong = TARO | {"kind": "corporation", "corporate_number": "1234567890123"}
    assert errors(press(with_role("reception"), Subscriber, "register", **wrong), "corporate_number")
    assert not Subscriber.objects.exists()


def test_the_network_does_not_register_subscribers(with_role):
    assert ask(with_role("network"), Subscriber, "register").status_code == 403
    assert press(with_role("network"), Subscriber, "register", **TARO).status_code == 403


def test_reception_receives_an_application(with_role):
    subscriber = factories.subscriber()
    product = factories.product(TERMS)
    option = factories.product(TERMS, kind="option")
    factories.serve(TERMS)
    data = {
        "form": factories.asked_form(TERMS),
        "product": product.code,
        "options": option.code,
        **factories.ADDRESS,
    }
    response = press(with_role("reception"), subscriber, f"apply-{TERMS}", **data)
    assert done(response)
    request = Request.objects.get()
    assert (request.state, request.contract.product) == (Request.State.RECEIVED, product)
    assert request.details["options"] == [option.code]
    assert response["Location"].endswith(f"/request/{request.pk}/change/")


def test_only_products_of_the_document_are_offered(with_role):
    ours, theirs = factories.product(TERMS), factories.product("isp-access")
    form = ask(with_role("reception"), factories.subscriber(), f"apply-{TERMS}").context["form"]
    offered = [code for code, _name in form.fields["product"].choices]
    assert ours.code in offered
    assert theirs.code not in offered
    # Where there is nothing to choose from, nothing is asked.
    assert not {"parent", "options"} & set(form.fields)


def test_a_contract_beside_the_new_one_is_chosen_from_the_subscribers_own(with_role):
    phone = factories.product("hikari-phone", beside_terms="hikari-line")
    line = factories.contract("hikari-line")
    factories.contract("hikari-line")
    form = ask(with_role("reception"), line.subscriber, "apply-hikari-phone").context["form"]
    assert [code for code, _name in form.fields["parent"].choices] == ["", line.number]
    assert phone.code in [code for code, _name in form.fields["product"].choices]


def test_an_application_in_another_form_than_the_documents_is_refused_with_its_article(with_role):
    code = next(code for code in registry().codes() if registry().latest(code).application.form == "written")
    product = factories.product(code)
    data = {"form": "phone", "product": product.code, **factories.ADDRESS}
    response = press(with_role("reception"), factories.subscriber(), f"apply-{code}", **data)
    assert f"{code} " in errors(response, "form")
    assert not Request.objects.exists()


def test_contact_details_change_and_what_stood_before_stays_on_record(with_role):
    subscriber = factories.subscriber(email="old@example.jp")
    client = with_role("reception")
    data = {
        "contact_person": "総務部",
        "phone": "03-1111-2222",
        "email": "new@example.jp",
        "channel": "email",
    }
    assert done(press(client, subscriber, "contact", **data))
    subscriber.refresh_from_db()
    assert (subscriber.email, subscriber.phone) == ("new@example.jp", "03-1111-2222")
    page = client.get(f"/staff/contracts/subscriber/{subscriber.pk}/change/").content.decode()
    assert "old@example.jp" in page


def test_notices_by_mail_need_a_mail_address(with_role):
    subscriber = factories.subscriber(email="old@example.jp")
    data = {"contact_person": "", "phone": "03-1111-2222", "email": "", "channel": "email"}
    assert errors(press(with_role("reception"), subscriber, "contact", **data), "email")
    assert errors(
        press(
            with_role("reception"),
            subscriber,
            "contact",
            **(data | {"phone": "abc", "email": "a@example.jp"}),
        ),
        "phone",
    )
    subscriber.refresh_from_db()
    assert subscriber.email == "old@example.jp"


def test_billing_changes_no_contact_details(with_role):
    assert (
        press(with_role("billing"), factories.subscriber(), "contact", phone="03-1111-2222").status_code
        == 403
    )
