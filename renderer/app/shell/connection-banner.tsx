import { IconAlertTriangle, IconKey, IconPlugConnectedX } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { detectShell } from '../../rpc/shell.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { useApp } from '../app-context.ts';

/** Shown while the host is away, or could not be read again. What was read stays on the screen. */
export function ConnectionBanner() {
  const { connection, shown } = useApp();
  const status = useStore(connection.store, (state) => state.status);
  const stale = useStore(shown.stale, ({ failure }) => failure);

  if (status === 'lost') {
    return (
      <Banner
        icon={IconPlugConnectedX}
        actions={<Action label="Try now" onClick={connection.retryNow} />}
      >
        Rackhelm has ended or does not answer.{' '}
        {detectShell(window) === 'browser' &&
          'Start it again, then open the address that it prints.'}
      </Banner>
    );
  }
  if (status === 'no-key') {
    return (
      <Banner icon={IconKey} actions={<Action label="Try again" onClick={connection.retryNow} />}>
        Rackhelm was started anew and asks for a key. Open the address that it prints in this
        window; what you typed here stays.
      </Banner>
    );
  }
  if (stale === null) return null;
  return (
    <Banner
      icon={IconAlertTriangle}
      actions={<Action label="Read again" onClick={shown.invalidate} />}
    >
      Some of what shows is old, since it could not be read again. {stale.message}
    </Banner>
  );
}

function Action({ label, onClick }: { readonly label: string; readonly onClick: () => void }) {
  return (
    <Button tone="quiet" onClick={onClick}>
      {label}
    </Button>
  );
}
