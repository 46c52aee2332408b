"""A Japanese postal address, as a group of columns."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

PREFECTURES = [
    "北海道",
    "青森県",
    "岩手県",
    "宮城県",
    "秋田県",
    "山形県",
    "福島県",
    "茨城県",
    "栃木県",
    "群馬県",
    "埼玉県",
    "千葉県",
    "東京都",
    "神奈川県",
    "新潟県",
    "富山県",
    "石川県",
    "福井県",
    "山梨県",
    "長野県",
    "岐阜県",
    "静岡県",
    "愛知県",
    "三重県",
    "滋賀県",
    "京都府",
    "大阪府",
    "兵庫県",
    "奈良県",
    "和歌山県",
    "鳥取県",
    "島根県",
    "岡山県",
    "広島県",
    "山口県",
    "徳島県",
    "香川県",
    "愛媛県",
    "高知県",
    "福岡県",
    "佐賀県",
    "長崎県",
    "熊本県",
    "大分県",
    "宮崎県",
    "鹿児島県",
    "沖縄県",
]

postal_code_validator = RegexValidator(r"^\d{7}$", _("A postal code is seven digits, without a hyphen."))


class Address(models.Model):
    """Where somebody lives or a line ends."""

    postal_code = models.CharField(_("postal code"), max_length=7, validators=[postal_code_validator])
    prefecture = models.CharField(_("prefecture"), max_length=4, choices=[(p, p) for p in PREFECTURES])
    city = models.CharField(_("city"), max_length=40)
    town = models.CharField(_("town and number"), max_length=100)
    building = models.CharField(_("building and room"), max_length=100, blank=True)

    class Meta:
        abstract = True

    @property
    def full_address(self) -> str:
        """The address on one line, as it is written on an envelope."""
        code = f"〒{self.postal_code[:3]}-{self.postal_code[3:]}"
        return " ".join(
            part for part in (code, f"{self.prefecture}{self.city}{self.town}", self.building) if part
        )
