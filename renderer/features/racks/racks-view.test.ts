import { expect, it } from 'vitest';
import { specimen } from './elevation-specimens.ts';
import { createRacksView, labelOf } from './racks-view.ts';

function storage(kept: string | null): Storage {
  const items = new Map(kept === null ? [] : [['rackhelm-racks', kept]]);
  return {
    length: items.size,
    clear: () => items.clear(),
    key: () => null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

it('keeps how racks are shown, and takes what it does not know for the standard', () => {
  const kept = storage(null);
  createRacksView(kept).set({ heat: 'power', faces: 'both' });
  expect(createRacksView(kept).store.getState()).toMatchObject({ heat: 'power', faces: 'both' });
  for (const text of ['{', 'null', '{"heat":"lava","size":7}']) {
    expect(createRacksView(storage(text)).store.getState()).toMatchObject({
      heat: 'none',
      size: 'medium',
    });
  }
});

it('labels by what is asked for, and by the name where that is not declared', () => {
  const device = specimen('nas', { hostname: 'nas.lan' });
  expect([labelOf(device, 'hostname'), labelOf(device, 'asset-tag')]).toEqual(['nas.lan', 'nas']);
});
