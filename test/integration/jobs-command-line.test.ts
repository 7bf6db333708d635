import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../electron/host/db/index.ts';
import { FakeWork } from '../../electron/host/engine/jobs/fake-work.ts';
import { createJobs, type Jobs } from '../../electron/host/engine/jobs/index.ts';
import { createInventory } from '../../electron/host/inventory/index.ts';
import { RackhelmError } from '../../shared/model/errors.ts';
import { CommandLine } from './command-line.ts';
import { describeWith, useTestBed } from './sshd/index.ts';

let line: CommandLine;
let database: Database;
let jobs: Jobs;
let work: FakeWork;
beforeEach(() => {
  line = new CommandLine();
  database = openDatabase({ dataDirectory: path.join(line.directory, 'data') });
  jobs = createJobs({
    database,
    report: (error) => {
      throw error;
    },
  });
  work = new FakeWork();
  jobs.register(work.kind);
});
afterEach(async () => {
  await jobs.close();
  database.close();
  await line.close();
});

const data = () => ['--data', path.join(line.directory, 'data')] as const;

async function start(): Promise<string> {
  const plan = work.plan({ pi: ['a', 'b'] });
  const request = { kind: 'making', title: 'Make it', plan, input: null, by: 'window' } as const;
  return (await jobs.start({ ...request, attended: false })).id;
}

it('lists, shows and follows a job that a window runs, and cancels it from there', async () => {
  // Until it is cancelled.
  work.onDeed = (deed, { signal, log }) => {
    if (deed !== 'apply b') return undefined;
    log('It takes long.', 'out');
    return new Promise((_, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason)),
    );
  };
  const id = await start();
  const short = id.slice(-8);
  const followed = line.start('cli', 'job', short, '--follow', ...data());
  await followed.firstLine('stdout');
  const listed = await line.run('jobs', '--state', 'running', ...data());
  expect(listed).toMatchObject({ exitCode: 0, stderr: '' });
  expect(listed.stdout).toMatch(new RegExp(`${short} .* running +1/2 .*Make it`));

  // What another process runs is neither gone on with nor left.
  const refused = await line.run('job', short, '--leave', ...data());
  expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
  const cancelled = await line.run('job', id, '--cancel', ...data());
  expect(cancelled.stdout).toContain('cancelled');
  expect(cancelled.stdout).toContain('--resume, --undo, --leave');
  const end = await followed.ended;
  expect(end).toMatchObject({ exitCode: 130, stderr: 'cancelled\n' });
  expect(end.stdout).toContain('It takes long.\n');

  const page = JSON.parse((await line.run('job', short, '--json', ...data())).stdout);
  expect(page).toMatchObject({ id, state: { state: 'cancelled' } });
  const left = await line.run('job', short, '--leave', ...data());
  expect(left.stdout).toContain('left');
}, 120_000);

it('says how a job ended, what it said and what was planned', async () => {
  work.onDeed = (deed) => {
    if (deed === 'apply b') throw new RackhelmError('STEP_NOT_DONE', 'No luck.\u001b[31m');
  };
  const id = await start();
  await jobs.ended(id);
  const followed = await line.run('job', id, '--follow', ...data());
  expect(followed.exitCode).toBe(1);
  expect(followed.stderr).toMatch(/^failed: No luck\./);
  expect(followed.stderr).not.toContain('\u001b');
  const log = await line.run('job', id, '--log', ...data());
  expect(log.stdout).toContain('a is present.\n');
  const runbook = await line.run('job', id, '--runbook', 'markdown', ...data());
  expect(runbook.stdout).toContain('Make a');
  // A kind that this command does not know is not guessed at.
  const resumed = await line.run('job', id, '--resume', ...data());
  expect(resumed).toMatchObject({ exitCode: 1 });
  expect(resumed.stderr).toContain('no jobs of the kind making');
}, 120_000);

describeWith(['sshd', 'root'], 'a machine that was brought in', () => {
  const bed = useTestBed();

  it('is taken out again by the id of its job, in another process', async () => {
    const { port, user } = await bed.sshd();
    const config = path.join(line.directory, 'config');
    writeFileSync(
      config,
      `Host plain\n HostName 127.0.0.1\n Port ${port}\n User ${user}\n IdentityFile ${bed.key.path}\n`,
    );
    const answers = path.join(line.directory, 'answers.yaml');
    const machine = ['  - host: plain', '    name: plain-1'];
    writeFileSync(
      answers,
      [
        'rackhelm-answers: 1',
        'all:',
        '  role: edge',
        '  fixes: none',
        'machines:',
        ...machine,
        '',
      ].join('\n'),
    );
    const ssh = ['--ssh-config', config, ...data()];
    const how = [
      '--answers',
      answers,
      '--yes',
      '--accept-new-host-key',
      '--json',
      '--timeout',
      '60',
    ];
    const done = await line.run('onboard', 'plain', ...how, ...ssh);
    expect(done, done.stderr).toMatchObject({ exitCode: 0 });
    const { jobId } = JSON.parse(done.stdout);
    const names = async () =>
      JSON.parse((await line.run('devices', '--json', ...data())).stdout).map(
        ({ name }: { name: string }) => name,
      );
    expect(await names()).toEqual(['plain-1']);

    const undone = await line.run('job', jobId, '--undo', ...ssh);
    expect(undone, undone.stderr).toMatchObject({ exitCode: 0, stderr: 'undone\n' });
    expect(await names()).toEqual([]);
  }, 120_000);

  it('is off-boarded, which is undone the same way', async () => {
    createInventory(database).devices.create({ name: 'nas', kind: 'nas' });
    const done = await line.run('offboard', 'nas', '--yes', '--json', ...data());
    expect(done, done.stderr).toMatchObject({ exitCode: 0 });
    const jobId = /"jobId": "(.*)"/.exec(done.stdout)?.[1] ?? '';
    const undone = await line.run('job', jobId, '--undo', ...data());
    expect(undone, undone.stderr).toMatchObject({ exitCode: 0, stderr: 'undone\n' });
    expect(createInventory(database).deviceNamed('nas').status).toBe('planned');
  }, 120_000);
});
