import { describe, expect, it } from 'vitest';
import { FakeMachine } from '../machines/fake-machine.ts';
import { look, probing, UnclearAnswer } from './look.ts';
import { contextOf } from './trial/break-off.ts';

const asked = { name: 'hostname', gone: 'cat /none' };

/** What a shell would print for the script, and where it was cut. */
function answering(exitCode = 0, cut = Number.POSITIVE_INFINITY) {
  const machine = new FakeMachine();
  machine.answer(/^/, ({ script }) => {
    const mark = /@@\w+/.exec(script)?.[0] ?? '';
    const parts = [
      `\n${mark} part name\npi-1\n\n${mark} exit 0\n`,
      `\n${mark} part gone\n@@ exit 0\nNo such file\n${mark} exit 1\n`,
    ];
    return { stdout: `noise${parts.join('')}\n${mark} end\n`.slice(0, cut), exitCode };
  });
  return contextOf(machine);
}
const all = () => look(answering(), asked, { named: 'x' });

describe('look', () => {
  it('tells what each command said and how it ended, with the evidence of each', async () => {
    const { parts, evidence } = await all();
    expect(parts.name).toMatchObject({ text: 'pi-1\n', exitCode: 0 });
    expect(parts.gone).toMatchObject({ text: '@@ exit 0\nNo such file', exitCode: 1 });
    expect(evidence).toMatchObject([
      { ran: 'hostname', said: 'pi-1', exit: 0 },
      { ran: 'cat /none', exit: 1 },
    ]);
  });

  it('reads nothing from an answer that was cut anywhere', async () => {
    const { parts } = await all();
    for (let cut = 0; ; cut += 1) {
      const answer = await look(answering(0, cut), asked, { named: 'x' }).catch((error) => error);
      if (answer instanceof UnclearAnswer) continue;
      expect(answer.parts).toEqual(parts);
      expect(cut, 'whole at its last mark alone').toBeGreaterThan(170);
      return;
    }
  });

  it('reads nothing where the shell did not come to its end', async () => {
    await expect(look(answering(137), asked, { named: 'x' })).rejects.toThrow('broke off');
  });

  it('makes a probe unknown where it cannot read, and lets other errors through', async () => {
    const fails = (error: Error) => probing(async () => Promise.reject(error));
    expect(await fails(new UnclearAnswer('Cut.'))).toMatchObject({ standing: 'unknown' });
    // Outside of a probe a person reads it.
    const told = { code: 'STEP_UNCERTAIN', message: 'sshd -T failed.' };
    expect(new UnclearAnswer('\u001b[2Jsshd -T failed.')).toMatchObject(told);
    await expect(fails(new TypeError('x'))).rejects.toThrow(TypeError);
  });
});
