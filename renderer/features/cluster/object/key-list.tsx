import { useState } from 'react';
import type { ObjectPage } from '../../../../shared/cluster/object-page.ts';
import { useApp } from '../../../app/app-context.ts';
import { Button } from '../../../ui/button.tsx';
import { CopyText } from '../../../ui/copy-text.tsx';
import { Callout, type ErrorText } from '../../../ui/error-state.tsx';
import { formatBytes } from '../../../ui/formatting.ts';
import { isolated } from '../../../ui/isolate.ts';
import type { Revealed } from '../cluster-store.ts';
import classes from './object.module.css';

interface KeyListProps {
  readonly context: string;
  readonly page: ObjectPage;
}

/** At once; a map of a thousand keys is rather read as YAML. */
const shown = 100;

/** The keys of a secret or a config map; a value is read when somebody asks for it, and kept nowhere. */
export function KeyList({ context, page }: KeyListProps) {
  const more = page.keys.length - shown;
  return (
    <>
      <ul className={classes.keys}>
        {page.keys.slice(0, shown).map(({ key, bytes }) => (
          <KeyItem key={key} context={context} page={page} name={key} bytes={bytes} />
        ))}
      </ul>
      {more > 0 && <p className={classes.quiet}>{`${more.toLocaleString('en')} more.`}</p>}
    </>
  );
}

type KeyItemProps = KeyListProps & { readonly name: string; readonly bytes: number };

function KeyItem({ context, page, name, bytes }: KeyItemProps) {
  const { cluster } = useApp();
  const [value, setValue] = useState<Revealed | null>(null);
  const [failure, setFailure] = useState<ErrorText | null>(null);
  const [busy, setBusy] = useState(false);
  async function reveal(): Promise<void> {
    setBusy(true);
    const { kind, row } = page;
    const of = { kind, namespace: row.namespace, name: row.name };
    const outcome = await cluster.reveal(context, of, name);
    setBusy(false);
    setFailure(outcome.ok ? null : outcome.failure);
    if (outcome.ok) setValue(outcome.value);
  }
  const called = isolated(name);
  return (
    <li className={classes.key}>
      <div className={classes.keyHead}>
        <bdi className={`${classes.keyName} rh-mono`}>{name}</bdi>
        <span className={classes.quiet}>{formatBytes(bytes)}</span>
        {value === null ? (
          <Button tone="quiet" busy={busy} label={`Show ${called}`} onClick={() => void reveal()}>
            Show
          </Button>
        ) : (
          <>
            <CopyText text={value.text ?? value.base64} label={called} buttonOnly />
            <Button tone="quiet" label={`Hide ${called}`} onClick={() => setValue(null)}>
              Hide
            </Button>
          </>
        )}
      </div>
      {failure !== null && (
        <Callout tone="danger" title={failure.message}>
          {failure.hint}
        </Callout>
      )}
      {value !== null && (
        // Scrolls, so it must be reachable by keyboard.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region is focusable on purpose
        <section className={classes.value} tabIndex={0} aria-label={`Value of ${called}`}>
          <pre>
            <bdi>{value.text ?? `No text; in base64: ${value.base64}`}</bdi>
          </pre>
        </section>
      )}
    </li>
  );
}
