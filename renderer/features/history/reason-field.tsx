import { TextInput } from '@mantine/core';
import classes from './reason-field.module.css';

interface ReasonFieldProps {
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** Why a large change is made; kept with it in the history. */
export function ReasonField({ value, onChange }: ReasonFieldProps) {
  return (
    <TextInput
      className={classes.reason ?? ''}
      label="Why (optional)"
      placeholder="Kept with this change in the history"
      value={value}
      maxLength={500}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
