import { describe, expect, it } from 'vitest';
import type { FieldValue } from '../../../../shared/model/kinds/index.ts';
import { findAll } from '../findings.ts';
import { LintInventory, type LintKind, type LintRow, lintFields } from '../lint-inventory.ts';
import { rules } from './index.ts';

type Rows = Partial<Record<LintKind, Readonly<Record<string, Record<string, FieldValue>>>>>;

/** Rows by kind and id; what is not said is not declared. */
function inventoryOf(rows: Rows): LintInventory {
  return new LintInventory((kind) =>
    Object.entries(rows[kind] ?? {}).map(([id, values]): LintRow => {
      const nothing = Object.fromEntries(lintFields[kind].map((field) => [field, null]));
      return { id, values: { ...nothing, ...values } };
    }),
  );
}

const foundIn = (rows: Rows) =>
  findAll(inventoryOf(rows)).map((finding) => finding.told(new Map()));
const messages = (rows: Rows, rule: string) =>
  foundIn(rows)
    .filter((finding) => finding.rule === rule)
    .map(({ message }) => message);

/** `pi-1 eth0` and `pi-2 eth0`, in VLAN 20 untagged where `vlan` is given. */
const two = (vlan = false): Rows => ({
  device: { a: { name: 'pi-1', kind: 'sbc' }, b: { name: 'pi-2', kind: 'sbc' } },
  interface: {
    ia: { device: 'a', name: 'eth0', kind: 'ethernet', speedMbps: 1000 },
    ib: { device: 'b', name: 'eth0', kind: 'ethernet', speedMbps: 1000 },
  },
  vlan: { v20: { number: 20, name: 'internal' }, v30: { number: 30, name: 'storage' } },
  'vlan-membership': vlan ? { m: { interface: 'ia', vlan: 'v20', tagged: false } } : {},
});
const on = (address: string, iface = 'ia', role = 'host') => ({ interface: iface, address, role });
const prefix24 = { p: { prefix: '10.0.20.0/24', vlan: 'v20' } };

interface Case {
  readonly rule: string;
  readonly wrong: Rows;
  readonly message: string | RegExp;
  /** What looks alike and is right. */
  readonly right: readonly Rows[];
}

const cases: readonly Case[] = [
  {
    rule: 'address-twice',
    wrong: { ...two(), address: { x: on('10.0.20.5/24'), y: on('10.0.20.5/24', 'ib') } },
    message: '10.0.20.5 is on 2 interfaces.',
    right: [
      { ...two(), address: { x: on('10.0.20.5/24'), y: on('10.0.20.6/24', 'ib') } },
      {
        ...two(),
        address: { x: on('10.0.20.5/24', 'ia', 'virtual'), y: on('10.0.20.5/24', 'ib', 'virtual') },
      },
      { ...two(), address: { x: on('169.254.1.1/16'), y: on('169.254.1.1/16', 'ib') } },
      { ...two(), address: { x: on('fe80::1/64'), y: on('fe80::1/64', 'ib') } },
      {
        ...two(),
        interface: {
          ia: { device: 'a', name: 'docker0', kind: 'bridge' },
          ib: { device: 'b', name: 'docker0', kind: 'bridge' },
        },
        address: { x: on('172.17.0.1/16'), y: on('172.17.0.1/16', 'ib') },
      },
    ],
  },
  {
    rule: 'address-outside-prefix',
    wrong: { ...two(true), prefix: prefix24, address: { x: on('10.0.30.5/24') } },
    message: '10.0.30.5 is in none of the prefixes of its VLANs: 10.0.20.0/24.',
    right: [
      { ...two(true), prefix: prefix24, address: { x: on('10.0.20.5/24') } },
      { ...two(true), prefix: prefix24, address: { x: on('fd00::5/64') } },
      { ...two(), prefix: prefix24, address: { x: on('10.0.30.5/24') } },
    ],
  },
  {
    rule: 'address-length',
    wrong: { ...two(), prefix: prefix24, address: { x: on('10.0.20.5/16') } },
    message: '10.0.20.5/16 has a /16, but the plan has 10.0.20.0/24 there.',
    right: [
      { ...two(), prefix: prefix24, address: { x: on('10.0.20.5/24') } },
      { ...two(), prefix: prefix24, address: { x: on('10.0.20.5/32') } },
    ],
  },
  {
    rule: 'address-not-for-hosts',
    wrong: { ...two(), prefix: prefix24, address: { x: on('10.0.20.255/24') } },
    message: '10.0.20.255 is the broadcast address of 10.0.20.0/24.',
    right: [
      { ...two(), prefix: prefix24, address: { x: on('10.0.20.254/24') } },
      { ...two(), prefix: { p: { prefix: '10.0.20.0/31' } }, address: { x: on('10.0.20.0/31') } },
      {
        ...two(),
        prefix: { p: { prefix: 'fd00::/64' } },
        address: { x: on('fd00::ffff:ffff:ffff:ffff/64') },
      },
    ],
  },
  {
    rule: 'address-without-prefix',
    wrong: { ...two(), prefix: prefix24, address: { x: on('192.168.1.5/24') } },
    message: '192.168.1.5 is in no prefix of the plan.',
    right: [
      { ...two(), address: { x: on('192.168.1.5/24') } },
      { ...two(), prefix: prefix24, address: { x: on('10.0.20.5/24') } },
      { ...two(), prefix: prefix24, address: { x: on('127.0.0.1/8') } },
    ],
  },
  {
    rule: 'address-in-dhcp-range',
    wrong: {
      ...two(),
      'ip-range': { r: { range: '10.0.20.100-10.0.20.199', role: 'dhcp' } },
      address: { x: on('10.0.20.100/24') },
    },
    message:
      '10.0.20.100 is in the DHCP range 10.0.20.100-10.0.20.199, which may give it to another.',
    right: [
      {
        ...two(),
        'ip-range': { r: { range: '10.0.20.100-10.0.20.199', role: 'dhcp' } },
        address: { x: on('10.0.20.200/24') },
      },
      {
        ...two(),
        'ip-range': { r: { range: '10.0.20.100-10.0.20.199', role: 'dhcp' } },
        'dhcp-reservation': { d: { address: '10.0.20.100', mac: 'aa:aa:aa:aa:aa:aa' } },
        address: { x: on('10.0.20.100/24') },
      },
    ],
  },
  {
    rule: 'reservation-clash',
    wrong: {
      ...two(),
      mac: { m1: { interface: 'ia', mac: 'bb:bb:bb:bb:bb:bb' } },
      'dhcp-reservation': { d: { address: '10.0.20.100', mac: 'aa:aa:aa:aa:aa:aa' } },
      address: { x: on('10.0.20.100/24') },
    },
    message: '10.0.20.100 is reserved for aa:aa:aa:aa:aa:aa, but pi-1 eth0 has it.',
    right: [
      {
        ...two(),
        mac: { m1: { interface: 'ia', mac: 'aa:aa:aa:aa:aa:aa' } },
        'dhcp-reservation': { d: { address: '10.0.20.100', mac: 'aa:aa:aa:aa:aa:aa' } },
        address: { x: on('10.0.20.100/24') },
      },
    ],
  },
  {
    rule: 'mac-twice',
    wrong: {
      ...two(),
      mac: {
        m1: { interface: 'ia', mac: 'aa:aa:aa:aa:aa:aa' },
        m2: { interface: 'ib', mac: 'aa:aa:aa:aa:aa:aa' },
      },
    },
    message: 'aa:aa:aa:aa:aa:aa is on 2 devices.',
    right: [
      {
        ...two(),
        interface: { ia: { device: 'a', name: 'eth0' }, ib: { device: 'a', name: 'eth0.20' } },
        mac: {
          m1: { interface: 'ia', mac: 'aa:aa:aa:aa:aa:aa' },
          m2: { interface: 'ib', mac: 'aa:aa:aa:aa:aa:aa' },
        },
      },
    ],
  },
  {
    rule: 'prefix-overlap',
    wrong: {
      ...two(),
      prefix: {
        p: { prefix: '10.0.0.0/16', vlan: 'v20' },
        q: { prefix: '10.0.30.0/24', vlan: 'v30' },
      },
    },
    message: '10.0.30.0/24 lies in 10.0.0.0/16, but in another VLAN.',
    right: [
      {
        ...two(),
        prefix: { p: { prefix: '10.0.0.0/16' }, q: { prefix: '10.0.30.0/24', vlan: 'v30' } },
      },
      {
        ...two(),
        prefix: {
          p: { prefix: '10.0.20.0/24', vlan: 'v20' },
          q: { prefix: '10.0.30.0/24', vlan: 'v30' },
        },
      },
    ],
  },
  {
    rule: 'gateway-outside-prefix',
    wrong: { prefix: { p: { prefix: '10.0.20.0/24', gateway: '10.0.21.1' } } },
    message: 'The gateway 10.0.21.1 is outside 10.0.20.0/24.',
    right: [{ prefix: { p: { prefix: '10.0.20.0/24', gateway: '10.0.20.1' } } }],
  },
  {
    rule: 'range-outside-prefix',
    wrong: {
      prefix: prefix24,
      'ip-range': { r: { range: '10.0.20.200-10.0.21.10', role: 'dhcp' } },
    },
    message: '10.0.20.200-10.0.21.10 reaches beyond 10.0.20.0/24.',
    right: [
      { prefix: prefix24, 'ip-range': { r: { range: '10.0.20.200-10.0.20.250', role: 'dhcp' } } },
      { 'ip-range': { r: { range: '10.0.20.200-10.0.21.10', role: 'dhcp' } } },
    ],
  },
  {
    rule: 'ranges-overlap',
    wrong: {
      'ip-range': {
        r: { range: '10.0.20.100-10.0.20.199', role: 'dhcp' },
        s: { range: '10.0.20.150-10.0.20.220', role: 'load-balancer' },
      },
    },
    message: '10.0.20.100-10.0.20.199 and 10.0.20.150-10.0.20.220 overlap.',
    right: [
      {
        'ip-range': {
          r: { range: '10.0.20.100-10.0.20.199', role: 'dhcp' },
          s: { range: '10.0.20.200-10.0.20.220', role: 'load-balancer' },
        },
      },
    ],
  },
  {
    rule: 'cluster-range-clash',
    wrong: {
      prefix: { p: { prefix: '10.42.7.0/24' } },
      cluster: { c: { name: 'home', kind: 'k3s', podPrefix: '10.42.0.0/16' } },
    },
    message: 'The pods of home (10.42.0.0/16) clash with 10.42.7.0/24.',
    right: [
      {
        prefix: { p: { prefix: '10.41.7.0/24' } },
        cluster: { c: { name: 'home', kind: 'k3s', podPrefix: '10.42.0.0/16' } },
      },
    ],
  },
  {
    rule: 'cluster-ranges-overlap',
    wrong: {
      cluster: {
        c: { name: 'home', kind: 'k3s', podPrefix: '10.42.0.0/15', servicePrefix: '10.43.0.0/16' },
      },
    },
    message: 'Pods and services of home overlap.',
    right: [
      {
        cluster: {
          c: {
            name: 'home',
            kind: 'k3s',
            podPrefix: '10.42.0.0/16',
            servicePrefix: '10.43.0.0/16',
          },
        },
      },
    ],
  },
  {
    rule: 'pod-range-clash',
    wrong: {
      prefix: prefix24,
      'ip-range': { r: { range: '10.0.0.0-10.0.255.255', role: 'pods' } },
    },
    message: '10.0.0.0-10.0.255.255, kept for pods, clashes with 10.0.20.0/24.',
    right: [
      { prefix: prefix24, 'ip-range': { r: { range: '10.1.0.0-10.1.255.255', role: 'pods' } } },
    ],
  },
  {
    rule: 'vlan-number-twice',
    wrong: { vlan: { v: { number: 20, name: 'a' }, w: { number: 20, name: 'b' } } },
    message: '2 VLANs have the number 20.',
    right: [{ vlan: { v: { number: 20, name: 'a' }, w: { number: 21, name: 'b' } } }],
  },
  {
    rule: 'untagged-twice',
    wrong: {
      ...two(),
      'vlan-membership': {
        m: { interface: 'ia', vlan: 'v20', tagged: false },
        n: { interface: 'ia', vlan: 'v30', tagged: false },
      },
    },
    message: 'pi-1 eth0 has 2 untagged VLANs: internal, storage.',
    right: [
      {
        ...two(),
        'vlan-membership': {
          m: { interface: 'ia', vlan: 'v20', tagged: false },
          n: { interface: 'ia', vlan: 'v30', tagged: true },
        },
      },
    ],
  },
  {
    rule: 'port-cabled-twice',
    wrong: {
      ...two(),
      cable: { c: { label: 'C1', status: 'connected' }, d: { label: 'C2', status: 'connected' } },
      'cable-end': {
        e: { cable: 'c', side: 'a', lane: 1, interface: 'ia' },
        f: { cable: 'd', side: 'a', lane: 1, interface: 'ia' },
      },
    },
    message: 'pi-1 eth0 has 2 cables: C1, C2.',
    right: [
      {
        ...two(),
        cable: { c: { label: 'C1', status: 'connected' }, d: { label: 'C2', status: 'planned' } },
        'cable-end': {
          e: { cable: 'c', side: 'a', lane: 1, interface: 'ia' },
          f: { cable: 'd', side: 'a', lane: 1, interface: 'ia' },
        },
      },
    ],
  },
  {
    rule: 'cable-to-itself',
    wrong: {
      ...two(),
      cable: { c: { label: 'C1', status: 'connected' } },
      'cable-end': {
        e: { cable: 'c', side: 'a', lane: 1, interface: 'ia' },
        f: { cable: 'c', side: 'b', lane: 1, interface: 'ia' },
      },
    },
    message: 'Both sides of C1 are in the same port.',
    right: [
      {
        ...two(),
        cable: { c: { label: 'C1', status: 'connected' } },
        'cable-end': {
          e: { cable: 'c', side: 'a', lane: 1, interface: 'ia' },
          f: { cable: 'c', side: 'b', lane: 1, interface: 'ib' },
        },
      },
    ],
  },
  {
    rule: 'cable-speeds',
    wrong: {
      ...two(),
      interface: {
        ia: { device: 'a', name: 'eth0', speedMbps: 10_000 },
        ib: { device: 'b', name: 'eth0', speedMbps: 1_000 },
      },
      cable: { c: { label: 'C1', status: 'connected', type: 'dac' } },
      'cable-end': {
        e: { cable: 'c', side: 'a', lane: 1, interface: 'ia' },
        f: { cable: 'c', side: 'b', lane: 1, interface: 'ib' },
      },
    },
    message: /^C1 joins 10 .* to 1 /,
    right: [
      {
        ...two(),
        cable: { c: { label: 'C1', status: 'connected', type: 'cat5e' } },
        'cable-end': {
          e: { cable: 'c', side: 'a', lane: 1, interface: 'ia' },
          f: { cable: 'c', side: 'b', lane: 1, interface: 'ib' },
        },
      },
    ],
  },
  {
    rule: 'cable-half',
    wrong: {
      ...two(),
      cable: { c: { label: 'C1', status: 'connected' } },
      'cable-end': { e: { cable: 'c', side: 'a', lane: 1, interface: 'ia' } },
    },
    message: 'One side of C1 ends nowhere.',
    right: [{ cable: { c: { label: 'C1', status: 'planned' } } }],
  },
  {
    rule: 'outlet-twice',
    wrong: {
      'power-point': {
        o: { name: 'outlet 1', role: 'outlet' },
        i: { name: 'in 1', role: 'input' },
        j: { name: 'in 2', role: 'input' },
      },
      'power-link': { l: { source: 'o', input: 'i' }, m: { source: 'o', input: 'j' } },
    },
    message: 'outlet 1 feeds 2 inputs.',
    right: [
      {
        'power-point': {
          o: { name: 'breaker 1', role: 'breaker' },
          i: { name: 'in 1', role: 'input' },
          j: { name: 'in 2', role: 'input' },
        },
        'power-link': { l: { source: 'o', input: 'i' }, m: { source: 'o', input: 'j' } },
      },
    ],
  },
  {
    rule: 'same-feed',
    wrong: {
      device: { a: { name: 'r730', kind: 'server' } },
      'power-point': {
        b: { name: 'breaker 1', role: 'breaker' },
        i: { name: 'PSU 1', role: 'input', device: 'a' },
        j: { name: 'PSU 2', role: 'input', device: 'a' },
      },
      'power-link': { l: { source: 'b', input: 'i' }, m: { source: 'b', input: 'j' } },
    },
    message: 'All supplies of r730 hang on breaker 1.',
    right: [
      {
        device: { a: { name: 'r730', kind: 'server' } },
        'power-point': {
          b: { name: 'breaker 1', role: 'breaker' },
          c: { name: 'breaker 2', role: 'breaker' },
          i: { name: 'PSU 1', role: 'input', device: 'a' },
          j: { name: 'PSU 2', role: 'input', device: 'a' },
        },
        'power-link': { l: { source: 'b', input: 'i' }, m: { source: 'c', input: 'j' } },
      },
      {
        device: { a: { name: 'r730', kind: 'server' } },
        'power-point': {
          i: { name: 'PSU 1', role: 'input', device: 'a' },
          j: { name: 'PSU 2', role: 'input', device: 'a' },
        },
      },
    ],
  },
  {
    rule: 'power-overload',
    wrong: {
      device: { a: { name: 'gpu', kind: 'gpu-server', measured: 2400 } },
      'power-point': {
        b: { name: 'F1', role: 'breaker', volts: 230, amperes: 10 },
        i: { name: 'PSU', role: 'input', device: 'a' },
      },
      'power-link': { l: { source: 'b', input: 'i' } },
    },
    message: 'F1 would carry 2400 W, but may carry 2300 W.',
    right: [
      {
        device: { a: { name: 'gpu', kind: 'gpu-server', measured: 2200 } },
        'power-point': {
          b: { name: 'F1', role: 'breaker', volts: 230, amperes: 10 },
          i: { name: 'PSU', role: 'input', device: 'a' },
        },
        'power-link': { l: { source: 'b', input: 'i' } },
      },
    ],
  },
  {
    rule: 'power-circle',
    wrong: {
      device: { u: { name: 'ups-1', kind: 'ups' }, v: { name: 'ups-2', kind: 'ups' } },
      'power-point': {
        a: { name: 'in', role: 'input', device: 'u' },
        b: { name: 'out', role: 'outlet', device: 'u', fedBy: 'a' },
        c: { name: 'in', role: 'input', device: 'v' },
        d: { name: 'out', role: 'outlet', device: 'v', fedBy: 'c' },
      },
      'power-link': { l: { source: 'b', input: 'c' }, m: { source: 'd', input: 'a' } },
    },
    message: /no power comes in anywhere\.$/,
    right: [
      {
        device: { u: { name: 'ups-1', kind: 'ups' } },
        'power-point': {
          a: { name: 'in', role: 'input', device: 'u' },
          b: { name: 'out', role: 'outlet', device: 'u', fedBy: 'a' },
        },
      },
    ],
  },
  {
    rule: 'place-taken',
    wrong: {
      rack: { r: { name: 'A', heightUnits: 12 } },
      device: {
        a: { name: 'one', rack: 'r', position: 3, heightUnits: 2 },
        b: { name: 'two', rack: 'r', position: 4, heightUnits: 1 },
      },
    },
    message: 'one cannot stand there: two takes unit 4 of A.',
    right: [
      {
        rack: { r: { name: 'A', heightUnits: 12 } },
        device: {
          a: { name: 'one', rack: 'r', position: 3, heightUnits: 2 },
          b: { name: 'two', rack: 'r', position: 5, heightUnits: 1 },
          c: { name: 'board', rack: 'r', position: 5, heightUnits: 0 },
        },
      },
    ],
  },
  {
    rule: 'deeper-than-rack',
    wrong: {
      rack: { r: { name: 'A', depth: 450 } },
      'device-type': { t: { model: 'R730', depth: 684 } },
      device: { a: { name: 'r730', rack: 'r', deviceType: 't' } },
    },
    message: 'r730 is 684 mm deep, but A only 450 mm.',
    right: [
      {
        rack: { r: { name: 'A', depth: 800 } },
        'device-type': { t: { model: 'R730', depth: 684 } },
        device: { a: { name: 'r730', rack: 'r', deviceType: 't' } },
      },
    ],
  },
  {
    rule: 'hostname-twice',
    wrong: { device: { a: { name: 'x', hostname: 'pi' }, b: { name: 'y', hostname: 'pi' } } },
    message: '2 devices have the host name pi.',
    right: [
      {
        device: {
          a: { name: 'x', hostname: 'pi' },
          b: { name: 'y', hostname: 'pi', status: 'retired' },
        },
      },
    ],
  },
  {
    rule: 'serial-twice',
    wrong: { device: { a: { name: 'x', serial: 'S1' }, b: { name: 'y', serial: 'S1' } } },
    message: '2 devices have the serial number S1.',
    right: [{ device: { a: { name: 'x', serial: 'S1' }, b: { name: 'y', serial: 'S2' } } }],
  },
  {
    rule: 'service-on-gone-device',
    wrong: {
      device: { a: { name: 'old', status: 'retired' } },
      service: { s: { name: 'gitea' } },
      'service-runs-on': { r: { service: 's', device: 'a' } },
    },
    message: 'gitea runs on old, which is retired.',
    right: [
      {
        device: { a: { name: 'old', status: 'offline' } },
        service: { s: { name: 'gitea' } },
        'service-runs-on': { r: { service: 's', device: 'a' } },
      },
    ],
  },
  {
    rule: 'runner-on-gone-device',
    wrong: {
      device: { a: { name: 'old', status: 'retired' } },
      'ci-runner': { r: { name: 'runner-1', device: 'a' } },
    },
    message: 'runner-1 runs on old, which is retired.',
    right: [
      {
        device: { a: { name: 'old', status: 'active' } },
        'ci-runner': { r: { name: 'x', device: 'a' } },
      },
    ],
  },
  {
    rule: 'dependency-circle',
    wrong: {
      service: { a: { name: 'a' }, b: { name: 'b' }, c: { name: 'c' } },
      'service-depends-on': {
        x: { service: 'a', needed: 'b' },
        y: { service: 'b', needed: 'c' },
        z: { service: 'c', needed: 'b' },
      },
    },
    message: 'b → c → b: none of them can start first.',
    right: [
      {
        service: { a: { name: 'a' }, b: { name: 'b' }, c: { name: 'c' } },
        'service-depends-on': {
          x: { service: 'a', needed: 'b' },
          y: { service: 'a', needed: 'c' },
          z: { service: 'b', needed: 'c' },
        },
      },
    ],
  },
  {
    rule: 'even-quorum',
    wrong: {
      cluster: { c: { name: 'home', kind: 'k3s' } },
      'cluster-member': {
        m: { cluster: 'c', device: 'a', role: 'control-plane' },
        n: { cluster: 'c', device: 'b', role: 'control-plane' },
      },
    },
    message: 'home has 2 control-plane nodes.',
    right: [
      {
        cluster: { c: { name: 'home', kind: 'k3s' } },
        'cluster-member': {
          m: { cluster: 'c', device: 'a', role: 'control-plane' },
          n: { cluster: 'c', device: 'b', role: 'worker' },
        },
      },
    ],
  },
  {
    rule: 'storage-overfull',
    wrong: {
      'storage-pool': { p: { name: 'tank', sizeBytes: 100 } },
      volume: {
        v: { name: 'a', pool: 'p', usedBytes: 60 },
        w: { name: 'b', pool: 'p', usedBytes: 50 },
      },
    },
    message: 'tank would hold more than its size.',
    right: [
      {
        'storage-pool': { p: { name: 'tank', sizeBytes: 200 } },
        volume: {
          v: { name: 'a', pool: 'p', usedBytes: 60 },
          w: { name: 'b', pool: 'p', usedBytes: 50 },
        },
      },
    ],
  },
];

describe('each rule', () => {
  it.each(cases)(
    'finds what it is for, and leaves what is right: $rule',
    ({ rule, wrong, message, right }) => {
      const found = messages(wrong, rule);
      expect(found).toHaveLength(1);
      expect(found[0]).toMatch(
        message instanceof RegExp ? message : new RegExp(`^${literally(message)}$`),
      );
      for (const rows of right) expect(messages(rows, rule)).toEqual([]);
    },
  );

  it('has a case above', () => {
    expect(cases.map(({ rule }) => rule).sort()).toEqual(rules.map(({ name }) => name).sort());
  });

  it('finds nothing in an empty inventory', () => {
    expect(foundIn({})).toEqual([]);
  });
});

const literally = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

describe('a finding', () => {
  const rows: Rows = {
    vlan: { v: { number: 20, name: 'a' }, w: { number: 20, name: 'b' } },
    ...{ device: { a: { name: 'pi-1' } }, interface: { i: { device: 'a', name: 'eth0' } } },
    address: { x: on('10.0.20.0/24', 'i') },
  };

  it('stands on the page of what it is about and of what that belongs to', () => {
    const inventory = inventoryOf(rows);
    const found = findAll(inventory).find(({ rule }) => rule === 'address-not-for-hosts');
    for (const id of ['x', 'i', 'a']) expect(found?.concerns([id], inventory)).toBe(true);
    expect(found?.concerns(['v', 'w'], inventory)).toBe(false);
  });

  it('keeps its key while the same things clash, whatever they are called', () => {
    const renamed = {
      ...rows,
      vlan: { w: { number: 20, name: 'c' }, v: { number: 20, name: 'd' } },
    };
    const other = { ...rows, vlan: { v: { number: 20, name: 'a' }, z: { number: 20, name: 'b' } } };
    const keyOf = (some: Rows) =>
      foundIn(some).find(({ rule }) => rule === 'vlan-number-twice')?.key;
    expect(keyOf(renamed)).toBe(keyOf(rows));
    expect(keyOf(other)).not.toBe(keyOf(rows));
  });

  it('names a handful of what it is about and counts the others', () => {
    const vlan = Object.fromEntries(
      Array.from({ length: 30 }, (_, at) => [`v${at}`, { number: 7, name: `n${at}` }]),
    );
    expect(foundIn({ vlan })[0]).toMatchObject({ more: 22 });
    expect(foundIn({ vlan })[0]?.subjects).toHaveLength(8);
  });

  it('ends for chains of services of any length', () => {
    const ids = Array.from({ length: 20_000 }, (_, at) => `s${at}`);
    const service = Object.fromEntries(ids.map((id) => [id, { name: id }]));
    const needs = Object.fromEntries(
      ids.map((id, at) => [`d${at}`, { service: id, needed: ids[(at + 1) % ids.length] ?? '' }]),
    );
    const found = foundIn({ service, 'service-depends-on': needs });
    expect(found.map(({ rule }) => rule)).toEqual(['dependency-circle']);
  });
});
