import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { PlanItem } from '../../../shared/jobs/plan.ts';
import { visibleText } from '../../../shared/visible-text.ts';
import { CopyText } from '../copy-text.tsx';
import { DiffView } from './diff-view.tsx';
import classes from './plan-items.module.css';

/** What a phase would do, one thing under the other. */
export function PlanItems({ items }: { readonly items: readonly PlanItem[] }) {
  return (
    <ul className={classes.items} aria-label="What is done">
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a plan never changes, and two may be alike
        <li key={index}>
          <ItemView item={item} />
        </li>
      ))}
    </ul>
  );
}

function ItemView({ item }: { readonly item: PlanItem }) {
  switch (item.kind) {
    case 'command':
      return <CommandView {...item} />;
    case 'file':
      return <FileView {...item} />;
    case 'object':
      return <ObjectView {...item} />;
    case 'note':
      return <NoteView {...item} />;
  }
}

type Item<K extends PlanItem['kind']> = Extract<PlanItem, { kind: K }>;

function CommandView({ command, root, says }: Item<'command'>) {
  return (
    <div className={classes.item}>
      {says && (
        <p className={classes.says}>
          <bdi>{says}</bdi>
        </p>
      )}
      <div className={classes.command}>
        <span className={classes.prompt} aria-hidden>
          {root ? '#' : '$'}
        </span>
        {root && <span className="rh-hidden">As root: </span>}
        <code className={classes.code}>{visibleText(command)}</code>
        {root && (
          <span className={classes.root} aria-hidden>
            root
          </span>
        )}
        <CopyText text={command} label="the command" buttonOnly />
      </div>
    </div>
  );
}

const octal = (mode: number) => mode.toString(8).padStart(4, '0');

function FileView({ path, before, after, mode }: Item<'file'>) {
  const verb = before === null ? 'Adds' : after === null ? 'Deletes' : 'Changes';
  return (
    <div className={classes.item} data-framed>
      <p className={classes.head}>
        <span className={classes.verb}>{verb}</span>
        <code className={classes.path}>
          <bdi>{visibleText(path)}</bdi>
        </code>
        {mode !== null && after !== null && (
          <span className={classes.mode}>
            mode <code>{octal(mode)}</code>
          </span>
        )}
      </p>
      <DiffView label={visibleText(path)} before={before} after={after} />
    </div>
  );
}

const objectVerbs = { create: 'Adds', update: 'Changes', delete: 'Deletes' } as const;

function ObjectView({ where, action, name, before, after }: Item<'object'>) {
  return (
    <div className={classes.item} data-framed>
      <p className={classes.head}>
        <span className={classes.verb}>{objectVerbs[action]}</span>
        <bdi className={classes.name}>{visibleText(name)}</bdi>
        <span className={classes.mode}>
          in <bdi>{visibleText(where)}</bdi>
        </span>
      </p>
      {(before !== null || after !== null) && (
        <DiffView label={visibleText(name)} before={before} after={after} />
      )}
    </div>
  );
}

function NoteView({ weight, text }: Item<'note'>) {
  const IconShape = weight === 'warning' ? IconAlertTriangle : IconInfoCircle;
  return (
    <p className={classes.note} data-weight={weight}>
      <IconShape aria-hidden className={classes.noteIcon} />
      <span>
        {weight === 'warning' && <span className="rh-hidden">Warning: </span>}
        <bdi>{text}</bdi>
      </span>
    </p>
  );
}
