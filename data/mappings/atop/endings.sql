-- When a membership ended: on a day; or on some day of a month or year, which is an event with a
-- report of that precision, for a date in a condition has none.
SELECT
  m._row, m.entry, m.end_precision,
  CASE m.end_precision WHEN 'Day' THEN 'DateReached' ELSE 'Occurs' END AS kind,
  CASE m.end_precision WHEN 'Day' THEN m.ends END AS day,
  CASE WHEN m.end_precision <> 'Day' THEN m.entry END AS event,
  CASE m.end_precision WHEN 'Month' THEN substr(m.ends, 1, 8) || '01'
    WHEN 'Year' THEN substr(m.ends, 1, 5) || '01-01' END AS within,
  n.name || ' leaves ATOP alliance ' || m.atopid
    || CASE WHEN m.phase > 0 THEN ', phase ' || m.phase ELSE '' END
    || ', ' || CASE m.end_precision WHEN 'Day' THEN m.ends WHEN 'Month' THEN substr(m.ends, 1, 7)
      ELSE substr(m.ends, 1, 4) END AS label
FROM membership AS m
JOIN members AS n ON n.cow = m.member
WHERE m.ends IS NOT NULL
  AND (m.defense = 1 OR m.offense = 1 OR m.neutral = 1 OR m.nonagg = 1 OR m.consul = 1)
