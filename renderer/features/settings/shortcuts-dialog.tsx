import { actionGroups } from '../../app/actions/registry.ts';
import { useApp } from '../../app/app-context.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import { keyLabels } from '../../ui/shortcut.ts';
import classes from './settings.module.css';

const tableKeys = [
  { keys: '↑+↓', title: 'Move between rows' },
  { keys: 'shift+↓', title: 'Extend the selection' },
  { keys: 'Space', title: 'Add to or take from the selection' },
  { keys: 'mod+A', title: 'Select all' },
  { keys: 'enter', title: 'Open' },
  { keys: 'Esc', title: 'Clear the selection' },
  { keys: '←+→', title: 'Change the width of a column, on its edge' },
];

/** Every shortcut, read from the registry, so that this list cannot lie. */
export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  const { actions } = useApp();
  const groups = actionGroups
    .map((name) => ({
      name,
      entries: actions.all.flatMap(({ group, shortcut: keys, title }) =>
        group === name && keys !== undefined ? [{ keys, title }] : [],
      ),
    }))
    .filter(({ entries }) => entries.length > 0);
  const half = Math.ceil(groups.length / 2);
  return (
    <Dialog title="Keyboard shortcuts" size="md" reading onClose={onClose}>
      <div className={classes.groups}>
        <div>
          {groups.slice(0, half).map((group) => (
            <Keys key={group.name} {...group} />
          ))}
        </div>
        <div>
          {groups.slice(half).map((group) => (
            <Keys key={group.name} {...group} />
          ))}
          <Keys name="In a table" entries={tableKeys} />
        </div>
      </div>
    </Dialog>
  );
}

interface KeysProps {
  readonly name: string;
  readonly entries: readonly { readonly keys: string; readonly title: string }[];
}

function Keys({ name, entries }: KeysProps) {
  return (
    <section className={classes.group}>
      <h3 className={classes.heading}>{name}</h3>
      <ul>
        {entries.map(({ keys, title }) => (
          <li key={title} className={classes.row}>
            <span>{title}</span>
            <span className="rh-hidden">{keyLabels(keys, navigator.platform).join(' ')}</span>
            <KeyHint keys={keys} />
          </li>
        ))}
      </ul>
    </section>
  );
}
