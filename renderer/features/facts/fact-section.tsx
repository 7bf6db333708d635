import { IconAlertTriangle, IconMinus } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { Field } from '../../ui/field-list.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { Section } from '../../ui/section.tsx';
import classes from './facts.module.css';
import { told } from './kind-words.ts';

/** A section as it came: data, or the reason why there is none. */
export type Fact<T> =
  | { readonly status: 'ok'; readonly data: T }
  | { readonly status: 'absent' | 'failed'; readonly reason: string };

/** `absent` is an answer, `failed` is none: the icon and the words keep them apart. */
export function NoFact({ fact }: { readonly fact: Exclude<Fact<unknown>, { status: 'ok' }> }) {
  const failed = fact.status === 'failed';
  const IconShape = failed ? IconAlertTriangle : IconMinus;
  return (
    <span className={classes.noFact} data-status={fact.status}>
      <IconShape aria-hidden className={classes.noFactIcon} />
      <span>
        {failed ? 'Could not be read: ' : ''}
        {fact.reason}
      </span>
    </span>
  );
}

interface FactFieldProps<T> {
  readonly label: string;
  readonly fact: Fact<T>;
  readonly text: (data: T) => string | null;
  readonly mono?: boolean;
}

export function FactField<T>({ label, fact, text, mono = false }: FactFieldProps<T>) {
  if (fact.status !== 'ok') {
    return (
      <Field label={label}>
        <NoFact fact={fact} />
      </Field>
    );
  }
  // Text that only says that there is none is no value; an empty list is one.
  const found = text(fact.data);
  const value = found === '' ? found : told(found);
  return (
    <Field label={label} mono={mono && Boolean(value)}>
      {value ? (
        <bdi>{value}</bdi>
      ) : (
        // An empty list was read and holds nothing; null was not told.
        <span className={classes.quiet}>{value === '' ? 'none' : 'unknown'}</span>
      )}
    </Field>
  );
}

interface FactSectionProps<T> {
  readonly title: string;
  readonly fact: Fact<T>;
  readonly view: ComponentType<{ readonly data: T }>;
  /** How many there are beyond those of the data. */
  readonly more?: number | undefined;
}

export function FactSection<T>({ title, ...rest }: FactSectionProps<T>) {
  return (
    <Section title={title}>
      <FactBody {...rest} />
    </Section>
  );
}

/** The section's data, or why there is none. */
export function FactBody<T>({ fact, view: View, more }: Omit<FactSectionProps<T>, 'title'>) {
  if (fact.status !== 'ok') return <NoFact fact={fact} />;
  return (
    <>
      <View data={fact.data} />
      {more !== undefined && <p className={classes.quiet}>And {formatCount(more, 'line')} more.</p>}
    </>
  );
}
