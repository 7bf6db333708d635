import type { NodeFiles } from './node-files.ts';
import type { NodeSpec } from './profiles.ts';

/** What `look.sh` does besides the written files; sourced by boot.sh before the root changes. */
export interface LookContext {
  readonly spec: NodeSpec;
  readonly slot: number;
  readonly files: NodeFiles;
  /** The node's directory on this computer. */
  readonly directory: string;
}

export function writeLook(_context: LookContext): void {}
