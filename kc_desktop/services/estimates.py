"""Lines of an estimate: total = support + own + other on every line, quantity × price, and blocks from Excel."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from kc_desktop.domain.money import format_vnd
from kc_desktop.domain.project import EstimateLine

PARTS: Final = ("support_vnd", "own_vnd", "other_vnd")
"""Who pays: the three columns that make up a line's total (TT 36/2013 Phụ lục 1, Mẫu số 1)."""

HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "content": ("nội dung chi", "nội dung", "khoản chi", "hạng mục", "diễn giải"),
    "unit": ("đơn vị tính", "đvt", "đv tính", "đơn vị"),
    "quantity": ("số lượng", "khối lượng", "sl"),
    "price_vnd": ("đơn giá", "giá"),
    "total_vnd": ("tổng kinh phí", "thành tiền", "tổng số", "tổng"),
    "support_vnd": ("khuyến công hỗ trợ", "kinh phí khuyến công", "kcqg", "kcđp", "khuyến công", "hỗ trợ"),
    "own_vnd": ("đóng góp của đơn vị thụ hưởng", "đơn vị thụ hưởng", "đối ứng", "đóng góp"),
    "other_vnd": ("nguồn khác", "khác"),
    "note": ("ghi chú",),
}
"""The words people head an estimate's columns with, for reading a block copied from Excel."""


def product_of(line: EstimateLine) -> int | None:
    """Return quantity × price in whole đồng, half up; None while one of them is unknown."""
    return _product(line.quantity, line.price_vnd)


def _product(quantity: object, price: object) -> int | None:
    if not isinstance(quantity, Decimal) or not isinstance(price, int):
        return None
    return int((quantity * price).quantize(Decimal(1), ROUND_HALF_UP))


def derive(line: EstimateLine, changed: str) -> EstimateLine:
    """Return a line with its total worked out after a field was changed.

    Once quantity and price are known, the beneficiary's own part is what support and other sources leave of their
    product; typed by hand, it stays as typed. The total is always the sum of the three parts.
    """
    product = product_of(line)
    own = line.own_vnd
    if product is not None and changed in ("quantity", "price_vnd", "support_vnd", "other_vnd"):
        own = max(product - line.support_vnd - line.other_vnd, 0)
    return dataclasses.replace(line, own_vnd=own, total_vnd=line.support_vnd + own + line.other_vnd)


def warning(line: EstimateLine) -> str:
    """Say where a line's total is not quantity × price; "" where it is, or one of them is unknown."""
    product = product_of(line)
    if product is None or product == line.total_vnd:
        return ""
    return f"Số lượng × đơn giá được {format_vnd(product)} đồng, ba nguồn cộng lại {format_vnd(line.total_vnd)} đồng."


def complete(values: Mapping[str, Any], rest_into: str = "") -> tuple[dict[str, Any], str]:
    """Fill in what a pasted line leaves out, and say what does not agree; ("" when all is well).

    A total that is only partly shared out leaves the rest to the one who is not named: the beneficiary, else the
    support, else other sources. A total not shared out at all goes into `rest_into`, one of PARTS, or is a problem.
    """
    filled = dict(values)
    product = _product(values.get("quantity"), values.get("price_vnd"))
    total = values.get("total_vnd")
    given = {name: values[name] for name in PARTS if values.get(name) is not None}
    shared = sum(given.values())
    if total is not None and product is not None and total != product:
        return filled, f"Số lượng × đơn giá được {format_vnd(product)}, cột tổng ghi {format_vnd(total)}."
    if total is None:
        total = product if product is not None else shared
    if not given and total:
        if not rest_into:
            return filled, "Chưa chia nguồn: khuyến công hỗ trợ, đơn vị thụ hưởng hay nguồn khác."
        given[rest_into] = shared = total
    unnamed = [name for name in ("own_vnd", "support_vnd", "other_vnd") if name not in given]
    if shared < total and unnamed:
        given[unnamed[0]] = total - shared
        shared = total
    if shared != total:
        return filled, f"Tổng {format_vnd(total)} khác ba nguồn cộng lại {format_vnd(shared)}."
    filled.update({name: given.get(name, 0) for name in PARTS}, total_vnd=total)
    return filled, ""
