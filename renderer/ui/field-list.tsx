import type { ReactNode } from 'react';
import classes from './field-list.module.css';

/** Names on the left, values on the right, aligned down the page. */
export function FieldList({ children }: { readonly children: ReactNode }) {
  return <dl className={classes.list}>{children}</dl>;
}

interface FieldProps {
  readonly label: string;
  readonly mono?: boolean;
  readonly children?: ReactNode;
}

/** One value; without children it says that there is none. */
export function Field({ label, mono = false, children }: FieldProps) {
  const missing = children === null || children === undefined || children === '';
  return (
    <div className={classes.field}>
      <dt className={classes.label}>{label}</dt>
      <dd className={classes.value} data-mono={(mono && !missing) || undefined}>
        {missing ? <span className={classes.missing}>not declared</span> : children}
      </dd>
    </div>
  );
}
