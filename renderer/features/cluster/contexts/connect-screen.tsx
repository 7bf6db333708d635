import { IconPlugConnected } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { KubeconfigPreview } from '../../../../shared/cluster/contexts.ts';
import { useApp } from '../../../app/app-context.ts';
import { useResource } from '../../../rpc/use-resource.ts';
import { Button } from '../../../ui/button.tsx';
import { Crumbs } from '../../../ui/crumbs.tsx';
import { Callout, type ErrorText } from '../../../ui/error-state.tsx';
import { PageBody, PageHeader } from '../../../ui/page.tsx';
import { Section } from '../../../ui/section.tsx';
import { OpenSecretsDialog } from '../../secrets/opening-dialogs.tsx';
import { ClusterChoice, type ClusterDraft, clusterOf } from './cluster-choice.tsx';
import { tickedAtFirst } from './context-words.ts';
import classes from './contexts.module.css';
import { NodeFetch } from './node-fetch.tsx';
import { PreviewList } from './preview-list.tsx';
import { type ChosenSource, SourceChoice } from './source-choice.tsx';

/** Connects a cluster: where its kubeconfig comes from, what is in it, which of that is taken. */
export function ConnectScreen() {
  const { cluster } = useApp();
  const { contexts } = cluster;
  const [looked, setLooked] = useState<Looked | null>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ErrorText | null>(null);
  const fetching = useStore(contexts.fetching, ({ now }) => now !== null);
  const sources = useResource(contexts.sources);
  useEffect(() => contexts.leaveNode, [contexts]);

  async function look(source: ChosenSource): Promise<void> {
    setFailure(null);
    if (source.kind === 'node') {
      const preview = await contexts.fromNode(source.deviceId);
      if (preview !== null) setLooked({ preview, source });
      return;
    }
    setBusy(true);
    const outcome = await contexts.preview(source);
    setBusy(false);
    if (outcome.ok) setLooked({ preview: outcome.value, source });
    else setFailure(outcome.failure);
  }

  const nameOf = (id: string) =>
    (sources.status === 'ready' &&
      sources.data.nodes.find(({ deviceId }) => deviceId === id)?.name) ||
    'The machine';
  return (
    <>
      <PageHeader
        takesFocus
        windowTitle="Connect a cluster"
        title={
          <Crumbs
            above={[{ id: 'cluster', link: <a href="#/cluster/contexts">Contexts</a> }]}
            here="Connect a cluster"
          />
        }
      />
      <PageBody>
        <div className={classes.body}>
          {looked === null && !fetching && (
            <>
              <p className={classes.lead}>
                A kubeconfig says where a cluster is and how to sign in. Rackhelm looks at it first
                and shows what is in it; nothing is asked of a cluster before you take a context.
              </p>
              <SourceChoice busy={busy} onChoose={(source) => void look(source)} />
            </>
          )}
          {fetching && <NodeFetch nameOf={nameOf} />}
          {failure !== null && (
            <Callout tone="danger" title={failure.message}>
              {failure.hint}
            </Callout>
          )}
          {looked !== null && (
            <TakeContexts
              key={looked.preview.previewId}
              looked={looked}
              onPreview={(preview) => setLooked({ ...looked, preview })}
              onBack={() => setLooked(null)}
            />
          )}
        </div>
      </PageBody>
    </>
  );
}

interface Looked {
  readonly preview: KubeconfigPreview;
  readonly source: ChosenSource;
}

interface TakeContextsProps {
  readonly looked: Looked;
  readonly onPreview: (preview: KubeconfigPreview) => void;
  readonly onBack: () => void;
}

const storeCodes: ReadonlySet<string> = new Set(['SECRETS_NOT_SET_UP', 'SECRETS_LOCKED']);

function TakeContexts({ looked, onPreview, onBack }: TakeContextsProps) {
  const { cluster, router } = useApp();
  const { contexts } = cluster;
  const { preview } = looked;
  const [chosen, setChosen] = useState(() => tickedAtFirst(preview.contexts));
  const [draft, setDraft] = useState<ClusterDraft>(() => firstDraft(preview));
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<(ErrorText & { readonly code: string }) | null>(null);
  const [opening, setOpening] = useState(false);
  const target = clusterOf(draft);
  const { secrets } = useApp();
  const store = useResource(secrets.status);
  // What lies in no file of the person is kept as a secret: the store has to be open before that.
  const keeps = looked.source.kind === 'text' || looked.source.kind === 'node';
  const closed = keeps && store.status === 'ready' && store.data.state !== 'open';

  async function take(): Promise<void> {
    if (target === null) return;
    setBusy(true);
    const outcome = await contexts.take({
      previewId: preview.previewId,
      keys: [...chosen],
      cluster: target,
    });
    setBusy(false);
    if (!outcome.ok) {
      setFailure(outcome.failure);
      // Another window may have locked it meanwhile.
      if (storeCodes.has(outcome.failure.code)) setOpening(true);
      return;
    }
    // What it finds stands among the contexts.
    for (const id of outcome.value.contextIds) void contexts.test(id);
    const [first] = outcome.value.contextIds;
    if (first !== undefined) router.go({ screen: 'cluster', context: first });
  }

  async function allow(context: KubeconfigPreview['contexts'][number]) {
    const { previewId } = preview;
    const hash = context.command?.hash ?? '';
    const outcome = await contexts.allow({ of: { previewId, key: context.key }, hash });
    if (outcome.ok) {
      const command = outcome.value;
      onPreview({
        ...preview,
        contexts: preview.contexts.map((each) =>
          each.command?.hash === command.hash ? { ...each, command } : each,
        ),
      });
    }
    return outcome;
  }

  const many = chosen.length > 1;
  return (
    <>
      <Section title="What is in it">
        {preview.contexts.length === 0 ? (
          <p className={classes.quiet}>It holds no context.</p>
        ) : (
          <PreviewList preview={preview} chosen={chosen} onChange={setChosen} onAllow={allow} />
        )}
      </Section>
      {preview.contexts.length > 0 && (
        <Section title={many ? 'The cluster that they lead to' : 'The cluster that it leads to'}>
          <ClusterChoice draft={draft} onChange={setDraft} />
        </Section>
      )}
      {failure !== null && !opening && (
        <Callout tone="danger" title={failure.message}>
          {failure.hint}
        </Callout>
      )}
      <div className={classes.buttons}>
        <Button onClick={onBack}>Back</Button>
        <Button
          tone="primary"
          icon={IconPlugConnected}
          busy={busy}
          disabled={chosen.length === 0 || target === null}
          onClick={() => (closed ? setOpening(true) : void take())}
        >
          {many ? `Connect with ${chosen.length} contexts` : 'Connect'}
        </Button>
      </div>
      {opening && (
        <OpenSecretsDialog onClose={() => setOpening(false)} onOpened={() => void take()} />
      )}
    </>
  );
}

function firstDraft({ contexts }: KubeconfigPreview): ClusterDraft {
  const name = (contexts.find(({ current }) => current) ?? contexts[0])?.suggestedCluster ?? '';
  return { way: 'new', name, kind: 'k3s', known: { text: '' } };
}
