import { describe, expect, it } from 'vitest';
import {
  contextOf,
  runsThrough,
  standsEveryBreak,
} from '../../../engine/phases/trial/break-off.ts';
import { TrialNode } from '../../../engine/phases/trial/trial-node.ts';
import { swapPhase as phase } from './swap.ts';
import { readServices, readUnits } from './swap-sources.ts';

const params = {};
const fstab = '/dev/mmcblk0p2 / ext4 defaults 0 1\n/swap.img none swap sw 0 0\n';
const dphys = 'dphys-swapfile';

interface Board {
  readonly systemd?: boolean;
  readonly swaps?: readonly string[];
  readonly usedKiB?: number;
  readonly enabled?: readonly string[];
  readonly files?: Record<string, string>;
}
interface State {
  swaps: string[];
  enabled: string[];
  masked: string[];
}

const stateOf = (node: TrialNode) => node.state as unknown as State;
const off = (node: TrialNode, name: string) => {
  stateOf(node).swaps = stateOf(node).swaps.filter((one) => one !== name);
  return '';
};
const on = (node: TrialNode, name: string) => {
  stateOf(node).swaps = [...new Set([...stateOf(node).swaps, name])].sort();
  return '';
};

function board(options: Board = {}) {
  const { systemd = true, usedKiB = 100, swaps = ['/swap.img'], enabled = [] } = options;
  const { files = { '/etc/fstab': fstab } } = options;
  const auto = 'dev-sda3.swap';
  return new TrialNode({
    files,
    state: { swaps: [...swaps], enabled: [...enabled], masked: [] },
    programs: [
      [
        /^cat \/proc\/swaps$/,
        (_, node) =>
          [
            'Filename Type Size Used Priority',
            ...stateOf(node).swaps.map((s) => `${s} file 9 ${usedKiB} -2`),
          ].join('\n'),
      ],
      [/^cat \/proc\/meminfo$/, () => 'MemTotal: 4000000 kB\nMemAvailable: 2000000 kB\n'],
      [/^\[ -d \/run\/systemd\/system \]$/, () => (systemd ? '' : { out: '', exit: 1 })],
      [
        /for u in dphys-swapfile zramswap /,
        (_, node) =>
          [dphys]
            .map((u) => `${u} ${stateOf(node).enabled.includes(u) ? 'enabled' : 'disabled'} active`)
            .join('\n'),
      ],
      [
        /list-units/,
        (_, node) => {
          const made = stateOf(node).enabled.includes(auto) && !stateOf(node).masked.includes(auto);
          return made ? `${auto}|/run/systemd/generator.late/${auto}||generated|active\n` : '';
        },
      ],
      [
        /^for f in (.*?);/,
        ([, all = ''], it) =>
          all
            .split(' ')
            .filter((p) => it.has(p))
            .join('\n'),
      ],
      [/^ls -d|zswap/, () => ''],
      [/^systemctl daemon-reload$/, () => ''],
      [
        /^systemctl disable --now '(.*)'$/,
        ([, name = ''], node) => {
          stateOf(node).enabled = stateOf(node).enabled.filter((one) => one !== name);
          return off(node, '/var/swap');
        },
      ],
      [
        /^systemctl enable '(.*?)' && systemctl start/,
        ([, name = ''], node) => {
          stateOf(node).enabled = [...stateOf(node).enabled, name].sort();
          return on(node, '/var/swap');
        },
      ],
      [
        /^systemctl mask --now '(.*)'$/,
        ([, name = ''], node) => {
          stateOf(node).masked.push(name);
          return off(node, '/dev/sda3');
        },
      ],
      [
        /^systemctl unmask '(.*?)' && /,
        (_, node) => {
          stateOf(node).masked = [];
          return on(node, '/dev/sda3');
        },
      ],
      [/^systemctl restart systemd-zram-setup@zram0/, (_, node) => on(node, '/dev/zram0')],
      [/^swapoff '(.*)'$/, ([, name = ''], node) => off(node, name)],
      [/^swapon .*'(.*)'$/, ([, name = ''], node) => on(node, name)],
    ],
  });
}

const boards: Record<string, Board> = {
  'a file of fstab': {},
  'fstab without systemd': { systemd: false },
  'dphys-swapfile': { swaps: ['/var/swap'], enabled: [dphys], files: {} },
  'a partition found by itself': { swaps: ['/dev/sda3'], enabled: ['dev-sda3.swap'], files: {} },
  'swap in memory': {
    swaps: ['/dev/zram0'],
    files: {
      '/etc/fstab': '',
      '/usr/lib/systemd/system-generators/zram-generator': 'x',
      '/usr/lib/systemd/zram-generator.conf': '[zram0]\n',
    },
  },
  'Raspberry Pi OS 13': {
    swaps: ['/dev/zram0'],
    files: {
      '/usr/lib/systemd/system-generators/rpi-swap-generator': 'x',
      '/etc/rpi/swap.conf': '[Main]\n',
    },
  },
  'all at once': {
    swaps: ['/dev/sda3', '/swap.img', '/var/swap'],
    enabled: ['dev-sda3.swap', dphys],
  },
};

describe('swap', () => {
  it.each(Object.keys(boards))('is switched off and brought back: %s', async (name) => {
    const { applied, probed } = await runsThrough({
      phase,
      params,
      node: () => board(boards[name]),
    });
    expect(probed.standing).toBe('absent');
    expect(applied).toContain('"swaps": []');
  });

  it.each(Object.keys(boards))('stands every break: %s', async (name) => {
    expect(
      await standsEveryBreak({ phase, params, node: () => board(boards[name]) }),
    ).toBeGreaterThan(15);
  });

  it('keeps the text of fstab out of the journal, and what others added to it since', async () => {
    const secret = `${fstab}//nas/x /x cifs password=hunter2 0 0\n`;
    const node = board({ files: { '/etc/fstab': secret } });
    const context = contextOf(node.machine);
    const probed = await phase.probe(context, params);
    const plan = await phase.plan(context, params, probed);
    const saved = await phase.save(context, params);
    const kept = JSON.stringify({ probed, plan, saved });
    expect(kept).not.toContain('hunter2');
    expect(kept).not.toContain(Buffer.from(secret).toString('base64').slice(0, 40));
    await phase.apply(context, params, saved);
    node.machine.files.put('/etc/fstab', `${node.machine.files.text('/etc/fstab')}# theirs\n`);
    await phase.undo(context, params, saved);
    expect(node.machine.files.text('/etc/fstab')).toBe(`${secret}# theirs\n`);
  });

  it('does not switch off what memory has no room for', async () => {
    const node = board({ usedKiB: 1_900_000 });
    const context = contextOf(node.machine);
    const before = node.picture();
    const saved = await phase.save(context, params);
    await expect(phase.apply(context, params, saved)).rejects.toMatchObject({
      code: 'FIX_NOT_POSSIBLE',
      message: '1856 MiB lie in swap and only 1954 MiB of memory are free.',
    });
    expect(node.picture()).toBe(before);
  });

  it('tells the units apart that fstab makes, that are made at each boot, and that are installed', () => {
    expect(
      readUnits([
        'swap.img.swap|/run/systemd/generator/swap.img.swap|/etc/fstab|generated|active',
        'dev-zram0.swap|/run/systemd/generator/dev-zram0.swap||generated|active',
        'dev-sda3.swap|/run/systemd/generator.late/dev-sda3.swap||generated|active',
        'mine.swap|/etc/systemd/system/mine.swap||enabled|inactive',
        'gone.swap|/dev/null||masked|inactive',
        "a';x.swap|/etc/x||enabled|active",
      ]),
    ).toEqual([
      { name: 'dev-sda3.swap', off: 'mask', active: true },
      { name: 'mine.swap', off: 'disable', active: false },
    ]);
    expect(readServices([`${dphys} not-found inactive`, 'zramswap enabled active'])).toEqual([
      { name: 'zramswap', off: 'disable', active: true },
    ]);
  });
});
