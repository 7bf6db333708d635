import { IconRefresh } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { useApp } from '../../../app/app-context.ts';
import { Ago } from '../../../ui/ago.tsx';
import { Button } from '../../../ui/button.tsx';
import classes from './drift.module.css';

/** Reads the cluster again; what is shown is as it was read. */
export function ReadAgain({ context }: { readonly context: string }) {
  const { drift } = useApp().cluster;
  const busy = useStore(drift.reading);
  return (
    <Button icon={IconRefresh} busy={busy} onClick={() => void drift.readAgain(context)}>
      Refresh
    </Button>
  );
}

export function ReadAt({ at }: { readonly at: number }) {
  return (
    <>
      cluster read <Ago at={at} />
    </>
  );
}

interface GapsProps {
  readonly gaps: readonly { readonly what: string; readonly why: string }[];
}

/** What could not be read, so that nobody takes silence for an answer. */
export function Gaps({ gaps }: GapsProps) {
  if (gaps.length === 0) return null;
  return (
    <p className={classes.gaps} role="status">
      Not read, so nothing is told of them: {gaps.map(({ what }) => what).join(', ')}.{' '}
      <bdi>{gaps[0]?.why}</bdi>
    </p>
  );
}
