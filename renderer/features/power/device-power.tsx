import { IconPlug } from '@tabler/icons-react';
import type { DeviceSupplies } from '../../../shared/contract/power.ts';
import { runTimeAssumption } from '../../../shared/topology/power-summary.ts';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import classes from './power.module.css';
import { runTimeText, wattsText } from './power-words.ts';

const columns = [
  { title: 'Supply' },
  { title: 'Plugged into' },
  { title: 'Feed' },
  { title: 'Draws', align: 'end' as const },
  { title: 'Actions', quiet: true },
];

const arrives = { mains: '', battery: 'from battery', none: 'no power' } as const;

/** On the page of a device: its supplies, where each hangs, and what it draws. */
export function DevicePower({ id, name }: { readonly id: string; readonly name: string }) {
  const { power, dialogs } = useApp();
  const resource = power.device(id);
  const state = useResource(resource);
  const plug = (inputId: string | null) =>
    dialogs.setState(
      { kind: 'plug-in', deviceId: id, deviceName: name, ...(inputId && { inputId }) },
      true,
    );
  return (
    <Section
      title="Power"
      note={state.status === 'ready' ? noteOf(state.data) : null}
      actions={
        <Button icon={IconPlug} onClick={() => plug(null)}>
          Plug in
        </Button>
      }
    >
      {state.status === 'loading' && <Skeleton label="Reading its supplies" lines={2} />}
      {state.status === 'failed' && (
        <ErrorState error={state.failure} onRetry={() => void resource.reload()} />
      )}
      {state.status === 'ready' && state.data.supplies.length === 0 && (
        <p className={classes.quiet}>No supply is declared. Plugging it in declares one.</p>
      )}
      {state.status === 'ready' && state.data.supplies.length > 0 && (
        <PlainTable
          label="Supplies"
          columns={columns}
          rows={state.data.supplies.map((supply) => [
            <bdi key="name">{supply.name}</bdi>,
            supply.path.length === 0 ? (
              <span key="path" className={classes.warn}>
                Nowhere
              </span>
            ) : (
              <bdi key="path">{supply.path.join(' ← ')}</bdi>
            ),
            supply.feed,
            `${wattsText(supply.load)} ${arrives[supply.supply]}`.trim(),
            <span key="move" className={classes.inRow}>
              <Button tone="quiet" onClick={() => plug(supply.id)}>
                {supply.path.length === 0 ? 'Plug in' : 'Move'}
              </Button>
            </span>,
          ])}
        />
      )}
    </Section>
  );
}

function noteOf({ draw, basis, passed, outlets, runTime }: DeviceSupplies): string | null {
  if (outlets > 0) {
    const time = runTime === null ? '' : `, runs ${runTimeText(runTime)}. ${runTimeAssumption}`;
    return `${outlets} outlets carry ${wattsText(passed ?? 0)}${time}`;
  }
  if (draw === null) return null;
  return `draws ${wattsText(draw)}, ${basis === 'measured' ? 'as measured' : 'by its nameplate'}`;
}
