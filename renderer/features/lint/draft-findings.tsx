import { useEffect, useState } from 'react';
import type { FieldValue, KindName } from '../../../shared/model/kinds/index.ts';
import type { Finding } from '../../../shared/model/lint.ts';
import { useApp } from '../../app/app-context.ts';
import { FindingList } from './finding-list.tsx';
import classes from './lint.module.css';

interface DraftFindingsProps {
  readonly kind: KindName;
  /** Null: of a thing that is being added. */
  readonly id: string | null;
  /** What is typed, as far as it can be read. */
  readonly values: Readonly<Record<string, FieldValue>>;
}

/** Long enough that nobody types the next letter within it. */
const pauseMs = 250;

/** Under a form: what would contradict itself if it were saved as it is being typed. */
export function DraftFindings({ kind, id, values }: DraftFindingsProps) {
  const { lint } = useApp();
  const [found, setFound] = useState<readonly Finding[]>([]);
  const typed = JSON.stringify(values);
  useEffect(() => {
    const leave = new AbortController();
    const given = JSON.parse(typed) as Record<string, FieldValue>; // as it was written above
    const timer = setTimeout(() => {
      const listed = Object.entries(given).map(([field, value]) => ({ field, value }));
      lint
        .preview({ kind, id, values: listed }, leave.signal)
        .then(setFound)
        // A hint while typing: what is wrong with the host is told when it is saved.
        .catch(() => setFound([]));
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      leave.abort();
    };
  }, [lint, kind, id, typed]);
  if (found.length === 0) return null;
  return (
    <section className={classes.draft} aria-label="Findings" aria-live="polite">
      <FindingList findings={found} />
    </section>
  );
}
