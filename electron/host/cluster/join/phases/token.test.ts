import { describe, expect, it } from 'vitest';
import {
  contextOf,
  runsThrough,
  standsEveryBreak,
} from '../../../engine/phases/trial/break-off.ts';
import { TrialNode } from '../../../engine/phases/trial/trial-node.ts';
import { createK3sTokenPhase, type JoinTokens } from './token.ts';

const path = '/etc/rancher/k3s/token';
const params = {
  clusterId: '0190a000-0000-7000-8000-000000000001',
  role: 'agent' as const,
  nodeName: 'pi-1',
};

/** A cluster that makes tokens, and knows which of them hold. */
function cluster() {
  const holding = new Set<string>();
  let made = 0;
  const tokens: JoinTokens = {
    async make({ nodeName }) {
      made += 1;
      const token = `K10${'a1'.repeat(32)}::aaaaaa.${String(made).padStart(16, '0')}`;
      holding.clear();
      holding.add(`${nodeName} ${token}`);
      return token;
    },
    async revoke({ nodeName }) {
      for (const one of holding) if (one.startsWith(`${nodeName} `)) holding.delete(one);
    },
  };
  return { tokens, holding };
}

function node(files: Record<string, string> = {}) {
  return new TrialNode({
    files,
    programs: [
      [
        /^\[ ! -f '(.*?)' \] \|\| \[ -f '(.*?)' \] \|\| mv/,
        ([, from = '', to = ''], { machine }) => {
          const file = machine.files.read(from);
          if (file && machine.files.read(to) === null) {
            machine.files.put(to, { content: file.content, mode: file.mode });
            machine.files.drop(from);
          }
          return '';
        },
      ],
      [
        /^\[ ! -f '(.*?)' \] \|\| mv -f '.*?' '(.*?)'$/,
        ([, from = '', to = ''], { machine }) => {
          const file = machine.files.read(from);
          if (file) {
            machine.files.put(to, { content: file.content, mode: file.mode });
            machine.files.drop(from);
          }
          return '';
        },
      ],
      [/^rm -f '(.*)'$/, ([, file = ''], at) => at.drop([file])],
    ],
  });
}

describe('the token of a node', () => {
  it.each([
    ['none', {}],
    ['another one', { [path]: 'K10old::server:theirs\n' }],
  ])('is laid down where %s lies, and taken back', async (_, files) => {
    const { tokens, holding } = cluster();
    const phase = createK3sTokenPhase(tokens);
    const { applied } = await runsThrough({ phase, params, node: () => node(files) });
    expect(JSON.parse(applied).files).toContainEqual([
      path,
      expect.stringMatching(/^K10/),
      0o600,
      0,
    ]);
    expect(holding.size).toBe(0);
  });

  it('stands every break, also where one of a former cluster lies there', async () => {
    for (const files of [{}, { [path]: 'K10old::server:theirs\n' }]) {
      const phase = createK3sTokenPhase(cluster().tokens);
      expect(await standsEveryBreak({ phase, params, node: () => node(files) })).toBeGreaterThan(5);
    }
  });

  it('is made anew by whoever goes on after a crash, since nobody knows what lies there', async () => {
    const { tokens, holding } = cluster();
    const at = node();
    const context = contextOf(at.machine);
    await createK3sTokenPhase(tokens).apply(context, params, { was: false });
    const after = createK3sTokenPhase(tokens);
    expect((await after.probe(context, params)).standing).toBe('partly');
    await after.apply(context, params, { was: false });
    expect([...holding]).toEqual([`pi-1 ${at.machine.files.text(path)?.trim()}`]);
  });

  it('stands in no plan, no evidence and no log', async () => {
    const phase = createK3sTokenPhase(cluster().tokens);
    const at = node();
    const lines: string[] = [];
    const context = { ...contextOf(at.machine), log: (line: string) => void lines.push(line) };
    const probed = await phase.probe(context, params);
    const items = await phase.plan(context, params, probed);
    const saved = await phase.save(context, params);
    await phase.apply(context, params, saved);
    const shown = JSON.stringify([
      items,
      probed,
      saved,
      lines,
      at.ran,
      await phase.probe(context, params),
    ]);
    expect(shown).not.toContain('aaaaaa.');
  });

  it('that is none, or is for others, is not written', async () => {
    for (const token of ['', 'K10abc::server:x', 'aaaaaa.0123456789abcdef']) {
      const tokens = { make: async () => token, revoke: async () => {} };
      const at = node();
      const given = { ...params, role: 'server' as const };
      await expect(
        createK3sTokenPhase(tokens).apply(contextOf(at.machine), given, { was: false }),
      ).rejects.toMatchObject({ code: 'FIX_NOT_POSSIBLE' });
      expect(at.has(path)).toBe(false);
    }
  });
});
