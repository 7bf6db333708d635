import type { ColumnsOffered } from '../../ui/data-table/column-choice.ts';
import { columnOptions } from './device-columns.tsx';

/** What is seen at first fits a window of 1440 pixels with the inspector closed. */
export const deviceColumnsOffered: ColumnsOffered = {
  storageKey: 'rackhelm-device-columns',
  known: columnOptions.map(({ value }) => value),
  first: ['status', 'primaryAddress', 'reading', 'rackName', 'model', 'memoryBytes', 'tags'],
};
