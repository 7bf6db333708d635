import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CheckResult, type CheckStatus, shownCheck } from '../../../../shared/checks/check.ts';
import type { Database } from '../../db/index.ts';
import { type TemporaryData, temporaryData } from '../../db/temporary-data.ts';
import { type Checks, createChecks } from './checks.ts';

const day = 24 * 3_600_000;
let data: TemporaryData;
let db: Database;
let checks: Checks;
let now: number;
beforeEach(() => {
  data = temporaryData();
  db = data.open();
  now = 1_750_000_000_000;
  checks = createChecks({ store: db.checks, now: () => now, who: 'ada' });
});
afterEach(() => data.remove());

const subjectId = uuidv7();
const swap = { subjectId, check: 'onboarding.swap', part: '' };

function result(status: CheckStatus, more: Partial<CheckResult> = {}): CheckResult {
  return {
    check: 'onboarding.swap',
    part: '',
    subject: { id: subjectId, name: 'pi-1' },
    group: 'Kernel',
    title: 'Swap',
    why: 'It is slow.',
    status,
    found: `It is ${status}.`,
    evidence: [
      {
        ran: 'cat /proc/swaps',
        where: 'pi-1',
        as: 'ada',
        at: now,
        durationMs: 3,
        said: 'zram',
        cut: false,
        exit: 0,
      },
    ],
    fix: { kind: 'phase', phase: 'swap', title: 'Switch swap off', params: {} },
    at: now,
    ...more,
  };
}

/** One run after another, a minute apart. */
function keep(...runs: readonly (readonly CheckResult[])[]): void {
  for (const run of runs) {
    now += 60_000;
    checks.keep(run.map((each) => ({ ...each, at: now })));
  }
}

describe('results', () => {
  it('are shown whole with their past, the newest first', () => {
    keep([result('fail')], [result('warn')], [result('pass')]);
    const [shown, ...others] = checks.of([subjectId]);
    expect(others).toEqual([]);
    expect(shownCheck.parse(shown)).toMatchObject({
      status: 'pass',
      at: now,
      evidence: [{ ran: 'cat /proc/swaps', said: 'zram' }],
      past: [{ status: 'warn' }, { status: 'fail' }],
      accepted: null,
    });
    expect(checks.history(swap).map(({ status }) => status)).toEqual(['pass', 'warn', 'fail']);
  });

  it('of a part that is gone are past, and no other check is touched by a run without it', () => {
    const disk = (part: string) => result('pass', { check: 'onboarding.disk-health', part });
    keep([disk('sda'), disk('sdb'), result('pass')], [disk('sda')]);
    const shown = checks.of([subjectId]).map(({ check, part }) => `${check} ${part}`);
    expect(shown.sort()).toEqual(['onboarding.disk-health sda', 'onboarding.swap ']);
    const gone = { subjectId, check: 'onboarding.disk-health', part: 'sdb' };
    expect(checks.history(gone)).toHaveLength(1);
  });

  it('outlive a restart and are no history to undo', () => {
    keep([result('fail')]);
    checks.accept({ ...swap, reason: 'It is a test machine.', until: null });
    db.close();
    db = data.open();
    checks = createChecks({ store: db.checks, now: () => now, who: 'ada' });
    expect(checks.of([subjectId])).toMatchObject([
      { status: 'fail', accepted: { reason: 'It is a test machine.' } },
    ]);
    expect(db.history.list({ before: null, limit: 10 })).toEqual([]);
  });

  it('of something that is not in the inventory are not kept', () => {
    checks.keep([result('fail', { subject: { id: null, name: 'new' } })]);
    expect(checks.of([subjectId])).toEqual([]);
  });

  it('are pruned by count and by age, but never the newest', () => {
    const other = result('warn', { check: 'onboarding.rtc' });
    keep([other]);
    for (let run = 0; run < 510; run += 1) keep([result(run % 2 === 0 ? 'pass' : 'fail')]);
    const history = checks.history(swap);
    expect(history).toHaveLength(500);
    expect(history[0]?.at).toBe(now);
    now += 500 * day;
    keep([result('pass')]);
    expect(checks.history(swap)).toHaveLength(1);
    expect(
      checks
        .of([subjectId])
        .map(({ check }) => check)
        .sort(),
    ).toEqual(['onboarding.rtc', 'onboarding.swap']);
  });
});

describe('an acceptance', () => {
  it('says who, why and until when, holds while it lasts, and is taken back', () => {
    keep([result('fail')]);
    checks.accept({ ...swap, reason: 'Only for the move.', until: now + day });
    expect(checks.of([subjectId])[0]?.accepted).toEqual({
      subjectId,
      check: 'onboarding.swap',
      part: '',
      reason: 'Only for the move.',
      who: 'ada',
      at: now,
      until: now + day,
    });
    now += 2 * day;
    expect(checks.of([subjectId])[0]?.accepted).toBeNull();
    checks.accept({ ...swap, reason: 'Again.', until: null });
    checks.unaccept(swap);
    expect(checks.of([subjectId])[0]?.accepted).toBeNull();
  });

  it('is refused for what never ran, and for a time that is over', () => {
    expect(() => checks.accept({ ...swap, reason: 'x', until: null })).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }),
    );
    keep([result('fail')]);
    expect(() => checks.accept({ ...swap, reason: 'x', until: now })).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    );
  });
});
