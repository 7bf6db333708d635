import { describe, expect, it } from 'vitest';
import { type Action, createActionRegistry } from './registry.ts';

const press = (
  key: string,
  held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey', boolean>> = {},
) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

function action(part: Partial<Action> & { id: string }): Action {
  const icon = (() => null) as unknown as Action['icon']; // never drawn here
  return { title: part.id, group: 'Edit', icon, run: () => undefined, ...part };
}

describe('action registry', () => {
  it('runs an action once and says that it did', () => {
    let runs = 0;
    const registry = createActionRegistry([action({ id: 'a', run: () => (runs += 1) })], 'Linux');
    expect(registry.run('a')).toBe(true);
    expect(runs).toBe(1);
  });

  it('does not run what is not possible now', () => {
    let runs = 0;
    const status = {
      read: () => ({ enabled: false, detail: null }),
      subscribe: () => () => undefined,
    };
    const registry = createActionRegistry(
      [action({ id: 'undo', status, run: () => (runs += 1) })],
      'Linux',
    );
    expect(registry.run('undo')).toBe(false);
    expect(runs).toBe(0);
  });

  it('refuses two actions of one id or one shortcut', () => {
    expect(() =>
      createActionRegistry([action({ id: 'a' }), action({ id: 'a' })], 'Linux'),
    ).toThrow();
    const same = [action({ id: 'a', shortcut: 'N' }), action({ id: 'b', shortcut: 'n' })];
    expect(() => createActionRegistry(same, 'Linux')).toThrow();
  });

  it('leaves undo and plain keys to a field in which a person types', () => {
    const registry = createActionRegistry(
      [
        action({ id: 'undo', shortcut: 'mod+Z' }),
        action({ id: 'new', shortcut: 'N' }),
        action({ id: 'find', shortcut: 'mod+K', whileTyping: true }),
      ],
      'Linux',
    );
    const undo = press('z', { ctrlKey: true });
    expect(registry.forKey(undo, { typing: false })?.id).toBe('undo');
    expect(registry.forKey(undo, { typing: true })).toBeNull();
    expect(registry.forKey(press('n'), { typing: true })).toBeNull();
    expect(registry.forKey(press('k', { ctrlKey: true }), { typing: true })?.id).toBe('find');
  });

  it('keeps undo and redo apart by Shift', () => {
    const registry = createActionRegistry(
      [action({ id: 'undo', shortcut: 'mod+Z' }), action({ id: 'redo', shortcut: 'mod+shift+Z' })],
      'Linux',
    );
    const redo = press('Z', { ctrlKey: true, shiftKey: true });
    expect(registry.forKey(redo, { typing: false })?.id).toBe('redo');
  });

  it('lists what the shown page can do first, for as long as it is shown', () => {
    const registry = createActionRegistry([action({ id: 'a' })], 'Linux');
    let told = 0;
    const stop = registry.subscribe(() => {
      told += 1;
    });
    const end = registry.register([action({ id: 'here', group: 'This page' })]);
    expect(registry.all.map(({ id }) => id)).toEqual(['here', 'a']);
    end();
    expect(registry.all.map(({ id }) => id)).toEqual(['a']);
    expect(told).toBe(2);
    stop();
  });

  it('bears a page that comes before the one that it takes the place of has gone', () => {
    const registry = createActionRegistry([], 'Linux');
    const end = registry.register([action({ id: 'here', title: 'old' })]);
    registry.register([action({ id: 'here', title: 'new' })]);
    expect(registry.get('here').title).toBe('new');
    end();
    expect(registry.get('here').title).toBe('new');
  });
});
