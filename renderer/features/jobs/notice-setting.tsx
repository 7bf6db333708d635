import { Switch } from '@mantine/core';
import { useStore } from 'zustand';
import { useApp } from '../../app/app-context.ts';

/** Whether the desktop tells of jobs while the person is elsewhere. */
export function NoticeSetting() {
  const { jobNotices } = useApp();
  const { on, blocked } = useStore(jobNotices.store);
  return (
    <Switch
      label="Tell me on the desktop when a job asks or a long one ends"
      description={
        blocked
          ? 'The browser blocks notices of this page; its own settings allow them.'
          : 'Only while another window is in front. The choice holds for this browser.'
      }
      checked={on}
      onChange={(event) => void jobNotices.choose(event.currentTarget.checked)}
    />
  );
}
