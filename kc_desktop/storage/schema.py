"""The tables of version 1, never edited again: `schema_2` and what follows say what later versions change.

All tables are STRICT with an integer id that is never reused (the history names rows by it); money is INTEGER đồng
between 0 and 10^15; dates are ISO text; sets are text codes with CHECK; every foreign key says what happens on delete:
CASCADE for the parts of a whole, NO ACTION where something else depends on the row. `*_key`, `search_key` and
`marked_key` are our own keys for sorting and searching Vietnamese (`storage.records` writes them). The ledger
`fund_entry` is append-only: only undo and redo, which stay in the history, may touch an entry again. The history's own
two tables only grow, so their ids need no AUTOINCREMENT, and a change's uuid no index: each would cost every save a
page.
"""

APPLICATION_ID = 0x4B434442
"""Marks a file as ours in SQLite's header: the letters KCDB."""

SCHEMA_VERSION = 3
"""The newest version this program knows, kept in SQLite's user_version."""

SCHEMA_1 = """
CREATE TABLE office (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    parent_name TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL DEFAULT '' CHECK (name <> ''),
    abbreviation TEXT NOT NULL DEFAULT '',
    department TEXT NOT NULL DEFAULT '',
    department_abbreviation TEXT NOT NULL DEFAULT '',
    place TEXT NOT NULL DEFAULT '',
    address TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    tax_code TEXT NOT NULL DEFAULT '',
    CHECK (id = 1)
) STRICT;
CREATE TABLE admin_unit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL DEFAULT '' CHECK (code <> ''),
    name TEXT NOT NULL DEFAULT '' CHECK (name <> ''),
    kind TEXT NOT NULL
        CHECK (kind IN ('tinh', 'thanh_pho', 'huyen', 'xa', 'phuong', 'thi_tran', 'dac_khu')),
    parent_code TEXT NOT NULL DEFAULT '',
    valid_from TEXT CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    valid_to TEXT CHECK (valid_to GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    successor_code TEXT NOT NULL DEFAULT '',
    name_key TEXT NOT NULL DEFAULT '',
    search_key TEXT NOT NULL DEFAULT '',
    marked_key TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE person (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL DEFAULT '' CHECK (name <> ''),
    honorific TEXT NOT NULL DEFAULT ''
        CHECK (honorific IN ('', 'ong', 'ba')),
    group_code TEXT NOT NULL DEFAULT 'guest'
        CHECK (group_code IN ('staff', 'authority', 'collaborator', 'establishment', 'guest')),
    post TEXT NOT NULL DEFAULT '',
    organisation TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    commune_id INTEGER REFERENCES admin_unit (id) ON DELETE NO ACTION,
    birth_year INTEGER,
    citizen_id TEXT NOT NULL DEFAULT '',
    bank_account TEXT NOT NULL DEFAULT '',
    bank_name TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    name_key TEXT NOT NULL DEFAULT '',
    organisation_key TEXT NOT NULL DEFAULT '',
    search_key TEXT NOT NULL DEFAULT '',
    marked_key TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX person_commune_id ON person (commune_id);
CREATE TABLE signer (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE NO ACTION,
    post TEXT NOT NULL DEFAULT '' CHECK (post <> ''),
    authority TEXT NOT NULL DEFAULT ''
        CHECK (authority IN ('', 'TM.', 'Q.', 'KT.', 'TL.', 'TUQ.')),
    authority_post TEXT NOT NULL DEFAULT '',
    valid_from TEXT CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    valid_to TEXT CHECK (valid_to GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    is_default INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0, 1))
) STRICT;
CREATE INDEX signer_person_id ON signer (person_id);
CREATE TABLE establishment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL DEFAULT '' CHECK (name <> ''),
    kind TEXT NOT NULL DEFAULT 'doanh_nghiep'
        CHECK (kind IN ('doanh_nghiep', 'hop_tac_xa', 'to_hop_tac', 'ho_kinh_doanh', 'khac')),
    tax_code TEXT NOT NULL DEFAULT '',
    address TEXT NOT NULL DEFAULT '',
    commune_id INTEGER REFERENCES admin_unit (id) ON DELETE NO ACTION,
    phone TEXT NOT NULL DEFAULT '',
    email TEXT NOT NULL DEFAULT '',
    representative_id INTEGER REFERENCES person (id) ON DELETE NO ACTION,
    representative_post TEXT NOT NULL DEFAULT '',
    trade TEXT NOT NULL DEFAULT '',
    trade_group TEXT NOT NULL DEFAULT ''
        CHECK (trade_group IN ('', 'a', 'b', 'c', 'd', 'dd', 'e', 'g')),
    workers INTEGER,
    capital_vnd INTEGER CHECK (capital_vnd BETWEEN 0 AND 1000000000000000),
    revenue_vnd INTEGER CHECK (revenue_vnd BETWEEN 0 AND 1000000000000000),
    is_craft_village INTEGER NOT NULL DEFAULT 0 CHECK (is_craft_village IN (0, 1)),
    note TEXT NOT NULL DEFAULT '',
    name_key TEXT NOT NULL DEFAULT '',
    search_key TEXT NOT NULL DEFAULT '',
    marked_key TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX establishment_commune_id ON establishment (commune_id);
CREATE INDEX establishment_representative_id ON establishment (representative_id);
CREATE TABLE five_year_programme (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL DEFAULT '' CHECK (name <> ''),
    first_year INTEGER,
    last_year INTEGER,
    source TEXT NOT NULL DEFAULT 'KCDP'
        CHECK (source IN ('KCDP', 'KCQG')),
    decision TEXT NOT NULL DEFAULT '',
    decided_on TEXT CHECK (decided_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]')
) STRICT;
CREATE TABLE annual_plan (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    year INTEGER NOT NULL DEFAULT 0,
    source TEXT NOT NULL DEFAULT 'KCDP'
        CHECK (source IN ('KCDP', 'KCQG')),
    decision TEXT NOT NULL DEFAULT '',
    decided_on TEXT CHECK (decided_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    note TEXT NOT NULL DEFAULT '',
    search_key TEXT NOT NULL DEFAULT '',
    marked_key TEXT NOT NULL DEFAULT '',
    UNIQUE (year, source)
) STRICT;
CREATE TABLE programme (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    year INTEGER NOT NULL DEFAULT 0,
    ordinal INTEGER NOT NULL DEFAULT 0,
    name TEXT NOT NULL DEFAULT '' CHECK (name <> ''),
    content TEXT NOT NULL DEFAULT ''
        CHECK (content IN ('', '1', '2', '3', '4', '5', '6', '7', '8', '9')),
    source TEXT NOT NULL DEFAULT 'KCDP'
        CHECK (source IN ('KCDP', 'KCQG')),
    five_year_programme_id INTEGER REFERENCES five_year_programme (id) ON DELETE NO ACTION,
    budget_vnd INTEGER NOT NULL DEFAULT 0 CHECK (budget_vnd BETWEEN 0 AND 1000000000000000),
    description TEXT NOT NULL DEFAULT '',
    name_key TEXT NOT NULL DEFAULT '',
    search_key TEXT NOT NULL DEFAULT '',
    marked_key TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX programme_five_year_programme_id ON programme (five_year_programme_id);
CREATE TABLE target (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    programme_id INTEGER NOT NULL REFERENCES programme (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL DEFAULT 0,
    name TEXT NOT NULL DEFAULT '' CHECK (name <> ''),
    unit TEXT NOT NULL DEFAULT '',
    planned_from INTEGER NOT NULL DEFAULT 0,
    planned_to INTEGER NOT NULL DEFAULT 0,
    search_key TEXT NOT NULL DEFAULT '',
    marked_key TEXT NOT NULL DEFAULT '',
    CHECK (planned_from <= planned_to)
) STRICT;
CREATE INDEX target_programme_id ON target (programme_id);
CREATE TABLE project (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL DEFAULT '' CHECK (name <> ''),
    year INTEGER NOT NULL DEFAULT 0,
    end_year INTEGER,
    programme_id INTEGER REFERENCES programme (id) ON DELETE NO ACTION,
    content TEXT NOT NULL DEFAULT ''
        CHECK (content IN ('', '1', '2', '3', '4', '5', '6', '7', '8', '9')),
    source TEXT NOT NULL DEFAULT 'KCDP'
        CHECK (source IN ('KCDP', 'KCQG')),
    kind TEXT NOT NULL DEFAULT 'thuong'
        CHECK (kind IN ('thuong', 'diem', 'nhom')),
    state TEXT NOT NULL DEFAULT 'draft'
        CHECK (state IN (
            'draft', 'received', 'surveyed', 'appraising', 'returned', 'rejected', 'approved', 'contracted',
            'running', 'accepted', 'paid', 'settled', 'suspended', 'stopped')),
    implementer TEXT NOT NULL DEFAULT '',
    partners TEXT NOT NULL DEFAULT '',
    place TEXT NOT NULL DEFAULT '',
    commune_id INTEGER REFERENCES admin_unit (id) ON DELETE NO ACTION,
    starts_on TEXT CHECK (starts_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    ends_on TEXT CHECK (ends_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    requested_vnd INTEGER CHECK (requested_vnd BETWEEN 0 AND 1000000000000000),
    appraised_vnd INTEGER CHECK (appraised_vnd BETWEEN 0 AND 1000000000000000),
    approved_vnd INTEGER CHECK (approved_vnd BETWEEN 0 AND 1000000000000000),
    adjusted_vnd INTEGER CHECK (adjusted_vnd BETWEEN 0 AND 1000000000000000),
    own_vnd INTEGER NOT NULL DEFAULT 0 CHECK (own_vnd BETWEEN 0 AND 1000000000000000),
    other_vnd INTEGER NOT NULL DEFAULT 0 CHECK (other_vnd BETWEEN 0 AND 1000000000000000),
    approval_number TEXT NOT NULL DEFAULT '',
    approved_on TEXT CHECK (approved_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    necessity TEXT NOT NULL DEFAULT '',
    goals TEXT NOT NULL DEFAULT '',
    scale TEXT NOT NULL DEFAULT '',
    work_plan TEXT NOT NULL DEFAULT '',
    organisation TEXT NOT NULL DEFAULT '',
    effects TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    name_key TEXT NOT NULL DEFAULT '',
    search_key TEXT NOT NULL DEFAULT '',
    marked_key TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX project_programme_id ON project (programme_id);
CREATE INDEX project_commune_id ON project (commune_id);
CREATE TABLE target_result (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    target_id INTEGER NOT NULL REFERENCES target (id) ON DELETE CASCADE,
    happened_on TEXT NOT NULL CHECK (happened_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    quantity INTEGER NOT NULL DEFAULT 0,
    project_id INTEGER REFERENCES project (id) ON DELETE SET NULL,
    evidence TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX target_result_target_id ON target_result (target_id);
CREATE INDEX target_result_project_id ON target_result (project_id);
CREATE TABLE project_beneficiary (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    project_id INTEGER NOT NULL REFERENCES project (id) ON DELETE CASCADE,
    establishment_id INTEGER NOT NULL REFERENCES establishment (id) ON DELETE NO ACTION,
    support_vnd INTEGER NOT NULL DEFAULT 0 CHECK (support_vnd BETWEEN 0 AND 1000000000000000),
    own_vnd INTEGER NOT NULL DEFAULT 0 CHECK (own_vnd BETWEEN 0 AND 1000000000000000),
    snapshot TEXT NOT NULL DEFAULT '',
    UNIQUE (project_id, establishment_id)
) STRICT;
CREATE INDEX project_beneficiary_project_id ON project_beneficiary (project_id);
CREATE INDEX project_beneficiary_establishment_id ON project_beneficiary (establishment_id);
CREATE TABLE estimate_line (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    project_id INTEGER NOT NULL REFERENCES project (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL DEFAULT 0,
    content TEXT NOT NULL DEFAULT '' CHECK (content <> ''),
    unit TEXT NOT NULL DEFAULT '',
    quantity TEXT,
    price_vnd INTEGER CHECK (price_vnd BETWEEN 0 AND 1000000000000000),
    total_vnd INTEGER NOT NULL DEFAULT 0 CHECK (total_vnd BETWEEN 0 AND 1000000000000000),
    support_vnd INTEGER NOT NULL DEFAULT 0 CHECK (support_vnd BETWEEN 0 AND 1000000000000000),
    own_vnd INTEGER NOT NULL DEFAULT 0 CHECK (own_vnd BETWEEN 0 AND 1000000000000000),
    other_vnd INTEGER NOT NULL DEFAULT 0 CHECK (other_vnd BETWEEN 0 AND 1000000000000000),
    note TEXT NOT NULL DEFAULT '',
    CHECK (total_vnd = support_vnd + own_vnd + other_vnd)
) STRICT;
CREATE INDEX estimate_line_project_id ON estimate_line (project_id);
CREATE TABLE project_step (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    project_id INTEGER NOT NULL REFERENCES project (id) ON DELETE CASCADE,
    state TEXT NOT NULL
        CHECK (state IN (
            'draft', 'received', 'surveyed', 'appraising', 'returned', 'rejected', 'approved', 'contracted',
            'running', 'accepted', 'paid', 'settled', 'suspended', 'stopped')),
    happened_on TEXT NOT NULL CHECK (happened_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    document TEXT NOT NULL DEFAULT '',
    signer TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX project_step_project_id ON project_step (project_id);
CREATE TABLE checklist_item (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    project_id INTEGER NOT NULL REFERENCES project (id) ON DELETE CASCADE,
    step TEXT NOT NULL
        CHECK (step IN (
            'draft', 'received', 'surveyed', 'appraising', 'returned', 'rejected', 'approved', 'contracted',
            'running', 'accepted', 'paid', 'settled', 'suspended', 'stopped')),
    name TEXT NOT NULL DEFAULT '' CHECK (name <> ''),
    is_required INTEGER NOT NULL DEFAULT 1 CHECK (is_required IN (0, 1)),
    received_on TEXT CHECK (received_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    attachment_id INTEGER REFERENCES attachment (id) ON DELETE SET NULL,
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX checklist_item_project_id ON checklist_item (project_id);
CREATE INDEX checklist_item_attachment_id ON checklist_item (attachment_id);
CREATE TABLE progress_report (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    project_id INTEGER NOT NULL REFERENCES project (id) ON DELETE CASCADE,
    month TEXT NOT NULL DEFAULT '' CHECK (month <> ''),
    reported_percent TEXT,
    verified_percent TEXT,
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX progress_report_project_id ON progress_report (project_id);
CREATE TABLE impact (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    project_id INTEGER NOT NULL REFERENCES project (id) ON DELETE CASCADE,
    establishment_id INTEGER NOT NULL REFERENCES establishment (id) ON DELETE NO ACTION,
    workers_before INTEGER,
    workers_after INTEGER,
    revenue_before_vnd INTEGER CHECK (revenue_before_vnd BETWEEN 0 AND 1000000000000000),
    revenue_after_vnd INTEGER CHECK (revenue_after_vnd BETWEEN 0 AND 1000000000000000),
    budget_before_vnd INTEGER CHECK (budget_before_vnd BETWEEN 0 AND 1000000000000000),
    budget_after_vnd INTEGER CHECK (budget_after_vnd BETWEEN 0 AND 1000000000000000)
) STRICT;
CREATE INDEX impact_project_id ON impact (project_id);
CREATE INDEX impact_establishment_id ON impact (establishment_id);
CREATE TABLE fund_entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    happened_on TEXT NOT NULL CHECK (happened_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    kind TEXT NOT NULL DEFAULT 'payment'
        CHECK (kind IN ('allocation', 'supplement', 'advance', 'payment', 'settlement', 'refund', 'reversal')),
    plan_id INTEGER NOT NULL REFERENCES annual_plan (id) ON DELETE NO ACTION,
    programme_id INTEGER REFERENCES programme (id) ON DELETE NO ACTION,
    project_id INTEGER REFERENCES project (id) ON DELETE NO ACTION,
    amount_vnd INTEGER NOT NULL DEFAULT 0 CHECK (amount_vnd BETWEEN 0 AND 1000000000000000),
    document TEXT NOT NULL DEFAULT '',
    payee TEXT NOT NULL DEFAULT '',
    treasury_code TEXT NOT NULL DEFAULT '',
    reverses_id INTEGER REFERENCES fund_entry (id) ON DELETE NO ACTION,
    reason TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    search_key TEXT NOT NULL DEFAULT '',
    marked_key TEXT NOT NULL DEFAULT '',
    CHECK (amount_vnd > 0),
    CHECK ((kind = 'reversal') = (reverses_id IS NOT NULL))
) STRICT;
CREATE INDEX fund_entry_plan_id ON fund_entry (plan_id, happened_on);
CREATE INDEX fund_entry_programme_id ON fund_entry (programme_id);
CREATE INDEX fund_entry_project_id ON fund_entry (project_id);
CREATE INDEX fund_entry_reverses_id ON fund_entry (reverses_id);
CREATE TABLE appointment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    number TEXT NOT NULL DEFAULT '' CHECK (number <> ''),
    decided_on TEXT CHECK (decided_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    authority TEXT NOT NULL DEFAULT 'so'
        CHECK (authority IN ('so', 'ubnd')),
    valid_from TEXT CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    valid_to TEXT CHECK (valid_to GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    note TEXT NOT NULL DEFAULT '',
    search_key TEXT NOT NULL DEFAULT '',
    marked_key TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE appointment_member (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    appointment_id INTEGER NOT NULL REFERENCES appointment (id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE NO ACTION,
    level TEXT NOT NULL DEFAULT 'xa'
        CHECK (level IN ('huyen', 'xa', 'hiep_hoi')),
    role TEXT NOT NULL DEFAULT 'ctv'
        CHECK (role IN ('ctv', 'to_truong')),
    area TEXT NOT NULL DEFAULT '',
    ended_on TEXT CHECK (ended_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    search_key TEXT NOT NULL DEFAULT '',
    marked_key TEXT NOT NULL DEFAULT '',
    UNIQUE (appointment_id, person_id)
) STRICT;
CREATE INDEX appointment_member_appointment_id ON appointment_member (appointment_id);
CREATE INDEX appointment_member_person_id ON appointment_member (person_id);
CREATE TABLE member_area (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    member_id INTEGER NOT NULL REFERENCES appointment_member (id) ON DELETE CASCADE,
    commune_id INTEGER NOT NULL REFERENCES admin_unit (id) ON DELETE NO ACTION
) STRICT;
CREATE INDEX member_area_member_id ON member_area (member_id);
CREATE INDEX member_area_commune_id ON member_area (commune_id);
CREATE TABLE collaborator_report (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE NO ACTION,
    period TEXT NOT NULL DEFAULT '' CHECK (period <> ''),
    received_on TEXT CHECK (received_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    content TEXT NOT NULL DEFAULT '',
    UNIQUE (person_id, period)
) STRICT;
CREATE INDEX collaborator_report_person_id ON collaborator_report (person_id);
CREATE TABLE lead (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE NO ACTION,
    establishment_id INTEGER REFERENCES establishment (id) ON DELETE NO ACTION,
    found_on TEXT CHECK (found_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    need TEXT NOT NULL DEFAULT '' CHECK (need <> ''),
    project_id INTEGER REFERENCES project (id) ON DELETE NO ACTION,
    state TEXT NOT NULL DEFAULT 'new'
        CHECK (state IN ('new', 'followed', 'project', 'closed'))
) STRICT;
CREATE INDEX lead_person_id ON lead (person_id);
CREATE INDEX lead_establishment_id ON lead (establishment_id);
CREATE INDEX lead_project_id ON lead (project_id);
CREATE TABLE remuneration_rule (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    level TEXT NOT NULL DEFAULT 'xa'
        CHECK (level IN ('huyen', 'xa', 'hiep_hoi')),
    kind TEXT NOT NULL DEFAULT 'coefficient'
        CHECK (kind IN ('coefficient', 'fixed')),
    coefficient TEXT,
    amount_vnd INTEGER CHECK (amount_vnd BETWEEN 0 AND 1000000000000000),
    citation TEXT NOT NULL DEFAULT '',
    valid_from TEXT CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    valid_to TEXT CHECK (valid_to GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]')
) STRICT;
CREATE TABLE remuneration (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE NO ACTION,
    period TEXT NOT NULL DEFAULT '' CHECK (period <> ''),
    amount_vnd INTEGER NOT NULL DEFAULT 0 CHECK (amount_vnd BETWEEN 0 AND 1000000000000000),
    paid_on TEXT CHECK (paid_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    fund_entry_id INTEGER REFERENCES fund_entry (id) ON DELETE NO ACTION
) STRICT;
CREATE INDEX remuneration_person_id ON remuneration (person_id);
CREATE INDEX remuneration_fund_entry_id ON remuneration (fund_entry_id);
CREATE TABLE meeting (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL DEFAULT 'khac'
        CHECK (kind IN (
            'giao_ban', 'tong_ket_ctv', 'tham_dinh', 'nghiem_thu', 'tap_huan', 'hoi_nghi', 'lam_viec', 'khac')),
    title TEXT NOT NULL DEFAULT '' CHECK (title <> ''),
    held_on TEXT NOT NULL CHECK (held_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    starts_at TEXT NOT NULL DEFAULT '',
    ends_at TEXT NOT NULL DEFAULT '',
    ended_on TEXT CHECK (ended_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    place TEXT NOT NULL DEFAULT '',
    chair_id INTEGER REFERENCES person (id) ON DELETE NO ACTION,
    secretary_id INTEGER REFERENCES person (id) ON DELETE NO ACTION,
    number INTEGER,
    symbol TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT 'draft'
        CHECK (state IN ('draft', 'invited', 'held', 'finalised')),
    recipients TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '',
    title_key TEXT NOT NULL DEFAULT '',
    search_key TEXT NOT NULL DEFAULT '',
    marked_key TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX meeting_chair_id ON meeting (chair_id);
CREATE INDEX meeting_secretary_id ON meeting (secretary_id);
CREATE TABLE agenda_item (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL DEFAULT 0,
    title TEXT NOT NULL DEFAULT '' CHECK (title <> ''),
    presenter_id INTEGER REFERENCES person (id) ON DELETE NO ACTION,
    planned_minutes INTEGER
) STRICT;
CREATE INDEX agenda_item_meeting_id ON agenda_item (meeting_id);
CREATE INDEX agenda_item_presenter_id ON agenda_item (presenter_id);
CREATE TABLE attendee (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE NO ACTION,
    role TEXT NOT NULL DEFAULT 'guest'
        CHECK (role IN ('chair_side', 'authority', 'staff', 'collaborator', 'guest')),
    state TEXT NOT NULL DEFAULT 'invited'
        CHECK (state IN ('invited', 'confirmed', 'present', 'excused', 'absent', 'delegate')),
    reason TEXT NOT NULL DEFAULT '',
    delegate_id INTEGER REFERENCES person (id) ON DELETE NO ACTION,
    ordinal INTEGER NOT NULL DEFAULT 0,
    UNIQUE (meeting_id, person_id)
) STRICT;
CREATE INDEX attendee_meeting_id ON attendee (meeting_id);
CREATE INDEX attendee_person_id ON attendee (person_id);
CREATE INDEX attendee_delegate_id ON attendee (delegate_id);
CREATE TABLE entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
    agenda_item_id INTEGER REFERENCES agenda_item (id) ON DELETE SET NULL,
    ordinal INTEGER NOT NULL DEFAULT 0,
    speaker_id INTEGER REFERENCES person (id) ON DELETE NO ACTION,
    said_at TEXT NOT NULL DEFAULT '',
    body TEXT NOT NULL DEFAULT '' CHECK (body <> '')
) STRICT;
CREATE INDEX entry_meeting_id ON entry (meeting_id);
CREATE INDEX entry_agenda_item_id ON entry (agenda_item_id);
CREATE INDEX entry_speaker_id ON entry (speaker_id);
CREATE TABLE conclusion (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL DEFAULT 0,
    body TEXT NOT NULL DEFAULT '' CHECK (body <> '')
) STRICT;
CREATE INDEX conclusion_meeting_id ON conclusion (meeting_id);
CREATE TABLE task (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL DEFAULT 0,
    body TEXT NOT NULL DEFAULT '' CHECK (body <> ''),
    owner_id INTEGER REFERENCES person (id) ON DELETE NO ACTION,
    due_on TEXT CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    state TEXT NOT NULL DEFAULT 'open'
        CHECK (state IN ('open', 'done', 'dropped')),
    carried_from_id INTEGER REFERENCES task (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX task_meeting_id ON task (meeting_id);
CREATE INDEX task_owner_id ON task (owner_id);
CREATE INDEX task_carried_from_id ON task (carried_from_id);
CREATE TABLE petition (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL DEFAULT 0,
    asked_by_id INTEGER REFERENCES person (id) ON DELETE NO ACTION,
    body TEXT NOT NULL DEFAULT '' CHECK (body <> ''),
    answered_by_id INTEGER REFERENCES person (id) ON DELETE NO ACTION,
    answer TEXT NOT NULL DEFAULT '',
    answered_on TEXT CHECK (answered_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    is_closed INTEGER NOT NULL DEFAULT 0 CHECK (is_closed IN (0, 1))
) STRICT;
CREATE INDEX petition_meeting_id ON petition (meeting_id);
CREATE INDEX petition_asked_by_id ON petition (asked_by_id);
CREATE INDEX petition_answered_by_id ON petition (answered_by_id);
CREATE TABLE paper (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL DEFAULT '' CHECK (kind <> ''),
    number INTEGER,
    symbol TEXT NOT NULL DEFAULT '',
    year INTEGER NOT NULL DEFAULT 0,
    dated TEXT CHECK (dated GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    subject TEXT NOT NULL DEFAULT '',
    signer TEXT NOT NULL DEFAULT '',
    recipients TEXT NOT NULL DEFAULT '',
    record_table TEXT NOT NULL DEFAULT '',
    record_id INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'draft'
        CHECK (state IN ('draft', 'issued', 'replaced', 'cancelled')),
    sha256 TEXT NOT NULL DEFAULT '',
    search_key TEXT NOT NULL DEFAULT '',
    marked_key TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE attachment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    owner_table TEXT NOT NULL DEFAULT '' CHECK (owner_table <> ''),
    owner_id INTEGER NOT NULL DEFAULT 0,
    name TEXT NOT NULL DEFAULT '' CHECK (name <> ''),
    size_bytes INTEGER NOT NULL DEFAULT 0,
    sha256 TEXT NOT NULL DEFAULT '' CHECK (sha256 <> '')
) STRICT;
CREATE TABLE norm (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL DEFAULT '' CHECK (code <> ''),
    name TEXT NOT NULL DEFAULT '' CHECK (name <> ''),
    content TEXT NOT NULL DEFAULT ''
        CHECK (content IN ('', '1', '2', '3', '4', '5', '6', '7', '8', '9')),
    rate_percent TEXT,
    ceiling_vnd INTEGER CHECK (ceiling_vnd BETWEEN 0 AND 1000000000000000),
    per TEXT NOT NULL DEFAULT '',
    citation TEXT NOT NULL DEFAULT '',
    valid_from TEXT CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    valid_to TEXT CHECK (valid_to GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    certainty TEXT NOT NULL DEFAULT 'unverified'
        CHECK (certainty IN ('confirmed', 'unverified'))
) STRICT;
CREATE TABLE advance_rate (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL DEFAULT '' CHECK (code <> ''),
    name TEXT NOT NULL DEFAULT '' CHECK (name <> ''),
    rate_percent TEXT,
    citation TEXT NOT NULL DEFAULT '',
    valid_from TEXT CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    valid_to TEXT CHECK (valid_to GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    certainty TEXT NOT NULL DEFAULT 'unverified'
        CHECK (certainty IN ('confirmed', 'unverified'))
) STRICT;
CREATE TABLE base_salary (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    amount_vnd INTEGER NOT NULL DEFAULT 0 CHECK (amount_vnd BETWEEN 0 AND 1000000000000000),
    citation TEXT NOT NULL DEFAULT '',
    valid_from TEXT NOT NULL CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    certainty TEXT NOT NULL DEFAULT 'unverified'
        CHECK (certainty IN ('confirmed', 'unverified'))
) STRICT;
CREATE TABLE deadline_rule (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL DEFAULT '' CHECK (code <> ''),
    name TEXT NOT NULL DEFAULT '' CHECK (name <> ''),
    month INTEGER,
    day_of_month INTEGER,
    days_after INTEGER,
    citation TEXT NOT NULL DEFAULT '',
    valid_from TEXT CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    valid_to TEXT CHECK (valid_to GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    certainty TEXT NOT NULL DEFAULT 'unverified'
        CHECK (certainty IN ('confirmed', 'unverified'))
) STRICT;
CREATE TABLE legal_basis (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL DEFAULT '' CHECK (code <> ''),
    full_text TEXT NOT NULL DEFAULT '' CHECK (full_text <> ''),
    valid_from TEXT CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    valid_to TEXT CHECK (valid_to GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    certainty TEXT NOT NULL DEFAULT 'unverified'
        CHECK (certainty IN ('confirmed', 'unverified'))
) STRICT;
CREATE TABLE paper_file (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    paper_id INTEGER NOT NULL UNIQUE REFERENCES paper (id) ON DELETE CASCADE,
    pdf BLOB NOT NULL
) STRICT;
CREATE TABLE setting (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    value TEXT NOT NULL
) STRICT;
CREATE INDEX admin_unit_code ON admin_unit (code);
CREATE INDEX admin_unit_name_key ON admin_unit (name_key);
CREATE INDEX person_name_key ON person (name_key);
CREATE INDEX person_group ON person (group_code, name_key);
CREATE INDEX establishment_name_key ON establishment (name_key);
CREATE INDEX establishment_tax_code ON establishment (tax_code);
CREATE INDEX programme_year ON programme (year, ordinal);
CREATE INDEX programme_name_key ON programme (name_key);
CREATE INDEX project_year ON project (year, name_key);
CREATE INDEX project_name_key ON project (name_key);
CREATE INDEX fund_entry_happened_on ON fund_entry (happened_on);
CREATE INDEX meeting_held_on ON meeting (held_on);
CREATE INDEX meeting_title_key ON meeting (title_key);
CREATE INDEX paper_year ON paper (year, kind, number);
CREATE INDEX attachment_owner ON attachment (owner_table, owner_id);

CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    uuid TEXT NOT NULL,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    pc TEXT NOT NULL,
    label TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('start', 'do', 'undo', 'redo')),
    target INTEGER REFERENCES change (id) ON DELETE NO ACTION,
    hash TEXT,
    CHECK ((kind IN ('start', 'do')) = (target IS NULL))
) STRICT;
CREATE TABLE change_row (
    id INTEGER PRIMARY KEY,
    change_id INTEGER NOT NULL REFERENCES change (id) ON DELETE NO ACTION,
    table_name TEXT NOT NULL,
    row_id INTEGER NOT NULL,
    before TEXT,
    after TEXT,
    CHECK (before IS NOT NULL OR after IS NOT NULL)
) STRICT;
CREATE INDEX change_row_change ON change_row (change_id);
CREATE INDEX change_row_row ON change_row (table_name, row_id);
CREATE INDEX change_row_deleted ON change_row (id) WHERE after IS NULL;

CREATE TRIGGER fund_entry_is_never_edited BEFORE UPDATE ON fund_entry
WHEN (SELECT kind FROM change ORDER BY id DESC LIMIT 1) NOT IN ('undo', 'redo')
BEGIN
    SELECT RAISE(ABORT, 'fund_entry is append-only');
END;
CREATE TRIGGER fund_entry_is_never_deleted BEFORE DELETE ON fund_entry
WHEN (SELECT kind FROM change ORDER BY id DESC LIMIT 1) NOT IN ('undo', 'redo')
BEGIN
    SELECT RAISE(ABORT, 'fund_entry is append-only');
END;
"""
