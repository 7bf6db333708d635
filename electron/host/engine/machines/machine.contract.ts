import { describe, expect, it } from 'vitest';
import type { HeldMachine } from './machine.ts';

/** A machine under test, and ways around it. */
export interface MachineUnderTest {
  readonly machine: HeldMachine;
  /** An empty directory that is ours. */
  readonly dir: string;
  put(path: string, content: string | Buffer, mode: number): Promise<void>;
  link(path: string, target: string): Promise<void>;
  makeDirectory(path: string): Promise<void>;
  /** Where scripts are not really run: what this one says. */
  answer(script: string, answer: { stdout: string; stderr: string; exitCode: number }): void;
}

const never = new AbortController().signal;
const options = { signal: never };

/** What every Machine does, the fake one too. `open` is called for each test. */
export function machineContract(name: string, open: () => Promise<MachineUnderTest>): void {
  describe(`${name} as a machine`, () => {
    filesAreRead(open);
    filesAreWritten(open);
    scriptsRun(open);
    othersHold(open);
  });
}

function filesAreRead(open: () => Promise<MachineUnderTest>): void {
  it('reads a file with its mode and owner, whatever bytes it holds', async () => {
    const { machine, dir, put } = await open();
    const content = Buffer.from(Array.from({ length: 1024 }, (_, index) => index % 256));
    await put(`${dir}/bytes`, content, 0o640);
    const state = await machine.readFile(`${dir}/bytes`, options);
    expect(state).toEqual({ path: `${dir}/bytes`, content, mode: 0o640, uid: 0, gid: 0 });
  });

  it('says null for what is not there, also in a directory that is not there', async () => {
    const { machine, dir } = await open();
    expect(await machine.readFile(`${dir}/none`, options)).toBeNull();
    expect(await machine.readFile(`${dir}/none/deeper`, options)).toBeNull();
  });

  it('throws MACHINE_FILE_ODD for a directory', async () => {
    const { machine, dir, makeDirectory } = await open();
    await makeDirectory(`${dir}/folder`);
    const read = machine.readFile(`${dir}/folder`, options);
    await expect(read).rejects.toMatchObject({ code: 'MACHINE_FILE_ODD' });
  });

  it('keeps names with spaces, quotes and line ends apart', async () => {
    const { machine, dir } = await open();
    const path = `${dir}/it's "odd" $(x)\n-name`;
    await machine.writeFile({ path, content: 'odd' }, { ...options, expect: null });
    expect((await machine.readFile(path, options))?.content.toString()).toBe('odd');
  });
}

function filesAreWritten(open: () => Promise<MachineUnderTest>): void {
  it('makes a new file of root, 0644 where nothing else is said', async () => {
    const { machine, dir } = await open();
    const content = Buffer.from([0, 255, 10, 13, 128]);
    await machine.writeFile({ path: `${dir}/a`, content }, { ...options, expect: null });
    await machine.writeFile(
      { path: `${dir}/b`, content: '', mode: 0o600 },
      { ...options, expect: null },
    );
    const [a, b] = [
      await machine.readFile(`${dir}/a`, options),
      await machine.readFile(`${dir}/b`, options),
    ];
    expect(a).toMatchObject({ content, mode: 0o644, uid: 0 });
    expect(b).toMatchObject({ content: Buffer.alloc(0), mode: 0o600 });
  });

  it('makes the directories above it', async () => {
    const { machine, dir } = await open();
    const path = `${dir}/new.d/deeper/file`;
    await machine.writeFile({ path, content: 'x' }, { ...options, expect: null });
    expect((await machine.readFile(path, options))?.content.toString()).toBe('x');
  });

  it('keeps the mode of a file that it replaces, unless another is asked for', async () => {
    const { machine, dir, put } = await open();
    await put(`${dir}/kept`, 'old', 0o600);
    const seen = await machine.readFile(`${dir}/kept`, options);
    await machine.writeFile({ path: `${dir}/kept`, content: 'new' }, { ...options, expect: seen });
    const now = await machine.readFile(`${dir}/kept`, options);
    expect(now).toMatchObject({ content: Buffer.from('new'), mode: 0o600 });
    const file = { path: `${dir}/kept`, content: 'new', mode: 0o644 };
    await machine.writeFile(file, { ...options, expect: now });
    expect((await machine.readFile(`${dir}/kept`, options))?.mode).toBe(0o644);
  });

  it('refuses to write over what changed since it was read, and leaves that as it is', async () => {
    const { machine, dir, put } = await open();
    const path = `${dir}/contested`;
    const write = (expected: Awaited<ReturnType<typeof machine.readFile>>) =>
      machine.writeFile({ path, content: 'ours' }, { ...options, expect: expected });
    await put(path, 'one', 0o644);
    const seen = await machine.readFile(path, options);
    await put(path, 'two', 0o644);
    await expect(write(seen)).rejects.toMatchObject({ code: 'CHANGED_SINCE' });
    await expect(write(null)).rejects.toMatchObject({ code: 'CHANGED_SINCE' });
    await put(path, 'one', 0o600);
    await expect(write(seen)).rejects.toMatchObject({ code: 'CHANGED_SINCE' });
    expect((await machine.readFile(path, options))?.content.toString()).toBe('one');
  });

  it('writes and deletes what a link leads to, and leaves the link', async () => {
    const { machine, dir, put, link } = await open();
    await put(`${dir}/real`, 'old', 0o644);
    await link(`${dir}/link`, 'real');
    const seen = await machine.readFile(`${dir}/link`, options);
    await machine.writeFile({ path: `${dir}/link`, content: 'new' }, { ...options, expect: seen });
    expect((await machine.readFile(`${dir}/real`, options))?.content.toString()).toBe('new');
    const now = await machine.readFile(`${dir}/link`, options);
    if (now) await machine.deleteFile(`${dir}/link`, { ...options, expect: now });
    expect(await machine.readFile(`${dir}/real`, options)).toBeNull();
    await machine.writeFile(
      { path: `${dir}/link`, content: 'again' },
      { ...options, expect: null },
    );
    expect((await machine.readFile(`${dir}/real`, options))?.content.toString()).toBe('again');
  });

  it('deletes a file, unless it changed since it was read', async () => {
    const { machine, dir, put } = await open();
    const path = `${dir}/gone`;
    await put(path, 'one', 0o644);
    const seen = await machine.readFile(path, options);
    if (!seen) throw new Error('It was put there.');
    await put(path, 'two', 0o644);
    const deleted = () => machine.deleteFile(path, { ...options, expect: seen });
    await expect(deleted()).rejects.toMatchObject({ code: 'CHANGED_SINCE' });
    await put(path, 'one', 0o644);
    await deleted();
    expect(await machine.readFile(path, options)).toBeNull();
    await expect(deleted()).rejects.toMatchObject({ code: 'CHANGED_SINCE' });
  });
}

function scriptsRun(open: () => Promise<MachineUnderTest>): void {
  const script = 'echo "to out: $1"; echo to err >&2; exit 3';
  const said = { stdout: "to out: it's\n", stderr: 'to err\n', exitCode: 3 };

  it('runs a script with arguments; another code than 0 is an answer', async () => {
    const { machine, answer } = await open();
    answer(script, said);
    const lines: string[] = [];
    const result = await machine.run(script, {
      ...options,
      args: ["it's"],
      onLine: (stream, line) => lines.push(`${stream}: ${line}`),
    });
    expect(result.stdout.toString()).toBe(said.stdout);
    expect(result.stderr.toString()).toBe(said.stderr);
    expect(result).toMatchObject({ exitCode: 3, signalName: null });
    expect(lines.sort()).toEqual(['err: to err', "out: to out: it's"]);
  });

  it('keeps evidence: what ran, where, as whom, what came back, how it ended', async () => {
    const { machine, answer } = await open();
    answer(script, said);
    const { evidence } = await machine.run(script, {
      ...options,
      args: ["it's"],
      root: true,
      named: 'say something',
    });
    expect(evidence).toMatchObject({
      ran: 'say something',
      where: machine.name,
      as: 'root',
      exit: 3,
      cut: false,
    });
    expect(evidence.said).toBe("to out: it's\nto err");
    expect(Math.abs(evidence.at - Date.now())).toBeLessThan(60_000);
  });

  it('makes what comes back harmless where it is shown, and bounds it', async () => {
    const { machine, answer } = await open();
    const loud = "printf '\\033[2J\\033]0;title\\007'; head -c 100000 /dev/zero | tr '\\0' x";
    answer(loud, {
      stdout: `\u001b[2J\u001b]0;title\u0007${'x'.repeat(100_000)}`,
      stderr: '',
      exitCode: 0,
    });
    const lines: string[] = [];
    const { stdout, evidence } = await machine.run(loud, {
      ...options,
      onLine: (_, line) => lines.push(line),
    });
    expect(stdout.length).toBeGreaterThan(100_000);
    expect(evidence.said).toMatch(/^x+$/);
    expect(evidence.said.length).toBeLessThan(20_000);
    expect(evidence.cut).toBe(true);
    expect(lines.join('')).toMatch(/^x{100000}$/);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(10_000);
  });

  it('does nothing once it is cancelled', async () => {
    const { machine } = await open();
    const signal = AbortSignal.abort();
    await expect(machine.run('true', { signal })).rejects.toMatchObject({ code: 'SSH_CANCELLED' });
  });
}

function othersHold(open: () => Promise<MachineUnderTest>): void {
  it('has one boot id until it restarts, and holds its lock', async () => {
    const { machine } = await open();
    const id = await machine.bootId(never);
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(await machine.bootId(never)).toBe(id);
    await machine.checkLock(never);
    await machine.release();
    await machine.release();
  });

  it('can be logged in to anew, and goes on over a new login', async () => {
    const { machine, answer } = await open();
    answer('echo still', { stdout: 'still\n', stderr: '', exitCode: 0 });
    await machine.freshLogin(options);
    await machine.moveTo({ ...options, at: machine.at });
    const { stdout } = await machine.run('echo still', options);
    expect(stdout.toString()).toBe('still\n');
    await machine.checkLock(never);
  });
}
