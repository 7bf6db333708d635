import { describe, expect, it } from 'vitest';
import { hasMemoryFlags, withMemoryFlags, withoutOurFlags } from './kernel-line.ts';

const flags = 'cgroup_memory=1 cgroup_enable=memory';

describe('withMemoryFlags', () => {
  it('appends both flags to the one line and keeps it one line', () => {
    expect(withMemoryFlags('console=tty1 root=PARTUUID=ab-02 rootwait\n')).toBe(
      `console=tty1 root=PARTUUID=ab-02 rootwait ${flags}\n`,
    );
    expect(withMemoryFlags('rootwait')).toBe(`rootwait ${flags}`);
    expect(withMemoryFlags('rootwait  \r\n')).toBe(`rootwait ${flags}\r\n`);
  });

  it('doubles no flag, and adds what is missing alone', () => {
    expect(withMemoryFlags('a cgroup_enable=memory b\n')).toBe(
      'a cgroup_enable=memory b cgroup_memory=1\n',
    );
    expect(withMemoryFlags(`a ${flags} b\n`)).toBe(`a ${flags} b\n`);
    expect(withMemoryFlags('a cgroup_enable=cpuset\n')).toBe(`a cgroup_enable=cpuset ${flags}\n`);
  });

  it('takes away what switches it off, and leaves the other controllers off', () => {
    expect(withMemoryFlags('a cgroup_disable=memory b\n')).toBe(`a b ${flags}\n`);
    expect(withMemoryFlags('cgroup_disable=memory b\n')).toBe(`b ${flags}\n`);
    expect(withMemoryFlags('a cgroup_disable=cpu,memory b\n')).toBe(
      `a cgroup_disable=cpu b ${flags}\n`,
    );
    expect(withMemoryFlags('a cgroup_memory=0\n')).toBe(`a ${flags}\n`);
    expect(withMemoryFlags(`a ${flags} cgroup_disable=memory\n`)).toBe(`a ${flags}\n`);
  });

  it('leaves further lines alone, which the firmware does not read', () => {
    expect(withMemoryFlags('a\n# note\n')).toBe(`a ${flags}\n# note\n`);
    expect(withMemoryFlags('a quiet="x y"\n')).toBe(`a quiet="x y" ${flags}\n`);
  });

  it('refuses a file without a first line', () => {
    expect(withMemoryFlags('')).toBeNull();
    expect(withMemoryFlags('\nroot=/dev/sda1\n')).toBeNull();
  });

  it.each(['a\n', 'a cgroup_disable=memory', 'cgroup_memory=0 a', `${flags}`])(
    'finds nothing more to do in its own result: %j',
    (text) => {
      const once = withMemoryFlags(text) ?? '';
      expect(withMemoryFlags(once)).toBe(once);
      expect(hasMemoryFlags(once)).toBe(true);
    },
  );
});

it('knows which word wins where the firmware adds its own', () => {
  expect(hasMemoryFlags(`cgroup_disable=memory root=x ${flags}`)).toBe(true);
  expect(hasMemoryFlags('cgroup_enable=memory cgroup_disable=memory')).toBe(false);
  expect(hasMemoryFlags('xcgroup_enable=memory')).toBe(false);
});

it('takes out only the flags that it put in', () => {
  expect(withoutOurFlags(`a ${flags} quiet\n`, 'a\n')).toBe('a quiet\n');
  expect(withoutOurFlags(`a ${flags} quiet\n`, 'a cgroup_memory=1\n')).toBe(
    'a cgroup_memory=1 quiet\n',
  );
  expect(withoutOurFlags('a', null)).toBeUndefined();
});
