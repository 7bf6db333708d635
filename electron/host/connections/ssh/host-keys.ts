import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { HostKeyStore } from '../../../../shared/model/host-keys.ts';
import type { HostKeyFacts, SshAnswer, SshQuestion } from '../../../../shared/model/ssh.ts';
import { cancelled } from './errors.ts';
import { fingerprints, keyType } from './fingerprints.ts';
import { ForeignFileError, readForeignFile } from './foreign-file.ts';
import type { StrictHostKeys } from './host-settings.ts';
import {
  hostsFieldMatches,
  type IgnoredLine,
  type KnownHostsLine,
  parseKnownHosts,
} from './known-hosts.ts';

/** A key on record for the host, wherever it stands. */
export interface KeyOnRecord {
  readonly type: string;
  readonly blob: string;
  readonly revoked: boolean;
  /** `Rackhelm`, or file and line. */
  readonly source: string;
  readonly seenAt: number | null;
}

export interface LoadOptions {
  /**
   * A key that a file vouches for is recorded as well, under the name and under this one: by it the
   * machine will be known once the configuration is not read any more. Default: not.
   */
  readonly recordAs?: string | null;
  /** Where the key stood before the machine moved: it counts where nothing else is on record. */
  readonly formerName?: string | undefined;
  /** StrictHostKeyChecking. Default `ask`. */
  readonly strict?: StrictHostKeys;
  /** Whether algorithms keep their order whatever is on record. Default false. */
  readonly keepOrder?: boolean;
  /** Told when a key is taken that nobody was asked about. */
  readonly onTaken?: (sentence: string) => void;
  readonly signal?: AbortSignal | undefined;
}

export type Verdict = 'known' | 'unknown' | 'changed' | 'revoked';

/** Everything on record about one host, and the judgement of the key that it shows. */
export class HostKeyCheck {
  readonly #name: string;
  readonly #store: HostKeyStore;
  readonly #records: readonly KeyOnRecord[];
  /**
   * Keys under other names of the same machine, which count when nothing is on record under its own:
   * without the port, as OpenSSH does it, and where it was before it moved.
   */
  readonly #elsewhere: readonly KeyOnRecord[];
  /** Lines about this host that take no part, for the person to know why. */
  readonly ignored: readonly IgnoredLine[];
  readonly #options: LoadOptions;
  #accepted: { readonly key: Buffer; readonly replace: boolean } | null = null;

  private constructor(
    name: string,
    store: HostKeyStore,
    found: {
      readonly records: readonly KeyOnRecord[];
      readonly elsewhere: readonly KeyOnRecord[];
      readonly ignored: readonly IgnoredLine[];
    },
    options: LoadOptions,
  ) {
    this.#options = options;
    this.#name = name;
    this.#store = store;
    this.#records = found.records;
    this.#elsewhere = found.elsewhere;
    this.ignored = found.ignored;
  }

  /** `name` is as known_hosts has it: `host` or `[host]:port`, lower case. */
  static async load(
    name: string,
    files: readonly string[],
    store: HostKeyStore,
    options: LoadOptions = {},
  ): Promise<HostKeyCheck> {
    const parsed = await Promise.all(files.map((file) => readKnownHosts(file, options.signal)));
    const lines = parsed.flatMap((file) => file.lines);
    const ignored = parsed.flatMap((file) => file.ignored);
    const bare = /^\[(.+)\]:\d+$/.exec(name)?.[1];
    const { formerName } = options;
    const found = {
      records: onRecord(store, lines, name),
      elsewhere: [
        ...(bare === undefined ? [] : fromFiles(lines, bare)),
        ...(formerName === undefined ? [] : onRecord(store, lines, formerName)),
      ],
      ignored: ignored.filter((line) => hostsFieldMatches(line.hosts, name)),
    };
    return new HostKeyCheck(name, store, found, options);
  }

  /**
   * Host key algorithms in the order to offer, so that the server shows a key that is on record
   * rather than another one of its own.
   */
  algorithms(supported: readonly string[]): string[] {
    if (this.#options.keepOrder) return [...supported];
    const usable = (keys: readonly KeyOnRecord[]) => keys.filter((key) => !key.revoked);
    const own = usable(this.#records);
    const types = new Set((own.length > 0 ? own : usable(this.#elsewhere)).map((key) => key.type));
    const known = (algorithm: string) => types.has(typeOfAlgorithm(algorithm));
    return [...supported.filter(known), ...supported.filter((algorithm) => !known(algorithm))];
  }

  judge(key: Buffer): Verdict {
    const blob = key.toString('base64');
    const sameKey = (record: KeyOnRecord) => record.blob === blob;
    const same = [...this.#records, ...this.#elsewhere].filter(sameKey);
    if (same.some((record) => record.revoked)) return 'revoked';
    if (this.#records.some(sameKey)) return 'known';
    if (this.#records.some((record) => !record.revoked)) return 'changed';
    return same.length > 0 ? 'known' : 'unknown';
  }

  /**
   * Resolves when the key may be trusted; asks where that is for a person to say. Throws
   * SSH_HOST_KEY_UNKNOWN, SSH_HOST_KEY_CHANGED or SSH_CANCELLED.
   */
  async verify(key: Buffer, ask: (question: SshQuestion) => Promise<SshAnswer>): Promise<void> {
    const verdict = this.judge(key);
    const { recordAs = null } = this.#options;
    if (verdict === 'known' && recordAs !== null) this.#accepted = { key, replace: false };
    if (verdict === 'known' || this.#accepted?.key.equals(key)) return;
    if (verdict === 'revoked')
      throw this.#changed(
        key,
        'shows a key that is marked as revoked',
        'Nobody may trust this key any more: give the machine a new one, or find out who answers there.',
      );
    const facts = this.#facts(key);
    if (this.#decidedByConfiguration(verdict, key)) return;
    const answer = await ask(
      verdict === 'unknown'
        ? { kind: 'unknown-host-key', key: facts }
        : { kind: 'changed-host-key', key: facts, known: this.#known() },
    );
    if (answer.kind === 'cancel') throw cancelled();
    if (answer.kind !== 'host-key' || !answer.accept) {
      if (verdict === 'changed') throw this.#changed(key, 'shows another key than before');
      throw new RackhelmError(
        'SSH_HOST_KEY_UNKNOWN',
        `The key of ${this.#name} is not known and was not accepted.${this.#whyUnknown()}`,
        { data: { key: facts } },
      );
    }
    this.#accepted = { key, replace: verdict === 'changed' };
  }

  /** StrictHostKeyChecking answers what a person would be asked. True: the key is taken. */
  #decidedByConfiguration(verdict: Verdict, key: Buffer): boolean {
    const { strict = 'ask', onTaken } = this.#options;
    if (strict === 'ask') return false;
    const setting = `StrictHostKeyChecking ${strict} of the ssh configuration`;
    if (verdict === 'changed')
      throw this.#changed(
        key,
        'shows another key than before',
        `${setting} refuses it. If you reinstalled the machine, delete its old key where that stands; if not, somebody may be in between.`,
      );
    const facts = this.#facts(key);
    if (strict === 'accept-new') {
      this.#accepted = { key, replace: false };
      onTaken?.(
        `The new key of ${this.#name} was taken without a question (${setting}): ${facts.type} ${facts.sha256}.`,
      );
      return true;
    }
    const message = `The key of ${this.#name} is not known.${this.#whyUnknown()}`;
    throw new RackhelmError('SSH_HOST_KEY_UNKNOWN', message, {
      hint: `${setting} refuses it. Compare its fingerprint, ${facts.sha256}, and add the key to known_hosts; or let the setting be ask.`,
      data: { key: facts, unasked: true },
    });
  }

  /** Where ssh would have known it all the same: an authority, a file that cannot be read. */
  #whyUnknown(): string {
    const [first] = this.ignored;
    if (!first) return '';
    const { file, line, reason } = first;
    return ` ${file}${line ? `, line ${line},` : ''} ${reason}.`;
  }

  /** To be called once the server proved that the key is its own: only then it is recorded. */
  proven(): void {
    if (!this.#accepted) return;
    const { key, replace } = this.#accepted;
    for (const host of new Set([this.#name, this.#options.recordAs ?? this.#name])) {
      const blob = key.toString('base64');
      if (this.#store.find(host).some((record) => record.blob === blob)) continue;
      this.#store.record({ host, type: keyType(key), blob, seenAt: Date.now() }, { replace });
    }
  }

  #facts(key: Buffer): HostKeyFacts {
    return { host: this.#name, type: keyType(key), ...fingerprints(key) };
  }

  #known() {
    return this.#records
      .filter((record) => !record.revoked)
      .map(({ type, blob, source, seenAt }) => ({
        host: this.#name,
        type,
        ...fingerprints(blob),
        source,
        seenAt,
      }));
  }

  #changed(key: Buffer, what: string, hint?: string): RackhelmError {
    return new RackhelmError('SSH_HOST_KEY_CHANGED', `${this.#name} ${what}.`, {
      data: { key: this.#facts(key), known: this.#known(), unasked: hint !== undefined },
      ...(hint === undefined ? {} : { hint }),
    });
  }
}

async function readKnownHosts(path: string, signal?: AbortSignal) {
  try {
    const { content } = await readForeignFile(path, { kind: 'known-hosts', signal });
    return parseKnownHosts(content.toString('utf8'), path);
  } catch (error) {
    if (!(error instanceof ForeignFileError)) throw error;
    if (error.problem === 'missing') return { lines: [], ignored: [] };
    // The safe way on: nothing is on record there, so the key is asked about, and with it why.
    return { lines: [], ignored: [{ hosts: '*', file: path, line: 0, reason: error.what }] };
  }
}

/**
 * A key that the person accepted here may have replaced one that a file still holds: once we have
 * our own record, files can only revoke.
 */
function onRecord(
  store: HostKeyStore,
  lines: readonly KnownHostsLine[],
  name: string,
): KeyOnRecord[] {
  const stored = fromStore(store, name);
  const listed = fromFiles(lines, name);
  return stored.length > 0 ? [...stored, ...listed.filter(({ revoked }) => revoked)] : listed;
}

function fromStore(store: HostKeyStore, name: string): KeyOnRecord[] {
  return store.find(name).map(({ type, blob, seenAt }) => ({
    type,
    blob,
    revoked: false,
    source: 'Rackhelm',
    seenAt,
  }));
}

function fromFiles(lines: readonly KnownHostsLine[], name: string): KeyOnRecord[] {
  return lines
    .filter((line) => hostsFieldMatches(line.hosts, name))
    .map(({ type, blob, revoked, file, line }) => ({
      type,
      blob,
      revoked,
      source: `${file}, line ${line}`,
      seenAt: null,
    }));
}

/** An RSA key signs with several algorithms; each other type with the one of its name. */
function typeOfAlgorithm(algorithm: string): string {
  return algorithm.startsWith('rsa-sha2-') ? 'ssh-rsa' : algorithm;
}
