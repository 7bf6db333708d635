import type { Page } from 'playwright/test';
import { expect, expectAccessible, test } from './app.ts';

test.beforeEach(async ({ page }) => {
  await page.getByRole('button', { name: /Open the sample rack/ }).click();
  await expect(page.getByText('Opened the sample rack')).toBeVisible();
  await page.getByRole('button', { name: 'Close notice' }).click();
});

async function addRack(page: Page, name: string, units: number): Promise<void> {
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Add a rack' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a rack' });
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('Height in units').fill(String(units));
  await dialog.getByRole('button', { name: /^Add/ }).click();
  await expect(dialog).toBeHidden();
}

test('racks stand side by side, each as high as it is, and are reached sideways', async ({
  page,
}) => {
  for (const [name, units] of [
    ['Attic', 6],
    ['Hall', 24],
    ['Yard', 42],
    ['Zoo', 12],
  ] as const) {
    await addRack(page, name, units);
  }
  const racks = page.getByRole('region', { name: 'Racks' });
  const frame = async (name: string) => {
    const bays = racks.getByRole('list', { name: new RegExp(`^Devices in .*${name}`) });
    // What is out of view is not laid out before it comes near, and once more when it was read.
    let box: Awaited<ReturnType<typeof bays.boundingBox>> = null;
    await expect
      .poll(async () => {
        box = await bays.boundingBox();
        return box;
      })
      .not.toBeNull();
    return box ?? { x: 0, y: 0, width: 0, height: 0 };
  };
  const [attic, hall] = [await frame('Attic'), await frame('Hall')];
  expect(attic.y).toBe(hall.y);
  expect(hall.height / attic.height).toBeCloseTo(4, 1);
  expect(hall.x).toBeGreaterThan(attic.x + attic.width);
  await racks.getByText('Zoo').scrollIntoViewIfNeeded();
  expect((await frame('Zoo')).height).toBeCloseTo(attic.height * 2, 0);
  await expectAccessible(page);
});

test('addresses stand on the line of the text beside them', async ({ page }) => {
  await page.getByRole('link', { name: /^Devices/ }).click();
  const lines = await page.getByRole('row', { name: /cp-1/ }).evaluate((row) => {
    /** Where the letters of an element stand: an empty box has its foot there. */
    const lineOf = (element: Element) => {
      const foot = document.createElement('span');
      foot.style.cssText = 'display: inline-block; width: 0; height: 0';
      element.append(foot);
      const { bottom } = foot.getBoundingClientRect();
      foot.remove();
      return bottom;
    };
    return [...row.querySelectorAll('bdi, .rh-mono, code')]
      .filter(({ textContent }) => /^(cp-1|[\d.]{7,})$/.test(textContent ?? ''))
      .map((element) => ({
        mono: /Mono/.test(getComputedStyle(element).fontFamily),
        at: lineOf(element),
      }));
  });
  expect(new Set(lines.map(({ mono }) => mono)).size).toBe(2);
  const [first] = lines;
  for (const { at } of lines) expect(Math.abs(at - (first?.at ?? 0))).toBeLessThan(0.25);
  expect(await page.evaluate(() => document.fonts.check('13px "JetBrains Mono Variable"'))).toBe(
    true,
  );
});

// 1024 by 700 at twice the size of everything.
for (const size of [
  { width: 1024, height: 700 },
  { width: 512, height: 350 },
]) {
  test(`menu and settings are whole in ${size.width} by ${size.height}`, async ({ page }) => {
    await page.setViewportSize(size);
    const within = async (name: string) => {
      const box = await page.getByRole(name === 'menu' ? 'menu' : 'dialog').boundingBox();
      if (box === null) throw new Error(`There is no ${name}.`);
      expect(box.y).toBeGreaterThanOrEqual(0);
      expect(box.y + box.height).toBeLessThanOrEqual(size.height);
      expect(box.x + box.width).toBeLessThanOrEqual(size.width);
    };
    await page.getByRole('button', { name: 'Rackhelm menu' }).click();
    await within('menu');
    const last = page.getByRole('menuitem', { name: /Keyboard shortcuts/ });
    await last.scrollIntoViewIfNeeded();
    await expect(last).toBeInViewport();
    await last.click();
    await within('dialog');
    const end = page.getByRole('dialog').getByText('Change the width of a column, on its edge');
    await end.scrollIntoViewIfNeeded();
    await expect(end).toBeInViewport();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+,');
    await within('dialog');
    const data = page.getByRole('button', { name: 'Copy the data directory' });
    await data.scrollIntoViewIfNeeded();
    await expect(data).toBeInViewport();
    await expectAccessible(page);
  });
}
