import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { NodeFiles } from '../node-files.ts';
import type { NodeSpec } from '../node-spec.ts';

/** What makes a machine of its kind: files of its layer, and mounts made while it boots. */
export class NodeBuild {
  readonly spec: NodeSpec;
  readonly slot: number;
  readonly specs: readonly NodeSpec[];
  /** Unique in this rack, stable for its name: for serial numbers. */
  readonly machineId: string;
  readonly files: NodeFiles;
  /** The node's directory on this computer. */
  readonly directory: string;
  readonly #bootLines: string[] = [];
  readonly #hidden: string[] = [];

  constructor(fields: {
    readonly spec: NodeSpec;
    readonly slot: number;
    readonly specs: readonly NodeSpec[];
    readonly machineId: string;
    readonly files: NodeFiles;
    readonly directory: string;
  }) {
    this.spec = fields.spec;
    this.slot = fields.slot;
    this.specs = fields.specs;
    this.machineId = fields.machineId;
    this.files = fields.files;
    this.directory = fields.directory;
  }

  /** Shell lines for boot.sh, which has `$dir`, `$look` and, not yet the root, `$root`. */
  atBoot(...lines: readonly string[]): void {
    this.#bootLines.push(...lines);
  }

  /** A file that boot.sh finds as `$dir/disk/look/NAME`. */
  provide(name: string, content: string): void {
    const file = path.join(this.directory, 'disk/look', name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  /** Puts a read-only text in the place of a file that the kernel makes. */
  replaceKernelFile(target: string, content: string): void {
    const name = `kernel${target.replaceAll('/', '-')}`;
    this.provide(name, content);
    this.atBoot(`[ ! -e "$root${target}" ] || mount --bind "$look/${name}" "$root${target}"`);
  }

  /** Hides a path of this computer; a node whose layer has the same name has only its own there. */
  hide(target: string): void {
    const place = path.join(this.directory, 'disk/hidden', target);
    mkdirSync(path.dirname(place), { recursive: true });
    this.#hidden.push(place);
  }

  /** Where a layer needs a device 0:0 that hides the name below it. */
  get hidden(): readonly string[] {
    return this.#hidden;
  }

  finish(): void {
    const lines = ['look=$dir/disk/look', ...this.#bootLines];
    this.provide('boot.sh', `${lines.join('\n')}\n`);
  }
}
