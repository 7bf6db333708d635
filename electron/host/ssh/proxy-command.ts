import type { SshTarget } from '../../../shared/model/ssh.ts';
import { readTargetText } from '../../../shared/model/ssh-target-text.ts';
import { splitArguments } from './split-arguments.ts';

/** Options of ssh that take no value and make no difference for a jump. */
const plainOptions = /^-[46aqxTnCv]+$/;

/**
 * The jump host where a ProxyCommand says what ProxyJump says: `ssh -W %h:%p gate`, with user, port or
 * key named, or the older `ssh gate nc %h %p`. Null for any other command, which Rackhelm does not run.
 */
export function jumpOfProxyCommand(command: string): SshTarget | null {
  const words = splitArguments(command.replace(/\s+2>\s*\/dev\/null\s*$/, ''));
  if (!words || /[|;&<>`$(){}]/.test(command.replace(/\s+2>\s*\/dev\/null\s*$/, ''))) return null;
  if (words[0] === 'exec') words.shift();
  if (!/^(?:\/[\w./-]+\/)?ssh(?:\.exe)?$/.test(words.shift() ?? '')) return null;
  return new SshWords(words).read();
}

class SshWords {
  readonly #words: string[];
  #target: SshTarget | null = null;
  #forwards = false;

  constructor(words: string[]) {
    this.#words = words;
  }

  read(): SshTarget | null {
    const named: { user?: string; port?: number; identityFile?: string } = {};
    for (let word = this.#words.shift(); word !== undefined; word = this.#words.shift()) {
      const option = /^(-[Wpli])(.*)$/s.exec(word);
      if (option) {
        const value = option[2] || this.#words.shift();
        if (value === undefined || !this.#take(option[1] ?? '', value, named)) return null;
      } else if (word.startsWith('-')) {
        if (!plainOptions.test(word)) return null;
      } else if (!this.#target) {
        const read = readTargetText(word);
        if (!read.ok) return null;
        this.#target = read.target;
      } else return this.#netcat(word) ? { ...this.#target, ...named } : null;
    }
    return this.#target && this.#forwards ? { ...this.#target, ...named } : null;
  }

  #take(
    option: string,
    value: string,
    named: { user?: string; port?: number; identityFile?: string },
  ): boolean {
    if (option === '-W') this.#forwards = /^(?:%h|\[%h\]):%p$/.test(value);
    else if (option === '-l') named.user = value;
    else if (option === '-i') named.identityFile = value;
    else named.port = Number(value);
    return option === '-W'
      ? this.#forwards
      : option !== '-p' || (/^\d{1,5}$/.test(value) && Number(value) > 0 && Number(value) < 65536);
  }

  #netcat(program: string): boolean {
    const rest = this.#words.join(' ');
    return /^(?:\S*\/)?(?:nc|netcat|ncat)$/.test(program) && /^(?:-[wq] ?\d+ )*%h %p$/.test(rest);
  }
}
