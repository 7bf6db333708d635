import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CommandLine, type Outcome } from './command-line.ts';

let line: CommandLine;
beforeEach(() => {
  line = new CommandLine();
});
afterEach(() => line.close());

const rackhelm = (command: string, ...args: string[]): Promise<Outcome> =>
  line.run(command, '--data', path.join(line.directory, 'data'), ...args);

async function done(command: string, ...args: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await rackhelm(command, ...args);
  expect({ args, exitCode, stderr }).toEqual({ args, exitCode: 0, stderr: '' });
  return stdout;
}

describe('the inventory by the command line', () => {
  it('is built, looked at, changed, deleted and brought back', async () => {
    await done('add', 'site', 'Home');
    await done('add', 'rack', 'Home', 'A', 'heightUnits=12');
    await done('add', 'vlan', 'management', 'number=10', 'traffic=management');
    await done('add', 'prefix', '10.20.10.0/24', 'vlan=management', 'gateway=10.20.10.1');
    await done('add', 'device', 'pi-1', 'kind=sbc', 'rack=Home A', 'position=U3', 'memory=8GB');
    expect(await done('add', 'interface', 'pi-1', 'eth0', 'speed=2.5 GbE')).toBe(
      'Added pi-1 eth0\n',
    );
    await done('add', 'address', '10.20.10.2/24', 'interface=pi-1 eth0');

    expect(await done('list', 'devices', 'pi')).toMatch(/^NAME .*\npi-1 +sbc +planned .*8 GiB\n$/);
    expect(await done('get', 'interface', 'pi-1 eth0')).toMatch(/Speed +2\.5 Gbit\/s\n/);
    expect(await done('next-address', '10.20.10.0/24', '--count', '2')).toBe(
      '10.20.10.3\n10.20.10.4\n',
    );
    await done('add', 'prefix', '10.20.0.0/16');
    expect(await done('next-prefix', '10.20.0.0/16', '--length', '/24', '--count', '2')).toBe(
      '10.20.0.0/24\n10.20.1.0/24\n',
    );
    expect(await done('list', 'prefix', '--tree')).toMatch(
      /^PREFIX .*\n10\.20\.0\.0\/16 +2\/65536\n {2}10\.20\.10\.0\/24 +10 management +2\/256 +10\.20\.10\.1\n$/,
    );
    await done('set', 'device', 'pi-1', 'status=active', 'memory=');
    const [row] = JSON.parse(await done('list', 'device', '--where', 'status=active', '--json'));
    expect(row).toMatchObject({ name: 'pi-1', values: { status: 'active', memoryBytes: null } });

    const refused = await rackhelm('remove', 'device', 'pi-1');
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('1 Interface (pi-1 eth0): deleted too');
    await done('remove', 'device', 'pi-1', '--yes', '--reason', 'It burnt.');
    expect(await done('list', 'interface')).toBe('NAME\n');
    expect(await done('undo')).toContain('Deleted device pi-1');
    expect(await done('list', 'interface')).toContain('pi-1 eth0');
    expect(await done('history', '--limit', '2')).toContain(
      'Deleted device pi-1 (undone): It burnt.',
    );
    await done('redo');
    expect(await done('list', 'device')).toBe('NAME\n');
  });

  it('is made by many at once, and each of them finds it whole', async () => {
    const names = Array.from({ length: 8 }, (_, at) => `Site ${at}`);
    const outcomes = await Promise.all(names.map((name) => rackhelm('add', 'site', name)));
    for (const { exitCode, stderr } of outcomes) {
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    }
    expect((await done('list', 'site')).split('\n').slice(1, -1)).toHaveLength(8);
  });

  it('tells what contradicts itself, ends with 6 for an error, and is silent where a reason is given', async () => {
    await done('add', 'device', 'pi-1', 'kind=sbc');
    await done('add', 'interface', 'pi-1', 'eth0');
    expect(await done('lint')).toBe('Nothing contradicts itself.\n');
    await done('add', 'address', '10.20.10.255/24', 'interface=pi-1 eth0');
    const found = await rackhelm('lint', '--json');
    expect(found.exitCode).toBe(6);
    const { rows } = JSON.parse(found.stdout);
    expect(rows).toMatchObject([{ severity: 'error', rule: 'address-not-for-hosts' }]);
    const [{ key }] = rows;
    expect((await rackhelm('silence', 'nothing:0', '--reason', 'x')).exitCode).toBe(1);
    expect((await rackhelm('silence', key)).stderr).toContain('Say why');
    await done('silence', key, '--reason', 'A lab.');
    expect(await done('lint')).toBe('Nothing contradicts itself.\n');
    expect(await done('lint', '--silenced')).toContain('(A lab.)');
    await done('undo');
    expect((await rackhelm('lint')).exitCode).toBe(6);
  });

  it.each([
    ['a kind that is none', ['list', 'toasters'], 'The kinds are site'],
    ['a field that is none', ['list', 'vlan', '--where', 'wheels=4'], 'It has number'],
    ['a value that is none', ['add', 'vlan', 'x', 'number=many'], 'A whole number'],
    ['a value that is missing', ['add', 'vlan', 'x'], 'needs Number'],
    [
      'a name that nothing has',
      ['add', 'prefix', '10.0.0.0/24', 'vlan=none'],
      'no VLAN called none',
    ],
    ['a prefix that is none', ['next-address', '10.0.0.300/24'], 'is no prefix'],
    ['a word that is no field', ['add', 'vlan', 'x', 'number=1', 'loose'], 'no field=value'],
  ])(
    'refuses %s in a sentence, and writes nothing',
    async (_what, [command = '', ...args], told) => {
      await done('add', 'site', 'Home');
      const { exitCode, stdout, stderr } = await rackhelm(command, ...args);
      expect(exitCode).toBeGreaterThan(0);
      expect(stdout).toBe('');
      expect(stderr).toContain(told);
      expect(stderr).not.toMatch(/\bat .*\.ts:\d+/);
      expect(JSON.parse(await done('history', '--json'))).toHaveLength(1);
    },
  );
});
