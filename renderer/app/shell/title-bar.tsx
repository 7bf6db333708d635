import { Menu } from '@mantine/core';
import { IconChevronDown, IconSearch } from '@tabler/icons-react';
import { KeyHint } from '../../ui/key-hint.tsx';
import { ActionButton } from '../actions/action-button.tsx';
import { ActionItem } from '../actions/action-item.tsx';
import { actionGroups } from '../actions/registry.ts';
import { useAllActions } from '../actions/use-page-actions.ts';
import { useApp } from '../app-context.ts';
import { Mark } from './mark.tsx';
import classes from './title-bar.module.css';

/** Top of the window. In the desktop shell it is also what one drags the window by. */
export function TitleBar() {
  const { actions } = useApp();
  const find = actions.get('find');
  return (
    <header className={classes.bar}>
      <div className={classes.start}>
        <AppMenu />
        <ActionButton id="back" iconOnly />
        <ActionButton id="forward" iconOnly />
      </div>
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

/** Entries under one heading that still leave room for the others. */
const longestGroup = 12;

function AppMenu() {
  const all = useAllActions();
  const groups = actionGroups
    .map((name) => ({ name, actions: all.filter(({ group }) => group === name) }))
    // A heading over nothing would be noise, and what fills the menu belongs into the palette.
    .filter(({ actions }) => actions.length > 0 && actions.length <= longestGroup);
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
        {groups.map(({ name, actions }) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms, this is a menu
          <div key={name} role="group" aria-label={name}>
            <Menu.Label>{name}</Menu.Label>
            {actions.map((action) => (
              <ActionItem key={action.id} id={action.id} />
            ))}
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
