-- One row for each figure of a month: what was promised in it and what was allocated in it. A zero
-- is no promise and no allocation. The rest goes with the allocation, and without one with the promise.
WITH figures AS (
  SELECT *, 'Allocated' AS stage, total AS figure, to_be_allocated AS rest
  FROM data_explorer WHERE CAST(total AS REAL) > 0
  UNION ALL
  SELECT *, 'Pledged', commitments,
    CASE WHEN CAST(total AS REAL) > 0 THEN NULL ELSE to_be_allocated END
  FROM data_explorer WHERE CAST(commitments AS REAL) > 0
)
SELECT
  f._row, f.iso, f.stage, f.figure, f.rest, d.actor AS donor,
  printf('%04d-%02d', f.year, f.month) AS month,
  printf('%04d-%02d-01', f.year, f.month) AS begins,
  d.name || ', ' || printf('%04d-%02d', f.year, f.month) || ': '
    || CASE f.stage WHEN 'Pledged' THEN 'promised' ELSE 'allocated' END AS label,
  'total ' || f.total || ' (financial ' || f.financial || ', humanitarian ' || f.humanitarian
    || ', military ' || f.military || '); commitments ' || f.commitments
    || '; to_be_allocated ' || f.to_be_allocated AS words,
  'as counted in release ' || r.release || ' of the Ukraine Support Tracker' AS basis
FROM figures AS f
JOIN donors AS d ON d.iso = f.iso
CROSS JOIN release_info AS r
