import { describe, expect, it, vi } from 'vitest';
import { toColumns } from '../../../shared/model/columns.ts';
import type { DeviceRow } from '../../../shared/model/inventory.ts';
import type { Client } from '../../rpc/client.ts';
import { LinkDownError } from '../../rpc/failure.ts';
import { pageSize, rowAt } from '../../rpc/paged-table.ts';
import { createResourcePool } from '../../rpc/resource.ts';
import { noFilter } from './device-filter.ts';
import { createDevicesStore } from './devices-store.ts';
import { selectionName } from './selection-name.ts';

interface ListInput {
  readonly search: string;
  readonly offset: number;
  readonly limit: number;
}

/** A host with `total` devices, named by their place. */
function setUp(total: number) {
  const row = (n: number) => ({ id: `id-${n}`, name: `node-${n}` }) as DeviceRow; // all that is read
  const list = vi.fn(async ({ search, offset, limit }: ListInput) => {
    const count = search === '' ? total : 1;
    const size = Math.max(0, Math.min(limit, count - offset));
    return { total: count, rows: Array.from({ length: size }, (_, n) => row(offset + n)) };
  });
  const columns = async (input: ListInput) => {
    const { rows, total: found } = await list(input);
    return { list: toColumns(rows, ['id', 'name']), total: found };
  };
  const client = { devices: { columns } } as unknown as Client; // the one procedure that is called
  const pool = createResourcePool();
  const devices = createDevicesStore({ client, pool });
  const offsets = () => list.mock.calls.map(([input]) => input.offset);
  return { devices, pool, list, offsets, state: () => devices.store.getState() };
}

async function shown(total: number) {
  const all = setUp(total);
  all.devices.retain();
  await vi.waitFor(() => expect(all.state().status).toBe('ready'));
  return all;
}

describe('the devices table', () => {
  it('reads one page at first and knows how many there are', async () => {
    const { state, offsets } = await shown(10_000);
    expect(state().total).toBe(10_000);
    expect(offsets()).toEqual([0]);
    expect(rowAt(state(), 5)?.name).toBe('node-5');
    expect(rowAt(state(), pageSize)).toBeUndefined();
  });

  it('reads the pages in view, each once', async () => {
    const { devices, state, offsets } = await shown(10_000);
    devices.ensure(5000, 5030);
    devices.ensure(5001, 5031);
    await vi.waitFor(() => expect(rowAt(state(), 5010)?.name).toBe('node-5010'));
    expect(offsets()).toEqual([0, 5000]);
  });

  it('reads what is in view again when the inventory changes, and keeps the rows meanwhile', async () => {
    const { devices, pool, state, list } = await shown(10_000);
    devices.ensure(5000, 5030);
    await vi.waitFor(() => expect(rowAt(state(), 5010)).toBeDefined());
    pool.invalidate();
    expect(rowAt(state(), 5010)).toBeDefined();
    await vi.waitFor(() => expect(list).toHaveBeenCalledTimes(3));
    expect(list.mock.calls.at(-1)?.[0].offset).toBe(5000);
  });

  it('drops the selection with a new filter, and reads from the top', async () => {
    const { devices, state } = await shown(500);
    await devices.pick(3, 'only');
    devices.setFilter({ ...noFilter, search: 'pi' });
    await vi.waitFor(() => expect(state().total).toBe(1));
    expect(state().selected.size).toBe(0);
  });

  it('picks one, toggles others, and takes a range over pages not yet read', async () => {
    const { devices, state } = await shown(1000);
    await devices.pick(1, 'only');
    await devices.pick(3, 'toggle');
    expect([...state().selected]).toEqual(['id-1', 'id-3']);
    await devices.pick(3, 'toggle');
    expect([...state().selected]).toEqual(['id-1']);
    await devices.pick(10, 'only');
    await devices.pick(450, 'range');
    expect(state().selected.size).toBe(441);
    expect(state().selected.has('id-300')).toBe(true);
  });

  it('ticks the row under the cursor, and lets the cursor move on without losing it', async () => {
    const { devices, state } = await shown(10);
    await devices.pick(0, 'move');
    await devices.pick(1, 'move');
    expect([...state().selected]).toEqual(['id-1']);
    expect(state().follows).toBe(true);
    await devices.pick(1, 'tick');
    expect([...state().selected]).toEqual(['id-1']);
    expect(state().follows).toBe(false);
    await devices.pick(2, 'move');
    await devices.pick(3, 'move');
    await devices.pick(3, 'tick');
    expect([...state().selected]).toEqual(['id-1', 'id-3']);
    await devices.pick(3, 'tick');
    expect([...state().selected]).toEqual(['id-1']);
    expect(state().active).toBe(3);
  });

  it('keeps the last list when the host is gone', async () => {
    const { devices, state, list } = await shown(10);
    list.mockRejectedValueOnce(new LinkDownError());
    await devices.reload();
    expect(state()).toMatchObject({ status: 'ready', total: 10 });
  });

  it('selects all that match, read or not', async () => {
    const { devices, state } = await shown(1000);
    await devices.selectAll();
    expect(state().selected.size).toBe(1000);
    expect(selectionName(state())).toBe('1,000 devices');
    await devices.pick(2, 'only');
    expect(selectionName(state())).toBe('node-2');
  });

  it('selects nothing of a list that was filtered anew meanwhile', async () => {
    const { devices, state } = await shown(1000);
    const all = devices.selectAll();
    devices.setFilter({ ...noFilter, search: 'pi' });
    await all;
    await vi.waitFor(() => expect(state().total).toBe(1));
    expect(state().selected.size).toBe(0);
  });

  it('leaves the selection alone when a part of a range cannot be read', async () => {
    const { devices, state, list } = await shown(1000);
    await devices.pick(10, 'only');
    list.mockRejectedValueOnce(new LinkDownError());
    await devices.pick(450, 'range');
    expect([...state().selected]).toEqual(['id-10']);
  });

  it('reads the rows that somebody scrolled to while the list was read again', async () => {
    const { devices, pool, state, offsets } = await shown(10_000);
    devices.ensure(5000, 5030);
    await vi.waitFor(() => expect(rowAt(state(), 5010)).toBeDefined());
    pool.invalidate();
    devices.ensure(0, 30);
    await vi.waitFor(() => expect(offsets()).toEqual([0, 5000, 5000, 0]));
    await vi.waitFor(() => expect(rowAt(state(), 5)?.name).toBe('node-5'));
  });

  it('tells of a failure and recovers by reading again', async () => {
    const { devices, state, list } = setUp(3);
    list.mockRejectedValueOnce(new Error('away'));
    await devices.reload();
    expect(state()).toMatchObject({ status: 'failed', failure: { message: 'away' } });
    await devices.reload();
    expect(state()).toMatchObject({ status: 'ready', failure: null, total: 3 });
  });
});
