/**
 * What the list of drafts shows, beside each of them: a draft of many machines is large, and a list of
 * two hundred read them all. It stands before the body, and in a table with row ids: without them SQLite
 * reads bodies whole on the way to a row.
 */
export const draftSummaries = /* sql */ `
CREATE TABLE onboarding_draft_new (
  id TEXT NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  -- JSON: what a list shows of it.
  summary TEXT NOT NULL,
  -- JSON: shared/onboarding/draft.ts without what stands beside it.
  body TEXT NOT NULL
) STRICT;
INSERT INTO onboarding_draft_new (id, version, created_at, changed_at, summary, body)
SELECT id, version, created_at, changed_at, json_object(
    'step', json_extract(body, '$.step'),
    'who', json_extract(body, '$.who'),
    'jobId', json_extract(body, '$.jobId'),
    'machines', json((
      SELECT json_group_array(coalesce(
        json_extract(machine.value, '$.answers.name'),
        json_extract(machine.value, '$.facts.hostname'),
        json_extract(machine.value, '$.target.host')
      ) ORDER BY machine.key)
      FROM json_each(body, '$.machines') AS machine
    ))
  ), body
FROM onboarding_draft
WHERE json_valid(body);
DROP TABLE onboarding_draft;
ALTER TABLE onboarding_draft_new RENAME TO onboarding_draft;
CREATE INDEX onboarding_draft_changed ON onboarding_draft (changed_at);
`;
