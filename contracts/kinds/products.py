"""The product that a request names."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contracts.models import Product


def product_of(details: Mapping[str, Any], terms_code: str, *kinds: str) -> Product:
    """The product that the details name, offered under those terms and of one of those kinds. ValidationError otherwise."""
    product = Product.objects.filter(
        code=details["product"], terms_code=terms_code, kind__in=kinds, offered=True
    ).first()
    if product is None:
        raise ValidationError(
            {
                "product": _("“%(code)s” is no product offered under these terms.")
                % {"code": details["product"]}
            }
        )
    return product
