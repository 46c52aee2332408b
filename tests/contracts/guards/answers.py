"""Reading the answers of guards."""

from typing import TypeVar

from terms.refusal import Refusal

T = TypeVar("T")


def no(answer: Refusal | None) -> Refusal:
    """The refusal that a guard gave; the test fails where it gave none."""
    assert answer is not None, "the guard had nothing against it"
    return answer


def there(value: T | None) -> T:
    """A table or ground that the document must have for the test to make sense."""
    assert value is not None, "the document has no such thing"
    return value
