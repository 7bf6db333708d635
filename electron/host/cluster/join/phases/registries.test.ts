import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { runsThrough } from '../../../engine/phases/trial/break-off.ts';
import { TrialNode } from '../../../engine/phases/trial/trial-node.ts';
import { k3sRegistriesPhase } from './registries.ts';
import { withoutRegistries, withRegistries } from './registries-text.ts';

const path = '/etc/rancher/k3s/registries.yaml';
const lab = { host: 'registry.lab:5000', endpoint: 'http://registry.lab:5000' };
const theirs = [
  '# ours since 2024',
  'mirrors:   # of the house',
  '  docker.io:',
  '    endpoint: ["https://mirror.lab"]',
  'configs:',
  '  mirror.lab:',
  '    auth: { username: ci, password: hunter2 }',
  '',
].join('\n');

describe('registries of the rack', () => {
  it.each([
    ['where none are', null],
    ['beside others, to the letter', theirs],
    ['beside settings without mirrors', 'configs: {}\n'],
  ])('are written %s, once, and taken out again', (_, before) => {
    const text = withRegistries(before, [lab]) ?? '';
    expect(text).toContain('"registry.lab:5000":');
    for (const line of before?.split('\n') ?? []) expect(text).toContain(line);
    expect(withRegistries(text, [lab])).toBe(text);
    expect(withoutRegistries(text)).toBe(before ?? '');
  });

  it('are left alone where they stand already, and refused where the file is written otherwise', () => {
    const own = 'mirrors:\n  registry.lab:5000:\n    endpoint: ["http://elsewhere"]\n';
    expect(withRegistries(own, [lab])).toBe(own);
    expect(withRegistries('mirrors: {a: {}}\n', [lab])).toBeUndefined();
    const deep = withRegistries('mirrors:\n    docker.io: {}\n', [lab]);
    expect(Object.keys(parse(deep ?? '').mirrors)).toEqual(['registry.lab:5000', 'docker.io']);
    expect(withRegistries('mirrors:\n- a\n', [lab])).toBeUndefined();
  });

  it('come and go as a file, whose passwords are neither shown nor kept', async () => {
    const params = { registries: [lab] };
    const node = () => new TrialNode({ files: { [path]: theirs } });
    const { items } = await runsThrough({ phase: k3sRegistriesPhase, params, node });
    expect(JSON.stringify(items)).not.toContain('hunter2');
  });
});
