import type { Page } from 'playwright/test';
import { makeKey, startSshd } from '../../integration/sshd/index.ts';
import { expect, expectAccessible, test } from './app.ts';

const heading = (page: Page, name: string) =>
  expect(page.getByRole('heading', { name, exact: true, level: 2 })).toBeVisible();

async function goOn(page: Page, to: string) {
  await page.getByRole('button', { name: `Continue: ${to}` }).click();
  await heading(page, to);
}

test('a machine is led in by the wizard, step by step, and its report is kept with it', async ({
  app,
  page,
}) => {
  // A connection, the checks, a plan and a job, each on a real sshd.
  test.setTimeout(90_000);
  const key = makeKey(app.dataDirectory, 'onboarding');
  const sshd = await startSshd({ authorized: [key.publicLine] });
  try {
    await page
      .getByRole('button', { name: /Onboard a machine/ })
      .first()
      .click();
    const named = page.getByLabel('Name or address');
    await expect(named).toBeFocused();
    await named.fill(`${sshd.user}@127.0.0.1:${sshd.port}`);
    await page.keyboard.press('Enter');
    await expectAccessible(page);
    await goOn(page, 'Trust its key');
    await page.getByRole('button', { name: 'Accept and remember' }).click();

    // Without its key it is not let in; the way in is mended in place.
    await page.getByRole('button', { name: 'Change the way in' }).click();
    await expect(page.getByLabel('Port')).toHaveValue(String(sshd.port));
    await page.getByLabel('Key file').fill(key.path);
    await page.getByRole('button', { name: 'Connect this way' }).click();
    await goOn(page, 'Sign in');
    await goOn(page, 'Facts');
    await goOn(page, 'Who it is');
    await expect(page.getByText('Nothing in the inventory is like it.')).toBeVisible();
    await page.getByLabel('Name in the inventory').fill('bench-1');
    await page.getByLabel('A new machine').click();
    await goOn(page, 'Role');
    await expectAccessible(page);
    await page.getByLabel('Rackhelm’s own key').click();
    await expect(page.getByText('There is no store of secrets yet')).toBeVisible();
    await expectAccessible(page);
    await page.getByLabel('No key').click();

    // Left in the middle it is found again, at the step and with the answers that it had.
    await page.getByLabel(/^Edge/).click();
    await expect(page.getByRole('button', { name: 'Continue: Place and network' })).toBeEnabled();
    await page.getByRole('button', { name: 'Save and leave' }).click();
    await app.restart({ samePort: true });
    await page.goto(app.address);
    await page.evaluate(() => {
      location.hash = '#/onboarding';
    });
    await page
      .getByRole('button', { name: /bench-1/ })
      .first()
      .click();
    await heading(page, 'Role');
    await expect(page.getByLabel(/^Edge/)).toBeChecked();

    await goOn(page, 'Place and network');
    await goOn(page, 'Cluster');
    await page.getByLabel(/^Yes/).click();
    await page.getByLabel('Or a new one').fill('lab');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(page.getByText('No server yet', { exact: true })).toBeVisible();
    await expect(page.getByLabel(/^Server/).first()).toBeChecked();
    await page.getByLabel('Labels').fill('no label');
    await expect(page.getByText('Such as disk=ssd')).toBeVisible();
    await expectAccessible(page);
    await page.getByLabel(/^No/).first().click();
    await goOn(page, 'Checks and fixes');
    await page.getByRole('button', { name: 'Run the checks' }).first().click();
    await expect(page.getByRole('button', { name: 'Run them again' })).toBeVisible();
    await goOn(page, 'Plan');
    await page.getByRole('button', { name: 'Approve and run' }).click();
    await heading(page, 'Run');
    await goOn(page, 'Report');
    await expect(page.getByText('Onboarding of bench-1')).toBeVisible();
    await expectAccessible(page);

    // And it goes the same way: what was done is offered to be undone, and it is retired.
    await page.getByRole('button', { name: 'Open the device' }).click();
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Take it out of the rack' }).click();
    const dialog = page.getByRole('dialog', { name: /Take bench-1 out of the rack/ });
    await expect(dialog.getByRole('link', { name: /Onboard bench-1/ })).toBeVisible();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Mark it as retired', exact: true }).click();
    await expect(page.getByText('Done', { exact: true }).first()).toBeVisible();
  } finally {
    await sshd.stop();
  }
});
