import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { CheckResult, CheckSubject, Evidence } from '../../../../../shared/checks/check.ts';
import type { PlanItem } from '../../../../../shared/jobs/plan.ts';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import type { NodeRole } from '../../../../../shared/onboarding/role.ts';
import type { RunResult } from '../../../engine/machines/index.ts';
import { readFrames } from '../../../facts/index.ts';
import type { Lookable } from '../raw.ts';
import { type ListenAnswer, readListening, readTries, type TryAnswer } from './answers.ts';
import { judgePorts, type TriedPort } from './judge-ports.ts';
import { portsBetween } from './port-list.ts';

export interface PortMachine {
  readonly machine: Lookable;
  readonly subject: CheckSubject;
  readonly role: NodeRole;
  /** One of its own addresses, by which the others are to reach it; without prefix length. */
  readonly address: string;
}

export interface TryPortsOptions {
  /** The text of the script `ports`; see remote-script.ts. */
  readonly script: string;
  readonly signal: AbortSignal;
  /** Milliseconds that a machine has to begin listening; default 6,000. */
  readonly readyMs?: number;
  /** Milliseconds before what was refused is tried again; default 700. */
  readonly pauseMs?: number;
}

/** Seconds after which a listener ends by itself, whatever became of us. */
const listenSeconds = 20;
const trySeconds = 5;
/** More of them would be more than a person wants to wait for, and many processes on small boards. */
export const mostPortMachines = 16;

/** What trying changes for some seconds; for the plan, before anybody agrees to it. */
export function portsPlan(machines: readonly PortMachine[]): PlanItem[] {
  return machines.map((one) => {
    const specs = portSpecs(one, machines);
    const text = `On ${one.subject.name} (${one.address}) these ports are opened for at most ${listenSeconds} seconds, unless something listens there already: ${specs.join(', ')}. Nothing stays.`;
    return { kind: 'note', weight: 'info', text };
  });
}

/**
 * Tries the ports that these machines need of each other, in both directions and all at the same time.
 * Never throws for a machine: what could not be tried is unknown, with the reason.
 */
export async function tryPorts(
  machines: readonly PortMachine[],
  { script, signal, readyMs = 6_000, pauseMs = 700 }: TryPortsOptions,
): Promise<CheckResult[]> {
  if (machines.length > mostPortMachines) {
    throw new RackhelmError('INVALID_INPUT', `At most ${mostPortMachines} machines at once.`);
  }
  const token = `rackhelm-${randomBytes(12).toString('hex')}`;
  const ending = new AbortController();
  const scope = { script, token, signal: AbortSignal.any([signal, ending.signal]) };
  const listeners = machines.map((one) =>
    listen(one, portSpecs(one, machines), { ...scope, readyMs }),
  );
  try {
    const listening = await Promise.all(listeners.map(({ ready }) => ready));
    const own = new Set(
      machines.flatMap(({ address }, index) =>
        ownPorts(listening[index]).map((spec) => `${address}/${spec}`),
      ),
    );
    const tries = await Promise.all(
      machines.map((from) =>
        tryAgain(from, specsFrom(from, machines), { ...scope, signal, own, pauseMs }),
      ),
    );
    const at = Date.now();
    return machines.flatMap((to, index) => {
      const ways = machines.flatMap((from, origin) =>
        from === to ? [] : waysBetween({ from, to, told: listening[index], tries: tries[origin] }),
      );
      return judgePorts(to.subject, ways, at);
    });
  } finally {
    ending.abort();
    // Each ends what it started on its machine before it is through.
    await Promise.all(listeners.map(({ ended }) => ended));
  }
}

function portSpecs(to: PortMachine, machines: readonly PortMachine[]): readonly string[] {
  const needed = machines
    .filter((from) => from !== to)
    .flatMap((from) => portsBetween(from.role, to.role));
  return [...new Set(needed.map(({ port, protocol }) => `${port}/${protocol}`))];
}

interface Scope {
  readonly script: string;
  readonly token: string;
  readonly signal: AbortSignal;
}

type Told<T> =
  | { readonly answer: T; readonly evidence: readonly Evidence[] }
  | { readonly problem: string };

/** Begins to listen; `ready` when it does, or says why not; `ended` when nothing of it is left. */
function listen(
  { machine, address }: PortMachine,
  specs: readonly string[],
  { script, token, signal, readyMs }: Scope & { readonly readyMs: number },
): { readonly ready: Promise<Told<ListenAnswer>>; readonly ended: Promise<void> } {
  const lines: string[] = [];
  const { promise, resolve } = Promise.withResolvers<Told<ListenAnswer>>();
  const evidence = (): Evidence => ({
    ran: `listen on ${address}: ${specs.join(' ')}`.slice(0, 4_000),
    where: machine.name,
    as: machine.user,
    at: Date.now(),
    durationMs: null,
    said: lines.join('\n').slice(0, 4_000),
    cut: false,
    exit: null,
  });
  const settle = () => resolve({ answer: readListening(lines), evidence: [evidence()] });
  const timer = setTimeout(settle, readyMs);
  const nonce = randomBytes(16).toString('hex');
  const ended = machine
    .run(script, {
      args: [nonce, String(listenSeconds), 'listen', token, address, ...specs],
      signal,
      timeoutMs: (listenSeconds + 5) * 1_000,
      maxOutputBytes: 256 * 1024,
      named: 'ports.sh listen',
      onLine: (_stream, line) => {
        if (line === 'ready') settle();
        else if (lines.length < 200 && /^(listen |no-tool)/.test(line)) lines.push(line);
      },
    })
    .then(settle, (error: unknown) => resolve({ problem: messageOf(error) }))
    .finally(() => clearTimeout(timer));
  return { ready: promise, ended };
}

function ownPorts(told: Told<ListenAnswer> | undefined): readonly string[] {
  if (!told || !('answer' in told)) return [];
  return [...told.answer.ports].flatMap(([spec, { how }]) => (how === 'own' ? [spec] : []));
}

/**
 * Some listeners take one at a time, and some begin late: what is refused though we listen there is
 * tried again before it counts.
 */
async function tryAgain(
  from: PortMachine,
  specs: readonly string[],
  scope: Scope & { readonly own: ReadonlySet<string>; readonly pauseMs: number },
): Promise<Told<TryAnswer>> {
  let told = await tryFrom(from, specs, scope);
  for (let again = 0; again < 2 && 'answer' in told; again += 1) {
    const refused = [...told.answer.tries].flatMap(([spec, { how }]) =>
      how === 'refused' && scope.own.has(spec) ? [spec] : [],
    );
    if (refused.length === 0) return told;
    await pause(scope.pauseMs * (again + 1), undefined, { signal: scope.signal });
    const more = await tryFrom(from, refused, scope);
    if (!('answer' in more)) return told;
    const tries = new Map([...told.answer.tries, ...more.answer.tries]);
    told = { answer: { ...told.answer, tries }, evidence: [...told.evidence, ...more.evidence] };
  }
  return told;
}

function specsFrom(from: PortMachine, machines: readonly PortMachine[]): readonly string[] {
  return machines.flatMap((to) =>
    to === from
      ? []
      : portsBetween(from.role, to.role).map(
          ({ port, protocol }) => `${to.address}/${port}/${protocol}`,
        ),
  );
}

async function tryFrom(
  from: PortMachine,
  specs: readonly string[],
  { script, token, signal }: Scope,
): Promise<Told<TryAnswer>> {
  if (specs.length === 0) return { answer: { tries: new Map(), tools: true }, evidence: [] };
  const nonce = randomBytes(16).toString('hex');
  try {
    const result: RunResult = await from.machine.run(script, {
      args: [nonce, String(trySeconds), 'try', token, ...specs],
      signal,
      timeoutMs: (trySeconds + 8) * 1_000,
      maxOutputBytes: 256 * 1024,
      named: 'ports.sh try',
    });
    const part = readFrames(result.stdout, nonce).parts.get('try');
    return { answer: readTries(part), evidence: [result.evidence] };
  } catch (error) {
    if (signal.aborted) throw error;
    return { problem: messageOf(error) };
  }
}

function waysBetween({
  from,
  to,
  told,
  tries,
}: {
  readonly from: PortMachine;
  readonly to: PortMachine;
  readonly told: Told<ListenAnswer> | undefined;
  readonly tries: Told<TryAnswer> | undefined;
}): TriedPort[] {
  return portsBetween(from.role, to.role).map((needed) => {
    const spec = `${needed.port}/${needed.protocol}`;
    const heard = told && 'answer' in told ? told : null;
    const tried = tries && 'answer' in tries ? tries : null;
    const name = `${to.address}/${spec}`;
    const own = tried?.answer.tries.get(name) ?? null;
    return {
      from: from.subject.name,
      to: to.subject.name,
      address: to.address,
      needed,
      listening: heard?.answer.ports.get(spec) ?? null,
      tried: own,
      problem: problemOf(told, tries),
      evidence: [
        ...(heard?.evidence ?? []).map((each) => only(each, `listen ${spec} `)),
        ...(tried?.evidence ?? []).map((each) => only(each, `try ${name} `)),
      ],
    };
  });
}

function problemOf(
  told: Told<ListenAnswer> | undefined,
  tries: Told<TryAnswer> | undefined,
): string | null {
  if (!tries || 'problem' in tries) return tries?.problem ?? 'it was not tried.';
  if (!tries.answer.tools)
    return 'nothing there could open a connection (bash, nc, curl, python3 or perl).';
  // It may be reached all the same, by what listens there already.
  return told && 'problem' in told ? told.problem : null;
}

/** Of the answer of a machine the line that this way rests on. */
function only(evidence: Evidence, start: string): Evidence {
  const said = evidence.said.split('\n').filter((line) => line.startsWith(start));
  return {
    ...evidence,
    ran: `${evidence.ran} ${start.trim()}`.slice(0, 4_000),
    said: said.join('\n'),
  };
}

function messageOf(error: unknown): string {
  return error instanceof RackhelmError ? error.message : 'it could not be asked.';
}
