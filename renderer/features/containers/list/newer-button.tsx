import { IconRefreshDot } from '@tabler/icons-react';
import { useState } from 'react';
import { useApp } from '../../../app/app-context.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { formatCount } from '../../../ui/formatting.ts';
import { PlainTable } from '../../../ui/plain-table.tsx';
import classes from '../containers.module.css';
import type { Newer } from '../containers-store.ts';

/** As many as registries are asked about at once. */
const most = 50;
const words = { newer: 'there is a newer one', same: 'it is the newest', unknown: 'unknown' };

/** Asks registries for newer images under the same names, only when it is pressed. */
export function NewerButton({ engineId }: { readonly engineId: string }) {
  const { containers, notify } = useApp();
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<readonly Newer[] | null>(null);
  async function ask(): Promise<void> {
    const rows = containers.table.store.getState().window?.rows ?? [];
    const names = rows.map(({ name }) => name).filter((name) => /:[^:/ ]+$/.test(name));
    if (names.length === 0) return;
    setBusy(true);
    const outcome = await containers.newer(engineId, names.slice(0, most));
    setBusy(false);
    if (outcome.ok) setFound(outcome.value);
    else notify.failed(outcome.failure);
  }
  return (
    <>
      <Button icon={IconRefreshDot} busy={busy} onClick={() => void ask()}>
        Look for newer ones
      </Button>
      {found !== null && (
        <Dialog
          title={`${formatCount(found.filter(({ state }) => state === 'newer').length, 'newer image')}`}
          size="lg"
          reading
          onClose={() => setFound(null)}
        >
          <PlainTable
            label="What registries have"
            columns={[{ title: 'Image' }, { title: 'At its registry' }]}
            rows={found.map(({ image, state, why }) => [
              <bdi key="image" className={classes.wraps}>
                {image}
              </bdi>,
              <bdi key="state" className={classes.wraps}>
                {why === null ? words[state] : `${words[state]}: ${why}`}
              </bdi>,
            ])}
          />
        </Dialog>
      )}
    </>
  );
}
