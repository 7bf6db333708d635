import { Menu, TextInput } from '@mantine/core';
import { IconBookmark, IconCheck, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { SavedView } from '../../../../shared/contract/records.ts';
import { useApp } from '../../../app/app-context.ts';
import type { ListedKind } from '../../../app/routes.ts';
import type { Failure } from '../../../rpc/failure.ts';
import { useResource } from '../../../rpc/use-resource.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { MoreMenu } from '../../../ui/more-menu.tsx';
import classes from './record-table.module.css';

interface ViewsMenuProps {
  readonly kind: ListedKind;
  /** How the table is looked at now. */
  readonly current: Omit<SavedView, 'name'>;
  readonly onChoose: (view: SavedView) => void;
}

/** Columns stand in their own order, whatever the order in which they were chosen. */
const isAlike = (a: Omit<SavedView, 'name'>, b: Omit<SavedView, 'name'>) =>
  a.query === b.query && [...a.columns].sort().join() === [...b.columns].sort().join();

/** Ways to look at this table that somebody gave a name. */
export function ViewsMenu({ kind, current, onChoose }: ViewsMenuProps) {
  const { records } = useApp();
  const state = useResource(records.views(kind));
  const [saving, setSaving] = useState(false);
  const views = state.status === 'ready' ? state.data : [];
  const shown = views.find((view) => isAlike(view, current));
  return (
    <>
      <MoreMenu label="Saved views" icon={IconBookmark}>
        {views.map((view) => (
          <Menu.Item
            key={view.name}
            onClick={() => onChoose(view)}
            leftSection={
              view === shown ? <IconCheck aria-label="Shown" className={classes.icon} /> : null
            }
          >
            <bdi>{view.name}</bdi>
          </Menu.Item>
        ))}
        {views.length > 0 && <Menu.Divider />}
        <Menu.Item
          leftSection={<IconPlus aria-hidden className={classes.icon} />}
          onClick={() => setSaving(true)}
        >
          Save this view …
        </Menu.Item>
        {shown !== undefined && (
          <Menu.Item
            leftSection={<IconTrash aria-hidden className={classes.icon} />}
            onClick={() => void records.deleteView(kind, shown.name)}
          >
            Delete the view “<bdi>{shown.name}</bdi>”
          </Menu.Item>
        )}
      </MoreMenu>
      {saving && <SaveViewDialog kind={kind} current={current} onClose={() => setSaving(false)} />}
    </>
  );
}

interface SaveViewDialogProps extends Omit<ViewsMenuProps, 'onChoose'> {
  readonly onClose: () => void;
}

function SaveViewDialog({ kind, current, onClose }: SaveViewDialogProps) {
  const { records } = useApp();
  const [name, setName] = useState('');
  async function save(): Promise<Failure | null> {
    const outcome = await records.saveView(kind, { ...current, name: name.trim() });
    if (!outcome.ok) return outcome.failure;
    onClose();
    return null;
  }
  return (
    <FormDialog
      title="Save this view"
      size="sm"
      submit="Save view"
      disabled={name.trim() === ''}
      onSubmit={save}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        description="Keeps the search, the filters, the order and the columns. One of the same name is replaced."
        maxLength={100}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
