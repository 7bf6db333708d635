import { NativeSelect, Textarea } from '@mantine/core';
import { useMemo } from 'react';
import type { EntryPreview } from '../../../shared/contract/quick-entry.ts';
import { type EntryField, entryFields, labelOf } from '../../../shared/quick-entry/entry.ts';
import type { PastedTable } from '../../../shared/quick-entry/table.ts';
import { Button } from '../../ui/button.tsx';
import { ToggleChip } from '../../ui/filter-menu.tsx';
import { formatCount } from '../../ui/formatting.ts';
import classes from './quick-entry.module.css';

interface PasteProps {
  readonly text: string;
  readonly problem: string | null;
  readonly onChange: (text: string) => void;
}

/** Takes what a spreadsheet has put on the clipboard. */
export function PasteArea({ text, problem, onChange }: PasteProps) {
  return (
    <Textarea
      label="Rows from a spreadsheet"
      description="Copy them there and paste them here, with or without the line that names the columns. CSV works too."
      placeholder={'name\ttype\tinterface\tip\track\tunit'}
      classNames={{ input: 'rh-mono' }}
      minRows={8}
      autosize
      maxRows={14}
      spellCheck={false}
      value={text}
      error={problem}
      data-autofocus
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

interface TableProps {
  readonly table: PastedTable;
  readonly preview: EntryPreview | null;
  readonly onChange: (table: PastedTable) => void;
  readonly onAgain: () => void;
}

/** The others are told of below where something is wrong with them. */
export const rowsShown = 100;
const choices = [
  { value: '', label: 'Leave out' },
  ...entryFields.map((field) => ({ value: field, label: labelOf(field) })),
];

/** The pasted rows with what each column is about, and what is wrong in the cell where it is wrong. */
export function TableEntry({ table, preview, onChange, onAgain }: TableProps) {
  const { rows, header, columns } = table;
  const body = header ? rows.slice(1) : rows;
  const first = header ? 1 : 0;
  const states = useMemo(() => statesByRow(preview), [preview]);
  const choose = (index: number, value: string) =>
    onChange({
      ...table,
      columns: columns.map((field, at) => {
        if (at === index) return value === '' ? null : (value as EntryField); // one of the choices
        // A field stands in one column.
        return field === value ? null : field;
      }),
    });
  return (
    <div className={classes.entry}>
      <div className={classes.tableBar}>
        <span>{formatCount(body.length, 'row')}</span>
        <ToggleChip on={header} onChange={(on) => onChange({ ...table, header: on })}>
          The first row names the columns
        </ToggleChip>
        <Button tone="quiet" onClick={onAgain}>
          Paste something else
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region is focusable on purpose */}
      <section className={classes.gridScroll} tabIndex={0} aria-label="Pasted rows">
        <table className={classes.grid}>
          <thead>
            <tr>
              <th scope="col">Row</th>
              <th scope="col">State</th>
              {columns.map((field, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name
                <th key={index} scope="col">
                  <NativeSelect
                    size="xs"
                    aria-label={`What column ${index + 1} is about`}
                    data={choices}
                    value={field ?? ''}
                    onChange={(event) => choose(index, event.currentTarget.value)}
                  />
                  {header && <span className={classes.columnName}>{rows[0]?.[index]}</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {body.slice(0, rowsShown).map((row, index) => (
              <Row
                // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name
                key={index}
                number={index + first + 1}
                row={row}
                columns={columns}
                state={states.get(index + first)}
              />
            ))}
          </tbody>
        </table>
      </section>
      {body.length > rowsShown && (
        <p className={classes.more}>
          {`and ${formatCount(body.length - rowsShown, 'more row')}; what is wrong in them stands below`}
        </p>
      )}
    </div>
  );
}

interface RowState {
  readonly word: string;
  readonly problems: readonly { readonly field: EntryField | null; readonly text: string }[];
}

/** What the preview says of each row of the table. */
function statesByRow(preview: EntryPreview | null): ReadonlyMap<number, RowState> {
  const states = new Map<number, RowState>();
  for (const { state, tableRows, problems, warnings } of preview?.rows ?? []) {
    const word = { new: 'New', exists: 'Is there already', faulty: 'Cannot be added' }[state];
    for (const row of tableRows) {
      const before = states.get(row);
      const all = [...(before?.problems ?? []), ...(state === 'faulty' ? problems : [])];
      states.set(row, { word: [word, ...warnings].filter(Boolean).join('. '), problems: all });
    }
  }
  return states;
}

interface RowProps {
  readonly number: number;
  readonly row: readonly string[];
  readonly columns: PastedTable['columns'];
  readonly state: RowState | undefined;
}

function Row({ number, row, columns, state }: RowProps) {
  const problems = state?.problems ?? [];
  const inCell = (field: EntryField | null) =>
    field === null ? undefined : problems.find((problem) => problem.field === field);
  const others = problems.filter(({ field }) => field === null || !columns.includes(field));
  return (
    <tr>
      <th scope="row">{number}</th>
      <td>
        {state?.word}
        {others.map(({ text }) => (
          <span key={text} className={classes.cellProblem}>
            {text}
          </span>
        ))}
      </td>
      {columns.map((field, index) => {
        const problem = inCell(field);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name
          <td key={index} data-out={field === null || undefined} data-wrong={problem && true}>
            <bdi>{row[index]}</bdi>
            {problem && <span className={classes.cellProblem}>{problem.text}</span>}
          </td>
        );
      })}
    </tr>
  );
}
