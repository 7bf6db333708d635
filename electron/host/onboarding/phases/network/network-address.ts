import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { PlanItem, Probed } from '../../../../../shared/jobs/plan.ts';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import type { LookContext, Phase, PhaseContext } from '../../../engine/jobs/index.ts';
import {
  commandItem,
  note,
  notPossible,
  probing,
  UnclearAnswer,
} from '../../../engine/phases/index.ts';
import { rendererIds } from './renderer.ts';
import { rendererOf } from './renderers/index.ts';
import { holdsSecrets, masked, unmasked } from './secret-lines.ts';
import { InBetween, type Seen, see, trialNow } from './seen.ts';
import { endTrial, switchOver } from './switch-over.ts';
import { familyOf, type NetworkParams, networkParams, wantedOf } from './wanted.ts';

/** Seconds of a trial: the old configuration is back within a minute. */
const trialSeconds = 40;

const saved = z.object({
  renderer: z.enum(rendererIds),
  link: z.string().max(15),
  path: z.string().max(1_000),
  /** Base64; without the secrets in it, which stay in the file there. Null: it was not there. */
  before: z.string().nullable(),
  afterHash: z.string(),
  mode: z.number().int(),
  /** Where the machine was reached. */
  at: z.string().max(255),
});
type Saved = z.infer<typeof saved>;

export interface NetworkPhaseOptions {
  /** Default 40. */
  readonly seconds?: number;
}

/**
 * Static addresses of one interface, through whatever looks after it on the machine. The machine itself
 * puts the old configuration back unless a new login gets in.
 */
export function createNetworkAddressPhase({
  seconds = trialSeconds,
}: NetworkPhaseOptions = {}): Phase<NetworkParams, Saved> {
  return {
    id: 'network-address',
    params: networkParams,
    saved,
    title: titleOf,
    lasting: () => null,
    probe: (context, params) => probing(() => standingNow(context, params)),

    plan: async (context, params) => {
      const seen = await clearly(context, params);
      return planOf(seen, context.machine.name, seconds);
    },

    async save(context, params) {
      const seen = await settled(context, params);
      const { before, after, path, mode } = seen.file;
      return {
        renderer: seen.renderer.id,
        link: seen.wanted.link,
        path,
        before: before === null ? null : Buffer.from(masked(before), 'latin1').toString('base64'),
        afterHash: hash(after ?? ''),
        mode: seen.state?.mode ?? mode,
        at: context.machine.at,
      };
    },

    async apply(context, params) {
      const seen = await settled(context, params);
      if (seen.written && seen.effective) return;
      const { file, renderer, state, wanted } = seen;
      await switchOver(context, {
        path: file.path,
        state,
        text: file.after,
        mode: file.mode,
        activation: renderer.activation(wanted, file),
        candidates: candidatesOf(seen, context.machine.at),
        seconds,
      });
    },

    undo: (context, params, kept) => undo(context, { params, kept, seconds }),
  };
}

function titleOf({ interface: name, mac, addresses, vlan }: NetworkParams): string {
  const link = `${name ?? mac}${vlan === null ? '' : `, VLAN ${vlan},`}`;
  return `Give ${link} the address${addresses.length > 1 ? 'es' : ''} ${addresses.join(', ')}`.slice(
    0,
    200,
  );
}

async function standingNow(context: LookContext, params: NetworkParams): Promise<Probed> {
  try {
    return standingOf(await see(context, params));
  } catch (error) {
    if (!(error instanceof InBetween)) throw error;
    return { standing: 'partly', found: error.message, evidence: error.evidence };
  }
}

function standingOf(seen: Seen): Probed {
  const { wanted, renderer, evidence, live, trial, written, effective, file } = seen;
  const has = live.length > 0 ? live.join(', ') : 'no address';
  const by = `${wanted.link} is looked after by ${renderer.name} and has ${has}`;
  const all = { evidence: [...evidence] };
  if (trial === 'running' || trial === 'broken')
    return { standing: 'partly', found: `${by}; a change is on trial and not confirmed.`, ...all };
  if (trial === 'prepared')
    return { standing: 'partly', found: `${by}; a change was made ready and not begun.`, ...all };
  // What is left of that has to go.
  if (trial === 'ended')
    return { standing: 'partly', found: `${by}; a change of it did not hold.`, ...all };
  if (written && effective)
    return { standing: 'present', found: `${by}, as ${file.path} says.`, ...all };
  if (written) return { standing: 'partly', found: `${file.path} says it, but ${by}.`, ...all };
  if (effective)
    return { standing: 'partly', found: `${by}, but ${file.path} does not say so.`, ...all };
  return { standing: 'absent', found: `${by}.`, ...all };
}

async function clearly(context: LookContext, params: NetworkParams): Promise<Seen> {
  try {
    return await see(context, params);
  } catch (error) {
    if (error instanceof UnclearAnswer) throw notPossible(error.message);
    throw error;
  }
}

/** As it stands once no change of another run is on trial any more. */
async function settled(context: PhaseContext, params: NetworkParams): Promise<Seen> {
  const trial = await trialNow(context);
  if (trial !== 'none') await endTrial(context, trial);
  return clearly(context, params);
}

function planOf(seen: Seen, machine: string, seconds: number): PlanItem[] {
  const { file, renderer, wanted, state } = seen;
  const shown = (text: string | null) =>
    text === null ? null : Buffer.from(masked(text), 'latin1').toString('utf8');
  const { activate } = renderer.activation(wanted, file);
  const candidates = seen.way === null ? [] : candidatesOf(seen, seen.way);
  const moves = candidates.length > 0 && !candidates.includes(seen.way ?? '');
  return [
    {
      kind: 'file',
      path: file.path,
      before: shown(file.before),
      after: shown(file.after),
      mode: state?.mode ?? file.mode,
    },
    commandItem({
      command: activate.join('\n').replaceAll('"$from"', file.path),
      says: `Puts it into effect through ${renderer.name}.`,
    }),
    note(
      'info',
      `${machine} puts the old configuration back by itself after ${seconds} seconds, unless a new login gets in.`,
    ),
    ...(moves
      ? [
          note(
            'warning',
            `${machine} is reached at ${candidates[0]} from then on, no longer at ${seen.way}.`,
          ),
        ]
      : []),
    ...(file.path.endsWith('/50-cloud-init.yaml')
      ? [
          note(
            'warning',
            'cloud-init wrote this file; where it is still active it may write it again.',
          ),
        ]
      : []),
  ];
}

/** Where the machine may answer with the new configuration, the likeliest first. */
function candidatesOf({ way, live, wanted }: Seen, at: string): string[] {
  const hosts = wanted.addresses.map((one) => one.split('/')[0] ?? one);
  if (way !== null && (hosts.includes(way) || !live.some((one) => one.split('/')[0] === way)))
    return [at];
  const alike = hosts.filter((host) => way === null || familyOf(host) === familyOf(way));
  // What has no address of that family any more keeps those that it has.
  const unchanged = way === null || alike.length === 0 ? [at] : [];
  return [...new Set([...alike, ...unchanged, ...hosts])];
}

interface Undoing {
  readonly params: NetworkParams;
  readonly kept: Saved;
  readonly seconds: number;
}

async function undo(context: PhaseContext, { params, kept, seconds }: Undoing): Promise<void> {
  const { machine, signal } = context;
  const trial = await trialNow(context);
  if (trial !== 'none') await endTrial(context, trial);
  const state = await machine.readFile(kept.path, { signal });
  const now = state?.content.toString('latin1') ?? null;
  const text = textBefore(kept, now);
  if (now === text) return;
  if (hash(now ?? '') !== kept.afterHash)
    throw new RackhelmError(
      'CHANGED_SINCE',
      `${kept.path} on ${machine.name} was changed since by somebody else, so it is left as it is.`,
    );
  const parent = kept.link.replace(/\.\d+$/, '');
  const wanted = { ...wantedOf(params, parent, null), link: kept.link };
  const file = { path: kept.path, before: now, after: text, mode: kept.mode };
  const activation = rendererOf(kept.renderer).activation(wanted, file);
  const candidates = [...new Set([kept.at, machine.at])];
  await switchOver(context, {
    path: kept.path,
    state,
    text,
    mode: kept.mode,
    activation,
    candidates,
    seconds,
  });
}

function textBefore({ before, path }: Saved, now: string | null): string | null {
  if (before === null) return null;
  const text = Buffer.from(before, 'base64').toString('latin1');
  if (!holdsSecrets(text)) return text;
  const whole = unmasked(text, now ?? '');
  if (whole !== undefined) return whole;
  throw notPossible(`The passwords in ${path} are not those of before any more.`);
}

function hash(text: string): string {
  return createHash('sha256').update(text, 'latin1').digest('hex');
}
