import { IconWorld } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { type PublishedPort, portText } from '../../../../shared/containers/ports.ts';
import { formatRoute } from '../../../app/routes.ts';
import { Ago } from '../../../ui/ago.tsx';
import { Callout } from '../../../ui/error-state.tsx';
import { Field, FieldList } from '../../../ui/field-list.tsx';
import { FoldedSection } from '../../../ui/folded-section.tsx';
import { formatBytes } from '../../../ui/formatting.ts';
import { Lines, PlainTable } from '../../../ui/plain-table.tsx';
import { Section } from '../../../ui/section.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import classes from '../../cluster/object/object.module.css';
import { sentence } from '../../cluster/status-look.ts';
import own from '../containers.module.css';
import type { ContainerTabProps } from './container-tab-props.ts';
import { EnvironmentTable } from './environment-table.tsx';

/** How it stands and why, and what it is made of. */
export function OverviewTab(props: ContainerTabProps) {
  const { page } = props;
  const warnings = page.notes.filter(({ level }) => level === 'warn');
  return (
    <div className={classes.scrolls}>
      <Why {...props} />
      {warnings.length > 0 && (
        <div className={own.notes}>
          {warnings.map(({ text }) => (
            <Callout key={text} tone="warn" title={text} />
          ))}
        </div>
      )}
      <div className={classes.columns}>
        <div className={classes.column}>
          <Details {...props} />
          {page.health !== null && <Health {...props} />}
          {page.mounts.length > 0 && <Mounts {...props} />}
          {page.environment.length > 0 && (
            <Section title="Environment">
              <EnvironmentTable {...props} />
            </Section>
          )}
        </div>
        <div className={classes.column}>
          <Ports {...props} />
          {page.networks.length > 0 && <Networks {...props} />}
          {page.project !== null && <Project {...props} />}
          <Labels {...props} />
        </div>
      </div>
    </div>
  );
}

/** The state of it in one sentence, the first thing to be read. */
function Why({ page }: ContainerTabProps) {
  const { status } = page.row;
  const hints = page.notes.filter(({ level }) => level === 'info');
  return (
    <section className={classes.why} data-level={status.level} aria-label="How it stands">
      <strong>{status.label}.</strong> {status.why !== null && <bdi>{sentence(status.why)}</bdi>}
      <span className={classes.quiet}>
        {status.since !== null && (
          <>
            {' '}
            Since <Ago at={status.since} />.
          </>
        )}
        {hints.map(({ text }) => ` ${text}`)}
      </span>
    </section>
  );
}

function Details({ page }: ContainerTabProps) {
  const { limits } = page;
  const optional = (label: string, value: ReactNode, mono = false) =>
    value !== null &&
    value !== false &&
    value !== '' && (
      <Field label={label} mono={mono}>
        {value}
      </Field>
    );
  return (
    <Section title="Details">
      <FieldList>
        <Field label="Image">
          <bdi>{page.image.name}</bdi>
        </Field>
        {optional('Command', page.command !== '' && <bdi>{page.command}</bdi>, true)}
        <Field label="Added">
          {page.createdAt === null ? 'unknown' : <Ago at={page.createdAt} />}
        </Field>
        {page.startedAt !== null && (
          <Field label="Started">
            <Ago at={page.startedAt} />
          </Field>
        )}
        {page.ended !== null && (
          <Field label="Ended last">
            {page.finishedAt !== null && <Ago at={page.finishedAt} />}, <bdi>{page.ended}</bdi>
          </Field>
        )}
        <Field label="Starts again">{page.restartPolicy}</Field>
        <Field label="Memory">
          {limits.memoryBytes === null ? 'no limit' : `at most ${formatBytes(limits.memoryBytes)}`}
        </Field>
        {optional('Processors', limits.cpus !== null && `at most ${limits.cpus}`)}
        {optional('GPUs', page.gpus)}
        {optional('User', page.user)}
        {optional('Working folder', page.workingDir, true)}
        {optional('Log', page.logDriver)}
        <Field label="ID" mono>
          {page.row.key.slice(0, 12)}
        </Field>
      </FieldList>
    </Section>
  );
}

function Health({ page: { health } }: ContainerTabProps) {
  if (health === null) return null;
  return (
    <Section title="Health check" note={health.state}>
      <p className={own.wraps}>
        <code>
          <bdi>{health.test}</bdi>
        </code>
      </p>
      <PlainTable
        label="Last runs of the health check"
        columns={[{ title: 'When' }, { title: 'Result' }, { title: 'It said' }]}
        rows={health.runs.map(({ at, code, output }) => [
          at === null ? '' : <Ago key="at" at={at} />,
          code === 0 ? 'passed' : `failed with ${code}`,
          <bdi key="said" className={own.wraps}>
            {output}
          </bdi>,
        ])}
      />
    </Section>
  );
}

function Mounts({ page: { mounts } }: ContainerTabProps) {
  return (
    <Section title="Mounts">
      <PlainTable
        label="Mounts"
        columns={[{ title: 'Inside' }, { title: 'From' }, { title: 'Written to' }]}
        rows={mounts.map(({ kind, source, destination, readOnly }) => [
          <bdi key="to" className="rh-mono">
            {destination}
          </bdi>,
          <span key="from" className={own.wraps}>
            {kind} <bdi className="rh-mono">{source}</bdi>
          </span>,
          readOnly ? 'no' : 'yes',
        ])}
      />
    </Section>
  );
}

function Ports({ page: { ports, inside, networkMode } }: ContainerTabProps) {
  if (ports.length === 0 && inside.length === 0) {
    return (
      <Section title="Ports">
        <p className={own.quiet}>
          {networkMode === 'host'
            ? 'Those of the machine: it has no network of its own.'
            : 'None are published.'}
        </p>
      </Section>
    );
  }
  return (
    <Section title="Ports">
      {ports.length > 0 && (
        <PlainTable
          label="Published ports"
          columns={[{ title: 'On the machine' }, { title: 'Reached from' }]}
          rows={ports.map((port) => [
            <bdi key="port" className="rh-mono">
              {portText(port)}
            </bdi>,
            <Reach key="reach" port={port} />,
          ])}
        />
      )}
      {inside.length > 0 && (
        <p className={own.quiet}>
          Only inside: <bdi className="rh-mono">{inside.join(', ')}</bdi>
        </p>
      )}
    </Section>
  );
}

function Reach({ port }: { readonly port: PublishedPort }) {
  if (port.open)
    return (
      <StatusBadge tone="warn" icon={IconWorld} plain>
        Anywhere
      </StatusBadge>
    );
  return /^(127\.|::1$)/.test(port.address) ? <>the machine alone</> : <>its network</>;
}

function Networks({ page: { networks } }: ContainerTabProps) {
  return (
    <Section title="Networks">
      <PlainTable
        label="Networks"
        columns={[{ title: 'Name' }, { title: 'Address' }, { title: 'Also called' }]}
        rows={networks.map(({ name, address, aliases }) => [
          <bdi key="name">{name}</bdi>,
          <bdi key="address" className="rh-mono">
            {address}
          </bdi>,
          <Lines key="aliases">
            {aliases.map((alias) => (
              <bdi key={alias}>{alias}</bdi>
            ))}
          </Lines>,
        ])}
      />
    </Section>
  );
}

function Project({ engineId, page: { project } }: ContainerTabProps) {
  if (project === null) return null;
  const route = { screen: 'containers', engine: engineId, kind: 'projects' } as const;
  return (
    <Section title="Compose project">
      <FieldList>
        <Field label="Project">
          <a href={formatRoute({ ...route, id: project.name })}>
            <bdi>{project.name}</bdi>
          </a>
        </Field>
        {project.service !== null && (
          <Field label="Service">
            <bdi>{project.service}</bdi>
          </Field>
        )}
        {project.folder !== null && (
          <Field label="Folder" mono>
            <bdi>{project.folder}</bdi>
          </Field>
        )}
        {project.files.length > 0 && (
          <Field label="Files" mono>
            <Lines>
              {project.files.map((file) => (
                <bdi key={file}>{file}</bdi>
              ))}
            </Lines>
          </Field>
        )}
      </FieldList>
    </Section>
  );
}

function Labels({ page: { labels } }: ContainerTabProps) {
  if (labels.length === 0) return null;
  return (
    <FoldedSection title="Labels" note={labels.length.toLocaleString('en')}>
      <FieldList>
        {labels.map(({ name, value }) => (
          <Field key={name} label={name}>
            <bdi className={own.wraps}>{value || ' '}</bdi>
          </Field>
        ))}
      </FieldList>
    </FoldedSection>
  );
}
