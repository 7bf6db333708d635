import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RackhelmError } from '../../../shared/model/errors.ts';
import { type KindName, kindOf } from '../../../shared/model/kinds/index.ts';
import { newValues } from '../../../shared/model/kinds/schema.ts';
import type { Database } from '../db/index.ts';
import { snapshot } from '../db/snapshot.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { createInventory } from '../inventory/index.ts';
import { createRecords, type Records } from '../records/index.ts';
import { createPower, type Power } from './index.ts';

let data: TemporaryData;
let db: Database;
let records: Records;
let power: Power;
beforeEach(() => {
  data = temporaryData();
  db = data.open();
  createInventory(db);
  records = createRecords(db);
  power = createPower(db);
});
afterEach(() => data.remove());

const add = (kind: KindName, values: Record<string, unknown>): string =>
  records.create({ kind, values: newValues(kindOf(kind)).parse(values) }).id;
const device = (name: string, values = {}) =>
  add('device', { name, kind: 'server', status: 'active', ...values });
const plain = { siteId: null, feed: null, phase: null, volts: 230, amperes: 16, outlets: 0 };
const breaker = (name: string, values: object = {}) =>
  power.addBreaker({ ...plain, name, ...values }).id;
const unit = (name: string, values: object = {}) =>
  power.addUnit({
    name,
    kind: 'pdu',
    outlets: 2,
    nameplate: null,
    battery: null,
    sourceId: null,
    ...values,
  }).deviceId;
const page = { search: '', offset: 0, limit: 200 };
const free = () => power.outlets({ ...page, free: true }).rows;
const outlet = (name: string) => free().find((one) => one.name === name)?.id ?? `no ${name}`;
const plug = (deviceId: string, sourceId: string, extra: object = {}) =>
  power.plug({ deviceId, sourceId, inputId: null, replace: false, ...extra });
const drawn = (collapsed: string[] = [], search = '') =>
  power
    .tree({ ...page, search, collapsed })
    .rows.map(
      ({ depth, name, device: on, load }) =>
        `${'  '.repeat(depth)}${name}${on !== null && on.name !== name ? ` → ${on.name}` : ''} ${load} W`,
    );
const refused = (work: () => unknown): RackhelmError => {
  try {
    work();
  } catch (error) {
    return error as RackhelmError; // asserted by its members
  }
  throw new Error('It was not refused');
};

/** A breaker for each feed, a UPS with a PDU on A, a PDU on B. */
function wired() {
  const [a, b] = [
    breaker('F1', { feed: 'A', phase: 'L1' }),
    breaker('F2', { feed: 'B', phase: 'L2' }),
  ];
  const ups = unit('ups-1', { kind: 'ups', battery: 400, nameplate: 900, sourceId: a, outlets: 1 });
  unit('pdu-a', { sourceId: outlet('ups-1 Outlet 1') });
  unit('pdu-b', { sourceId: b });
  const nas = device('nas', { measured: 60, nameplate: 120 });
  plug(nas, outlet('pdu-a Outlet 1'));
  plug(nas, outlet('pdu-b Outlet 1'));
  return { a, b, ups, nas };
}

describe('power that is put together in a few steps', () => {
  it('is drawn as a tree, each line with what it carries', () => {
    wired();
    expect(drawn()).toEqual([
      'F1 30 W',
      '  ups-1 30 W',
      '    Outlet 1 → pdu-a 30 W',
      '      Outlet 1 → nas 30 W',
      '      Outlet 2 0 W',
      'F2 30 W',
      '  pdu-b 30 W',
      '    Outlet 1 → nas 30 W',
      '    Outlet 2 0 W',
    ]);
  });

  it('is folded up where asked, and finds a line with all that it hangs on', () => {
    const { a } = wired();
    expect(drawn([a])).toHaveLength(5);
    expect(drawn([a], 'pdu-a nas')).toEqual([]);
    expect(drawn([], 'outlet 2')[0]).toBe('F1 30 W');
    expect(drawn([], 'nas').at(-1)).toBe('    Outlet 1 → nas 30 W');
    expect(power.tree({ ...page, collapsed: [], offset: 3, limit: 2 })).toMatchObject({
      total: 9,
      rows: [{ depth: 3, supply: 'mains', feed: 'A', phase: 'L1' }, { depth: 3 }],
    });
  });

  it('is one change set for each step', () => {
    unit('pdu', { outlets: 8 });
    expect(db.history.state().undo?.title).toBe('Added PDU pdu with 8 outlets');
    db.history.undo();
    expect(power.overview().empty).toBe(true);
    expect(snapshot(db.file)).toMatchObject({ device: [], power_point: [] });
  });

  it('takes a device that is there, and counts outlets on', () => {
    const known = device('pdu', { kind: 'pdu' });
    expect(unit('PDU')).toBe(known);
    power.addOutlets({ deviceId: known, count: 2 });
    expect(free().map(({ name }) => name)).toEqual([1, 2, 3, 4].map((n) => `pdu Outlet ${n}`));
  });
});

describe('plugging in', () => {
  it('refuses an outlet that is taken, and frees it when asked to', () => {
    unit('pdu', { outlets: 1 });
    const [one, other] = [device('one'), device('other')];
    const only = outlet('pdu Outlet 1');
    plug(one, only);
    expect(refused(() => plug(other, only))).toMatchObject({
      message: 'pdu Outlet 1 is taken by one PSU 1.',
      data: { taken: true },
    });
    plug(other, only, { replace: true });
    expect(power.device(one).supplies).toMatchObject([{ supply: 'none', path: [] }]);
    expect(power.device(other).supplies).toMatchObject([
      { supply: 'mains', path: ['pdu Outlet 1'] },
    ]);
  });

  it('moves a supply that hangs elsewhere, and leaves the old outlet free', () => {
    const { nas, b } = wired();
    const [first] = power.device(nas).supplies;
    plug(nas, outlet('pdu-a Outlet 2'), { inputId: first?.id });
    expect(free().map(({ name }) => name)).toContain('pdu-a Outlet 1');
    expect(power.device(nas).supplies.map(({ path }) => path)).toEqual([
      ['pdu-a Outlet 2', 'ups-1 Outlet 1', 'F1'],
      ['pdu-b Outlet 1', 'F2'],
    ]);
    expect(records.get({ kind: 'power-point', id: b }).dependents).toHaveLength(1);
  });

  it('refuses a circle, another device’s supply, and what is no source', () => {
    const { ups, nas } = wired();
    expect(refused(() => plug(ups, outlet('pdu-a Outlet 2'), inputOf(ups))).message).toContain(
      'fed by',
    );
    expect(refused(() => plug(ups, outlet('pdu-b Outlet 2'), inputOf(nas))).message).toContain(
      'another',
    );
    const { inputId } = inputOf(nas);
    expect(refused(() => plug(ups, inputId)).message).toContain('outlet or a breaker');
  });

  const inputOf = (id: string) => ({ inputId: power.device(id).supplies[0]?.id ?? '' });
});

describe('the overview', () => {
  it('tells loads, both feeds, the run time, and what happens when a feed fails', () => {
    wired();
    device('lonely');
    device('in a cluster', { kind: 'vm' });
    const told = power.overview();
    expect(told).toMatchObject({
      empty: false,
      load: 60,
      worst: 120,
      unmeasured: 0,
      feeds: { A: 30, B: 30, none: 0 },
      phases: { L1: 30, L2: 30, L3: 0, none: 0 },
      breakers: [
        { name: 'F1', capacity: 3680 },
        { name: 'F2', load: 30 },
      ],
      ups: [{ name: 'ups-1', load: 30, capacity: 900, runTime: { minutes: 600 } }],
      overloaded: { count: 0 },
      undocumented: 1,
    });
    expect(told.failures).toMatchObject([
      { feed: 'A', dark: { count: 0 }, onBattery: { count: 0 } },
      { feed: 'B', dark: { count: 0 } },
    ]);
    expect(power.undocumented(page).rows).toMatchObject([{ name: 'lonely', why: 'no-supply' }]);
  });
});
