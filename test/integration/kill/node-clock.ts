import type { Node } from '../../rack/index.ts';

/** A time service as systemd has it, which does nothing: the clock is this computer's. */
const install = `
set -e
program=/usr/lib/systemd/systemd-timesyncd
mkdir -p \${program%/*}
cp /usr/bin/sleep $program
printf '%s\\n' '[Unit]' 'Description=A clock' '[Service]' "ExecStart=$program infinity" '[Install]' \\
  'WantedBy=multi-user.target' >/lib/systemd/system/systemd-timesyncd.service
systemctl start systemd-timesyncd.service
systemctl enable systemd-timesyncd.service
systemctl disable systemd-timesyncd.service
systemctl stop systemd-timesyncd.service
`;

/** Once started and ended, so that what this leaves is there before the job. */
export async function installClock(node: Node): Promise<void> {
  const { exitCode, stdout, stderr } = await node.exec(install);
  if (exitCode !== 0) throw new Error(`No clock could be installed: ${stdout}${stderr}`);
}
