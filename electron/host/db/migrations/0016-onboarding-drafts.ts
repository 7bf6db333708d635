/**
 * Drafts of onboardings, saved at each step. They are no edits of the inventory: outside history, and
 * without foreign keys, since a draft outlives what it speaks of.
 */
export const onboardingDrafts = /* sql */ `
CREATE TABLE onboarding_draft (
  id TEXT NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  changed_at INTEGER NOT NULL,
  -- JSON: shared/onboarding/draft.ts without what stands beside it.
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX onboarding_draft_changed ON onboarding_draft (changed_at);
`;
