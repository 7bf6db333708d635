import { IconKey, IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { SecretsStatus } from '../../../shared/model/secrets.ts';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Ago } from '../../ui/ago.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Field, FieldList } from '../../ui/field-list.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ForgetKeyDialog, ReplaceKeyDialog } from './app-key-dialogs.tsx';
import { Logins } from './app-key-logins.tsx';
import { OpenSecretsDialog } from './opening-dialogs.tsx';
import classes from './secrets.module.css';
import type { KeyRow } from './secrets-store.ts';

type Doing =
  | { readonly what: 'open' | 'replace' }
  | { readonly what: 'forget'; readonly row: KeyRow }
  | null;

/** The key by which machines let Rackhelm in: the one in use, and the one before it. */
export function AppKey({ status }: { readonly status: SecretsStatus }) {
  const { secrets } = useApp();
  const state = useResource(secrets.keys);
  const [doing, setDoing] = useState<Doing>(null);
  const close = () => setDoing(null);
  const [first, before] = state.status === 'ready' ? state.data.rows : [];
  return (
    <section aria-labelledby="secrets-app-key">
      <h3 className={classes.heading} id="secrets-app-key">
        Rackhelm’s own SSH key
      </h3>
      {state.status === 'loading' && <Skeleton label="Reading the key" lines={3} />}
      {state.status === 'failed' && (
        <ErrorState error={state.failure} onRetry={() => void secrets.keys.reload()} />
      )}
      {state.status === 'ready' && first === undefined && (
        <NoKey
          onMake={() =>
            status.state === 'open' ? void secrets.makeKey() : setDoing({ what: 'open' })
          }
        />
      )}
      {first && (
        <KeyFields row={first} onForget={(row) => setDoing({ what: 'forget', row })}>
          {before === undefined && (
            <Button icon={IconKey} onClick={() => setDoing({ what: 'replace' })}>
              Replace
            </Button>
          )}
        </KeyFields>
      )}
      {before && (
        <>
          <h4 className={classes.before}>The one before</h4>
          <p className={classes.lead}>
            It still opens what it opened. Forget it once the new one is let in everywhere.
          </p>
          <KeyFields
            row={before}
            newer={first}
            onForget={(row) => setDoing({ what: 'forget', row })}
          />
        </>
      )}
      {doing?.what === 'open' && (
        <OpenSecretsDialog onClose={close} onOpened={() => void secrets.makeKey()} />
      )}
      {doing?.what === 'replace' && <ReplaceKeyDialog status={status} onClose={close} />}
      {doing?.what === 'forget' && <ForgetKeyDialog row={doing.row} onClose={close} />}
    </section>
  );
}

function NoKey({ onMake }: { readonly onMake: () => void }) {
  return (
    <>
      <p className={classes.lead}>
        There is none yet. Machines that you onboard can let Rackhelm in by a key of its own, whose
        private half is kept here and in no file.
      </p>
      <div className={classes.actions}>
        <Button icon={IconPlus} onClick={onMake}>
          Make a key
        </Button>
      </div>
    </>
  );
}

interface KeyFieldsProps {
  readonly row: KeyRow;
  /** The key that takes its place. */
  readonly newer?: KeyRow | undefined;
  readonly onForget: (row: KeyRow) => void;
  readonly children?: React.ReactNode;
}

function KeyFields({ row, newer, onForget, children }: KeyFieldsProps) {
  return (
    <>
      <FieldList>
        <Field label="Fingerprint">
          <CopyText text={row.sha256} label="the fingerprint" />
        </Field>
        <Field label="Public key">
          <CopyText text={row.publicKey} label="the public key" />
        </Field>
        <Field label="Made">
          <Ago at={row.madeAt} />
        </Field>
        <Field label="Last login">{row.usedAt === null ? 'never' : <Ago at={row.usedAt} />}</Field>
        <Field label="Lets in">
          <Logins row={row} newer={newer} />
        </Field>
      </FieldList>
      <div className={classes.actions}>
        {children}
        <Button tone="quiet" icon={IconTrash} onClick={() => onForget(row)}>
          Forget
        </Button>
      </div>
    </>
  );
}
