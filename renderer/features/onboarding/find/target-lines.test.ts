import { expect, it } from 'vitest';
import { readTargets } from './target-lines.ts';

it('reads one machine on each line and passes over empty ones', () => {
  expect(readTargets('pi-1\n\n admin@10.0.0.5:2222 \n')).toEqual({
    targets: [{ host: 'pi-1' }, { host: '10.0.0.5', user: 'admin', port: 2222 }],
    problems: [],
  });
});

it('says on which line it cannot read one', () => {
  const { targets, problems } = readTargets('pi-1\n-oProxyCommand=x');
  expect(targets).toHaveLength(1);
  expect(problems).toEqual([expect.stringMatching(/^Line 2: /)]);
  expect(readTargets('a b').problems).toEqual([expect.not.stringMatching(/^Line/)]);
});
