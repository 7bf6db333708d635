import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JobPlan, PlanItem, PlannedPhase } from './plan.ts';
import { writeRunbook } from './runbook.ts';

let scratch: string;
beforeEach(() => {
  scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'rackhelm-runbook-'));
});
afterEach(() => fs.rmSync(scratch, { recursive: true }));

const about = { title: 'Onboard pi-1', plannedAt: Date.UTC(2026, 10, 30, 13, 5) };
const at = (name: string) => path.join(scratch, name);

function phase(items: readonly PlanItem[], rest: Partial<PlannedPhase> = {}): PlannedPhase {
  const probed = { standing: 'absent', found: 'It is not there.', evidence: [] } as const;
  const plan = { phase: 'test', title: 'A phase', params: {}, lasting: null };
  return { ...plan, probed: { ...probed, evidence: [] }, ...rest, items: [...items] };
}

function planOf(...phases: PlannedPhase[]): JobPlan {
  return { version: 1, lanes: [{ lane: 'a', title: 'pi-1', deviceId: null, phases, after: [] }] };
}

const command = (text: string): PlanItem => ({ kind: 'command', command: text, root: false });
function file(name: string, before: string | null, after: string | null, mode?: number): PlanItem {
  return { kind: 'file', path: at(name), before, after, mode: mode ?? null };
}

function run(plan: JobPlan, ...args: string[]): SpawnSyncReturns<string> {
  const script = at('script.sh');
  fs.writeFileSync(script, writeRunbook(plan, about, 'shell').text);
  return spawnSync('sh', [script, ...args], { encoding: 'utf8', cwd: scratch });
}
const left = () =>
  fs
    .readdirSync(scratch)
    .filter((name) => name !== 'script.sh')
    .sort();

describe('the script of a plan, run by a real shell', () => {
  const contents = {
    plain: 'a\nb\n',
    empty: '',
    'no end': 'a\nb',
    'only lines': '\n\n\n',
    'a shell in it': '$(touch owned)\n`touch owned`\n"$HOME" \\ \'\n!x\n',
    'its own delimiter': 'x\nEND_OF_FILE\nEND_OF_FILE_2\ntouch owned\n',
    escapes: '\u001b]0;title\u0007\ttext\r\nnext\u0000\n',
    'turned text': 'if a \u202e b\u2066\n',
    'letters of elsewhere': 'ä € 😀 שלום\n',
    'leading blanks': '  indented:\n\ttab\n    - end',
  };

  it.each(Object.entries(contents))('writes a file with %s byte for byte', (_, content) => {
    const { status, stderr } = run(planOf(phase([file('out', null, content, 0o600)])), 'pi-1');
    expect([status, stderr]).toEqual([0, '']);
    expect(fs.readFileSync(at('out'), 'utf8')).toBe(content);
    expect(fs.statSync(at('out')).mode & 0o7777).toBe(0o600);
    expect(left()).toEqual(['out']);
  });

  it('takes paths and commands for what they are, whatever stands in them', () => {
    const names = ["it's", '-rf', '$(touch owned)', 'a b;touch owned', 'new\nline', '"*'];
    const items = names.map((name) => file(name, null, `${name}\n`));
    const { status } = run(planOf(phase([...items, command("printf '%s' \"it's\" > said")])), '1');
    expect(status).toBe(0);
    expect(left()).toEqual([...names, 'said'].sort());
    expect(fs.readFileSync(at('said'), 'utf8')).toBe("it's");
  });

  it('lets no name of a job, a machine or a phase become a command', () => {
    const evil = "x'; touch owned; '\ntouch owned\n$(touch owned) # `touch owned`";
    const { status, stdout } = run(
      {
        version: 1,
        lanes: [
          {
            lane: 'a',
            title: evil,
            deviceId: null,
            after: ['b'],
            phases: [
              phase(
                [
                  { kind: 'note', weight: 'warning', text: evil },
                  {
                    kind: 'object',
                    where: evil,
                    action: 'create',
                    name: evil,
                    before: null,
                    after: null,
                  },
                  { kind: 'command', command: ':', root: false, says: evil },
                ],
                {
                  title: evil,
                  lasting: evil,
                  probed: { standing: 'partly', found: evil, evidence: [] },
                },
              ),
              phase([], { probed: { standing: 'present', found: evil, evidence: [] } }),
            ],
          },
          { lane: 'b', title: `${evil}\u001b[2J`, deviceId: null, after: [], phases: [] },
        ],
      },
      '1',
    );
    expect(status).toBe(0);
    expect(left()).toEqual([]);
    expect(stdout).toContain('Phase 2 of 2');
  });

  it('leaves a file alone that is not as it was planned on', () => {
    fs.writeFileSync(at('out'), 'changed meanwhile\n');
    const plan = planOf(phase([file('out', 'as planned\n', 'new\n'), command('touch after')]));
    const { status, stderr } = run(plan, 'pi-1');
    expect(status).toBe(1);
    expect(stderr).toContain('is not as it was when this was planned');
    expect(stderr).toContain('sh onboard-pi-1.sh 1 1');
    expect(fs.readFileSync(at('out'), 'utf8')).toBe('changed meanwhile\n');
    expect(left()).toEqual(['out']);
  });

  it('does not take a file that appeared meanwhile for its own', () => {
    fs.writeFileSync(at('out'), 'of somebody else\n');
    expect(run(planOf(phase([file('out', null, 'new\n')])), 'pi-1').status).toBe(1);
    expect(fs.readFileSync(at('out'), 'utf8')).toBe('of somebody else\n');
  });

  it('changes and deletes what is as planned, keeps modes and links, and may be run twice', () => {
    fs.writeFileSync(at('real'), 'old\n', { mode: 0o640 });
    fs.symlinkSync('real', at('link'));
    fs.writeFileSync(at('gone'), 'old\n');
    const plan = planOf(phase([file('link', 'old\n', 'new\n'), file('gone', 'old\n', null)]));
    for (const round of ['first', 'second']) {
      expect([round, run(plan, 'pi-1').status]).toEqual([round, 0]);
      expect(left()).toEqual(['link', 'real']);
      expect(fs.readFileSync(at('real'), 'utf8')).toBe('new\n');
      expect(fs.lstatSync(at('link')).isSymbolicLink()).toBe(true);
      expect(fs.statSync(at('real')).mode & 0o7777).toBe(0o640);
    }
  });

  it('stops at the first command that fails, and goes on from a phase when asked', () => {
    const plan = planOf(
      phase([command('echo one >> said')]),
      phase([command('test -e ready'), command('echo two >> said')]),
      phase([command('cat >> said')]),
    );
    const { status, stderr } = run(plan, 'pi-1');
    expect(status).not.toBe(0);
    expect(stderr).toContain('It ended in phase 2');
    fs.writeFileSync(at('ready'), '');
    expect(run(plan, 'pi-1', '2').status).toBe(0);
    expect(fs.readFileSync(at('said'), 'utf8')).toBe('one\ntwo\n');
  });

  it('does nothing where there is nothing to do, and never guesses what could not be seen', () => {
    const probed = { found: 'It is so.', evidence: [] };
    const present = phase([command('touch owned')], { probed: { ...probed, standing: 'present' } });
    const unknown = phase([command('touch owned')], { probed: { ...probed, standing: 'unknown' } });
    expect(run(planOf(present), 'pi-1').status).toBe(0);
    expect(run(planOf(unknown), 'pi-1').status).toBe(1);
    expect(left()).toEqual([]);
  });

  it('runs on no machine that was not named', () => {
    const plan = planOf(phase([command('touch owned')]));
    for (const args of [[], ['pi-2'], ['pi-1', 'x'], ['2']]) {
      expect(run(plan, ...args).status).toBe(2);
    }
    expect(left()).toEqual([]);
  });

  it('asks sudo for what needs root, and only for that', () => {
    const root: PlanItem = { kind: 'command', command: 'echo root', root: true };
    const { text } = writeRunbook(planOf(phase([root, command('echo own')])), about, 'shell');
    expect(text).toContain("as_root sh -c 'echo root'");
    expect(text).toMatch(/^ {4}sh -c 'echo own'/m);
  });

  it('says that a NUL can be given to no shell', () => {
    expect(run(planOf(phase([command('echo \0 x')])), 'pi-1').status).toBe(1);
  });
});

describe('the document of a plan', () => {
  it('shows each change as it would be made, and closes what it opens', () => {
    const { name, text } = writeRunbook(
      planOf(
        phase([file('hosts', '127.0.0.1 localhost\n', '127.0.0.1 localhost pi-1\n', 0o644)], {
          title: 'Set *the* name',
          lasting: 'Logs keep the old one.',
        }),
        phase([command('echo ```\n````\n# no heading')]),
        phase([], { probed: { standing: 'present', found: 'Swap is off.', evidence: [] } }),
      ),
      about,
      'markdown',
    );
    expect(name).toBe('onboard-pi-1.md');
    expect(text).toContain('Planned by Rackhelm at 2026-11-30 13:05 UTC: 2 changes on 1 machine');
    expect(text).toContain('### 1. Set \\*the\\* name');
    expect(text).toContain('-127.0.0.1 localhost\n+127.0.0.1 localhost pi-1\n```');
    expect(text).toContain('**Cannot be undone:** Logs keep the old one.');
    expect(text).toContain('`````sh\necho ```\n````\n# no heading\n`````');
    expect(text).toContain('Nothing to do: Swap is off.');
  });

  it('leaves names readable, and says of no command or object more than there is', () => {
    const gone = { kind: 'object', action: 'delete', name: 'eth0', where: 'inventory' } as const;
    const away = { ...command('reboot'), root: true, says: 'It is away for a minute.' };
    const items: PlanItem[] = [away, { ...gone, before: null, after: null }];
    const { text } = writeRunbook(
      planOf(phase(items, { title: 'Set net.ipv4.ip_forward, _not_ this' })),
      about,
      'markdown',
    );
    expect(text).toContain('Set net.ipv4.ip_forward, \\_not\\_ this');
    expect(text).toContain('It is away for a minute. Run as root:\n\n```sh\nreboot');
    expect(text).toContain('Delete `eth0` in inventory.\n');
    expect(text).not.toContain('```diff');
  });

  it('gives a file a name that is safe anywhere', () => {
    const named = (title: string) => writeRunbook(planOf(), { ...about, title }, 'shell').name;
    expect(named('../../etc/passwd; rm -rf $HOME')).toBe('etc-passwd-rm-rf-home.sh');
    expect(named('\u202e…')).toBe('plan.sh');
  });
});
