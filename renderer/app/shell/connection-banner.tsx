import { IconAlertTriangle, IconPlugConnectedX } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { detectShell } from '../../rpc/shell.ts';
import { Button } from '../../ui/button.tsx';
import { useApp } from '../app-context.ts';
import classes from './connection-banner.module.css';

/** Shown while the host is away, or could not be read again. What was read stays on the screen. */
export function ConnectionBanner() {
  const { connection, shown } = useApp();
  const stale = useStore(shown.stale, ({ failure }) => failure);
  const lost = useStore(connection.store, (state) => state.status === 'lost');
  const shell = detectShell(window);
  if (!lost && stale !== null) {
    return (
      <div className={classes.banner} role="status">
        <IconAlertTriangle aria-hidden className={classes.icon} />
        <span>Some of what shows is old, since it could not be read again. {stale.message}</span>
        <Button tone="quiet" onClick={shown.invalidate}>
          Read again
        </Button>
      </div>
    );
  }
  if (!lost) return null;
  return (
    <div className={classes.banner} role="status">
      <IconPlugConnectedX aria-hidden className={classes.icon} />
      <span>
        Rackhelm has ended or does not answer.{' '}
        {shell === 'browser' && 'Start it again, then open the address that it prints.'}
      </span>
      <Button tone="quiet" onClick={connection.retryNow}>
        Try now
      </Button>
    </div>
  );
}
