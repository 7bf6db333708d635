/**
 * Kinds whose rows are many and hang on others: their history is part of that of their owner, and
 * search finds only those that a person noted something of.
 */
export const partKinds: ReadonlySet<string> = new Set([
  'port-template',
  'interface',
  'mac',
  'port',
  'vlan-membership',
  'address',
  'address-holder',
  'cable-end',
  'power-link',
  'cluster-member',
  'service-runs-on',
  'service-port',
  'service-depends-on',
  'exposure',
  'storage-use',
]);
