import type { Restored } from '../../../shared/model/history.ts';
import { Callout } from '../../ui/error-state.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { ChangeEntry } from './change-list.tsx';
import { tableWord } from './change-words.ts';
import classes from './restore.module.css';

type Counts = Restored['counts'][number];

/** What a restore would do: how much of each kind, the first of them, and what stays as it is. */
export function RestorePreview({ preview }: { readonly preview: Restored }) {
  const { changes, total, counts, names, conflicts } = preview;
  const none = total === 0 && conflicts.length === 0;
  return (
    <>
      <Callout
        tone={conflicts.length > 0 ? 'warn' : 'info'}
        title={
          none
            ? 'It is now as it was then: nothing would change.'
            : `${formatCount(total, 'row')} would change. Undo takes that back.`
        }
      >
        {conflicts.length > 0 && (
          <>
            <p>
              These cannot be put back, because what they need is taken or gone. They stay as they
              are.
            </p>
            <ul className={classes.left} aria-label="Cannot be put back">
              {conflicts.slice(0, shownConflicts).map(({ table, rowId, reason }) => (
                <li key={rowId}>
                  {tableWord(table)} <bdi>{names[rowId] ?? ''}</bdi> ({reason})
                </li>
              ))}
            </ul>
          </>
        )}
      </Callout>
      {counts.map((count) => {
        const first = changes.filter(({ table }) => table === count.table);
        const more = count.insert + count.update + count.delete - first.length;
        return (
          <section key={count.table} className={classes.kind}>
            <h3 className={classes.title}>
              {tableWord(count.table)} <span className={classes.counts}>{countText(count)}</span>
            </h3>
            <ul className={classes.rows}>
              {first.map((change) => (
                <ChangeEntry key={change.rowId} change={change} names={names} would />
              ))}
              {more > 0 && <li className={classes.more}>and {more.toLocaleString('en')} more</li>}
            </ul>
          </section>
        );
      })}
    </>
  );
}

const shownConflicts = 20;

function countText(count: Counts): string {
  const parts = [
    [count.insert, 'added'],
    [count.update, 'changed'],
    [count.delete, 'deleted'],
  ] as const;
  return parts
    .filter(([number]) => number > 0)
    .map(([number, verb]) => `${number.toLocaleString('en')} ${verb}`)
    .join(', ');
}
