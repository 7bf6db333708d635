import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { MachineLock } from '../../electron/host/engine/machines/machine-lock.ts';
import type { SshMachine } from '../../electron/host/engine/machines/ssh-machine.ts';
import {
  confirmScript,
  prepareScript,
  startScript,
  switchDirectory,
  switchScript,
} from '../../electron/host/onboarding/phases/network/switch-script.ts';
import { busyboxMachine, busyboxRoot } from './local-machine.ts';
import { describeWith, errorOf, never } from './sshd/index.ts';

const boots = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];

let root = '';
let machine: SshMachine;
const inside = (file: string) => path.join(root, file);

/** How long it runs, and since which start: files, so that time goes as the test says. */
function clock(seconds: number, boot = boots[0]): void {
  mkdirSync(inside('proc/sys/kernel/random'), { recursive: true });
  writeFileSync(inside('proc/uptime'), `${seconds}.25 ${seconds}.00\n`);
  writeFileSync(inside('proc/sys/kernel/random/boot_id'), `${boot}\n`);
}

beforeEach(() => {
  root = busyboxRoot();
  machine = busyboxMachine(root);
  clock(1_000);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describeWith(['root'], 'the lock of a machine that has busybox alone', () => {
  const lockOf = (host: string, job = host) =>
    new MachineLock({
      machine: 'local',
      run: (script, options) => machine.run(script, options),
      owner: { host, user: 'ada', job },
    });

  it('is stale by the seconds that the machine ran without a sign, not before', async () => {
    const [one, two] = [lockOf('one'), lockOf('two')];
    expect(await one.acquire(never)).toEqual({ state: 'held' });
    clock(1_100);
    await one.beat(never);
    clock(1_219);
    expect(await two.acquire(never)).toMatchObject({
      state: 'busy',
      heardAgo: 119,
      heldFor: 219,
      owner: { host: 'one', user: 'ada', job: 'one' },
    });
    clock(1_220);
    expect(await two.acquire(never)).toEqual({ state: 'held' });
    expect((await errorOf(one.beat(never))).message).toContain('a job of ada on two (two) took it');
    await one.release(never);
    await two.beat(never);
  });

  it('outlasts a restart of the machine, and is stale so long after it', async () => {
    const [one, two] = [lockOf('one'), lockOf('two')];
    await one.acquire(never);
    clock(60, boots[1]);
    expect(await two.acquire(never)).toMatchObject({ state: 'busy', heardAgo: 60 });
    await one.beat(never);
    clock(150, boots[1]);
    expect(await two.acquire(never)).toMatchObject({ state: 'busy', heardAgo: 90 });
    clock(180, boots[1]);
    expect(await two.acquire(never)).toEqual({ state: 'held' });
  });

  it('is had by one of many who take it over at once, and goes without a trace', async () => {
    await lockOf('dead').acquire(never);
    clock(5_000);
    const takers = Array.from({ length: 8 }, (_, n) => lockOf(`taker-${n}`));
    const standings = await Promise.all(takers.map((taker) => taker.acquire(never)));
    expect(standings.filter(({ state }) => state === 'held')).toHaveLength(1);
    await Promise.all(takers.map((taker) => taker.release(never)));
    expect(existsSync(inside('var/lib/rackhelm'))).toBe(false);
  });

  it('that nobody can read is held by somebody, and is no reason to fail', async () => {
    await lockOf('one').acquire(never);
    const file = inside('var/lib/rackhelm/lock/1');
    const [id, same, , since] = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, `${id}\n${same}\n{"host": "\u001b[2J\n${since}\n`);
    const standing = await lockOf('two').acquire(never);
    expect(standing).toMatchObject({ state: 'busy', owner: { user: 'somebody' } });
  });
});

describeWith(['root'], 'the dead-man switch on a machine that has busybox alone', () => {
  const file = '/etc/interfaces';
  const run = async (script: string, args: string[] = []) =>
    (await machine.run(script, { signal: never, root: true, args })).exitCode;

  /** Puts a change on trial whose activation tells which text it saw. */
  async function begin(activate: string): Promise<void> {
    mkdirSync(inside('etc'));
    writeFileSync(inside(file), 'old\n');
    mkdirSync(inside(switchDirectory), { recursive: true });
    const activation = { check: [], activate: [`cat ${file} "$from" >>/seen`, activate] };
    const options = { path: file, activation, seconds: 2 };
    writeFileSync(inside(`${switchDirectory}/switch`), switchScript(options));
    writeFileSync(inside(`${switchDirectory}/text`), 'new\n');
    const state = await machine.files.readFile(file, { signal: never });
    const { stdout } = await machine.run('sha256sum </etc/interfaces | cut -c 1-64', {
      signal: never,
    });
    expect(state?.content.toString()).toBe('old\n');
    expect(await run(prepareScript, [file, stdout.toString().trim(), '644'])).toBe(0);
    expect(await run(startScript, ['run'])).toBe(0);
  }

  async function until(what: () => boolean): Promise<void> {
    for (let look = 0; look < 100 && !what(); look += 1) await wait(100);
    expect(what()).toBe(true);
  }

  it('puts the old text back by itself, and into effect', async () => {
    await begin('true');
    await until(() => existsSync(inside(`${switchDirectory}/up`)));
    expect(readFileSync(inside(file), 'utf8')).toBe('new\n');
    await until(() => existsSync(inside(`${switchDirectory}/ended`)));
    expect(readFileSync(inside(file), 'utf8')).toBe('old\n');
    expect(readFileSync(inside('seen'), 'utf8')).toBe('new\nold\nold\nnew\n');
    expect(await run(confirmScript)).not.toBe(0);
  });

  it('keeps the new text once it is confirmed, and leaves nothing behind', async () => {
    await begin('true');
    await until(() => existsSync(inside(`${switchDirectory}/up`)));
    expect(await run(confirmScript)).toBe(0);
    await until(() => !existsSync(inside('var/lib/rackhelm')));
    expect(readFileSync(inside(file), 'utf8')).toBe('new\n');
  });

  it('goes back at once where the new text cannot be brought into effect', async () => {
    await begin('grep -q new "$from"');
    await until(() => existsSync(inside(`${switchDirectory}/ended`)));
    expect(readFileSync(inside(file), 'utf8')).toBe('old\n');
    expect(existsSync(inside(`${switchDirectory}/up`))).toBe(false);
  });
});
