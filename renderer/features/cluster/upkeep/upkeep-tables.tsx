import {
  IconAlertTriangle,
  IconCircleCheck,
  IconDoorExit,
  IconStethoscope,
} from '@tabler/icons-react';
import type {
  UpkeepNode,
  UpkeepOverview,
} from '../../../../shared/cluster/upkeep/upkeep-overview.ts';
import { Ago } from '../../../ui/ago.tsx';
import { Button } from '../../../ui/button.tsx';
import { formatBytes, formatCount } from '../../../ui/formatting.ts';
import { Lines, PlainTable } from '../../../ui/plain-table.tsx';
import { Section } from '../../../ui/section.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { DeviceLink } from '../../links/thing-links.tsx';
import { ObjectLink } from '../cluster-links.tsx';
import classes from './upkeep.module.css';

interface NodesTableProps {
  readonly context: string;
  readonly overview: UpkeepOverview;
  readonly onLeave: (node: string) => void;
  readonly onDoctor: (node: string) => void;
}

/** Servers first: which of them vote, what they run, and which machine each is. */
export function NodesTable({ context, overview, onLeave, onDoctor }: NodesTableProps) {
  const { nodes, nodesTotal, datastore } = overview;
  const more = nodesTotal - nodes.length;
  return (
    <Section title="Nodes" note={controlPlaneText(overview)}>
      <PlainTable
        label="Nodes"
        columns={[
          { title: 'Node' },
          { title: 'Part' },
          { title: 'Version' },
          { title: 'Answers' },
          { title: 'Machine' },
          { title: 'Work', quiet: true, align: 'end' },
        ]}
        rows={nodes.map((node) => [
          <ObjectLink
            key="node"
            context={context}
            kind="nodes"
            namespace={null}
            name={node.name}
          />,
          <Lines key="part">
            {[
              partText(node),
              ...(node.staysBecause === null
                ? []
                : [
                    <bdi key="why" className={classes.quiet}>
                      {node.staysBecause}
                    </bdi>,
                  ]),
            ]}
          </Lines>,
          <bdi key="version">{node.version || 'not told'}</bdi>,
          <Answers key="answers" node={node} />,
          node.device === null ? (
            <span key="device" className={classes.quiet}>
              not known
            </span>
          ) : (
            <span key="device">
              <DeviceLink id={node.device.id} name={node.device.name} />
              {!node.device.reached && <span className={classes.quiet}> (no SSH host)</span>}
            </span>
          ),
          datastore === 'no-k3s' ? null : (
            <span key="leave" className={classes.rowAction}>
              {node.ready !== 'ready' && (
                <Button
                  tone="quiet"
                  icon={IconStethoscope}
                  label={`Find out why ${node.name} does not come back`}
                  onClick={() => onDoctor(node.name)}
                >
                  Find out why
                </Button>
              )}
              <Button
                tone="quiet"
                icon={IconDoorExit}
                label={`Let ${node.name} leave the cluster`}
                onClick={() => onLeave(node.name)}
              >
                Leave
              </Button>
            </span>
          ),
        ])}
      />
      {more > 0 && <p className={classes.quiet}>{`And ${formatCount(more, 'node')} more.`}</p>}
    </Section>
  );
}

function controlPlaneText({ datastore, mayFail, nodes }: UpkeepOverview): string {
  const servers = nodes.filter(({ isServer }) => isServer).length;
  if (datastore === 'no-k3s') return 'no nodes of K3s';
  if (datastore === 'other') return `${formatCount(servers, 'server')}, without etcd`;
  const voters = nodes.filter(({ vote }) => vote === 'voter').length;
  const spare = mayFail === 0 ? 'none may fail now' : `${mayFail ?? 0} may fail now`;
  return `etcd of ${formatCount(voters, 'member')}: ${spare}`;
}

function partText({ isServer, vote }: UpkeepNode): string {
  if (!isServer) return 'Agent';
  return vote === 'learner' ? 'Server, still joining' : 'Server';
}

function Answers({ node: { ready, cordoned } }: { readonly node: UpkeepNode }) {
  if (ready !== 'ready') {
    return (
      <StatusBadge tone="danger" icon={IconAlertTriangle} plain>
        {ready === 'unknown' ? 'No answer' : 'Not ready'}
      </StatusBadge>
    );
  }
  return (
    <StatusBadge
      tone={cordoned ? 'warn' : 'ok'}
      icon={cordoned ? IconAlertTriangle : IconCircleCheck}
      plain
    >
      {cordoned ? 'Cordoned' : 'Ready'}
    </StatusBadge>
  );
}

/** Of etcd, the newest first; or why there are none, and what to do instead. */
export function SnapshotsTable({ overview }: { readonly overview: UpkeepOverview }) {
  const { snapshots, snapshotsTotal, noSnapshots } = overview;
  const more = snapshotsTotal - snapshots.length;
  return (
    <Section
      title="Snapshots of etcd"
      note={
        noSnapshots === null
          ? 'those by the clock are replaced; others stay until deleted'
          : undefined
      }
    >
      {noSnapshots !== null && <p className={classes.quiet}>{noSnapshots}</p>}
      {noSnapshots === null && snapshotsTotal === 0 && (
        <p className={classes.quiet}>There is none yet.</p>
      )}
      {snapshots.length > 0 && (
        <PlainTable
          label="Snapshots of etcd"
          columns={[
            { title: 'Name' },
            { title: 'Taken' },
            { title: 'Server' },
            { title: 'Size' },
            { title: 'Kept' },
            { title: 'State' },
          ]}
          rows={snapshots.map(({ name, at, node, size, scheduled, problem }) => [
            <bdi key="name" className={classes.name}>
              {name}
            </bdi>,
            <span key="at" className={classes.whole}>
              {at === null ? 'not told' : <Ago at={at} />}
            </span>,
            <bdi key="node" className={classes.whole}>
              {node}
            </bdi>,
            <span key="size" className={classes.whole}>
              {size === null ? '' : formatBytes(size)}
            </span>,
            <span key="kept" className={classes.whole}>
              {scheduled ? 'until replaced' : 'until deleted'}
            </span>,
            <StatusBadge
              key="state"
              tone={problem === null ? 'ok' : 'danger'}
              icon={problem === null ? IconCircleCheck : IconAlertTriangle}
              plain
            >
              {problem ?? 'Whole'}
            </StatusBadge>,
          ])}
        />
      )}
      {more > 0 && <p className={classes.quiet}>{`And ${formatCount(more, 'snapshot')} more.`}</p>}
    </Section>
  );
}
