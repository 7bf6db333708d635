import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLeases } from './read-leases.ts';

const pi = { address: '10.0.0.11', mac: 'd8:3a:dd:00:00:01', name: 'pi-1' };
const until = 1_764_540_000;

describe('a lease file', () => {
  it.each([
    ['dnsmasq', `${until} d8:3a:dd:00:00:01 10.0.0.11 pi-1 01:d8:3a:dd:00:00:01\n`],
    [
      'isc-dhcpd',
      `# The format of this file is documented\nlease 10.0.0.11 {\n  starts 0 2025/11/30 10:00:00;\n  ends 0 2025/11/30 22:00:00;\n  binding state active;\n  hardware ethernet d8:3a:dd:00:00:01;\n  uid "\\001\\330";\n  client-hostname "pi-1";\n}\n`,
    ],
    [
      'kea',
      `address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context,pool_id\n10.0.0.11,d8:3a:dd:00:00:01,,43200,${until},1,0,0,pi-1.,0,,0\n`,
    ],
    [
      'systemd-networkd',
      JSON.stringify({
        BootID: 'x',
        Leases: [
          {
            ClientId: [1, 0xd8, 0x3a, 0xdd, 0, 0, 1],
            Address: [10, 0, 0, 11],
            Hostname: 'pi-1',
            ExpirationRealtimeUSec: until * 1_000_000,
          },
        ],
      }),
    ],
    ['openwrt', `# br-lan d83add000001 ipv4 pi-1 ${until} b 32 10.0.0.11/32\n10.0.0.11\tpi-1\n`],
  ])('of %s tells address, MAC, name and end', (format, text) => {
    const read = readLeases(text);
    expect(read).toEqual({ format, leases: [{ ...pi, expiresAt: until * 1000 }], lost: [] });
    expect(readLeases(text.replaceAll('\n', '\r\n')).leases).toEqual(read.leases);
  });

  it('counts the last lease of an address, and none that was given back', () => {
    const block = (name: string, state: string) =>
      `lease 10.0.0.11 {\n  ends never;\n  binding state ${state};\n  client-hostname "${name}";\n}\n`;
    const names = (text: string) => readLeases(text).leases.map(({ name }) => name);
    expect(names(block('old', 'active') + block('new', 'active'))).toEqual(['new']);
    expect(names(block('old', 'active') + block('old', 'free'))).toEqual([]);
    const kea = (state: number) => `10.0.0.11,,,43200,${until},1,0,0,pi-1,${state},,0\n`;
    const heading =
      'address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context,pool_id\n';
    expect(names(heading + kea(0) + kea(2))).toEqual([]);
  });

  it('reads what can be read, and says which lines could not', () => {
    const read = readLeases(
      `${until} d8:3a:dd:00:00:01 10.0.0.11 * *\nnonsense\n${until} aa 999.0.0.1 x *\n0 d8:3a:dd:00:00:02 10.0.0.12 nas *\n`,
    );
    expect(read.leases).toEqual([
      { ...pi, name: null, expiresAt: until * 1000 },
      { address: '10.0.0.12', mac: 'd8:3a:dd:00:00:02', name: 'nas', expiresAt: null },
    ]);
    expect(read.lost).toEqual([
      { line: 2, why: 'A lease has a time, a MAC, an address and a name.' },
      { line: 3, why: 'That is no address.' },
    ]);
  });

  it('makes names harmless', () => {
    const [only] = readLeases(`1 aa:bb:cc:dd:ee:ff 10.0.0.1 \u001b]0;x\u0007pi\u202e1 *\n`).leases;
    expect(only?.name).toBe(']0;xpi1');
  });

  it('that is none is refused', () => {
    for (const text of ['', 'root:x:0:0', '{"a":1}', '\0\0\0']) {
      expect(() => readLeases(text)).toThrow(expect.objectContaining({ code: 'FILE_INVALID' }));
    }
  });

  it('of whatever bytes never breaks a reader', () => {
    const beginnings = [
      '',
      '1 a b c\n',
      'lease 1 {\n',
      'address,hwaddr,x\n',
      '{"Leases":[',
      '# a 0 b c 1 ',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...beginnings), fc.string(), (beginning, rest) => {
        try {
          readLeases(beginning + rest);
        } catch (error) {
          expect(error).toMatchObject({ code: 'FILE_INVALID' });
        }
      }),
    );
  });

  it('of a million short lines is read in less than a few looks', () => {
    expect(readLeases(`1 a b c\n${'x\n'.repeat(300_000)}`).lost.length).toBe(300_001);
  });
});
