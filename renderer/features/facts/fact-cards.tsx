import {
  type Icon,
  IconBox,
  IconCpu,
  IconDatabase,
  IconDeviceSdCard,
  IconGauge,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Facts, SectionData } from '../../../shared/model/facts.ts';
import { formatBytes, formatCount } from '../../ui/formatting.ts';
import { isolated } from '../../ui/isolate.ts';
import { Meter } from '../../ui/meter.tsx';
import classes from './fact-cards.module.css';
import { type Fact, NoFact } from './fact-section.tsx';
import { swapText } from './fact-words.ts';
import { containerEngine, kubernetesRole, throttledBy, told } from './kind-words.ts';

/** What a person looks for first in a machine: each with its most telling number. */
export function FactCards({ facts }: { readonly facts: Facts }) {
  const { cpu, memory, blockDevices, fileSystems, gpus, containers, kubernetes } = facts.sections;
  return (
    <div className={classes.cards}>
      <Card title="Processor" icon={IconCpu} fact={cpu}>
        {(data) => <Processor data={data} load={facts.sections.load} />}
      </Card>
      <Card title="Memory" icon={IconDeviceSdCard} fact={memory}>
        {(data) => <Memory data={data} />}
      </Card>
      <Card title="Disks" icon={IconDatabase} fact={blockDevices}>
        {(data) => <Disks data={data} fileSystems={fileSystems} />}
      </Card>
      {gpus.status !== 'absent' && (
        <Card title="Graphics" icon={IconGauge} fact={gpus}>
          {(data) => <Gpus data={data} />}
        </Card>
      )}
      {hasContainers(containers, kubernetes) && (
        <Card title="Containers" icon={IconBox} fact={containers}>
          {(data) => <Containers data={data} kubernetes={kubernetes} />}
        </Card>
      )}
    </div>
  );
}

function hasContainers(
  containers: Facts['sections']['containers'],
  kubernetes: Facts['sections']['kubernetes'],
): boolean {
  if (kubernetes.status === 'ok' || containers.status === 'failed') return true;
  return containers.status === 'ok' && containers.data.length > 0;
}

interface CardProps<T> {
  readonly title: string;
  readonly icon: Icon;
  readonly fact: Fact<T>;
  readonly children: (data: T) => ReactNode;
}

function Card<T>({ title, icon: IconShape, fact, children }: CardProps<T>) {
  return (
    <section className={classes.card} aria-label={title}>
      <h2 className={classes.title}>
        <IconShape aria-hidden className={classes.icon} />
        {title}
      </h2>
      {fact.status === 'ok' ? children(fact.data) : <NoFact fact={fact} />}
    </section>
  );
}

interface BodyProps {
  readonly lead: string;
  readonly children?: ReactNode;
}

/** The one value in large, and what belongs to it. */
function Body({ lead, children }: BodyProps) {
  return (
    <>
      <p className={classes.lead}>
        <bdi>{lead}</bdi>
      </p>
      {children}
    </>
  );
}

const Detail = ({ children }: { readonly children: ReactNode }) => (
  <div className={classes.detail}>{children}</div>
);

function Processor({
  data,
  load,
}: {
  readonly data: SectionData<'cpu'>;
  readonly load: Facts['sections']['load'];
}) {
  const parts = [
    data.threads === data.cores ? null : formatCount(data.threads, 'thread'),
    data.sockets === null || data.sockets === 1 ? null : formatCount(data.sockets, 'socket'),
    data.maxMhz === null ? null : `up to ${(data.maxMhz / 1000).toFixed(1)} GHz`,
  ].filter((part) => part !== null);
  return (
    <Body lead={formatCount(data.cores, 'core')}>
      <Detail>
        <bdi>{told(data.model) ?? 'Model unknown'}</bdi>
      </Detail>
      {parts.length > 0 && <Detail>{parts.join(', ')}</Detail>}
      {load.status === 'ok' && (
        <Detail>
          Load{' '}
          {[load.data.one, load.data.five, load.data.fifteen].map((n) => n.toFixed(2)).join(', ')}
        </Detail>
      )}
    </Body>
  );
}

function Memory({ data }: { readonly data: SectionData<'memory'> }) {
  const { totalBytes, availableBytes } = data;
  return (
    <Body lead={formatBytes(totalBytes)}>
      {availableBytes !== null && totalBytes > 0 && (
        <Meter
          label="Memory in use"
          share={(totalBytes - availableBytes) / totalBytes}
          text={`${formatBytes(Math.max(0, totalBytes - availableBytes))} in use`}
        />
      )}
      <Detail>Swap {swapText(data)}</Detail>
    </Body>
  );
}

/** As many as a card has room for; the tables below have all. */
const shown = 4;

function Disks({
  data,
  fileSystems,
}: {
  readonly data: SectionData<'blockDevices'>;
  readonly fileSystems: Facts['sections']['fileSystems'];
}) {
  const disks = data.filter(({ type }) => type === 'disk');
  const total = disks.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const root =
    fileSystems.status === 'ok' ? fileSystems.data.find((each) => each.mountPoint === '/') : null;
  if (disks.length === 0) return <Body lead="No disk of its own" />;
  return (
    <Body
      lead={
        disks.length === 1
          ? formatBytes(total)
          : `${formatBytes(total)} on ${formatCount(disks.length, 'disk')}`
      }
    >
      {root && root.sizeBytes > 0 && (
        <Meter
          label="Use of the root file system"
          share={root.usedBytes / root.sizeBytes}
          text={`/ ${formatBytes(root.usedBytes)} of ${formatBytes(root.sizeBytes)}`}
        />
      )}
      {disks.slice(0, shown).map(({ name, sizeBytes, model }) => (
        <Detail key={name}>
          <code>
            <bdi>{name}</bdi>
          </code>{' '}
          {formatBytes(sizeBytes)}
          {told(model) !== null && (
            <>
              {' '}
              <bdi>{model}</bdi>
            </>
          )}
        </Detail>
      ))}
      <More count={disks.length - shown} />
    </Body>
  );
}

function Gpus({ data }: { readonly data: SectionData<'gpus'> }) {
  const [first] = data;
  if (first === undefined) return <Body lead="None" />;
  const lead = told(first.name) ?? 'Model unknown';
  return (
    <Body lead={data.length === 1 ? lead : formatCount(data.length, 'GPU')}>
      {data.slice(0, shown).map((gpu) => (
        <div key={gpu.uuid || gpu.index} className={classes.detail}>
          {data.length > 1 && <bdi>{told(gpu.name) ?? 'Model unknown'}</bdi>}
          {gpu.memoryTotalBytes !== null && gpu.memoryTotalBytes > 0 && (
            <Meter
              label={`Memory of ${isolated(gpu.name)}`}
              share={(gpu.memoryUsedBytes ?? 0) / gpu.memoryTotalBytes}
              text={gpuMemory(gpu)}
            />
          )}
          <div>{gpuState(gpu)}</div>
        </div>
      ))}
      <More count={data.length - shown} />
    </Body>
  );
}

type Gpu = SectionData<'gpus'>[number];

function gpuMemory({ memoryUsedBytes, memoryTotalBytes }: Gpu): string {
  const total = formatBytes(memoryTotalBytes ?? 0);
  return memoryUsedBytes === null
    ? `${total}, use unknown`
    : `${formatBytes(memoryUsedBytes)} of ${total}`;
}

function gpuState(gpu: Gpu): string {
  const held = throttledBy(gpu.throttleReasons);
  return [
    gpu.utilizationPercent === null ? null : `${gpu.utilizationPercent} % busy`,
    gpu.temperatureC === null ? null : `${gpu.temperatureC} °C`,
    gpu.powerDrawW === null ? null : `${Math.round(gpu.powerDrawW)} W`,
    held === null || held === 'nothing' ? null : `held back by ${held}`,
  ]
    .filter((part) => part !== null)
    .join(', ');
}

function Containers({
  data,
  kubernetes,
}: {
  readonly data: SectionData<'containers'>;
  readonly kubernetes: Facts['sections']['kubernetes'];
}) {
  const running = { true: 'running', false: 'stopped', null: 'state unknown' };
  const [first] = data;
  const k8s = kubernetes.status === 'ok' ? kubernetes.data : null;
  const lead = k8s
    ? [k8s.distribution === 'k3s' ? 'K3s' : 'Kubernetes', k8s.role && kubernetesRole(k8s.role)]
    : [first ? containerEngine(first.engine) : 'None'];
  return (
    <Body lead={lead.filter(Boolean).join(' ')}>
      {k8s && (
        <Detail>
          {[told(k8s.version), running[`${k8s.running}`]]
            .filter((part) => part !== null)
            .join(', ')}
        </Detail>
      )}
      {data.map(({ engine, version, running: runs }) => (
        <Detail key={engine}>
          {[containerEngine(engine), told(version)].filter((part) => part !== null).join(' ')},{' '}
          {running[`${runs}`]}
        </Detail>
      ))}
    </Body>
  );
}

function More({ count }: { readonly count: number }) {
  return count > 0 ? <Detail>and {count.toLocaleString('en')} more, below</Detail> : null;
}
