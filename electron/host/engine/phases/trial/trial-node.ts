import type { FakeEntry } from '../../machines/fake-files.ts';
import { FakeMachine } from '../../machines/fake-machine.ts';
import { prelude } from '../command.ts';

/** What a command of the node prints, and how it ends; a text alone ends with 0. */
export type Said = string | { readonly out: string; readonly exit: number };
type Program = (words: RegExpExecArray, node: TrialNode) => Said;

export interface TrialNodeOptions {
  readonly files?: Readonly<Record<string, string | FakeEntry>>;
  /** By what a command looks like; the first that fits answers. */
  readonly programs?: readonly (readonly [RegExp, Program])[];
  /** What the node is besides its files: names, loaded modules, what runs. */
  readonly state?: Record<string, unknown>;
  readonly user?: string;
}

const no = (out = ''): Said => ({ out, exit: 1 });

/** Commands that look at files, on any node. */
const common: readonly (readonly [RegExp, Program])[] = [
  [/^cat (\/\S+)$/, ([, path = ''], node) => node.machine.files.text(path) ?? no('No such file')],
  [/^\[ -[ef] (\/\S+) \]$/, ([, path = ''], node) => (node.has(path) ? '' : no())],
  [/^\[ -d '?(\/[^\s']+)'? \]$/, ([, path = ''], node) => (node.hasUnder(path) ? '' : no())],
  [/^rmdir \/var\/lib\/rancher/, () => ''],
  [/^mkdir -p \/var\/lib\/rackhelm && touch (\S+)$/, ([, path = ''], node) => node.make(path)],
  [/^rm -rf (.*) && \{ rmdir /, ([, paths = ''], node) => node.drop(paths.split(' '))],
];

/** A node in memory for tests of phases: files, a state, and what its commands do with both. */
export class TrialNode {
  readonly machine: FakeMachine;
  readonly state: Record<string, unknown>;
  /** What was run to change something, in order. */
  readonly ran: string[] = [];
  readonly #programs: readonly (readonly [RegExp, Program])[];

  constructor({ files = {}, programs = [], state = {}, user = 'root' }: TrialNodeOptions) {
    this.machine = new FakeMachine({ files, user });
    this.state = structuredClone(state);
    this.#programs = [...programs, ...common];
    this.machine.answer(/^/, ({ script }) => this.#answer(script));
  }

  has(path: string): boolean {
    return this.machine.files.paths().includes(path);
  }

  hasUnder(path: string): boolean {
    return this.machine.files.paths().some((one) => one.startsWith(`${path}/`));
  }

  make(path: string): string {
    this.machine.files.put(path, '');
    return '';
  }

  /** Paths as a shell takes them, with all that lies below. */
  drop(paths: readonly string[]): string {
    for (const path of paths.map((one) => one.replaceAll("'", '')))
      for (const one of this.machine.files.paths())
        if (one === path || one.startsWith(`${path}/`)) this.machine.files.drop(one);
    return '';
  }

  /** Everything that it is, to compare. */
  picture(): string {
    const files = this.machine.files.paths().map((path) => this.#pictureOf(path));
    return JSON.stringify({ files, state: this.state }, null, 1);
  }

  #pictureOf(path: string): unknown[] {
    try {
      const file = this.machine.files.read(path);
      return [path, file?.content.toString(), file?.mode, file?.uid];
    } catch {
      return [path, 'no file'];
    }
  }

  #answer(script: string): { stdout: string; exitCode: number } {
    const text = script.replace(`${prelude}\n`, '');
    if (/^printf '\\n@@/.test(text)) return { stdout: this.#look(text), exitCode: 0 };
    if (!text.includes('mktemp -d /tmp/rackhelm')) this.ran.push(text.trim());
    const said = this.#say(text.trim());
    return typeof said === 'string'
      ? { stdout: said, exitCode: 0 }
      : { stdout: said.out, exitCode: said.exit };
  }

  /** Answers a script of `look` in its own form. */
  #look(text: string): string {
    const mark = /@@\w+/.exec(text)?.[0] ?? '';
    const parts = [...text.matchAll(/ part (\S+)\\n'\n\(\n([\s\S]*?)\n\) <\/dev\/null 2>&1\n/g)];
    const said = parts.map(([, label, command = '']) => {
      const answer = this.#say(command);
      const [out, exit] = typeof answer === 'string' ? [answer, 0] : [answer.out, answer.exit];
      return `\n${mark} part ${label}\n${out}\n${mark} exit ${exit}\n`;
    });
    return `${said.join('')}\n${mark} end\n`;
  }

  #say(command: string): Said {
    for (const [shape, program] of this.#programs) {
      const words = shape.exec(command);
      if (words) return program(words, this);
    }
    throw new Error(`The trial node does not know this command:\n${command}`);
  }
}
