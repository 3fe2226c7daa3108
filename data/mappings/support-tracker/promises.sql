-- What each donor promised in all, to six places as the table has it.
SELECT
  d._row, d.iso, d.actor AS debtor, u.actor AS creditor, d.name || ': aid to Ukraine' AS label,
  'Aid announced by ' || d.name || ', as the Support Tracker counts it' AS text,
  (SELECT min(printf('%04d-%02d-01', e.year, e.month)) FROM data_explorer AS e
    WHERE e.iso = d.iso) AS since,
  (SELECT printf('%.6f', sum(CAST(e.commitments AS REAL))) FROM data_explorer AS e
    WHERE e.iso = d.iso) AS promised,
  'as counted in release ' || r.release || ' of the Ukraine Support Tracker' AS basis
FROM donors AS d, donors AS u, release_info AS r
WHERE d.donor IS NOT NULL AND u.iso = 'UKR'
