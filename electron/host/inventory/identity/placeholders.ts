/**
 * What firmware and images say where nobody filled anything in. Such a value is the same on many
 * machines, so it is no key at all.
 */

const words =
  /^(none|nil|null|na|unknown|invalid|empty|blank|undefined|default|default ?string ?\d*|\$\(.*\)|standard|test|sample|example|not ?(specified|applicable|available|present|provided|set(table)?|defined|filled)|no ?(serial( number)?|asset( tag)?|enclosure)|(to be|tbd|please) ?fill(ed)?.*|tbd|(base ?board|system|chassis|product|mother ?board|board|mb|cpu|asset|serial) ?(serial|serial ?number|number|num|no|s\/?n|product ?name|version|id)( .*)?|serial ?num(ber)?.*|sernum\d*|s\/?n|oem( serial| string)?\d*|o\.e\.m\.?|by o\.?e\.?m\.?|filled by .*|.* by o\.?e\.?m\.?|eval(uation)?|engineering sample|prototype|dummy|xxx.*)$/i;

/** Counting up or down, from wherever: 123456789, 0123456789ABCDEF, 987654321. */
const rising = '0123456789abcdef0123456789abcdefghijklmnopqrstuvwxyz';
const falling = [...rising].reverse().join('');

/** UUIDs that board makers ship with; RFC 4122 says nothing of them, dmidecode's reports do. */
const shippedUuids = new Set([
  '03000200040005000006000700080009',
  '00020003000400050006000700080009',
  '12345678123456781234567812345678',
  '123456781234567890abcddeefaabbcc',
  '12345678123456789012123456789012',
  '0a0b0c0d0e0f01020304050607080910',
  '4c4c454400002010802080c04f202020',
  'ffffffffffffffffffffffff00000000',
  'fefefefefefefefefefefefefefefefe',
]);

const bare = (text: string) => text.toLowerCase().replace(/[^0-9a-z]/g, '');

/** One character again and again: 0, 00000000, FFFF-FFFF, xxxxxxxx, `.`. */
const isOneCharacter = (text: string) => new Set(text).size <= 1;

function isCounting(text: string): boolean {
  // `10` or `abc` may be all of an honest number; six in a row are not.
  return text.length >= 6 && (rising.includes(text) || falling.includes(text));
}

/** Serial numbers of a system, a board, a chassis or a disk. */
export function isPlaceholderSerial(serial: string): boolean {
  const text = serial.trim();
  const plain = bare(text);
  // Makers count with three characters at the least.
  if (plain.length < 3 || words.test(text.replace(/[\s_-]+/g, ' '))) return true;
  const digits = plain.replace(/^0+(?=\d)/, '');
  return isOneCharacter(plain) || isCounting(plain) || isCounting(digits) || isDecimalRun(plain);
}

/** `1234567890`: counts on over the ten. */
function isDecimalRun(text: string): boolean {
  return text.length >= 6 && '012345678901234567890'.includes(text);
}

export function isPlaceholderUuid(uuid: string): boolean {
  const plain = bare(uuid);
  if (!/^[0-9a-f]{32}$/.test(plain)) return true;
  return isOneCharacter(plain) || shippedUuids.has(plain) || isCounting(plain.slice(0, 16));
}

/** An image that is not yet started holds nothing, `uninitialized`, or zeros. */
export function isPlaceholderMachineId(machineId: string): boolean {
  const plain = bare(machineId);
  return !/^[0-9a-f]{32}$/.test(plain) || isOneCharacter(plain);
}

/**
 * Names that images come with. They say what a machine runs and not which one it is; a name that
 * people gave is none of these.
 */
const imageNames =
  /^(localhost\d*|localhost-live|raspberrypi|raspberry|pi|debian(-?\d+)?|ubuntu(-?server)?|fedora|centos|rocky|alma(linux)?|rhel|suse|opensuse|linux|archlinux|arch|alarm|alpine|void|gentoo|nixos|kali|dietpi|armbian|orangepi.*|bananapi.*|nanopi.*|rock-?(pi|[345]).*|rockpro64|radxa.*|odroid.*|jetson.*|openwrt|lede|vyos|opnsense|pfsense|freebsd|openbsd|netbsd|truenas|freenas|openmediavault|unraid|tower|proxmox|pve|esxi|xenserver|coreos|flatcar|talos.*|buildroot|yocto|unknown|none|host|server|node|vm|machine|computer|amnesiac|template|base|cloudimg|instance)$/i;

export const isImageName = (hostname: string): boolean => imageNames.test(hostname);
