import type { SectionData } from '../../../shared/model/facts.ts';
import { ipv4FromHex, ipv6FromWords } from './addresses.ts';
import type { Evidence } from './evidence.ts';
import type { Part } from './frames.ts';
import { failed, ok, reasonOf, type SectionParser } from './outcome.ts';

type Port = SectionData<'listeningPorts'>[number];
const tables = ['tcp', 'tcp6', 'udp', 'udp6'] as const;

export const parseListeningPorts: SectionParser<'listeningPorts'> = (evidence) => {
  const ss = evidence.part('ss');
  const told = ss?.end === 0 ? ss.text.split('\n').flatMap(readSsLine) : [];
  if (told.length > 0) return ok(unique(told));
  const files = evidence.part('port-files');
  if (files && sawProc(files, evidence)) return ok(unique(fromProc(evidence)));
  // Something listens where one came in by ssh, or so it seems: the kernel's tables are asked then.
  if (ss?.end === 0 && !files) evidence.doubt('ports');
  if (ss?.end === 0 && ss.text.trim() === '') return ok([]);
  const ofSystem = [
    ...(evidence.part('sockstat')?.text.split('\n').flatMap(readSockstatLine) ?? []),
    ...(evidence.part('netstat-ports')?.text.split('\n').flatMap(readNetstatLine) ?? []),
  ];
  if (ofSystem.length > 0) return ok(unique(ofSystem));
  if (!ss && typeof files?.end === 'number') return failed(neither);
  return failed(reasonOf('ss', ss ?? files, evidence));
};

/** FreeBSD: `root     sshd       1234  3  tcp4   *:22     *:*`. */
function readSockstatLine(line: string): Port[] {
  const [, process, protocol, address, port] =
    /^\S{1,64}\s+(\S.{0,63}?)\s+(?:\d{1,10}|\?)\s+\S{1,8}\s+(tcp|udp)[46]{0,2}\s+(\S{1,64}):(\d{1,5})\s/.exec(
      line,
    ) ?? [];
  if (!protocol || !address || !port) return [];
  return [
    {
      ...plain(protocol, address),
      port: Number(port),
      process: process === '?' ? null : (process ?? null),
    },
  ];
}

/** BSD, macOS: `tcp4  0  0  *.22  *.*  LISTEN`; busybox and net-tools: `tcp  0  0 0.0.0.0:22 … LISTEN`. */
function readNetstatLine(line: string): Port[] {
  const [, protocol, address, port, rest = ''] =
    /^(tcp|udp)[46]{0,2}\s+\d{1,12}\s+\d{1,12}\s+(\S{1,64})[.:](\d{1,5})\s+(.{0,300})$/.exec(
      line,
    ) ?? [];
  if (!protocol || !address || !port) return [];
  const waits = protocol === 'tcp' ? /\bLISTEN\b/.test(rest) : /^(\*[.:]\*|\S{1,64}:\*)/.test(rest);
  return waits ? [{ ...plain(protocol, address), port: Number(port), process: null }] : [];
}

function plain(protocol: string, address: string): Pick<Port, 'protocol' | 'address'> {
  return { protocol: protocol === 'tcp' ? 'tcp' : 'udp', address: address.replace(/[[\]]/g, '') };
}

const neither = 'ss is not installed, and /proc/net was not understood.';

/** grep says 1 where no line matched: nothing listens; and 2 where there is no IPv6, or no /proc. */
function sawProc({ end, text }: Part, evidence: Evidence): boolean {
  if (end !== 0 && end !== 1 && end !== 2) return false;
  if (text.trim() === '') return end === 1 || evidence.lines('/proc/uptime') !== undefined;
  return tables.some((table) => evidence.lines(`/proc/net/${table}`));
}

/** `tcp LISTEN 0 128 127.0.0.53%lo:53 0.0.0.0:* users:(("systemd-resolve",pid=1,fd=3))` */
const ssLine =
  /^(tcp|udp)\s+\S+\s+\d+\s+\d+\s+(\S+):(\d+)\s+\S+(?:\s+users:\(\("(.{0,64}?)",(?:pid=)?\d)?/;

function readSsLine(line: string): Port[] {
  const [, protocol, address = '', port, process] = ssLine.exec(line) ?? [];
  if (protocol !== 'tcp' && protocol !== 'udp') return [];
  return [
    {
      protocol,
      address: address.replace(/[[\]]/g, ''),
      port: Number(port),
      process: process ?? null,
    },
  ];
}

/** TCP in state 0A listens; UDP in state 07 waits for anybody. */
const procLine =
  /^\s*\d+: ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} ([0-9A-F]{2}) /;

function fromProc(evidence: Evidence): Port[] {
  return tables.flatMap((table) => {
    const protocol = table.startsWith('tcp') ? 'tcp' : 'udp';
    return (evidence.lines(`/proc/net/${table}`) ?? []).flatMap((line): Port[] => {
      const [, hex = '', port = '', state] = procLine.exec(line) ?? [];
      if (state !== (protocol === 'tcp' ? '0A' : '07')) return [];
      const address = hex.length === 8 ? ipv4FromHex(hex) : ipv6FromWords(hex);
      return [{ protocol, address, port: Number.parseInt(port, 16), process: null }];
    });
  });
}

/** A server with several sockets on one port (SO_REUSEPORT) counts once. */
function unique(ports: readonly Port[]): Port[] {
  const byKey = new Map(
    ports.map((port) => [`${port.protocol} ${port.address} ${port.port}`, port]),
  );
  return [...byKey.values()];
}
