import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';

interface SettledTextProps {
  readonly label: string;
  readonly value: string;
  readonly description?: string;
  readonly placeholder?: string;
  /** What is wrong with what is typed; null: nothing. */
  readonly objection?: (text: string) => string | null;
  /** Told when the field is left, or by Enter, of a text without objection. */
  readonly onSettle: (text: string) => void;
}

/** A text that counts once it is settled, so that nothing is looked up at each letter. */
export function SettledText(props: SettledTextProps) {
  const { label, value, description, placeholder, objection, onSettle } = props;
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const error = text === value ? null : (objection?.(text) ?? null);
  const settle = () => {
    if (text !== value && error === null) onSettle(text);
  };
  return (
    <TextInput
      label={label}
      {...(description !== undefined && { description })}
      {...(placeholder !== undefined && { placeholder })}
      value={text}
      error={error}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.key === 'Enter') settle();
      }}
    />
  );
}
