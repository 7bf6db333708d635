import { Checkbox, NumberInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ActionOf, ClusterAction } from '../../../../shared/cluster/actions/action.ts';
import { workloads } from '../kind-groups.ts';
import classes from './acting.module.css';
import type { ActEntry } from './acting-store.ts';

interface ActFormProps {
  /** What it began with. */
  readonly first: readonly ClusterAction[];
  readonly containers: readonly string[];
  readonly entries: readonly ActEntry[];
  /** Null: something in it is not whole yet. */
  readonly onChange: (actions: readonly ClusterAction[] | null) => void;
}

/** What a person says about it beforehand, for all of them alike. */
export function ActForm(props: ActFormProps) {
  switch (props.first[0]?.do) {
    case 'scale':
      return <ScaleForm {...props} />;
    case 'delete':
      return <DeleteForm {...props} />;
    case 'debug':
      return <DebugForm {...props} />;
    case 'edit':
      return <EditForm {...props} />;
    default:
      return null;
  }
}

function only<D extends ClusterAction['do']>(all: readonly ClusterAction[], verb: D) {
  // the check is what the type says
  return all.filter((action): action is ActionOf<D> => action.do === verb);
}

const mostReplicas = 10_000;

function ScaleForm({ first, onChange }: ActFormProps) {
  const all = only(first, 'scale');
  const [count, setCount] = useState<number | string>(all[0]?.replicas ?? 1);
  return (
    <div className={classes.field}>
      <NumberInput
        label="How many pods"
        data-autofocus
        min={0}
        max={mostReplicas}
        allowDecimal={false}
        value={count}
        onChange={(value) => {
          setCount(value);
          const isWhole = typeof value === 'number' && value >= 0 && value <= mostReplicas;
          onChange(isWhole ? all.map((action) => ({ ...action, replicas: value })) : null);
        }}
      />
    </div>
  );
}

function DeleteForm({ first, onChange }: ActFormProps) {
  const all = only(first, 'delete');
  const [orphan, setOrphan] = useState(false);
  // Their pods and the like could stay without them.
  if (!all.every(({ kind }) => workloads.includes(kind))) return null;
  return (
    <Checkbox
      label="Leave what belongs to it"
      description="Its pods go on running, and nothing makes them anew."
      checked={orphan}
      onChange={(event) => {
        const { checked } = event.currentTarget;
        setOrphan(checked);
        onChange(all.map((action) => ({ ...action, orphan: checked })));
      }}
    />
  );
}

function DebugForm({ first, containers, onChange }: ActFormProps) {
  const [action] = only(first, 'debug');
  const [image, setImage] = useState(action?.image ?? '');
  const [target, setTarget] = useState<string | null>(action?.target ?? null);
  if (action === undefined) return null;
  const change = (next: { readonly image?: string; readonly target?: string | null }) => {
    const changed = { image, target, ...next };
    setImage(changed.image);
    setTarget(changed.target);
    const trimmed = changed.image.trim();
    const isImage = trimmed !== '' && trimmed.length <= 500;
    onChange(isImage ? [{ ...action, image: trimmed, target: changed.target }] : null);
  };
  return (
    <div className={classes.fields}>
      <TextInput
        label="Image"
        description="It needs a shell to be of use."
        data-autofocus
        value={image}
        onChange={(event) => change({ image: event.currentTarget.value })}
      />
      <Select
        label="Sees the processes of"
        description="Its own alone where none is chosen."
        placeholder="none"
        clearable
        data={[...containers]}
        value={target}
        onChange={(value) => change({ target: value })}
      />
    </div>
  );
}

/** Shown once somebody else is known to manage what would be changed. */
function EditForm({ first, entries, onChange }: ActFormProps) {
  const [action] = only(first, 'edit');
  const [force, setForce] = useState(false);
  const conflicts = entries[0]?.preview?.conflicts.length ?? 0;
  if (action === undefined || (conflicts === 0 && !force)) return null;
  return (
    <Checkbox
      label="Take these fields over"
      description="Whoever manages them may set them back, or complain."
      checked={force}
      onChange={(event) => {
        const { checked } = event.currentTarget;
        setForce(checked);
        onChange([{ ...action, force: checked }]);
      }}
    />
  );
}
