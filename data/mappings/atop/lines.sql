-- Who can claim what: every other member of the alliance that belonged to it on a day on which the
-- debtor did. The phase is not asked for: what phases keep apart, their days keep apart as well.
SELECT c._row, c.entry, c.obligation, n.actor AS creditor
FROM commitments AS c
JOIN membership AS debtor ON debtor.entry = c.entry
JOIN membership AS other
  ON other.atopid = debtor.atopid
  AND other.member <> debtor.member
  AND other.begins < coalesce(debtor.ends, '9999')
  AND debtor.begins < coalesce(other.ends, '9999')
JOIN members AS n ON n.cow = other.member
