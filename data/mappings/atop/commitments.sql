-- One row for each obligation that a member has taken on: a 1. Where there is a 0 it has not, and
-- where nothing stands the table does not say; neither makes a commitment.
WITH owed AS (
  SELECT *, 'defense' AS obligation FROM membership WHERE defense = 1
  UNION ALL SELECT *, 'offense' FROM membership WHERE offense = 1
  UNION ALL SELECT *, 'neutral' FROM membership WHERE neutral = 1
  UNION ALL SELECT *, 'nonagg' FROM membership WHERE nonagg = 1
  UNION ALL SELECT *, 'consul' FROM membership WHERE consul = 1
)
SELECT
  w._row, w.atopid, w.entry, w.obligation, w.begins, w.begin_precision,
  CASE WHEN w.ends IS NOT NULL THEN w.entry END AS ending,
  CASE WHEN o.condition = 'attack' THEN w.atopid END AS attack,
  n.actor AS debtor,
  n.name || ': ' || o.promise || ' in ATOP ' || w.atopid
    || CASE WHEN w.phase > 0 THEN ', phase ' || w.phase ELSE '' END
    || ', since ' || w.yrent AS label
FROM owed AS w
JOIN obligations AS o ON o.obligation = w.obligation
JOIN members AS n ON n.cow = w.member
