import { IconEyeOff } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import type { ComparisonChoice } from '../../../shared/model/inventory.ts';
import { ActionButton } from '../../app/actions/action-button.tsx';
import { useApp } from '../../app/app-context.ts';
import type { Outcome } from '../../app/outcome.ts';
import type { Failure } from '../../rpc/failure.ts';
import { usePages } from '../../rpc/use-pages.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Callout, ErrorState } from '../../ui/error-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import classes from './compare.module.css';
import { CompareBar } from './compare-bar.tsx';
import { type CompareView, comparePageSize, type Shown } from './compare-store.ts';
import { CompareTable } from './compare-table.tsx';
import { useNextFocus } from './use-next-focus.ts';

const firstPage = [0, 0] as const;

/** Declared beside observed, field by field: take over what was observed, or keep what is declared. */
export function CompareTab({ id }: { readonly id: string }) {
  const { compare } = useApp();
  const [view, setView] = useState<CompareView>('open');
  const [range, setRange] = useState<readonly [number, number]>(firstPage);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const resourceOf = useCallback(
    (page: number) => compare.page(id, view, page),
    [compare, id, view],
  );
  const pages = usePages(resourceOf, range);
  const shown = pages.first;
  const { root, pressed } = useNextFocus(shown, busy);
  const onRange = useCallback((first: number, last: number) => {
    setRange([Math.floor(first / comparePageSize), Math.floor(last / comparePageSize)]);
  }, []);

  if (pages.failure !== null) {
    return <ErrorState error={pages.failure} onRetry={pages.reload} />;
  }
  if (shown === undefined) return <Skeleton label="Comparing" lines={8} />;
  if (shown.observedAt === null) {
    return (
      <EmptyState icon={IconEyeOff} title="Never read" actions={<ActionButton id="refresh" />}>
        Refresh this device, and what it says stands here beside what you declared.
      </EmptyState>
    );
  }

  async function decide(
    work: (shown: Shown) => Promise<Outcome<unknown>>,
    done: readonly string[],
  ) {
    if (shown === undefined) return;
    pressed();
    setBusy(true);
    const outcome = await work(shown);
    setBusy(false);
    setFailure(outcome.ok ? null : outcome.failure);
    // What else was ticked still waits for its turn.
    if (outcome.ok) setTicked((now) => new Set([...now].filter((path) => !done.includes(path))));
  }
  const pathsOf = (chosen: ComparisonChoice) => ('paths' in chosen ? chosen.paths : [...ticked]);
  const decisions = {
    busy,
    accept: (chosen: ComparisonChoice) =>
      void decide((now) => compare.accept(now, chosen), pathsOf(chosen)),
    keepMine: (chosen: ComparisonChoice, keep = true) =>
      void decide((now) => compare.keepMine(now, chosen, keep), pathsOf(chosen)),
  };

  return (
    <div ref={root} tabIndex={-1} className={classes.root}>
      <CompareBar
        comparison={shown}
        view={view}
        ticked={ticked}
        decisions={decisions}
        onView={(next) => {
          setView(next);
          setRange(firstPage);
          setTicked(new Set());
        }}
      />
      {failure && (
        <Callout tone="danger" title={failure.message}>
          {failure.hint}
        </Callout>
      )}
      <CompareTable
        key={view}
        view={view}
        total={shown.total}
        rowAt={(index) =>
          pages.page(Math.floor(index / comparePageSize))?.rows[index % comparePageSize]
        }
        ticked={ticked}
        decisions={decisions}
        onRange={onRange}
        onToggle={(path) => {
          const next = new Set(ticked);
          if (!next.delete(path)) next.add(path);
          setTicked(next);
        }}
      />
    </div>
  );
}
