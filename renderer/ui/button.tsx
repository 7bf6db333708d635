import { ActionIcon, Button as MantineButton, Tooltip } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { Ref } from 'react';
import classes from './button.module.css';
import { KeyHint } from './key-hint.tsx';

type Tone = 'default' | 'primary' | 'danger' | 'quiet';

interface ButtonProps {
  readonly children: string;
  /** The whole of what it does, where the words on it need what stands beside them. */
  readonly label?: string | undefined;
  readonly onClick?: (() => void) | undefined;
  readonly icon?: Icon | undefined;
  readonly tone?: Tone | undefined;
  readonly shortcut?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly busy?: boolean | undefined;
  readonly type?: 'button' | 'submit' | undefined;
  readonly autoFocus?: boolean | undefined;
  readonly form?: string | undefined;
  readonly ref?: Ref<HTMLButtonElement>;
}

const look = {
  default: { variant: 'default' },
  primary: { variant: 'filled', color: 'accent' },
  danger: { variant: 'filled', color: 'danger' },
  quiet: { variant: 'subtle', color: 'gray' },
} as const satisfies Record<Tone, object>;

/** A button with words on it. `busy` keeps its width and shows that something runs. */
export function Button(props: ButtonProps) {
  const { icon: IconShape, tone = 'default', shortcut, busy, children, ...rest } = props;
  return (
    <MantineButton
      {...look[tone]}
      className={classes[tone]}
      leftSection={IconShape && <IconShape className={classes.icon} aria-hidden />}
      rightSection={shortcut && <KeyHint keys={shortcut} />}
      loading={busy ?? false}
      // The one when a dialog opens with it, the other when it appears in an open dialog.
      data-autofocus={props.autoFocus || undefined}
      autoFocus={props.autoFocus ?? false}
      type={rest.type ?? 'button'}
      onClick={rest.onClick}
      disabled={rest.disabled ?? false}
      form={rest.form}
      aria-label={rest.label}
      ref={rest.ref ?? null}
    >
      {children}
    </MantineButton>
  );
}

interface IconButtonProps {
  /** What it does, in words: the accessible name and the tooltip. */
  readonly label: string;
  readonly icon: Icon;
  readonly onClick?: (() => void) | undefined;
  readonly shortcut?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly pressed?: boolean | undefined;
  readonly expanded?: boolean | undefined;
  /** Tab passes it: what it does can be done with the keyboard where it stands. */
  readonly offTabOrder?: true;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function IconButton(props: IconButtonProps) {
  const { label, icon: IconShape, shortcut } = props;
  return (
    <Tooltip
      label={
        <span className={classes.tip}>
          {label}
          {shortcut && <KeyHint keys={shortcut} inverted />}
        </span>
      }
    >
      <ActionIcon
        aria-label={label}
        aria-pressed={props.pressed}
        aria-expanded={props.expanded}
        {...(props.offTabOrder && { tabIndex: -1 })}
        className={classes.iconButton}
        onClick={props.onClick}
        disabled={props.disabled ?? false}
        ref={props.ref ?? null}
      >
        <IconShape className={classes.icon} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
