import type { PrinterColumn } from './printer-columns.ts';

/** A kind that only the cluster knows, as its discovery and its definition tell of it. */
export interface CustomType {
  readonly group: string;
  readonly resource: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly columns: readonly PrinterColumn[];
}
