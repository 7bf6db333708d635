import type { Rule } from '../rule.ts';
import * as addresses from './addresses.ts';
import * as cables from './cables.ts';
import * as places from './places.ts';
import * as power from './power.ts';
import * as prefixes from './prefixes.ts';
import * as software from './software.ts';
import * as vlans from './vlans.ts';

/** Every rule, in the order in which findings of one severity are listed. */
export const rules: readonly Rule[] = [
  vlans.vlanNumberTwice,
  vlans.untaggedTwice,
  prefixes.prefixOverlap,
  prefixes.gatewayOutside,
  prefixes.rangesOverlap,
  prefixes.rangeOutside,
  prefixes.clusterRangeClash,
  prefixes.clusterRangesOverlap,
  prefixes.podRangeClash,
  addresses.addressTwice,
  addresses.addressNotForHosts,
  addresses.addressOutsidePrefix,
  addresses.addressLength,
  addresses.addressInDhcpRange,
  addresses.reservationClash,
  addresses.macTwice,
  addresses.addressWithoutPrefix,
  cables.portCabledTwice,
  cables.cableToItself,
  cables.cableSpeeds,
  cables.cableHalf,
  power.powerOverload,
  power.powerCircle,
  power.outletTwice,
  power.sameFeed,
  places.placeTaken,
  places.deeperThanRack,
  places.hostnameTwice,
  places.serialTwice,
  software.serviceOnGoneDevice,
  software.runnerOnGoneDevice,
  software.dependencyCircle,
  software.evenQuorum,
  software.storageOverfull,
];
