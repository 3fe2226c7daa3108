-- The donors, and Ukraine: the actor that the graph has by code or name, or else one to be made.
WITH named AS (
  SELECT
    min(_row) AS _row, iso, country AS name,
    CASE iso WHEN 'EU' THEN 'European Union' ELSE country END AS called,
    CASE WHEN length(iso) = 3 THEN iso END AS alpha3
  FROM data_explorer GROUP BY iso
  UNION ALL SELECT 1, 'UKR', 'Ukraine', 'Ukraine', 'UKR'
)
SELECT
  n._row, n.iso, n.name,
  CASE WHEN n.iso <> 'UKR' THEN n.iso END AS donor,
  coalesce(
    known.iri, 'https://w3id.org/servanda/id/actor/' || replace(lower(n.called), ' ', '-')
  ) AS actor,
  CASE WHEN known.iri IS NULL AND n.iso = 'EU' THEN 'InternationalOrganisation'
    WHEN known.iri IS NULL THEN 'State' END AS described_as,
  CASE WHEN known.iri IS NULL THEN n.called END AS label,
  CASE WHEN known.iri IS NULL THEN n.alpha3 END AS alpha3
FROM named AS n
LEFT JOIN (
  SELECT m.iso, min(k.iri) AS iri
  FROM named AS m
  JOIN known_actors AS k
    ON (k.kind = 'iso3166Alpha3' AND k.name = m.alpha3)
    OR (m.alpha3 IS NULL AND k.kind = 'label' AND k.name = m.called)
  GROUP BY m.iso
) AS known ON known.iso = n.iso
