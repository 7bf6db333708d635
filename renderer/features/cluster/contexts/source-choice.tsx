import { Textarea, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { useApp } from '../../../app/app-context.ts';
import { useResource } from '../../../rpc/use-resource.ts';
import { Button } from '../../../ui/button.tsx';
import { Callout, ErrorState } from '../../../ui/error-state.tsx';
import { Section } from '../../../ui/section.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import classes from './contexts.module.css';

/** A kubeconfig, by where it comes from. */
export type ChosenSource =
  | { readonly kind: 'default' }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'node'; readonly deviceId: string };

interface SourceChoiceProps {
  readonly busy: boolean;
  readonly onChoose: (source: ChosenSource) => void;
}

/** Where the kubeconfig is to come from. */
export function SourceChoice(props: SourceChoiceProps) {
  const { cluster } = useApp();
  const { sources } = cluster.contexts;
  const state = useResource(sources);
  if (state.status === 'loading') return <Skeleton label="Looking for kubeconfigs" />;
  if (state.status === 'failed') {
    return <ErrorState error={state.failure} onRetry={() => void sources.reload()} />;
  }
  const found = state.data;
  const servers = found.nodes.filter(({ server }) => server);
  const there = found.default.files.some((file) => file.there);
  return (
    <>
      <Section title="As kubectl does on this computer">
        <div className={classes.way}>
          <div className={classes.wayText}>
            {found.default.files.map(({ path, there: exists }) => (
              <div key={path}>
                <code>
                  <bdi>{path}</bdi>
                </code>
                {!exists && <span className={classes.quiet}> is not there</span>}
              </div>
            ))}
            <p className={classes.quiet}>
              {found.default.from === 'KUBECONFIG'
                ? 'Named by $KUBECONFIG. The files are read, never written.'
                : 'Its usual place. The file is read, never written.'}
            </p>
          </div>
          <Button
            tone={there ? 'primary' : 'default'}
            disabled={!there || props.busy}
            label="Look at it: what kubectl uses"
            onClick={() => props.onChoose({ kind: 'default' })}
          >
            Look at it
          </Button>
        </div>
      </Section>
      <FileSource {...props} />
      <TextSource {...props} />
      <Section title="From a server of K3s, over SSH">
        <NodeSource {...props} nodes={servers.length > 0 ? servers : found.nodes} />
      </Section>
    </>
  );
}

function Form(props: {
  readonly disabled: boolean;
  readonly onSubmit: () => void;
  /** The whole of what its button does. */
  readonly label: string;
  readonly children: ReactNode;
}) {
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (!props.disabled) props.onSubmit();
  }
  return (
    <form className={classes.way} onSubmit={onSubmit}>
      <div className={classes.wayText}>{props.children}</div>
      <Button type="submit" disabled={props.disabled} label={props.label}>
        Look at it
      </Button>
    </form>
  );
}

function FileSource({ busy, onChoose }: SourceChoiceProps) {
  const [path, setPath] = useState('');
  return (
    <Section title="A file">
      <Form
        label="Look at it: this file"
        disabled={busy || path.trim() === ''}
        onSubmit={() => onChoose({ kind: 'file', path: path.trim() })}
      >
        <TextInput
          aria-label="Path of the kubeconfig"
          placeholder="/home/ada/k3s.yaml"
          value={path}
          maxLength={4096}
          onChange={(event) => setPath(event.currentTarget.value)}
        />
        <p className={classes.quiet}>It is read where it lies each time it is used.</p>
      </Form>
    </Section>
  );
}

/** As much as the host takes. */
const mostText = 8 * 1024 * 1024;

function TextSource({ busy, onChoose }: SourceChoiceProps) {
  const [text, setText] = useState('');
  const [tooLarge, setTooLarge] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  async function read(file: File | undefined): Promise<void> {
    if (file === undefined) return;
    setTooLarge(file.size > mostText);
    if (file.size <= mostText) setText(await file.text());
  }
  return (
    <Section title="Pasted">
      <Form
        label="Look at it: the pasted text"
        disabled={busy || text.trim() === '' || text.length > mostText}
        onSubmit={() => onChoose({ kind: 'text', text })}
      >
        <Textarea
          aria-label="Text of the kubeconfig"
          placeholder="apiVersion: v1"
          rows={5}
          value={text}
          spellCheck={false}
          autoComplete="off"
          classNames={{ input: 'rh-mono' }}
          onChange={(event) => setText(event.currentTarget.value)}
          onDrop={(event) => {
            if (event.dataTransfer.files.length === 0) return;
            event.preventDefault();
            void read(event.dataTransfer.files[0]);
          }}
        />
        <p className={classes.quiet}>
          What it signs in with is kept as a secret, encrypted.{' '}
          <button
            type="button"
            className={classes.textButton}
            onClick={() => picker.current?.click()}
          >
            Read it from a file
          </button>
        </p>
        <input
          ref={picker}
          type="file"
          hidden
          onChange={(event) => void read(event.currentTarget.files?.[0])}
        />
        {tooLarge && (
          <Callout tone="danger" title="This file is too large for a kubeconfig.">
            At most 8 MiB are read.
          </Callout>
        )}
      </Form>
    </Section>
  );
}

interface NodeSourceProps extends SourceChoiceProps {
  readonly nodes: readonly {
    readonly deviceId: string;
    readonly name: string;
    readonly cluster: string | null;
  }[];
}

/** At once; whoever has more pastes it. */
const nodesShown = 50;

function NodeSource({ nodes, busy, onChoose }: NodeSourceProps) {
  if (nodes.length === 0) {
    return (
      <p className={classes.quiet}>
        No machine of the inventory is known to be a server of K3s, or to be reached over SSH.
      </p>
    );
  }
  return (
    <ul className={classes.nodes}>
      {nodes.slice(0, nodesShown).map(({ deviceId, name, cluster }) => (
        <li key={deviceId} className={classes.node}>
          <span>
            <bdi>{name}</bdi>
            {cluster !== null && (
              <span className={classes.quiet}>
                {' '}
                of <bdi>{cluster}</bdi>
              </span>
            )}
          </span>
          <Button
            disabled={busy}
            label={`Fetch it from ${name}`}
            onClick={() => onChoose({ kind: 'node', deviceId })}
          >
            Fetch it
          </Button>
        </li>
      ))}
    </ul>
  );
}
