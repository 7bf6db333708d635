import type { PodPlace } from '../../../../../shared/cluster/pods/pod-terminal.ts';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import type { TerminalEvent, TerminalSize } from '../../../../../shared/terminals/screen.ts';
import type { KubeClient } from '../../../connections/kubernetes/index.ts';
import { HeldTerminal } from '../../../terminals/index.ts';
import { openShell } from './open-shell.ts';

interface Asked extends PodPlace {
  /** Made by whoever opens it. */
  readonly id: string;
  readonly command?: readonly string[] | undefined;
  readonly size: TerminalSize;
}

/** Shells in containers, each for as long as somebody looks at it. */
export interface Terminals {
  /** Ends with `ended`, or when the caller leaves. Throws POD_NO_SHELL, INVALID_INPUT, KubeError. */
  open(asked: Asked, signal: AbortSignal): AsyncGenerator<TerminalEvent, void, void>;
  /** What is typed into one that is not there any more is for nobody. */
  write(id: string, data: string): Promise<void>;
  resize(id: string, size: TerminalSize): void;
  drawn(id: string, characters: number): void;
  close(): void;
}

const most = 32;

export function createTerminals(clientOf: (contextId: string) => KubeClient): Terminals {
  const open = new Map<string, HeldTerminal>();
  const leaving = new AbortController();
  return {
    async *open({ id, contextId, ...asked }, signal) {
      if (open.size >= most || open.has(id)) {
        throw new RackhelmError('INVALID_INPUT', `${most} terminals are open already.`, {
          hint: 'Close one of them first.',
        });
      }
      const left = AbortSignal.any([signal, leaving.signal]);
      const terminal = new HeldTerminal(
        await openShell(clientOf(contextId), { ...asked, signal: left }),
      );
      open.set(id, terminal);
      try {
        yield* terminal.view(left, { again: false });
      } finally {
        open.delete(id);
        terminal.close();
      }
    },
    write: async (id, data) => await open.get(id)?.write(data),
    resize: (id, size) => open.get(id)?.resize(size),
    drawn: (id, characters) => open.get(id)?.drawn(characters),
    close: () => leaving.abort(),
  };
}
