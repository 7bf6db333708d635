import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeK3s, startFirstServer, uninstall } from '../k3s/index.ts';
import { k3sScenarios } from './kill/k3s-scenarios.ts';
import { isWhole, killEverywhere } from './kill/kill-everywhere.ts';
import { isOneOfMany, nameOfCase } from './kill/node-kill.ts';
import { makeScratch } from './scratch.ts';

const chosen = isWhole ? k3sScenarios : k3sScenarios.slice(0, 1);

describeK3s('a host that is killed while it lets machines join', (rack) => {
  let scratch: string;
  const cleanUp = () => Promise.all(rack().nodes.map(uninstall));
  beforeAll(async () => {
    scratch = makeScratch('killed-in-join', { inMemory: true });
    await cleanUp();
    await startFirstServer(rack().node('server-1'));
  });
  afterAll(async () => {
    rmSync(scratch, { recursive: true, force: true });
    await cleanUp();
  });

  const nodes = [...new Set(chosen.map(({ node }) => node))];
  describe.concurrent.for(nodes)('on %s', (node) => {
    it.for(chosen.filter((one) => one.node === node))(
      'goes on with $name or takes it back, and leaves nothing that its journal does not know',
      { concurrent: false, timeout: isWhole ? 3_600_000 : 240_000 },
      async (scenario) => {
        const { killed, failed, unmet } = await killEverywhere(rack(), scenario, scratch);
        const said = unmet.length === 0 ? '' : `; not met: ${unmet.map(nameOfCase).join(', ')}`;
        process.stdout.write(`${scenario.name}: killed ${killed} times${said}.\n`);
        expect(failed).toEqual([]);
        expect(killed).toBeGreaterThan(0);
        expect(unmet.filter(({ point }) => !isOneOfMany(point))).toEqual([]);
      },
    );
  });
});
