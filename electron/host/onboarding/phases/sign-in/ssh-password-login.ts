import { z } from 'zod';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import { quote } from '../../../connections/ssh/index.ts';
import type { LookContext, Phase, PhaseContext } from '../../../engine/jobs/index.ts';
import {
  applyFile,
  asOneChange,
  commandItem,
  type FileEdit,
  fileItems,
  isUnderWay,
  linesOf,
  look,
  note,
  probing,
  type SavedFile,
  savedFile,
  saveFile,
  seeFile,
  standingWith,
  undoFile,
} from '../../../engine/phases/index.ts';
import { keyLine, userName } from './ssh-key.ts';
import {
  cameFrom,
  howAsked,
  readSettings,
  reloading,
  reloadSshd,
  type SshdSettings,
  settingsFor,
  type TryKeyLogin,
  testSshd,
} from './sshd.ts';
import {
  allowsAgain,
  dropIn,
  mainFile,
  noPasswords,
  placeFor,
  withBlock,
  withoutBlock,
} from './sshd-text.ts';

const params = z.object({
  /** Who logs in with a key from now on; that this works is tried before and after. */
  user: userName,
  /** Of these one has to open; absent: whichever is at hand. */
  keys: z.array(keyLine).min(1).max(8).optional(),
});
type Params = z.infer<typeof params>;

const saved = z.object({ file: savedFile });

/** Somebody whom no Match block names. */
const anybody = 'rackhelm-anybody';

const settingLines =
  "grep -H -s -i -E '^[[:space:]]*(match|passwordauthentication|kbdinteractiveauthentication|challengeresponseauthentication)[[:space:]=]' /etc/ssh/sshd_config /etc/ssh/sshd_config.d/*.conf; true";

/** The new text as sshd would read it: it accepts it, and then allows this user no password. */
function checkOf(place: 'drop-in' | 'main', who: string): string {
  const tree = [
    'mkdir "$d/d" || exit 1',
    'for c in /etc/ssh/sshd_config.d/*.conf; do [ ! -e "$c" ] || cp "$c" "$d/d/" || exit 1; done',
    'cp "$f" "$d/d/00-rackhelm.conf" || exit 1',
    'f=$d/main',
    'sed "s#\\(/etc/ssh/\\)\\{0,1\\}sshd_config\\.d/#$d/d/#" /etc/ssh/sshd_config >"$f" || exit 1',
  ];
  return [
    ...(place === 'drop-in' ? tree : []),
    'sshd -t -f "$f" || exit 1',
    `sshd -T -f "$f" -C ${quote(who)} >"$d/told" || exit 1`,
    'grep -q -i -x "passwordauthentication no" "$d/told" && exit 0',
    'echo "Something else in its settings, a Match block or an earlier file, turns passwords on again."',
    'exit 1',
  ].join('\n');
}

interface EditOptions {
  readonly place: 'drop-in' | 'main';
  readonly former: boolean;
  /** `user=…,host=…,addr=…`. */
  readonly who: string;
}

function editOf({ place, former, who }: EditOptions): FileEdit {
  const lines = noPasswords(former);
  const check = checkOf(place, who);
  if (place === 'drop-in') {
    const text = `# Written by Rackhelm: keys only.\n${lines}`;
    return { path: dropIn, mode: 0o600, edit: () => text, check };
  }
  return {
    path: mainFile,
    edit: (text) => withBlock(text ?? '', lines),
    unedit: (now) => withoutBlock(now),
    check,
  };
}

async function see(context: LookContext, { user }: Params) {
  const address = await cameFrom(context);
  const asked = {
    mine: settingsFor(user, address),
    anybody: settingsFor(anybody, address),
    lines: settingLines,
    underWay: isUnderWay('ssh-password-login'),
    how: howAsked,
  };
  const { parts, evidence } = await look(context, asked, { named: 'sshd', root: true });
  const mine = readSettings(parts.mine);
  const main = await seeFile(context, { path: mainFile, edit: (text) => text });
  const edit = editOf({
    place: placeFor(withoutBlock(main.text ?? '')),
    former: mine.has('challengeresponseauthentication'),
    who: `user=${user},host=${address},addr=${address}`,
  });
  return {
    mine,
    open: allowsPasswords(mine) || allowsPasswords(readSettings(parts.anybody)),
    again: allowsAgain(linesOf(parts.lines)),
    underWay: parts.underWay,
    how: parts.how,
    edit,
    evidence,
  };
}
type Seen = Awaited<ReturnType<typeof see>>;

const says = (settings: SshdSettings, key: string) => settings.get(key)?.[0] ?? '';

function allowsPasswords(settings: SshdSettings): boolean {
  return [
    'passwordauthentication',
    'kbdinteractiveauthentication',
    'challengeresponseauthentication',
  ].some((key) => says(settings, key) === 'yes');
}

/** Where a password is asked for beside the key, nobody could log in any more. */
function needsPassword({ mine }: Seen): boolean {
  const methods = says(mine, 'authenticationmethods');
  if (methods === '' || methods === 'any') return false;
  return methods.split(/\s+/).every((one) => /password|keyboard-interactive/.test(one));
}

function lastWayIn(message: string): RackhelmError {
  return new RackhelmError('LAST_WAY_IN', message);
}

async function proveKey(context: PhaseContext, { user, keys }: Params, tryKeyLogin: TryKeyLogin) {
  const { machine, signal } = context;
  for (const publicKey of keys ?? [null]) {
    if ((await tryKeyLogin({ machine, user, publicKey, signal })) === 'in') return true;
  }
  return false;
}

async function putBack(context: PhaseContext, edit: FileEdit, file: SavedFile): Promise<void> {
  await undoFile(context, edit, file);
  await reloadSshd(context);
}

const blocks = (again: Seen['again']) =>
  again.map(({ match, file }) => `“Match ${match}” in ${file}`).join(', ');

/** Nobody logs in with a password any more; never the last way in. */
export function createSshPasswordLoginPhase(
  tryKeyLogin: TryKeyLogin,
): Phase<Params, z.infer<typeof saved>> {
  return {
    id: 'ssh-password-login',
    params,
    saved,
    title: () => 'Switch off login by password',
    lasting: () => null,

    probe: (context, given) =>
      probing(async () => {
        const { open, underWay, again, evidence } = await see(context, given);
        if (open)
          return {
            standing: standingWith(underWay, 'absent'),
            found: 'sshd takes passwords.',
            evidence,
          };
        const but = again.length === 0 ? '' : `, but for ${blocks(again)}`;
        return {
          standing: standingWith(underWay, 'present'),
          found: `sshd takes no passwords${but}.`,
          evidence,
        };
      }),

    async plan(context, given) {
      const { edit, how, again, open } = await see(context, given);
      if (!open) return [];
      return [
        note(
          'info',
          `First a new login as ${given.user} with ${given.keys ? 'the key that was put there' : 'a key'} has to work.`,
        ),
        ...fileItems(edit, await seeFile(context, edit)),
        commandItem(testSshd),
        commandItem(reloading(how)),
        ...again.map((one) =>
          note('warning', `${blocks([one])} goes on allowing passwords there.`),
        ),
      ];
    },

    async save(context, given) {
      const { edit } = await see(context, given);
      return { file: await saveFile(context, edit) };
    },

    async apply(context, given, { file }) {
      const seen = await see(context, given);
      const { user } = given;
      if (needsPassword(seen) || says(seen.mine, 'pubkeyauthentication') === 'no')
        throw lastWayIn('sshd asks for a password beside the key, so nobody could log in without.');
      if (!(await proveKey(context, given, tryKeyLogin)))
        throw lastWayIn(`No new login as ${user} with a key works, so passwords stay on.`);
      let works = false;
      const work = async () => {
        await applyFile(context, seen.edit);
        await reloadSshd(context);
        works = await proveKey(context, given, tryKeyLogin);
        if (!works) await putBack(context, seen.edit, file);
      };
      await asOneChange(context, 'ssh-password-login', { work });
      if (!works)
        throw lastWayIn(`With passwords off, ${user} could not log in; they are on again.`);
    },

    async undo(context, given, { file }) {
      const { edit } = await see(context, given);
      const work = () => putBack(context, { ...edit, path: file.path }, file);
      await asOneChange(context, 'ssh-password-login', { work });
    },
  };
}
