import { Switch } from '@mantine/core';
import { useStore } from 'zustand';
import { useApp } from '../../../app/app-context.ts';
import classes from '../list/jobs.module.css';

/** Whether the desktop tells of jobs while the person is elsewhere. */
export function NoticeSetting() {
  const { jobNotices } = useApp();
  const { on, blocked } = useStore(jobNotices.store);
  return (
    <>
      <Switch
        label="When a job asks, or a long one ends"
        checked={on}
        onChange={(event) => void jobNotices.choose(event.currentTarget.checked)}
      />
      <p className={classes.setting}>
        {blocked
          ? 'The browser blocks notices of this page; its own settings allow them.'
          : 'On the desktop, while another window is in front. The choice holds for this browser.'}
      </p>
    </>
  );
}
