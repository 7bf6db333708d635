import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { PlanItem } from '../../../../../shared/jobs/plan.ts';
import type { LookContext, Phase } from '../../../engine/jobs/index.ts';
import {
  applyFile,
  commandItem,
  type FileEdit,
  linesOf,
  look,
  note,
  probing,
  savedFile,
  saveFile,
  seeFile,
  undoFile,
} from '../../../engine/phases/index.ts';

const machineId = z.string().regex(/^[0-9a-f]{32}$/);

const params = z.object({
  /** The id that it shares with another machine. */
  was: machineId,
});
type Params = z.infer<typeof params>;

const saved = z.object({
  /** Made before anything changes, so that a second try makes no second one. */
  next: machineId,
  files: z.array(savedFile).max(2),
});

const places = ['/etc/machine-id', '/var/lib/dbus/machine-id'] as const;

const asked = {
  /** A link leads to the first place: it is no file of its own. */
  link: '[ -L /var/lib/dbus/machine-id ]',
  dhcp: 'for f in /run/systemd/netif/leases /run/NetworkManager /var/lib/dhcpcd/duid /etc/dhcpcd.duid /var/log/journal /etc/rancher/node; do [ -e "$f" ] && echo "$f"; done; true',
};

const editOf = (path: string, was: string, next: string): FileEdit => ({
  path,
  edit: (text) => (text?.trim() === was ? `${next}\n` : text),
});

async function see(context: LookContext, { was }: Params) {
  const { parts, evidence } = await look(context, asked, { named: 'machine id', root: true });
  const own = parts.link.exitCode === 0 ? places.slice(0, 1) : places;
  const files = [];
  for (const path of own) {
    const { text } = await seeFile(context, { path, edit: (now) => now });
    if (text !== null) files.push({ path, shared: text.trim() === was });
  }
  return { files, depends: linesOf(parts.dhcp), evidence };
}

function warnings(depends: readonly string[]): PlanItem[] {
  const duid = depends.filter((path) => path.endsWith('duid'));
  const byId = depends.some((path) => /netif|NetworkManager/.test(path));
  return [
    note(
      'info',
      'What runs already keeps the old id until it is started anew: restart the machine.',
    ),
    ...(byId
      ? [
          note(
            'warning',
            'DHCP knows this machine by its id: after a restart it may get another address.',
          ),
        ]
      : []),
    ...duid.map((path) =>
      note(
        'warning',
        `${path} was cloned as well; delete it where both machines ask the same DHCP server.`,
      ),
    ),
    ...(depends.includes('/var/log/journal')
      ? [note('info', 'The journal goes on in a new folder; the old one stays.')]
      : []),
    ...(depends.includes('/etc/rancher/node')
      ? [
          note(
            'warning',
            'K3s keeps a password of the node in /etc/rancher/node, which was cloned as well.',
          ),
        ]
      : []),
  ];
}

/** An id of its own for a machine that was cloned. */
export const machineIdPhase: Phase<Params, z.infer<typeof saved>> = {
  id: 'machine-id',
  params,
  saved,
  title: () => 'Give it a machine id of its own',
  lasting: () => null,

  probe: (context, given) =>
    probing(async () => {
      const { files, evidence } = await see(context, given);
      const shared = files.filter((file) => file.shared).map(({ path }) => path);
      if (shared.length === 0)
        return { standing: 'present', found: 'Its machine id is not the shared one.', evidence };
      const standing = shared.length === files.length ? 'absent' : 'partly';
      return { standing, found: `The shared id stands in ${shared.join(', ')}.`, evidence };
    }),

  async plan(context, given) {
    const { files, depends } = await see(context, given);
    const shared = files.filter((file) => file.shared).map(({ path }) => path);
    if (shared.length === 0) return [];
    const command = `tr -d - </proc/sys/kernel/random/uuid | tee ${shared.join(' ')} >/dev/null`;
    return [commandItem({ command, says: 'A new random id.' }), ...warnings(depends)];
  },

  async save(context, given) {
    const { files } = await see(context, given);
    const next = randomUUID().replaceAll('-', '');
    const kept = [];
    for (const { path, shared } of files)
      if (shared) kept.push(await saveFile(context, editOf(path, given.was, next)));
    return { next, files: kept };
  },

  async apply(context, { was }, { next, files }) {
    for (const { path } of files) await applyFile(context, editOf(path, was, next));
  },

  async undo(context, { was }, { next, files }) {
    for (const file of files) await undoFile(context, editOf(file.path, was, next), file);
  },
};
