import { TextInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useApp } from '../../../app/app-context.ts';
import { Button } from '../../../ui/button.tsx';
import { FormDialog } from '../../../ui/form-dialog.tsx';

/** Pulls an image by its name, as a job. */
export function PullButton({ engineId }: { readonly engineId: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={IconDownload} onClick={() => setOpen(true)}>
        Pull an image
      </Button>
      {open && <PullDialog engineId={engineId} onClose={() => setOpen(false)} />}
    </>
  );
}

interface PullDialogProps {
  readonly engineId: string;
  readonly onClose: () => void;
}

function PullDialog({ engineId, onClose }: PullDialogProps) {
  const { containers, router } = useApp();
  const [image, setImage] = useState('');
  return (
    <FormDialog
      title="Pull an image"
      size="sm"
      submit="Pull"
      disabled={image.trim() === ''}
      onSubmit={async () => {
        const outcome = await containers.pull(engineId, image.trim());
        if (!outcome.ok) return outcome.failure;
        onClose();
        router.go({ screen: 'job', id: outcome.value.jobId });
        return null;
      }}
      onClose={onClose}
    >
      <TextInput
        label="Image"
        description="The engine asks the registry; without a tag it is latest."
        placeholder="ghcr.io/ggml-org/llama.cpp:server-cuda"
        data-autofocus
        maxLength={400}
        value={image}
        onChange={(event) => setImage(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
