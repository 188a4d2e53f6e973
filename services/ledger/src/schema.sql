-- The views. Times are nanoseconds since 1970, codes as the domain spells them, lists JSON.
CREATE TABLE progress (
    only INTEGER PRIMARY KEY CHECK (only = 0),
    -- Everything in the store up to here has been looked at.
    position INTEGER,
    -- The last fact that was taken in.
    fact_position INTEGER NOT NULL
) STRICT;
INSERT INTO progress VALUES (0, NULL, 0);

-- All facts that were taken in, so that states are the domain's own fold and any past instant can be shown. Whatever is
-- sealed, and the receipt's hash, is blank in here.
CREATE TABLE facts (
    position INTEGER PRIMARY KEY, stream TEXT NOT NULL, revision INTEGER NOT NULL,
    name TEXT NOT NULL, data TEXT NOT NULL, at INTEGER NOT NULL, actor TEXT NOT NULL,
    UNIQUE (stream, revision)
) STRICT;
CREATE INDEX facts_at ON facts (at);

-- Facts that this program is too old to read.
CREATE TABLE unread (
    position INTEGER PRIMARY KEY, stream TEXT NOT NULL, revision INTEGER NOT NULL, name TEXT NOT NULL, reason TEXT NOT NULL
) STRICT;

CREATE TABLE tips (
    tip TEXT PRIMARY KEY, received_at INTEGER NOT NULL, channel TEXT NOT NULL,
    place TEXT NOT NULL, latitude REAL, longitude REAL, division TEXT,
    urgent INTEGER NOT NULL, confidential INTEGER NOT NULL, danger INTEGER NOT NULL, wants_answer INTEGER NOT NULL,
    seen TEXT NOT NULL, seen_when TEXT NOT NULL, photos INTEGER NOT NULL,
    progress TEXT NOT NULL DEFAULT 'received', case_id TEXT, summary TEXT, enterprise TEXT, screened_at INTEGER,
    rejection_reason TEXT, authority TEXT,
    messages INTEGER NOT NULL DEFAULT 0, last_message_at INTEGER,
    replies INTEGER NOT NULL DEFAULT 0, outcome_told_at INTEGER
) STRICT;
CREATE INDEX tips_received_at ON tips (received_at DESC, tip);
CREATE INDEX tips_case ON tips (case_id);
CREATE INDEX tips_progress ON tips (progress);
CREATE TABLE told (
    tip TEXT NOT NULL, position INTEGER NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (tip, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE cases (
    case_id TEXT PRIMARY KEY, opened_at INTEGER NOT NULL, origin TEXT NOT NULL, relapse_of TEXT,
    summary TEXT NOT NULL, enterprise TEXT,
    place TEXT NOT NULL, latitude REAL, longitude REAL, division TEXT,
    urgency TEXT NOT NULL, confidential INTEGER NOT NULL,
    owner TEXT, state TEXT NOT NULL, class TEXT, returns INTEGER NOT NULL,
    closed_at INTEGER, closed_as TEXT, merged_into TEXT
) STRICT;
CREATE INDEX cases_merged_into ON cases (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX cases_relapse_of ON cases (relapse_of);
CREATE INDEX cases_opened_at ON cases (opened_at DESC, case_id);
CREATE INDEX cases_state ON cases (state);
CREATE TABLE co_handlers (case_id TEXT NOT NULL, unit TEXT NOT NULL, PRIMARY KEY (case_id, unit)) STRICT, WITHOUT ROWID;
CREATE TABLE case_tips (case_id TEXT NOT NULL, tip TEXT NOT NULL, PRIMARY KEY (case_id, tip)) STRICT, WITHOUT ROWID;
CREATE INDEX case_tips_tip ON case_tips (tip);
CREATE TABLE steps (
    case_id TEXT NOT NULL, position INTEGER NOT NULL, at INTEGER NOT NULL, code TEXT NOT NULL, unit TEXT, note TEXT,
    PRIMARY KEY (case_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE disposals (
    case_id TEXT PRIMARY KEY, measures INTEGER NOT NULL, measures_done INTEGER NOT NULL,
    spot_check TEXT, relapsed INTEGER NOT NULL,
    -- Levels whose review passed and still stands (JSON), lowest first.
    reviews TEXT NOT NULL
) STRICT;

CREATE TABLE clocks (
    stream TEXT NOT NULL, clock TEXT NOT NULL, subject TEXT NOT NULL, obligation TEXT NOT NULL,
    unit TEXT NOT NULL, person TEXT, urgency TEXT NOT NULL, started INTEGER NOT NULL, due INTEGER NOT NULL,
    what TEXT NOT NULL, stopped_at INTEGER, stopped_by TEXT, missed_at INTEGER, late INTEGER NOT NULL, rung TEXT,
    -- The date before the last that it had, and why it is another one.
    moved_from INTEGER, moved_by TEXT,
    PRIMARY KEY (stream, clock)
) STRICT, WITHOUT ROWID;
-- Whether a tip or case owes something, is late with it or was: asked of every one of them, for every obligation, whenever a table is
-- counted, so the answer has to stand in the index itself.
CREATE INDEX clocks_subject ON clocks (subject, obligation, stopped_at, due, late);
CREATE INDEX clocks_running ON clocks (unit, due) WHERE stopped_at IS NULL;

CREATE TABLE escalations (
    stream TEXT NOT NULL, number INTEGER NOT NULL, clock TEXT NOT NULL, subject TEXT NOT NULL, obligation TEXT NOT NULL,
    rung TEXT NOT NULL, repetition INTEGER NOT NULL, deadline INTEGER NOT NULL, reached INTEGER NOT NULL,
    to_unit TEXT NOT NULL, to_person TEXT, to_name TEXT, about_unit TEXT NOT NULL, about_person TEXT, about_name TEXT,
    answerer_unit TEXT NOT NULL, answerer_person TEXT, answer_due INTEGER NOT NULL,
    explanation TEXT NOT NULL, explanation_text TEXT, explained_at INTEGER, judgement_note TEXT,
    -- When it was really sent; after an outage later than it was reached.
    issued INTEGER NOT NULL,
    PRIMARY KEY (stream, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX escalations_subject ON escalations (subject);
CREATE INDEX escalations_reached ON escalations (reached DESC, stream, number);

CREATE TABLE failures (
    stream TEXT NOT NULL, number INTEGER NOT NULL, at INTEGER NOT NULL, subject TEXT NOT NULL, kind TEXT NOT NULL,
    title TEXT NOT NULL, unit TEXT NOT NULL, persons TEXT NOT NULL, note TEXT NOT NULL,
    -- Of its explanation: open, answered, returned or accepted; until when, if any is owed; what was said (JSON).
    state TEXT NOT NULL, due INTEGER, running INTEGER NOT NULL, answers TEXT NOT NULL,
    PRIMARY KEY (stream, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX failures_subject ON failures (subject);
CREATE INDEX failures_at ON failures (at DESC, stream, number);

-- What waits for somebody's judgement; `kind` as work lists call it. A draw waits from the instant its seed is public.
CREATE TABLE awaiting (
    stream TEXT NOT NULL, kind TEXT NOT NULL, number INTEGER NOT NULL, subject TEXT NOT NULL, unit TEXT NOT NULL,
    since INTEGER NOT NULL, due INTEGER, clock TEXT, obligation TEXT, what TEXT NOT NULL,
    -- Who asked (JSON), where that decides who may answer.
    asked_by TEXT,
    PRIMARY KEY (stream, kind, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX awaiting_kind ON awaiting (kind, since);

CREATE TABLE reports (
    unit TEXT NOT NULL, stage TEXT NOT NULL, state TEXT NOT NULL, guaranteed_at INTEGER,
    drafted_position INTEGER, digest TEXT, lines INTEGER NOT NULL,
    signer TEXT, signed_at INTEGER, sealed_at INTEGER, filed_at INTEGER, number TEXT, contradictions INTEGER NOT NULL,
    -- When the area was asked for it; sites that the draft lacks; the verdict of the supervision group.
    due_at INTEGER, guarantee_due_at INTEGER, outdated INTEGER NOT NULL, accepted_at INTEGER,
    -- Why it last came back.
    returned_because TEXT,
    PRIMARY KEY (unit, stage)
) STRICT, WITHOUT ROWID;

-- Whom a tip or case is about (JSON, as the domains write it): it does not exist for them.
CREATE TABLE against (subject TEXT PRIMARY KEY, against TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- What may be looked for, and its index of pairs of characters; see search.rs.
CREATE TABLE searched (
    number INTEGER PRIMARY KEY, subject TEXT NOT NULL UNIQUE, place TEXT NOT NULL, words TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE search USING fts5 (subject UNINDEXED, place, words, tokenize = 'ascii');
