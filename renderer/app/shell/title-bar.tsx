import { Menu } from '@mantine/core';
import { IconChevronDown, IconSearch } from '@tabler/icons-react';
import { KeyHint } from '../../ui/key-hint.tsx';
import { ActionButton } from '../actions/action-button.tsx';
import { ActionItem } from '../actions/action-item.tsx';
import { actionGroups } from '../actions/registry.ts';
import { useApp } from '../app-context.ts';
import { Mark } from './mark.tsx';
import classes from './title-bar.module.css';

/** Top of the window. In the desktop shell it is also what one drags the window by. */
export function TitleBar() {
  const { actions } = useApp();
  const find = actions.get('find');
  return (
    <header className={classes.bar}>
      <AppMenu />
      <button type="button" className={classes.find} onClick={() => actions.run('find')}>
        <IconSearch aria-hidden className={classes.findIcon} />
        <span className={classes.findText}>Find anything</span>
        {find.shortcut && <KeyHint keys={find.shortcut} />}
      </button>
      <div className={classes.tools}>
        <ActionButton id="undo" iconOnly />
        <ActionButton id="redo" iconOnly />
        <ActionButton id="toggle-inspector" iconOnly />
      </div>
    </header>
  );
}

function AppMenu() {
  const { actions } = useApp();
  return (
    <Menu position="bottom-start" width={300}>
      <Menu.Target>
        <button type="button" className={classes.menuButton} aria-label="Rackhelm menu">
          <Mark />
          <span className={classes.name}>Rackhelm</span>
          <IconChevronDown aria-hidden className={classes.chevron} />
        </button>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu}>
        {actionGroups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms, this is a menu
          <div key={group} role="group" aria-label={group}>
            <Menu.Label>{group}</Menu.Label>
            {actions.all
              .filter((action) => action.group === group)
              .map((action) => (
                <ActionItem key={action.id} id={action.id} />
              ))}
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
