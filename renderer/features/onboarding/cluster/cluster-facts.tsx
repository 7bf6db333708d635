import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import type { JoinCluster } from '../../../../shared/cluster/join/join-cluster.ts';
import { useApp } from '../../../app/app-context.ts';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/error-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import classes from './cluster.module.css';

const storeWords = {
  sqlite: 'SQLite, on one server',
  etcd: 'etcd',
  external: 'a database of its own',
  unknown: 'not known',
} as const;

/** The cluster as it stands now. */
export function ClusterFacts({ cluster }: { readonly cluster: JoinCluster }) {
  const { state, servers, store, agents, sharedFrom, unread, name } = cluster;
  if (state === 'unknown') return <Unknown cluster={cluster} />;
  if (state === 'empty') {
    return (
      <Section title={<bdi>{name}</bdi>} note="No server yet">
        <p>The machine that joins it first makes it. Afterwards connect it under Cluster.</p>
      </Section>
    );
  }
  const count = servers.length === 1 ? 'One server' : `${servers.length} servers`;
  const rest = agents === 1 ? 'one agent' : `${agents} agents`;
  return (
    <Section
      title={<bdi>{name}</bdi>}
      note={`${count}, ${rest}; its state lies in ${storeWords[store]}`}
    >
      <div className={classes.stack}>
        <ul className={classes.servers} aria-label="Servers">
          {servers.map((server) => (
            <li key={server.name} className={classes.server}>
              <StatusBadge
                plain
                tone={server.ready === 'ready' ? 'ok' : 'danger'}
                icon={server.ready === 'ready' ? IconCheck : IconAlertTriangle}
              >
                {server.ready === 'ready' ? 'Ready' : 'Not ready'}
              </StatusBadge>
              <bdi>{server.name}</bdi>
              <span className={classes.mono}>{server.address}</span>
              <span className={classes.quiet}>
                {server.version}
                {server.etcd === 'learner' && ', still joining'}
              </span>
            </li>
          ))}
        </ul>
        {sharedFrom !== null && (
          <p className={classes.quiet}>
            Settings that have to be alike: read from <bdi>{sharedFrom}</bdi>.
          </p>
        )}
        {unread.length > 0 && (
          <Callout title="Not all of it could be read">
            {unread.map((text) => (
              <p key={text}>{text}</p>
            ))}
          </Callout>
        )}
      </div>
    </Section>
  );
}

function Unknown({ cluster: { name, unread } }: { readonly cluster: JoinCluster }) {
  const { router } = useApp();
  return (
    <Callout
      tone="danger"
      title={`How ${name} stands could not be found out`}
      actions={
        <Button onClick={() => router.go({ screen: 'cluster' })}>Connect it under Cluster</Button>
      }
    >
      {unread.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </Callout>
  );
}
