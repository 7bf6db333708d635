import { describe, expect, it } from 'vitest';
import { type ContainerState, containerStatus } from './container-state.ts';
import { readStatusText } from './status-text.ts';

const now = Date.UTC(2026, 11, 1);
const state = (part: Partial<ContainerState>): ContainerState => ({
  ...{ state: 'exited', health: null, exitCode: null, outOfMemory: null, restarts: null },
  ...{ error: '', since: null },
  ...part,
});
const told = (part: Partial<ContainerState>) => {
  const { level, label, why } = containerStatus(state(part), now);
  return `${level} ${label}${why === null ? '' : `: ${why}`}`;
};

describe('how a container stands, in words', () => {
  it('tells a kill for memory from one by somebody, and says so where nobody has looked', () => {
    expect(told({ exitCode: 137, outOfMemory: true })).toBe(
      'bad Out of memory: code 137: killed, since it took more memory than it may',
    );
    expect(told({ exitCode: 137, outOfMemory: false })).toContain('not for its own memory limit');
    expect(told({ exitCode: 137 })).toBe(
      'warn Killed: code 137: killed by SIGKILL, for its memory or by somebody',
    );
    // The kernel may end a child of it, and not the first process.
    expect(told({ exitCode: 1, outOfMemory: true })).toContain('Out of memory: code 1');
  });

  it.each([
    [0, 'ended Ended: without an error'],
    [143, 'ended Stopped: code 143: ended by SIGTERM'],
    [139, 'bad Failed: code 139: a memory fault (SIGSEGV)'],
    [126, 'bad Failed: code 126: its command cannot be run: no permission, or not a program'],
    [127, 'bad Failed: code 127: its command was not found'],
    [150, 'bad Failed: code 150: ended by signal 22'],
    [7, 'bad Failed: code 7'],
  ])('says what code %i means', (exitCode, text) => {
    expect(told({ exitCode })).toBe(text);
  });

  it('says why one did not start', () => {
    const error = 'exec: "/bin/no": stat /bin/no: no such file or directory: unknown';
    expect(told({ state: 'created', exitCode: 127, error })).toContain(
      'bad Cannot start: its command was not found in the image',
    );
    const port = 'driver failed: Bind for 0.0.0.0:80 failed: port is already allocated';
    expect(told({ state: 'created', error: port })).toContain('a port of it is taken');
  });

  it('sees a loop also in a moment in which it runs, and forgets it once it came to rest', () => {
    expect(told({ state: 'restarting', exitCode: 3, restarts: 9 })).toBe(
      'bad Restarting: it ends and is started again, started again 9 times: code 3',
    );
    expect(told({ state: 'running', restarts: 9, since: now - 5_000 })).toContain('warn Restarted');
    expect(told({ state: 'running', restarts: 9, since: now - 3_600_000 })).toBe('well Running');
    expect(told({ state: 'running', health: 'unhealthy' })).toContain('bad Unhealthy');
  });

  it('shows a state that nobody has heard of, harmless', () => {
    expect(told({ state: 'odd\u202e' })).toBe('unknown odd<U+202E>');
  });
});

describe('what a list tells of a state', () => {
  it.each([
    ['Up 3 hours (healthy)', { health: 'healthy', exitCode: null, since: now - 3 * 3_600_000 }],
    ['Up 5 seconds (health: starting)', { health: 'starting', exitCode: null, since: now - 5_000 }],
    ['Up About an hour', { health: null, exitCode: null, since: now - 3_600_000 }],
    ['Exited (137) 4 minutes ago', { health: null, exitCode: 137, since: now - 240_000 }],
    ['Restarting (1) Less than a second ago', { health: null, exitCode: 1, since: now }],
    ['Created', { health: null, exitCode: null, since: null }],
    ['<b>(healthy', { health: null, exitCode: null, since: null }],
  ])('reads %s', (text, told) => {
    expect(readStatusText(text, now)).toEqual(told);
  });
});
