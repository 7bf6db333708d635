import { Menu } from '@mantine/core';
import { KeyHint } from '../../ui/key-hint.tsx';
import { useApp } from '../app-context.ts';
import classes from './action-item.module.css';
import type { Action } from './registry.ts';
import { useAction } from './use-action.ts';

/** A menu's entry for an action of the registry. */
export function ActionItem({ id }: { readonly id: Action['id'] }) {
  const { actions } = useApp();
  const { action, status } = useAction(id);
  const IconShape = action.icon;
  return (
    <Menu.Item
      leftSection={<IconShape aria-hidden className={classes.icon} />}
      rightSection={action.shortcut && <KeyHint keys={action.shortcut} />}
      disabled={!status.enabled}
      onClick={() => actions.run(id)}
    >
      {action.title}
      {status.detail !== null && (
        <span className={classes.detail}>
          {' '}
          <bdi>{status.detail}</bdi>
        </span>
      )}
    </Menu.Item>
  );
}
