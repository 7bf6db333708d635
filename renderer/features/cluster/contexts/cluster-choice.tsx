import { SegmentedControl, TextInput } from '@mantine/core';
import type { FieldDraft } from '../../records/forms/field-draft.ts';
import { ReferencePicker } from '../../records/forms/reference-picker.tsx';
import classes from './contexts.module.css';

/** The cluster of the inventory that a context leads to. */
export interface ClusterDraft {
  readonly way: 'new' | 'known';
  readonly name: string;
  readonly kind: 'k3s' | 'kubernetes';
  readonly known: FieldDraft;
}

export function clusterOf(draft: ClusterDraft) {
  if (draft.way === 'known') return draft.known.id ? { id: draft.known.id } : null;
  const name = draft.name.trim();
  return name === '' ? null : { name: name.slice(0, 200), kind: draft.kind };
}

interface ClusterChoiceProps {
  readonly draft: ClusterDraft;
  readonly onChange: (draft: ClusterDraft) => void;
}

/** To which cluster of the inventory it belongs. */
export function ClusterChoice({ draft, onChange }: ClusterChoiceProps) {
  return (
    <div className={classes.clusterChoice}>
      <SegmentedControl
        aria-label="Cluster of the inventory"
        value={draft.way}
        data={[
          { value: 'new', label: 'A new one' },
          { value: 'known', label: 'One of the inventory' },
        ]}
        onChange={(way) => onChange({ ...draft, way: way === 'known' ? 'known' : 'new' })}
      />
      {draft.way === 'known' ? (
        <ReferencePicker
          field={{ to: 'cluster', label: 'Cluster', required: true }}
          label="Cluster"
          draft={draft.known}
          onChange={(known) => onChange({ ...draft, known })}
        />
      ) : (
        <div className={classes.newCluster}>
          <TextInput
            label="Name"
            value={draft.name}
            maxLength={200}
            onChange={(event) => onChange({ ...draft, name: event.currentTarget.value })}
          />
          <SegmentedControl
            aria-label="What it is"
            value={draft.kind}
            data={[
              { value: 'k3s', label: 'K3s' },
              { value: 'kubernetes', label: 'Other Kubernetes' },
            ]}
            onChange={(kind) => onChange({ ...draft, kind: kind === 'k3s' ? 'k3s' : 'kubernetes' })}
          />
        </div>
      )}
    </div>
  );
}
