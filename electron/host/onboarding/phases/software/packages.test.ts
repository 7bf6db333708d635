import { describe, expect, it } from 'vitest';
import {
  contextOf,
  runsThrough,
  standsEveryBreak,
} from '../../../engine/phases/trial/break-off.ts';
import { TrialNode } from '../../../engine/phases/trial/trial-node.ts';
import { managers } from './package-managers.ts';
import { nativeName } from './package-names.ts';
import { troubleIn } from './package-trouble.ts';
import { createPackagesPhase } from './packages.ts';

const phase = createPackagesPhase({ boundMs: 40, stepMs: 5 });
const params = { packages: ['curl', 'nfs-common'] };
const needs: Record<string, string[]> = {
  curl: ['libcurl'],
  'nfs-common': ['rpcbind'],
  'nfs-utils': ['rpcbind'],
  'nfs-client': ['rpcbind'],
  theirs: ['rpcbind'],
};

type Tool = 'apt-get' | 'apk' | 'dnf' | 'pacman' | 'zypper';
interface State {
  installed: string[];
}
const of = (node: TrialNode) => node.state as unknown as State;
const namesIn = (text: string) => [...text.matchAll(/'([^']+)'/g)].map(([, one = '']) => one);
const withNeeds = (node: TrialNode, names: readonly string[]) =>
  [...new Set(names.flatMap((one) => [...(needs[one] ?? []), one]))].filter(
    (one) => !of(node).installed.includes(one),
  );
const needed = (node: TrialNode, names: readonly string[]) =>
  of(node).installed.filter(
    (one) => !names.includes(one) && needs[one]?.some((need) => names.includes(need)),
  );

function says(tool: Tool, added: readonly string[]): string {
  switch (tool) {
    case 'apt-get':
      return `NOTE: only a simulation\n${added.map((one) => `Inst ${one} (1.2 Debian:13 [arm64])`).join('\n')}\nInst bash [5.1] (5.2 Debian:13)\n`;
    case 'apk':
      return added
        .map((one, i) => `(${i + 1}/${added.length}) Installing ${one} (1.2-r0)`)
        .join('\n');
    case 'dnf':
      return `Installing:\n${added.map((one) => ` ${one}   aarch64  1.2  base  9 k`).join('\n')}\nUpgrading:\n bash   aarch64  5  base  1 k\nTransaction Summary\n`;
    case 'pacman':
      return added.map((one) => `new ${one}`).join('\n');
    case 'zypper':
      return `The following 3 NEW packages are going to be installed:\n  ${added.join(' ')}\n\n3 new\n`;
  }
}

function node(tool: Tool = 'apt-get', installed = ['bash']) {
  const gone = { out: '', exit: 1 };
  return new TrialNode({
    state: { installed },
    programs: [
      [/^for m in apt-get/, () => `${tool}\n`],
      [/^(dpkg-query -W dpkg|rpm -q rpm|apk info -e busybox|pacman -Q pacman)$/, () => 'yes'],
      [
        /^for p in (.*?); do/,
        ([, names = ''], it) =>
          namesIn(names)
            .filter((one) => of(it).installed.includes(one))
            .join('\n'),
      ],
      [
        /(?:install|add) -s |-s -q -y --no-install|--assumeno|--print-format %n '|--dry-run|^all=/,
        ({ input }, it) =>
          /remove| -R /.test(input) ? '' : says(tool, withNeeds(it, namesIn(input))),
      ],
      [
        /^(apt-get -s .*remove|apk del -s|rpm -e --test|pacman -R --print)/,
        ({ input }, it) => {
          const names = namesIn(input);
          const others = needed(it, names);
          if (tool === 'apt-get')
            return [...names, ...others].map((one) => `Remv ${one} [1.2]`).join('\n');
          return others.length > 0 ? { out: `${others} needs it`, exit: 1 } : '';
        },
      ],
      [
        / (install|add --wait 60|-S --needed)/,
        ({ input }, it) => {
          of(it).installed = [...of(it).installed, ...withNeeds(it, namesIn(input))].sort();
          return '';
        },
      ],
      [
        / (remove|del --wait 60|-R --noconfirm)/,
        ({ input }, it) => {
          of(it).installed = of(it).installed.filter((one) => !namesIn(input).includes(one));
          return '';
        },
      ],
      [/^(apt-get|apk) .*update$|^apk update$/, () => gone],
    ],
  });
}

describe('packages', () => {
  it.each(['apt-get', 'apk', 'dnf', 'pacman', 'zypper'] as const)(
    '%s installs, and deletes only what was new',
    async (tool) => {
      const { applied } = await runsThrough({ phase, params, node: () => node(tool) });
      expect(applied).toContain('"curl"');
      expect(applied).toContain('"rpcbind"');
      await runsThrough({ phase, params, node: () => node(tool, ['bash', 'rpcbind']) });
    },
  );

  it('stands every break', async () => {
    expect(await standsEveryBreak({ phase, params, node })).toBeGreaterThan(15);
  });

  it('does not delete what others need by now', async () => {
    const it = node();
    const context = contextOf(it.machine);
    const saved = await phase.save(context, params);
    expect(saved.added).toEqual(['libcurl', 'curl', 'rpcbind', 'nfs-common']);
    await phase.apply(context, params, saved);
    of(it).installed = [...of(it).installed, 'theirs'];
    await expect(phase.undo(context, params, saved)).rejects.toMatchObject({
      code: 'CHANGED_SINCE',
      message: expect.stringContaining('theirs'),
    });
    expect(of(it).installed).toContain('rpcbind');
  });

  it('waits for another package manager, within a bound', async () => {
    const it = node();
    const context = contextOf(it.machine);
    const saved = await phase.save(context, params);
    let left = 2;
    const real = node();
    it.machine.answer(/ install 'curl'/, (asked) => {
      if (/ -s /.test(asked.script) || left-- > 0)
        return {
          stderr:
            'E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 7 (apt)',
          exitCode: 100,
        };
      of(it).installed = [...of(it).installed, 'curl', 'nfs-common', 'libcurl', 'rpcbind'].sort();
      return '';
    });
    await phase.apply(context, params, saved);
    expect((await phase.probe(context, params)).standing).toBe('present');
    left = Number.POSITIVE_INFINITY;
    of(it).installed = of(real).installed;
    await expect(phase.apply(context, params, saved)).rejects.toMatchObject({
      code: 'PACKAGES_LOCKED',
      message: expect.stringContaining('process 7'),
    });
  });

  it('brings an installation to its end that was broken off', async () => {
    const it = node();
    const context = contextOf(it.machine);
    const saved = await phase.save(context, params);
    let broken = true;
    it.machine.answer(/ install 'curl'/, () => {
      if (broken)
        return {
          stderr: "E: dpkg was interrupted, you must manually run 'dpkg --configure -a'",
          exitCode: 100,
        };
      of(it).installed = [...of(it).installed, 'curl', 'nfs-common'];
      return '';
    });
    it.machine.answer('dpkg --configure -a', () => {
      broken = false;
      return '';
    });
    await phase.apply(context, params, saved);
    expect((await phase.probe(context, params)).standing).toBe('present');
  });

  it.each([
    [
      "E: Failed to fetch http://deb.example/x  Temporary failure resolving 'deb.example'",
      'PACKAGES_UNREACHABLE',
    ],
    ['E: Unable to locate package nfs-common', 'PACKAGE_UNKNOWN'],
    ['E: You don’t have enough free space', 'COMMAND_FAILED'],
  ])('fails before it changes anything: %s', async (stderr, code) => {
    const it = node();
    it.machine.answer(/ -s /, { stderr, exitCode: 100 });
    await expect(phase.save(contextOf(it.machine), params)).rejects.toMatchObject({ code });
  });

  it('takes neither an unreadable list nor an unknown package manager for absent', async () => {
    const broken = node();
    broken.machine.answer(/dpkg-query -W dpkg/, { stdout: '', exitCode: 1 });
    expect((await phase.probe(contextOf(broken.machine), params)).standing).toBe('unknown');
    const other = new TrialNode({ programs: [[/^for m/, () => ({ out: '', exit: 1 })]] });
    expect((await phase.probe(contextOf(other.machine), params)).standing).toBe('unknown');
  });

  it('calls packages as each distribution does', () => {
    expect(nativeName('nfs-common', 'dnf')).toBe('nfs-utils');
    expect(nativeName('nfs-common', 'zypper')).toBe('nfs-client');
    expect(nativeName('open-iscsi', 'apt')).toBe('open-iscsi');
    expect(nativeName('curl', 'pacman')).toBe('curl');
  });
});

it('reads what would be added, without what is only upgraded', () => {
  expect(managers.dnf.added(says('dnf', ['a', 'b']))).toEqual(['a', 'b']);
  expect(managers.apt.added(says('apt-get', ['a']))).toEqual(['a']);
  expect(managers.zypper.added(says('zypper', ['a', 'b']))).toEqual(['a', 'b']);
  expect(managers.apk.added(says('apk', ['a']))).toEqual(['a']);
});

it.each([
  ['ERROR: Unable to lock database: Resource temporarily unavailable', 'locked'],
  ['error: failed to synchronize all databases (unable to lock database)', 'locked'],
  ['System management is locked by the application with pid 9 (zypper).', 'locked'],
  ['WARNING: fetching https://x: temporary error (try again later)', 'unreachable'],
  ["Curl error (6): Couldn't resolve host name for https://x", 'unreachable'],
  ['error: target not found: nfs', 'unknown-package'],
  ['No match for argument: nfs\nError: Unable to find a match: nfs', 'unknown-package'],
  ['Segmentation fault', 'other'],
] as const)('knows what is wrong: %s', (said, trouble) => {
  expect(troubleIn(said)).toBe(trouble);
});
