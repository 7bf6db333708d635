/** Jobs by the clock. Outside history, as when they ran last would fill it. */
export const schedules = /* sql */ `
CREATE TABLE schedule (
  -- What it is for: refresh.
  key TEXT NOT NULL PRIMARY KEY,
  -- Of the jobs that it starts.
  kind TEXT NOT NULL,
  -- JSON, for whoever makes those jobs.
  input TEXT NOT NULL,
  -- Either of the two.
  every_minutes INTEGER,
  cron TEXT,
  enabled INTEGER NOT NULL,
  last_job TEXT,
  ran_at INTEGER,
  CHECK ((every_minutes IS NULL) <> (cron IS NULL))
) STRICT, WITHOUT ROWID;

-- The one schedule that there was stood among the settings.
INSERT INTO schedule (key, kind, input, every_minutes, enabled, ran_at)
SELECT 'refresh', 'refresh', 'null', json_extract(value, '$.everyMinutes'), 1,
  json_extract(value, '$.ranAt')
FROM setting
WHERE key = 'refresh-schedule' AND json_valid(value) AND json_type(value) = 'object'
  AND json_type(value, '$.everyMinutes') = 'integer'
  AND json_extract(value, '$.everyMinutes') BETWEEN 5 AND 10080
  AND coalesce(json_type(value, '$.ranAt'), 'null') IN ('integer', 'null');
DELETE FROM setting WHERE key = 'refresh-schedule';
`;
