-- What was noted from the release: every figure of a month, and that it says nothing of deliveries.
SELECT 'provision/support-tracker-' || m.iso || '-' || m.month || '-' || m.stage AS record, r.release
FROM months AS m, release_info AS r
UNION ALL
SELECT 'gap/support-tracker-' || p.iso, r.release FROM promises AS p, release_info AS r
