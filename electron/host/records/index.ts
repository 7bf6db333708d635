export { insertRecord } from './insert.ts';
export { createRecords, type Records } from './records.ts';
