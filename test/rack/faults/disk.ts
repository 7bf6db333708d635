import { statfsSync } from 'node:fs';
import { mustRun, runProgram } from '../command.ts';
import { RackError } from '../rack-error.ts';
import { type Fault, inNode, tryInNode } from './fault.ts';

function diskOf(state: { path(...parts: string[]): string }, node: string): string {
  return state.path('nodes', node, 'disk');
}

export const diskFull: Fault = {
  description: 'the root disk has no byte left (ENOSPC), as df shows',
  set: async ({ state, spec }) => {
    const disk = diskOf(state, spec.name);
    // The disk is made as small as what lies on it; more may be written in between, so try again.
    for (let attempt = 0; attempt < 20; attempt++) {
      const { blocks, bfree, bsize } = statfsSync(disk);
      const size = `remount,size=${(blocks - bfree) * bsize}`;
      const result = await runProgram('mount', ['-o', size, disk]);
      if (result.exitCode === 0 && statfsSync(disk).bfree === 0) return {};
    }
    throw new RackError(`The disk of ${spec.name} could not be filled; it is being written to.`);
  },
  clear: async ({ state, spec }) => {
    await mustRun('mount', ['-o', `remount,size=${spec.diskMiB}m`, diskOf(state, spec.name)]);
  },
};

export const readOnlyRoot: Fault = {
  description: 'the root file system is mounted read-only, as after a disk error',
  set: async (target) => {
    const result = await tryInNode(target, 'mount -o remount,ro /');
    if (result.exitCode === 0) return {};
    throw new RackError(
      `The root of ${target.spec.name} cannot become read-only while its services hold files open for writing; stop them first. (${result.stderr.trim()})`,
    );
  },
  clear: async (target) => {
    await inNode(target, 'mount -o remount,rw /');
  },
};
