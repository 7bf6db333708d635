import path from 'node:path';
import { z } from 'zod';
import type { PlanItem } from '../../../../../shared/jobs/plan.ts';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import { quote } from '../../../connections/ssh/index.ts';
import type { LookContext, Phase } from '../../../engine/jobs/index.ts';
import {
  applyFile,
  asBytes,
  asOneChange,
  type Command,
  commandItem,
  type FileEdit,
  fileItems,
  isUnderWay,
  look,
  note,
  notPossible,
  probing,
  runCommand,
  savedFile,
  saveFile,
  seeFile,
  standingWith,
  undoFile,
} from '../../../engine/phases/index.ts';
import { hasKey, keyFiles, withKey, withoutKey } from './authorized-keys.ts';
import { cameFrom, readSettings, settingsFor, type TryKeyLogin } from './sshd.ts';

export const userName = z
  .string()
  .max(64)
  .regex(/^[a-zA-Z_][a-zA-Z0-9_.-]*\$?$/);

/** As in a .pub file: type, key, comment. One line. */
export const keyLine = z
  .string()
  .trim()
  .max(16_384)
  .regex(/^(ssh|ecdsa|sk)-[\w@.-]+ [A-Za-z0-9+/]+=*( [^\p{Cc}]*)?$/u);

const params = z.object({
  user: userName,
  key: keyLine,
});
type Params = z.infer<typeof params>;

const saved = z.object({
  file: savedFile,
  /** The folder of the keys, where it was not there before. */
  folder: z.string().max(1_000).nullable(),
});

const editOf = (file: string, key: string, own: boolean): FileEdit => ({
  path: file,
  mode: own ? 0o600 : 0o644,
  edit: (text) => withKey(text, asBytes(key)),
  unedit: (now, before) => {
    const left = withoutKey(now, asBytes(key));
    return left === '' && before === null ? null : left;
  },
});

async function account(context: LookContext, user: string) {
  const address = await cameFrom(context);
  const asked = {
    passwd: `getent passwd ${quote(user)} 2>/dev/null || grep -m 1 ${quote(`^${user.replaceAll('.', '\\.')}:`)} /etc/passwd`,
    settings: settingsFor(user, address),
  };
  const { parts, evidence } = await look(context, asked, { named: 'keys of a user', root: true });
  const [, , uid = '', gid = '', , home = ''] = parts.passwd.text.trim().split(':');
  if (parts.passwd.exitCode !== 0 || !home.startsWith('/'))
    throw notPossible(`${context.machine.name} has no user ${user} with a home of its own.`);
  const settings = readSettings(parts.settings);
  const [setting = '.ssh/authorized_keys'] = settings.get('authorizedkeysfile') ?? [];
  const who = { user, home: home.replace(/\/+$/, ''), uid: Number(uid) };
  return { ...who, gid: Number(gid), files: keyFiles(setting, who), evidence };
}

async function see(context: LookContext, { user, key }: Params) {
  const of = await account(context, user);
  const [first] = of.files;
  if (first === undefined) {
    throw notPossible(
      `sshd of ${context.machine.name} reads no file of keys for ${user}.`,
      'Look at AuthorizedKeysFile and AuthorizedKeysCommand in its settings.',
    );
  }
  const holding = [];
  for (const file of of.files) {
    const state = await context.machine.readFile(file, { signal: context.signal });
    if (hasKey(state?.content.toString('latin1') ?? null, key)) holding.push(state);
  }
  const target = holding[0]?.path ?? first;
  const own = target.startsWith(`${of.home}/`);
  const folder = path.posix.dirname(target);
  const asked = {
    link: `[ -L ${quote(target)} ] || [ -L ${quote(folder)} ]`,
    folder: `[ -d ${quote(folder)} ]`,
    underWay: isUnderWay('ssh-key'),
  };
  const { parts } = await look(context, asked, { named: 'folder of keys', root: true });
  return {
    ...of,
    target,
    own,
    folder,
    hasFolder: parts.folder.exitCode === 0,
    underWay: parts.underWay,
    linked: parts.link.exitCode === 0,
    state: holding[0] ?? null,
  };
}
type Seen = Awaited<ReturnType<typeof see>>;

/** sshd reads the file as its user, and refuses what others may write. */
function isReadable({ state, own, uid }: Seen): boolean {
  if (state === null || (state.mode & 0o022) !== 0) return false;
  return !own || state.uid === uid;
}

/** writeFile would make it root's, in which no user could keep a key. */
function folderCommand({ folder, own, uid, gid }: Seen): Command {
  const owner = own ? ` && chown ${uid}:${gid} ${quote(folder)}` : '';
  const mode = own ? '0700' : '0755';
  return { command: `mkdir -p -m ${mode} ${quote(folder)}${owner}` };
}

function rightsCommand({ target, folder, own, uid, gid }: Seen): Command {
  const owner = own ? `chown ${uid}:${gid} ${quote(target)} && ` : '';
  const context = `{ ! command -v restorecon >/dev/null || restorecon -R ${quote(folder)}; }`;
  return {
    command: `${owner}chmod go-w ${quote(target)} && ${context}`,
    says: 'sshd reads keys only from files that nobody else may write.',
  };
}

async function probe(context: LookContext, given: Params) {
  const seen = await see(context, given);
  const { evidence, state, target, underWay } = seen;
  const say = (standing: 'absent' | 'partly' | 'present', found: string) => ({
    standing: standingWith(underWay, standing),
    found,
    evidence,
  });
  if (isReadable(seen)) return say('present', `The key stands in ${target}.`);
  if (state === null) return say('absent', 'The key stands nowhere.');
  const rights = `owner ${state.uid}, mode ${state.mode.toString(8)}`;
  return say('partly', `The key stands in ${target}, which sshd does not read: ${rights}.`);
}

async function plan(context: LookContext, given: Params): Promise<PlanItem[]> {
  const seen = await see(context, given);
  if (isReadable(seen)) return [];
  const edit = editOf(seen.target, given.key, seen.own);
  return [
    ...(seen.linked
      ? [note('warning', `${seen.target} is a link; Rackhelm does not follow it.`)]
      : []),
    ...(seen.hasFolder ? [] : [commandItem(folderCommand(seen))]),
    ...fileItems(edit, await seeFile(context, edit)),
    commandItem(rightsCommand(seen)),
  ];
}

/** A public key that may log in, proven by a login of its own. */
export function createSshKeyPhase(tryKeyLogin: TryKeyLogin): Phase<Params, z.infer<typeof saved>> {
  return {
    id: 'ssh-key',
    params,
    saved,
    title: ({ user }) => `Let a key log in as ${user}`,
    lasting: () => null,
    probe: (context, given) => probing(() => probe(context, given)),
    plan,

    async save(context, given) {
      const { target, own, folder, hasFolder } = await see(context, given);
      const file = await saveFile(context, editOf(target, given.key, own));
      return { file, folder: hasFolder ? null : folder };
    },

    async apply(context, given) {
      const seen = await see(context, given);
      if (!isReadable(seen) || seen.underWay.exitCode === 0) {
        if (seen.linked)
          throw notPossible(
            `${seen.target} is a link, by which a user could have root write elsewhere.`,
          );
        const work = async () => {
          if (!seen.hasFolder) await runCommand(context, folderCommand(seen));
          await applyFile(context, editOf(seen.target, given.key, seen.own));
          await runCommand(context, rightsCommand(seen));
        };
        await asOneChange(context, 'ssh-key', { work });
      }
      const { machine, signal } = context;
      const answer = await tryKeyLogin({ machine, user: given.user, publicKey: given.key, signal });
      if (answer === 'no-key') context.log('The private part is not here, so no login was tried.');
      if (answer !== 'refused') return;
      throw new RackhelmError(
        'SSH_AUTH_FAILED',
        `The key stands in ${seen.target}, but sshd refuses it.`,
        {
          hint: `Look at the permissions of ${seen.home} (nobody else may write it), at PubkeyAuthentication and AllowUsers, and at the log of sshd.`,
        },
      );
    },

    async undo(context, given, { file, folder }) {
      const work = async () => {
        await undoFile(context, editOf(file.path, given.key, true), file);
        const made = { command: `rmdir ${quote(folder ?? '')} 2>/dev/null; true` };
        if (folder !== null) await runCommand(context, made);
      };
      await asOneChange(context, 'ssh-key', { work });
    },
  };
}
