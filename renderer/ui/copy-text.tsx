import { CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import classes from './copy-text.module.css';
import { isolated } from './isolate.ts';

interface CopyTextProps {
  readonly text: string;
  /** What is copied, where the text itself would be a poor name. */
  readonly label?: string;
  /** The text stands elsewhere already. */
  readonly buttonOnly?: boolean;
}

/** An address, key or command in monospace that one press copies. */
export function CopyText({ text, label, buttonOnly = false }: CopyTextProps) {
  return (
    <span className={classes.copy} data-button-only={buttonOnly || undefined}>
      {!buttonOnly && (
        <code className={classes.text}>
          <bdi>{text}</bdi>
        </code>
      )}
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <button
            type="button"
            className={classes.button}
            onClick={copy}
            aria-label={copied ? 'Copied' : `Copy ${label ?? isolated(text)}`}
          >
            {copied ? <IconCheck aria-hidden /> : <IconCopy aria-hidden />}
          </button>
        )}
      </CopyButton>
    </span>
  );
}
