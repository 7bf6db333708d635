import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWith, TestBed } from './sshd/index.ts';

const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'rackhelm-installed-'));
const data = path.join(folder, 'data');
const rackhelm = path.join(folder, 'bin', 'rackhelm');

function run(program: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: folder,
    env: { ...process.env, ...environment },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** As README says, with nothing fetched: the packed file carries what it needs. */
describeWith(['sshd'], 'rackhelm, packed and installed', () => {
  const bed = new TestBed();

  beforeAll(() => {
    expect(run('npm', ['pack', root, '--pack-destination', folder])).toMatchObject({ status: 0 });
    const [file = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
    const install = ['install', '--global', '--ignore-scripts', '--offline', '--prefix', folder];
    expect(run('npm', [...install, path.join(folder, file)])).toMatchObject({ status: 0 });
  });
  afterAll(async () => {
    await bed.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('says its version', () => {
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    expect(run(rackhelm, ['--version'])).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('adds a machine and lists it', async () => {
    const sshd = await bed.sshd({ config: [`SetEnv HOME=${bed.directory}`] });
    const { host, port, user } = bed.target(sshd);
    // The configuration of whoever runs this is no part of the question.
    const config = path.join(folder, 'ssh_config');
    writeFileSync(config, '');
    const where = ['-F', config, '--port', String(port), '--user', String(user)];
    const key = ['--identity', bed.key.path, '--accept-new-host-key'];
    const added = run(rackhelm, ['add', host, ...where, ...key, '--data', data]);
    expect(added).toMatchObject({ status: 0, stderr: '' });
    const { stdout } = run(rackhelm, ['devices', '--json', '--data', data]);
    expect(JSON.parse(stdout)).toEqual([
      expect.objectContaining({ name: expect.stringContaining(hostname().split('.')[0] ?? '') }),
    ]);
  });

  it('serves the app', async () => {
    const serve = ['serve', '--no-open', '--data', data];
    const child = spawn(rackhelm, serve, { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const address = await new Promise<string>((resolve, reject) => {
      let output = '';
      child.stdout.on('data', (chunk) => {
        output += String(chunk);
        const ready = /ready at (\S+)\n/.exec(output)?.[1];
        if (ready !== undefined) resolve(ready);
      });
      child.once('exit', (code) => reject(new Error(`It ended with ${code}.`)));
    });
    const page = await (await fetch(address)).text();
    const script = /src="\.?(\/assets\/[^"]+\.js)"/.exec(page)?.[1] ?? '';
    expect((await fetch(new URL(script, address))).status).toBe(200);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  it('says so on a Node that is too old', () => {
    const old = 'Object.defineProperty(process.versions,"node",{value:"20.1.0"})';
    const options = { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(old)}` };
    expect(run(rackhelm, ['devices', '--data', data], options)).toEqual({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining('Node 22 or newer; this is 20.1.0.'),
    });
  });
});
