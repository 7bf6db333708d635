/** What could be redone is looked for at each edit, among years of change sets. */
export const redoableIndex = /* sql */ `
CREATE INDEX change_set_redoable ON change_set (seq) WHERE redoable = 1;
`;
