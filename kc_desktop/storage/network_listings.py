"""The lists of the network: collaborators of a year, and the places nobody looks after."""

from __future__ import annotations

from kc_desktop.domain.fields import Kind, Sort
from kc_desktop.domain.people import AdminUnit, AppointmentMember
from kc_desktop.storage.listing import Column, Lead, Listing
from kc_desktop.storage.listings import PROVINCE, columns_of, filters_of, linked
from kc_desktop.storage.network import ESTABLISHMENTS, NEVER, PROJECTS, expiring_sql, last_day_sql, uncovered_sql

_AREA = (
    "t.area || coalesce(CASE t.area WHEN '' THEN '' ELSE '; ' END || (SELECT group_concat(c.name, ', ') FROM "
    "(SELECT DISTINCT u.name FROM member_area AS r JOIN admin_unit AS u ON u.id = r.commune_id "
    "WHERE r.member_id = t.id ORDER BY u.name_key) AS c), '')"
)
"""What a collaborator looks after: the words typed, then the communes."""


def collaborators() -> Listing:
    """Return those who are named by the decisions in force in a year, with what each looks after and until when."""
    last_day = f"nullif({last_day_sql('t')}, '{NEVER}')"
    return Listing(
        table="appointment_member",
        joins=("JOIN person AS p ON p.id = t.person_id JOIN appointment AS a ON a.id = t.appointment_id"),
        columns=(
            linked("name", "Họ và tên", "p", "name", width=28, sort=Sort.PERSON, searched_key="p.search_key"),
            *columns_of(AppointmentMember, "level"),
            Column(
                key="area",
                label="Địa bàn, hiệp hội",
                kind=Kind.LINE,
                sql=_AREA,
                sort_sql="t.area",
                width=30,
            ),
            Column(key="until", label="Nhiệm kỳ đến ngày", kind=Kind.DATE, sql=last_day, sort_sql=last_day, width=15),
            *columns_of(AppointmentMember, "role"),
            linked("organisation", "Đơn vị công tác", "p", "organisation", width=30, sort=Sort.VIETNAMESE),
            linked("phone", "Điện thoại", "p", "phone", width=14),
            Column(
                key="decision",
                label="Quyết định",
                kind=Kind.LINE,
                sql="CASE a.state WHEN 'proposed' THEN 'đang đề nghị' ELSE a.number END",
                sort_sql="a.number",
                width=16,
            ),
        ),
        year_sql=(
            "coalesce(a.valid_from, a.decided_on, '') <= ? || '-12-31' "
            "AND coalesce(a.valid_to, '9999') >= ? || '-01-01'"
        ),
        filters=filters_of(AppointmentMember) | {"expiring": expiring_sql("t")},
        searched_table="person",
        found_id="t.person_id",
        lead=Lead(
            sort="name",
            source=(
                "person AS p CROSS JOIN appointment_member AS t ON t.person_id = p.id "
                "CROSS JOIN appointment AS a ON a.id = t.appointment_id"
            ),
        ),
    )


def uncovered() -> Listing:
    """Return the communes with projects or establishments that no collaborator looks after."""
    return Listing(
        table="admin_unit",
        columns=(
            *columns_of(AdminUnit, "name", "is_priority"),
            Column(key="projects", label="Đề án", kind=Kind.INTEGER, sql=PROJECTS, sort_sql=PROJECTS, width=8),
            Column(
                key="establishments",
                label="Cơ sở",
                kind=Kind.INTEGER,
                sql=ESTABLISHMENTS,
                sort_sql=ESTABLISHMENTS,
                width=8,
            ),
            Column(key="parent_code", label="Thuộc", kind=Kind.LINE, sql=PROVINCE, sort_sql="t.parent_code", width=20),
        ),
        filters=filters_of(AdminUnit) | {"uncovered_on": uncovered_sql()},
    )
