import { NumberInput, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { powerPoint } from '../../../shared/model/kinds/cables-and-power.ts';
import type { Field } from '../../../shared/model/kinds/field.ts';
import { device as deviceKind } from '../../../shared/model/kinds/hardware.ts';
import { useApp } from '../../app/app-context.ts';
import { useFieldFailure } from '../../app/field-failure.ts';
import type { Outcome } from '../../app/outcome.ts';
import type { Failure } from '../../rpc/failure.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { blank, type FieldDraft, readDraft } from '../records/forms/field-draft.ts';
import { FieldInput } from '../records/forms/field-input.tsx';
import { OutletPicker } from './outlet-picker.tsx';
import classes from './power.module.css';

const mostOutlets = 64;

/** Drafts of a few fields, read together. */
function useFields<N extends string>(
  fields: Readonly<Record<N, Field>>,
  first: Partial<Record<N, string>>,
) {
  const names = Object.keys(fields) as N[]; // these are its keys
  const [drafts, setDrafts] = useState<Readonly<Record<string, FieldDraft>>>(() =>
    Object.fromEntries(names.map((name) => [name, { text: first[name] ?? '' }])),
  );
  const [tried, setTried] = useState(false);
  const refused = useFieldFailure(names);
  const typed = names.map(
    (name) => [name, readDraft(fields[name], drafts[name] ?? blank)] as const,
  );
  return {
    /** Null where something is wrong with one of them; it is shown then. */
    read(): Record<N, string | number | null> | null {
      setTried(true);
      const values = typed.flatMap(([name, value]) =>
        'value' in value ? [[name, value.value]] : [],
      );
      if (values.length < names.length) return null;
      return Object.fromEntries(values) as Record<N, string | number | null>; // one for each
    },
    /** What is to be shown below the form. */
    after: (outcome: Outcome<unknown>): Failure | null =>
      outcome.ok ? null : refused.take(outcome.failure),
    inputs: names.map((name, index) => {
      const value = typed.find(([each]) => each === name)?.[1];
      const problem = tried && value !== undefined && 'problem' in value ? value.problem : null;
      return (
        <FieldInput
          key={name}
          field={fields[name]}
          draft={drafts[name] ?? blank}
          onChange={(draft) => {
            refused.forget();
            setDrafts((before) => ({ ...before, [name]: draft }));
          }}
          error={problem ?? refused.errorOf(name)}
          autoFocus={index === 0}
        />
      );
    }),
  };
}

function HowMany(props: {
  readonly label: string;
  readonly least: number;
  readonly value: number;
  readonly onChange: (value: number) => void;
}) {
  return (
    <NumberInput
      label={props.label}
      min={props.least}
      max={mostOutlets}
      allowDecimal={false}
      value={props.value}
      onChange={(value) =>
        props.onChange(Math.min(mostOutlets, Math.max(props.least, Number(value) || props.least)))
      }
    />
  );
}

const { name, feed, phase, volts, amperes } = powerPoint.fields;
const breakerFields = { name, feed, phase, volts, amperes };

interface CloseProps {
  readonly onClose: () => void;
}

/** A breaker, and the outlets in the wall behind it. */
export function AddBreakerDialog({ onClose }: CloseProps) {
  const { power } = useApp();
  const form = useFields(breakerFields, { volts: '230 V', amperes: '16 A' });
  const [outlets, setOutlets] = useState(0);
  async function submit(): Promise<Failure | null> {
    const values = form.read();
    if (values === null) return null;
    const outcome = await power.addBreaker({
      name: String(values.name),
      feed: values.feed as 'A' | 'B' | null, // its options
      phase: values.phase as 'L1' | 'L2' | 'L3' | null, // its options
      volts: numberOf(values.volts),
      amperes: numberOf(values.amperes),
      outlets,
    });
    if (outcome.ok) onClose();
    return form.after(outcome);
  }
  return (
    <FormDialog title="Add breaker" submit="Add breaker" onSubmit={submit} onClose={onClose}>
      <div className={classes.form}>
        {form.inputs}
        <HowMany label="Outlets in the wall" least={0} value={outlets} onChange={setOutlets} />
      </div>
    </FormDialog>
  );
}

const numberOf = (value: string | number | null) => (typeof value === 'number' ? value : null);

const { help: _help, ...battery } = deviceKind.fields.battery;
const unitFields = {
  name: deviceKind.fields.name,
  nameplate: { ...deviceKind.fields.nameplate, label: 'Passes on at most' },
  battery: battery,
};
const { battery: _, ...pduFields } = unitFields;

/** A UPS or a PDU with its outlets, plugged in at once where one says into what. */
export function AddPowerUnitDialog({ onClose }: CloseProps) {
  const [kind, setKind] = useState<'ups' | 'pdu'>('ups');
  return kind === 'ups' ? (
    <UnitForm key="ups" kind={kind} onKind={setKind} onClose={onClose} />
  ) : (
    <UnitForm key="pdu" kind={kind} onKind={setKind} onClose={onClose} />
  );
}

interface UnitFormProps extends CloseProps {
  readonly kind: 'ups' | 'pdu';
  readonly onKind: (kind: 'ups' | 'pdu') => void;
}

function UnitForm({ kind, onKind, onClose }: UnitFormProps) {
  const { power } = useApp();
  const fields: Readonly<Record<string, Field>> = kind === 'ups' ? unitFields : pduFields;
  const form = useFields(fields, {});
  const [outlets, setOutlets] = useState(kind === 'ups' ? 4 : 8);
  const [sourceId, setSource] = useState<string | null>(null);
  async function submit(): Promise<Failure | null> {
    const values = form.read();
    if (values === null) return null;
    const outcome = await power.addUnit({
      kind,
      name: String(values.name),
      nameplate: numberOf(values.nameplate ?? null),
      battery: numberOf(values.battery ?? null),
      outlets,
      sourceId,
    });
    if (outcome.ok) onClose();
    return form.after(outcome);
  }
  const word = kind === 'ups' ? 'UPS' : 'PDU';
  return (
    <FormDialog
      title="Add UPS or PDU"
      submit={`Add ${word} with ${outlets} outlets`}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className={classes.form}>
        <SegmentedControl
          className={classes.wide ?? ''}
          aria-label="What it is"
          data={[
            { value: 'ups', label: 'UPS' },
            { value: 'pdu', label: 'PDU or power strip' },
          ]}
          value={kind}
          onChange={(value) => onKind(value === 'pdu' ? 'pdu' : 'ups')}
        />
        {form.inputs}
        <HowMany label="Outlets" least={1} value={outlets} onChange={setOutlets} />
        <OutletPicker label="Plugged into" value={sourceId} onChange={setSource} />
      </div>
    </FormDialog>
  );
}

/** More outlets on one that is there. */
export function AddOutletsDialog({
  deviceId,
  deviceName,
  onClose,
}: CloseProps & { readonly deviceId: string; readonly deviceName: string }) {
  const { power } = useApp();
  const [count, setCount] = useState(4);
  async function submit(): Promise<Failure | null> {
    const outcome = await power.addOutlets(deviceId, deviceName, count);
    if (outcome.ok) onClose();
    return outcome.ok ? null : outcome.failure;
  }
  return (
    <FormDialog
      title={`Add outlets to ${deviceName}`}
      size="sm"
      submit={`Add ${count === 1 ? '1 outlet' : `${count} outlets`}`}
      onSubmit={submit}
      onClose={onClose}
    >
      <HowMany label="How many" least={1} value={count} onChange={setCount} />
    </FormDialog>
  );
}
