import { IconDownload, IconFile, IconPaperclip, IconTrash } from '@tabler/icons-react';
import { type ClipboardEvent, type DragEvent, useEffect, useRef, useState } from 'react';
import { type Attachment, isPicture, type Subject } from '../../../shared/model/annotations.ts';
import { useApp } from '../../app/app-context.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { formatBytes, formatDateTime } from '../../ui/formatting.ts';
import { Section } from '../../ui/section.tsx';
import classes from './annotations.module.css';

interface AttachmentsProps {
  readonly subject: Subject;
  readonly attachments: readonly Attachment[];
}

/** Files of a thing: chosen, dropped here, or a picture pasted. */
export function Attachments({ subject, attachments }: AttachmentsProps) {
  const { annotations } = useApp();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [over, setOver] = useState(false);

  async function attach(list: FileList | null): Promise<void> {
    const files = [...(list ?? [])];
    if (files.length === 0 || busy) return;
    setBusy(true);
    await annotations.attach(subject, files);
    setBusy(false);
  }
  function onDrop(event: DragEvent): void {
    event.preventDefault();
    setOver(false);
    void attach(event.dataTransfer.files);
  }
  function onPaste(event: ClipboardEvent): void {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    void attach(event.clipboardData.files);
  }
  return (
    <Section
      title="Attachments"
      actions={
        <Button icon={IconPaperclip} busy={busy} onClick={() => input.current?.click()}>
          Attach files
        </Button>
      }
    >
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          void attach(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a place to drop on; the button does the same */}
      <div
        className={classes.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        {attachments.length > 0 && (
          <ul className={classes.files} aria-label="Attachments">
            {attachments.map((each) => (
              <AttachedFile key={each.id} attachment={each} />
            ))}
          </ul>
        )}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is pasted goes where the focus is */}
        <p className={classes.quiet} tabIndex={0} onPaste={onPaste}>
          Drop files here, or press here and paste a picture. 25 MiB each.
        </p>
      </div>
    </Section>
  );
}

function AttachedFile({ attachment }: { readonly attachment: Attachment }) {
  const { annotations } = useApp();
  const { name, sizeBytes, addedAt } = attachment;
  return (
    <li className={classes.file}>
      {isPicture(attachment) ? (
        <Picture attachment={attachment} />
      ) : (
        <span className={classes.icon} aria-hidden>
          <IconFile />
        </span>
      )}
      <span className={classes.fileText}>
        <bdi className={classes.fileName} title={name}>
          {name}
        </bdi>
        <span className={classes.quiet} title={formatDateTime(addedAt)}>
          {formatBytes(sizeBytes)}
        </span>
      </span>
      <IconButton
        label={`Save ${name}`}
        icon={IconDownload}
        onClick={() => void annotations.save(attachment)}
      />
      <IconButton
        label={`Delete ${name}`}
        icon={IconTrash}
        onClick={() => void annotations.remove(attachment)}
      />
    </li>
  );
}

/** Read when it comes into sight, and let go of when it goes. */
function Picture({ attachment }: { readonly attachment: Attachment }) {
  const { annotations } = useApp();
  const frame = useRef<HTMLSpanElement>(null);
  const [url, setUrl] = useState<string | null>(null);
  const [wide, setWide] = useState(false);
  const { id } = attachment;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same content as long as the id is the same
  useEffect(() => {
    const controller = new AbortController();
    let made: string | undefined;
    const watcher = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watcher.disconnect();
      annotations
        .content(attachment, controller.signal)
        .then((content) => {
          if (controller.signal.aborted) return;
          made = URL.createObjectURL(content);
          setUrl(made);
        })
        // The icon stays; saving it tells what is wrong.
        .catch(() => setUrl(null));
    });
    if (frame.current) watcher.observe(frame.current);
    return () => {
      controller.abort();
      watcher.disconnect();
      if (made !== undefined) URL.revokeObjectURL(made);
    };
  }, [annotations, id]);
  return (
    <span ref={frame} className={classes.icon} data-wide={wide || undefined}>
      {url === null ? (
        <IconFile aria-hidden />
      ) : (
        <button
          type="button"
          className={classes.picture}
          aria-expanded={wide}
          aria-label={`${wide ? 'Shrink' : 'Enlarge'} ${attachment.name}`}
          onClick={() => setWide(!wide)}
        >
          <img src={url} alt="" />
        </button>
      )}
    </span>
  );
}
