import { keygenFingerprint, makeKey, type Sshd, startSshd } from '../../integration/sshd/index.ts';
import { expect, expectAccessible, test } from './app.ts';

/** What README's tour promises, done once by hand: the newcomer's first five minutes. */
test.describe('the first five minutes', () => {
  let sshd: Sshd;

  test.beforeEach(async ({ app }) => {
    const key = makeKey(app.dataDirectory, 'newcomer', { kind: 'ed25519' });
    sshd = await startSshd({ authorized: [key.publicLine] });
  });
  test.afterEach(() => sshd.stop());

  test('sample rack, a real machine, its facts, undo, restart, redo', async ({ app, page }) => {
    // The sample rack
    await page.getByRole('button', { name: /Open the sample rack/ }).click();
    await expect(page.getByText('Opened the sample rack')).toBeVisible();
    await page.getByRole('link', { name: /^Devices/ }).click();
    const table = page.getByRole('grid', { name: 'Devices' });
    await expect(table.getByRole('row', { name: /edge-router/ })).toBeVisible();

    // A real machine over SSH
    await page.getByRole('button', { name: 'Add machine over SSH' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Add machine over SSH' });
    await dialog.getByLabel('Host', { exact: true }).fill('127.0.0.1');
    await dialog.getByLabel('Port').fill(String(sshd.port));
    await dialog.getByLabel('User').fill(sshd.user);
    await dialog.getByLabel('Key file').fill(`${app.dataDirectory}/newcomer`);
    await dialog.getByRole('button', { name: 'Connect' }).click();

    // It is unknown: the fingerprint is the one that ssh-keygen prints for the host key
    const question = dialog.getByRole('region', { name: 'Unknown host key' });
    const [hostKey] = sshd.hostKeys;
    if (hostKey === undefined) throw new Error('This sshd has no host key.');
    const shown = (await question.innerText()).replace(/\s/g, '');
    expect(shown).toContain(keygenFingerprint(hostKey, 'sha256').replace('SHA256:', ''));
    await expectAccessible(page);
    await question.getByRole('button', { name: /accept|trust/i }).click();

    // Its facts, before anything is written
    await expect(dialog.getByLabel('Facts')).toContainText('Linux');
    await expectAccessible(page);
    await dialog.getByLabel('Name').fill('this-machine');
    await dialog.getByRole('switch', { name: 'Take the observed values as declared' }).uncheck();
    await dialog.getByRole('button', { name: 'Add to inventory' }).click();
    await dialog.getByRole('button', { name: 'Open device' }).click();
    await expect(page.getByRole('heading', { name: 'this-machine' })).toBeVisible();

    // Declared beside observed: one, then the rest
    await page.getByRole('tab', { name: /Declared and observed/ }).click();
    const comparison = page.getByRole('table', { name: 'Declared and observed' });
    await expect(comparison.getByRole('row', { name: /Memory/ })).toContainText('GiB');
    await page.getByRole('button', { name: 'Accept Memory' }).click();
    await expect(page.getByRole('button', { name: 'Accept Memory' })).toBeHidden();
    // The button went with its row: the keyboard stands on the next one.
    await expect(page.locator(':focus')).toHaveAccessibleName(/^Accept (?!all|selected)/);
    await expect(page.locator(':focus')).not.toHaveAccessibleName(/Memory/);
    await page.getByRole('button', { name: /^Accept all \(/ }).click();
    await expect(page.getByText('Everything that was observed is declared.')).toBeVisible();
    await expect(page.locator('body')).not.toBeFocused();
    await expectAccessible(page);

    // Undo what was accepted, restart, and redo it
    await page.keyboard.press('Control+z');
    await expect(page.getByRole('button', { name: /^Accept all \(\d+\)/ })).toBeVisible();
    await app.restart();
    await page.goto(app.address);
    await page.getByRole('link', { name: 'History' }).click();
    await expect(page.getByRole('list', { name: 'Changes' })).toContainText('this-machine');
    await page.getByRole('button', { name: /^Redo/ }).first().click();
    await page.getByRole('link', { name: /^Devices/ }).click();
    await page.getByRole('row', { name: /this-machine/ }).dblclick();
    await page.getByRole('tab', { name: /Declared and observed/ }).click();
    await expect(page.getByText('Everything that was observed is declared.')).toBeVisible();
  });
});
