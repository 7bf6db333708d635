import type { Page } from 'playwright/test';
import { pem } from '../../../electron/host/connections/kubernetes/trial/pki.ts';
import {
  startTrialApi,
  type TrialApi,
} from '../../../electron/host/connections/kubernetes/trial/trial-api.ts';
import { expect, expectAccessible, test } from './app.ts';

const themes = [
  { colorScheme: 'light', contrast: 'no-preference' },
  { colorScheme: 'dark', contrast: 'no-preference' },
  { colorScheme: 'light', contrast: 'more' },
] as const;

async function expectAccessibleInAllThemes(page: Page): Promise<void> {
  for (const theme of themes) {
    await page.emulateMedia(theme);
    await expectAccessible(page);
  }
  await page.emulateMedia({ colorScheme: null, contrast: null });
}

const kubeconfig = (server: string) => `apiVersion: v1
kind: Config
current-context: home
clusters:
  - name: home
    cluster:
      server: ${server}
      certificate-authority-data: ${pem('ca').toString('base64')}
users:
  - name: ada
    user: { token: good }
contexts:
  - name: home
    context: { cluster: home, user: ada }
`;

/** A pod of one container, that runs or waits for that reason. */
function putPod(api: TrialApi, name: string, waiting: string | null): void {
  const state =
    waiting === null
      ? { running: { startedAt: '2026-11-30T10:00:00Z' } }
      : { waiting: { reason: waiting, message: 'Back-off pulling image "shop/web:2"' } };
  const ready = waiting === null;
  const before = api.objects.has('pods', 'shop', name)
    ? api.objects.get('pods', 'shop', name)
    : null;
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop' } as never, // the rest is the server's
    spec: { nodeName: 'pi-1', containers: [{ name: 'web', image: 'shop/web:2' }] },
    status: {
      phase: ready ? 'Running' : 'Pending',
      conditions: [
        { type: 'PodScheduled', status: 'True' },
        { type: 'Ready', status: ready ? 'True' : 'False' },
      ],
      containerStatuses: [{ name: 'web', image: 'shop/web:2', ready, restartCount: 0, state }],
    },
  };
  api.objects.put('pods', pod, { before, dryRun: false });
}

async function connect(page: Page, server: string): Promise<void> {
  await page.getByRole('main').press('9');
  await expect(page.getByRole('heading', { name: 'No cluster is connected' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('main').getByRole('button', { name: 'Connect a cluster' }).click();
  await page.getByLabel('Text of the kubeconfig').fill(kubeconfig(server));
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Look at it: the pasted text' }).click();

  // It is looked at first; what it signs in with is never shown.
  await expect(page.getByText(server)).toBeVisible();
  await expect(page.getByText('ada signs in with a token')).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'home' })).toBeChecked();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  const setUp = page.getByRole('dialog', { name: 'Set up the store of secrets' });
  await setUp.getByLabel('By a passphrase').check();
  await setUp.getByLabel('New passphrase', { exact: true }).fill('correct horse battery');
  await setUp.getByLabel('Once more').fill('correct horse battery');
  await setUp.getByRole('button', { name: 'Set up' }).click();
}

// The accessibility of each step in each theme takes its time on a computer with much else to do.
test.describe.configure({ timeout: 150_000 });

test('a newcomer connects a cluster by a kubeconfig and finds out why a pod does not start', async ({
  page,
}) => {
  const api = await startTrialApi();
  for (let index = 1; index <= 30; index += 1) putPod(api, `web-${index}`, null);
  putPod(api, 'web-new', 'ImagePullBackOff');
  try {
    await page.getByRole('button', { name: /Open the sample rack/ }).waitFor();
    await connect(page, api.url);

    // Deriving a key from a passphrase takes its time.
    await expect(page.getByRole('heading', { name: 'Pods', level: 1 })).toBeVisible({
      timeout: 30_000,
    });
    await expect(page.getByRole('row', { name: /web-1 shop Running/ })).toBeVisible();
    await expectAccessibleInAllThemes(page);
    await page
      .getByRole('group', { name: 'Filter pods' })
      .getByRole('button', { name: 'Status' })
      .click();
    await page.getByRole('menuitemcheckbox', { name: 'Does not work (1)' }).click();
    await page.keyboard.press('Escape');
    await expect(page).toHaveURL(/level=bad/);
    const row = page.getByRole('row', { name: /web-new shop Cannot pull image/ });
    await expect(row).toBeVisible();
    await expect(page.getByRole('row')).toHaveCount(2);

    // By the keyboard, from the list to the page and back to the list as it was.
    await page.getByRole('grid', { name: 'Pods' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/pods\/shop\/web-new$/);
    const why = page.getByRole('region', { name: 'How the pod stands' });
    await expect(why).toContainText('Cannot pull image.');
    await expect(why).toContainText('shop/web:2');
    await expectAccessibleInAllThemes(page);
    await page.getByRole('tab', { name: 'YAML' }).click();
    await expect(page.getByRole('region', { name: 'YAML' })).toContainText('name: web-new');
    await expectAccessible(page);

    // What becomes of it shows by itself.
    await page.getByRole('tab', { name: 'Overview' }).click();
    putPod(api, 'web-new', null);
    await expect(why).toContainText('Running.');
    await page.getByRole('main').getByRole('link', { name: 'Pods', exact: true }).last().click();
    await expect(page).toHaveURL(/level=bad/);
    await expect(page.getByRole('heading', { name: 'None of the pods matches' })).toBeVisible();
    await page.getByRole('button', { name: 'Clear the filter' }).click();

    // When the API goes away, what was heard last stays, and says how old it is.
    await api.close();
    await expect(page.getByText(/this is how it stood last/)).toBeVisible();
    await expect(page.getByRole('row', { name: /web-1 shop Running/ })).toBeVisible();
    await expectAccessibleInAllThemes(page);
  } finally {
    await api.close();
  }
});
