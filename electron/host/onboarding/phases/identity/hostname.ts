import { z } from 'zod';
import type { PlanItem } from '../../../../../shared/jobs/plan.ts';
import { quote } from '../../../connections/ssh/index.ts';
import type { LookContext, Phase } from '../../../engine/jobs/index.ts';
import {
  applyFile,
  asOneChange,
  type Command,
  commandItem,
  type FileEdit,
  fileItems,
  isUnderWay,
  type Looked,
  linesOf,
  look,
  note,
  probing,
  runCommand,
  type SeenFile,
  savedFile,
  saveFile,
  seeFile,
  standingWith,
  told,
  undoFile,
} from '../../../engine/phases/index.ts';
import { othersCalled, renameInHosts } from './hosts-text.ts';

const label = '[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?';

const params = z.object({
  /** As the kernel takes it: at most 64 characters, with a domain or without. */
  name: z
    .string()
    .max(64)
    .regex(new RegExp(`^${label}(\\.${label})*$`), 'Letters, digits and hyphens only.'),
});
type Params = z.infer<typeof params>;

const saved = z.object({
  running: z.string().max(255),
  files: z.array(savedFile).max(10),
});

const cloudFile = '/etc/cloud/cloud.cfg.d/99-rackhelm-hostname.cfg';

/** What goes by the host name, and what that means. */
const dependents: readonly (readonly [RegExp, string])[] = [
  [
    /rancher/,
    'K3s runs here: to its cluster this becomes another node, and the old one stays behind.',
  ],
  [/kubelet/, 'A kubelet runs here: to its cluster this becomes another node.'],
  [/swarm/, 'Docker may be part of a swarm, which goes on calling this node by its old name.'],
  [
    /postfix|mailname|exim/,
    'Mail is set up here with a name of its own (/etc/mailname, main.cf); look at it.',
  ],
  [
    /pve/,
    'Proxmox keeps guests under the host name: rename such a machine as its own manual says.',
  ],
  [/minion/, 'A Salt minion runs here, whose id may be the old name.'],
  [/avahi/, 'The name under .local changes as well.'],
];
const dependentPaths = [
  '/etc/rancher/node',
  '/var/lib/rancher/k3s',
  '/var/lib/kubelet/config.yaml',
  '/var/lib/docker/swarm/docker-state.json',
  '/etc/postfix/main.cf',
  '/etc/mailname',
  '/etc/exim4',
  '/etc/pve',
  '/etc/salt/minion_id',
  '/usr/sbin/avahi-daemon',
];

const asked = {
  underWay: isUnderWay('hostname'),
  running: 'cat /proc/sys/kernel/hostname',
  systemd: '[ -d /run/systemd/system ] && command -v hostnamectl',
  cloud:
    'for f in /etc/cloud/cloud.cfg /etc/cloud/cloud-init.disabled; do [ -e "$f" ] && echo "$f"; done; true',
  legacy: 'cat /etc/sysconfig/network',
  dependents: `for f in ${dependentPaths.join(' ')}; do [ -e "$f" ] && echo "$f"; done; true`,
};

interface Standing {
  readonly looked: Looked<keyof typeof asked>;
  readonly running: string;
  readonly olds: readonly string[];
  readonly edits: readonly FileEdit[];
  readonly seen: readonly SeenFile[];
}

const nameFile = (name: string): FileEdit => ({
  path: '/etc/hostname',
  edit: (text) => (firstWord(text) === name ? text : `${name}\n`),
});

function firstWord(text: string | null): string {
  const lines = (text ?? '').split('\n').map((line) => line.replace(/#.*/, '').trim());
  return lines.find((line) => line !== '') ?? '';
}

/** The files, with the hosts file first: a machine that cannot find its own name makes sudo slow. */
function editsFor(name: string, olds: readonly string[], facts: Facts): FileEdit[] {
  const hosts: FileEdit = {
    path: '/etc/hosts',
    edit: (text) => renameInHosts(text, { from: olds, to: name }),
    unedit: (now) => renameInHosts(now, { from: [name], to: olds[0] ?? name }),
  };
  const cloud: FileEdit = { path: cloudFile, edit: (text) => cloudText(text, facts) };
  const legacy: FileEdit = {
    path: '/etc/sysconfig/network',
    edit: (text) => text?.replace(/^(\s*HOSTNAME=).*$/m, `$1${name}`) ?? null,
  };
  return [
    hosts,
    ...(facts.cloudInit ? [cloud] : []),
    ...(facts.legacy ? [legacy] : []),
    nameFile(name),
  ];
}

interface Facts {
  readonly cloudInit: boolean;
  /** cloud-init writes /etc/hosts anew at each boot. */
  readonly managesHosts: boolean;
  /** Red Hat before version 7. */
  readonly legacy: boolean;
}

function cloudText(text: string | null, { managesHosts }: Facts): string {
  const lines = ['preserve_hostname: true', ...(managesHosts ? ['manage_etc_hosts: false'] : [])];
  const had = text ?? '# Written by Rackhelm: the name of this machine stays as it is.\n';
  const missing = lines.filter((line) => !had.split('\n').includes(line));
  return missing.length === 0 ? had : `${had}${missing.join('\n')}\n`;
}

async function see(context: LookContext, { name }: Params): Promise<Standing> {
  const looked = await look(context, asked, { named: 'host name', root: true });
  const running = told(looked.parts.running).trim();
  const [hostname, hosts] = await Promise.all([
    seeFile(context, nameFile(name)),
    seeFile(context, { path: '/etc/hosts', edit: (text) => text }),
  ]);
  const cloud = linesOf(looked.parts.cloud);
  const facts: Facts = {
    cloudInit: cloud.includes('/etc/cloud/cloud.cfg') && cloud.length === 1,
    managesHosts: /manage_etc_hosts['"]? as True/.test(hosts.text ?? ''),
    legacy: looked.parts.legacy.exitCode === 0 && /^\s*HOSTNAME=/m.test(looked.parts.legacy.text),
  };
  const olds = [...new Set([running, firstWord(hostname.text)])].filter(
    (one) => one !== '' && one !== name,
  );
  const edits = editsFor(name, olds, facts);
  const seen: SeenFile[] = [];
  for (const edit of edits) seen.push(await seeFile(context, edit));
  return { looked, running, olds, edits, seen };
}

/** hostnamectl tells the rest of the system; it would write /etc/hostname too, which says so by then. */
function renaming(name: string, { looked }: Pick<Standing, 'looked'>): Command {
  const systemd = looked.parts.systemd.exitCode === 0;
  const word = quote(name);
  // Small systems may lack the command; in a container the file may be read-only.
  const plain = `hostname ${word} 2>/dev/null || printf '%s\\n' ${word} >/proc/sys/kernel/hostname`;
  return systemd
    ? {
        command: `hostnamectl set-hostname ${quote(name)}`,
        says: 'The running system takes the name.',
      }
    : { command: plain, says: 'The running kernel takes the name.' };
}

function warnings({ looked, seen, edits, olds, running }: Standing, name: string): PlanItem[] {
  const paths = linesOf(looked.parts.dependents).join('\n');
  const hosts = seen[edits.findIndex(({ path }) => path === '/etc/hosts')];
  const others = othersCalled(hosts?.text ?? null, olds);
  return [
    ...dependents.filter(([what]) => what.test(paths)).map(([, text]) => note('warning', text)),
    ...others.map((line) => note('warning', `/etc/hosts has “${line}”, which is left as it is.`)),
    ...(running === name
      ? []
      : [note('info', 'What runs already may show the old name until it is started anew.')]),
  ];
}

/** The name of the machine: in its files, in the running system, and for itself in /etc/hosts. */
export const hostnamePhase: Phase<Params, z.infer<typeof saved>> = {
  id: 'hostname',
  params,
  saved,
  title: ({ name }) => `Call it ${name}`,
  lasting: () => null,

  probe: (context, asked) =>
    probing(async () => {
      const { looked, running, edits, seen } = await see(context, asked);
      const { evidence } = looked;
      const open = edits.filter((_, index) => seen[index]?.done === false).map(({ path }) => path);
      const named = running === asked.name;
      const mark = looked.parts.underWay;
      if (named && open.length === 0)
        return {
          standing: standingWith(mark, 'present'),
          found: `It is called ${running}.`,
          evidence,
        };
      const untouched = !named && open.includes('/etc/hostname');
      const files = open.length === 0 ? '' : `; ${open.join(', ')} still to be changed`;
      const found = `It is called ${running}${files}.`;
      return { standing: standingWith(mark, untouched ? 'absent' : 'partly'), found, evidence };
    }),

  async plan(context, asked) {
    const standing = await see(context, asked);
    const { edits, seen, running } = standing;
    return [
      ...edits.flatMap((edit, index) => {
        const file = seen[index];
        return file ? fileItems(edit, file) : [];
      }),
      ...(running === asked.name ? [] : [commandItem(renaming(asked.name, standing))]),
      ...warnings(standing, asked.name),
    ];
  },

  async save(context, asked) {
    const { running, edits } = await see(context, asked);
    const files = [];
    for (const edit of edits) files.push(await saveFile(context, edit));
    return { running, files };
  },

  async apply(context, asked) {
    const standing = await see(context, asked);
    const { edits, running } = standing;
    await asOneChange(context, 'hostname', {
      work: async () => {
        for (const edit of edits) await applyFile(context, edit);
        if (running !== asked.name) await runCommand(context, renaming(asked.name, standing));
      },
    });
  },

  async undo(context, asked, { running, files }) {
    const standing = await see(context, asked);
    const edits = editsFor(asked.name, [running], noFacts);
    await asOneChange(context, 'hostname', {
      work: async () => {
        if (standing.running !== running) await runCommand(context, renaming(running, standing));
        for (const file of files.toReversed()) {
          const edit = edits.find(({ path }) => path === file.path);
          const other = { path: file.path, edit: same };
          await undoFile(context, edit ?? other, file, {
            alsoOurs: (text) => text === `${running}\n`,
          });
        }
      },
    });
  },
};

const noFacts: Facts = { cloudInit: false, managesHosts: false, legacy: false };
const same = (text: string | null) => text;
