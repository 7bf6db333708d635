import type { Node } from '../../rack/index.ts';

const folder = '/opt/offered';

/** One needs the other, and each takes a moment to be set up, in which a host may be killed. */
const make = `
set -e
make() {
  mkdir -p ${folder}/$1/DEBIAN ${folder}/$1/opt/$1
  echo "$1" >${folder}/$1/opt/$1/here
  printf '%s\\n' "Package: $1" 'Version: 1' 'Architecture: all' 'Maintainer: nobody <nobody@localhost>' \\
    "Depends: $2" 'Description: a trial' | sed '/^Depends: $/d' >${folder}/$1/DEBIAN/control
  printf '#!/bin/sh\\nsleep 0.1\\n' >${folder}/$1/DEBIAN/postinst
  chmod 755 ${folder}/$1/DEBIAN/postinst
  dpkg-deb --root-owner-group -b ${folder}/$1 ${folder}/$1.deb >/dev/null
  cat ${folder}/$1/DEBIAN/control
  printf '%s\\n' "Filename: ./$1.deb" "Size: $(stat -c %s ${folder}/$1.deb)" \\
    "SHA256: $(sha256sum ${folder}/$1.deb | cut -d' ' -f1)" ''
}
mkdir -p ${folder}
{ make rackhelm-one rackhelm-two; make rackhelm-two; } >${folder}/Packages
rm -f /etc/apt/sources.list /etc/apt/sources.list.d/*
echo 'deb [trusted=yes] file:${folder} ./' >/etc/apt/sources.list
apt-get -q update
`;

/** Once, so that what dpkg makes when it is first used is there before the job. */
const settle = `
apt-get -q -y --no-install-recommends install rackhelm-one && apt-get -q -y remove rackhelm-one rackhelm-two
`;

/** A place where the node gets its packages that is on the node. */
export async function offerPackages(node: Node): Promise<void> {
  const { exitCode, stdout, stderr } = await node.exec(`${make}${settle}`, { timeoutMs: 60_000 });
  if (exitCode !== 0) throw new Error(`No packages could be offered: ${stdout}${stderr}`);
}
