import type { InventoryRecord } from '../../../shared/contract/records.ts';
import type { Field, FieldValue, KindName } from '../../../shared/model/kinds/index.ts';
import { formatTyped } from '../../../shared/model/kinds/typed.ts';
import { RecordLink } from '../links/thing-links.tsx';
import { optionLabel } from './record-words.ts';
import classes from './records.module.css';

/** A value as a person reads it. Empty: nothing is declared. */
export function shownValue(field: Field, value: FieldValue): string {
  if (value === null) return '';
  return field.type === 'choice' ? optionLabel(String(value)) : formatTyped(field, value);
}

const monoTypes: ReadonlySet<Field['type']> = new Set([
  'address',
  'host-address',
  'prefix',
  'range',
  'mac',
  'url',
]);

export const isMono = ({ type }: Field): boolean => monoTypes.has(type);

interface RecordValueProps {
  readonly record: InventoryRecord;
  readonly name: string;
  readonly field: Field;
}

/** One field of a row where it is only read; a reference leads to what it refers to. */
export function RecordValue({ record, name, field }: RecordValueProps) {
  const value = record.values[name] ?? null;
  if (value === null) return null;
  if (field.type === 'reference') {
    const called = record.names[name] ?? '';
    return <RecordLink kind={field.to as KindName} id={String(value)} name={called} />; // kinds refer to kinds
  }
  const text = shownValue(field, value);
  if (field.type === 'colour') return <Colour text={text} />;
  return <bdi className={isMono(field) ? 'rh-mono' : undefined}>{text}</bdi>;
}

/** The name of a colour with a sample of it, where the browser knows it. */
export function Colour({ text }: { readonly text: string }) {
  const known = CSS.supports('color', text);
  return (
    <span className={classes.colour}>
      {known && <span aria-hidden className={classes.sample} style={{ background: text }} />}
      <bdi>{text}</bdi>
    </span>
  );
}
