-- When Gleditsch and Ward count a state of the table as independent; the list ends in 2017, and
-- a state that it has until then has no last day.
SELECT i._row, i.cow, i.gw, i.first, i.last, n.actor, n.name
FROM independence AS i
JOIN members AS n ON n.listed = i.cow
