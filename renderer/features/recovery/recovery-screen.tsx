import { IconDatabaseX, IconRestore } from '@tabler/icons-react';
import type { GoodCopy } from '../../../shared/contract/system.ts';
import { useApp } from '../../app/app-context.ts';
import { Ago } from '../../ui/ago.tsx';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/error-state.tsx';
import { formatBytes, formatCount, formatDateTime } from '../../ui/formatting.ts';
import classes from './recovery.module.css';
import type { RecoveryState } from './recovery-store.ts';

type Damaged = Extract<RecoveryState, { status: 'damaged' }>;

/** Shown instead of the app while the database cannot be used. */
export function RecoveryScreen({ state }: { readonly state: Damaged }) {
  const { recovery } = useApp();
  const { damage, restoring, failure } = state;
  return (
    <main className={classes.screen}>
      <div className={classes.card}>
        <IconDatabaseX aria-hidden className={classes.icon} />
        <h1 className={classes.title}>The inventory is damaged</h1>
        <p className={classes.lead}>
          Rackhelm has not opened it, so nothing gets worse. Put a good copy in its place; the
          damaged file is kept beside it.
        </p>
        <dl className={classes.facts}>
          <dt>What is wrong</dt>
          <dd>{damage.problem}</dd>
          <dt>Where it lies</dt>
          <dd className="rh-mono">{damage.file || state.info.dataDirectory}</dd>
        </dl>
        <h2 className={classes.heading}>Good copies</h2>
        {damage.copies.length === 0 ? (
          <p className={classes.none}>
            There is none. If you have a backup of the data directory, close Rackhelm, put the
            backup in place and start it again.
          </p>
        ) : (
          <ul className={classes.copies}>
            {damage.copies.map((copy, index) => (
              <Copy
                key={copy.file}
                copy={copy}
                newest={index === 0}
                busy={restoring === copy.file}
                disabled={restoring !== null}
                onRestore={() => void recovery.restore(copy.file)}
              />
            ))}
          </ul>
        )}
        {failure && (
          <Callout tone="danger" title={failure.message}>
            {failure.hint}
          </Callout>
        )}
      </div>
    </main>
  );
}

interface CopyProps {
  readonly copy: GoodCopy;
  readonly newest: boolean;
  readonly busy: boolean;
  readonly disabled: boolean;
  readonly onRestore: () => void;
}

function Copy({ copy, newest, busy, disabled, onRestore }: CopyProps) {
  const devices = copy.devices === null ? null : formatCount(copy.devices, 'device');
  const details = [formatBytes(copy.sizeBytes), devices].filter((part) => part !== null);
  return (
    <li className={classes.copy}>
      <div className={classes.copyText}>
        <p className={classes.copyTitle}>
          {formatDateTime(copy.takenAt)}
          <span className={classes.ago}>
            <Ago at={copy.takenAt} />
          </span>
        </p>
        <p className={classes.copyDetail}>
          {details.join(' · ')} · <span className="rh-mono">{copy.file.split(/[/\\]/).at(-1)}</span>
        </p>
      </div>
      <Button
        icon={IconRestore}
        tone={newest ? 'primary' : 'default'}
        busy={busy}
        disabled={disabled && !busy}
        onClick={onRestore}
      >
        {newest ? 'Restore newest copy' : 'Restore'}
      </Button>
    </li>
  );
}
