import { IconKey, IconPlugConnectedX } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { RecoveryScreen } from '../features/recovery/recovery-screen.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorState } from '../ui/error-state.tsx';
import { useApp } from './app-context.ts';
import classes from './gate.module.css';
import { WindowShell } from './shell/window-shell.tsx';

/** What the whole window shows: the app once there is a host with a sound database behind it. */
export function Gate() {
  const { connection, recovery } = useApp();
  const link = useStore(connection.store);
  const state = useStore(recovery.store);

  // A window that was in use keeps what is typed in it; its banner tells of the key.
  if (link.status === 'no-key' && state.status !== 'ready') return <NoKey />;
  if (state.status === 'damaged') return <RecoveryScreen state={state} />;
  if (state.status === 'failed') {
    return (
      <main className={classes.plain}>
        <ErrorState error={state.failure} onRetry={() => void recovery.check()} />
      </main>
    );
  }
  if (state.status === 'ready') return <WindowShell />;
  return <Waiting lost={link.status === 'lost'} />;
}

function NoKey() {
  const { connection } = useApp();
  return (
    <main className={classes.plain}>
      <EmptyState
        level={1}
        icon={IconKey}
        title="This window has no key"
        // Another window of this browser may have got one meanwhile, which serves all of them.
        actions={<Button onClick={connection.retryNow}>Try again</Button>}
      >
        Open the address that Rackhelm printed in its terminal; it carries a key that works once. If
        it was used already, press Enter in that terminal for a new one.
      </EmptyState>
    </main>
  );
}

function Waiting({ lost }: { readonly lost: boolean }) {
  const { connection } = useApp();
  if (!lost) {
    return (
      <main className={classes.plain}>
        <p className={classes.quiet} role="status">
          Connecting…
        </p>
      </main>
    );
  }
  return (
    <main className={classes.plain}>
      <EmptyState
        level={1}
        icon={IconPlugConnectedX}
        title="Rackhelm's host does not answer"
        actions={<Button onClick={connection.retryNow}>Try now</Button>}
      >
        Check that it still runs in its terminal. This window keeps trying by itself.
      </EmptyState>
    </main>
  );
}
