import { IconCheck, IconEyeOff } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { Comparison, ComparisonRow } from '../../../shared/model/inventory.ts';
import { useApp } from '../../app/app-context.ts';
import type { Failure } from '../../rpc/failure.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Ago } from '../../ui/ago.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Callout, ErrorState } from '../../ui/error-state.tsx';
import { ToggleChip } from '../../ui/filter-menu.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { isolated } from '../../ui/isolate.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import classes from './compare.module.css';
import { byGroup, compareWords, notSame } from './compare-words.ts';

/** Declared beside observed, field by field; what was observed can be taken over. */
export function CompareTab({ id }: { readonly id: string }) {
  const { device } = useApp();
  const resource = device.comparison(id);
  const state = useResource(resource);
  if (state.status === 'loading') return <Skeleton label="Comparing" lines={8} />;
  if (state.status === 'failed') {
    return <ErrorState error={state.failure} onRetry={() => void resource.reload()} />;
  }
  if (state.data.observedAt === null) {
    return (
      <EmptyState icon={IconEyeOff} title="Never read">
        Refresh this device, and what it says stands here beside what you declared.
      </EmptyState>
    );
  }
  return <ComparisonView comparison={state.data} />;
}

function ComparisonView({ comparison }: { readonly comparison: Comparison }) {
  const { device } = useApp();
  const acceptable = comparison.rows.filter((row) => row.acceptable);
  const [all, setAll] = useState(acceptable.length === 0);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const rows = all ? comparison.rows : notSame(comparison.rows);
  // What was accepted meanwhile is no longer acceptable, ticked or not.
  const chosen = acceptable.filter((row) => ticked.has(row.path));

  const root = useRef<HTMLDivElement>(null);
  /** Where Accept was pressed; the button goes, or cannot be pressed any more, and the next one at that
      place takes the focus. */
  const pressed = useRef<{ readonly at: number; readonly before: Comparison } | null>(null);

  useEffect(() => {
    if (pressed.current === null || busy) return;
    const { at, before } = pressed.current;
    if (before !== comparison) pressed.current = null;
    const active = document.activeElement;
    if (active !== document.body && !root.current?.contains(active)) return;
    const buttons = root.current?.querySelectorAll<HTMLElement>(`.${classes.accept}`) ?? [];
    const next = buttons[Math.min(at, buttons.length - 1)];
    (next ?? root.current)?.focus({ preventScroll: next === undefined });
  }, [busy, comparison]);

  async function accept(list: readonly ComparisonRow[]): Promise<void> {
    const [first] = list;
    const shown = rows.filter((each) => each.acceptable);
    pressed.current = { at: first ? Math.max(0, shown.indexOf(first)) : 0, before: comparison };
    setBusy(true);
    const outcome = await device.accept(
      comparison,
      list.map(({ path }) => path),
    );
    setBusy(false);
    setFailure(outcome.ok ? null : outcome.failure);
    // What else was ticked still waits for its turn.
    const done = new Set(list.map(({ path }) => path));
    if (outcome.ok) setTicked((now) => new Set([...now].filter((path) => !done.has(path))));
  }

  function toggle(path: string): void {
    const next = new Set(ticked);
    if (!next.delete(path)) next.add(path);
    setTicked(next);
  }

  return (
    <div ref={root} tabIndex={-1} className={classes.root}>
      <div className={classes.bar}>
        <p className={classes.summary}>
          {acceptable.length === 0
            ? 'Everything that was observed is declared.'
            : `${formatCount(acceptable.length, 'observed value')} could be accepted.`}{' '}
          <span className={classes.quiet}>
            Observed <Ago at={comparison.observedAt} />
          </span>
        </p>
        <ToggleChip on={all} onChange={setAll}>
          Show what agrees
        </ToggleChip>
        <Button
          disabled={chosen.length === 0}
          busy={busy && chosen.length > 0}
          onClick={() => void accept(chosen)}
        >
          {chosen.length === 0 ? 'Accept selected' : `Accept selected (${chosen.length})`}
        </Button>
        <Button
          tone="primary"
          disabled={acceptable.length === 0 || busy}
          onClick={() => void accept(acceptable)}
        >
          {acceptable.length === 0 ? 'Accept all' : `Accept all (${acceptable.length})`}
        </Button>
      </div>
      {failure && (
        <Callout tone="danger" title={failure.message}>
          {failure.hint}
        </Callout>
      )}
      {rows.length === 0 ? (
        <p className={classes.quiet}>Nothing differs.</p>
      ) : (
        <div className={classes.scroll}>
          <table className={classes.table} aria-label="Declared and observed">
            <thead>
              <tr>
                <th scope="col">
                  <span className="rh-hidden">Select</span>
                </th>
                <th scope="col">Field</th>
                <th scope="col">Declared</th>
                <th scope="col">Observed</th>
                <th scope="col">State</th>
                <th scope="col">
                  <span className="rh-hidden">Accept</span>
                </th>
              </tr>
            </thead>
            {[...byGroup(rows)].map(([group, members]) => (
              <tbody key={group}>
                <tr>
                  <th scope="rowgroup" colSpan={6} className={classes.group}>
                    {group}
                  </th>
                </tr>
                {members.map((row) => (
                  <CompareRow
                    key={row.path}
                    row={row}
                    ticked={ticked.has(row.path)}
                    busy={busy}
                    onToggle={() => toggle(row.path)}
                    onAccept={() => void accept([row])}
                  />
                ))}
              </tbody>
            ))}
          </table>
        </div>
      )}
    </div>
  );
}

interface CompareRowProps {
  readonly row: ComparisonRow;
  readonly ticked: boolean;
  readonly busy: boolean;
  readonly onToggle: () => void;
  readonly onAccept: () => void;
}

function CompareRow({ row, ticked, busy, onToggle, onAccept }: CompareRowProps) {
  const { label, icon, tone } = compareWords[row.state];
  // Each interface has a MAC: the group says whose.
  const name = `${isolated(row.label)}, ${isolated(row.group)}`;
  return (
    <tr data-state={row.state}>
      <td className={classes.box}>
        {row.acceptable && (
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
        <StatusBadge tone={tone} icon={icon} plain={row.state === 'same'}>
          {label}
        </StatusBadge>
      </td>
      <td className={classes.action}>
        {row.acceptable && (
          <button
            type="button"
            className={classes.accept}
            disabled={busy}
            aria-label={`Accept ${name}`}
            onClick={onAccept}
          >
            <IconCheck aria-hidden />
            Accept
          </button>
        )}
      </td>
    </tr>
  );
}
