/** Migration 2: what feeds of every format need, the center's own groups, and one meeting in two feeds. */
export const directory = /* sql */ `
-- BMLT: which meetings of a server are asked for, a FeedScope of the contract. Null for any other feed.
ALTER TABLE feed ADD COLUMN scope TEXT CHECK (json_valid(scope));
-- Series that a calendar gives in UTC keep the local time of their first date (feeds.md 5.4).
ALTER TABLE feed ADD COLUMN utc_is_local INTEGER NOT NULL DEFAULT 0 CHECK (utc_is_local IN (0, 1));
-- "Friday 00:00" is meant as the end of Friday (feeds.md 1.5).
ALTER TABLE feed ADD COLUMN midnight_before INTEGER NOT NULL DEFAULT 0 CHECK (midnight_before IN (0, 1));
-- Names of up to 20 meetings that a list which waits for staff no longer has, as a JSON array.
ALTER TABLE feed ADD COLUMN lost TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(lost));

-- A short name for narrow tables; never given twice while its row is there, and kept by a copy of the file.
ALTER TABLE meeting ADD COLUMN number INTEGER;
UPDATE meeting SET number = rowid;
CREATE UNIQUE INDEX meeting_by_number ON meeting (number);
-- Entered at the desk: the center's own group or club.
ALTER TABLE meeting ADD COLUMN own INTEGER NOT NULL DEFAULT 0 CHECK (own IN (0, 1));
-- In which weeks of the month it is open to anyone, as a JSON array of WeekOfMonth; [] when that never changes.
ALTER TABLE meeting ADD COLUMN open_weeks TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(open_weeks));
-- Staff limit a weekly meeting to weeks of the month, because its feed says so in words only (feeds.md 1.4).
-- A JSON array of WeekOfMonth; null: every week. Survives each refresh.
ALTER TABLE meeting ADD COLUMN weeks_by_staff TEXT CHECK (json_valid(weeks_by_staff));
-- Another feed's meeting that is shown in its place, because both are the same; null: it is shown itself.
ALTER TABLE meeting ADD COLUMN shown_as TEXT;
CREATE INDEX meeting_by_shown_as ON meeting (shown_as) WHERE shown_as IS NOT NULL;

-- Staff said that the two are not the same meeting. The smaller id first.
CREATE TABLE meeting_apart (
  meeting_id TEXT NOT NULL,
  other_id TEXT NOT NULL,
  machine_id TEXT NOT NULL,
  updated_at_ms INTEGER NOT NULL,
  PRIMARY KEY (meeting_id, other_id),
  CHECK (meeting_id < other_id)
) STRICT, WITHOUT ROWID;
`
