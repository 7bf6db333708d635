export { explainConstraint } from './constraints.ts';
export { insertRecord } from './insert.ts';
export { createRecords, type Records } from './records.ts';
export { checkRules } from './rules.ts';
