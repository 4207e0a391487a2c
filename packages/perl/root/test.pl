# SPDX-License-Identifier: GPL-2.0
use strict;
use warnings;
use IO::Socket::INET;

$| = 1;
(my $word = 'hello') =~ s/(.*)/reverse $1/e;
print "reversed: $word\n";

my $pid = fork // die "fork: $!";
exit 3 unless $pid;
waitpid $pid, 0;
print 'child: ', $? >> 8, "\n";

my $server = IO::Socket::INET->new(Listen => 1, LocalAddr => '127.0.0.1') or die "listen: $@";
if (!fork) {
	my $peer = $server->accept;
	print $peer uc scalar <$peer>;
	exit;
}
my $client = IO::Socket::INET->new(PeerAddr => '127.0.0.1', PeerPort => $server->sockport)
	or die "connect: $@";
print $client "hello\n";
print 'over a socket: ', scalar <$client>;
wait;
print "sorted: @{[sort { $a <=> $b } 10, 2, 1]}\n";
