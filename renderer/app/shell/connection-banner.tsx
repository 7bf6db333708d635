import { type Icon, IconAlertTriangle, IconKey, IconPlugConnectedX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { detectShell } from '../../rpc/shell.ts';
import { Button } from '../../ui/button.tsx';
import { useApp } from '../app-context.ts';
import classes from './connection-banner.module.css';

/** Shown while the host is away, or could not be read again. What was read stays on the screen. */
export function ConnectionBanner() {
  const { connection, shown } = useApp();
  const status = useStore(connection.store, (state) => state.status);
  const stale = useStore(shown.stale, ({ failure }) => failure);

  if (status === 'lost') {
    return (
      <Banner icon={IconPlugConnectedX} action="Try now" onAction={connection.retryNow}>
        Rackhelm has ended or does not answer.{' '}
        {detectShell(window) === 'browser' &&
          'Start it again, then open the address that it prints.'}
      </Banner>
    );
  }
  if (status === 'no-key') {
    return (
      <Banner icon={IconKey} action="Try again" onAction={connection.retryNow}>
        Rackhelm was started anew and asks for a key. Open the address that it prints in this
        window; what you typed here stays.
      </Banner>
    );
  }
  if (stale === null) return null;
  return (
    <Banner icon={IconAlertTriangle} action="Read again" onAction={shown.invalidate}>
      Some of what shows is old, since it could not be read again. {stale.message}
    </Banner>
  );
}

interface BannerProps {
  readonly icon: Icon;
  readonly action: string;
  readonly onAction: () => void;
  readonly children: ReactNode;
}

function Banner({ icon: IconShape, action, onAction, children }: BannerProps) {
  return (
    <div className={classes.banner} role="status">
      <IconShape aria-hidden className={classes.icon} />
      <span>{children}</span>
      <Button tone="quiet" onClick={onAction}>
        {action}
      </Button>
    </div>
  );
}
