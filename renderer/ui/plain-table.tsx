import type { ReactNode } from 'react';
import classes from './plain-table.module.css';

export interface PlainColumn {
  readonly title: string;
  readonly align?: 'end';
  /** Its cells say what they are; only assistive technology is told the title. */
  readonly quiet?: boolean;
}

interface PlainTableProps {
  readonly label: string;
  readonly columns: readonly PlainColumn[];
  /** The cells of each row, in the order of the columns. */
  readonly rows: readonly (readonly ReactNode[])[];
}

/** A short table that is read, not worked in. It scrolls sideways before it breaks an address. */
export function PlainTable({ label, columns, rows }: PlainTableProps) {
  return (
    <div className={classes.scroll}>
      <table className={classes.table} aria-label={label}>
        <thead>
          <tr>
            {columns.map(({ title, align, quiet }) => (
              <th key={title} scope="col" data-align={align}>
                {quiet ? <span className="rh-hidden">{title}</span> : title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two rows may read alike, and none keeps a state
            <tr key={row}>
              {columns.map(({ title, align }, index) => (
                <td key={title} data-align={align}>
                  {cells[index]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Several values in one cell, under one another. */
export function Lines({ children }: { readonly children: readonly ReactNode[] }) {
  return children.map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    <div key={index}>{line}</div>
  ));
}
