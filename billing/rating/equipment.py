"""What lost, damaged or unreturned equipment costs (機器損害金, 亡失・き損の費用)."""

from collections.abc import Iterator

from billing.rating.charge import RatedCharge
from billing.rating.errors import RatingError, gettext_noop
from billing.rating.facts import ContractFacts, EquipmentFacts
from billing.rating.one_off import one_off
from billing.rating.rulebook import RuleBook


def equipment_charges(book: RuleBook, contract: ContractFacts) -> Iterator[RatedCharge]:
    """One charge a unit: its cost of making good, or the damages of the tariff for its product.

    Both are damages, which bear no consumption tax unless the tariff says so. RatingError where no tariff has the product.
    """
    for unit in contract.equipment:
        if unit.cost is not None:
            yield one_off(
                book,
                kind="equipment",
                name="設備の亡失・き損の費用" + (f"（{unit.product_name}）" if unit.product_name else ""),
                source=unit.source,
                on=unit.on,
                amount=unit.cost,
                article=unit.article or _reparation(book, contract, unit),
                tax_category="outside",
            )
            continue
        fees = book.prices.for_occasion(contract.terms_code, "equipment_damages", unit.product_code)
        if not fees:
            raise RatingError(
                gettext_noop("No tariff has the equipment damages for “%(product)s”. Enter one."),
                product=unit.product_code,
            )
        for fee in fees:
            yield one_off(
                book,
                kind="equipment",
                name=fee.name,
                source=unit.source,
                on=unit.on,
                amount=fee.on(unit.on),
                article=unit.article,
                tariff_id=fee.tariff_id,
                tax_category=fee.tax_category,
            )


def _reparation(book: RuleBook, contract: ContractFacts, unit: EquipmentFacts) -> str:
    table = book.pack(contract.terms_code, unit.on).lent_equipment
    if table is None or table.reparation_article is None:
        raise RatingError(
            gettext_noop("“%(terms)s” makes no breach of a duty payable, but %(source)s claims its cost."),
            terms=contract.terms_code,
            source=unit.source,
        )
    return str(table.reparation_article)
