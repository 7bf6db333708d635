import { expect, it } from 'vitest';
import { filesOf, sectionsOf } from './output-fixture.ts';

const v2 = '+/sys/fs/cgroup/cgroup.controllers';
const cgroup = (files: Record<string, string>, presence = '') =>
  sectionsOf({ files: filesOf(files), presence }).cgroup;

it('sees whether memory is effective under v2', () => {
  const path = '/sys/fs/cgroup/cgroup.controllers';
  expect(cgroup({ [path]: 'cpuset cpu io memory pids' }, v2)).toEqual({
    status: 'ok',
    data: { version: 'v2', memoryController: true },
  });
  // A Raspberry Pi before cgroup_enable=memory stands on its command line.
  expect(cgroup({ [path]: 'cpuset cpu io pids' }, v2)).toMatchObject({
    data: { memoryController: false },
  });
  expect(cgroup({}, v2)).toMatchObject({ data: { version: 'v2', memoryController: false } });
});

it('reads the enabled column under v1, and tells hybrid', () => {
  const mounts = 'cgroup /sys/fs/cgroup/memory cgroup rw,memory 0 0';
  const table = (enabled: number) =>
    `#subsys_name\thierarchy\tnum_cgroups\tenabled\nmemory\t4\t12\t${enabled}`;
  expect(cgroup({ '/proc/cgroups': table(1), '/proc/mounts': mounts })).toMatchObject({
    data: { version: 'v1', memoryController: true },
  });
  expect(cgroup({ '/proc/cgroups': table(0), '/proc/mounts': mounts })).toMatchObject({
    data: { memoryController: false },
  });
  const both = `${mounts}\ncgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0`;
  expect(cgroup({ '/proc/cgroups': table(1), '/proc/mounts': both })).toMatchObject({
    data: { version: 'hybrid' },
  });
});

it('is absent where none is mounted', () => {
  expect(cgroup({ '/proc/mounts': '/dev/sda / ext4 rw 0 0' })).toMatchObject({ status: 'absent' });
});

it('is not absent where the mounts may not be seen', () => {
  expect(cgroup({})).toEqual({ status: 'failed', reason: '/proc/mounts is not readable.' });
});
