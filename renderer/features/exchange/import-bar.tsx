import { Checkbox, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { ImportSummary } from '../../../shared/contract/exchange.ts';
import { useApp } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { useReason } from '../history/use-reason.tsx';
import classes from './exchange.module.css';
import { asked } from './exchange-store.ts';

interface ImportBarProps {
  readonly summary: ImportSummary;
  readonly busy: boolean;
  readonly ready: boolean;
}

/** What is still to be decided, and the button that does it. */
export function ImportBar({ summary, busy, ready }: ImportBarProps) {
  const { exchange, router } = useApp();
  const [deletions, setDeletions] = useState(false);
  const [prefer, setPrefer] = useState<'file' | 'inventory' | null>(null);
  const { deletions: deleted, conflicts } = asked(summary);
  const count = summary.total - (deletions ? 0 : deleted);
  const undecided = conflicts > 0 && prefer === null;

  const reason = useReason(count);

  async function apply() {
    if (await exchange.apply({ deletions, prefer }, reason.keep)) router.go({ screen: 'history' });
  }

  return (
    <section className={classes.bar} aria-label="Decide and import">
      {deleted > 0 && (
        <Checkbox
          label={`Delete ${formatCount(deleted, 'thing')} that the file does not have`}
          checked={deletions}
          onChange={(event) => setDeletions(event.currentTarget.checked)}
        />
      )}
      {conflicts > 0 && (
        <div className={classes.prefer}>
          <span id="prefer-label">{`${formatCount(conflicts, 'thing')} changed on both sides:`}</span>
          <SegmentedControl
            aria-labelledby="prefer-label"
            size="xs"
            value={prefer ?? ''}
            data={[
              { value: 'inventory', label: 'Keep the inventory’s' },
              { value: 'file', label: 'Take the file’s' },
            ]}
            onChange={(value) => setPrefer(value === 'file' ? 'file' : 'inventory')}
          />
        </div>
      )}
      {reason.field}
      <div className={classes.barEnd}>
        <Button
          tone="primary"
          busy={busy}
          disabled={!ready || undecided || count === 0}
          onClick={() => void apply()}
        >
          {`Import ${formatCount(count, 'change')}`}
        </Button>
      </div>
    </section>
  );
}
