-- One row for each time a member was in an alliance, with what is known of its first and last day.
-- begins is the first day it can have begun; ends the first day on which it is surely over, for
-- the interval is half-open: who leaves on the day on which others join is no partner of theirs.
-- yrexit 0 says that it lasted when the table was closed, and gives no end.
SELECT
  _row, atopid, member, phase, yrent,
  printf('%d-%d-%d-%d%02d%02d', atopid, member, phase, yrent, ifnull(moent, 0), ifnull(dayent, 0))
    AS entry,
  printf('%04d-%02d-%02d', yrent, ifnull(moent, 1), ifnull(dayent, 1)) AS begins,
  CASE WHEN moent IS NULL THEN 'Year' WHEN dayent IS NULL THEN 'Month' ELSE 'Day' END
    AS begin_precision,
  CASE
    WHEN yrexit = 0 OR yrexit IS NULL THEN NULL
    WHEN moexit IS NULL THEN printf('%04d-12-31', yrexit)
    WHEN dayexit IS NULL THEN date(printf('%04d-%02d-01', yrexit, moexit), '+1 month', '-1 day')
    ELSE printf('%04d-%02d-%02d', yrexit, moexit, dayexit)
  END AS ends,
  CASE WHEN moexit IS NULL THEN 'Year' WHEN dayexit IS NULL THEN 'Month' ELSE 'Day' END
    AS end_precision,
  defense, offense, neutral, nonagg, consul
FROM atop_member_level
