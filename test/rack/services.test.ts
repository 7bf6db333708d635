import { expect, it } from 'vitest';
import { describeRack } from './index.ts';
import { recordedGpu } from './services/gpu.ts';
import { ssh } from './ssh-client.ts';

const unit = `[Unit]
Description=A service of the test
[Service]
ExecStart=/bin/sleep 1000
[Install]
WantedBy=multi-user.target
`;

const openrcScript = `#!/sbin/openrc-run
command=/bin/sleep
command_args=1000
command_background=yes
pidfile=/run/napper.pid
`;

describeRack('services of the seed rack', 'seed', (rack) => {
  const run = async (node: string, command: string, stdin = '') => {
    const { stdout, stderr } = await ssh(rack(), node, command, { stdin });
    return stdout.trim() || stderr.trim();
  };

  it('PostgreSQL 15 has two databases with rows, over the network too', async () => {
    const address = rack().node('db-1').addresses.internal?.ipv4;
    const ask = (db: string, sql: string) =>
      run('jump', `PGPASSWORD=${db} psql -At -h ${address} -U ${db} -d ${db} -c '${sql}'`);
    expect(await ask('gitea', 'show server_version_num')).toMatch(/^15\d{4}$/);
    expect(await ask('gitea', 'select count(*) from repository')).toBe('250');
    expect(await ask('assets', 'select count(*) from asset')).toBe('1000');
    expect(await ask('wrong', 'select 1')).toContain('authentication failed');
  });

  it('PostgreSQL has its rows after a loss of power, and keeps its root writable', async () => {
    const fault = await rack().node('db-1').fault('killed');
    await fault.clear();
    const count = await run(
      'db-1',
      'psql -At -U postgres -h /run/postgresql -d gitea -c "select count(*) from repository"',
    );
    expect(count).toBe('250');
    await expect(rack().node('db-1').fault('read-only-root')).rejects.toThrow('stop them first');
  });

  it('Redis holds data and keeps an append-only file', async () => {
    expect(await run('worker-2', 'redis-cli get session:3')).toBe('user-3');
    expect(await run('worker-2', 'redis-cli info persistence')).toContain('aof_enabled:1');
    expect(await run('worker-2', 'ls /var/lib/redis/appendonlydir')).toContain(
      'appendonly.aof.manifest',
    );
  });

  it('Redis has its data after a loss of power', async () => {
    // It is in the append-only file, if not on its disk, before the answer comes.
    expect(await run('worker-2', 'redis-cli set after-power yes')).toBe('OK');
    const fault = await rack().node('worker-2').fault('killed');
    await fault.clear();
    expect(await run('worker-2', 'redis-cli get after-power')).toBe('yes');
  });

  it('nginx serves pages and passes on to the model container', async () => {
    const ingress = rack().node('worker-1').addresses.ingress?.ipv4;
    expect(await run('jump', `curl -sS http://${ingress}/healthz`)).toBe('ok');
    const model = await run(
      'jump',
      `curl -sS -H 'Host: models.rack.home.arpa' http://${ingress}/v1/models`,
    );
    expect(JSON.parse(model)).toMatchObject({ model: 'demo-7b', status: 'ready' });
  });

  it('lldpd sees the switch', async () => {
    const deadline = Date.now() + 15_000;
    let seen = '';
    while (!seen.includes('sw-1') && Date.now() < deadline) {
      seen = await run('worker-1', 'lldpcli -f json0 show neighbors');
    }
    expect(seen).toContain('sw-1');
    expect(seen).toContain('worker-1.10');
  });

  it('Docker Engine runs a container from an image built from nothing', async () => {
    expect(await run('gpu', "docker ps --format '{{.Names}} {{.Image}} {{.State}}'")).toBe(
      'model demo-model:1.0 running',
    );
    expect(await run('gpu', "docker info -f '{{.DockerRootDir}} {{.Driver}}'")).toBe(
      '/var/lib/docker overlay2',
    );
    expect(await run('gpu', 'docker run --rm demo-model:1.0 /bin/busybox echo from inside')).toBe(
      'from inside',
    );
    expect(await run('gpu', 'docker exec model /bin/busybox ls /')).not.toContain('home');
  });

  it('nvidia-smi answers the queries of a monitoring tool from an RTX 3090', async () => {
    const fields =
      'index,uuid,name,driver_version,compute_cap,pstate,temperature.gpu,fan.speed,utilization.gpu,utilization.memory,memory.total,memory.used,memory.free,power.draw,enforced.power.limit,clocks.sm,clocks.mem,pcie.link.gen.current,pcie.link.width.current,clocks_event_reasons.active';
    const line = await run('gpu', `nvidia-smi --query-gpu=${fields} --format=csv,noheader,nounits`);
    const values = line.split(', ');
    expect(values).toHaveLength(20);
    expect(values.slice(0, 3)).toEqual(['0', recordedGpu.uuid, 'NVIDIA GeForce RTX 3090']);
    expect(values[10]).toBe('24576');
    const withUnits = await run(
      'gpu',
      'nvidia-smi --query-gpu=memory.total,fan.speed --format=csv',
    );
    expect(withUnits).toBe('memory.total [MiB], fan.speed [%]\n24576 MiB, 55 %');
    const apps = 'gpu_uuid,pid,process_name,used_memory';
    const holder = await run(
      'gpu',
      `nvidia-smi --query-compute-apps=${apps} --format=csv,noheader`,
    );
    const [uuid, pid, ...rest] = holder.split(', ');
    expect([uuid, ...rest]).toEqual([recordedGpu.uuid, '/usr/local/bin/model-server', '17846 MiB']);
    // A process of the container that answers like a model.
    expect(await run('gpu', `cat /proc/${pid}/cgroup`)).toMatch(/:\/docker\/[0-9a-f]{64}/);
    expect(await run('gpu', 'nvidia-smi')).toContain('CUDA Version: 12.4');
    expect(await run('gpu', 'nvidia-smi --query-gpu=nonsense --format=csv')).toContain(
      'is not a valid field to query',
    );
  });

  it('systemctl installs and starts a unit', async () => {
    const script = [
      'cat >/etc/systemd/system/napper.service',
      'systemctl daemon-reload',
      'systemctl enable --now napper',
      'systemctl is-enabled napper',
      'systemctl is-active napper',
      'systemctl stop napper',
      'systemctl is-active napper',
    ].join('; ');
    const said = await run('worker-1', script, unit);
    expect(said.split('\n').slice(-3)).toEqual(['enabled', 'active', 'inactive']);
  });

  it('OpenRC installs and starts a service on the Alpine-like machine', async () => {
    const script = [
      'cat >/etc/init.d/napper; chmod 755 /etc/init.d/napper',
      'rc-update add napper default',
      'rc-service napper start',
      'rc-service napper status',
      'pidof sleep >/dev/null && kill -0 $(cat /run/napper.pid) && echo runs',
      'rc-service napper stop',
    ].join('; ');
    const said = await run('alpine', script, openrcScript);
    expect(said).toContain('napper added to runlevel default');
    expect(said).toContain('status: started');
    expect(said).toContain('runs');
    expect(await run('alpine', 'rc-service napper status')).toContain('stopped');
  });
});
