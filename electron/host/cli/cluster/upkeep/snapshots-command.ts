import { said } from '../../../../../shared/cluster/status.ts';
import type { UpkeepOverview } from '../../../../../shared/cluster/upkeep/upkeep-overview.ts';
import type { Installation } from '../../../installation.ts';
import { print, printJson } from '../../terminal/output.ts';
import { withCluster } from '../cluster-session.ts';
import { type UpkeepOptions, workOnNodes } from './upkeep-command.ts';

export interface SnapshotsOptions extends UpkeepOptions {
  readonly take?: string | true;
  readonly server?: string;
}

/** `rackhelm cluster snapshots [--take [NAME]]`. */
export async function runSnapshots(
  installation: Installation,
  options: SnapshotsOptions,
): Promise<void> {
  const { take, server = null } = options;
  if (take !== undefined) {
    const name = take === true ? 'by-hand' : take;
    await workOnNodes(installation, { kind: 'snapshot', server, name }, options);
    return;
  }
  await withCluster(installation, options, async ({ contextId, work, session }) => {
    const overview = await work.upkeep.overview(contextId, session.signal);
    const { snapshots, snapshotsTotal, noSnapshots } = overview;
    if (options.json) printJson({ snapshots, total: snapshotsTotal, why: noSnapshots });
    else print(snapshotsText(overview));
  });
}

function snapshotsText({ snapshots, snapshotsTotal, noSnapshots }: UpkeepOverview): string {
  if (noSnapshots !== null) return `${noSnapshots}\n`;
  if (snapshotsTotal === 0) return 'There is no snapshot.\n';
  const lines = snapshots.map(({ name, node, at, size, scheduled, problem }) => {
    const when = at === null ? 'at a time that is not told' : new Date(at).toISOString();
    const large = size === null ? '' : `, ${(size / 1024 ** 2).toFixed(1)} MiB`;
    const kept = scheduled ? '' : ', kept until somebody deletes it';
    return `${said(name)}  ${when}, on ${said(node)}${large}${kept}${problem === null ? '' : `; ! ${said(problem)}`}\n`;
  });
  const more = snapshotsTotal - snapshots.length;
  return [...lines, ...(more > 0 ? [`And ${more} more.\n`] : [])].join('');
}
