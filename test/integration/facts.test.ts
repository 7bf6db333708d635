import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { hostname, networkInterfaces, release, totalmem } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { collectFacts } from '../../electron/host/facts/index.ts';
import { findInstallation } from '../../electron/host/installation.ts';
import { readRemoteScript } from '../../electron/host/remote-script.ts';
import {
  type Facts,
  type FactsSectionName,
  factsSchema,
  type SectionData,
} from '../../shared/model/facts.ts';
import { fakeTools, LocalShell, type LocalShellOptions } from './facts-local-shell.ts';

const script = readRemoteScript(findInstallation(import.meta.dirname).resourcesDirectory, 'facts');
const shells = [['dash'], ['bash'], ['bash', '--posix'], ['busybox', 'ash']].filter(
  ([name = '']) => existsSync(`/usr/bin/${name}`) || existsSync(`/bin/${name}`),
);
const temporary: string[] = [];

afterEach(() => {
  for (const path of temporary.splice(0)) rmSync(path, { recursive: true, force: true });
});

function collect(options: LocalShellOptions, timeoutMs = 15_000): Promise<Facts> {
  const { signal } = new AbortController();
  return collectFacts(new LocalShell(options), { script, signal, timeoutMs });
}

function pathWith(tools: Readonly<Record<string, string>>): Record<string, string> {
  const directory = fakeTools(tools);
  temporary.push(directory);
  return { PATH: `${directory}:${process.env.PATH ?? ''}`, HOME: '/' };
}

function dataOf<N extends FactsSectionName>(facts: Facts, name: N): SectionData<N> {
  const section: { status: string; reason?: string; data?: unknown } = facts.sections[name];
  if (section.status !== 'ok') throw new Error(`${name}: ${section.reason}`);
  // The section was just seen to be ok.
  return section.data as SectionData<N>;
}

describe('the facts of this machine', () => {
  it.each(shells.map((shell) => [shell]))(
    'agree with what Node knows, under %j',
    async (interpreter) => {
      const before = networkInterfaces();
      const facts = await collect({ interpreter });
      expect(factsSchema.safeParse(facts).success).toBe(true);
      expect(dataOf(facts, 'hostname')).toMatchObject({ hostname: hostname() });
      expect(dataOf(facts, 'kernel')).toMatchObject({ name: 'Linux', release: release() });
      expect(dataOf(facts, 'memory')).toMatchObject({ totalBytes: totalmem() });
      // Other tests may make and remove interfaces meanwhile.
      const after = networkInterfaces();
      const mine = Object.entries(before).filter(([name]) => name in after);
      const seen = dataOf(facts, 'interfaces');
      expect(seen).toEqual(
        expect.arrayContaining(
          mine.map(([name, addresses = []]) =>
            expect.objectContaining({
              name,
              addresses: expect.arrayContaining(
                addresses.map(({ cidr }) => expect.objectContaining({ address: cidr })),
              ),
            }),
          ),
        ),
      );
      expect(dataOf(facts, 'fileSystems').map((fs) => fs.mountPoint)).toContain('/');
      expect(Math.abs(dataOf(facts, 'time').epochSeconds - Date.now() / 1000)).toBeLessThan(5);
    },
  );

  it.each(shells.map((shell) => [shell]))(
    'parse without a complaint under %j -n',
    (interpreter) => {
      const [program = 'sh', ...args] = interpreter;
      const complaint = execFileSync(program, [...args, '-n'], { input: script }).toString();
      expect(complaint).toBe('');
    },
  );

  it('come without any PATH', async () => {
    const facts = await collect({ interpreter: ['/bin/dash'], env: {} });
    expect(dataOf(facts, 'kernel')).toMatchObject({ release: release() });
  });

  it('refuse a nonce that is no hex', () => {
    expect(() => execFileSync('dash', ['-s', 'A;id'], { input: script, stdio: 'pipe' })).toThrow(
      /nonce/,
    );
  });
});

describe('a login profile that prints', () => {
  it('is ignored before, after and in imitation of marks', async () => {
    const facts = await collect({
      interpreter: ['dash'],
      before: `printf 'Welcome!\\n\\n@@abc begin 1\\n\\n@@abc part uname\\nMalware 6 x\\n\\n@@abc exit 0\\n\\377\\376\\n'; echo oops >&2`,
      after: `printf '\\n@@abc end\\nBye'; exit 3`,
    });
    expect(dataOf(facts, 'kernel')).toMatchObject({ name: 'Linux' });
  });
});

describe('tools that hang', () => {
  it('fail their own sections within their bounds, all of them in under 15 s', async () => {
    const nap = 'sleep 61.7';
    const hanging = [
      'nvidia-smi',
      'lldpcli',
      'docker',
      'df',
      'lsblk',
      'podman',
      'containerd',
      'k3s',
    ];
    const env = pathWith(Object.fromEntries(hanging.map((name) => [name, `exec ${nap}`])));
    const started = performance.now();
    const facts = await collect({ interpreter: ['dash'], env });
    expect(performance.now() - started).toBeLessThan(15_000);
    for (const name of ['gpus', 'fileSystems'] as const) {
      expect(facts.sections[name]).toMatchObject({
        status: 'failed',
        reason: expect.stringMatching(/no answer in time|left out/),
      });
    }
    // lsblk has a stand-in, and an engine that does not answer is still there.
    expect(facts.sections.blockDevices.status).toBe('ok');
    expect(dataOf(facts, 'containers')).toContainEqual(
      expect.objectContaining({ engine: 'docker', version: null }),
    );
    for (const name of ['hostname', 'kernel', 'interfaces', 'routes', 'load'] as const) {
      expect(facts.sections[name].status).toBe('ok');
    }
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(leftFrom(env)).toEqual([]);
  });

  it('are given less where less time is left', async () => {
    const nap = 'exec sleep 61.8';
    const env = pathWith({ 'nvidia-smi': nap, docker: nap, df: nap, lsblk: nap });
    const started = performance.now();
    const facts = await collect({ interpreter: ['dash'], env }, 6_000);
    expect(performance.now() - started).toBeLessThan(6_000);
    expect(facts.sections.gpus.status).toBe('failed');
    expect(facts.sections.load.status).toBe('ok');
  });

  it('are left behind where their children hold on to the output', async () => {
    const env = pathWith({ docker: 'sleep 7.3 & exit 0', 'nvidia-smi': 'sleep 7.3 & exit 9' });
    const started = performance.now();
    const facts = await collect({ interpreter: ['dash'], env });
    expect(performance.now() - started).toBeLessThan(3_000);
    expect(facts.sections.gpus.status).toBe('failed');
  });

  it('leave no watchdog behind where every tool answers', async () => {
    const env = pathWith({ docker: 'exit 1', 'nvidia-smi': 'exit 6' });
    await collect({ interpreter: ['bash'], env });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(leftFrom(env)).toEqual([]);
  });
});

describe('tools that lie', () => {
  const outputs = {
    'random bytes': 'head -c 200000 /dev/urandom',
    megabytes: 'yes "{[ long line of nothing" | head -c 5000000',
    'one endless line': "head -c 3000000 /dev/zero | tr '\\0' x",
    'marks of another run': "printf '\\n@@0123456789abcdef exit 0\\n\\n@@0123456789abcdef end\\n'",
    'JSON of another shape': 'echo \'[{"ifname":7},null,[],{"dst":{}}]\'',
    nothing: ':',
  };
  it.each(Object.entries(outputs))('(%s) cost their own sections only', async (_, body) => {
    const liars = [
      'ip',
      'ss',
      'lsblk',
      'df',
      'docker',
      'nvidia-smi',
      'lldpcli',
      'chronyc',
      'uname',
    ];
    const env = pathWith(Object.fromEntries(liars.map((name) => [name, body])));
    const facts = await collect({ interpreter: ['dash'], env });
    expect(factsSchema.safeParse(facts).success).toBe(true);
    expect(facts.sections.gpus.status).toBe('failed');
    expect(facts.sections.fileSystems.status).toBe('failed');
    for (const name of ['hostname', 'memory', 'load', 'cpu', 'os', 'dns', 'time'] as const) {
      expect(facts.sections[name].status).toBe('ok');
    }
  });
});

describe('tools whose usual form is broken', () => {
  const broken: readonly (readonly [string, string])[] = [
    ['half of its JSON', `echo '[{"ifname":"eth7","addr_info":[{"family":"inet","lo'`],
    ['a word too many', `echo '[{"unreachable","ifname":"eth7","dst":"default"}]'`],
    ['empty objects', `echo '[{},{},{}]'`],
    ['nothing', ':'],
  ];
  const plain = `
  *'addr show'*) printf '2: eth7@wan: <UP> mtu 1500 state UP\n    link/ether 02:00:00:00:00:07\n    inet 10.7.0.9/24 scope global eth7\n    inet 127.0.0.1/8 scope host lo\n' ;;
  *'-4 route show'*) printf 'default via 10.7.0.1 dev eth7 src 10.7.0.9\n' ;;
  *'-6 route show'*) ;;`;

  it.each(broken)('are asked for their plain one: %s', async (_, json) => {
    const env = pathWith({
      ip: `case "$*" in *-j*) ${json} ;;${plain}\nesac`,
      lsblk: `case "$*" in *-J*) echo '{"blockdevices":[{"name":"sda",' ;; *) echo 'NAME="vdz" KNAME="vdz" TYPE="disk" SIZE="4096" PKNAME=""' ;; esac`,
    });
    const shell = new LocalShell({ interpreter: ['dash'], env });
    const { signal } = new AbortController();
    const facts = await collectFacts(shell, { script, signal });
    expect(dataOf(facts, 'interfaces')).toEqual([
      expect.objectContaining({
        name: 'eth7',
        addresses: expect.arrayContaining([expect.objectContaining({ address: '10.7.0.9/24' })]),
      }),
    ]);
    expect(dataOf(facts, 'routes')).toMatchObject([
      { destination: 'default', gateway: '10.7.0.1', interface: 'eth7' },
    ]);
    expect(dataOf(facts, 'blockDevices')).toMatchObject([{ name: 'vdz', sizeBytes: 4096 }]);
  });
});

describe('a script that dies in the middle', () => {
  it.each([1, 200, 4_000, 9_000, 14_000])(
    'after %i bytes is told apart from an answer',
    async (bytes) => {
      // Slow tools spread the output over time, so that the kill meets the middle.
      const env = pathWith({
        docker: 'sleep 1',
        uname: 'sleep 0.1; echo Linux 6 x',
        date: 'sleep 0.1; echo 1 +0 UTC',
      });
      await expect(
        collect({ interpreter: ['dash'], env, killAfterBytes: bytes }),
      ).rejects.toMatchObject({
        code: 'SSH_OUTPUT_INVALID',
        message: expect.stringContaining('SIGKILL'),
      });
    },
  );
});

/** Processes of this environment's own PATH, which the script makes longer: nobody else's. */
function leftFrom({ PATH = '' }: Readonly<Record<string, string>>): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
        return environment.some((value) => value.startsWith(`PATH=${PATH}`))
          ? [readFileSync(`/proc/${pid}/cmdline`, 'utf8')]
          : [];
      } catch {
        return []; // It ended meanwhile.
      }
    });
}
