export { Bell } from './bell.ts';
export { changesBetween } from './changes-between.ts';
export { sortText } from './sort-text.ts';
export { tableOf } from './table.ts';
