# A file system that was mounted and then never answers, as a network mount whose server is gone:
# FUSE spoken just far enough. Prints "mounted", and unmounts when its stdin ends. Needs root.
use strict;
use warnings;
use POSIX ();

my ($folder) = @ARGV;
my %numbers = (x86_64 => [165, 166], aarch64 => [40, 39]);
my ($mount, $umount) = @{ $numbers{ (POSIX::uname())[4] } or die "unknown machine\n" };
open(my $fuse, '+<', '/dev/fuse') or die "/dev/fuse: $!\n";
my $options = sprintf 'fd=%d,rootmode=40000,user_id=0,group_id=0', fileno $fuse;
my ($source, $type) = ('silent', 'fuse');
syscall($mount, $source, $folder, $type, 0, $options) == 0 or die "mount: $!\n";

# The first request is FUSE_INIT (26); the answer agrees to protocol 7.31 and to nothing more.
sysread($fuse, my $request, 65_536) or die "init: $!\n";
my (undef, $opcode, $unique) = unpack 'V V Q<', $request;
die "not an init\n" unless $opcode == 26;
my $body = pack 'V V V V v v V V v v V x28', 7, 31, 0, 0, 0, 0, 65_536, 1, 0, 0, 0;
syswrite($fuse, pack('V l< Q<', 16 + length $body, 0, $unique) . $body) or die "answer: $!\n";

$| = 1;
print "mounted\n";
1 while <STDIN>;
# MNT_DETACH: whoever still waits in it is let go when /dev/fuse is closed.
syscall($umount, $folder, 2);
