import { Select, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { DeviceKind } from '../../../shared/model/inventory.ts';
import { useApp } from '../../app/app-context.ts';
import type { Failure } from '../../rpc/failure.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Callout } from '../../ui/error-state.tsx';
import { FieldList } from '../../ui/field-list.tsx';
import { formatDuration } from '../../ui/formatting.ts';
import { kindOptions } from '../devices/device-words.ts';
import { FactField } from '../facts/fact-section.tsx';
import { cpuText, kubernetesText, memoryText, modelText } from '../facts/fact-words.ts';
import classes from './connect.module.css';
import { addressesText, unreadSections } from './review-words.ts';
import { TakeOver } from './take-over.tsx';
import { WhichDevice } from './which-device.tsx';
import { type AddChoice, choiceProblem, type WizardState } from './wizard-state.ts';

type Review = Extract<WizardState, { step: 'review' }>;

interface ReviewViewProps {
  readonly state: Review;
  readonly formId: string;
}

/** What the machine says, whether it is known already, and how it enters the inventory. */
export function ReviewView({ state, formId }: ReviewViewProps) {
  const { attempts } = useApp();
  const { facts, mismatch, choice, failure } = state;
  const [tried, setTried] = useState(false);

  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (choiceProblem(choice) === null) void attempts.add();
  }

  return (
    <form id={formId} className={classes.review} onSubmit={submit}>
      {failure && !isTakenName(state) && (
        <Callout tone="danger" title={failure.message}>
          {failure.hint}
        </Callout>
      )}
      {mismatch && (
        <Callout tone="warn" title={mismatch.message}>
          {mismatch.hint}
        </Callout>
      )}
      <WhichDevice state={state} tried={tried} />
      {choice.deviceId === null && (
        <NewDeviceFields choice={choice} taken={isTakenName(state) ? failure : null} />
      )}
      <TakeOver state={state} formId={formId} />
      <section className={classes.preview} aria-label="Facts">
        <h3 className={classes.previewTitle}>
          Read <span>in {formatDuration(facts.durationMs)}</span>
        </h3>
        <FactsPreview facts={facts} />
      </section>
    </form>
  );
}

function isTakenName({ failure, choice }: Review): boolean {
  return failure?.code === 'DUPLICATE' && choice.deviceId === null;
}

interface NewDeviceFieldsProps {
  readonly choice: AddChoice;
  /** The name is that of another device: told at the field. */
  readonly taken: Failure | null;
}

function NewDeviceFields({ choice, taken }: NewDeviceFieldsProps) {
  const name = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (taken === null) return;
    name.current?.focus();
    name.current?.select();
  }, [taken]);

  const { attempts, inventory } = useApp();
  const racks = useResource(inventory.racks);
  const problem = choiceProblem(choice);
  const change = (part: Partial<AddChoice>) => attempts.choose({ ...choice, ...part });
  return (
    <div className={classes.fields}>
      <TextInput
        label="Name"
        value={choice.name}
        ref={name}
        error={problem ?? (taken && `${taken.message} ${taken.hint}`)}
        autoFocus
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <Select
        label="Kind"
        data={kindOptions}
        value={choice.kind}
        onChange={(kind) => kind !== null && change({ kind: kind as DeviceKind })} // its options
      />
      <Select
        label="Rack"
        placeholder="Not in a rack"
        clearable
        data={(racks.status === 'ready' ? racks.data : []).map((rack) => ({
          value: rack.id,
          label: rack.name,
        }))}
        value={choice.rackId}
        onChange={(rackId) => change({ rackId })}
      />
    </div>
  );
}

function FactsPreview({ facts }: { readonly facts: Review['facts'] }) {
  const { sections } = facts;
  const unread = unreadSections(facts);
  return (
    <>
      <FieldList>
        <FactField label="Host name" fact={sections.hostname} text={(d) => d.fqdn ?? d.hostname} />
        <FactField label="Model" fact={sections.model} text={modelText} />
        <FactField label="System" fact={sections.os} text={(d) => d.prettyName} />
        <FactField
          label="Kernel"
          fact={sections.kernel}
          text={(d) => `${d.release}, ${d.architecture}`}
        />
        <FactField label="Processor" fact={sections.cpu} text={cpuText} />
        <FactField label="Memory" fact={sections.memory} text={memoryText} />
        <FactField label="Addresses" fact={sections.interfaces} text={addressesText} mono />
        <FactField label="Kubernetes" fact={sections.kubernetes} text={kubernetesText} />
        <FactField
          label="Graphics"
          fact={sections.gpus}
          text={(d) => d.map((gpu) => gpu.name).join(', ')}
        />
      </FieldList>
      {unread.length > 0 && (
        <p className={classes.note}>
          Not read: {unread.join(', ')}. The reasons stand on the device's page.
        </p>
      )}
    </>
  );
}
