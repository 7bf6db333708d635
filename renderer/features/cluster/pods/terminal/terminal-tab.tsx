import { IconBug, IconPlugConnected, IconTerminal2, IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { PodTarget, TargetContainer } from '../../../../../shared/cluster/pods/pod-target.ts';
import type { PodPlace } from '../../../../../shared/cluster/pods/pod-terminal.ts';
import { useApp } from '../../../../app/app-context.ts';
import { Button } from '../../../../ui/button.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { Callout, ErrorState } from '../../../../ui/error-state.tsx';
import { isolated } from '../../../../ui/isolate.ts';
import { KeyHint } from '../../../../ui/key-hint.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { debugImage } from '../../acting/object-acts.ts';
import type { ObjectTabProps } from '../../object/object-tab-props.ts';
import { ContainerPick, usePickedContainer } from '../container-pick.tsx';
import classes from '../pods.module.css';
import { useTarget } from '../use-target.ts';
import { type OpenTerminal, terminalKey } from './terminal-store.ts';
import { leaveKeys, stateWords } from './terminal-words.ts';

/** A shell in one of its containers. It goes on while other pages are looked at. */
export function TerminalTab({ context, page }: ObjectTabProps) {
  const { state, resource } = useTarget(context, page);
  useWaiting(state.status === 'ready' && hasWaitingDebug(state.data), resource.reload);
  if (state.status === 'loading') return <Skeleton label="Looking at its containers" lines={6} />;
  if (state.status === 'failed') {
    return <ErrorState error={state.failure} onRetry={() => void resource.reload()} />;
  }
  return <Terminals context={context} one={page.one} target={state.data} />;
}

/** One that was just added to look around: its image may be on its way. */
function hasWaitingDebug({ pods }: PodTarget): boolean {
  const waits = ({ role, state }: TargetContainer) => role === 'debug' && state === 'waiting';
  return pods.some(({ containers }) => containers.some(waits));
}

const waitingMs = 2_000;

/** Looks now and then for as long as something is waited for. */
function useWaiting(waits: boolean, look: () => Promise<void>): void {
  useEffect(() => {
    if (!waits) return;
    const timer = setInterval(() => void look(), waitingMs);
    return () => clearInterval(timer);
  }, [waits, look]);
}

interface TerminalsProps {
  readonly context: string;
  readonly one: string;
  readonly target: PodTarget;
}

function Terminals({ context, one, target }: TerminalsProps) {
  const { terminals } = useApp().cluster.pods;
  const pick = usePickedContainer(target, { debugs: true });
  const open = useStore(terminals.store, (state) => state.terminals);
  const { picked } = pick;
  const screen = useRef<HTMLDivElement>(null);
  const bar = useRef<HTMLDivElement>(null);
  const leave = () => bar.current?.querySelector<HTMLElement>('button, input')?.focus();
  if (picked === null) {
    return <EmptyState icon={IconTerminal2} title={`This ${isolated(one)} has no pods`} />;
  }
  const { namespace, pod, container } = picked;
  const place = { contextId: context, namespace, pod, container: container.name };
  const found = open.find(({ key }) => key === terminalKey(place));
  return (
    <div className={classes.panel}>
      <div className={classes.bar} ref={bar}>
        <ContainerPick target={target} {...pick} />
        <span className={classes.grow} role="status">
          {found !== undefined && stateWords(found)}
        </span>
        {found?.state.is === 'open' && (
          <span className={classes.quiet}>
            <KeyHint keys={leaveKeys} /> leaves the terminal
          </span>
        )}
        {found !== undefined && <TerminalButtons terminal={found} />}
      </div>
      {found === undefined ? (
        <NotOpen place={place} container={container} />
      ) : (
        <>
          {found.state.is === 'failed' && <Refused terminal={found} />}
          {found.drawn && (
            <TerminalScreen key={found.key} terminal={found} screen={screen} onLeave={leave} />
          )}
        </>
      )}
    </div>
  );
}

function TerminalButtons({ terminal: { key, place, state } }: { readonly terminal: OpenTerminal }) {
  const { terminals } = useApp().cluster.pods;
  const over = state.is === 'ended' || state.is === 'failed';
  return (
    <>
      {over && (
        <Button icon={IconPlugConnected} onClick={() => void terminals.open(place)}>
          {state.is === 'ended' && !state.lost ? 'Open another' : 'Connect again'}
        </Button>
      )}
      <Button icon={IconX} tone="quiet" onClick={() => terminals.close(key)}>
        Close
      </Button>
    </>
  );
}

interface NotOpenProps {
  readonly place: PodPlace;
  readonly container: TargetContainer;
}

function NotOpen({ place, container: { role, state } }: NotOpenProps) {
  const running = state === 'running';
  const comes = role === 'debug' && state === 'waiting';
  const { terminals } = useApp().cluster.pods;
  const name = isolated(place.container ?? '');
  return (
    <EmptyState
      icon={IconTerminal2}
      title={
        running ? `A shell in ${name}` : comes ? `${name} does not run yet` : `${name} does not run`
      }
      actions={
        running && (
          <Button tone="primary" icon={IconTerminal2} onClick={() => void terminals.open(place)}>
            Open a shell
          </Button>
        )
      }
    >
      {running
        ? 'bash, sh or ash, whichever its image has. It goes on while you look at other pages, and ends with this window.'
        : comes
          ? 'It was added to look around. A shell can be opened as soon as its image is there and it runs.'
          : 'Commands run only in a container that runs. Its log may say why it does not.'}
    </EmptyState>
  );
}

function Refused({ terminal: { state, place } }: { readonly terminal: OpenTerminal }) {
  const { dialogs } = useApp();
  if (state.is !== 'failed') return null;
  const { code, message, hint } = state.failure;
  const { contextId, namespace, pod: name, container } = place;
  const debug = () => {
    const action = { do: 'debug', namespace, name, image: debugImage, target: container } as const;
    const containers = container === null ? [] : [container];
    dialogs.setState({ kind: 'cluster-act', contextId, actions: [action], containers }, true);
  };
  return (
    <div className={classes.note}>
      <Callout
        tone="danger"
        title={message}
        actions={
          code === 'POD_NO_SHELL' && (
            <Button icon={IconBug} onClick={debug}>
              Debug
            </Button>
          )
        }
      >
        {hint}
      </Callout>
    </div>
  );
}

interface TerminalScreenProps {
  readonly terminal: OpenTerminal;
  readonly screen: React.RefObject<HTMLDivElement | null>;
  readonly onLeave: () => void;
}

function TerminalScreen({ terminal: { key, state }, screen, onLeave }: TerminalScreenProps) {
  const { cluster, appearance } = useApp();
  const { terminals } = cluster.pods;
  const looks = useStore(appearance.store);
  const leaving = useRef(onLeave);
  leaving.current = onLeave;
  useEffect(() => {
    const element = screen.current;
    if (element === null) return;
    return terminals.show(key, element, () => leaving.current());
  }, [terminals, key, screen]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the looks are why, not what with
  useEffect(() => terminals.paint(), [terminals, looks.theme, looks.contrast]);
  const isOpen = state.is === 'open';
  useEffect(() => {
    if (isOpen) terminals.focus(key);
  }, [terminals, key, isOpen]);
  return (
    <section className={classes.screen} aria-label="Terminal">
      <div ref={screen} className={classes.screenPart} />
    </section>
  );
}
