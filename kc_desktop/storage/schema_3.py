"""Schema version 3: the network and its pay, councils, closed minutes, the register, work done, money by year."""

SCHEMA_3 = """
ALTER TABLE admin_unit ADD COLUMN is_priority INTEGER NOT NULL DEFAULT 0 CHECK (is_priority IN (0, 1));
ALTER TABLE appointment ADD COLUMN state TEXT NOT NULL DEFAULT 'decided' CHECK (state IN ('proposed', 'decided'));
ALTER TABLE appointment ADD COLUMN submission_number TEXT NOT NULL DEFAULT '';
ALTER TABLE appointment ADD COLUMN
    submitted_on TEXT CHECK (submitted_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]');
ALTER TABLE appointment_member ADD COLUMN end_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE appointment_member ADD COLUMN ordinal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lead ADD COLUMN result TEXT NOT NULL DEFAULT '';
ALTER TABLE meeting ADD COLUMN bases TEXT NOT NULL DEFAULT '';
ALTER TABLE meeting ADD COLUMN previous_id INTEGER REFERENCES meeting (id) ON DELETE NO ACTION;
ALTER TABLE meeting ADD COLUMN quorum_percent INTEGER;
ALTER TABLE meeting ADD COLUMN copies INTEGER;
ALTER TABLE meeting ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
CREATE INDEX meeting_previous_id ON meeting (previous_id);
ALTER TABLE agenda_item ADD COLUMN project_id INTEGER REFERENCES project (id) ON DELETE SET NULL;
CREATE INDEX agenda_item_project_id ON agenda_item (project_id);
ALTER TABLE attendee ADD COLUMN council_role TEXT NOT NULL DEFAULT '';
ALTER TABLE conclusion ADD COLUMN owner_id INTEGER REFERENCES person (id) ON DELETE NO ACTION;
CREATE INDEX conclusion_owner_id ON conclusion (owner_id);
ALTER TABLE task ADD COLUMN done_on TEXT CHECK (done_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]');
ALTER TABLE task ADD COLUMN result TEXT NOT NULL DEFAULT '';
ALTER TABLE petition ADD COLUMN due_on TEXT CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]');
ALTER TABLE paper ADD COLUMN series TEXT NOT NULL DEFAULT '';
ALTER TABLE paper ADD COLUMN kept_by TEXT NOT NULL DEFAULT '';
ALTER TABLE paper ADD COLUMN copies INTEGER;
ALTER TABLE paper ADD COLUMN sent_on TEXT CHECK (sent_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]');
ALTER TABLE paper ADD COLUMN receipt TEXT NOT NULL DEFAULT '';
ALTER TABLE paper ADD COLUMN replaces_id INTEGER REFERENCES paper (id) ON DELETE NO ACTION;
ALTER TABLE paper ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE paper ADD COLUMN note TEXT NOT NULL DEFAULT '';
CREATE INDEX paper_replaces_id ON paper (replaces_id);
CREATE INDEX paper_record ON paper (record_table, record_id);
CREATE TABLE remuneration_list (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL DEFAULT '' CHECK (name <> ''),
    first_month TEXT NOT NULL DEFAULT '' CHECK (first_month <> ''),
    last_month TEXT NOT NULL DEFAULT '' CHECK (last_month <> ''),
    plan_id INTEGER REFERENCES annual_plan (id) ON DELETE NO ACTION,
    programme_id INTEGER REFERENCES programme (id) ON DELETE NO ACTION,
    project_id INTEGER REFERENCES project (id) ON DELETE NO ACTION,
    document TEXT NOT NULL DEFAULT '',
    paid_on TEXT CHECK (paid_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    fund_entry_id INTEGER REFERENCES fund_entry (id) ON DELETE NO ACTION,
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX remuneration_list_plan_id ON remuneration_list (plan_id);
CREATE INDEX remuneration_list_programme_id ON remuneration_list (programme_id);
CREATE INDEX remuneration_list_project_id ON remuneration_list (project_id);
CREATE INDEX remuneration_list_fund_entry_id ON remuneration_list (fund_entry_id);
ALTER TABLE remuneration ADD COLUMN list_id INTEGER REFERENCES remuneration_list (id) ON DELETE CASCADE;
ALTER TABLE remuneration ADD COLUMN level TEXT NOT NULL DEFAULT 'xa' CHECK (level IN ('huyen', 'xa', 'hiep_hoi'));
ALTER TABLE remuneration ADD COLUMN coefficient TEXT;
ALTER TABLE remuneration ADD COLUMN base_salary_vnd INTEGER CHECK (base_salary_vnd BETWEEN 0 AND 1000000000000000);
CREATE INDEX remuneration_list_id ON remuneration (list_id);
ALTER TABLE remuneration_rule ADD COLUMN
    certainty TEXT NOT NULL DEFAULT 'unverified' CHECK (certainty IN ('confirmed', 'unverified'));
CREATE INDEX remuneration_of_a_month ON remuneration (person_id, period);
CREATE TABLE evaluation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE NO ACTION,
    year INTEGER NOT NULL DEFAULT 0,
    grade TEXT NOT NULL DEFAULT '' CHECK (grade IN ('', 'excellent', 'good', 'done', 'not_done')),
    strengths TEXT NOT NULL DEFAULT '',
    weaknesses TEXT NOT NULL DEFAULT '',
    is_proposed INTEGER NOT NULL DEFAULT 0 CHECK (is_proposed IN (0, 1)),
    reward TEXT NOT NULL DEFAULT '',
    decision TEXT NOT NULL DEFAULT '',
    UNIQUE (person_id, year)
) STRICT;
CREATE INDEX evaluation_person_id ON evaluation (person_id);
CREATE TABLE report_reminder (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    year INTEGER NOT NULL DEFAULT 0,
    months TEXT NOT NULL DEFAULT '' CHECK (months <> ''),
    reminded_on TEXT CHECK (reminded_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    answer_by TEXT CHECK (answer_by GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]')
) STRICT;
CREATE TABLE person_contact (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    kind TEXT NOT NULL DEFAULT 'phone' CHECK (kind IN ('phone', 'email', 'other')),
    value TEXT NOT NULL DEFAULT '' CHECK (value <> ''),
    note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE person_post (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    post TEXT NOT NULL DEFAULT '' CHECK (post <> ''),
    organisation TEXT NOT NULL DEFAULT '',
    valid_from TEXT CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    valid_to TEXT CHECK (valid_to GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]')
) STRICT;
CREATE TABLE disclosure (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    field TEXT NOT NULL DEFAULT '' CHECK (field <> ''),
    shown_at TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX person_contact_person_id ON person_contact (person_id);
CREATE INDEX person_post_person_id ON person_post (person_id);
CREATE INDEX disclosure_person_id ON disclosure (person_id);
CREATE TABLE meeting_template (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL DEFAULT 'khac'
        CHECK (kind IN (
            'giao_ban', 'tong_ket_ctv', 'tham_dinh', 'nghiem_thu', 'tap_huan', 'hoi_nghi', 'lam_viec',
            'khac')),
    name TEXT NOT NULL DEFAULT '' CHECK (name <> ''),
    title TEXT NOT NULL DEFAULT '',
    place TEXT NOT NULL DEFAULT '',
    agenda TEXT NOT NULL DEFAULT '',
    groups TEXT NOT NULL DEFAULT '',
    roles TEXT NOT NULL DEFAULT '',
    bases TEXT NOT NULL DEFAULT '',
    recipients TEXT NOT NULL DEFAULT '',
    quorum_percent INTEGER
) STRICT;
CREATE TABLE phrase (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL DEFAULT '' CHECK (name <> ''),
    scope TEXT NOT NULL DEFAULT 'minutes' CHECK (scope IN (
        'minutes', 'general', 'strengths', 'weaknesses', 'causes', 'directions', 'proposals')),
    condition TEXT NOT NULL DEFAULT 'always' CHECK (condition IN (
        'always', 'disbursed_up', 'disbursed_down', 'projects_up', 'projects_down', 'plan_exceeded',
        'plan_reached', 'plan_short', 'targets_reached', 'targets_short', 'unspent')),
    ordinal INTEGER NOT NULL DEFAULT 0,
    body TEXT NOT NULL DEFAULT '' CHECK (body <> '')
) STRICT;
CREATE TABLE report_text (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    year INTEGER NOT NULL DEFAULT 0,
    part TEXT NOT NULL DEFAULT '',
    section TEXT NOT NULL DEFAULT 'general' CHECK (section IN (
        'general', 'strengths', 'weaknesses', 'causes', 'directions', 'proposals')),
    body TEXT NOT NULL DEFAULT '' CHECK (body <> ''),
    UNIQUE (year, part, section)
) STRICT;
CREATE TABLE meeting_party (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL DEFAULT 0,
    name TEXT NOT NULL DEFAULT '' CHECK (name <> ''),
    signer_id INTEGER REFERENCES person (id) ON DELETE NO ACTION
) STRICT;
CREATE TABLE vote_item (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL DEFAULT 0,
    title TEXT NOT NULL DEFAULT '' CHECK (title <> ''),
    kind TEXT NOT NULL DEFAULT 'vote' CHECK (kind IN ('vote', 'score')),
    project_id INTEGER REFERENCES project (id) ON DELETE NO ACTION,
    pass_at TEXT
) STRICT;
CREATE TABLE ballot (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    vote_item_id INTEGER NOT NULL REFERENCES vote_item (id) ON DELETE CASCADE,
    attendee_id INTEGER NOT NULL REFERENCES attendee (id) ON DELETE CASCADE,
    answer TEXT NOT NULL DEFAULT '' CHECK (answer IN ('', 'yes', 'no', 'abstain')),
    score TEXT,
    comment TEXT NOT NULL DEFAULT '',
    UNIQUE (vote_item_id, attendee_id)
) STRICT;
CREATE TABLE council_decision (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL DEFAULT 0,
    project_id INTEGER NOT NULL REFERENCES project (id) ON DELETE NO ACTION,
    verdict TEXT NOT NULL DEFAULT ''
        CHECK (verdict IN ('', 'approve', 'return', 'reject', 'accept', 'not_accept')),
    amount_vnd INTEGER CHECK (amount_vnd BETWEEN 0 AND 1000000000000000),
    opinion TEXT NOT NULL DEFAULT '',
    step_id INTEGER REFERENCES project_step (id) ON DELETE SET NULL,
    UNIQUE (meeting_id, project_id)
) STRICT;
CREATE TABLE meeting_version (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
    version INTEGER NOT NULL DEFAULT 1,
    finalised_on TEXT CHECK (finalised_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    sha256 TEXT NOT NULL DEFAULT '',
    snapshot TEXT NOT NULL DEFAULT '',
    reopened_on TEXT CHECK (reopened_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    reason TEXT NOT NULL DEFAULT '',
    UNIQUE (meeting_id, version)
) STRICT;
CREATE TABLE meeting_version_file (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version_id INTEGER NOT NULL UNIQUE REFERENCES meeting_version (id) ON DELETE CASCADE,
    pdf BLOB NOT NULL
) STRICT;
ALTER TABLE attendee ADD COLUMN party_id INTEGER REFERENCES meeting_party (id) ON DELETE SET NULL;
CREATE INDEX attendee_party_id ON attendee (party_id);
CREATE INDEX meeting_party_meeting_id ON meeting_party (meeting_id);
CREATE INDEX meeting_party_signer_id ON meeting_party (signer_id);
CREATE INDEX vote_item_meeting_id ON vote_item (meeting_id);
CREATE INDEX vote_item_project_id ON vote_item (project_id);
CREATE INDEX ballot_vote_item_id ON ballot (vote_item_id);
CREATE INDEX ballot_attendee_id ON ballot (attendee_id);
CREATE INDEX council_decision_meeting_id ON council_decision (meeting_id);
CREATE INDEX council_decision_project_id ON council_decision (project_id);
CREATE INDEX council_decision_step_id ON council_decision (step_id);
CREATE INDEX meeting_version_meeting_id ON meeting_version (meeting_id);
ALTER TABLE estimate_line ADD COLUMN is_management INTEGER NOT NULL DEFAULT 0 CHECK (is_management IN (0, 1));
ALTER TABLE estimate_line ADD COLUMN done_quantity TEXT;
ALTER TABLE estimate_line ADD COLUMN
    done_support_vnd INTEGER CHECK (done_support_vnd BETWEEN 0 AND 1000000000000000);
ALTER TABLE estimate_line ADD COLUMN done_own_vnd INTEGER CHECK (done_own_vnd BETWEEN 0 AND 1000000000000000);
ALTER TABLE estimate_line ADD COLUMN done_other_vnd INTEGER CHECK (done_other_vnd BETWEEN 0 AND 1000000000000000);
CREATE TABLE year_share (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    project_id INTEGER NOT NULL REFERENCES project (id) ON DELETE CASCADE,
    year INTEGER NOT NULL DEFAULT 0,
    support_vnd INTEGER NOT NULL DEFAULT 0 CHECK (support_vnd BETWEEN 0 AND 1000000000000000),
    note TEXT NOT NULL DEFAULT '',
    UNIQUE (project_id, year)
) STRICT;
CREATE INDEX year_share_project_id ON year_share (project_id);
CREATE TABLE office_form (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL DEFAULT '' CHECK (name <> ''),
    source TEXT NOT NULL DEFAULT '' CHECK (source <> ''),
    unit TEXT NOT NULL DEFAULT '1' CHECK (unit IN ('1', '1000', '1000000')),
    cell_map TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT ''
) STRICT;
ALTER TABLE lead ADD COLUMN content TEXT NOT NULL DEFAULT ''
    CHECK (content IN ('', '1', '2', '3', '4', '5', '6', '7', '8', '9'));
DROP INDEX project_programme_id;
CREATE INDEX project_programme_id ON project (programme_id, adjusted_vnd, approved_vnd);
CREATE INDEX project_money ON project (year, source, adjusted_vnd, approved_vnd);
CREATE INDEX fund_entry_given ON fund_entry (plan_id) WHERE kind NOT IN ('advance', 'payment', 'settlement');
"""

_NUMBER_1 = "number TEXT NOT NULL DEFAULT '' CHECK (number <> ''),\n    decided_on"
_NUMBER_3 = "number TEXT NOT NULL DEFAULT '',\n    decided_on"
CHECKS_3 = (
    ("appointment", _NUMBER_1, _NUMBER_3),
    ("paper", "'draft', 'issued'", "'draft', 'reserved', 'issued'"),
)
"""A network may be proposed before its decision has a number; a number may be reserved."""
