import { Menu, PasswordInput } from '@mantine/core';
import { IconAlertTriangle, IconReplace, IconTestPipe, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { secretKindTitles, secretPurpose } from '../../../shared/model/secret-words.ts';
import { mostSecret, type SecretTest } from '../../../shared/model/secrets.ts';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Ago } from '../../ui/ago.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { Callout, ErrorState } from '../../ui/error-state.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { isolated } from '../../ui/isolate.ts';
import { MoreMenu, MoreMenuItem } from '../../ui/more-menu.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import classes from './secrets.module.css';
import type { SecretRow } from './secrets-store.ts';

type Doing = { readonly what: 'replace' | 'forget'; readonly row: SecretRow } | null;

const columns = [
  { title: 'Kind' },
  { title: 'For' },
  { title: 'Stored' },
  { title: 'Used' },
  { title: 'Actions', quiet: true, align: 'end' },
] as const;

/** What is remembered, and what one may do with each. */
export function SecretList() {
  const { secrets } = useApp();
  const state = useResource(secrets.stored);
  const [doing, setDoing] = useState<Doing>(null);
  const [tested, setTested] = useState<{ row: SecretRow; result: SecretTest } | null>(null);
  const [testing, setTesting] = useState<string | null>(null);
  if (state.status === 'loading') return <Skeleton label="Reading what is stored" lines={3} />;
  if (state.status === 'failed') {
    return <ErrorState error={state.failure} onRetry={() => void secrets.stored.reload()} />;
  }
  const { total } = state.data;
  // Keys of Rackhelm's own have a part of their own.
  const rows = state.data.rows.filter(({ subject }) => subject.kind !== 'app-key');
  const more = total - state.data.rows.length;

  async function test(row: SecretRow): Promise<void> {
    setTested(null);
    setTesting(row.id);
    const outcome = await secrets.test(row.id);
    setTesting(null);
    const result: SecretTest = outcome.ok
      ? outcome.value
      : { outcome: 'unknown', message: `${outcome.failure.message} ${outcome.failure.hint}` };
    setTested({ row, result });
  }

  if (rows.length === 0) {
    return (
      <p className={classes.lead}>
        Nothing is remembered yet. Where Rackhelm asks for a password or passphrase, you can say
        that it shall remember it.
      </p>
    );
  }
  return (
    <>
      <PlainTable
        label="Remembered secrets"
        columns={columns}
        rows={rows.map((row) => [
          secretKindTitles[row.subject.kind],
          <Purpose key="for" row={row} testing={testing === row.id} />,
          <Ago key="stored" at={row.storedAt} />,
          row.usedAt === null ? 'never' : <Ago key="used" at={row.usedAt} />,
          <RowMenu key="menu" row={row} onTest={() => void test(row)} onDo={setDoing} />,
        ])}
      />
      {more > 0 && <p className={classes.lead}>{`${more} more.`}</p>}
      <p className={classes.outcome} role="status">
        {testing !== null && 'Testing …'}
      </p>
      {tested && <TestOutcome {...tested} />}
      {doing?.what === 'replace' && (
        <ReplaceDialog row={doing.row} onClose={() => setDoing(null)} />
      )}
      {doing?.what === 'forget' && <ForgetDialog row={doing.row} onClose={() => setDoing(null)} />}
    </>
  );
}

function Purpose({ row, testing }: { readonly row: SecretRow; readonly testing: boolean }) {
  return (
    <span aria-busy={testing || undefined}>
      <bdi className={classes.purpose}>{secretPurpose(row.subject, row.deviceName)}</bdi>
      {row.failedAt !== null && (
        <span className={classes.failing}>
          <StatusBadge tone="warn" icon={IconAlertTriangle} plain>
            Not accepted the last time
          </StatusBadge>
        </span>
      )}
    </span>
  );
}

interface RowMenuProps {
  readonly row: SecretRow;
  readonly onTest: () => void;
  readonly onDo: (doing: Doing) => void;
}

function RowMenu({ row, onTest, onDo }: RowMenuProps) {
  const name = isolated(secretPurpose(row.subject, row.deviceName));
  return (
    <MoreMenu label={`More for ${name}`}>
      <MoreMenuItem icon={IconTestPipe} onClick={onTest}>
        Test
      </MoreMenuItem>
      <MoreMenuItem icon={IconReplace} onClick={() => onDo({ what: 'replace', row })}>
        Replace
      </MoreMenuItem>
      <Menu.Divider />
      <MoreMenuItem icon={IconTrash} onClick={() => onDo({ what: 'forget', row })}>
        Forget
      </MoreMenuItem>
    </MoreMenu>
  );
}

const testTitles = {
  works: 'It works',
  wrong: 'It is not accepted',
  unknown: 'It could not be tested',
} as const;

function TestOutcome({ row, result }: { readonly row: SecretRow; readonly result: SecretTest }) {
  const tone = result.outcome === 'works' ? 'info' : 'warn';
  const name = isolated(secretPurpose(row.subject, row.deviceName));
  return (
    <Callout tone={tone} title={`${testTitles[result.outcome]}: ${name}`}>
      {result.message}
    </Callout>
  );
}

interface RowDialogProps {
  readonly row: SecretRow;
  readonly onClose: () => void;
}

function ReplaceDialog({ row, onClose }: RowDialogProps) {
  const { secrets } = useApp();
  const [secret, setSecret] = useState('');
  async function submit() {
    const outcome = await secrets.replace(row.id, secret);
    if (!outcome.ok) return outcome.failure;
    onClose();
    return null;
  }
  return (
    <FormDialog
      title={`Replace: ${secretKindTitles[row.subject.kind]}`}
      size="sm"
      submit="Replace"
      disabled={secret === ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <PasswordInput
        label={`New one for ${isolated(secretPurpose(row.subject, row.deviceName))}`}
        description="It is stored as you type it. Test it afterwards."
        data-autofocus
        autoComplete="off"
        maxLength={mostSecret}
        value={secret}
        onChange={(event) => setSecret(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed' }}
      />
    </FormDialog>
  );
}

function ForgetDialog({ row, onClose }: RowDialogProps) {
  const { secrets } = useApp();
  async function confirm(): Promise<void> {
    await secrets.forget(row.id);
    onClose();
  }
  return (
    <ConfirmDialog
      title="Forget this secret"
      confirm="Forget"
      onConfirm={() => void confirm()}
      onCancel={onClose}
    >
      <p>
        Rackhelm asks for it again the next time:{' '}
        <bdi>{secretPurpose(row.subject, row.deviceName)}</bdi>.
      </p>
    </ConfirmDialog>
  );
}
