import { globSync, rmSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { runProgram } from '../command.ts';
import { RackError } from '../rack-error.ts';
import { type Fault, inNode, tryInNode } from './fault.ts';

function diskOf(state: { path(...parts: string[]): string }, node: string): string {
  return state.path('nodes', node, 'disk');
}

export const diskFull: Fault = {
  description: 'the root disk has no byte left (ENOSPC), as df shows',
  set: async ({ state, spec }) => {
    const disk = diskOf(state, spec.name);
    // Beside the node's layer on the same disk, so the node sees the space go but no file. More may
    // be freed or written in between, so it takes what is left until nothing is.
    for (let part = 0; part < 20; part++) {
      const { bfree, bsize } = statfsSync(disk);
      if (bfree === 0) return;
      await runProgram('fallocate', ['-l', String(bfree * bsize), path.join(disk, `fill-${part}`)]);
    }
    throw new RackError(`The disk of ${spec.name} could not be filled; it is being written to.`);
  },
  clear: async ({ state, spec }) => {
    for (const file of globSync(path.join(diskOf(state, spec.name), 'fill-*'))) rmSync(file);
  },
};

/** With its source said: else the line of fstab counts, which names a disk that no node has. */
const remountRoot = (mode: 'ro' | 'rw') =>
  `mount -o remount,${mode} "$(grep ' / ' /proc/mounts | tail -n 1 | cut -d ' ' -f 1)" /`;

export const readOnlyRoot: Fault = {
  description: 'the root file system is mounted read-only, as after a disk error',
  endsWithPower: true,
  set: async (target) => {
    const result = await tryInNode(target, remountRoot('ro'));
    if (result.exitCode === 0) return;
    throw new RackError(
      `The root of ${target.spec.name} cannot become read-only while its services hold files open for writing; stop them first. (${result.stderr.trim()})`,
    );
  },
  clear: async (target) => {
    await inNode(target, remountRoot('rw'));
  },
};
