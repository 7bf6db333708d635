import { type DraftMachine, nameOf } from '../../../../shared/onboarding/draft.ts';
import type { FactsSummary } from '../../../../shared/onboarding/facts-summary.ts';
import { useApp } from '../../../app/app-context.ts';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/error-state.tsx';
import { Field, FieldList } from '../../../ui/field-list.tsx';
import { formatBytes, formatCount } from '../../../ui/formatting.ts';
import { Section } from '../../../ui/section.tsx';
import { StepFrame, type StepProps } from '../wizard/step-frame.tsx';
import { diskText, linkText, modelText } from './facts-words.ts';
import classes from './machines.module.css';

/** What each machine is, as it says itself. Nothing of it is written to the inventory yet. */
export function FactsStep({ draft }: StepProps) {
  const { onboarding } = useApp();
  return (
    <StepFrame
      draft={draft}
      step="facts"
      lead="What each machine says of itself. Nothing of it is in the inventory yet."
      extra={
        <Button
          onClick={() =>
            void onboarding.connect(
              draft.id,
              draft.machines.map(({ id }) => id),
            )
          }
        >
          Read again
        </Button>
      }
    >
      {draft.machines.map((machine) => (
        <MachineFacts key={machine.id} machine={machine} />
      ))}
    </StepFrame>
  );
}

function MachineFacts({ machine }: { readonly machine: DraftMachine }) {
  const { facts, connection } = machine;
  return (
    <Section title={<bdi>{nameOf(machine)}</bdi>} note={facts && <bdi>{modelText(facts)}</bdi>}>
      {facts === null ? (
        <Callout tone="warn" title="This machine told no facts.">
          {connection.state === 'failed' ? connection.hint : 'Connect to it first.'}
        </Callout>
      ) : (
        <Facts facts={facts} />
      )}
    </Section>
  );
}

function Facts({ facts }: { readonly facts: FactsSummary }) {
  const { memoryBytes, swapBytes, cores, cpu, unread } = facts;
  return (
    <>
      <FieldList>
        <Field label="System">{[facts.os, facts.kernel].filter(Boolean).join(' · ')}</Field>
        <Field label="Processor">
          {[cpu, cores && formatCount(cores, 'core'), facts.architecture]
            .filter(Boolean)
            .join(', ')}
        </Field>
        <Field label="Memory">
          {memoryBytes !== null &&
            formatBytes(memoryBytes) + (swapBytes ? `, and ${formatBytes(swapBytes)} of swap` : '')}
        </Field>
        <Field label="System disk">{facts.systemDisk && diskText(facts.systemDisk)}</Field>
        {facts.disks.length > 1 && (
          <Field label="Disks">{facts.disks.map(diskText).join('; ')}</Field>
        )}
        {facts.gpus.length > 0 && (
          <Field label="GPUs">{facts.gpus.map(({ name }) => name).join(', ')}</Field>
        )}
        <Field label="Network">
          {facts.links.length > 0 && (
            <ul>
              {facts.links.map((link) => (
                <li key={link.name}>
                  <bdi className="rh-mono">{link.name}</bdi> <bdi>{linkText(link)}</bdi>
                </li>
              ))}
            </ul>
          )}
        </Field>
        <Field label="Gateway" mono>
          {facts.gateway}
        </Field>
        <Field label="Runs already">
          {[facts.kubernetes?.distribution, ...facts.containerEngines, ...facts.listens.slice(0, 8)]
            .filter(Boolean)
            .join(', ')}
        </Field>
      </FieldList>
      {unread.length > 0 && (
        <p className={classes.quiet}>{`Could not be read: ${unread.join(', ')}.`}</p>
      )}
    </>
  );
}
