import os from 'node:os';
import path from 'node:path';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type {
  ConfiguredHost,
  FoundLease,
  LeaseFormat,
  ScanEvent,
  ScannablePrefix,
} from '../../../../shared/onboarding/finding.ts';
import {
  ForeignFileError,
  harmless,
  listConfiguredHosts,
  readForeignFile,
} from '../../connections/ssh/index.ts';
import type { Database } from '../../db/index.ts';
import { EventQueue } from '../../event-queue.ts';
import { readLeases } from './leases/read-leases.ts';
import { scan } from './scan.ts';
import { scannablePrefixes, scannedRange } from './scannable.ts';
import { seemsToBe } from './seems-to-be.ts';

const most = { hosts: 2_000, leases: 2_000, lost: 20 } as const;

/** Ways to find machines that nobody has to type. Each only looks. */
export interface Finding {
  configuredHosts(): Promise<{ hosts: ConfiguredHost[]; total: number }>;
  /** Throws FILE_INVALID. */
  leases(from: { readonly path: string } | { readonly text: string }): Promise<{
    format: LeaseFormat;
    leases: FoundLease[];
    total: number;
    lost: { line: number; why: string }[];
    lostCount: number;
  }>;
  scannable(): ScannablePrefix[];
  /** Throws NOT_FOUND, or INVALID_INPUT where this prefix is not to be scanned. One scan at a time. */
  scan(
    input: { readonly prefixId: string; readonly consent: true },
    signal: AbortSignal | undefined,
  ): AsyncGenerator<ScanEvent, void, void>;
}

export interface FindingOptions {
  readonly db: Database;
  /** UTC milliseconds. */
  readonly now?: () => number;
  /** Default: the user's own. */
  readonly sshConfig?: string;
}

export function createFinding({ db, now = Date.now, sshConfig }: FindingOptions): Finding {
  let scanning = false;
  return {
    async configuredHosts() {
      const names = await namesOf(sshConfig ?? path.join(os.homedir(), '.ssh', 'config'));
      const hosts = names
        .slice(0, most.hosts)
        .map((name) => ({ name, device: seemsToBe(db, { address: name, name }) }));
      return { hosts, total: names.length };
    },
    async leases(from) {
      const text = 'text' in from ? from.text : await textOf(from.path);
      const { format, leases, lost } = readLeases(text);
      const at = now();
      const shown = leases.slice(0, most.leases).map((lease) => ({
        ...lease,
        expired: lease.expiresAt !== null && lease.expiresAt < at,
        device: seemsToBe(db, lease),
      }));
      return {
        format,
        leases: shown,
        total: leases.length,
        lost: lost.slice(0, most.lost).map((one) => ({ ...one })),
        lostCount: lost.length,
      };
    },
    scannable: () => scannablePrefixes(db),
    async *scan({ prefixId }, signal) {
      const range = scannedRange(db, prefixId);
      if (scanning) {
        throw new RackhelmError('INVALID_INPUT', 'A scan runs already.', {
          hint: 'Wait until it ends, or cancel it.',
        });
      }
      scanning = true;
      try {
        yield* scanEvents(db, range, signal);
      } finally {
        scanning = false;
      }
    },
  };
}

async function namesOf(file: string): Promise<readonly string[]> {
  try {
    return await listConfiguredHosts(file);
  } catch (error) {
    // Nobody has to have one.
    if (error instanceof RackhelmError && /does not exist/.test(error.message)) return [];
    throw error;
  }
}

async function textOf(file: string): Promise<string> {
  const whole = file.replace(/^~(?=\/)/, os.homedir());
  try {
    return (await readForeignFile(path.resolve(whole), { kind: 'leases' })).content.toString(
      'utf8',
    );
  } catch (error) {
    if (!(error instanceof ForeignFileError)) throw error;
    throw new RackhelmError('FILE_INVALID', `${path.basename(whole)} ${error.what}.`, {
      hint: 'Name a lease file of at most 1 MiB, or paste its lines.',
      cause: error,
    });
  }
}

async function* scanEvents(
  db: Database,
  range: ReturnType<typeof scannedRange>,
  signal: AbortSignal | undefined,
): AsyncGenerator<ScanEvent, void, void> {
  const queue = new EventQueue<ScanEvent>();
  const left = new AbortController();
  let found = 0;
  const work = scan(range, {
    signal: signal ? AbortSignal.any([signal, left.signal]) : left.signal,
    onProgress: (done, total) => queue.push({ type: 'progress', done, total }, 'progress'),
    onFound({ address, said }) {
      found += 1;
      const banner = said === null ? null : harmless(said).replaceAll('\n', ' ').trim() || null;
      queue.push({ type: 'found', address, banner, device: seemsToBe(db, { address }) });
    },
  }).then((tried) => {
    queue.push({ type: 'ended', found, tried });
    queue.close();
  });
  try {
    yield* queue.read(signal);
  } finally {
    left.abort();
    await work;
  }
}
