"""Schema version 2: law as dated data, the life of a project, contracts, locked quarters, treasury statements."""

SCHEMA_2 = """
ALTER TABLE office ADD COLUMN province_id INTEGER REFERENCES admin_unit (id) ON DELETE NO ACTION;
CREATE INDEX office_province_id ON office (province_id);
ALTER TABLE establishment ADD COLUMN beneficiary_group TEXT NOT NULL DEFAULT 'cnnt'
        CHECK (beneficiary_group IN ('cnnt', 'sxsh', 'service', 'cluster', 'artisan'));
ALTER TABLE establishment ADD COLUMN insured_workers INTEGER;
ALTER TABLE establishment ADD COLUMN craft_village_decision TEXT NOT NULL DEFAULT '';
ALTER TABLE programme ADD COLUMN is_draft INTEGER NOT NULL DEFAULT 0 CHECK (is_draft IN (0, 1));
ALTER TABLE target ADD COLUMN periods INTEGER;
ALTER TABLE target ADD COLUMN starts_on TEXT CHECK (starts_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]');
ALTER TABLE target ADD COLUMN ends_on TEXT CHECK (ends_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]');
ALTER TABLE project ADD COLUMN norm_id INTEGER REFERENCES norm (id) ON DELETE NO ACTION;
ALTER TABLE project ADD COLUMN is_priority INTEGER NOT NULL DEFAULT 0 CHECK (is_priority IN (0, 1));
ALTER TABLE project ADD COLUMN request_number TEXT NOT NULL DEFAULT '';
ALTER TABLE project ADD COLUMN requested_on TEXT CHECK (requested_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]');
ALTER TABLE project ADD COLUMN appraisal_number TEXT NOT NULL DEFAULT '';
ALTER TABLE project ADD COLUMN appraised_on TEXT CHECK (appraised_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]');
ALTER TABLE project ADD COLUMN adjustment_number TEXT NOT NULL DEFAULT '';
ALTER TABLE project ADD COLUMN adjusted_on TEXT CHECK (adjusted_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]');
CREATE INDEX project_norm_id ON project (norm_id);
CREATE INDEX project_end_year ON project (end_year) WHERE end_year IS NOT NULL;
ALTER TABLE project_step ADD COLUMN action TEXT NOT NULL DEFAULT ''
        CHECK (action IN (
            '', 'receive', 'survey', 'submit', 'register', 'return', 'resubmit', 'reject', 'approve',
            'contract', 'start', 'advance', 'adjust', 'extend', 'suspend', 'resume', 'stop', 'accept',
            'advance_rest', 'pay', 'settle'));
ALTER TABLE project_step ADD COLUMN from_state TEXT NOT NULL DEFAULT ''
        CHECK (from_state IN (
            '', 'draft', 'received', 'surveyed', 'appraising', 'returned', 'rejected', 'registered',
            'approved', 'contracted', 'running', 'accepted', 'paid', 'settled', 'suspended', 'stopped'));
ALTER TABLE project_step ADD COLUMN amount_vnd INTEGER CHECK (amount_vnd BETWEEN 0 AND 1000000000000000);
ALTER TABLE checklist_item ADD COLUMN rule_code TEXT NOT NULL DEFAULT '';
ALTER TABLE checklist_item ADD COLUMN due_on TEXT CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]');
ALTER TABLE progress_report ADD COLUMN
    reported_on TEXT CHECK (reported_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]');
ALTER TABLE progress_report ADD COLUMN
    verified_on TEXT CHECK (verified_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]');
ALTER TABLE progress_report ADD COLUMN verified_by TEXT NOT NULL DEFAULT '';
ALTER TABLE impact ADD COLUMN new_products TEXT NOT NULL DEFAULT '';
ALTER TABLE impact ADD COLUMN measured_on TEXT CHECK (measured_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]');
ALTER TABLE norm ADD COLUMN scope TEXT NOT NULL DEFAULT '' CHECK (scope IN ('', 'KCDP', 'KCQG'));
ALTER TABLE norm ADD COLUMN basis TEXT NOT NULL DEFAULT 'establishment' CHECK (basis IN ('establishment', 'project'));
ALTER TABLE norm ADD COLUMN advance_code TEXT NOT NULL DEFAULT '';
ALTER TABLE norm ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE advance_rate ADD COLUMN scope TEXT NOT NULL DEFAULT '' CHECK (scope IN ('', 'KCDP', 'KCQG'));
ALTER TABLE advance_rate ADD COLUMN condition TEXT NOT NULL DEFAULT '';
ALTER TABLE deadline_rule ADD COLUMN is_next_year INTEGER NOT NULL DEFAULT 0 CHECK (is_next_year IN (0, 1));
ALTER TABLE deadline_rule ADD COLUMN after_step TEXT NOT NULL DEFAULT '';
ALTER TABLE deadline_rule ADD COLUMN scope TEXT NOT NULL DEFAULT '' CHECK (scope IN ('', 'KCDP', 'KCQG'));
ALTER TABLE legal_basis ADD COLUMN replaced_by TEXT NOT NULL DEFAULT '';
CREATE TABLE legal_figure (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL DEFAULT '' CHECK (code <> ''),
    name TEXT NOT NULL DEFAULT '' CHECK (name <> ''),
    value TEXT,
    unit TEXT NOT NULL DEFAULT '',
    scope TEXT NOT NULL DEFAULT '' CHECK (scope IN ('', 'KCDP', 'KCQG')),
    citation TEXT NOT NULL DEFAULT '',
    valid_from TEXT CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    valid_to TEXT CHECK (valid_to GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    certainty TEXT NOT NULL DEFAULT 'unverified' CHECK (certainty IN ('confirmed', 'unverified'))
) STRICT;
CREATE TABLE paper_basis (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL DEFAULT '' CHECK (kind <> ''),
    ordinal INTEGER NOT NULL DEFAULT 0,
    legal_basis_id INTEGER NOT NULL REFERENCES legal_basis (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX paper_basis_legal_basis_id ON paper_basis (legal_basis_id);
CREATE INDEX paper_basis_kind ON paper_basis (kind, ordinal);
CREATE TABLE body_name (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL DEFAULT '' CHECK (code <> ''),
    name TEXT NOT NULL DEFAULT '' CHECK (name <> ''),
    citation TEXT NOT NULL DEFAULT '',
    valid_from TEXT CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    valid_to TEXT CHECK (valid_to GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    certainty TEXT NOT NULL DEFAULT 'unverified' CHECK (certainty IN ('confirmed', 'unverified'))
) STRICT;
CREATE TABLE reporting_group (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL DEFAULT '' CHECK (code <> ''),
    ordinal INTEGER NOT NULL DEFAULT 0,
    name TEXT NOT NULL DEFAULT '' CHECK (name <> ''),
    contents TEXT NOT NULL DEFAULT '',
    citation TEXT NOT NULL DEFAULT '',
    certainty TEXT NOT NULL DEFAULT 'unverified' CHECK (certainty IN ('confirmed', 'unverified'))
) STRICT;
CREATE TABLE dossier_rule (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL DEFAULT '' CHECK (code <> ''),
    step TEXT NOT NULL DEFAULT '' CHECK (step <> ''),
    name TEXT NOT NULL DEFAULT '' CHECK (name <> ''),
    content TEXT NOT NULL DEFAULT '' CHECK (content IN ('', '1', '2', '3', '4', '5', '6', '7', '8', '9')),
    norm_code TEXT NOT NULL DEFAULT '',
    scope TEXT NOT NULL DEFAULT '' CHECK (scope IN ('', 'KCDP', 'KCQG')),
    is_required INTEGER NOT NULL DEFAULT 1 CHECK (is_required IN (0, 1)),
    copies INTEGER,
    deadline_code TEXT NOT NULL DEFAULT '',
    citation TEXT NOT NULL DEFAULT '',
    valid_from TEXT CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    valid_to TEXT CHECK (valid_to GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    certainty TEXT NOT NULL DEFAULT 'unverified' CHECK (certainty IN ('confirmed', 'unverified'))
) STRICT;
CREATE TABLE contract (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    project_id INTEGER NOT NULL REFERENCES project (id) ON DELETE CASCADE,
    number TEXT NOT NULL DEFAULT '' CHECK (number <> ''),
    signed_on TEXT CHECK (signed_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    establishment_id INTEGER REFERENCES establishment (id) ON DELETE NO ACTION,
    party TEXT NOT NULL DEFAULT '',
    amount_vnd INTEGER CHECK (amount_vnd BETWEEN 0 AND 1000000000000000),
    support_vnd INTEGER CHECK (support_vnd BETWEEN 0 AND 1000000000000000),
    ends_on TEXT CHECK (ends_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    liquidation_number TEXT NOT NULL DEFAULT '',
    liquidated_on TEXT CHECK (liquidated_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX contract_project_id ON contract (project_id);
CREATE INDEX contract_establishment_id ON contract (establishment_id);
CREATE TABLE limit_override (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    project_id INTEGER NOT NULL REFERENCES project (id) ON DELETE CASCADE,
    rule TEXT NOT NULL DEFAULT '' CHECK (rule <> ''),
    limit_vnd INTEGER NOT NULL DEFAULT 0 CHECK (limit_vnd BETWEEN 0 AND 1000000000000000),
    amount_vnd INTEGER NOT NULL DEFAULT 0 CHECK (amount_vnd BETWEEN 0 AND 1000000000000000),
    document TEXT NOT NULL DEFAULT '',
    decided_on TEXT CHECK (decided_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    reason TEXT NOT NULL DEFAULT '' CHECK (reason <> '')
) STRICT;
CREATE INDEX limit_override_project_id ON limit_override (project_id);
CREATE TABLE period_lock (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    year INTEGER NOT NULL DEFAULT 0,
    quarter INTEGER NOT NULL DEFAULT 0 CHECK (quarter BETWEEN 1 AND 4),
    is_locked INTEGER NOT NULL DEFAULT 1 CHECK (is_locked IN (0, 1)),
    happened_on TEXT NOT NULL CHECK (happened_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX period_lock_quarter ON period_lock (year, quarter);
CREATE TABLE treasury_statement (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    plan_id INTEGER NOT NULL REFERENCES annual_plan (id) ON DELETE NO ACTION,
    name TEXT NOT NULL DEFAULT '' CHECK (name <> ''),
    from_day TEXT CHECK (from_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    to_day TEXT CHECK (to_day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX treasury_statement_plan_id ON treasury_statement (plan_id);
CREATE TABLE statement_line (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    statement_id INTEGER NOT NULL REFERENCES treasury_statement (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL DEFAULT 0,
    happened_on TEXT CHECK (happened_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    document TEXT NOT NULL DEFAULT '',
    content TEXT NOT NULL DEFAULT '',
    amount_vnd INTEGER NOT NULL DEFAULT 0 CHECK (amount_vnd BETWEEN 0 AND 1000000000000000),
    is_incoming INTEGER NOT NULL DEFAULT 0 CHECK (is_incoming IN (0, 1)),
    fund_entry_id INTEGER REFERENCES fund_entry (id) ON DELETE NO ACTION
) STRICT;
CREATE INDEX statement_line_statement_id ON statement_line (statement_id);
CREATE INDEX statement_line_fund_entry_id ON statement_line (fund_entry_id);
CREATE INDEX norm_code ON norm (code);
CREATE INDEX legal_figure_code ON legal_figure (code);
CREATE INDEX dossier_rule_step ON dossier_rule (step);
CREATE TRIGGER fund_entry_insert_in_a_locked_quarter BEFORE INSERT ON fund_entry
WHEN (SELECT is_locked FROM period_lock WHERE year = CAST(substr(new.happened_on, 1, 4) AS INTEGER)
    AND quarter = (CAST(substr(new.happened_on, 6, 2) AS INTEGER) + 2) / 3 ORDER BY id DESC LIMIT 1) = 1
BEGIN
    SELECT RAISE(ABORT, 'the quarter is locked');
END;
CREATE TRIGGER fund_entry_update_in_a_locked_quarter BEFORE UPDATE ON fund_entry
WHEN (SELECT is_locked FROM period_lock WHERE year = CAST(substr(old.happened_on, 1, 4) AS INTEGER)
    AND quarter = (CAST(substr(old.happened_on, 6, 2) AS INTEGER) + 2) / 3 ORDER BY id DESC LIMIT 1) = 1
BEGIN
    SELECT RAISE(ABORT, 'the quarter is locked');
END;
CREATE TRIGGER fund_entry_delete_in_a_locked_quarter BEFORE DELETE ON fund_entry
WHEN (SELECT is_locked FROM period_lock WHERE year = CAST(substr(old.happened_on, 1, 4) AS INTEGER)
    AND quarter = (CAST(substr(old.happened_on, 6, 2) AS INTEGER) + 2) / 3 ORDER BY id DESC LIMIT 1) = 1
BEGIN
    SELECT RAISE(ABORT, 'the quarter is locked');
END;
"""
"""Law as dated data, contracts, overrides, locked quarters, treasury statements; the steps of a project's life."""

_STATES_1 = """
            'draft', 'received', 'surveyed', 'appraising', 'returned', 'rejected', 'approved', 'contracted',
            'running', 'accepted', 'paid', 'settled', 'suspended', 'stopped'"""
_STATES_2 = """
            'draft', 'received', 'surveyed', 'appraising', 'returned', 'rejected', 'registered', 'approved',
            'contracted', 'running', 'accepted', 'paid', 'settled', 'suspended', 'stopped'"""
_STEPS_2 = """
            '', 'receive', 'survey', 'submit', 'register', 'return', 'resubmit', 'reject', 'approve', 'contract',
            'start', 'advance', 'adjust', 'extend', 'suspend', 'resume', 'stop', 'accept', 'advance_rest', 'pay',
            'settle'"""
_ENTRY_KINDS_1 = "'allocation', 'supplement', 'advance', 'payment', 'settlement', 'refund', 'reversal'"
_ENTRY_KINDS_2 = """
            'allocation', 'supplement', 'reduction', 'carryover_in', 'carryover_out', 'advance', 'payment',
            'settlement', 'refund', 'reversal'"""
CHECKS_2 = (
    ("project", _STATES_1, _STATES_2),
    ("project_step", _STATES_1, _STATES_2),
    ("checklist_item", _STATES_1, _STEPS_2),
    ("fund_entry", _ENTRY_KINDS_1, _ENTRY_KINDS_2),
)
"""Sets of codes that grew: the table, the codes of its CHECK before and after."""
