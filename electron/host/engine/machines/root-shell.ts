import {
  type ExecOptions,
  type ExecResult,
  explainNoShell,
  type RemoteShell,
} from '../../connections/ssh/index.ts';
import type { SudoPassword } from './sudo-password.ts';
import { sudoRefusal } from './sudo-words.ts';

export interface ShellCall {
  readonly nonce: string;
  /** By which it is found in /proc; see `runVariable`. */
  readonly mark: string;
  /** All that goes over stdin. */
  readonly stdin: string;
  readonly options: Omit<ExecOptions, 'stdin' | 'talks'>;
}

/** By which a script and what it starts are found in /proc on the machine. */
export const runVariable = 'RACKHELM_RUN';

/**
 * A shell of the user, or of root: directly, by `sudo -n`, or with a password. Which of them it is, is
 * found out by the first script and remembered. Command lines hold nothing that fish or csh would read
 * in another way than sh.
 */
export class RootShell {
  readonly #shell: RemoteShell;
  readonly #where: string;
  readonly #password: SudoPassword;
  #way: 'free' | 'password' = 'free';
  /** Until one password has proved right, one script at a time may try it. */
  #proving: Promise<unknown> = Promise.resolve();
  #proved = false;

  constructor(shell: RemoteShell, where: string, password: SudoPassword) {
    this.#shell = shell;
    this.#where = where;
    this.#password = password;
  }

  asUser({ mark, stdin, options }: ShellCall): Promise<ExecResult> {
    const command = `sh -c '${runVariable}=${mark} exec sh -s'`;
    return this.#shell.exec(command, { ...options, stdin });
  }

  async asRoot(call: ShellCall): Promise<ExecResult> {
    if (this.#way === 'free') {
      const result = await this.#freely(call);
      if (hasBegun(result, call.nonce)) return result;
      const refusal = this.#refusal(result);
      if (refusal !== 'password') throw refusal;
      this.#way = 'password';
    }
    return this.#proved ? this.#withPassword(call) : this.#inTurn(() => this.#withPassword(call));
  }

  #freely({ mark, stdin, options }: ShellCall): Promise<ExecResult> {
    const run = `${runVariable}=${mark} exec sh -s`;
    const command = `sh -c 'LC_ALL=C; export LC_ALL; if [ "$(id -u)" = 0 ]; then ${run}; fi; exec sudo -n sh -c "${run}"'`;
    return this.#shell.exec(command, { ...options, stdin });
  }

  #inTurn(work: () => Promise<ExecResult>): Promise<ExecResult> {
    const turn = this.#proving.then(work);
    this.#proving = turn.catch(() => {});
    return turn;
  }

  /**
   * The password goes out when sudo asks with our prompt, and only the first time; the script goes out
   * when root's shell says that it is there. So neither is ever taken for the other.
   */
  async #withPassword({ nonce, mark, stdin, options }: ShellCall): Promise<ExecResult> {
    const password = await this.#password.get(options.signal);
    const [prompt, ready] = [`@@${nonce}-password`, `@@${nonce}-ready`];
    const run = `echo ${ready}; ${runVariable}=${mark} exec sh -s`;
    const command = `sh -c 'LC_ALL=C; export LC_ALL; exec sudo -S -p ${prompt} sh -c "${run}"'`;
    const seen = { out: '', err: '', asked: 0, ready: false };
    const result = await this.#shell.exec(command, {
      ...options,
      talks: true,
      onOutput: (stream, chunk, to) => {
        options.onOutput?.(stream, chunk, to);
        if (seen.ready) return;
        seen[stream] += chunk.toString('latin1');
        const asked = seen.err.split(prompt).length - 1;
        if (seen.out.includes(ready)) {
          seen.ready = true;
          to.end(stdin);
        } else if (asked > 1) {
          to.end();
        } else if (asked > seen.asked) {
          to.write(`${password}\n`);
        }
        seen.asked = asked;
      },
    });
    if (seen.ready) {
      this.#proved = true;
      if (seen.asked > 0) await this.#password.worked();
      return result;
    }
    if (seen.asked > 1) throw await this.#password.failed();
    const refusal = this.#refusal(result);
    throw refusal === 'password' ? await this.#password.failed() : refusal;
  }

  #refusal(result: ExecResult): ReturnType<typeof sudoRefusal> {
    const noShell = result.stderr.includes('sudo') ? null : explainNoShell(result);
    if (noShell) throw noShell;
    return sudoRefusal(result.stderr, this.#where);
  }
}

function hasBegun(result: ExecResult, nonce: string): boolean {
  return result.stdout.includes(`@@${nonce} begin\n`);
}
