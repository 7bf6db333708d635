import { SegmentedControl } from '@mantine/core';
import { useStore } from 'zustand';
import { ActionButton } from '../../app/actions/action-button.tsx';
import { useApp } from '../../app/app-context.ts';
import { parseThemeChoice } from '../../design/appearance.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button } from '../../ui/button.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FieldList } from '../../ui/field-list.tsx';
import { NoticeSetting } from '../jobs/notices/notice-setting.tsx';
import { ScheduleSetting } from '../readings/schedule-setting.tsx';
import { SecretsSetting } from '../secrets/secrets-setting.tsx';
import classes from './settings.module.css';

const themes = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'contrast', label: 'High contrast' },
];

const shellWords = { desktop: 'Desktop window', browser: 'Browser window' } as const;

export function SettingsDialog({ onClose }: { readonly onClose: () => void }) {
  const { appearance, dialogs, recovery, inventory } = useApp();
  const summary = useResource(inventory.summary);
  const choice = useStore(appearance.store, (state) => state.choice);
  const state = useStore(recovery.store);
  return (
    <Dialog title="Settings" size="sm" onClose={onClose}>
      <h3 className={classes.heading} id="settings-theme">
        Theme
      </h3>
      <SegmentedControl
        fullWidth
        aria-labelledby="settings-theme"
        data={themes}
        value={choice}
        onChange={(value) => appearance.choose(parseThemeChoice(value))}
      />
      <p className={classes.note}>
        High contrast is light or dark as the system is. The choice holds for this browser.
      </p>
      <ScheduleSetting />
      <h3 className={classes.heading}>Notices</h3>
      <NoticeSetting />
      <h3 className={classes.heading}>Secrets</h3>
      <SecretsSetting note={classes.note} />
      <h3 className={classes.heading}>Your own fields</h3>
      <Button onClick={() => dialogs.setState({ kind: 'custom-fields', record: 'device' }, true)}>
        Edit fields
      </Button>
      <p className={classes.note}>Fields that you give devices, racks, cables and all else.</p>
      {summary.status === 'ready' && summary.data.sample && (
        <>
          <h3 className={classes.heading}>Sample rack</h3>
          <ActionButton id="delete-sample" />
          <p className={classes.note}>It can be deleted as a whole at any time.</p>
        </>
      )}
      {state.status === 'ready' && (
        <>
          <h3 className={classes.heading}>About</h3>
          <FieldList>
            <Field label="Version">{state.info.version}</Field>
            <Field label="Window">{shellWords[state.info.shell]}</Field>
            <Field label="Data lies in">
              <CopyText text={state.info.dataDirectory} label="the data directory" />
            </Field>
          </FieldList>
        </>
      )}
    </Dialog>
  );
}
