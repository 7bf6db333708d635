import { management, type NodeSpec, node } from './node-spec.ts';

const tools = ['kernel', 'systemctl', 'systemd-tools'] as const;

/** Machines as a person brings them in: what a guided onboarding has to notice, mend or leave alone. */
export const onboarding: readonly NodeSpec[] = [
  node({
    name: 'router',
    look: 'router',
    gateway: null,
    services: ['dnsmasq'],
    legs: [management(1, 'mgmt0')],
  }),
  // As delivered: no memory cgroup, swap on, and the name that every new Pi has.
  node({
    name: 'pi',
    look: 'pi-4',
    hostname: 'raspberrypi',
    accounts: ['root', 'deploy', 'admin', 'pwonly'],
    legs: [management(31)],
    memoryCgroup: false,
    networkManager: 'NetworkManager',
    swap: true,
    services: tools,
  }),
  // As Debian 11 was: another place for the command line, dhcpcd for the network.
  node({
    name: 'old-pi',
    look: 'pi-4',
    bootDirectory: 'boot',
    legs: [management(32)],
    memoryCgroup: false,
    networkManager: 'dhcpcd',
    services: tools,
  }),
  // A mini PC, and one whose disk was copied from it.
  node({
    name: 'twin-1',
    look: 'x86',
    accounts: ['root', 'deploy', 'terminal'],
    legs: [management(41, 'enp1s0')],
    networkManager: 'netplan',
    services: tools,
  }),
  node({
    name: 'twin-2',
    look: 'x86',
    cloneOf: 'twin-1',
    accounts: ['root', 'deploy'],
    legs: [management(42, 'enp1s0')],
    networkManager: 'netplan',
    services: tools,
  }),
  node({
    name: 'debian',
    look: 'x86',
    accounts: ['root', 'deploy', 'admin', 'viewer'],
    legs: [management(43, 'enp1s0')],
    networkManager: 'ifupdown',
    swap: true,
    services: tools,
  }),
  // Nothing to mend.
  node({
    name: 'clean',
    look: 'x86',
    accounts: ['root', 'deploy'],
    legs: [management(44, 'enp1s0')],
    networkManager: 'networkd',
    services: tools,
  }),
  node({
    name: 'alpine',
    look: 'alpine',
    accounts: ['root'],
    legs: [management(45)],
    services: ['openrc'],
  }),
];
