import { Select } from '@mantine/core';
import { useStore } from 'zustand';
import { type KindName, kindNames, kindOf } from '../../../shared/model/kinds/index.ts';
import { useApp } from '../../app/app-context.ts';
import { Section } from '../../ui/section.tsx';
import classes from './exchange.module.css';
import { targetLabel } from './exchange-words.ts';

const kindOptions = kindNames.map((name) => ({ value: name, label: kindOf(name).plural }));
const leftOut = '';

/** What the rows of a table are, and what each of its columns is; to be put right by hand. */
export function ColumnMap() {
  const { exchange } = useApp();
  const { table, choice, step, name } = useStore(exchange.store);
  if (table === null && !/\.(csv|tsv|txt)$/i.test(name)) return null;
  const kind = table?.kind ?? choice.kind;
  const set = (header: string, target: string | null) =>
    void exchange.compare({ kind, map: new Map(choice.map).set(header, target || null) });
  return (
    <Section title="Table">
      <div className={classes.map} aria-busy={step === 'reading'}>
        <Select
          label="Rows are"
          data={kindOptions}
          value={kind}
          searchable
          allowDeselect={false}
          onChange={(value) => {
            const chosen = kindNames.find((each) => each === value) ?? null;
            void exchange.compare({ kind: chosen, map: new Map() });
          }}
        />
        {table?.columns.map(({ header, target }) => (
          <Select
            key={header}
            label={<bdi>{header || 'without a name'}</bdi>}
            data={optionsOf(table.kind, table.targets, target)}
            value={target ?? leftOut}
            searchable
            allowDeselect={false}
            data-out={target === null || undefined}
            onChange={(value) => set(header, value)}
          />
        ))}
      </div>
    </Section>
  );
}

function optionsOf(kind: KindName, targets: readonly string[], chosen: string | null) {
  const all = chosen === null || targets.includes(chosen) ? targets : [chosen, ...targets];
  return [
    { value: leftOut, label: 'Left out' },
    ...all.map((target) => ({ value: target, label: targetLabel(kind, target) })),
  ];
}
