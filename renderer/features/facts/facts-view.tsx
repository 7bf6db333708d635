import type { ShownFacts } from '../../../shared/model/shown-facts.ts';
import layout from '../../ui/columns.module.css';
import { FieldList } from '../../ui/field-list.tsx';
import { FoldedSection } from '../../ui/folded-section.tsx';
import { formatDateTime, formatDuration } from '../../ui/formatting.ts';
import { Section } from '../../ui/section.tsx';
import { FactCards } from './fact-cards.tsx';
import { type Fact, FactBody, FactField, FactSection } from './fact-section.tsx';
import {
  BlockDeviceTable,
  ContainerTable,
  FileSystemTable,
  GpuTable,
  InterfaceTable,
  LldpTable,
  PortTable,
  RouteTable,
} from './fact-tables.tsx';
import { clockText, kubernetesText, loadText, modelText } from './fact-words.ts';
import classes from './facts.module.css';
import { cgroupVersion, virtualization } from './kind-words.ts';

/** Every section of one reading; each says why where it has nothing. */
export function FactsView({ facts }: { readonly facts: ShownFacts }) {
  const { sections, leftOut = {} } = facts;
  return (
    <>
      <p className={classes.when}>
        Read on {formatDateTime(facts.collectedAt)}, in {formatDuration(facts.durationMs)}. As the
        machine's own tools told it.
      </p>
      <FactCards facts={facts} />
      <div className={layout.columns}>
        <Section title="Machine">
          <FieldList>
            <FactField
              label="Host name"
              fact={sections.hostname}
              text={(d) => d.fqdn ?? d.hostname}
            />
            <FactField label="Model" fact={sections.model} text={modelText} />
            <FactField label="Serial" fact={sections.model} text={(d) => d.serial} mono />
            <FactField
              label="Machine id"
              fact={sections.machineId}
              text={(d) => d.machineId}
              mono
            />
          </FieldList>
        </Section>
        <Section title="System">
          <FieldList>
            <FactField label="System" fact={sections.os} text={(d) => d.prettyName} />
            <FactField
              label="Kernel"
              fact={sections.kernel}
              text={(d) => `${d.name} ${d.release}`}
            />
            <FactField label="Architecture" fact={sections.kernel} text={(d) => d.architecture} />
            <FactField
              label="Virtualization"
              fact={sections.virtualization}
              text={(d) => virtualization(d.kind)}
            />
            <FactField
              label="Control groups"
              fact={sections.cgroup}
              text={(d) =>
                `${cgroupVersion(d.version)}, memory controller ${d.memoryController ? 'on' : 'off'}`
              }
            />
            <FactField
              label="Clock"
              fact={sections.time}
              text={(d) => clockText(d, facts.collectedAt)}
            />
            <FactField label="Load" fact={sections.load} text={loadText} />
            <FactField label="Kubernetes" fact={sections.kubernetes} text={kubernetesText} />
            <FactField label="DNS" fact={sections.dns} text={(d) => d.servers.join(', ')} mono />
            <FactField
              label="DNS search"
              fact={sections.dns}
              text={(d) => d.search.join(', ')}
              mono
            />
          </FieldList>
        </Section>
      </div>
      <div className={layout.stack}>
        <FactSection
          title="File systems"
          fact={sections.fileSystems}
          more={leftOut.fileSystems}
          view={FileSystemTable}
        />
        <FactSection
          title="Block devices"
          fact={sections.blockDevices}
          more={leftOut.blockDevices}
          view={BlockDeviceTable}
        />
        <FactSection
          title="Interfaces"
          fact={sections.interfaces}
          more={leftOut.interfaces}
          view={InterfaceTable}
        />
        <FoldedSection title="Routes" note={countOf(sections.routes, leftOut.routes)}>
          <FactBody fact={sections.routes} more={leftOut.routes} view={RouteTable} />
        </FoldedSection>
        <FactSection
          title="Listening ports"
          fact={sections.listeningPorts}
          more={leftOut.listeningPorts}
          view={PortTable}
        />
        <FactSection
          title="Graphics processors"
          fact={sections.gpus}
          more={leftOut.gpus}
          view={GpuTable}
        />
        <FactSection
          title="Container engines"
          fact={sections.containers}
          more={leftOut.containers}
          view={ContainerTable}
        />
        <FactSection
          title="LLDP neighbours"
          fact={sections.lldp}
          more={leftOut.lldp}
          view={LldpTable}
        />
      </div>
    </>
  );
}

/** How many there are, or that nothing is known of them. */
function countOf(fact: Fact<readonly unknown[]>, more = 0): string {
  return fact.status === 'ok' ? (fact.data.length + more).toLocaleString('en') : 'unknown';
}
