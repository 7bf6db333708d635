import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../electron/host/db/index.ts';
import { createJobs, type Jobs } from '../../electron/host/engine/jobs/index.ts';
import { createMachines } from '../../electron/host/engine/machines/index.ts';
import type { Probed } from '../../shared/jobs/plan.ts';
import { registerPhase } from './kill/file-phases.ts';
import { makeScratch } from './scratch.ts';
import { describeWith, type Sshd, useTestBed } from './sshd/index.ts';

describeWith(['sshd', 'root'], 'a connection that is cut while a step is being done', () => {
  const bed = useTestBed();
  let directory: string;
  let database: Database;
  let jobs: Jobs;
  beforeEach(() => {
    directory = makeScratch('cut');
    database = openDatabase({ dataDirectory: path.join(directory, 'data') });
    jobs = createJobs({
      database,
      limits: { reopenAfterMs: [100, 1_000, 5_000] },
      report: (error) => {
        throw error;
      },
    });
  });
  afterEach(async () => {
    await jobs.close();
    database.close();
    rmSync(directory, { recursive: true, force: true });
  });

  /** A way to the sshd that can be cut, as a network is: neither end is told why. */
  async function wayTo(sshd: Sshd) {
    const open = new Set<net.Socket>();
    const server = net.createServer((near) => {
      const far = net.connect(sshd.port, '127.0.0.1');
      for (const socket of [near, far]) {
        open.add(socket);
        socket.on('error', () => {}).on('close', () => open.delete(socket));
      }
      near.pipe(far).pipe(near);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    bed.onCleanup(() => server.close());
    const address = server.address();
    return {
      port: typeof address === 'object' && address !== null ? address.port : 0,
      cut() {
        for (const socket of open) socket.destroy();
      },
    };
  }

  const register = () => path.join(directory, 'register');
  const begun = () => path.join(directory, 'begun');

  /** A line is added to a register by this script; the first time it is cut once it has begun. */
  async function add(script: string) {
    const sshd = await bed.sshd();
    const way = await wayTo(sshd);
    const { pool } = bed.client();
    const machines = createMachines({ pool: async () => pool });
    let applied = 0;
    const phase = {
      ...registerPhase,
      async apply({ machine, signal }, { path: file, line }) {
        applied += 1;
        const running = machine.run(script, { signal, args: [file, line, begun()] });
        if (applied === 1) {
          while (!existsSync(begun())) await new Promise((resolve) => setTimeout(resolve, 10));
          way.cut();
        }
        await running;
      },
    } satisfies typeof registerPhase;
    jobs.register({
      ...{ kind: 'adding', version: 1, phases: [phase], afterCrash: 'ask' },
      open: (_, __, { jobId, signal, log }) =>
        machines.open(bed.target(sshd, { port: way.port }), {
          ...{ name: 'pi', jobId, signal, log },
          ask: async () => ({ kind: 'ssh', answer: { kind: 'host-key', accept: true } }),
        }),
    });
    const params = { path: register(), line: 'pi' };
    const lane = { lane: 'pi', title: 'pi', deviceId: null, after: [] };
    const step = { phase: 'register', title: 'Register pi', params, items: [], lasting: null };
    const probed: Probed = { standing: 'absent', found: '', evidence: [] };
    const plan = { version: 1, lanes: [{ ...lane, phases: [{ ...step, probed }] }] };
    const request = { kind: 'adding', title: 'Add it', input: null, by: 'cli' } as const;
    const { id } = await jobs.start({ ...request, plan, attended: true });
    const { state } = await jobs.ended(id);
    const { lines } = await jobs.log(id, { stepId: null, after: 0, search: '', limit: 100 });
    return { state, applied, said: lines.map(({ text }) => text).join('\n') };
  }

  it('is made again, and what was done already is not done twice', async () => {
    const { state, applied, said } = await add('printf "%s\\n" "$2" >>"$1"; : >"$3"; sleep 3');
    expect([state.state, applied], said).toEqual(['done', 1]);
    expect(readFileSync(register(), 'utf8')).toBe('pi\n');
    expect(said).toContain('Contact was lost');
  }, 60_000);

  it('lets what goes on running there come to its end before it looks', async () => {
    const { state, applied, said } = await add(': >"$3"; sleep 3; printf "%s\\n" "$2" >>"$1"');
    expect([state.state, applied], said).toEqual(['done', 1]);
    expect(readFileSync(register(), 'utf8')).toBe('pi\n');
  }, 60_000);
});
