import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { scriptText } from '../scripts.ts';
import { ownClasses, unifiedCgroups } from './kernel-files.ts';
import type { NodeBuild } from './look.ts';

interface Board {
  readonly model: string;
  readonly compatible: string;
  readonly cpuPart: string;
  readonly cpuName: string;
  readonly cpuVariant: string;
  readonly maxMhz: number;
  readonly revision: string;
  readonly memoryKiB: number;
  readonly kernel: string;
}

const boards: Readonly<Record<'pi-4' | 'pi-5', Board>> = {
  'pi-4': {
    model: 'Raspberry Pi 4 Model B Rev 1.4',
    compatible: 'raspberrypi,4-model-b\0brcm,bcm2711\0',
    cpuPart: '0xd08',
    cpuName: 'Cortex-A72',
    cpuVariant: '0x0',
    maxMhz: 1800,
    revision: 'c03114',
    memoryKiB: 3_885_396,
    kernel: '6.12.25+rpt-rpi-v8',
  },
  'pi-5': {
    model: 'Raspberry Pi 5 Model B Rev 1.0',
    compatible: 'raspberrypi,5-model-b\0brcm,bcm2712\0',
    cpuPart: '0xd0b',
    cpuName: 'Cortex-A76',
    cpuVariant: '0x4',
    maxMhz: 2400,
    revision: 'd04170',
    memoryKiB: 8_247_248,
    kernel: '6.12.25+rpt-rpi-2712',
  },
};

/** The flags without which the firmware's kernel leaves the memory controller off. */
export const memoryCgroupFlags = 'cgroup_memory=1 cgroup_enable=memory';

/** A Raspberry Pi as far as files and commands tell; the processor below stays what it is. */
export function lookLikePi(build: NodeBuild, look: 'pi-4' | 'pi-5'): void {
  const board = boards[look];
  const serial = build.machineId.slice(0, 16);
  const { memoryCgroup } = build.spec;
  ownClasses(build);
  deviceTree(build, { model: board.model, 'serial-number': serial, compatible: board.compatible });
  build.replaceKernelFile('/proc/cpuinfo', cpuinfo(board, serial));
  build.replaceKernelFile('/proc/meminfo', meminfo(board));
  const flags = memoryCgroup ? ` ${memoryCgroupFlags}` : '';
  const commandLine = `console=serial0,115200 console=tty1 root=PARTUUID=${serial.slice(0, 8)}-02 rootfstype=ext4 fsck.repair=yes rootwait${flags}\n`;
  const { bootDirectory = 'boot/firmware' } = build.spec;
  build.files.write(`${bootDirectory}/cmdline.txt`, commandLine);
  build.files.write(`${bootDirectory}/config.txt`, 'arm_64bit=1\ndtparam=audio=on\n[all]\n');
  readCommandLine(build);
  unifiedCgroups(build);
  writeCommands(build, board);
  build.files.write('usr/bin/vcgencmd', scriptText('vcgencmd.sh'), { mode: 0o755 });
}

/**
 * As the firmware does at each boot: the first line of the file, after a switch of its own that the
 * flags override. What stands on a second line has no effect.
 */
function readCommandLine(build: NodeBuild): void {
  build.atBoot(
    'written=',
    'for file in boot/cmdline.txt boot/firmware/cmdline.txt; do',
    '  [ ! -f "$root/$file" ] || read -r written <"$root/$file" || :',
    'done',
    'echo "coherent_pool=1M cgroup_disable=memory $written" >"$dir/cmdline"',
    'mount --bind "$dir/cmdline" "$root/proc/cmdline"',
    'case " $written " in',
    '  *" cgroup_enable=memory "* | *" cgroup_memory=1 "*) memory=memory ;;',
    '  *) memory=none ;;',
    'esac',
  );
}

function deviceTree(build: NodeBuild, values: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(values)) {
    build.provide(`devicetree/${name}`, value.endsWith('\0') ? value : `${value}\0`);
  }
  build.atBoot(
    'mkdir -p "$root/sys/firmware/devicetree/base"',
    'cp "$look"/devicetree/* "$root/sys/firmware/devicetree/base/"',
  );
}

function cpuinfo(board: Board, serial: string): string {
  const cores = [0, 1, 2, 3].map((core) =>
    [
      `processor\t: ${core}`,
      'BogoMIPS\t: 108.00',
      'Features\t: fp asimd evtstrm aes pmull sha1 sha2 crc32 cpuid',
      'CPU implementer\t: 0x41',
      'CPU architecture: 8',
      `CPU variant\t: ${board.cpuVariant}`,
      `CPU part\t: ${board.cpuPart}`,
      'CPU revision\t: 3',
      '',
    ].join('\n'),
  );
  const tail = [
    `Revision\t: ${board.revision}`,
    `Serial\t\t: ${serial}`,
    `Model\t\t: ${board.model}`,
  ];
  return `${cores.join('\n')}\n${tail.join('\n')}\n`;
}

function meminfo({ memoryKiB }: Board): string {
  const share = (part: number) => String(Math.round(memoryKiB * part)).padStart(10);
  return [
    `MemTotal:     ${share(1)} kB`,
    `MemFree:      ${share(0.62)} kB`,
    `MemAvailable: ${share(0.85)} kB`,
    `Buffers:      ${share(0.02)} kB`,
    `Cached:       ${share(0.2)} kB`,
    'SwapTotal:        524272 kB',
    'SwapFree:         524272 kB',
    '',
  ].join('\n');
}

function writeCommands({ files, directory }: NodeBuild, board: Board): void {
  const kept = path.join(directory, 'disk/upper/usr/lib/rack');
  files.directory('usr/lib/rack');
  copyFileSync('/usr/bin/uname', path.join(kept, 'uname'));
  files.program(
    'usr/bin/uname',
    `release=$(/usr/lib/rack/uname -r)`,
    `/usr/lib/rack/uname "$@" | sed -e "s/$release/${board.kernel}/; s/x86_64/aarch64/g"`,
  );
  files.program('usr/bin/nproc', 'echo 4');
  files.program('usr/bin/arch', 'echo aarch64');
  const lines = [
    'Architecture:           aarch64',
    'CPU op-mode(s):         32-bit, 64-bit',
    'Byte Order:             Little Endian',
    'CPU(s):                 4',
    'On-line CPU(s) list:    0-3',
    'Vendor ID:              ARM',
    `Model name:             ${board.cpuName}`,
    'Thread(s) per core:     1',
    'Core(s) per cluster:    4',
    'Socket(s):              -',
    'Cluster(s):             1',
    `CPU max MHz:            ${board.maxMhz}.0000`,
    'CPU min MHz:            600.0000',
  ];
  const json = { lscpu: lines.map((line) => lscpuField(line)) };
  files.program(
    'usr/bin/lscpu',
    `case " $* " in *" -J "* | *" --json "*) cat <<'END'`,
    JSON.stringify(json, null, 3),
    'END',
    '  exit ;; esac',
    `case " $* " in *" -p"* | *" --parse"*) printf '# CPU,Core,Socket,Node\\n0,0,0,0\\n1,1,0,0\\n2,2,0,0\\n3,3,0,0\\n'; exit ;; esac`,
    `cat <<'END'`,
    ...lines,
    'END',
  );
}

function lscpuField(line: string): { field: string; data: string } {
  const [field = '', data = ''] = line.split(/:\s+/);
  return { field: `${field}:`, data };
}
