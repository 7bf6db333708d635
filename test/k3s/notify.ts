import { spawnSync } from 'node:child_process';

const send =
  'socket(my $s, PF_UNIX, SOCK_DGRAM, 0) or die; send($s, "READY=1", 0, pack_sockaddr_un($ENV{NOTIFY_SOCKET})) or die';

/** Tells the service manager that all is up; Node knows no such sockets, Debian's perl does. */
export function tellReady(): void {
  if (process.env.NOTIFY_SOCKET) spawnSync('/usr/bin/perl', ['-MSocket', '-e', send]);
}
