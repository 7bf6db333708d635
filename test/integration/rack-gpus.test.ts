import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { GpuEvent } from '../../shared/contract/gpus.ts';
import { describeRack } from '../rack/index.ts';
import { App } from './rack/app.ts';
import { directTarget } from './rack/login.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describeRack('the cards of the GPU machine', 'seed', (rack) => {
  let app: App;
  let deviceId: string;
  beforeAll(async () => {
    app = await App.open();
    deviceId = await app.add(directTarget(rack().node('gpu')));
  });
  afterAll(() => app.close());

  it('tell which container of the engine holds the memory', async () => {
    const { gpus, processes, troubles } = await app.client.gpus.look({ deviceId });
    expect(troubles).toEqual([]);
    expect(gpus).toMatchObject([{ name: 'NVIDIA GeForce RTX 3090', utilizationPercent: 87 }]);
    expect(processes).toMatchObject([
      { gpuKey: gpus[0]?.key, container: { runtime: 'docker', name: 'model' } },
    ]);
  });

  it('are looked at each second, also after the connection was lost', async () => {
    const events: GpuEvent['type'][] = [];
    const seen = (type: GpuEvent['type']) => events.filter((each) => each === type).length;
    let fault: AsyncDisposable | undefined;
    for await (const event of await app.client.gpus.watch({ deviceId })) {
      events.push(event.type);
      if (event.type === 'failed') await fault?.[Symbol.asyncDispose]();
      else if (seen('failed') > 0) break;
      else if (seen('sample') === 2) fault = await rack().node('gpu').fault('sshd-killed');
    }
    expect(seen('sample')).toBeGreaterThan(2);
    expect(events[0]).toBe('past');
  });

  it('are checked, and what comes of it stands with the checks of the device', async () => {
    const results = await app.client.gpus.check({ deviceId });
    expect(results.length).toBeGreaterThan(4);
    const kept = await app.client.checks.of({ subjectIds: [deviceId] });
    expect(kept.map(({ check }) => check)).toEqual(
      expect.arrayContaining(['gpu.driver', 'gpu.link', 'gpu.kernel-log']),
    );
    expect(results.find(({ check }) => check === 'gpu.link')?.status).toBe('pass');
  });
});
