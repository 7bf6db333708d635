import { describe, expect, it } from 'vitest';
import {
  contextOf,
  runsThrough,
  standsEveryBreak,
} from '../../../engine/phases/trial/break-off.ts';
import { type TrialSshdOptions, trialSshd } from '../trial/trial-sshd.ts';
import { createSshPasswordLoginPhase } from './ssh-password-login.ts';
import { dropIn, mainFile } from './sshd-text.ts';

const include = 'Include /etc/ssh/sshd_config.d/*.conf\nUsePAM yes\n';
const params = { user: 'ada' };
const phase = createSshPasswordLoginPhase(async () => 'in');

const configurations: Record<string, TrialSshdOptions> = {
  'drop-ins': { files: { [mainFile]: include } },
  'a later drop-in that allows': {
    files: {
      [mainFile]: include,
      '/etc/ssh/sshd_config.d/50-cloud-init.conf': 'PasswordAuthentication yes\n',
    },
  },
  'an old version': { former: true, files: { [mainFile]: 'UsePAM yes\n' } },
  'the main file decides first': {
    files: { [mainFile]: `PasswordAuthentication yes\n${include}` },
  },
  'a Match block for others': {
    files: { [mainFile]: `${include}Match User bob\n  PasswordAuthentication yes\n` },
  },
};

describe('ssh-password-login', () => {
  it.each(Object.keys(configurations))('turns passwords off and on again: %s', async (name) => {
    const node = () => trialSshd(configurations[name] ?? {});
    const { applied } = await runsThrough({ phase, params, node });
    expect(applied).toMatch(/"running": "passwordauthentication no/);
  });

  it.each(Object.keys(configurations))('stands every break: %s', async (name) => {
    const node = () => trialSshd(configurations[name] ?? {});
    expect(await standsEveryBreak({ phase, params, node })).toBeGreaterThan(20);
  });

  it('writes where it counts', async () => {
    const place = async (name: string) => {
      const { items } = await runsThrough({
        phase,
        params,
        node: () => trialSshd(configurations[name] ?? {}),
      });
      return items.flatMap((item) => (item.kind === 'file' ? [item.path] : []));
    };
    expect(await place('drop-ins')).toEqual([dropIn]);
    expect(await place('a later drop-in that allows')).toEqual([dropIn]);
    expect(await place('an old version')).toEqual([mainFile]);
    expect(await place('the main file decides first')).toEqual([mainFile]);
  });

  it('goes by no other keys than those that were put there', async () => {
    const keys = ['ssh-ed25519 AAAA1 rackhelm@desk', 'ssh-ed25519 AAAA2 ada'];
    const attempt = async (opens: string | null) => {
      const node = trialSshd({});
      const context = contextOf(node.machine);
      const proving = createSshPasswordLoginPhase(async ({ publicKey }) =>
        publicKey === opens ? 'in' : 'refused',
      );
      const given = proving.params.parse({ ...params, keys });
      await proving.apply(context, given, await proving.save(context, given));
    };
    await attempt(keys[1] ?? '');
    // With whichever key it would work.
    await expect(attempt(null)).rejects.toMatchObject({ code: 'LAST_WAY_IN' });
  });

  it('does not turn off the last way in', async () => {
    for (const answer of ['refused', 'no-key'] as const) {
      const node = trialSshd({});
      const before = node.picture();
      const context = contextOf(node.machine);
      const barred = createSshPasswordLoginPhase(async () => answer);
      const saved = await barred.save(context, params);
      await expect(barred.apply(context, params, saved)).rejects.toMatchObject({
        code: 'LAST_WAY_IN',
      });
      expect(node.picture()).toBe(before);
      expect(node.ran, 'passwords were on all the time').toEqual([]);
    }
  });

  it('turns passwords on again where nobody gets in afterwards', async () => {
    const node = trialSshd({});
    const before = node.picture();
    const context = contextOf(node.machine);
    const once = createSshPasswordLoginPhase(async () =>
      /passwordauthentication no/.test(String(node.state.running)) ? 'refused' : 'in',
    );
    const saved = await once.save(context, params);
    await expect(once.apply(context, params, saved)).rejects.toMatchObject({
      code: 'LAST_WAY_IN',
      message: expect.stringContaining('they are on again'),
    });
    expect(node.picture()).toBe(before);
  });

  it('refuses where sshd asks for a password beside the key, or takes no keys', async () => {
    for (const line of ['AuthenticationMethods publickey,password', 'PubkeyAuthentication no']) {
      const node = trialSshd({ files: { [mainFile]: `${line}\n` } });
      const context = contextOf(node.machine);
      const saved = await phase.save(context, params);
      await expect(phase.apply(context, params, saved)).rejects.toMatchObject({
        code: 'LAST_WAY_IN',
      });
    }
  });

  it('changes nothing where sshd does not accept the new settings', async () => {
    const node = trialSshd({ state: { refuses: true } });
    const context = contextOf(node.machine);
    const saved = await phase.save(context, params);
    const before = node.machine.files.text(mainFile);
    await expect(phase.apply(context, params, saved)).rejects.toMatchObject({
      code: 'EDIT_REFUSED',
      message: expect.stringContaining('no such keyword'),
    });
    expect(node.machine.files.text(mainFile)).toBe(before);
  });

  it('says absent where a Match block lets this user in with a password, and names one of others', async () => {
    const of = async (user: string) => {
      const text = `PasswordAuthentication no\nMatch User ${user}\n  PasswordAuthentication yes\n`;
      return phase.probe(contextOf(trialSshd({ files: { [mainFile]: text } }).machine), params);
    };
    expect((await of('ada')).standing).toBe('absent');
    expect(await of('bob')).toMatchObject({
      standing: 'present',
      found: expect.stringContaining('“Match User bob” in /etc/ssh/sshd_config'),
    });
  });
});
