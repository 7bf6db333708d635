import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  describeK3s,
  joinByHand,
  type K3sServer,
  standinVersion,
  startFirstServer,
  uninstall,
} from './index.ts';

describeK3s('the stand-in of K3s', (rack) => {
  let server: K3sServer;
  const node = (name: string) => rack().node(name);
  const say = async (name: string, command: string) =>
    (await node(name).exec(command)).stdout.trim();
  const cleanUp = async () => {
    for (const name of ['server-1', 'agent-1']) await uninstall(node(name));
  };
  beforeAll(async () => {
    await cleanUp();
    server = await startFirstServer(node('server-1'));
    await joinByHand(server, node('agent-1'));
  });
  afterAll(cleanUp);

  it('lays down the files of K3s, closed as K3s has them', async () => {
    const directory = '/var/lib/rancher/k3s/server';
    const modes = `cd ${directory} && stat -c '%a %n' token cred/passwd db db/state.db; readlink node-token`;
    expect(await say('server-1', modes)).toBe(
      `600 token\n600 cred/passwd\n700 db\n644 db/state.db\n${directory}/token`,
    );
    expect(await say('agent-1', 'stat -c %a /etc/rancher/node/password')).toBe('600');
    const sum = await say('server-1', 'curl -sk https://127.0.0.1:6443/cacerts | sha256sum');
    expect(await server.token()).toMatch(new RegExp(`^K10${sum.slice(0, 64)}::server:`));
  });

  it('is of the version that its file says, to the API and on its nodes', async () => {
    const said = await server.kubectl(
      "get nodes -o 'jsonpath={.items[*].status.nodeInfo.kubeletVersion}'",
    );
    expect(said).toBe(`${standinVersion} ${standinVersion}`);
    expect(await say('agent-1', `curl -sk ${server.url}/version`)).toContain(standinVersion);
  });

  it('keeps its agents over a restart of either, and over a loss of power', async () => {
    await say('server-1', 'systemctl restart k3s');
    await node('agent-1').reboot();
    await server.waitFor('agent-1');
    expect(await say('agent-1', 'systemctl is-active k3s-agent')).toBe('active');
  });
});
