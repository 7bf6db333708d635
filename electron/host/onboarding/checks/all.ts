import type { MachineCheck } from './context.ts';
import { passwordLogin, rootLogin } from './rules/access.ts';
import { diskHealth } from './rules/disk-health.ts';
import { diskKindCheck, freeInodes, freeSpace, readOnly, storageSize } from './rules/disks.ts';
import { appArmor, firewall, networkManagerCloud, seLinux } from './rules/firewall.ts';
import { hostname, hostnameResolves, machineId } from './rules/identity.ts';
import { kernelModules, memoryCgroup, swap, sysctls } from './rules/kernel.ts';
import {
  clusterRoutes,
  defaultRoute,
  iptables,
  localPortsFree,
  webPorts,
} from './rules/network.ts';
import { temperature, throttling } from './rules/power.ts';
import { gateway, nameServers, outsideWorld } from './rules/reachability.ts';
import { cores, gpuPresent, memory } from './rules/resources.ts';
import {
  otherRuntimes,
  packageLock,
  pendingReboot,
  remains,
  unattendedUpgrades,
} from './rules/software.ts';
import {
  architecture,
  downloadTool,
  initSystem,
  rootAccess,
  virtualization,
} from './rules/system.ts';
import { clockSkew, realTimeClock, timeSync } from './rules/time.ts';

/** Every check of one machine by itself, in the order in which they are shown. */
export const machineChecks: readonly MachineCheck[] = [
  hostname,
  hostnameResolves,
  machineId,
  architecture,
  initSystem,
  virtualization,
  rootAccess,
  downloadTool,
  cores,
  memory,
  gpuPresent,
  diskKindCheck,
  diskHealth,
  freeSpace,
  freeInodes,
  readOnly,
  storageSize,
  memoryCgroup,
  kernelModules,
  sysctls,
  swap,
  defaultRoute,
  clusterRoutes,
  gateway,
  nameServers,
  outsideWorld,
  iptables,
  firewall,
  networkManagerCloud,
  localPortsFree,
  webPorts,
  timeSync,
  clockSkew,
  realTimeClock,
  throttling,
  temperature,
  appArmor,
  seLinux,
  passwordLogin,
  rootLogin,
  packageLock,
  unattendedUpgrades,
  pendingReboot,
  remains,
  otherRuntimes,
];
