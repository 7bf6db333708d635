import { z } from 'zod';
import { parseQuantity } from '../quantity.ts';
import { type Cell, type ClusterColumn, column } from '../row.ts';
import { listOf, part, text, whole } from '../tolerant.ts';
import { parsePath, valuesAt } from './json-path.ts';

/** Columns that the author of a custom resource chose for `kubectl get`. */
export const printerColumn = z.object({
  name: z.string().min(1).max(100),
  type: text,
  priority: whole,
  jsonPath: z.string().max(500),
});
export type PrinterColumn = z.infer<typeof printerColumn>;

const version = z.object({
  name: text,
  additionalPrinterColumns: listOf(printerColumn),
});
const definition = part({ spec: part({ versions: listOf(version) }) });

/** Of one version, from the definition; none where it names none. */
export function printerColumnsOf(object: unknown, versionName: string): readonly PrinterColumn[] {
  const { versions } = definition.parse(object).spec;
  const columns = versions.find(({ name }) => name === versionName)?.additionalPrinterColumns ?? [];
  // Every row has its age already.
  return columns.filter(({ jsonPath }) => jsonPath !== '.metadata.creationTimestamp');
}

export interface ReadColumn {
  readonly column: ClusterColumn;
  cellOf(object: unknown): Cell;
}

export function readColumn(
  { name, type, priority, jsonPath }: PrinterColumn,
  at: number,
): ReadColumn {
  const steps = parsePath(jsonPath);
  const kind =
    type === 'date'
      ? 'time'
      : type === 'integer' || type === 'number'
        ? 'number'
        : type === 'boolean'
          ? 'flag'
          : 'text';
  return {
    column: column(`printer${at}`, name, kind, priority > 0 ? { extra: true } : {}),
    cellOf: (object) => (steps === null ? null : cellOf(valuesAt(object, steps), kind)),
  };
}

const longest = 300;

function cellOf(values: readonly unknown[], kind: ClusterColumn['type']): Cell {
  const [first] = values;
  if (first === undefined || first === null) return null;
  if (kind === 'time') {
    const at = typeof first === 'string' ? Date.parse(first) : Number.NaN;
    return Number.isNaN(at) ? null : at;
  }
  if (kind === 'number') return parseQuantity(first);
  if (kind === 'flag') return typeof first === 'boolean' ? first : null;
  const texts = values.map((value) =>
    typeof value === 'string' ? value : (JSON.stringify(value) ?? ''),
  );
  return texts.join(', ').slice(0, longest);
}
