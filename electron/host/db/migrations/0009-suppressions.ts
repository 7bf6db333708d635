/** Findings of the lint that a person lives with, and why. `finding` is the key of the finding. */
export const suppressions = /* sql */ `
CREATE TABLE suppression (
  id TEXT NOT NULL PRIMARY KEY,
  finding TEXT NOT NULL UNIQUE,
  reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;
