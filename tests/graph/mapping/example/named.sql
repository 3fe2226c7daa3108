SELECT p.*, k.iri AS actor
FROM pledges AS p
LEFT JOIN known_actors AS k ON k.kind = 'iso3166Alpha3' AND k.name = p.donor
