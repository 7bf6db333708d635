import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CommandLine, type Outcome } from './command-line.ts';

let line: CommandLine;
beforeEach(() => {
  line = new CommandLine();
});
afterEach(() => line.close());

const file = (name: string) => path.join(line.directory, name);
const rackhelm = (data: string, command: string, ...args: string[]): Promise<Outcome> =>
  line.run(command, '--data', file(data), ...args);

async function done(data: string, command: string, ...args: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await rackhelm(data, command, ...args);
  expect({ args, exitCode, stderr }).toEqual({ args, exitCode: 0, stderr: '' });
  return stdout;
}

describe('files by the command line', () => {
  it('carry the inventory to another one and back, byte for byte, and edits of them', async () => {
    await done('one', 'add', 'site', 'Home');
    await done('one', 'add', 'rack', 'Home', 'A', 'heightUnits=12');
    await done('one', 'add', 'device', 'pi-1', 'kind=sbc', 'rack=Home A', 'position=U3');
    await done('one', 'add', 'interface', 'pi-1', 'eth0', 'speed=2.5 GbE');
    const text = await done('one', 'export');
    const written = await rackhelm('one', 'export', '--output', file('lab.yaml'));
    expect(written).toEqual({ exitCode: 0, stdout: '', stderr: `Wrote ${file('lab.yaml')}\n` });
    expect(readFileSync(file('lab.yaml'), 'utf8')).toBe(text);
    expect(statSync(file('lab.yaml')).mode & 0o777).toBe(0o600);

    expect(await done('two', 'import', file('lab.yaml'), '--yes')).toMatch(/^Added 4, changed 0/);
    expect(await done('two', 'export')).toBe(text);

    writeFileSync(file('lab.yaml'), text.replace('2.5 Gbit/s', '10 Gbit/s'));
    const looked = await done('one', 'import', file('lab.yaml'), '--dry-run');
    expect(looked).toContain('~ interface pi-1 eth0\n    Speed: 2.5 Gbit/s → 10 Gbit/s\n');
    const asked = await rackhelm('one', 'import', file('lab.yaml'));
    expect(asked).toMatchObject({ exitCode: 2, stdout: '' });
    expect(asked.stderr).toContain('Nothing was imported.\nGive --yes to do it');
    await done('one', 'import', file('lab.yaml'), '--yes');
    expect(await done('one', 'get', 'interface', 'pi-1 eth0')).toMatch(/Speed +10 Gbit\/s/);
    expect(await done('one', 'undo')).toBe('Undid: Imported lab.yaml\n');
    expect(await done('one', 'export')).toBe(text);
  }, 120_000);

  it('are tables, too, and configurations of other programs', async () => {
    writeFileSync(
      file('devices.csv'),
      'Name;Kind;SSH host;Serial number\npi-1;sbc;10.0.0.2;=1+1\n',
    );
    await done('one', 'import', file('devices.csv'), '--yes');
    const csv = await done('one', 'export', 'devices', '--format', 'csv');
    expect(csv).toContain(",'=1+1,");
    writeFileSync(file('back.csv'), csv);
    expect(
      await done('one', 'import', file('back.csv'), '--kind', 'device', '--dry-run'),
    ).toContain('nothing would change');
    expect(await done('one', 'export', '--format', 'ssh-config')).toContain(
      'Host pi-1\n    HostName 10.0.0.2\n',
    );
    expect(JSON.parse(await done('one', 'export', '--json'))).toMatchObject({
      rackhelm: 2,
      devices: [{ name: 'pi-1' }],
    });
  });

  it('that are huge are refused before they are read', async () => {
    writeFileSync(file('huge.yaml'), 'rackhelm: 2\n');
    truncateSync(file('huge.yaml'), 1024 ** 3);
    const start = performance.now();
    const { exitCode, stderr } = await rackhelm('one', 'import', file('huge.yaml'), '--yes');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^The file is larger than 64 MiB; nothing of it was read\.\n/);
    expect(performance.now() - start).toBeLessThan(10_000);
    const pipe = await rackhelm('one', 'import', '/dev/zero', '--yes');
    expect(pipe.stderr).toMatch(/larger than 64 MiB/);
  });

  it.each([
    [['import', '/nowhere/lab.yaml'], 'cannot be read: there is none'],
    [['import', '/tmp'], 'is a directory'],
    [['export', '--format', 'docx'], 'There is no format called docx.'],
    [['export', 'planets'], 'There is no kind called planets.'],
    [['export', '--format', 'csv'], 'A table holds one kind of things.'],
    [['export', '--output', '/nowhere/lab.yaml'], '/nowhere/lab.yaml cannot be written.'],
  ])('say what is wrong: %j', async ([command = '', ...args], told) => {
    await done('one', 'add', 'site', 'Home');
    const { exitCode, stdout, stderr } = await rackhelm('one', command, ...args);
    expect(exitCode).toBeGreaterThan(0);
    expect(stdout).toBe('');
    expect(stderr).toContain(told);
  });
});
