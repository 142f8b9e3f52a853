#!/usr/bin/perl
# The forced command of the lane's sshd: hands what the client asked for to the simulated Windows behind a Unix socket,
# byte by byte, and what comes back to sshd. It knows nothing of commands; far-machine.ts does.
# In Perl, which comes with Debian's base and macOS: every far command starts one of these, and Node takes ten times as
# long to begin.
#
# A frame is a letter, the length as four bytes, and the bytes. Towards the machine: c(ommand), i(nput), e(nd of input).
# From it: o(utput), r (standard error), x (exit code, four bytes). A Unix exit code has eight bits: the rest is lost here.
use strict;
use warnings;
use IO::Handle;
use IO::Select;
use Socket;

use constant CHUNK => 65_536;
# What waits to be written, in bytes, before no more is read.
use constant MOST_WAITING => 1_048_576;

$SIG{PIPE} = 'IGNORE';
socket(my $machine, PF_UNIX, SOCK_STREAM, 0) or exit 255;
connect($machine, sockaddr_un($ARGV[0])) or exit 255;
$_->blocking(0) for $machine, *STDOUT{IO}, *STDERR{IO};

my $input_open = 1;
my $exit_code = 255;
my ($to_machine, $from_machine, $to_stdout, $to_stderr) = (frame('c', $ENV{SSH_ORIGINAL_COMMAND} // ''), '', '', '');
my $machine_open = 1;

sub frame { my ($letter, $bytes) = @_; return $letter . pack('N', length $bytes) . $bytes }

# Writes what it can. Nobody there any more: what runs at the machine ends with us.
sub pass_on {
  my ($handle, $waiting) = @_;
  my $written = syswrite($handle, $$waiting, length $$waiting);
  if (defined $written) { substr($$waiting, 0, $written, '') }
  elsif (!$!{EAGAIN} && !$!{EINTR}) { exit 255 }
}

sub take_frames {
  while (length $from_machine >= 5) {
    my ($letter, $length) = unpack 'a N', $from_machine;
    last if length $from_machine < 5 + $length;
    my $payload = substr $from_machine, 5, $length;
    substr($from_machine, 0, 5 + $length, '');
    if ($letter eq 'x') { $exit_code = unpack('N', $payload) & 0xff }
    elsif ($letter eq 'o') { $to_stdout .= $payload }
    else { $to_stderr .= $payload }
  }
}

while ($machine_open || length $to_stdout || length $to_stderr) {
  my ($reading, $writing) = (IO::Select->new, IO::Select->new);
  $reading->add(*STDIN{IO}) if $input_open && length $to_machine < MOST_WAITING;
  $reading->add($machine) if $machine_open && length($to_stdout) + length($to_stderr) < MOST_WAITING;
  $writing->add($machine) if $machine_open && length $to_machine;
  $writing->add(*STDOUT{IO}) if length $to_stdout;
  $writing->add(*STDERR{IO}) if length $to_stderr;
  my ($readable, $writable) = IO::Select->select($reading, $writing, undef, 0.05);

  # Nothing tells when the client closes its channel before the end: sshd closes its side of the socket pair, and only
  # who writes hears of it. Writing nothing is enough.
  if (!defined $readable) { my $nothing = ''; pass_on(*STDOUT{IO}, \$nothing); next }

  for my $handle (@$writable) {
    if ($handle == $machine) { pass_on($handle, \$to_machine) }
    elsif ($handle == *STDOUT{IO}) { pass_on($handle, \$to_stdout) }
    else { pass_on($handle, \$to_stderr) }
  }
  for my $handle (@$readable) {
    my $read = sysread $handle, my $bytes, CHUNK;
    next if !defined $read && ($!{EAGAIN} || $!{EINTR});
    if ($handle == $machine) {
      if ($read) { $from_machine .= $bytes; take_frames() }
      else { $machine_open = 0 }
    }
    elsif ($read) { $to_machine .= frame('i', $bytes) }
    else { $input_open = 0; $to_machine .= frame('e', '') }
  }
}
exit $exit_code;
