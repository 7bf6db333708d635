import { IconAlertTriangle, IconCircleX, IconLock, IconQuestionMark } from '@tabler/icons-react';
import type { Answers, WorkloadName } from '../../../../shared/cluster/questions/answers.ts';
import { formatCount } from '../../../ui/formatting.ts';
import { Lines } from '../../../ui/plain-table.tsx';
import { Section } from '../../../ui/section.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { LinkList } from '../../links/thing-links.tsx';
import { ObjectLink } from '../cluster-links.tsx';
import { LongTable } from './long-table.tsx';
import classes from './questions.module.css';

interface AnswerProps {
  readonly context: string;
  readonly answers: Answers;
}

const nodesShown = 6;

interface NodesProps {
  readonly context: string;
  readonly names: readonly string[];
}

function Nodes({ context, names }: NodesProps) {
  const more = names.length - nodesShown;
  return (
    <>
      <LinkList>
        {names.slice(0, nodesShown).map((name) => (
          <ObjectLink key={name} context={context} kind="nodes" namespace={null} name={name} />
        ))}
      </LinkList>
      {more > 0 && ` and ${formatCount(more, 'more', 'more')}`}
    </>
  );
}

export function WorkloadLink({
  context,
  kind,
  namespace,
  name,
}: WorkloadName & { readonly context: string }) {
  return (
    <span>
      <bdi>{namespace}</bdi>/
      <ObjectLink context={context} kind={kind} namespace={namespace} name={name} />
    </span>
  );
}

export function Classes({ answers: { classes: all } }: { readonly answers: Answers }) {
  return (
    <Section title="Which machines are there?">
      <LongTable
        label="Classes of machines"
        columns={[{ title: 'Class' }, { title: 'Nodes' }, { title: 'Pods', align: 'end' }]}
        rows={all}
        total={all.length}
        none="The cluster tells of no nodes."
        cells={({ machine, nodes, pods }) => [
          machine,
          <bdi key="nodes">{nodes.join(', ')}</bdi>,
          pods.toLocaleString('en'),
        ]}
      />
    </Section>
  );
}

export function PlacedOnes({ context, answers: { placed } }: AnswerProps) {
  return (
    <Section title="Which workloads sit on which class of machine?">
      <LongTable
        label="Workloads by class of machine"
        columns={[{ title: 'Workload' }, { title: 'On' }, { title: 'Nodes' }]}
        rows={placed.rows}
        total={placed.total}
        none="No workload runs on a node."
        cells={(row) => [
          <WorkloadLink key="workload" context={context} {...row} />,
          row.on.map(({ machine, pods }) => `${machine} (${formatCount(pods, 'pod')})`).join(', '),
          <Nodes key="nodes" context={context} names={row.nodes} />,
        ]}
      />
    </Section>
  );
}

export function ThinOnes({ context, answers: { thin } }: AnswerProps) {
  return (
    <Section title="What hangs on one pod or on one node?">
      <LongTable
        label="Workloads with one replica, or all on one node"
        columns={[{ title: 'Workload' }, { title: 'Why' }, { title: 'Node' }]}
        rows={thin.rows}
        total={thin.total}
        none="Every workload has pods on several nodes."
        cells={(row) => [
          <WorkloadLink key="workload" context={context} {...row} />,
          row.finding === 'one-replica' ? 'One replica' : `All ${row.pods} pods on one node`,
          row.node === null ? (
            <span key="node" className={classes.none}>
              no node yet
            </span>
          ) : (
            <Nodes key="node" context={context} names={[row.node]} />
          ),
        ]}
      />
    </Section>
  );
}

const findings = {
  wrong: { tone: 'danger', icon: IconCircleX, words: 'Does not run there' },
  misplaced: { tone: 'warn', icon: IconAlertTriangle, words: 'Asks for another' },
  bound: { tone: 'info', icon: IconLock, words: 'Cannot move there' },
  unknown: { tone: 'neutral', icon: IconQuestionMark, words: 'Not known' },
} as const;

export function Architectures({ context, answers: { architectures } }: AnswerProps) {
  return (
    <Section
      title="What is on ARM that wants x86, or the reverse?"
      note="by what nodes tell; no registry was asked"
    >
      <LongTable
        label="Workloads and architectures"
        columns={[
          { title: 'Workload' },
          { title: 'On' },
          { title: 'About' },
          { title: 'Finding' },
          { title: 'Why' },
        ]}
        rows={architectures.rows}
        total={architectures.total}
        none="Every image runs on each architecture that the cluster has."
        cells={(row) => {
          const { tone, icon, words } = findings[row.finding];
          return [
            <WorkloadLink key="workload" context={context} {...row} />,
            row.on.join(', '),
            row.about.join(', '),
            <StatusBadge key="finding" tone={tone} icon={icon} plain>
              {words}
            </StatusBadge>,
            <span key="why" className={classes.why}>
              <Lines>
                {row.why.map((text) => (
                  <bdi key={text}>{text}</bdi>
                ))}
              </Lines>
            </span>,
          ];
        }}
      />
    </Section>
  );
}
