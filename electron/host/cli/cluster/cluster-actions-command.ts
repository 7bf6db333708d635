import type { ClusterAction, RolledKind } from '../../../../shared/cluster/actions/action.ts';
import type { ActionPreview } from '../../../../shared/cluster/actions/preview.ts';
import { lineDiff } from '../../../../shared/jobs/line-diff.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { ClusterWork } from '../../cluster/index.ts';
import { createJobs } from '../../engine/jobs/index.ts';
import type { Installation } from '../../installation.ts';
import { approve } from '../jobs/approve.ts';
import { type MachineSession, withSession } from '../session.ts';
import type { TargetOptions } from '../terminal/options.ts';
import { print, printJson, tell } from '../terminal/output.ts';
import { interrupt } from '../terminal/terminal-ask.ts';
import { formatTable } from '../terminal/text-table.ts';
import { contextNamed, openClusterWork, openContexts } from './cluster-session.ts';

export interface ActionOptions
  extends Pick<TargetOptions, 'data' | 'sshConfig' | 'passphraseFile'> {
  readonly context?: string;
  readonly namespace?: string;
  readonly plan?: true;
  readonly yes?: true;
  readonly json?: true;
}

export interface ActionWork {
  readonly actions: ClusterWork['actions'];
  readonly contextId: string;
  readonly session: MachineSession;
}

const report = (error: unknown) => tell(`Something went wrong inside Rackhelm: ${String(error)}\n`);

export async function withActions(
  installation: Installation,
  options: ActionOptions,
  work: (given: ActionWork) => Promise<void>,
): Promise<void> {
  await withSession(installation, { ...options, timeout: 15 }, async (session) => {
    const { database: db } = session;
    const contexts = openContexts(installation, session);
    const jobs = createJobs({ database: db, report });
    try {
      const { id: contextId } = contextNamed(contexts, options.context);
      const { actions } = openClusterWork(session, contexts, jobs);
      await work({ actions, contextId, session });
    } finally {
      await jobs.close();
      contexts.close();
    }
  });
}

/** Shows what an action would come to, asks, and does it. */
export async function actOnCluster(
  installation: Installation,
  action: ClusterAction,
  options: ActionOptions,
): Promise<void> {
  await withActions(installation, options, (work) => act(work, action, options));
}

/** The same within a session that is open already. */
export async function act(
  { actions, contextId, session }: ActionWork,
  action: ClusterAction,
  options: ActionOptions,
): Promise<void> {
  const { signal } = session;
  const preview = await actions.preview({ contextId, action }, signal);
  if (options.plan) {
    if (options.json) printJson(preview);
    else print(previewText(preview));
    return;
  }
  if (!options.json) print(previewText(preview));
  if (preview.conflicts.length === 0) {
    await approve(options, { signal, onInterrupt: interrupt });
  }
  const done = await actions.run({ contextId, action, hash: preview.hash }, signal);
  if (options.json) printJson(done);
  else print(`${done.says}\n`);
}

/** `rackhelm cluster rollback WORKLOAD`: what it was, or back to one of those. */
export async function rollBack(
  installation: Installation,
  named: string,
  options: ActionOptions & { readonly to?: number },
): Promise<void> {
  const workload = workloadOf(named, options);
  const { to } = options;
  if (to !== undefined) {
    return await actOnCluster(
      installation,
      { do: 'roll-back', ...workload, revision: to },
      options,
    );
  }
  await withActions(installation, options, async ({ actions, contextId, session }) => {
    const found = await actions.revisions({ contextId, ...workload }, session.signal);
    if (options.json) return printJson(found);
    const rows = found.revisions.map(({ revision, current, at, images, cause }) => [
      `${revision}${current ? ' (now)' : ''}`,
      at === null ? '' : new Date(at).toISOString().slice(0, 19).replace('T', ' '),
      images.join(', '),
      cause ?? '',
    ]);
    print(formatTable([['REVISION', 'SINCE', 'IMAGES', 'WHY'], ...rows]));
  });
}

const kinds: Readonly<Record<string, RolledKind>> = {
  deployment: 'deployments.apps',
  deploy: 'deployments.apps',
  statefulset: 'statefulsets.apps',
  sts: 'statefulsets.apps',
  daemonset: 'daemonsets.apps',
  ds: 'daemonsets.apps',
};

/** `deployment/web`, or `web` of a deployment. */
export function workloadOf(named: string, { namespace = 'default' }: ActionOptions) {
  const [first = '', second] = named.split('/');
  const [kind, name] = second === undefined ? ['deployment', first] : [first, second];
  const found = kinds[kind.toLowerCase().replace(/s$/, '').replace(/^d$/, 'ds')];
  if (found !== undefined && name !== '') return { kind: found, namespace, name };
  throw new RackhelmError('INVALID_INPUT', `${named} names no workload.`, {
    hint: 'Write deployment/NAME, statefulset/NAME or daemonset/NAME.',
  });
}

function previewText({ title, items, conflicts, undo }: ActionPreview): string {
  const lines = items.flatMap((item) => {
    if (item.kind === 'note') return [`  ${item.weight === 'warning' ? '! ' : ''}${item.text}`];
    if (item.kind !== 'object') return [];
    const { action, name, before, after } = item;
    if (action !== 'update') return [`  ${action} ${name}`];
    const { hunks } = lineDiff(before ?? '', after ?? '');
    const signs = { same: ' ', added: '+', deleted: '-' } as const;
    const diff = hunks.flatMap(({ lines: all }) =>
      all.map(({ kind, text }) => `    ${signs[kind]} ${text}`),
    );
    return [`  change ${name}`, ...diff];
  });
  const held = conflicts.map(({ field, who }) => `  ! ${field} is managed by ${who}`);
  return [`${title}.`, ...lines, ...held, `  Undo: ${undo ?? 'there is none.'}`, ''].join('\n');
}
