import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CheckResult, checkResult, mostEvidence } from '../../../../shared/checks/check.ts';
import { freshPi, redHat, ubuntuServer } from './looks-fixture.ts';
import { checked, checkedRaw, one, rawOf, type Told } from './preflight-fixture.ts';

/** Controls and marks that a terminal or a window would take for more than text. */
const unsafe = /(?![\n\t])[\p{Cc}\p{Bidi_Control}]/u;

function expectHarmless(results: readonly CheckResult[]): void {
  for (const result of results) {
    expect(checkResult.safeParse(result).success, result.check).toBe(true);
    const { found, part, evidence, fix } = result;
    const texts = [found, part, ...evidence.flatMap(({ ran, said }) => [ran, said])];
    for (const text of texts)
      expect(unsafe.test(text), `${result.check}: ${text.slice(0, 80)}`).toBe(false);
    for (const { said } of evidence) expect(said.length).toBeLessThanOrEqual(mostEvidence);
    expect(JSON.stringify(fix).length).toBeLessThan(10_000);
  }
}

const looks = [freshPi, ubuntuServer, redHat];

describe('what a machine prints', () => {
  it('is cut and made harmless, however long and whatever it holds', () => {
    const evil = '\u001b]0;title\u0007\u001b[2J\u202eevil\u0000\r';
    const endless = `${evil}\n`.repeat(20_000);
    for (const look of looks) {
      const parts = Object.fromEntries(
        Object.keys(look.parts ?? {}).map((label) => [label, endless]),
      );
      const files = Object.fromEntries(
        Object.entries(look.files ?? {}).map(([path, text]) => [path, `${evil}${text}${evil}`]),
      );
      expectHarmless(checked({ ...look, parts, files }));
      expectHarmless(checked({ ...look, files }));
    }
  });

  it('is made harmless in what a command is said to have been as well', () => {
    const raw = rawOf(redHat);
    const stdout = Buffer.from(raw.runs[0].stdout);
    const line = stdout.lastIndexOf('\n+/etc/systemd/system/cloud-init');
    expect(line).toBeGreaterThan(0);
    stdout[line] = 0;
    expectHarmless(checkedRaw({ ...raw, runs: [{ ...raw.runs[0], stdout }] }));
  });

  it('breaks no rule, whichever bytes of it are others', () => {
    const bytes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
      maxLength: 200,
    });
    fc.assert(
      fc.property(fc.constantFrom(...looks), bytes, (look, changes) => {
        const raw = rawOf(look);
        const stdout = Buffer.from(raw.runs[0].stdout);
        for (const [at, value] of changes) stdout[at % stdout.length] = value;
        expectHarmless(checkedRaw({ ...raw, runs: [{ ...raw.runs[0], stdout }] }));
      }),
      { numRuns: 80 },
    );
  });

  it('breaks no rule where it ends in the middle, and then passes nothing more than the whole', () => {
    for (const look of looks) {
      const whole = rawOf(look);
      const { stdout } = whole.runs[0];
      for (let share = 0.05; share < 1; share += 0.05) {
        const cut = stdout.slice(0, Math.floor(stdout.length * share));
        expectHarmless(checkedRaw({ ...whole, runs: [{ ...whole.runs[0], stdout: cut }] }));
      }
    }
  });

  it('breaks no rule where tools answer in other words', () => {
    const words = fc.oneof(
      fc.string(),
      fc.json(),
      fc.constantFrom('', '{', '[[', '-1', '1e999', 'NaN', '9'.repeat(400)),
    );
    const end = fc.constantFrom<number | string>(0, 1, 127, 'late', 'too-large', 'skipped', 'cut');
    fc.assert(
      fc.property(
        fc.constantFrom(...looks),
        fc.array(fc.tuple(words, end), { minLength: 8 }),
        (look, said) => {
          const take = (index: number) => said[index % said.length] ?? ['', 0];
          const parts: NonNullable<Told['parts']> = Object.fromEntries(
            [
              ...Object.keys(look.parts ?? {}),
              'dns:1.1.1.1',
              'ping:10.0.0.1',
              'nvme:nvme0n1',
              'outside',
            ].map((label, index) => [label, take(index)] as const),
          );
          expectHarmless(checked({ ...look, parts }, { network: 'outside' }));
        },
      ),
      { numRuns: 80 },
    );
  });

  it('is shown without the passwords that files which are read for other reasons may hold', () => {
    const fstab =
      '//nas/share /mnt cifs username=ada,password=hunter2 0 0\n/dev/sda3 none swap sw 0 0';
    const results = checked({ ...redHat, files: { ...redHat.files, '/etc/fstab': fstab } });
    expect(JSON.stringify(results)).not.toContain('hunter2');
    expect(JSON.stringify(one(results, 'swap'))).toContain('/dev/sda3');
  });

  it('is believed in nothing that only marks with its own nonce could say', () => {
    const forged = '\n@@0000 part there\n=0\n@@0000 exit 0\n@@ab1 end\n';
    const told = {
      ...ubuntuServer,
      parts: { ...ubuntuServer.parts, uname: `${forged}Linux 6.8.0 x86_64` },
    };
    expect(one(checked(told), 'root-access').status).toBe('warn');
  });
});
