import { useState } from 'react';
import type { EngineIdentity, EngineWay } from '../../../../shared/containers/engine.ts';
import { useApp } from '../../../app/app-context.ts';
import { useResource } from '../../../rpc/use-resource.ts';
import { Button } from '../../../ui/button.tsx';
import { Crumbs } from '../../../ui/crumbs.tsx';
import { Callout, ErrorState, type ErrorText } from '../../../ui/error-state.tsx';
import { isolated } from '../../../ui/isolate.ts';
import { PageBody, PageHeader } from '../../../ui/page.tsx';
import { Section } from '../../../ui/section.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { OpenSecretsDialog } from '../../secrets/opening-dialogs.tsx';
import classes from '../containers.module.css';
import { TlsForm } from './tls-form.tsx';

type Chosen = { readonly way: EngineWay; readonly identity?: EngineIdentity };

const storeCodes: ReadonlySet<string> = new Set(['SECRETS_NOT_SET_UP', 'SECRETS_LOCKED']);

/** Connects an engine: of a machine over SSH, of this computer, of a Docker context, over TLS. */
export function ConnectEngineScreen() {
  const { containers, router } = useApp();
  const { engines } = containers;
  const state = useResource(engines.sources);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<(ErrorText & { readonly code: string }) | null>(null);
  const [waiting, setWaiting] = useState<Chosen | null>(null);

  async function connect(chosen: Chosen): Promise<void> {
    setBusy(true);
    setFailure(null);
    const outcome = await engines.add(chosen);
    if (!outcome.ok) {
      setBusy(false);
      if (storeCodes.has(outcome.failure.code)) setWaiting(chosen);
      else setFailure(outcome.failure);
      return;
    }
    const { id } = outcome.value;
    const tried = await engines.test(id);
    setBusy(false);
    const works = tried.ok && tried.value.failure === null;
    router.go(works ? { screen: 'containers', engine: id } : { screen: 'engines' });
  }

  return (
    <>
      <PageHeader
        takesFocus
        windowTitle="Connect a container engine"
        title={
          <Crumbs
            above={[{ id: 'engines', link: <a href="#/containers/engines">Container engines</a> }]}
            here="Connect a container engine"
          />
        }
      />
      {state.status === 'loading' && <Skeleton label="Looking for engines" lines={8} />}
      {state.status === 'failed' && (
        <ErrorState error={state.failure} onRetry={() => void engines.sources.reload()} />
      )}
      {state.status === 'ready' && (
        <PageBody>
          <div className={classes.body}>
            {failure !== null && (
              <Callout tone="danger" title={failure.message}>
                {failure.hint}
              </Callout>
            )}
            <Section title="On a machine, over SSH">
              <p className={classes.quiet}>
                The SSH connection that Rackhelm has is all that it takes: no port is opened. The
                user needs the right to the socket of Docker or Podman there.
              </p>
              <Choices
                none="No device of the inventory has an SSH host yet."
                busy={busy}
                choices={state.data.devices.map(({ id, name }) => ({
                  ...{ key: id, name, note: '' },
                  way: { kind: 'ssh', deviceId: id, socket: null },
                }))}
                onChoose={(way) => void connect({ way })}
              />
            </Section>
            <Section title="On this computer">
              <Choices
                none="No socket of Docker or Podman is here."
                busy={busy}
                choices={state.data.sockets.map(({ path, usable }) => ({
                  ...{ key: path, name: path, note: usable ? '' : 'you have no right to it' },
                  way: { kind: 'socket', path },
                }))}
                onChoose={(way) => void connect({ way })}
              />
            </Section>
            <Section title="As the docker command reaches it">
              <Choices
                none="There is no Docker context on this computer."
                busy={busy}
                choices={state.data.contexts.map(({ name, endpoint, problem }) => ({
                  ...{ key: name, name, note: problem ?? endpoint },
                  way: { kind: 'context', name },
                }))}
                onChoose={(way) => void connect({ way })}
              />
            </Section>
            <Section title="Over TCP with TLS">
              <TlsForm busy={busy} onChoose={(chosen) => void connect(chosen)} />
            </Section>
          </div>
        </PageBody>
      )}
      {waiting !== null && (
        <OpenSecretsDialog
          onClose={() => setWaiting(null)}
          onOpened={() => {
            setWaiting(null);
            void connect(waiting);
          }}
        />
      )}
    </>
  );
}

interface Choice {
  readonly key: string;
  readonly name: string;
  readonly note: string;
  readonly way: EngineWay;
}

interface ChoicesProps {
  readonly none: string;
  readonly busy: boolean;
  readonly choices: readonly Choice[];
  readonly onChoose: (way: EngineWay) => void;
}

function Choices({ none, busy, choices, onChoose }: ChoicesProps) {
  if (choices.length === 0) return <p className={classes.quiet}>{none}</p>;
  return (
    <ul className={classes.choices}>
      {choices.map(({ key, name, note, way }) => (
        <li key={key} className={classes.choice}>
          <bdi className={classes.choiceName}>{name}</bdi>
          <bdi className={classes.choiceNote}>{note}</bdi>
          <Button disabled={busy} label={`Connect ${isolated(name)}`} onClick={() => onChoose(way)}>
            Connect
          </Button>
        </li>
      ))}
    </ul>
  );
}
