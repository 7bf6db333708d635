import { IconExternalLink, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { ActionButton } from '../../../app/actions/action-button.tsx';
import { useApp } from '../../../app/app-context.ts';
import { useResource } from '../../../rpc/use-resource.ts';
import { Ago } from '../../../ui/ago.tsx';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { isolated } from '../../../ui/isolate.ts';
import { MoreMenu, MoreMenuItem } from '../../../ui/more-menu.tsx';
import { PageBody, PageHeader } from '../../../ui/page.tsx';
import { PlainTable } from '../../../ui/plain-table.tsx';
import { Section } from '../../../ui/section.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { RecordLink } from '../../links/thing-links.tsx';
import { sourceWords } from './context-words.ts';
import classes from './contexts.module.css';
import type { SavedContext } from './contexts-store.ts';
import { NoContexts } from './no-contexts.tsx';
import { RenameContextDialog } from './rename-dialog.tsx';
import { SignInCommandView } from './sign-in-command.tsx';
import { TestView } from './test-view.tsx';

/** How clusters are reached: each way with what trying it found. */
export function ContextsScreen() {
  const { list } = useApp().cluster.contexts;
  const state = useResource(list);
  if (state.status === 'ready' && state.data.length === 0) return <NoContexts />;
  return (
    <>
      <PageHeader
        title="Contexts"
        note="how clusters are reached"
        actions={<ActionButton id="connect-cluster" />}
      />
      {state.status === 'failed' && (
        <ErrorState error={state.failure} onRetry={() => void list.reload()} />
      )}
      {state.status === 'loading' && <Skeleton label="Reading the contexts" lines={8} />}
      {state.status === 'ready' && (
        <PageBody>
          <div className={classes.body}>
            {state.data.map((context) => (
              <ContextItem key={context.id} context={context} />
            ))}
            <AllowedCommands />
          </div>
        </PageBody>
      )}
    </>
  );
}

function ContextItem({ context }: { readonly context: SavedContext }) {
  const { cluster, router, notify } = useApp();
  const { contexts } = cluster;
  const { id, name, test, via } = context;
  const [busy, setBusy] = useState(false);
  const [renaming, setRenaming] = useState(false);
  const [forgetting, setForgetting] = useState(false);
  async function run(): Promise<void> {
    setBusy(true);
    const outcome = await contexts.test(id);
    setBusy(false);
    if (!outcome.ok) notify.failed(outcome.failure);
  }
  async function forget(): Promise<void> {
    setBusy(true);
    const outcome = await contexts.forget(id);
    setBusy(false);
    setForgetting(false);
    if (!outcome.ok) notify.failed(outcome.failure);
  }
  return (
    <Section
      title={<bdi>{name}</bdi>}
      note={<RecordLink kind="cluster" id={context.cluster.id} name={context.cluster.name} />}
      actions={
        <>
          <Button
            busy={busy && !forgetting}
            label={`Test ${isolated(name)}`}
            onClick={() => void run()}
          >
            Test
          </Button>
          <Button
            label={`Open ${isolated(name)}`}
            icon={IconExternalLink}
            onClick={() => router.go({ screen: 'cluster', context: id })}
          >
            Open
          </Button>
          <MoreMenu label={`More of ${isolated(name)}`}>
            <MoreMenuItem icon={IconPencil} onClick={() => setRenaming(true)}>
              Rename it
            </MoreMenuItem>
            <MoreMenuItem icon={IconTrash} onClick={() => setForgetting(true)}>
              Forget it
            </MoreMenuItem>
          </MoreMenu>
        </>
      }
    >
      <p className={classes.quiet}>
        {sourceWords(context.source)}
        {via !== null && (
          <>
            , reached through <bdi>{via.name}</bdi>
          </>
        )}
      </p>
      <TestView test={test} />
      {test?.command != null && (
        <SignInCommandView
          command={test.command}
          of={isolated(name)}
          onAllow={() => contexts.allow({ of: { contextId: id }, hash: test.command?.hash ?? '' })}
        />
      )}
      {renaming && <RenameContextDialog context={context} onClose={() => setRenaming(false)} />}
      {forgetting && (
        <ConfirmDialog
          title={`Forget ${isolated(name)}?`}
          confirm="Forget"
          busy={busy}
          onConfirm={() => void forget()}
          onCancel={() => setForgetting(false)}
        >
          Rackhelm no longer reaches the cluster by it, and what it kept as a secret is deleted. A
          file on this computer, and the cluster itself, stay as they are.
        </ConfirmDialog>
      )}
    </Section>
  );
}

const commandColumns = [
  { title: 'Command' },
  { title: 'Program' },
  { title: 'Allowed' },
  { title: 'Actions', quiet: true, align: 'end' },
] as const;

/** Commands that may run to sign in; taking that back stops them from the next time on. */
function AllowedCommands() {
  const { contexts } = useApp().cluster;
  const state = useResource(contexts.commands);
  if (state.status !== 'ready' || state.data.length === 0) return null;
  return (
    <Section title="Commands that may sign in">
      <PlainTable
        label="Allowed commands"
        columns={commandColumns}
        rows={state.data.map(({ hash, command, program, allowedAt }) => [
          <code key="command" className={classes.wraps}>
            <bdi>{command}</bdi>
          </code>,
          <code key="program">
            <bdi>{program}</bdi>
          </code>,
          <Ago key="at" at={allowedAt} />,
          <Button
            key="stop"
            label={`No longer allow ${isolated(command)}`}
            onClick={() => void contexts.disallow(hash)}
          >
            No longer allow
          </Button>,
        ])}
      />
    </Section>
  );
}
