import { IconCheck, IconPin, IconPinnedOff } from '@tabler/icons-react';
import type { ComparisonRow } from '../../../shared/model/inventory.ts';
import { isolated } from '../../ui/isolate.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { VirtualTable } from '../../ui/virtual-table.tsx';
import classes from './compare.module.css';
import type { Decisions } from './compare-bar.tsx';
import type { CompareView } from './compare-store.ts';
import { compareWords, keptWords, movingWords, nothingWords } from './compare-words.ts';

interface CompareTableProps {
  readonly view: CompareView;
  readonly total: number;
  readonly rowAt: (index: number) => ComparisonRow | undefined;
  readonly ticked: ReadonlySet<string>;
  readonly decisions: Decisions;
  readonly onRange: (first: number, last: number) => void;
  readonly onToggle: (path: string) => void;
}

const columns = 6;

export function CompareTable(props: CompareTableProps) {
  const { total, rowAt, ticked, decisions, onToggle, view } = props;
  if (total === 0) return <p className={classes.quiet}>{nothingWords[view]}</p>;
  return (
    <VirtualTable
      label="Declared and observed"
      className={classes.table}
      head={<Head />}
      columns={columns}
      count={total}
      onRange={props.onRange}
      rowAt={(index, isFirst) => {
        const row = rowAt(index);
        if (row === undefined) return null;
        const begins = isFirst || rowAt(index - 1)?.group !== row.group;
        return (
          <>
            {begins && <GroupRow row={row} decisions={decisions} view={view} />}
            <CompareRow
              row={row}
              ticked={ticked.has(row.path)}
              decisions={decisions}
              onToggle={() => onToggle(row.path)}
            />
          </>
        );
      }}
    />
  );
}

function Head() {
  return (
    <tr>
      <th scope="col">
        <span className="rh-hidden">Select</span>
      </th>
      <th scope="col">Field</th>
      <th scope="col">Declared</th>
      <th scope="col">Observed</th>
      <th scope="col">State</th>
      <th scope="col">
        <span className="rh-hidden">Decide</span>
      </th>
    </tr>
  );
}

interface GroupRowProps {
  readonly row: ComparisonRow;
  readonly view: CompareView;
  readonly decisions: Decisions;
}

/** Above the lines of a group; all of an interface is decided here. */
function GroupRow({ row: { group, path, kind }, view, decisions }: GroupRowProps) {
  const under = path.split('/').slice(0, 2).join('/');
  return (
    <tr className={classes.groupRow}>
      <th scope="rowgroup" colSpan={columns - 1} className={classes.group}>
        <bdi>{group}</bdi>
      </th>
      <td className={classes.decide}>
        {kind !== 'field' && view === 'open' && (
          <>
            <Decide
              icon={IconPin}
              decides="keep-all"
              name={`Keep mine of all of ${isolated(group)}`}
              onClick={() => decisions.keepMine({ under })}
              disabled={decisions.busy}
            />
            <Decide
              icon={IconCheck}
              decides="accept-all"
              name={`Accept all of ${isolated(group)}`}
              label="Accept"
              onClick={() => decisions.accept({ under })}
              disabled={decisions.busy}
            />
          </>
        )}
      </td>
    </tr>
  );
}

interface CompareRowProps {
  readonly row: ComparisonRow;
  readonly ticked: boolean;
  readonly decisions: Decisions;
  readonly onToggle: () => void;
}

function CompareRow({ row, ticked, decisions, onToggle }: CompareRowProps) {
  const { label, icon, tone } = wordsOf(row);
  // Each interface has a MAC: the group says whose.
  const name = `${isolated(row.label)}, ${isolated(row.group)}`;
  const decidable = row.acceptable || row.state === 'only-declared';
  const chosen = { paths: [row.path] };
  return (
    <tr data-state={row.kept ? 'kept' : row.state}>
      <td className={classes.box}>
        {row.acceptable && !row.kept && (
          <input
            type="checkbox"
            aria-label={`Select ${name}`}
            checked={ticked}
            onChange={onToggle}
          />
        )}
      </td>
      <th scope="row" className={classes.label}>
        <bdi>{row.label}</bdi>
      </th>
      <td className={classes.declared}>
        {row.declared === null ? (
          <span className={classes.quiet}>not declared</span>
        ) : (
          <bdi>{row.declared}</bdi>
        )}
      </td>
      <td className={classes.observed}>
        {row.observed === null ? (
          <span className={classes.quiet}>{row.reason ?? 'not observed'}</span>
        ) : (
          <bdi>{row.observed}</bdi>
        )}
      </td>
      <td>
        <StatusBadge tone={tone} icon={icon} plain={row.state === 'same' || row.kept}>
          {label}
        </StatusBadge>
      </td>
      <td className={classes.decide}>
        {row.kept && (
          <Decide
            icon={IconPinnedOff}
            decides="again"
            name={`Decide again on ${name}`}
            label="Decide again"
            disabled={decisions.busy}
            onClick={() => decisions.keepMine(chosen, false)}
          />
        )}
        {decidable && !row.kept && (
          <Decide
            icon={IconPin}
            decides="keep"
            name={`Keep mine of ${name}`}
            disabled={decisions.busy}
            onClick={() => decisions.keepMine(chosen)}
          />
        )}
        {row.acceptable && !row.kept && (
          <Decide
            icon={IconCheck}
            decides="accept"
            name={`Accept ${name}`}
            label="Accept"
            disabled={decisions.busy}
            onClick={() => decisions.accept(chosen)}
          />
        )}
      </td>
    </tr>
  );
}

function wordsOf(row: ComparisonRow) {
  if (row.kept) return keptWords;
  if (row.byItself && row.state === 'only-observed') return movingWords;
  return compareWords[row.state];
}

interface DecideProps {
  readonly icon: typeof IconCheck;
  /** Which button the keyboard goes to when this one's line goes: the next that decides the same. */
  readonly decides: 'accept' | 'accept-all' | 'keep' | 'keep-all' | 'again';
  /** For whoever hears it: what of which line. */
  readonly name: string;
  readonly label?: string;
  readonly disabled: boolean;
  readonly onClick: () => void;
}

/** Lies on every line, so no more than its picture and a word. */
function Decide({ icon: IconShape, label = 'Keep mine', ...rest }: DecideProps) {
  const { name, decides, disabled, onClick } = rest;
  return (
    <button
      type="button"
      className={classes.action}
      disabled={disabled}
      aria-label={name}
      data-decides={decides}
      onClick={onClick}
    >
      <IconShape aria-hidden />
      {label}
    </button>
  );
}
