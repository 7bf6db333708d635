import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright/test';
import type { Cluster } from '../../cluster/cluster.ts';
import { leftAlone } from '../../cluster/kwok.ts';
import { barePod, cronJob, deployment, disruptionBudget } from '../../cluster/objects.ts';
import { whyNoCluster } from '../../cluster/requirements.ts';
import { startCluster } from '../../cluster/start.ts';
import { until } from '../../cluster/wait.ts';
import { type App, expect, expectAccessible, test } from './app.ts';

/** A real Kubernetes with fake nodes, for all of these tests. */
let cluster: Cluster;
const options = { nodes: 2 } as const;
const missing = whyNoCluster(options);
test.skip(missing !== null, missing ?? '');
// Real servers, and the accessibility of every step, on a computer that may have much else to do.
test.describe.configure({ timeout: 150_000 });

const namespace = 'default';
test.beforeAll(async () => {
  test.setTimeout(240_000);
  cluster = await startCluster(options);
  const web = { namespace, image: 'registry.example/web:1' };
  await cluster.apply([
    deployment('web', web),
    barePod('toolbox', { namespace, nodeSelector: { 'kubernetes.io/hostname': 'node-1' } }),
    deployment('db', { namespace, nodeSelector: { 'kubernetes.io/hostname': 'node-1' } }),
    disruptionBudget('db', namespace, 1),
    cronJob('report', '0 0 1 1 *', { namespace }),
  ]);
  await until('web runs', async () => (await podsOf('web'))[0]?.status.phase === 'Running');
});
test.afterAll(() => cluster?.stop());

interface Pod {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly nodeName?: string };
  readonly status: { readonly phase: string };
}

async function podsOf(app: string): Promise<readonly Pod[]> {
  const query = `labelSelector=app%3D${app}`;
  const { items } = await cluster.api.must('GET', `/api/v1/namespaces/${namespace}/pods?${query}`);
  return items as readonly Pod[]; // what the API says of pods
}

/** A new version whose image is not to be had. */
async function breakWeb(): Promise<void> {
  const metadata = { annotations: { [leftAlone]: 'yes' } };
  const spec = { containers: [{ name: 'web', image: 'registry.example/no-such:2' }] };
  const patch = { spec: { template: { metadata, spec } } };
  await cluster.kubectl(['patch', 'deployment', 'web', '-p', JSON.stringify(patch)]);
  const pending = async () =>
    (await podsOf('web')).find(({ spec, status }) => status.phase === 'Pending' && spec.nodeName);
  await until('the new pod has a node', async () => (await pending()) !== undefined);
  const name = (await pending())?.metadata.name ?? '';
  const waiting = { reason: 'ImagePullBackOff', message: 'Back-off pulling image' };
  const state = { name: 'web', image: '', imageID: '', ready: false, restartCount: 0 };
  await cluster.api.must('PATCH', `/api/v1/namespaces/${namespace}/pods/${name}/status`, {
    type: 'application/strategic-merge-patch+json',
    body: { status: { containerStatuses: [{ ...state, state: { waiting } }] } },
  });
}

const cli = path.join(import.meta.dirname, '../../../out/main/cli.js');

/** The way to the cluster, by the command line: the window's own is tried in cluster.spec.ts. */
async function connect(app: App, page: Page): Promise<void> {
  const words = ['cluster', 'contexts', '--add', cluster.adminKubeconfig, '--cluster', 'home'];
  await promisify(execFile)(process.execPath, [cli, ...words, '--data', app.dataDirectory]);
  await page.evaluate(() => {
    location.hash = '#/cluster';
  });
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Pods', level: 1 })).toBeVisible({
    timeout: 30_000,
  });
}

const kinds = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Kinds of the cluster' }).getByRole('link', { name });

test('reads the log of a pod, works in a shell of it, and forwards a port', async ({
  app,
  page,
}) => {
  await connect(app, page);
  await page.getByRole('grid').getByRole('link', { name: 'toolbox' }).click();
  await page.getByRole('tab', { name: 'Logs' }).click();
  const log = page.getByRole('region', { name: 'Log of the pod toolbox' });
  await expect(log).toContainText('request 200 answered');
  await expectAccessible(page);
  await page.getByLabel('Search the log').fill('REQUEST 42');
  await expect(log.getByRole('listitem')).toHaveCount(1);

  await page.getByRole('tab', { name: 'Terminal' }).click();
  await page.getByRole('button', { name: 'Open a shell' }).click();
  await expect(page.getByText('leaves the terminal')).toBeVisible({ timeout: 20_000 });
  await page.keyboard.type('echo $((40 + 2)) is it\n');
  const terminal = page.getByRole('region', { name: 'Terminal' });
  await expect(terminal).toContainText('42 is it');
  await expectAccessible(page);
  await page.keyboard.press('Control+Shift+L');
  await expect(page.getByRole('button', { name: 'Close' })).toBeFocused();
  // It goes on while other parts are looked at.
  await page.getByRole('tab', { name: 'Ports' }).click();
  await page.getByRole('button', { name: 'Forward a port' }).click();
  await page.getByLabel('Port of the pod').fill('8080');
  await page.getByRole('dialog').getByRole('button', { name: 'Forward' }).click();
  const ports = page.getByRole('table', { name: 'Forwarded ports' });
  await expect(ports).toContainText('127.0.0.1:');
  await kinds(page, 'Ports and terminals').click();
  await expect(ports).toContainText('toolbox');
  await expectAccessible(page);
  await ports.getByRole('button', { name: /^Stop/ }).click();
  await expect(ports).toBeHidden();
  await page.getByRole('main').getByRole('link', { name: 'toolbox' }).click();
  await expect(terminal).toContainText('42 is it');
});

test('finds out why a deployment does not come up, and rolls it back', async ({ app, page }) => {
  await breakWeb();
  await connect(app, page);
  await kinds(page, 'Deployments').click();
  await page.getByRole('grid').getByRole('link', { name: 'web' }).click();
  const why = page.getByRole('list', { name: 'Why its pods do not run' });
  await expect(why).toContainText('Cannot pull image');
  await expect(why).toContainText('registry.example/no-such:2');
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Roll back web' }).click();
  await expect(page.getByText('What going back to revision 1 changes')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Roll back to 1' }).click();
  const dialog = page.getByRole('dialog', { name: 'Roll back web' });
  await expect(dialog).toContainText('registry.example/web:1');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Roll back', exact: true }).click();
  await expect(page.getByText('deployment default/web goes back to revision 1.')).toBeVisible();
  await page.getByRole('tab', { name: 'Overview' }).click();
  await expect(page.getByRole('region', { name: 'How the deployment stands' })).toContainText(
    'Ready.',
  );
});

test('acts on single objects and on selected ones, as it was shown', async ({ app, page }) => {
  await connect(app, page);
  await kinds(page, 'Deployments').click();
  await page.getByRole('checkbox', { name: 'Select web' }).click();
  await page.getByRole('checkbox', { name: 'Select db' }).click();
  await page.getByRole('button', { name: 'Scale 2 deployments' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('How many pods').fill('2');
  await expect(dialog.getByText('Scale deployment default/db from 1 to 2')).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Scale', exact: true }).click();
  await expect(page.getByText('Scaled 2 deployments.')).toBeVisible();
  await expect.poll(async () => (await podsOf('db')).length).toBe(2);
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click();
  await expect(page.getByText('Took back 2 changes.')).toBeVisible();

  await kinds(page, 'Cron jobs').click();
  await page.getByRole('grid').getByRole('link', { name: 'report' }).click();
  await page.getByRole('button', { name: 'Run now report' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Run now', exact: true }).click();
  await expect(page).toHaveURL(/\/jobs\.batch\/default\/report-/);

  // Edited as text: what it comes to, by the API's own word, and then saved.
  await page.goto(
    `${new URL(page.url()).origin}/#${page.url().split('#')[1]?.split('/jobs.batch')[0]}/deployments.apps/default/web/yaml`,
  );
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  const text = page.getByRole('textbox', { name: 'YAML of the deployment' });
  await text.fill((await text.inputValue()).replace('app: web', 'app: shop'));
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Look at the changes' }).click();
  await page.getByRole('checkbox', { name: 'Take these fields over' }).click();
  const save = page.getByRole('dialog').getByRole('button', { name: 'Save' });
  await expect(save).toBeEnabled();
  await expectAccessible(page);
  await save.click();
  await expect(page.getByText('Deployment default/web was changed.')).toBeVisible();
});

test('drains a node once what is lost was accepted, and is told of it beside the inventory', async ({
  app,
  page,
}) => {
  await connect(app, page);
  await kinds(page, 'Nodes').click();
  await page.getByRole('grid').getByRole('link', { name: 'node-1' }).click();
  await page.getByRole('button', { name: 'Drain node-1' }).click();
  await expect(page.getByText('default/toolbox', { exact: true })).toBeVisible();
  await expect(page.getByText(/cannot go as long as the budget db stands/)).toBeVisible();
  const drain = page.getByRole('region', { name: 'What it would come to' });
  await expect(drain.getByRole('button', { name: 'Drain node-1' })).toBeDisabled();
  await expectAccessible(page);
  await cluster.kubectl(['delete', 'pdb', 'db']);
  await page.getByRole('checkbox', { name: /Pods that nothing makes anew/ }).click();
  await expect(drain.getByRole('button', { name: 'Drain node-1' })).toBeEnabled();
  await drain.getByRole('button', { name: 'Drain node-1' }).click();
  await expect(page.getByRole('heading', { name: 'Drain node-1' })).toBeVisible();
  await expect(page.getByText('Done', { exact: true }).first()).toBeVisible({ timeout: 45_000 });

  await page
    .getByRole('navigation', { name: 'Places' })
    .getByRole('link', { name: 'Cluster' })
    .click();
  await kinds(page, 'Drift').click();
  await expect(page.getByRole('grid', { name: 'Differences' })).toContainText('node-1');
  await expectAccessible(page);
  await kinds(page, 'Questions').click();
  await expect(
    page.getByRole('region', { name: 'What hangs on one pod or on one node?' }),
  ).toContainText('db');
  await expectAccessible(page);
});
