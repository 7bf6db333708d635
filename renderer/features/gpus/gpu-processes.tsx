import type { GpuProcess, GpuSample } from '../../../shared/gpus/gpu-reading.ts';
import { formatBytes } from '../../../shared/model/amounts.ts';
import { PlainTable } from '../../ui/plain-table.tsx';
import { Section } from '../../ui/section.tsx';
import { containerText } from './gpu-words.ts';
import classes from './gpus.module.css';

/** Who holds the memory of the cards, the most first. */
export function GpuProcesses({ sample }: { readonly sample: GpuSample }) {
  const { gpus, processes } = sample;
  const indexOf = new Map(gpus.map(({ key, index }) => [key, index]));
  const rows = processes.toSorted((a, b) => (b.memoryBytes ?? 0) - (a.memoryBytes ?? 0));
  const tells = gpus.some(({ vendor }) => vendor === 'nvidia');
  return (
    <Section title="Who holds the memory">
      {rows.length === 0 ? (
        <p className={classes.untold}>
          {tells ? 'No process computes on a card.' : 'The tools of this card do not tell it.'}
        </p>
      ) : (
        <PlainTable
          label="Processes on the cards"
          columns={[
            { title: 'Card' },
            { title: 'Memory' },
            { title: 'Model' },
            { title: 'Container' },
            { title: 'Process' },
          ]}
          rows={rows.map((one) => [
            indexOf.get(one.gpuKey) ?? '?',
            one.memoryBytes === null ? 'not told' : formatBytes(one.memoryBytes),
            <ModelCell key="model" process={one} />,
            <ContainerCell key="container" process={one} />,
            <ProcessCell key="process" process={one} />,
          ])}
        />
      )}
    </Section>
  );
}

interface CellProps {
  readonly process: GpuProcess;
}

function ModelCell({ process: { model, server } }: CellProps) {
  if (model === null && server === null)
    return <span className={classes.untold}>not recognised</span>;
  return (
    <>
      <bdi>{model ?? server}</bdi>
      {model !== null && <span className={classes.server}> {server}</span>}
    </>
  );
}

function ContainerCell({ process }: CellProps) {
  const name = containerText(process);
  if (name === null) return <span className={classes.untold}>on the machine itself</span>;
  return <bdi>{name}</bdi>;
}

function ProcessCell({ process: { name, pid } }: CellProps) {
  return (
    <>
      <bdi>{name}</bdi> <span className={classes.server}>{pid}</span>
    </>
  );
}
