import { Tooltip } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import type { CheckStatus } from '../../../shared/checks/check.ts';
import { formatDateTime } from '../formatting.ts';
import { checkLooks } from './check-words.ts';
import classes from './history-strip.module.css';

export interface PastResult {
  readonly at: number;
  readonly status: CheckStatus;
  readonly found?: string;
}

interface HistoryStripProps {
  /** Newest first. */
  readonly past: readonly PastResult[];
  /** Of what. */
  readonly label: string;
}

/** Marks that are drawn; older ones are in the full history. */
const shown = 50;

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };

/**
 * The past of one check, oldest at the left, a mark for each result: high is bad, hollow unknown. One
 * stop for the keyboard; the arrow keys go from mark to mark and say each.
 */
export function HistoryStrip({ past, label }: HistoryStripProps) {
  const marks = past.slice(0, shown).reverse();
  const [at, setAt] = useState<number | null>(null);
  const last = marks.length - 1;
  const current = marks[at ?? last];
  if (current === undefined) return null;
  const text = `${checkLooks[current.status].word}, ${formatDateTime(current.at)}`;

  function onKeyDown(event: KeyboardEvent): void {
    const step = steps[event.key];
    const end = event.key === 'Home' ? 0 : event.key === 'End' ? last : null;
    if (step === undefined && end === null) return;
    event.preventDefault();
    setAt(end ?? Math.min(last, Math.max(0, (at ?? last) + (step ?? 0))));
  }

  return (
    <Tooltip
      opened={at !== null}
      label={current.found ? `${text}: ${current.found}` : text}
      multiline
    >
      {/* A place in time is chosen by it, as by a slider that changes nothing else. */}
      <div
        className={classes.strip}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={at ?? last}
        aria-valuetext={text}
        aria-readonly
        onKeyDown={onKeyDown}
        onFocus={() => setAt(at ?? last)}
        onBlur={() => setAt(null)}
        onPointerLeave={() => setAt(null)}
      >
        {marks.map(({ at: when, status }, index) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: two may have run in the same moment
            key={`${when} ${index}`}
            className={classes.slot}
            onPointerEnter={() => setAt(index)}
            data-current={index === at || undefined}
          >
            <span className={classes.mark} data-status={status} />
          </span>
        ))}
      </div>
    </Tooltip>
  );
}

/** The newest few beside a title, to be seen and not heard: the row can be opened for more. */
export function HistoryMarks({ past }: { readonly past: readonly PastResult[] }) {
  return (
    <span className={classes.strip} data-small aria-hidden>
      {past
        .slice(0, 12)
        .reverse()
        .map(({ at, status }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <span key={`${at} ${index}`} className={classes.slot}>
            <span className={classes.mark} data-status={status} />
          </span>
        ))}
    </span>
  );
}
