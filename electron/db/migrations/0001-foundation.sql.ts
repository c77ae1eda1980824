/** Migration 1. The text is plain SQL. */
export const foundation = /* sql */ `
-- Names are the glossary of the project. Times: *_at_ms are UTC milliseconds, local_date is a date
-- in the center's zone. Rows born here carry the machine they were born on.

CREATE TABLE machine (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  machine_id TEXT NOT NULL,
  born_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value)),
  machine_id TEXT NOT NULL,
  updated_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE feed (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  format TEXT CHECK (format IN ('meeting-guide', 'bmlt', 'ical', 'naws', 'table')),
  source_from TEXT NOT NULL CHECK (source_from IN ('file', 'web')),
  address TEXT NOT NULL,
  -- What makes ids of its meetings: two machines with the same address agree on them.
  canonical_address TEXT NOT NULL UNIQUE,
  plain_http_allowed INTEGER NOT NULL DEFAULT 0 CHECK (plain_http_allowed IN (0, 1)),
  kind TEXT NOT NULL CHECK (kind IN ('therapy', 'peer', 'club')),
  fellowship TEXT,
  zone TEXT,
  held_here INTEGER NOT NULL DEFAULT 0 CHECK (held_here IN (0, 1)),
  every_minutes INTEGER NOT NULL DEFAULT 360 CHECK (every_minutes BETWEEN 15 AND 10080),
  next_run_at_ms INTEGER NOT NULL DEFAULT 0,
  failures_in_a_row INTEGER NOT NULL DEFAULT 0,
  etag TEXT,
  last_modified TEXT,
  content_hash TEXT,
  last_good_run_at_ms INTEGER,
  counts TEXT CHECK (json_valid(counts)),
  remarks TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(remarks)),
  problem TEXT,
  problem_detail TEXT,
  machine_id TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  updated_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE feed_run (
  id TEXT PRIMARY KEY,
  feed_id TEXT NOT NULL REFERENCES feed (id) ON DELETE CASCADE,
  started_at_ms INTEGER NOT NULL,
  ended_at_ms INTEGER,
  -- 'applying' without an end is a run cut off midway: it is repeated at the next start.
  outcome TEXT NOT NULL
    CHECK (outcome IN ('running', 'applying', 'applied', 'unchanged', 'held_back', 'failed', 'interrupted')),
  problem TEXT,
  problem_detail TEXT,
  -- Of the bytes and settings it read: a run cut off midway needs no second decision on the same list.
  content_hash TEXT,
  bytes INTEGER NOT NULL DEFAULT 0,
  read INTEGER NOT NULL DEFAULT 0,
  kept INTEGER NOT NULL DEFAULT 0,
  refused INTEGER NOT NULL DEFAULT 0,
  added INTEGER NOT NULL DEFAULT 0,
  changed INTEGER NOT NULL DEFAULT 0,
  removed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX feed_run_by_feed ON feed_run (feed_id, started_at_ms);

CREATE TABLE meeting (
  id TEXT PRIMARY KEY,
  -- Null: entered at the desk.
  feed_id TEXT REFERENCES feed (id) ON DELETE SET NULL,
  feed_key TEXT NOT NULL,
  feed_part TEXT NOT NULL DEFAULT '',
  kind TEXT NOT NULL CHECK (kind IN ('therapy', 'peer', 'club')),
  fellowship TEXT NOT NULL DEFAULT 'unknown',
  audience TEXT NOT NULL CHECK (audience IN ('self', 'family', 'anyone')),
  decided_by TEXT NOT NULL,
  name TEXT NOT NULL CHECK (length(name) > 0),
  group_name TEXT,
  notes TEXT,
  types TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(types)),
  languages TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(languages)),
  openness TEXT NOT NULL DEFAULT 'unknown'
    CHECK (openness IN ('open', 'closed', 'open_this_week', 'unknown')),
  attendance TEXT NOT NULL CHECK (attendance IN ('in_person', 'hybrid', 'online', 'inactive')),
  online_url TEXT,
  online_note TEXT,
  phone TEXT,
  phone_note TEXT,
  provider TEXT,
  place_name TEXT,
  street TEXT,
  city TEXT,
  region TEXT,
  postal_code TEXT,
  country TEXT,
  address TEXT,
  place_note TEXT,
  latitude REAL,
  longitude REAL,
  approximate INTEGER NOT NULL DEFAULT 0 CHECK (approximate IN (0, 1)),
  wheelchair INTEGER CHECK (wheelchair IN (0, 1)),
  by_appointment INTEGER NOT NULL DEFAULT 0 CHECK (by_appointment IN (0, 1)),
  -- What staff said: 1 held here, 0 not here, null as computed.
  here_by_staff INTEGER CHECK (here_by_staff IN (0, 1)),
  here INTEGER NOT NULL DEFAULT 0 CHECK (here IN (0, 1)),
  here_why TEXT NOT NULL DEFAULT 'no'
    CHECK (here_why IN ('own', 'feed', 'distance', 'address', 'staff', 'no')),
  distance_m INTEGER,
  state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'hidden', 'withdrawn')),
  source_name TEXT,
  source_updated TEXT,
  content_hash TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  machine_id TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  updated_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX meeting_by_feed ON meeting (feed_id, state);
CREATE INDEX meeting_by_key ON meeting (feed_key);

-- An id that a feed used before it renumbered itself leads to the meeting that carries on.
CREATE TABLE meeting_alias (
  old_id TEXT PRIMARY KEY,
  meeting_id TEXT NOT NULL REFERENCES meeting (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX meeting_alias_by_meeting ON meeting_alias (meeting_id);

CREATE TABLE meeting_rule (
  meeting_id TEXT NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  -- A Rule of domain/schedule.ts.
  rule TEXT NOT NULL CHECK (json_valid(rule)),
  PRIMARY KEY (meeting_id, position)
) STRICT, WITHOUT ROWID;

-- Derived and narrow: today, filters and ranking are index ranges here; wide rows are read last.
-- Rebuilt at will, so nothing refers to it.
CREATE TABLE occurrence (
  meeting_id TEXT NOT NULL REFERENCES meeting (id) ON DELETE CASCADE,
  -- Wall-clock start by the rule.
  slot TEXT NOT NULL,
  local_date TEXT NOT NULL,
  starts_at_ms INTEGER NOT NULL,
  ends_at_ms INTEGER NOT NULL,
  all_day INTEGER NOT NULL DEFAULT 0 CHECK (all_day IN (0, 1)),
  status TEXT NOT NULL CHECK (status IN ('scheduled', 'cancelled', 'moved', 'tentative')),
  -- 0 here, 1 nearby, 2 online, 3 none of them (kept for hand-outs and the desk).
  whereabouts INTEGER NOT NULL CHECK (whereabouts BETWEEN 0 AND 3),
  -- Meters; 2147483647 when unknown, so that the order needs no expression.
  distance_order INTEGER NOT NULL,
  name_order TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('therapy', 'peer', 'club')),
  -- What this one date changes of its meeting, or null: {"name": ..., "place": ...}.
  variant TEXT CHECK (json_valid(variant)),
  PRIMARY KEY (meeting_id, slot)
) STRICT, WITHOUT ROWID;
CREATE INDEX occurrence_of_day
  ON occurrence (local_date, whereabouts, starts_at_ms, distance_order, name_order, ends_at_ms, status, kind);
-- What is left of a day, and what of yesterday still runs, without walking through what has ended.
CREATE INDEX occurrence_by_end ON occurrence (local_date, ends_at_ms, whereabouts);

-- Which days the occurrences cover and for which place they were computed. Written when a roll or a
-- rebuild has ended, so that one cut off midway is repeated.
CREATE TABLE occurrence_window (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  today TEXT NOT NULL,
  center_hash TEXT NOT NULL
) STRICT;

-- Append-only. A meeting is named by its id, date and start, never by an occurrence row.
CREATE TABLE sign_in (
  id TEXT PRIMARY KEY,
  -- One tap, one row: a repeated request finds it.
  request_id TEXT NOT NULL UNIQUE,
  meeting_id TEXT NOT NULL,
  local_date TEXT NOT NULL,
  starts_at_ms INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('name', 'code')),
  first_name TEXT,
  last_initial TEXT,
  code_id TEXT,
  source TEXT NOT NULL CHECK (source IN ('kiosk', 'desk')),
  staff_id TEXT,
  machine_id TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  CHECK ((kind = 'name' AND first_name IS NOT NULL) OR (kind = 'code' AND code_id IS NOT NULL))
) STRICT;
CREATE INDEX sign_in_by_meeting ON sign_in (meeting_id, local_date);
CREATE INDEX sign_in_by_creation ON sign_in (created_at_ms);

CREATE TABLE sign_in_event (
  id TEXT PRIMARY KEY,
  sign_in_id TEXT NOT NULL REFERENCES sign_in (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('out', 'undo', 'correct')),
  detail TEXT CHECK (json_valid(detail)),
  staff_id TEXT,
  machine_id TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_in_event_by_sign_in ON sign_in_event (sign_in_id);
-- An undo that is asked for twice is one undo.
CREATE UNIQUE INDEX sign_in_event_one_undo ON sign_in_event (sign_in_id) WHERE kind = 'undo';

-- Anonymous: no time finer than the date (PRV-04). An undo is a row of -1.
-- The request id is random and says nothing of a person; it makes a repeated tap one row. It is not a
-- UUIDv7, which would hold the minute.
CREATE TABLE head_count (
  request_id TEXT PRIMARY KEY,
  meeting_id TEXT NOT NULL,
  local_date TEXT NOT NULL,
  change INTEGER NOT NULL CHECK (change IN (1, -1)),
  machine_id TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX head_count_by_meeting ON head_count (meeting_id, local_date);

-- What was printed, never for whom.
CREATE TABLE print_job (
  id TEXT PRIMARY KEY,
  what TEXT NOT NULL CHECK (what IN ('handout')),
  pages INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('sent', 'no_printer', 'printer_failed')),
  machine_id TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL
) STRICT;

-- Append-only hash chain; row ids and codes only, no names (SEC-08).
CREATE TABLE audit (
  sequence INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  event TEXT NOT NULL,
  detail TEXT NOT NULL CHECK (json_valid(detail)),
  staff_id TEXT,
  machine_id TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_is_append_only_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_is_append_only_delete BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER sign_in_is_append_only BEFORE UPDATE ON sign_in
BEGIN SELECT RAISE(ABORT, 'sign_in is append-only'); END;
CREATE TRIGGER sign_in_event_is_append_only BEFORE UPDATE ON sign_in_event
BEGIN SELECT RAISE(ABORT, 'sign_in_event is append-only'); END;
CREATE TRIGGER head_count_is_append_only BEFORE UPDATE ON head_count
BEGIN SELECT RAISE(ABORT, 'head_count is append-only'); END;
`
