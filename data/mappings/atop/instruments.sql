-- One row for each alliance; attack is there if a member owes help to one that is attacked.
SELECT
  min(_row) AS _row,
  atopid,
  min(yrent) AS since,
  'ATOP alliance ' || atopid || ', ' || min(yrent) AS label,
  CASE WHEN max(defense) = 1 THEN atopid END AS attack
FROM membership
GROUP BY atopid
