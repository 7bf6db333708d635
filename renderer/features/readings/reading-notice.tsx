import { IconRefresh } from '@tabler/icons-react';
import { useStore } from 'zustand';
import type { DeviceRow } from '../../../shared/model/inventory.ts';
import { readingState } from '../../../shared/model/readings.ts';
import { useApp } from '../../app/app-context.ts';
import { Ago } from '../../ui/ago.tsx';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/error-state.tsx';
import { formatCount, formatDateTime, formatDuration } from '../../ui/formatting.ts';
import classes from './readings.module.css';

/** Above the device's page, as long as the last attempt to read it failed. */
export function ReadingNotice({ device }: { readonly device: DeviceRow }) {
  const { failure, attemptedAt, attemptMs, observedAt } = device;
  if (failure === null) return null;
  const asks = readingState(device, Date.now()) === 'asks';
  return (
    <div className={classes.notice}>
      <Callout
        tone={asks ? 'warn' : 'danger'}
        title={failure.message}
        actions={
          <RefreshButton device={device} label={asks ? 'Refresh and answer' : 'Try again'} />
        }
      >
        <p>{failure.hint}</p>
        <p className={classes.facts}>
          Tried <Ago at={attemptedAt} />
          {attemptMs !== null && `, for ${formatDuration(attemptMs)}`}
          {failure.times > 1 &&
            `; failed ${formatCount(failure.times, 'time')} since ${formatDateTime(failure.since)}`}
          . {observedAt === null ? 'It was never read.' : 'What is shown was read '}
          {observedAt !== null && (
            <>
              <Ago at={observedAt} />.
            </>
          )}
        </p>
      </Callout>
    </div>
  );
}

interface RefreshButtonProps {
  readonly device: Pick<DeviceRow, 'id' | 'name' | 'sshHost'>;
  readonly label?: string;
  readonly tone?: 'default' | 'primary';
}

/** Reads the device again where the person is; the button shows that it runs. */
export function RefreshButton({ device, label = 'Refresh', tone = 'default' }: RefreshButtonProps) {
  const { readings } = useApp();
  const busy = useStore(readings.store, (state) => state.busy.has(device.id));
  return (
    <Button
      icon={IconRefresh}
      tone={tone}
      busy={busy}
      onClick={() => void readings.refresh({ id: device.id, name: device.name })}
    >
      {label}
    </Button>
  );
}
