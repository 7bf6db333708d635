import { afterEach, expect, it } from 'vitest';
import { describeRack } from './index.ts';
import { ssh } from './ssh-client.ts';

describeRack('network managers that run for real', 'onboarding', (rack) => {
  const run = async (node: string, command: string) => {
    const { stdout, stderr, exitCode } = await rack().node(node).exec(command);
    return { said: `${stdout}${stderr}`.trim(), exitCode };
  };
  const addresses = async (node: string) =>
    (await run(node, 'ip -4 -o addr show scope global')).said.match(/[\d.]+(?=\/24)/g);
  const reaches = async (node: string) =>
    (await ssh(rack(), node, 'echo ok', { connectTimeout: 1 })).stdout === 'ok\n';
  const own = (node: string) => rack().node(node).address;
  const other = (node: string) => rack().node(node).otherAddress;
  /** In the file, as an edit would do; `restore` puts the old one back. */
  const edit = (node: string, file: string) =>
    run(node, `cp -p '${file}' /root/kept && sed -i 's,${own(node)}/,${other(node)}/,' '${file}'`);
  const undo: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const step of undo.splice(0)) await step();
  });
  const restore = (node: string, file: string, then: string) => {
    undo.push(() => run(node, `cat /root/kept >'${file}'; rm /root/kept; ${then}`));
  };

  it('ifupdown tells what it would do, refuses what it cannot read, and cuts off whoever errs', async () => {
    const file = '/etc/network/interfaces';
    const again = 'ifdown enp1s0; ifup enp1s0';
    expect((await run('debian', 'ifup --no-act --force enp1s0')).said).toContain(
      `ip addr add ${own('debian')}`,
    );
    await run('debian', 'printf "iface enp1s0 inet static\\n  adress 1.2.3.4\\n" >/tmp/wrong');
    expect(await run('debian', 'ifup --no-act --force -i /tmp/wrong enp1s0')).toMatchObject({
      exitCode: 1,
    });
    await edit('debian', file);
    // As a dead-man switch does: back by itself, whoever is there or not.
    await run(
      'debian',
      `setsid sh -c 'sleep 2; ifdown enp1s0; cat /root/kept >${file}; ifup enp1s0; rm /root/kept' >/dev/null 2>&1 &`,
    );
    await run('debian', again);
    expect(await addresses('debian')).toEqual([other('debian')]);
    expect(await reaches('debian')).toBe(false);
    await expect.poll(() => reaches('debian'), { timeout: 8000 }).toBe(true);
    expect(await addresses('debian')).toEqual([own('debian')]);
  });

  it('ifupdown brings up at a restart what its file says', async () => {
    const file = '/etc/network/interfaces';
    await edit('debian', file);
    restore('debian', file, 'systemctl restart networking');
    await rack().node('debian').reboot();
    expect(await addresses('debian')).toEqual([other('debian')]);
  });

  it('netplan checks its file and applies it by a networkd that runs', async () => {
    const file = '/etc/netplan/50-cloud-init.yaml';
    await edit('twin-1', file);
    restore('twin-1', file, 'netplan apply');
    expect(await run('twin-1', 'netplan generate')).toEqual({ said: '', exitCode: 0 });
    expect(await addresses('twin-1')).toEqual([own('twin-1')]);
    expect(await run('twin-1', 'netplan apply')).toMatchObject({ exitCode: 0 });
    await expect.poll(() => addresses('twin-1'), { timeout: 3000 }).toEqual([other('twin-1')]);
    await run('twin-1', `sed -i s/addresses:/adresses:/ ${file}`);
    const refused = await run('twin-1', 'netplan generate');
    expect(refused.said).toContain('unknown key');
    expect(refused.exitCode).toBe(1);
  });

  it('networkd takes over what its files say', async () => {
    const file = '/etc/systemd/network/10-enp1s0.network';
    const take = 'networkctl reload && networkctl reconfigure enp1s0';
    await edit('clean', file);
    restore('clean', file, take);
    expect((await run('clean', take)).exitCode).toBe(0);
    await expect.poll(() => addresses('clean'), { timeout: 3000 }).toEqual([other('clean')]);
  });

  it('NetworkManager writes connections offline and puts them into effect', async () => {
    const offline = await run(
      'pi',
      'nmcli --offline connection add type ethernet con-name x ifname eth0 ipv4.method auto',
    );
    expect(offline.said).toContain('interface-name=eth0');
    expect((await run('pi', 'nmcli --offline connection add type nonesuch')).exitCode).not.toBe(0);
    const set = (address: string) =>
      run(
        'pi',
        `nmcli connection modify 'Wired connection 1' ipv4.addresses ${address}/24 && nmcli connection up 'Wired connection 1'`,
      );
    undo.push(() => set(own('pi')));
    expect((await set(other('pi'))).exitCode).toBe(0);
    expect(await addresses('pi')).toEqual([other('pi')]);
  });

  it('dhcpcd takes over its file when it is started anew', async () => {
    await edit('old-pi', '/etc/dhcpcd.conf');
    // `persistent`, as delivered: the old address stays until something takes it away.
    const file = '/etc/dhcpcd.conf';
    restore('old-pi', file, 'ip addr flush dev eth0 scope global; systemctl restart dhcpcd');
    await run('old-pi', 'systemctl restart dhcpcd');
    await expect.poll(() => addresses('old-pi'), { timeout: 3000 }).toContain(other('old-pi'));
  });
});
