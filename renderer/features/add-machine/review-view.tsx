import { Radio, Select, Switch, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef } from 'react';
import type { IdentityMatch } from '../../../shared/model/identity.ts';
import type { DeviceKind } from '../../../shared/model/inventory.ts';
import { useApp } from '../../app/app-context.ts';
import type { Failure } from '../../rpc/failure.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Callout } from '../../ui/error-state.tsx';
import { FieldList } from '../../ui/field-list.tsx';
import { formatDuration } from '../../ui/formatting.ts';
import { isolated } from '../../ui/isolate.ts';
import { kindOptions } from '../devices/device-words.ts';
import { FactField } from '../facts/fact-section.tsx';
import { cpuText, kubernetesText, memoryText, modelText } from '../facts/fact-words.ts';
import classes from './connect.module.css';
import { addressesText, matchText, matchTitle, unreadSections } from './review-words.ts';
import { type AddChoice, choiceProblem, type WizardState } from './wizard-state.ts';

type Review = Extract<WizardState, { step: 'review' }>;

interface ReviewViewProps {
  readonly state: Review;
  readonly formId: string;
}

/** What the machine says, whether it is known already, and how it enters the inventory. */
export function ReviewView({ state, formId }: ReviewViewProps) {
  const { attempts } = useApp();
  const { facts, matches, choice, failure } = state;

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (choiceProblem(choice) === null) void attempts.add();
  }

  return (
    <form id={formId} className={classes.review} onSubmit={submit}>
      {failure && !isTakenName(state) && (
        <Callout tone="danger" title={failure.message}>
          {failure.hint}
        </Callout>
      )}
      {matches.map((match) => (
        <Match key={match.deviceId} match={match} />
      ))}
      {matches.length > 0 && <TargetChoice state={state} />}
      {choice.deviceId === null && (
        <NewDeviceFields choice={choice} taken={isTakenName(state) ? failure : null} />
      )}
      <div>
        <Switch
          label="Take the observed values as declared"
          // Beside the label and not as its part, which would make a long name of it.
          aria-describedby={`${formId}-off`}
          checked={choice.acceptFacts}
          onChange={(event) =>
            attempts.choose({ ...choice, acceptFacts: event.currentTarget.checked })
          }
        />
        <p id={`${formId}-off`} className={classes.note}>
          {choice.deviceId === null
            ? 'Off: the facts are only recorded beside the device, and you declare them later.'
            : 'Off: the device keeps what is declared, and you compare later.'}
        </p>
      </div>
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

function Match({ match }: { readonly match: IdentityMatch }) {
  return (
    <Callout tone={match.verdict === 'clone' ? 'warn' : 'info'} title={matchTitle(match)}>
      {matchText(match)}
    </Callout>
  );
}

function TargetChoice({ state }: { readonly state: Review }) {
  const { attempts } = useApp();
  const { choice, matches } = state;
  return (
    <Radio.Group
      label="Record these facts"
      value={choice.deviceId ?? 'new'}
      onChange={(value) => attempts.choose({ ...choice, deviceId: value === 'new' ? null : value })}
    >
      <div className={classes.radios}>
        {matches.map((match) => (
          <Radio
            key={match.deviceId}
            size="xs"
            value={match.deviceId}
            label={`On ${isolated(match.deviceName)}, which is in the inventory`}
          />
        ))}
        <Radio size="xs" value="new" label="On a new device" />
      </div>
    </Radio.Group>
  );
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
