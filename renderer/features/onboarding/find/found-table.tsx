import { useMemo, useState } from 'react';
import type { Draft } from '../../../../shared/onboarding/draft.ts';
import { Button } from '../../../ui/button.tsx';
import { isolated } from '../../../ui/isolate.ts';
import { SearchField } from '../../../ui/search-field.tsx';
import classes from '../connect/machines.module.css';

export interface FoundMachine {
  readonly host: string;
  /** What is known of it beside. */
  readonly says: string | null;
  readonly device: { readonly deviceId: string; readonly deviceName: string } | null;
}

interface FoundTableProps {
  readonly label: string;
  readonly draft: Draft;
  readonly machines: readonly FoundMachine[];
  /** Those that were not sent. */
  readonly more: number;
  readonly empty: string;
  readonly onTake: (hosts: readonly string[]) => void;
}

/** So many are drawn; words narrow the rest. */
const drawn = 50;

/** What was found, to take machines from. */
export function FoundTable(props: FoundTableProps) {
  const { label, draft, machines, more, empty, onTake } = props;
  const [search, setSearch] = useState('');
  const words = search.trim().toLowerCase();
  const fitting = useMemo(
    () =>
      machines.filter(({ host, says, device }) =>
        `${host} ${says ?? ''} ${device?.deviceName ?? ''}`.toLowerCase().includes(words),
      ),
    [machines, words],
  );
  const taken = new Set(draft.machines.map(({ target }) => target.host));
  if (machines.length === 0) return <p className={classes.quiet}>{empty}</p>;
  const left = fitting.length - drawn + more;
  return (
    <div className={classes.found}>
      {machines.length > 8 && (
        <SearchField what={label.toLowerCase()} value={search} onChange={setSearch} />
      )}
      <ul className={classes.list} aria-label={label}>
        {fitting.slice(0, drawn).map(({ host, says, device }) => (
          <li key={host} className={classes.line}>
            <span>
              <bdi className="rh-mono">{host}</bdi>
              {says !== null && (
                <span className={classes.quiet}>
                  {' · '}
                  <bdi>{says}</bdi>
                </span>
              )}
            </span>
            {device && (
              <span className={classes.quiet}>
                seems to be <bdi>{device.deviceName}</bdi>
              </span>
            )}
            <Button
              label={`Take ${isolated(host)}`}
              disabled={taken.has(host)}
              onClick={() => onTake([host])}
            >
              {taken.has(host) ? 'Taken' : 'Take it'}
            </Button>
          </li>
        ))}
      </ul>
      {left > 0 && (
        <p className={classes.quiet}>{`${left.toLocaleString('en')} more; search for them.`}</p>
      )}
    </div>
  );
}
