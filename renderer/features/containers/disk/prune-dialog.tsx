import { Checkbox, Radio } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { PruneChoice, PruneKind, PrunePreview } from '../../../../shared/containers/prune.ts';
import { useApp } from '../../../app/app-context.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Callout, type ErrorText } from '../../../ui/error-state.tsx';
import { formatBytes } from '../../../ui/formatting.ts';
import { PlainTable } from '../../../ui/plain-table.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import classes from '../containers.module.css';

interface PruneDialogProps {
  readonly engineId: string;
  readonly onClose: () => void;
}

const first: PruneChoice = {
  ...{ containers: false, images: 'leftover', volumes: 'none', buildCache: false },
};

const kindWords: Readonly<Record<PruneKind, string>> = {
  containers: 'Container',
  images: 'Image',
  volumes: 'Volume',
  buildCache: 'Build cache',
};

/** What nothing uses, by name and size, before any of it goes. */
export function PruneDialog({ engineId, onClose }: PruneDialogProps) {
  const { containers, router } = useApp();
  const [choice, setChoice] = useState(first);
  const [preview, setPreview] = useState<PrunePreview | null>(null);
  const [failure, setFailure] = useState<ErrorText | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    let left = false;
    setPreview(null);
    setFailure(null);
    void containers.previewPrune(engineId, choice).then((outcome) => {
      if (left) return;
      if (outcome.ok) setPreview(outcome.value);
      else setFailure(outcome.failure);
    });
    return () => {
      left = true;
    };
  }, [containers, engineId, choice]);
  async function prune(): Promise<void> {
    if (preview === null) return;
    setBusy(true);
    const outcome = await containers.prune(engineId, preview.items);
    setBusy(false);
    if (outcome.ok) {
      onClose();
      router.go({ screen: 'job', id: outcome.value.jobId });
    } else setFailure(outcome.failure);
  }
  return (
    <Dialog
      title="Delete what nothing uses"
      size="lg"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose} autoFocus>
            Cancel
          </Button>
          <Button
            tone="danger"
            busy={busy}
            disabled={preview === null || preview.items.length === 0}
            onClick={() => void prune()}
          >
            Delete
          </Button>
        </>
      }
    >
      <div className={classes.sections}>
        <Choice choice={choice} onChange={setChoice} />
        {failure !== null && (
          <Callout tone="danger" title={failure.message}>
            {failure.hint}
          </Callout>
        )}
        {failure === null && preview === null && <Skeleton label="The engine counts" lines={4} />}
        {preview !== null && <Preview preview={preview} />}
      </div>
    </Dialog>
  );
}

interface ChoiceProps {
  readonly choice: PruneChoice;
  readonly onChange: (choice: PruneChoice) => void;
}

const imageChoices = [
  { value: 'none', label: 'None' },
  { value: 'leftover', label: 'Those whose name went to a newer one' },
  { value: 'unused', label: 'All that no container uses' },
] as const;
const volumeChoices = [
  { value: 'none', label: 'None' },
  { value: 'unnamed', label: 'Those without a name' },
  { value: 'unused', label: 'All that no container uses' },
] as const;

function Choice({ choice, onChange }: ChoiceProps) {
  return (
    <div className={classes.form}>
      <Radio.Group
        label="Images"
        value={choice.images}
        onChange={(value) =>
          onChange({
            ...choice,
            images: imageChoices.find((each) => each.value === value)?.value ?? 'none',
          })
        }
      >
        {imageChoices.map(({ value, label }) => (
          <Radio key={value} value={value} label={label} />
        ))}
      </Radio.Group>
      <Radio.Group
        label="Volumes"
        description="What is in a volume is gone for good."
        value={choice.volumes}
        onChange={(value) =>
          onChange({
            ...choice,
            volumes: volumeChoices.find((each) => each.value === value)?.value ?? 'none',
          })
        }
      >
        {volumeChoices.map(({ value, label }) => (
          <Radio key={value} value={value} label={label} />
        ))}
      </Radio.Group>
      <Checkbox
        label="Containers that ended"
        checked={choice.containers}
        onChange={(event) => onChange({ ...choice, containers: event.currentTarget.checked })}
      />
      <Checkbox
        label="The build cache"
        checked={choice.buildCache}
        onChange={(event) => onChange({ ...choice, buildCache: event.currentTarget.checked })}
      />
    </div>
  );
}

function Preview({ preview: { items, more, bytes } }: { readonly preview: PrunePreview }) {
  if (items.length === 0)
    return <p className={classes.quiet}>There is nothing of these that nothing uses.</p>;
  return (
    <>
      <p>
        <strong>{`${items.length.toLocaleString('en')} go, about ${formatBytes(bytes)}.`}</strong>
        {more > 0 && ` ${more.toLocaleString('en')} more stay for the next time.`} There is no undo.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region is focusable on purpose */}
      <section className={classes.pruneList} tabIndex={0} aria-label="What goes">
        <PlainTable
          label="What goes"
          columns={[{ title: 'Kind' }, { title: 'Name' }, { title: 'Size', align: 'end' }]}
          rows={items.map(({ kind, name, bytes: size }) => [
            kindWords[kind],
            <bdi key="name" className={classes.wraps}>
              {name}
            </bdi>,
            formatBytes(size),
          ])}
        />
      </section>
    </>
  );
}
