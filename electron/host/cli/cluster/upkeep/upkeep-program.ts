import type { Command } from 'commander';
import type { Installation } from '../../../installation.ts';
import { passphraseFileOption } from '../../secrets/secret-program.ts';
import { parseMinutes } from '../../terminal/parse-count.ts';
import type { CertificatesOptions } from './certificates-command.ts';
import type { LeaveOptions } from './leave-command.ts';
import type { SnapshotsOptions } from './snapshots-command.ts';
import { tokensProgram } from './tokens-program.ts';
import type { UpgradeOptions } from './upgrade-command.ts';
import type { UpkeepOptions } from './upkeep-command.ts';

/** `cluster leave` and its kin: work on the nodes of a cluster. */
export function upkeepPrograms(
  base: (name: string) => Command,
  installation: Installation,
): readonly Command[] {
  const planned = (command: Command) =>
    command
      .option('--context <name>', 'which cluster, by its name or the name or id of a context')
      .option(
        '--plan',
        'show what would be done and what stops it; ends with 1 where it is stopped',
      )
      .option('--yes', 'do it without asking')
      .option(
        '--accept-new-host-key',
        'accept a host key that is not on record (never a changed one)',
      )
      .option('-F, --ssh-config <file>', 'ssh configuration to use instead of ~/.ssh/config')
      .addOption(passphraseFileOption())
      .option('--json', 'machine-readable output');
  const leave = planned(base('leave'))
    .description('drain a node, take it out of its cluster, and uninstall K3s from its machine')
    .argument('<node>', 'its name in the cluster')
    .option('--accept-volumes', 'accept that pods lose the volumes which lie on it')
    .option('--delete-volumes', 'delete what they hold, instead of setting it aside there')
    .option('--delete-local-data', 'accept that what lies in emptyDir volumes is lost')
    .option('--force', 'accept that pods which nothing makes anew are gone for good')
    .option('--machine-gone', 'its machine is gone: only the cluster and the inventory forget it')
    .option('--minutes <number>', 'so long its pods may take to go', parseMinutes, 15)
    .action(async (node: string, options: LeaveOptions) => {
      const { leaveCluster } = await import('./leave-command.ts');
      await leaveCluster(installation, node, options);
    });
  const upgrade = planned(base('upgrade'))
    .description('another version of K3s, server by server, then the agents, one minor at a time')
    .argument('<version>', 'v1.37.2+k3s1, or a channel such as stable')
    .option('--folder <dir>', 'files of a release on this computer; default: machines fetch it')
    .option('--nodes <names...>', 'only these; default: all that have another version')
    .option('--drain', 'empty each node first; else pods go on while K3s is restarted')
    .option('--delete-local-data', 'accept that what lies in emptyDir volumes is lost')
    .option('--force', 'accept that pods which nothing makes anew are gone for good')
    .option('--minutes <number>', 'so long the pods of a node may take to go', parseMinutes, 15)
    .action(async (version: string, options: UpgradeOptions) => {
      const { upgradeCluster } = await import('./upgrade-command.ts');
      await upgradeCluster(installation, version, options);
    });
  const snapshots = planned(base('snapshots'))
    .description('snapshots of etcd: list them, or take one')
    .option('--take [name]', 'take one under this name; K3s adds its node and the time')
    .option('--server <node>', 'on this server; default: the first that is well')
    .action(async (options: SnapshotsOptions) => {
      const { runSnapshots } = await import('./snapshots-command.ts');
      await runSnapshots(installation, options);
    });
  const toEtcd = planned(base('to-etcd'))
    .description('move the state of the only server from SQLite into etcd, so that others can join')
    .action(async (options: UpkeepOptions) => {
      const { workOnNodes } = await import('./upkeep-command.ts');
      await workOnNodes(installation, { kind: 'to-etcd' }, options);
    });
  const certificates = planned(base('certificates'))
    .description('when the certificates of K3s end on each node, and new ones')
    .option('--rotate', 'renew them, node by node; without it they are only shown')
    .option('--nodes <names...>', 'only of these')
    .action(async (options: CertificatesOptions) => {
      const { runCertificates } = await import('./certificates-command.ts');
      await runCertificates(installation, options);
    });
  const doctor = planned(base('doctor'))
    .description('why a node does not come back, and what can be mended from here')
    .argument('<node>', 'its name in the cluster')
    .action(async (node: string, options: UpkeepOptions) => {
      const { workOnNodes } = await import('./upkeep-command.ts');
      await workOnNodes(installation, { kind: 'doctor', node }, options);
    });
  return [
    leave,
    upgrade,
    snapshots,
    certificates,
    tokensProgram(base, planned, installation),
    toEtcd,
    doctor,
  ];
}
