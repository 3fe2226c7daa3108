-- The states of the table: the actor that the graph has for a code, or else one to be made.
-- described_as and what follows is empty for an actor that the graph describes already.
SELECT
  min(m._row) AS _row,
  m.member AS cow,
  s.cow AS listed,
  coalesce(known.iri, made.iri) AS actor,
  coalesce(s.name, 'ATOP member ' || m.member || ', which COW does not list') AS name,
  CASE WHEN known.iri IS NULL THEN 'State' END AS described_as,
  CASE WHEN known.iri IS NULL THEN made.name END AS label,
  CASE WHEN known.iri IS NULL THEN s.alpha3 END AS alpha3
FROM atop_member_level AS m
LEFT JOIN states AS s ON s.cow = m.member
JOIN (
  SELECT
    e.member,
    'https://w3id.org/servanda/id/actor/' || coalesce(t.slug, 'atop-member-' || e.member) AS iri,
    coalesce(t.name, 'ATOP member ' || e.member || ', which COW does not list') AS name
  FROM (SELECT DISTINCT member FROM atop_member_level) AS e
  LEFT JOIN states AS t ON t.cow = e.member
) AS made ON made.member = m.member
LEFT JOIN (
  SELECT t.cow, min(k.iri) AS iri
  FROM states AS t
  JOIN known_actors AS k
    ON (k.kind = 'iso3166Alpha3' AND k.name = t.alpha3)
    OR (k.kind = 'cowCode' AND k.name = t.cow)
  GROUP BY t.cow
) AS known ON known.cow = m.member
GROUP BY m.member
