import { IconExternalLink, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { EngineTest, SavedEngine } from '../../../../shared/containers/engine.ts';
import { ActionButton } from '../../../app/actions/action-button.tsx';
import { useApp } from '../../../app/app-context.ts';
import { useResource } from '../../../rpc/use-resource.ts';
import { Ago } from '../../../ui/ago.tsx';
import { Button } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { Callout, ErrorState } from '../../../ui/error-state.tsx';
import { Field, FieldList } from '../../../ui/field-list.tsx';
import { formatBytes } from '../../../ui/formatting.ts';
import { isolated } from '../../../ui/isolate.ts';
import { MoreMenu, MoreMenuItem } from '../../../ui/more-menu.tsx';
import { PageBody, PageHeader } from '../../../ui/page.tsx';
import { Section } from '../../../ui/section.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import classes from '../containers.module.css';
import { NoEngines } from './no-engines.tsx';
import { RenameEngineDialog } from './rename-engine-dialog.tsx';

/** How engines are reached: each with what trying it found. */
export function EnginesScreen() {
  const { list } = useApp().containers.engines;
  const state = useResource(list);
  if (state.status === 'ready' && state.data.length === 0) return <NoEngines />;
  return (
    <>
      <PageHeader
        title="Container engines"
        note="how they are reached"
        actions={<ActionButton id="connect-engine" />}
      />
      {state.status === 'failed' && (
        <ErrorState error={state.failure} onRetry={() => void list.reload()} />
      )}
      {state.status === 'loading' && <Skeleton label="Reading the engines" lines={8} />}
      {state.status === 'ready' && (
        <PageBody>
          <div className={classes.body}>
            {state.data.map((engine) => (
              <EngineItem key={engine.id} engine={engine} />
            ))}
          </div>
        </PageBody>
      )}
    </>
  );
}

function EngineItem({ engine }: { readonly engine: SavedEngine }) {
  const { containers, router, notify } = useApp();
  const { engines } = containers;
  const { id, name, reached, test } = engine;
  const [busy, setBusy] = useState(false);
  const [renaming, setRenaming] = useState(false);
  const [forgetting, setForgetting] = useState(false);
  async function run(work: () => ReturnType<typeof engines.forget>): Promise<void> {
    setBusy(true);
    const outcome = await work();
    setBusy(false);
    setForgetting(false);
    if (!outcome.ok) notify.failed(outcome.failure);
  }
  return (
    <Section
      title={<bdi>{name}</bdi>}
      note={<bdi>{reached}</bdi>}
      actions={
        <>
          <Button
            busy={busy && !forgetting}
            label={`Test ${isolated(name)}`}
            onClick={() => void run(() => engines.test(id))}
          >
            Test
          </Button>
          <Button
            label={`Open ${isolated(name)}`}
            icon={IconExternalLink}
            onClick={() => router.go({ screen: 'containers', engine: id })}
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
      <TestView test={test} />
      {renaming && <RenameEngineDialog engine={engine} onClose={() => setRenaming(false)} />}
      {forgetting && (
        <ConfirmDialog
          title={`Forget ${isolated(name)}?`}
          confirm="Forget"
          busy={busy}
          onConfirm={() => void run(() => engines.forget(id))}
          onCancel={() => setForgetting(false)}
        >
          Rackhelm no longer reaches it, and what it kept as a secret is deleted. The engine and its
          containers stay as they are.
        </ConfirmDialog>
      )}
    </Section>
  );
}

function TestView({ test }: { readonly test: EngineTest | null }) {
  if (test === null) return <p className={classes.quiet}>It was not tried yet.</p>;
  if (test.failure !== null) {
    return (
      <Callout tone="danger" title={test.failure.message}>
        <bdi>{test.failure.hint}</bdi> Tried <Ago at={test.at} />.
      </Callout>
    );
  }
  const { facts } = test;
  if (facts === null) return null;
  return (
    <>
      <FieldList>
        <Field label="Engine">{`${facts.product} ${facts.version}, API ${facts.apiVersion}${facts.rootless ? ', rootless' : ''}`}</Field>
        <Field label="Machine">
          <bdi>{`${facts.hostName}: ${facts.system}, ${facts.architecture}`}</bdi>
        </Field>
        <Field label="Room">{`${facts.cpus} processors, ${formatBytes(facts.memoryBytes)} of memory`}</Field>
        <Field label="Holds">{`${facts.containers} containers, ${facts.images} images`}</Field>
        <Field label="Data">
          <bdi>{`${facts.dataRoot}, ${facts.storageDriver}`}</bdi>
        </Field>
        <Field label="Reached">
          <bdi>{test.way}</bdi>, tried <Ago at={test.at} />
        </Field>
      </FieldList>
      {facts.warnings.length > 0 && (
        <Callout tone="warn" title="The engine warns">
          <ul>
            {facts.warnings.map((text) => (
              <li key={text}>
                <bdi>{text}</bdi>
              </li>
            ))}
          </ul>
        </Callout>
      )}
    </>
  );
}
