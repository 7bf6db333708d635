import { Select } from '@mantine/core';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Ago } from '../../ui/ago.tsx';
import classes from './readings.module.css';
import { intervalOptions } from './schedule-words.ts';

/** How often all devices are refreshed by the clock. */
export function ScheduleSetting() {
  const { readings } = useApp();
  const state = useResource(readings.schedule);
  if (state.status !== 'ready') return null;
  const { everyMinutes, ranAt } = state.data;
  return (
    <div className={classes.schedule}>
      <Select
        label="Refresh all devices"
        data={intervalOptions(everyMinutes)}
        value={String(everyMinutes ?? 'off')}
        allowDeselect={false}
        onChange={(value) =>
          void readings.setSchedule(value === null || value === 'off' ? null : Number(value))
        }
      />
      <p className={classes.facts}>
        Only while Rackhelm runs, without asking anything. What fails again and again is tried less
        often.
        {everyMinutes !== null && ranAt !== null && (
          <>
            {' '}
            It last ran <Ago at={ranAt} />.
          </>
        )}
      </p>
    </div>
  );
}
