import { RackError } from '../rack-error.ts';
import { type Fault, type FaultOptions, type FaultTarget, inNode, tryInNode } from './fault.ts';

const directory = '/run/rack-commands';

/** Only names: the text goes into a command line of the node's shell. */
function commandOf({ spec }: FaultTarget, { command }: FaultOptions): { readonly command: string } {
  if (!command || !/^[\w.+-]+$/.test(command)) throw new RackError('Name a --command.');
  if (spec.look !== 'alpine') return { command };
  throw new RackError('busybox is one program: a single command of it cannot be replaced.');
}

/** Puts a program in the place of another, wherever it is called from, until the node restarts. */
function replaceBy(description: string, body: string): Fault {
  return {
    description,
    endsWithPower: true,
    plan: commandOf,
    set: async (target, { command }) => {
      const lines = [
        `mkdir -p ${directory} && cat >${directory}/${command} && chmod 755 ${directory}/${command}`,
        `mount --bind ${directory}/${command} "$(readlink -f "$(command -v ${command})")"`,
      ];
      await inNode(target, lines.join(' && '), `#!/bin/sh\n${body}\n`);
    },
    clear: async (target, { command }) => {
      // What hangs goes on by itself no more than it would elsewhere: whoever called it has to end it.
      await tryInNode(target, `umount "$(readlink -f "$(command -v ${command})")"`);
      await tryInNode(target, `rm -f ${directory}/${command}`);
    },
  };
}

export const commandHangs = replaceBy(
  'a command (--command NAME) never ends, nor says anything',
  'exec tail -f /dev/null',
);

export const commandFails = replaceBy(
  'a command (--command NAME) ends with 1 at once',
  'echo "$(basename "$0"): failed for a test" >&2\nexit 1',
);
