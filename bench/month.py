"""A made-up operator in June 2025: so many contracts under five documents, with everything that a month can hold.

A fifth of the subscribers have two contracts, a third of the contracts an option. In the month one in a hundred begins,
with its handling fee and works, and one in a hundred ends before its term; one in fifty lines was down for more than a
day; items change, lines move, instalments run, late interest waits, some are metered. One in five thousand cannot be rated.
"""

from datetime import date, datetime

from bench.database import execute, insert, settle
from billing.models import BillingAccount, Charge, InstalmentPlan, InvoiceChoice, Usage
from contracts.models import (
    Contract,
    ContractOption,
    Ending,
    Line,
    Outage,
    Product,
    ProductChange,
    Relocation,
    Request,
    Subscriber,
    Work,
)
from lineinfo.models import ApiContract
from terms.calendar import JAPAN

MONTH = date(2025, 6, 1)
AT = datetime(2025, 7, 1, 9, tzinfo=JAPAN)

# Of twenty contracts in a row.
PRODUCTS = [
    *["menu1-1g-type1-1"] * 5,
    "phone-basic",
    "menu1-100m-type1-1",
    *["isp-flets-1g"] * 3,
    "phone-basic",
    "isp-docomo-1g",
    "isp-flets-10g",
    "network-fixed-100m",
    "network-metered",
    "phone-basic",
    "network-fixed-1g",
    *["menu2-1g-type1-2"] * 3,
]
_OPTIONS = ("wireless-lan-router", "phone-gateway", "isp-router", "network-router")
_WORK = {
    "hikari-line": "initial-detached-dispatch-new",
    "hikari-phone": "phone-work-dispatch",
    "isp-access": "isp-work-dispatch",
    "business-network": "network-work",
}


def fill(contracts: int) -> None:
    """Subscribers, accounts, lines and contracts, and what happened to them, by statements on whole tables."""
    execute(
        "CREATE TABLE bench_product (place integer PRIMARY KEY, id bigint, terms_code text, term_months integer)"
    )
    products = {product.code: product for product in Product.objects.all()}
    for place, code in enumerate(PRODUCTS):
        product = products[code]
        execute(
            "INSERT INTO bench_product VALUES (%s, %s, %s, %s)",
            [place, product.pk, product.terms_code, product.term_months],
        )
    _people(contracts)
    _contracts(contracts)
    _options()
    _begun_and_ended()
    _other_happenings(products)
    settle()


def _people(contracts: int) -> None:
    # Every fifth contract is the second of the subscriber before.
    everyone = f"FROM generate_series(1, {contracts}) n WHERE n % 5 <> 0"
    address = {
        "postal_code": "'1000001'",
        "prefecture": "'東京都'",
        "city": "'千代田区'",
        "town": "'千代田1-1'",
    }
    insert(
        Subscriber,
        everyone,
        id="n",
        number="'S' || to_char(n, 'FM00000000')",
        kind="CASE WHEN n % 3 = 0 THEN 'corporation' ELSE 'person' END",
        name="CASE WHEN n % 3 = 0 THEN '株式会社' || n ELSE '山田太郎' || n END",
        name_kana="'ヤマダタロウ'",
        email="n || '@example.jp'",
        registered_on="date '2024-01-01'",
        **address,
    )
    insert(BillingAccount, everyone, id="n", subscriber_id="n")
    # Half of them pay by account transfer, which bears a fee under one document; the bank file is not part of the run.
    insert(
        InvoiceChoice,
        f"{everyone} AND n % 2 = 0",
        account_id="n",
        kind="'transfer'",
        since="date '2025-01-01'",
    )
    insert(
        Line,
        f"FROM generate_series(1, {contracts}) n JOIN bench_product product ON product.place = n % 20",
        id="n",
        terms_code="product.terms_code",
        number="'L' || n",
        **address,
    )
    insert(
        ApiContract,
        f"FROM generate_series(1, {contracts}) n WHERE n % 100 = 1",
        subscriber_id="n",
        terms_code="'line-info-api'",
        api_id="'A' || n",
        state="'active'",
        applied_on="date '2025-01-10'",
        accepted_on="date '2025-01-15'",
    )


def _contracts(contracts: int) -> None:
    ended = "n % 100 = 1"
    last_day = "date '2025-06-01' + n / 100 % 30"
    insert(
        Contract,
        f"""
        FROM generate_series(1, {contracts}) n
        JOIN bench_product product ON product.place = n % 20
        CROSS JOIN LATERAL (
            SELECT CASE WHEN n % 100 = 0 THEN date '2025-06-01' + n / 100 % 30
                        ELSE date '2024-04-01' + n * 7 % 365 END
        ) b (begun)
        """,
        id="n",
        number="'C' || to_char(n, 'FM00000000')",
        subscriber_id="CASE WHEN n % 5 = 0 THEN n - 1 ELSE n END",
        terms_code="product.terms_code",
        product_id="product.id",
        line_id="n",
        state=f"CASE WHEN {ended} THEN 'ended' ELSE 'active' END",
        applied_on="begun",
        formed_on="begun",
        service_start="begun",
        cycle_day="1",
        term_start="CASE WHEN product.term_months > 0 THEN begun END",
        term_months="product.term_months",
        ends_on=f"CASE WHEN {ended} THEN {last_day} END",
        live=f"daterange(begun, CASE WHEN {ended} THEN {last_day} + 1 END)",
    )


def _options() -> None:
    insert(
        ContractOption,
        f"""
        FROM contracts_contract contract
        JOIN contracts_product product ON product.terms_code = contract.terms_code AND product.code IN {_OPTIONS}
        WHERE contract.id % 3 = 0
        """,
        contract_id="contract.id",
        product_id="product.id",
        starts_on="contract.service_start",
        ends_on="contract.ends_on",
    )


def _begun_and_ended() -> None:
    begun = "FROM contracts_contract contract WHERE contract.id % 100 = 0"
    insert(
        Request,
        begun,
        number="'R' || contract.id",
        kind="'new'",
        terms_code="contract.terms_code",
        subscriber_id="contract.subscriber_id",
        contract_id="contract.id",
        form="'written'",
        details="'{}'",
        state="'carried_out'",
        decided_on="contract.service_start",
    )
    parts = " ".join(f"WHEN '{code}' THEN '[\"{part}\"]'::jsonb" for code, part in _WORK.items())
    insert(
        Work,
        begun,
        contract_id="contract.id",
        kind="'installation'",
        # One in five thousand names a part that no tariff knows.
        items=f"CASE WHEN contract.id % 5000 = 0 THEN '[\"no-such-part\"]' ELSE CASE contract.terms_code {parts} END END",
        planned_at="contract.service_start",
        started_at="contract.service_start + time '10:00'",
        done_at="contract.service_start + time '12:00'",
        state="'done'",
    )
    insert(
        Ending,
        "FROM contracts_contract contract WHERE contract.state = 'ended'",
        contract_id="contract.id",
        by="'subscriber'",
        declared_on="contract.ends_on",
        ends_on="contract.ends_on",
    )


def _other_happenings(products: dict[str, Product]) -> None:
    insert(
        Outage,
        "FROM contracts_contract contract WHERE contract.id % 50 = 2",
        line_id="contract.line_id",
        down="timestamptz '2025-06-10 09:30+09'",
        known="timestamptz '2025-06-10 10:00+09'",
        restored="timestamptz '2025-06-12 01:00+09'",
        cause="'not_customer'",
    )
    insert(
        ProductChange,
        f"FROM contracts_contract contract WHERE contract.product_id = {products['menu1-1g-type1-1'].pk}"
        " AND contract.id % 200 = 3",
        contract_id="contract.id",
        on="date '2025-06-11'",
        old_id=str(products["menu1-100m-type1-1"].pk),
        new_id=str(products["menu1-1g-type1-1"].pk),
        article="''",
    )
    insert(
        Relocation,
        "FROM contracts_contract contract WHERE contract.terms_code = 'hikari-phone' AND contract.id % 500 = 5",
        contract_id="contract.id",
        on="date '2025-06-16'",
        old_address="'{}'",
        new_address="'{}'",
        unusable_from="date '2025-06-14'",
        usable_again="date '2025-06-17'",
        article="''",
    )
    insert(
        Work,
        "FROM contracts_contract contract WHERE contract.id % 20 = 4",
        contract_id="contract.id",
        kind="'installation'",
        items="'[\"initial-detached-dispatch-new\"]'",
        planned_at="timestamptz '2025-04-01'",
        instalments="true",
        done_at="timestamptz '2025-04-01'",
        state="'done'",
    )
    insert(
        InstalmentPlan,
        "FROM contracts_work work WHERE work.instalments",
        work_id="work.id",
        first_month="date '2025-05-01'",
        first_amount="840",
        amount="620",
        count="31",
    )
    insert(
        Usage,
        f"FROM contracts_contract contract, generate_series(date '2025-01-01', '2025-06-01', '1 month') month"
        f" WHERE contract.product_id = {products['network-metered'].pk}",
        contract_id="contract.id",
        month="month::date",
        amount="3000 + contract.id % 5000",
    )
    insert(
        Charge,
        "FROM contracts_contract contract WHERE contract.id % 50 = 7",
        account_id="contract.subscriber_id",
        terms_code="contract.terms_code",
        kind="'late_interest'",
        source="'allocation:' || contract.id",
        name="'延滞利息'",
        period="daterange('2025-05-28', '2025-06-10')",
        unit_price="6000",
        amount="31",
        tax_category="'outside'",
    )
