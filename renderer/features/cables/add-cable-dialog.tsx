import { Checkbox, NumberInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { cable as cableKind } from '../../../shared/model/kinds/cables-and-power.ts';
import { useApp } from '../../app/app-context.ts';
import { useFieldFailure } from '../../app/field-failure.ts';
import type { Failure } from '../../rpc/failure.ts';
import { useResource } from '../../rpc/use-resource.ts';
import type { ErrorText } from '../../ui/error-state.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { blank, type FieldDraft, readDraft } from '../records/forms/field-draft.ts';
import { FieldInput } from '../records/forms/field-input.tsx';
import classes from './cables.module.css';
import { following, nextAfter } from './following-ports.ts';
import { noSide, PortPicker, type Side } from './port-picker.tsx';

interface AddCableDialogProps {
  /** The device of one side, and its port, where they are known. */
  readonly from?: Side;
  readonly onClose: () => void;
}

/** Fields of the cable itself, in the order of the form. */
const named = ['label', 'type', 'length', 'colour'] as const;
type Named = (typeof named)[number];
type Drafts = Readonly<Partial<Record<Named, FieldDraft>>>;

const mostCables = 100;

/** A cable between two ports; several at once go on from port to port on both sides. */
export function AddCableDialog({ from = noSide, onClose }: AddCableDialogProps) {
  const form = useCableForm(from);
  const { a, b, taken, count, drafts } = form;
  const portField = useRef<HTMLInputElement>(null);
  const deviceFields = { a: useRef<HTMLInputElement>(null), b: useRef<HTMLInputElement>(null) };

  async function submit(): Promise<ErrorText | null> {
    const outcome = await form.send();
    if (outcome === 'done') onClose();
    return outcome === 'done' || outcome === 'incomplete' ? null : outcome;
  }
  async function addAndGoOn(): Promise<ErrorText | null> {
    const outcome = await form.send();
    if (outcome !== 'done') return outcome === 'incomplete' ? null : outcome;
    const left = form.goOn();
    (left === null ? portField : deviceFields[left]).current?.focus();
    return null;
  }

  return (
    <FormDialog
      title="Add cable"
      submit={count === 1 ? 'Add cable' : `Add ${formatCount(count, 'cable')}`}
      onSubmit={submit}
      again={{ label: 'Add and go on', onSubmit: addAndGoOn }}
      onClose={onClose}
    >
      <div className={classes.sides}>
        <PortPicker
          title="From"
          side={a}
          taken={taken !== null}
          onChange={form.setA}
          error={form.problemOf(a)}
          autoFocus={a.device === null}
          portField={portField}
          deviceField={deviceFields.a}
        />
        <PortPicker
          title="To"
          side={b}
          taken={taken !== null}
          onChange={form.setB}
          error={form.problemOf(b)}
          autoFocus={a.device !== null}
          deviceField={deviceFields.b}
        />
      </div>
      <div className={classes.details}>
        {named.map((name) => (
          <FieldInput
            key={name}
            field={name === 'label' ? countedLabel : cableKind.fields[name]}
            draft={drafts[name] ?? blank}
            onChange={(draft) => form.setDraft(name, draft)}
            error={form.errorOf(name)}
          />
        ))}
        <NumberInput
          label="How many"
          min={1}
          max={mostCables}
          allowDecimal={false}
          value={count}
          onChange={(value) => form.setCount(Math.min(mostCables, Math.max(1, Number(value) || 1)))}
        />
      </div>
      {form.preview !== '' && <p className={classes.preview}>{form.preview}</p>}
      {taken !== null && (
        <Checkbox
          className={classes.taken}
          label={taken}
          checked={form.replace}
          onChange={(event) => form.setReplace(event.currentTarget.checked)}
        />
      )}
    </FormDialog>
  );
}

const { required: _, ...labelField } = cableKind.fields.label;
/** It need not be given. */
const countedLabel = { ...labelField };

function useCableForm(from: Side) {
  const { cables } = useApp();
  const [a, setA] = useState<Side>(from);
  const [b, setB] = useState<Side>(noSide);
  const [drafts, setDrafts] = useState<Drafts>({});
  const [count, setCount] = useState(1);
  const [tried, setTried] = useState(false);
  const [taken, setTaken] = useState<string | null>(null);
  const [replace, setReplace] = useState(false);
  const refused = useFieldFailure(named);
  const portsA = usePorts(a, taken !== null);
  const portsB = usePorts(b, taken !== null);
  const typed = named.map(
    (name) => [name, readDraft(fieldFor(name), drafts[name] ?? blank)] as const,
  );
  const chosenA = following(portsA, a.socketId, count);
  const chosenB = following(portsB, b.socketId, count);

  async function send(): Promise<'done' | 'incomplete' | Failure> {
    setTried(true);
    const pairs = chosenA.flatMap((one, index) => {
      const other = chosenB[index];
      return other === undefined ? [] : [{ a: one, b: other }];
    });
    const [first] = pairs;
    if (first === undefined || typed.some(([, value]) => 'problem' in value)) return 'incomplete';
    const cable = Object.fromEntries(
      typed.flatMap(([name, value]) =>
        'value' in value && value.value !== null ? [[name, value.value]] : [],
      ),
    );
    const outcome =
      count === 1
        ? await cables.connect({ a: [first.a], b: [first.b], cable, replace })
        : await cables.connectMany({ pairs, cable, replace });
    if (outcome.ok) return 'done';
    if (outcome.failure.data.taken === true) {
      setTaken(
        `Replace cable ${String(outcome.failure.data.label)}, and any other that is in the way`,
      );
    }
    return refused.take(outcome.failure) ?? 'incomplete';
  }

  return {
    a,
    b,
    drafts,
    count,
    taken,
    replace,
    setA,
    setB,
    setCount,
    setReplace,
    setDraft(name: Named, draft: FieldDraft) {
      refused.forget();
      setDrafts((before) => ({ ...before, [name]: draft }));
    },
    send,
    /**
     * On to the next port on both sides; what the cable is like stays. A device whose ports are used
     * up gives way to another one: says on which side one is asked for.
     */
    goOn(): 'a' | 'b' | null {
      const next = { a: sideAfter(a, portsA, count), b: sideAfter(b, portsB, count) };
      setA(next.a);
      setB(next.b);
      setDrafts(({ label: _label, ...rest }) => rest);
      setTried(false);
      setTaken(null);
      setReplace(false);
      if (next.a.device === null) return 'a';
      return next.b.device === null ? 'b' : null;
    },
    problemOf: (side: Side) => (tried && side.socketId === null ? 'Choose a port.' : null),
    errorOf(name: Named): string | null {
      const value = typed.find(([each]) => each === name)?.[1];
      return value !== undefined && 'problem' in value && tried
        ? value.problem
        : refused.errorOf(name);
    },
    preview: previewOf(count, Math.min(chosenA.length, chosenB.length)),
  };
}

function sideAfter(side: Side, ports: Parameters<typeof nextAfter>[0], count: number): Side {
  const socketId = nextAfter(ports, side.socketId, count);
  return socketId === null ? noSide : { ...side, socketId };
}

const fieldFor = (name: Named) => (name === 'label' ? countedLabel : cableKind.fields[name]);

function previewOf(count: number, found: number): string {
  if (count === 1 || found === 0) return '';
  const short = found < count ? ` Only ${found} follow on both sides, so ${found} are added.` : '';
  return `From the chosen ports on, port by port.${short} Labels count on.`;
}

function usePorts(side: Side, taken: boolean) {
  const { cables } = useApp();
  const resource = useResource(cables.ports(side.device?.id ?? nobody, !taken));
  return resource.status === 'ready' ? resource.data.rows : [];
}

/** As long as no device is chosen: it has no ports. */
const nobody = '00000000-0000-7000-8000-000000000000';
