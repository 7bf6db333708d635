/** Imports are few among years of change sets, and the sample rack is looked for by its own. */
export const importIndex = /* sql */ `
CREATE INDEX change_set_import ON change_set (title) WHERE source = 'import';
`;
