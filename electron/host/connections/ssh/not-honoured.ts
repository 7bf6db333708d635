import type { FoundConfig } from './config.ts';
import type { ConfigLine } from './config-file.ts';

interface Rule {
  readonly name: string;
  /** Values with which ssh connects as Rackhelm does. */
  readonly harmless: readonly string[];
  readonly instead: string;
}

/**
 * Only what would let ssh connect, log in or trust differently; forwarding, terminals, logging and the
 * like make no difference here.
 */
const rules: Readonly<Record<string, Rule>> = {
  canonicalizehostname: {
    name: 'CanonicalizeHostname',
    harmless: ['no', 'false'],
    instead: 'the name is used as it is written',
  },
  gssapiauthentication: {
    name: 'GSSAPIAuthentication',
    harmless: ['no', 'false'],
    instead: 'keys and passwords are used',
  },
  hostbasedauthentication: {
    name: 'HostbasedAuthentication',
    harmless: ['no', 'false'],
    instead: 'keys and passwords are used',
  },
  securitykeyprovider: {
    name: 'SecurityKeyProvider',
    harmless: ['internal', 'none'],
    instead: 'security keys are used through the agent',
  },
  pkcs11provider: {
    name: 'PKCS11Provider',
    harmless: ['none', ''],
    instead: 'smart cards are used through the agent',
  },
  proxyusefdpass: {
    name: 'ProxyUseFdpass',
    harmless: ['no', 'false'],
    instead: 'the connection stays its own',
  },
  verifyhostkeydns: {
    name: 'VerifyHostKeyDNS',
    harmless: ['no', 'false'],
    instead: 'host keys are not looked up in DNS',
  },
  nohostauthenticationforlocalhost: {
    name: 'NoHostAuthenticationForLocalhost',
    harmless: ['no', 'false'],
    instead: 'every host key is checked',
  },
  knownhostscommand: {
    name: 'KnownHostsCommand',
    harmless: ['none'],
    instead: 'no command is run; known_hosts files are read',
  },
  revokedhostkeys: {
    name: 'RevokedHostKeys',
    harmless: ['none'],
    instead: 'only @revoked lines of known_hosts revoke a key',
  },
  batchmode: {
    name: 'BatchMode',
    harmless: ['no', 'false'],
    instead: 'Rackhelm asks where it has to',
  },
  connectionattempts: {
    name: 'ConnectionAttempts',
    harmless: ['1'],
    instead: 'each machine is tried once',
  },
  requiredrsasize: {
    name: 'RequiredRSASize',
    harmless: ['1024'],
    instead: 'the size of RSA keys is not looked at',
  },
};

/** One sentence for each setting that holds for this host and that Rackhelm does not follow. */
export function notHonoured({ values, unjudged }: FoundConfig): string[] {
  const sentences: string[] = [];
  const strict = values.line('stricthostkeychecking');
  const off = ['no', 'false', 'off'];
  if (strict && off.includes(strict.args[0]?.toLowerCase() ?? ''))
    sentences.push(
      `StrictHostKeyChecking ${strict.args[0]} is not honoured (${where(strict)}): Rackhelm takes no host key unseen.`,
    );
  for (const [keyword, { name, harmless, instead }] of Object.entries(rules)) {
    const line = values.line(keyword);
    if (!line || harmless.includes(line.args[0]?.toLowerCase() ?? '')) continue;
    // Debian and its kin set it for everybody, with or without Kerberos.
    if (keyword === 'gssapiauthentication' && line.file.startsWith('/etc/')) continue;
    sentences.push(`${name} is not honoured (${where(line)}): ${instead}.`);
  }
  for (const { line, criterion } of unjudged)
    sentences.push(
      `Match ${criterion} is not judged (${where(line)}): the settings of that block do not count.`,
    );
  return sentences;
}

function where({ file, line }: ConfigLine): string {
  return `${file}, line ${line}`;
}
