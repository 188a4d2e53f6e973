-- Beside the views, in memory and for one connection: the directory as it is, or as it was at the instant asked for. County and township of a case are derived
-- from it whenever somebody asks, never stored.
CREATE TEMP TABLE units (unit TEXT PRIMARY KEY, seat TEXT) WITHOUT ROWID;
-- Every unit with itself and all units above it.
CREATE TEMP TABLE within (area TEXT NOT NULL, unit TEXT NOT NULL, PRIMARY KEY (area, unit)) WITHOUT ROWID;
CREATE INDEX temp.within_unit ON within (unit);
-- Likewise in the directory as it is: what a caller may see is a matter of today, also of the past.
CREATE TEMP TABLE sight (area TEXT NOT NULL, unit TEXT NOT NULL, PRIMARY KEY (area, unit)) WITHOUT ROWID;
CREATE INDEX temp.sight_unit ON sight (unit);
CREATE TEMP TABLE city (unit TEXT NOT NULL);

-- The area a case counts for: the division it lies in, else its owner's seat, else the whole city. A site does not move when
-- the case is passed on, so no area can hand its numbers to another.
CREATE TEMP VIEW placed_cases AS
SELECT cases.*, 'case-' || cases.case_id AS subject, measures, measures_done, reviews, spot_check,
    coalesce(relapsed, 0) AS relapsed,
    coalesce((SELECT unit FROM units WHERE unit = cases.division),
             (SELECT seat FROM units WHERE unit = cases.owner),
             (SELECT unit FROM city)) AS area
FROM cases LEFT JOIN main.disposals USING (case_id);

CREATE TEMP VIEW placed_tips AS
SELECT tips.*, 'tip-' || tips.tip AS subject,
    coalesce((SELECT unit FROM units WHERE unit = tips.division), (SELECT unit FROM city)) AS area
FROM tips;

-- What does not exist for whoever asks just now; see query/hidden.rs. The views below stand before the tables of the same
-- names, so that no question can forget it.
CREATE TEMP TABLE hidden (subject TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP VIEW tips AS SELECT * FROM main.tips WHERE 'tip-' || tip NOT IN (SELECT hidden.subject FROM hidden);
CREATE TEMP VIEW cases AS SELECT * FROM main.cases WHERE 'case-' || case_id NOT IN (SELECT hidden.subject FROM hidden);
CREATE TEMP VIEW case_tips AS SELECT * FROM main.case_tips WHERE 'tip-' || tip NOT IN (SELECT hidden.subject FROM hidden);
-- What is looked into stays between those who supervise and those who decide: a clock of its own would give it away.
CREATE TEMP TABLE asker (told_of_inquiries INTEGER NOT NULL);
CREATE TEMP VIEW clocks AS SELECT * FROM main.clocks WHERE subject NOT IN (SELECT hidden.subject FROM hidden)
    AND (obligation <> 'inquiry' OR (SELECT told_of_inquiries FROM asker));
CREATE TEMP VIEW escalations AS SELECT * FROM main.escalations WHERE subject NOT IN (SELECT hidden.subject FROM hidden)
    AND (obligation <> 'inquiry' OR (SELECT told_of_inquiries FROM asker));
CREATE TEMP VIEW failures AS SELECT * FROM main.failures WHERE subject NOT IN (SELECT hidden.subject FROM hidden);
CREATE TEMP VIEW awaiting AS SELECT * FROM main.awaiting WHERE subject NOT IN (SELECT hidden.subject FROM hidden);
