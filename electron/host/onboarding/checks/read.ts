import type { Evidence } from '../../../../shared/checks/check.ts';
import type {
  FactsSectionName,
  FactsSections,
  SectionData,
} from '../../../../shared/model/facts.ts';
import { harmless } from '../../connections/ssh/index.ts';
import { type Part, readEvidence, readFacts, readFrames } from '../../facts/index.ts';
import { commandOf } from './commands.ts';
import type { RawPreflight, RawRun } from './raw.ts';

/** Evidence of one piece is a few lines; of a long answer these many characters are kept. */
const mostShown = 4_000;

/** What a machine told, as the rules ask for it. Nothing here throws for what a machine printed. */
export interface Preflight {
  readonly facts: FactsSections;
  /** What a section tells; null where it is absent or failed. */
  fact<N extends FactsSectionName>(name: N): SectionData<N> | null;
  /** Lines of a file; undefined where it is missing, empty or unreadable. */
  lines(path: string): readonly string[] | undefined;
  /** The first line, trimmed; null where there is none. */
  line(path: string): string | null;
  readonly paths: readonly string[];
  exists(path: string): boolean;
  readonly existing: readonly string[];
  hasTool(name: string): boolean;
  /** Whether a process of this name runs; null where processes cannot be seen. */
  runs(name: string): boolean | null;
  part(label: string): Part | undefined;
  /** What follows in the labels that begin so, with their parts: `smart:` of each disk. */
  partsOf(prefix: string): readonly (readonly [string, Part])[];
  /** False where the machine was cut off before it told what is there: nothing is known to be missing. */
  readonly told: boolean;
  readonly uid: number | null;
  /** Who signed in. */
  readonly user: string;
  /** Why what only root may see was not seen; null: it was. */
  readonly rootProblem: string | null;
  readonly clock: ClockReading | null;
  /** What a part rests on; none where it did not come. `only`: these lines of it. */
  shows(label: string, only?: RegExp): Evidence[];
  /** Lines of files, as `grep -H` shows them. */
  showsFiles(...paths: readonly string[]): Evidence[];
  /** What was looked for by name, and whether it was there. */
  showsThere(...paths: readonly string[]): Evidence[];
}

/** The machine's clock against this computer's, in milliseconds; positive: it is ahead. */
export interface ClockReading {
  readonly offsetMs: number;
  /** How far off that may be: half of the time that asking took on the way. */
  readonly accuracyMs: number;
}

export function readPreflight(raw: RawPreflight): Preflight {
  const [first, ...more] = raw.runs;
  const frames = readFrames(first.stdout, first.nonce);
  const parts = new Map(frames.parts);
  const runOf = new Map<string, RawRun>();
  for (const run of more) {
    for (const [label, part] of readFrames(run.stdout, run.nonce).parts) {
      if (parts.has(label)) continue;
      parts.set(label, part);
      runOf.set(label, run);
    }
  }
  const whole = { ...frames, parts };
  const files = readEvidence(whole);
  const durationMs = Math.max(0, first.endedAt - first.sentAt);
  const { sections } = readFacts(whole, { collectedAt: first.endedAt, durationMs }).facts;
  const there = readThere(parts.get('there'));
  const evidence = (label: string, ran: string, text: string, exit: Evidence['exit']): Evidence => {
    const run = runOf.get(label) ?? first;
    const said = harmless(text.slice(0, mostShown * 2)).trim();
    return {
      // Paths and names in it may be the machine's own words.
      ran: harmless(ran.slice(0, 1_000)),
      where: raw.where.slice(0, 255),
      as: run.as.slice(0, 255),
      at: run.sentAt,
      durationMs: Math.max(0, run.endedAt - run.sentAt),
      said: said.slice(0, mostShown),
      cut: said.length > mostShown || text.length > mostShown * 2,
      exit,
    };
  };
  return {
    facts: sections,
    fact: (name) => {
      const section: { status: string; data?: unknown } = sections[name];
      // The schema of facts gives a section that is ok its data.
      return section.status === 'ok' ? (section.data as SectionData<typeof name>) : null;
    },
    lines: files.lines,
    line: files.line,
    paths: files.paths,
    exists: (path) => there.existing.has(path) || files.exists(path),
    existing: [...there.existing],
    hasTool: (name) => there.tools.has(name),
    runs: files.runs,
    part: (label) => parts.get(label),
    partsOf: (prefix) =>
      [...parts].flatMap(([label, part]) =>
        label.startsWith(prefix) ? [[label.slice(prefix.length), part] as const] : [],
      ),
    told: parts.get('there')?.end === 0,
    uid: there.uid,
    user: first.as,
    rootProblem: raw.rootProblem,
    clock: readClock(parts, first),
    shows(label, only) {
      const part = parts.get(label);
      if (!part) return [];
      const text = only ? linesThat(part.text, only) : part.text;
      return [evidence(label, commandOf(label, only), text, part.end)];
    },
    showsFiles(...paths) {
      const known = paths.filter((path) => files.lines(path) !== undefined);
      const text = known.flatMap((path) =>
        (files.lines(path) ?? []).map((line) => `${path}:${line}`),
      );
      return [
        evidence(
          'files',
          `grep -sH '' ${paths.join(' ')}`,
          text.join('\n'),
          known.length > 0 ? 0 : 1,
        ),
      ];
    },
    showsThere(...paths) {
      const text = paths
        .filter((path) => there.existing.has(path) || files.exists(path))
        .join('\n');
      return [evidence('there', `ls -d ${paths.join(' ')}`, text, text === '' ? 1 : 0)];
    },
  };
}

function linesThat(text: string, only: RegExp): string {
  return text
    .split('\n')
    .filter((line) => only.test(line))
    .slice(0, 200)
    .join('\n');
}

function readThere(part: Part | undefined) {
  const existing = new Set<string>();
  const tools = new Set<string>();
  let uid: number | null = null;
  for (const line of part?.text.split('\n') ?? []) {
    if (line.startsWith('+')) existing.add(line.slice(1));
    else if (line.startsWith('@')) tools.add(line.slice(1));
    else if (/^=\d{1,10}$/.test(line)) uid = Number(line.slice(1));
  }
  return { existing, tools, uid };
}

/**
 * Two looks at the machine's clock, at the beginning and at the end, against the moments of asking and of
 * the last answer: what lies between on the machine does not count, so that only the way blurs it.
 */
function readClock(parts: ReadonlyMap<string, Part>, run: RawRun): ClockReading | null {
  const begin = clockOf(parts.get('clock-begin'));
  const end = clockOf(parts.get('clock-end'));
  if (!begin || !end || end.ms < begin.ms) return null;
  const offsetMs = (begin.ms - run.sentAt + (end.ms - run.endedAt)) / 2;
  const wayMs = run.endedAt - run.sentAt - (end.ms - begin.ms);
  // A clock that was set meanwhile tells nothing; one that is slewed runs a little faster or slower.
  if (wayMs < -mostSlewMs - begin.blurMs) return null;
  return { offsetMs, accuracyMs: Math.abs(wayMs) / 2 + begin.blurMs };
}

const mostSlewMs = 1_500;

/** busybox knows no parts of a second and prints what it was asked. */
function clockOf(part: Part | undefined): { ms: number; blurMs: number } | null {
  const told = /^(\d{1,11})(?:\.(\d{9}))?/.exec(part?.text.trim() ?? '');
  if (part?.end !== 0 || !told) return null;
  const [, seconds, nanos] = told;
  if (nanos === undefined) return { ms: Number(seconds) * 1_000 + 500, blurMs: 500 };
  return { ms: Number(seconds) * 1_000 + Number(nanos) / 1e6, blurMs: 0 };
}
