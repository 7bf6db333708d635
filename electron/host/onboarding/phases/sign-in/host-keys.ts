import { z } from 'zod';
import { fingerprints, quote } from '../../../connections/ssh/index.ts';
import type { LookContext, Phase, PhaseContext } from '../../../engine/jobs/index.ts';
import type { Machine } from '../../../engine/machines/index.ts';
import {
  asOneChange,
  type Command,
  commandItem,
  isUnderWay,
  linesOf,
  look,
  note,
  notPossible,
  type Part,
  probing,
  runCommand,
  standingWith,
} from '../../../engine/phases/index.ts';
import { howAsked, readSettings, reloading, reloadSshd, testSshd } from './sshd.ts';

export interface PublicKey {
  /** `ssh-ed25519`. */
  readonly type: string;
  /** Base64, as in a .pub file. */
  readonly blob: string;
}

/** From now on this machine is known by exactly these keys; has to be kept before it returns. */
export type ExpectHostKeys = (machine: Machine, keys: readonly PublicKey[]) => Promise<void>;

const params = z.object({
  /** The public keys (Base64, as in .pub files) that it shares with another machine. */
  was: z
    .array(
      z
        .string()
        .max(8_192)
        .regex(/^[A-Za-z0-9+/]+=*$/),
    )
    .min(1)
    .max(20),
});
type Params = z.infer<typeof params>;

const saved = z.object({
  /** Where the old keys lie on the machine; only root may enter. */
  kept: z
    .string()
    .max(200)
    .regex(/^\/var\/lib\/rackhelm\/host-keys-[0-9a-f-]+$/),
});

const folder = '/etc/ssh';
/** New keys lie here until they are in place. */
const staging = '/etc/ssh/rackhelm-new-keys';

const pubs = (where: string) =>
  `for f in ${where}/ssh_host_*_key.pub; do [ ! -e "$f" ] || cat "$f"; done`;

const asked = {
  settings: 'sshd -T',
  keys: pubs(folder),
  staged: `[ -e ${staging} ]`,
  underWay: isUnderWay('host-keys'),
  how: howAsked,
};

async function see(context: LookContext, { was }: Params) {
  const { parts, evidence } = await look(context, asked, { named: 'host keys', root: true });
  const settings = readSettings(parts.settings);
  const files = settings.get('hostkey') ?? [];
  const keys = readKeys(parts.keys);
  return {
    /** Those that sshd uses, and that `ssh-keygen -A` makes. */
    files: files.filter((file) => /^\/etc\/ssh\/ssh_host_[a-z0-9]+_key$/.test(file)),
    others: files.filter((file) => !/^\/etc\/ssh\/ssh_host_[a-z0-9]+_key$/.test(file)),
    certificates: settings.get('hostcertificate')?.filter((one) => one !== 'none') ?? [],
    keys,
    shared: keys.filter(({ blob }) => was.includes(blob)),
    staged: parts.staged.exitCode === 0,
    underWay: parts.underWay,
    how: parts.how,
    evidence,
  };
}
type Seen = Awaited<ReturnType<typeof see>>;

function readKeys(part: Part): PublicKey[] {
  return linesOf(part).flatMap((line) => {
    const [type = '', blob = ''] = line.trim().split(/\s+/);
    return /^[\w@.-]+$/.test(type) && /^[A-Za-z0-9+/]+=*$/.test(blob) ? [{ type, blob }] : [];
  });
}

async function keysIn(context: LookContext, where: string): Promise<PublicKey[]> {
  const { parts } = await look(context, { keys: pubs(where) }, { named: 'host keys', root: true });
  return readKeys(parts.keys);
}

const stage: Command = {
  command: `[ -e ${staging}/done ] || { rm -rf ${staging} && mkdir -m 0700 ${staging} && mkdir -p ${staging}/etc/ssh && ssh-keygen -q -A -f ${staging} && touch ${staging}/done; }`,
  says: 'New keys, not in place yet.',
  timeoutMs: 120_000,
};

const keep = (kept: string): Command => ({
  command: `[ -e ${kept}/done ] || { umask 077 && rm -rf ${kept} && mkdir -p ${kept} && cp -p ${folder}/ssh_host_*_key ${folder}/ssh_host_*_key.pub ${kept}/ && touch ${kept}/done; }`,
  says: 'The old keys are kept there, for root alone, until this is undone.',
});

/**
 * Each file takes the place of one that is there, at once; a pair that is broken off is mended by running
 * it again.
 */
function place(from: string, files: readonly string[], says: string): Command {
  const names = files.map((file) => quote(file.slice(folder.length + 1))).join(' ');
  return {
    command: `for k in ${names}; do for f in "$k" "$k.pub"; do [ ! -e ${from}/"$f" ] || [ ! -e ${folder}/"$f" ] || { cp -p ${from}/"$f" ${folder}/"$f.new" && mv -f ${folder}/"$f.new" ${folder}/"$f"; } || exit 1; done; done; { ! command -v restorecon >/dev/null || restorecon ${folder}/ssh_host_*; }; sync`,
    says,
  };
}

async function putInPlace(
  context: PhaseContext,
  expect: ExpectHostKeys,
  { seen, from, says }: { seen: Seen; from: string; says: string },
): Promise<void> {
  const { machine, signal } = context;
  const next = await keysIn(context, from === staging ? `${staging}${folder}` : from);
  if (next.length === 0) throw notPossible(`There are no keys in ${from} on ${machine.name}.`);
  // Both are right until sshd has changed over, whatever breaks off meanwhile.
  await expect(machine, [...seen.keys, ...next]);
  machine.expectHostKeys(next.map(({ blob }) => fingerprints(blob).sha256));
  const where = from === staging ? `${staging}${folder}` : from;
  await runCommand(context, place(where, seen.files, says));
  await runCommand(context, testSshd);
  await runCommand(context, reloading(seen.how));
  await machine.moveTo({ signal, at: machine.at });
  await expect(machine, await keysIn(context, folder));
}

/** New host keys for a machine that was cloned; they are expected before they are in place. */
export function createHostKeysPhase(expect: ExpectHostKeys): Phase<Params, z.infer<typeof saved>> {
  return {
    id: 'host-keys',
    params,
    saved,
    title: () => 'Give it host keys of its own',
    lasting: () => null,

    probe: (context, given) =>
      probing(async () => {
        const { keys, shared, underWay, evidence } = await see(context, given);
        if (keys.length === 0)
          return { standing: 'unknown', found: 'There are no host keys to be read.', evidence };
        if (shared.length > 0) {
          const types = shared.map(({ type }) => type).join(', ');
          const standing = shared.length < keys.length ? 'partly' : 'absent';
          const found = `It shares its keys: ${types}.`;
          return { standing: standingWith(underWay, standing), found, evidence };
        }
        const standing = standingWith(underWay, 'present');
        return { standing, found: 'Its host keys are its own.', evidence };
      }),

    async plan(context, given) {
      const { files, how, others, certificates, shared } = await see(context, given);
      if (shared.length === 0) return [];
      return [
        commandItem(stage),
        note('info', 'The old keys are kept on the machine, for root alone, until this is undone.'),
        commandItem(place(`${staging}${folder}`, files, 'The new keys take their place.')),
        commandItem(testSshd),
        commandItem(reloading(how)),
        commandItem({ command: `rm -rf ${staging}` }),
        note('warning', 'Other computers that know this machine will be warned of a changed key.'),
        ...others.map((file) => note('warning', `sshd also uses ${file}, which stays as it is.`)),
        ...certificates.map((file) =>
          note('warning', `${file} certifies an old key; have the new one signed.`),
        ),
      ];
    },

    save: async ({ jobId }) => ({ kept: `/var/lib/rackhelm/host-keys-${jobId}` }),

    async apply(context, given, { kept }) {
      const seen = await see(context, given);
      if (seen.files.length === 0)
        throw notPossible('sshd there uses no keys in /etc/ssh that ssh-keygen makes.');
      // All is in place and only what came after it broke off.
      const work = async () => {
        if (seen.shared.length === 0 && !seen.staged) return reloadSshd(context);
        await runCommand(context, stage);
        await runCommand(context, keep(kept));
        const says = 'The new keys take their place.';
        await putInPlace(context, expect, { seen, from: staging, says });
      };
      await asOneChange(context, 'host-keys', { work, also: [staging] });
    },

    async undo(context, given, { kept }) {
      const { parts } = await look(
        context,
        { kept: `[ -e ${kept}/done ]` },
        { named: 'kept keys', root: true },
      );
      const seen = await see(context, given);
      const says = 'The old keys are back.';
      const work = async () => {
        if (parts.kept.exitCode === 0)
          await putInPlace(context, expect, { seen, from: kept, says });
      };
      await asOneChange(context, 'host-keys', { work, also: [staging, kept] });
    },
  };
}
