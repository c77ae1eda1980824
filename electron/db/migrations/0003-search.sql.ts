/** Migration 3: occurrences that carry what filters and ranking need, and the words meetings are found by. */
export const search = /* sql */ `
-- Derived and narrow: today, filters, search and ranking are answered from here; wide rows are read last.
-- Clustered by day and meeting: a day is a range of neighbouring pages, and a search looks its meetings up
-- inside it. Rebuilt at will, so nothing refers to it.
DROP TABLE occurrence;
CREATE TABLE occurrence (
  local_date TEXT NOT NULL,
  number INTEGER NOT NULL REFERENCES meeting (number) ON DELETE CASCADE,
  -- With date and meeting the name of an occurrence, on screens and in sign-ins.
  starts_at_ms INTEGER NOT NULL,
  ends_at_ms INTEGER NOT NULL,
  all_day INTEGER NOT NULL DEFAULT 0 CHECK (all_day IN (0, 1)),
  status TEXT NOT NULL CHECK (status IN ('scheduled', 'cancelled', 'moved', 'tentative')),
  -- 0 here, 1 nearby, 2 online, 3 none of them (found by search, kept for hand-outs and the desk).
  whereabouts INTEGER NOT NULL CHECK (whereabouts BETWEEN 0 AND 3),
  -- Meters; 2147483647 when unknown, so that the order needs no expression.
  distance_order INTEGER NOT NULL,
  name_order TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('therapy', 'peer', 'club')),
  fellowship TEXT NOT NULL DEFAULT 'unknown',
  audience TEXT NOT NULL DEFAULT 'anyone' CHECK (audience IN ('self', 'family', 'anyone')),
  attendance TEXT NOT NULL DEFAULT 'in_person' CHECK (attendance IN ('in_person', 'hybrid', 'online')),
  -- Of this date.
  openness TEXT NOT NULL DEFAULT 'unknown'
    CHECK (openness IN ('open', 'closed', 'open_this_week', 'unknown')),
  -- 1 when its list says so.
  wheelchair INTEGER NOT NULL DEFAULT 0 CHECK (wheelchair IN (0, 1)),
  -- Tags in lower case with a blank around each: ' es pt-br '; empty when the list does not say.
  languages TEXT NOT NULL DEFAULT '',
  -- Minutes after midnight at the center; null for what lasts all day, which is part of every part of it.
  start_minute INTEGER CHECK (start_minute BETWEEN 0 AND 1439),
  -- What this one date changes of its meeting, or null: {"name": ..., "place": ...}.
  variant TEXT CHECK (json_valid(variant)),
  PRIMARY KEY (local_date, number, starts_at_ms)
) STRICT, WITHOUT ROWID;
-- The list of a day in its order. Holds all that a list, its filters and a hand-out pick by: most of a large day is
-- far away, and is passed over without a look.
CREATE INDEX occurrence_of_day
  ON occurrence (local_date, whereabouts, starts_at_ms, distance_order, name_order, ends_at_ms, kind, fellowship,
    audience, attendance, wheelchair, start_minute, languages);
-- What is left of a day, and what of yesterday still runs, without walking through what has ended.
CREATE INDEX occurrence_by_end ON occurrence (local_date, ends_at_ms, whereabouts);
-- The dates of a meeting.
CREATE INDEX occurrence_of_meeting ON occurrence (number, local_date);
-- All dates are computed again at the next start.
DELETE FROM occurrence_window;

-- The words meetings are found by, under the number of the meeting. No copy of the texts is kept. facts are
-- not words but what filters and other names of things lead to: _fna, _d5 (domain/search-words.ts).
CREATE VIRTUAL TABLE meeting_search USING fts5(
  name, place, about, facts,
  content = '', contentless_delete = 1, prefix = '1 2 3',
  tokenize = "unicode61 remove_diacritics 2 tokenchars '_'"
);
-- What is taken out of the index is taken out of the file (PRV-19).
INSERT INTO meeting_search (meeting_search, rank) VALUES ('secure-delete', 1);
-- Each place of each word, by words: from one to the next is a short step, however many meetings have it.
CREATE VIRTUAL TABLE meeting_word USING fts5vocab('meeting_search', 'instance');

-- What the index holds of a meeting, so that only what changed is written again.
CREATE TABLE meeting_search_entry (
  number INTEGER PRIMARY KEY REFERENCES meeting (number) ON DELETE CASCADE,
  hash TEXT NOT NULL,
  -- Weekdays on which it has dates: 1 Sunday, 2 Monday, 4 Tuesday ... 64 Saturday.
  weekdays INTEGER NOT NULL CHECK (weekdays BETWEEN 0 AND 127)
) STRICT;
`
