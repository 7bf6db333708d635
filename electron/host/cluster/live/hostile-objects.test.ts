import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LiveBed, names, pod } from './trial/live-bed.ts';

let bed: LiveBed;

beforeEach(() => {
  bed = new LiveBed();
});
afterEach(() => bed.close());

describe('hostile objects', () => {
  it('of one uid, without parts or with odd ones are held beside the others', async () => {
    const uid = 'same';
    bed.cluster.put('pods', {
      metadata: { name: 'a', namespace: 'web', uid },
      spec: null,
      status: [],
    });
    bed.cluster.put('pods', {
      ...pod('b'),
      metadata: {
        name: 'b',
        namespace: 'web',
        uid,
        labels: { __proto__: 'x', 'k\u202e': '\u001b[2J' },
      },
    });
    bed.cluster.put('pods', {
      metadata: { name: 'c', namespace: 'web' },
      spec: { nodeName: 7, containers: [{}, null, { name: {} }] },
    });
    const found = await bed.list({ kind: 'pods' });
    expect(names(found)).toEqual(['a', 'b', 'c']);
    const text = JSON.stringify(found.rows.map(({ status, cells }) => [status, cells]));
    expect(text).not.toMatch(/u001b|\u202e/);
  });

  it('do not fill the memory with events: the newest are held, and how many are not is told', async () => {
    bed.cluster.pageSize = 1_000;
    const times = Array.from({ length: 30_000 }, (_, at) => (at * 7919) % 30_000_000);
    for (const [at, time] of times.entries()) {
      const lastTimestamp = new Date(Date.UTC(2026, 10, 30) + time).toISOString();
      bed.cluster.put('events', {
        metadata: { name: `e${at}`, namespace: 'web' },
        lastTimestamp,
        message: 'm',
      });
    }
    const found = await bed.list({
      kind: 'events',
      sort: { column: 'last', descending: true },
      limit: 1,
    });
    expect(found.held).toBeLessThanOrEqual(12_000);
    expect(found.held + found.left).toBe(30_000);
    expect(found.rows[0]?.cells.last).toBe(Date.UTC(2026, 10, 30) + Math.max(...times));
  }, 30_000);
});
