/** Migration 4: where to look for one meeting in several feeds, and for the center's own. */
export const sameMeetings = /* sql */ `
-- Derived: a slot is one time of the week with one thing that two listings of one meeting share, as a number
-- (domain/meeting-slots.ts).
CREATE TABLE meeting_slot (
  slot INTEGER NOT NULL,
  number INTEGER NOT NULL REFERENCES meeting (number) ON DELETE CASCADE,
  PRIMARY KEY (slot, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX meeting_slot_by_meeting ON meeting_slot (number);

-- Meetings that have to be compared again, because what they are compared by has changed. Filled by triggers, so
-- that no writer can forget it, and a row stays until it was compared, so that a stop loses nothing.
CREATE TABLE meeting_unsettled (
  number INTEGER PRIMARY KEY REFERENCES meeting (number) ON DELETE CASCADE
) STRICT;
INSERT INTO meeting_unsettled SELECT number FROM meeting WHERE state <> 'withdrawn' AND number IS NOT NULL;

CREATE TRIGGER meeting_is_new AFTER INSERT ON meeting WHEN new.number IS NOT NULL
BEGIN
  INSERT INTO meeting_unsettled SELECT new.number
  WHERE NOT EXISTS (SELECT 1 FROM meeting_unsettled WHERE number = new.number);
END;
CREATE TRIGGER meeting_has_changed AFTER UPDATE OF content_hash, state, feed_id, own ON meeting
WHEN new.number IS NOT NULL AND (new.content_hash <> old.content_hash OR new.state <> old.state
  OR new.feed_id IS NOT old.feed_id OR new.own <> old.own)
BEGIN
  INSERT INTO meeting_unsettled SELECT new.number
  WHERE NOT EXISTS (SELECT 1 FROM meeting_unsettled WHERE number = new.number);
END;

-- Its feed renumbered it: what points at the old id follows.
CREATE TRIGGER meeting_is_renamed AFTER UPDATE OF id ON meeting WHEN new.id <> old.id
BEGIN
  UPDATE meeting SET shown_as = new.id WHERE shown_as = old.id;
  INSERT INTO meeting_apart (meeting_id, other_id, machine_id, updated_at_ms)
    SELECT min(new.id, other), max(new.id, other), machine_id, updated_at_ms
    FROM (SELECT iif(meeting_id = old.id, other_id, meeting_id) AS other, machine_id, updated_at_ms
          FROM meeting_apart WHERE meeting_id = old.id OR other_id = old.id)
    WHERE other <> new.id AND NOT EXISTS (SELECT 1 FROM meeting_apart
      WHERE meeting_id = min(new.id, other) AND other_id = max(new.id, other));
  DELETE FROM meeting_apart WHERE meeting_id = old.id OR other_id = old.id;
END;
-- Also found from its second id.
CREATE INDEX meeting_apart_by_other ON meeting_apart (other_id);

-- The few that were entered at the desk, among a hundred thousand of feeds.
CREATE INDEX meeting_by_own ON meeting (own) WHERE own = 1;
`
