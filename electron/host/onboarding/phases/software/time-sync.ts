import { z } from 'zod';
import type { LookContext, Phase } from '../../../engine/jobs/index.ts';
import {
  applyFile,
  asOneChange,
  type Command,
  commandItem,
  type FileEdit,
  fileItems,
  isUnderWay,
  linesOf,
  look,
  note,
  notPossible,
  probing,
  runCommand,
  savedFile,
  saveFile,
  seeFile,
  servicesAsked,
  standingWith,
  UnclearAnswer,
  undoFile,
} from '../../../engine/phases/index.ts';
import {
  serversEdit,
  servicesOf,
  type TimeServiceId,
  timePaths,
  timeServiceOf,
} from './time-services.ts';

const params = z.object({
  /** Names or addresses; none: those that it has already. */
  servers: z
    .array(
      z
        .string()
        .max(253)
        .regex(/^[a-zA-Z0-9]([a-zA-Z0-9.:-]*[a-zA-Z0-9])?$/),
    )
    .max(8)
    .default([]),
});
type Params = z.infer<typeof params>;

const serviceName = z.string().regex(/^[a-z-]{1,40}$/);
const saved = z.object({
  file: savedFile.nullable(),
  service: z
    .object({
      name: serviceName,
      init: z.enum(['systemd', 'openrc']),
      enabled: z.boolean(),
      active: z.boolean(),
    })
    .nullable(),
});
type Service = NonNullable<z.infer<typeof saved>['service']>;

const names = [...new Set(Object.values(servicesOf).flat())];

const asked = {
  paths: `for f in ${timePaths.join(' ')}; do [ -e "$f" ] && echo "$f"; done; true`,
  ntpd: 'readlink -f /usr/sbin/ntpd; true',
  running: 'cat /proc/[0-9]*/comm 2>/dev/null | sort -u',
  systemd: servicesAsked(names),
  openrc: `command -v rc-service >/dev/null || exit 1; for s in ${names.join(' ')}; do [ -x "/etc/init.d/$s" ] || continue; e=disabled; rc-update show 2>/dev/null | grep -q "^ *$s |" && e=enabled; a=inactive; rc-service "$s" status >/dev/null 2>&1 && a=active; echo "$s $e $a"; done; true`,
  underWay: isUnderWay('time-sync'),
  synchronized: 'timedatectl show -p NTPSynchronized --value 2>/dev/null; true',
};

async function see(context: LookContext, { servers }: Params) {
  const { parts, evidence } = await look(context, asked, { named: 'time', root: true });
  const running = linesOf(parts.running);
  if (running.length === 0) throw new UnclearAnswer('What runs there cannot be read.', evidence);
  const facts = { paths: linesOf(parts.paths), ntpd: parts.ntpd.text.trim(), running };
  const id = timeServiceOf(facts);
  const init = parts.systemd.exitCode === 0 ? 'systemd' : 'openrc';
  const rows = linesOf(init === 'systemd' ? parts.systemd : parts.openrc);
  const edit = id === null ? null : serversEdit(id, facts, servers);
  return {
    id,
    service: id === null ? null : serviceIn(rows, id, init),
    edit,
    seen: edit ? await seeFile(context, edit) : null,
    underWay: parts.underWay,
    synchronized: parts.synchronized.text.trim() === 'yes',
    evidence,
  };
}
type Seen = Awaited<ReturnType<typeof see>>;

/** An alias of another unit is not one that can be enabled. */
function serviceIn(
  rows: readonly string[],
  id: TimeServiceId,
  init: Service['init'],
): Service | null {
  const known = rows.flatMap((row): Service[] => {
    const [name = '', enabled = '', active = ''] = row.split(' ');
    if (!servicesOf[id].includes(name) || !/^(enabled|disabled)/.test(enabled)) return [];
    return [{ name, init, enabled: enabled.startsWith('enabled'), active: active === 'active' }];
  });
  return known.toSorted((a, b) => Number(b.active) - Number(a.active))[0] ?? null;
}

/** Started anew where its settings changed, so that it runs with them. */
function startCommand({ name, init }: Service, again: boolean): Command {
  const how = again ? 'restart' : 'start';
  const says = 'It keeps the time, now and after each boot.';
  return init === 'systemd'
    ? { command: `systemctl enable ${name}.service && systemctl ${how} ${name}.service`, says }
    : {
        command: `{ rc-update show default | grep -q '^ *${name} |' || rc-update add ${name} default; } && rc-service ${name} ${how}`,
        says,
      };
}

/** As it was before: enabled or not, running or not, with the settings that stand there again. */
function restoreCommand({ name, init, enabled, active }: Service): Command {
  const run = active ? 'restart' : 'stop';
  if (init === 'systemd')
    return {
      command: `systemctl ${enabled ? 'enable' : 'disable'} ${name}.service && systemctl ${run} ${name}.service`,
    };
  const off = `! rc-update show default | grep -q '^ *${name} |' || rc-update del ${name} default`;
  return { command: `${enabled ? '' : `{ ${off}; } && `}rc-service ${name} ${run}` };
}

const whole = ({ service, seen, underWay }: Seen) =>
  service?.enabled === true && service.active && seen?.done !== false && underWay.exitCode !== 0;

function noService({ id }: Seen): { readonly found: string; readonly hint: string } {
  if (id === null)
    return {
      found: 'No time service is installed there.',
      hint: 'Install chrony, or systemd-timesyncd, there; then go on.',
    };
  const found = `${id} is installed there, and how it is started cannot be told.`;
  return { found, hint: `Look there what \`systemctl status\` says of ${id}; then go on.` };
}

/** The clock is kept by whichever service the machine has. */
export const timeSyncPhase: Phase<Params, z.infer<typeof saved>> = {
  id: 'time-sync',
  params,
  saved,
  title: ({ servers }) =>
    (servers.length === 0 ? 'Keep its clock' : `Keep its clock by ${servers.join(', ')}`).slice(
      0,
      200,
    ),
  lasting: () => null,

  probe: (context, given) =>
    probing(async () => {
      const now = await see(context, given);
      const { service, evidence, synchronized, seen } = now;
      if (service === null) return { standing: 'absent', found: noService(now).found, evidence };
      if (whole(now)) {
        const clock = synchronized ? 'and the clock is synchronised' : 'the clock may take a while';
        return { standing: 'present', found: `${service.name} runs, ${clock}.`, evidence };
      }
      const open = [
        ...(service.active ? [] : ['does not run']),
        ...(service.enabled ? [] : ['does not start at a boot']),
        ...(seen?.done === false ? ['does not ask these servers'] : []),
        ...(now.underWay.exitCode === 0 ? ['was not started anew since'] : []),
      ];
      const standing = service.active || service.enabled ? 'partly' : 'absent';
      const found = `${service.name} ${open.join(', ')}.`;
      return { standing: standingWith(now.underWay, standing), found, evidence };
    }),

  async plan(context, given) {
    const now = await see(context, given);
    const { service, edit, seen } = now;
    if (service === null) {
      const { found, hint } = noService(now);
      return [note('warning', `${found} ${hint}`)];
    }
    if (whole(now)) return [];
    return [
      ...(edit && seen ? fileItems(edit, seen) : []),
      commandItem(startCommand(service, seen?.done === false)),
    ];
  },

  async save(context, given) {
    const { service, edit } = await see(context, given);
    return { service, file: edit ? await saveFile(context, edit) : null };
  },

  async apply(context, given) {
    const now = await see(context, given);
    const { service, edit } = now;
    if (service === null) {
      const { found, hint } = noService(now);
      throw notPossible(found, hint);
    }
    const work = async () => {
      if (edit) await applyFile(context, edit);
      await runCommand(context, startCommand(service, edit !== null));
    };
    await asOneChange(context, 'time-sync', { work });
  },

  async undo(context, given, { file, service }) {
    if (service === null) return;
    const work = async () => {
      if (file) await undoFile(context, await editFor(context, given, file.path), file);
      await runCommand(context, restoreCommand(service));
    };
    await asOneChange(context, 'time-sync', { work });
  },
};

async function editFor(context: LookContext, given: Params, path: string): Promise<FileEdit> {
  const { edit } = await see(context, given);
  return edit?.path === path ? edit : { path, edit: (text) => text };
}
