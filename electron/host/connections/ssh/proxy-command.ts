import type { SshTarget } from '../../../../shared/model/ssh.ts';
import { readTargetText } from '../../../../shared/model/ssh-target-text.ts';
import { splitArguments } from './split-arguments.ts';

/** Options of ssh that take no value and make no difference for a jump. */
const plainOptions = /^-[46aAkqxTnCv]+$/;
/** Settings that make no difference either; the host key of a jump host is checked as any other. */
const plainSettings =
  /^(?:stricthostkeychecking|userknownhostsfile|globalknownhostsfile|checkhostip|batchmode|loglevel|forwardagent|forwardx11|compression|connecttimeout|connectionattempts|serveralive\w+|tcpkeepalive|control(?:master|path|persist)|clearallforwardings|exitonforwardfailure|requesttty|permitlocalcommand)$/i;

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

interface Named {
  user?: string;
  port?: number;
  identityFile?: string;
}

class SshWords {
  readonly #words: string[];
  #target: SshTarget | null = null;
  #forwards = false;

  constructor(words: string[]) {
    this.#words = words;
  }

  read(): SshTarget | null {
    const named: Named = {};
    for (let word = this.#words.shift(); word !== undefined; word = this.#words.shift()) {
      const option = /^(-[Wplio])(.*)$/s.exec(word);
      if (option) {
        const value = option[2] || this.#words.shift();
        if (value === undefined || !this.#take(option[1] ?? '', value, named)) return null;
      } else if (word.startsWith('-')) {
        if (!plainOptions.test(word)) return null;
      } else if (!this.#target) {
        const read = readTargetText(word);
        if (!read.ok) return null;
        this.#target = read.target;
      } else if (word === 'exec') {
      } else return this.#netcat(word) ? { ...this.#target, ...named } : null;
    }
    return this.#target && this.#forwards ? { ...this.#target, ...named } : null;
  }

  #take(option: string, value: string, named: Named): boolean {
    if (option === '-o') return this.#set(value, named);
    if (option === '-W') this.#forwards = /^(?:%h|\[%h\]):%p$/.test(value);
    else if (option === '-l') named.user = value;
    else if (option === '-i') named.identityFile = value;
    else named.port = Number(value);
    return option === '-W'
      ? this.#forwards
      : option !== '-p' || (/^\d{1,5}$/.test(value) && Number(value) > 0 && Number(value) < 65536);
  }

  /** `-o Name=value`: what has an option of its own, or makes no difference. */
  #set(setting: string, named: Named): boolean {
    const [, name = '', value = ''] = /^\s*(\w+)\s*[=\s]\s*(.*)$/s.exec(setting) ?? [];
    const option = { user: '-l', port: '-p', identityfile: '-i' }[name.toLowerCase()];
    if (option !== undefined && value !== '') return this.#take(option, value, named);
    return plainSettings.test(name);
  }

  #netcat(program: string): boolean {
    const rest = this.#words.join(' ');
    return /^(?:\S*\/)?(?:nc|netcat|ncat)$/.test(program) && /^(?:-[wq] ?\d+ )*%h %p$/.test(rest);
  }
}
