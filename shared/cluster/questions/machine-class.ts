import type { CensusNode } from '../census/node.ts';
import { goArchitecture } from '../drift/compare-node.ts';
import type { MachineClass } from './answers.ts';

/** What the inventory knows of the device that a node is. */
export interface KnownMachine {
  readonly kind: string;
  readonly gpus: number;
}

/** A GPU counts first, wherever it is; boards are told from servers by the inventory, or by their size. */
export function machineClass(
  { gpus, architecture, cores }: CensusNode,
  known: KnownMachine | undefined,
): MachineClass {
  if (gpus > 0 || known?.kind === 'gpu-server' || (known?.gpus ?? 0) > 0) return 'GPU';
  const name = goArchitecture(architecture);
  if (name === 'amd64' || name === '386') return 'x86';
  if (name !== 'arm64' && name !== 'arm') return 'other';
  if (known?.kind === 'sbc') return 'ARM board';
  if (known?.kind === 'server') return 'ARM server';
  return (cores ?? 0) > mostCoresOfBoard ? 'ARM server' : 'ARM board';
}

const mostCoresOfBoard = 8;
