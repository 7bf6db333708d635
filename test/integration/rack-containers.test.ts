import { setTimeout as pause } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { afterTableEvent, type TableWindow, tableQuery } from '../../shared/cluster/table.ts';
import { isUnderWay } from '../../shared/jobs/job-state.ts';
import { describeRack } from '../rack/index.ts';
import { ssh } from '../rack/ssh-client.ts';
import { App } from './rack/app.ts';
import { directTarget } from './rack/login.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** A real engine on the GPU machine of the rack, reached over SSH and nothing else. */
describeRack('the containers of the GPU machine', 'seed', (rack) => {
  let app: App;
  let deviceId: string;
  let engineId: string;
  const on = async (command: string) => {
    const { exitCode, stdout, stderr } = await ssh(rack(), 'gpu', command);
    expect(exitCode, stderr).toBe(0);
    return stdout.trim();
  };
  const sshd = async (setting: string) => {
    const keep = 'cp -n /etc/ssh/sshd_config /tmp/sshd_config.before';
    const added = `printf '%s\\n' '${setting}' >>/etc/ssh/sshd_config`;
    await on(`${keep}; ${added}; sshd -t; kill -HUP $(cat /run/sshd.pid)`);
  };
  const say = 'i=0; while :; do i=$((i+1)); echo "$(date +%s) line $i"; sleep 0.2; done';
  const run = (name: string, ...more: string[]) =>
    on(`docker run -d --name ${name} ${more.join(' ')}`);

  beforeAll(async () => {
    // One session at a time, as some machines have it: channels to a socket are none.
    await sshd('MaxSessions 1\nMatch User deploy\n  AllowStreamLocalForwarding no');
    app = await App.open();
    deviceId = await app.add(directTarget(rack().node('gpu')));
    const way = { kind: 'ssh', deviceId, socket: null } as const;
    ({ id: engineId } = await app.client.containers.engines.add({ way }));
    await run('talker', `--restart always demo-model:1.0 /bin/sh -c '${say}'`);
    await run(
      'broken',
      '--label "<b>x</b>=$(printf "\\342\\200\\256")evil" demo-model:1.0 /bin/nothere || true',
    );
  });
  afterAll(async () => {
    await app.close();
    await ssh(rack(), 'gpu', 'docker rm -fv talker broken; docker image rm copy:1');
    await on('mv /tmp/sshd_config.before /etc/ssh/sshd_config; kill -HUP $(cat /run/sshd.pid)');
  });

  const list = async (kind = 'containers', search = '') => {
    const query = tableQuery.parse({ kind, search, sort: { column: 'name', descending: false } });
    return await app.client.containers.live.list({ ...query, engineId });
  };

  it('finds its socket and says what it is, over the one SSH connection there is', async () => {
    const test = await app.client.containers.engines.test({ id: engineId });
    expect(test.failure).toBeNull();
    expect(test.way).toBe('over SSH to gpu, /var/run/docker.sock');
    expect(test.facts).toMatchObject({ product: 'Docker', apiVersion: '1.41', rootless: false });
    await Promise.all(
      Array.from({ length: 20 }, () => app.client.containers.images.disk({ engineId })),
    );
    // One of the helper that asks this, and one of Rackhelm.
    expect(await on("pgrep -fc '^sshd: root@notty$|^sshd: root$'")).toBe('2');
  });

  it('lists containers with their states in words, whatever their names and labels', async () => {
    const { rows, standing } = await list();
    expect(standing.state).toBe('live');
    const told = Object.fromEntries(rows.map(({ name, status }) => [name, status.label]));
    expect(told).toEqual({ broken: 'Cannot start', model: 'Running', talker: 'Running' });
    const broken = rows.find(({ name }) => name === 'broken');
    expect(broken?.status.why).toContain('its command was not found in the image');
    const { labels } = await app.client.containers.container.page({
      engineId,
      container: 'broken',
    });
    expect(labels).toContainEqual({ name: '<b>x</b>', value: '<U+202E>evil' });
    expect((await list('images')).rows[0]).toMatchObject({
      name: 'demo-model:1.0',
      cells: { usedBy: ['broken', 'model', 'talker'] },
    });
  });

  it('tells what changes while it is looked at, and does what a person wants', async () => {
    const leave = new AbortController();
    const query = { ...tableQuery.parse({ kind: 'containers', search: 'talker' }), engineId };
    const events = await app.client.containers.live.follow(query, { signal: leave.signal });
    const seen: string[] = [];
    const reading = (async () => {
      let window: TableWindow | null = null;
      for await (const event of events) {
        window = afterTableEvent(window, event);
        seen.push(window?.rows[0]?.status.label ?? 'none');
      }
    })().catch(() => {}); // it was left
    const asked = { engineId, containers: ['talker', 'nobody'] };
    await vi.waitFor(() => expect(seen.at(-1)).toBe('Running'));
    const action = { do: 'stop', seconds: 0 } as const;
    const { results } = await app.client.containers.container.act({ ...asked, action });
    expect(results.map(({ failure }) => failure?.code ?? null)).toEqual([null, 'NOT_FOUND']);
    await vi.waitFor(() => expect(seen.at(-1)).toBe('Killed'), 5_000);
    await app.client.containers.container.act({ ...asked, action: { do: 'start' } });
    await vi.waitFor(() => expect(seen.at(-1)).toBe('Running'), 5_000);
    leave.abort();
    await reading;
  });

  it('goes on with a log and a list after the engine was killed, and nothing comes twice', async () => {
    const leave = new AbortController();
    const { signal } = leave;
    const asked = { id: uuidv7(), engineId, containers: ['talker'], tail: 5 };
    const lines: string[] = [];
    const log = await app.client.containers.container.logs(asked, { signal });
    const reading = (async () => {
      for await (const event of log)
        if (event.type !== 'sources') lines.push(...event.lines.map(({ text }) => text));
    })().catch(() => {}); // it was left
    await vi.waitFor(() => expect(lines.length).toBeGreaterThan(7), 5_000);
    await on('kill -9 $(cat /var/run/docker.pid)');
    await vi.waitFor(async () => expect((await list()).standing.state).toBe('stale'), 10_000);
    const old = await list();
    expect(old.standing).toMatchObject({ why: expect.stringContaining('gpu') });
    expect(old.rows.map(({ name }) => name)).toContain('model');
    const before = lines.length;
    // What passes its ports on outlives it, and would keep them from the next one.
    await on(
      'pkill -x docker-proxy; setsid dockerd >>/var/log/docker.log 2>&1 </dev/null & sleep 1',
    );
    await vi.waitFor(async () => expect((await list()).standing.state).toBe('live'), 20_000);
    await vi.waitFor(() => expect(lines.length).toBeGreaterThan(before + 5), 15_000);
    leave.abort();
    await reading;
    expect(new Set(lines).size).toBe(lines.length);
    await on('timeout 10 sh -c "until docker start model; do sleep 0.3; done"');
    const { away } = await app.client.containers.live.overview({ engineId });
    expect(away?.until).toBeGreaterThan(away?.from ?? 0);
  });

  it('deletes what was shown and nothing else, as a job', async () => {
    await on('docker tag demo-model:1.0 copy:1; docker rmi demo-model:none 2>/dev/null; true');
    const choice = {
      containers: true,
      images: 'none',
      volumes: 'none',
      buildCache: false,
    } as const;
    const { items } = await app.client.containers.images.previewPrune({ engineId, choice });
    expect(items.map(({ name }) => name)).toEqual(['broken']);
    const { jobId } = await app.client.containers.images.prune({ engineId, items });
    while (isUnderWay((await app.client.jobs.get({ id: jobId })).state)) await pause(50);
    expect((await app.client.jobs.get({ id: jobId })).state.state).toBe('done');
    expect(await on("docker ps -a --format '{{.Names}}' | sort | xargs")).toBe('model talker');
  });

  it('says who may not use the socket, and why', async () => {
    const { client } = app;
    const account = rack().account('deploy');
    const { user: sshUser, identityFile: sshIdentityFile } = account;
    await client.devices.update({ ids: [deviceId], patch: { sshUser, sshIdentityFile } });
    const { failure } = await client.containers.engines.test({ id: engineId });
    expect(failure).toMatchObject({
      code: 'DOCKER_SOCKET_DENIED',
      message: expect.stringMatching(
        /deploy may not use \/var\/run\/docker\.sock on gpu: it belongs to root/,
      ),
    });
    // Where the socket is named, nothing is looked for before the way is tried.
    const way = { kind: 'ssh', deviceId, socket: '/var/run/docker.sock' } as const;
    await on('chmod o+rw /var/run/docker.sock');
    const { id } = await client.containers.engines.add({ way, name: 'named' });
    const forbidden = await client.containers.engines.test({ id });
    await on('chmod o-rw /var/run/docker.sock');
    expect(forbidden.failure).toMatchObject({
      code: 'SSH_FORWARD_REFUSED',
      hint: expect.stringContaining('AllowStreamLocalForwarding local'),
    });
  });
});
