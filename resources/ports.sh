# Whether machines reach each other's ports, really tried, for Rackhelm. Sent after frames.sh:
#     sh -s NONCE SECONDS listen TOKEN ADDRESS PORT/PROTOCOL…
#     sh -s NONCE SECONDS try TOKEN HOST/PORT/PROTOCOL…
#
# `listen` opens these ports on ADDRESS for SECONDS at the most, says TOKEN to whoever connects, and
# answers a datagram that brings it. `try` tries all of them at the same time. Nothing stays: what
# was started ends with the time, with us, or when nobody is there any more to hear the answer.
#
# Lines of `listen`: `listen PORT/PROTOCOL own|taken|no WHY`, then `ready`; of `try`:
# `try HOST/PORT/PROTOCOL open|other|refused|silent|failed WHY`, `no-tool` where nothing here can.

main() {
  nonce=$1 seconds=$2
  [ $# -ge 4 ] || exit 64
  shift 2
  frames "$nonce" "$seconds" "work_on_ports" "$@"
}

work_on_ports() {
  way=$1 token=$2
  shift 2
  program=
  if has python3 && python3 -c 'import select, socket' 2>/dev/null; then
    program=python3
  elif has perl && perl -MIO::Socket::IP -MIO::Select -e 1 2>/dev/null; then
    program=perl
  fi
  case $way in
    listen) listen "$@" ;;
    try) try "$@" ;;
  esac
}

# --- listening --------------------------------------------------------------------------------------

listen() {
  address=$1
  shift
  part listen
  case $program in
    python3) python3 -c "$listen_python" "$token" "$address" "$budget" "$@" 2>&1 ;;
    perl) perl -MIO::Socket::IP -MIO::Select -e "$listen_perl" "$token" "$address" "$budget" "$@" 2>&1 ;;
    *) if has nc; then listen_by_nc "$@"; else printf 'no-tool\nready\n'; fi ;;
  esac
  close_part $?
}

listen_python='import select,socket,sys,time
token,address,seconds=sys.argv[1].encode(),sys.argv[2],int(sys.argv[3])
family=socket.AF_INET6 if ":" in address else socket.AF_INET
open_ones={}
for spec in sys.argv[4:]:
  port,protocol=spec.split("/")
  s=socket.socket(family,socket.SOCK_STREAM if protocol=="tcp" else socket.SOCK_DGRAM)
  try:
    if protocol=="tcp": s.setsockopt(socket.SOL_SOCKET,socket.SO_REUSEADDR,1)
    s.bind((address,int(port)))
    if protocol=="tcp": s.listen(64)
    s.setblocking(False); open_ones[s]=protocol; print("listen",spec,"own")
  except OSError as e: print("listen",spec,"taken" if e.errno==98 else "no",e.strerror)
print("ready"); sys.stdout.flush()
end=time.monotonic()+seconds
while open_ones and time.monotonic()<end:
  for s in select.select(list(open_ones),[],[],0.5)[0]:
    try:
      if open_ones[s]=="tcp":
        c=s.accept()[0]; c.settimeout(1); c.sendall(token+b"\n"); c.close()
      else:
        d,a=s.recvfrom(512)
        if d.startswith(token): s.sendto(token+b"\n",a)
    except OSError: pass'

listen_perl='$|=1; my($token,$address,$seconds,@specs)=@ARGV; my %protocol; my $all=IO::Select->new;
for my $spec (@specs) { my($port,$protocol)=split m{/},$spec;
  my $s=IO::Socket::IP->new(LocalHost=>$address,LocalPort=>$port,Proto=>$protocol,
    $protocol eq "tcp" ? (Listen=>64,ReuseAddr=>1,Type=>SOCK_STREAM) : (Type=>SOCK_DGRAM));
  if ($s) { $all->add($s); $protocol{$s->fileno}=$protocol; print "listen $spec own\n" }
  else { my $why="$@"; $why=~s/\s+/ /g; print "listen $spec ",($!{EADDRINUSE}||$why=~/in use/ ? "taken" : "no")," $why\n" } }
print "ready\n"; my $end=time+$seconds; $SIG{PIPE}="IGNORE";
while ($all->count && time<$end) { for my $s ($all->can_read(0.5)) {
  if ($protocol{$s->fileno} eq "tcp") { my $c=$s->accept or next; print $c "$token\n"; close $c }
  else { my $d; defined $s->recv($d,512) and index($d,$token)==0 and $s->send("$token\n") } } }'

# One process for each port, started again after each that connected; datagrams are not answered.
listen_by_nc() {
  loops=
  for spec; do
    case $spec in */udp) printf 'listen %s no nc answers no datagrams\n' "$spec"; continue ;; esac
    serve_by_nc "${spec%/*}" >/dev/null 2>&1 &
    loops="$loops $!"
    printf 'listen %s own\n' "$spec"
  done
  RACKHELM_RUN= sleep 1
  printf 'ready\n'
  sleep "$budget"
  for loop in $loops; do kill "$loop"; done 2>/dev/null
  # The one that each of them has begun is none of their children any more.
  end_tools TERM "$RACKHELM_RUN" "$$"
}

# There are three kinds of nc, and each wants to be asked in its own way.
serve_by_nc() {
  help=$(nc -h 2>&1 </dev/null)
  case $help in
    *BusyBox*) set -- -l -p "$1" ;;
    *'[v1.'*) set -- -l -p "$1" -s "$address" ;;
    *) set -- -l "$address" "$1" ;;
  esac
  tries=0
  while [ "$tries" -lt 500 ] && kill -0 "$$" 2>/dev/null; do
    tries=$((tries + 1))
    printf '%s\n' "$token" | nc "$@" || RACKHELM_RUN= sleep 1
  done
}

# --- trying ----------------------------------------------------------------------------------------

try() {
  part try
  case $program in
    python3) python3 -c "$try_python" "$token" "$budget" "$@" 2>&1 ;;
    perl) perl -MIO::Socket::IP -MIO::Select -e "$try_perl" "$token" "$budget" "$@" 2>&1 ;;
    *)
      if has bash || has nc || has curl; then
        tries=
        for spec; do
          try_one "$spec" &
          tries="$tries $!"
        done
        # Not `wait` alone: the guard is a child as well, and ends only after us.
        for child in $tries; do wait "$child"; done
      else
        printf 'no-tool\n'
      fi
      ;;
  esac
  close_part $?
}

try_python='import errno,os,select,socket,sys,time
token,seconds=sys.argv[1].encode(),max(2,int(sys.argv[2])-1)
waiting={}
def tell(spec,how,why=""): print("try",spec,how,why)
def reason(code): return "refused" if code==errno.ECONNREFUSED else "silent" if code==errno.ETIMEDOUT else "failed"
for spec in sys.argv[3:]:
  host,port,protocol=spec.rsplit("/",2)
  s=socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET,socket.SOCK_STREAM if protocol=="tcp" else socket.SOCK_DGRAM)
  s.setblocking(False)
  try:
    code=s.connect_ex((host,int(port)))
    if protocol=="udp": s.send(token)
    if code in (0,errno.EINPROGRESS): waiting[s]=[spec,protocol,False]
    else: tell(spec,reason(code),os.strerror(code))
  except OSError as e: tell(spec,reason(e.errno),e.strerror)
start=time.monotonic(); again=start+0.7
while waiting and time.monotonic()<start+seconds:
  unconnected=[s for s,w in waiting.items() if w[1]=="tcp" and not w[2]]
  heard=[s for s,w in waiting.items() if w[1]=="udp" or w[2]]
  r,w,_=select.select(heard,unconnected,[],0.2)
  for s in w:
    code=s.getsockopt(socket.SOL_SOCKET,socket.SO_ERROR)
    if code: tell(waiting[s][0],reason(code),os.strerror(code)); del waiting[s]
    else: waiting[s][2]=time.monotonic()
  for s in r:
    spec,protocol,_=waiting[s]
    try: d=s.recv(512)
    except OSError as e: tell(spec,reason(e.errno) if protocol=="udp" else "other",e.strerror); del waiting[s]; continue
    tell(spec,"open" if d.startswith(token) else "other"); del waiting[s]
  for s in [s for s,w in waiting.items() if w[2] and time.monotonic()>w[2]+1.5]:
    tell(waiting[s][0],"other","connected, and nothing was said"); del waiting[s]
  if time.monotonic()>again:
    again+=0.7
    for s,w in list(waiting.items()):
      if w[1]=="udp":
        try: s.send(token)
        except OSError as e: tell(w[0],reason(e.errno),e.strerror); del waiting[s]
for s,w in waiting.items(): tell(w[0],"other" if w[2] else "silent","no answer")'

# One after another connects, without waiting; then all are listened to.
try_perl='$|=1; use Errno qw(EINPROGRESS ECONNREFUSED ETIMEDOUT); my($token,$seconds,@specs)=@ARGV; $seconds=$seconds>3?$seconds-1:2;
my %w; my $end=time+$seconds;
sub tell_of { my($spec,$how,$why)=@_; $why=~s/\s+/ /g; print "try $spec $how $why\n" }
sub how { $_[0]==ECONNREFUSED ? "refused" : $_[0]==ETIMEDOUT ? "silent" : "failed" }
for my $spec (@specs) { my($host,$port,$protocol)=$spec=~m{^(.*)/(\d+)/(\w+)$} or next;
  my $s=IO::Socket::IP->new(PeerHost=>$host,PeerPort=>$port,Proto=>$protocol,Blocking=>0,
    Type=>$protocol eq "tcp" ? SOCK_STREAM : SOCK_DGRAM);
  if (!$s) { tell_of($spec,how($!+0),"$@"); next }
  send($s,$token,0) if $protocol eq "udp";
  $w{$s->fileno}={s=>$s,spec=>$spec,udp=>$protocol eq "udp",up=>$protocol eq "udp"} }
my $again=time;
while (%w && time<$end) { my($r,$o)=("","");
  for (keys %w) { $w{$_}{up} ? (vec($r,$_,1)=1) : (vec($o,$_,1)=1) }
  my($rr,$oo); select($rr=$r,$oo=$o,undef,0.2);
  for my $f (keys %w) { my $e=$w{$f}; my $s=$e->{s};
    if (!$e->{up} && vec($oo,$f,1)) { my $code=unpack("i",getsockopt($s,SOL_SOCKET,SO_ERROR));
      if ($code) { $!=$code; tell_of($e->{spec},how($code),"$!"); delete $w{$f} } else { $e->{up}=1; $e->{since}=time } }
    elsif ($e->{up} && vec($rr,$f,1)) { my $d=""; my $n=$e->{udp} ? recv($s,$d,512,0) : sysread($s,$d,512);
      if (!defined $n) { my $c=$!+0; tell_of($e->{spec},$e->{udp} ? how($c) : "other","$!") }
      else { tell_of($e->{spec},index($d,$token)==0 ? "open" : "other","") } delete $w{$f} }
    elsif ($e->{since} && time>$e->{since}+2) { tell_of($e->{spec},"other","connected, and nothing was said"); delete $w{$f} } }
  if (time>$again) { $again=time; $_->{udp} and send($_->{s},$token,0) for values %w } }
tell_of($_->{spec},$_->{since} ? "other" : "silent","no answer") for values %w;'

# What waits longer than the time is ended by the guard, and then tells that it was silent.
try_one() {
  target=${1%/*} protocol=${1##*/}
  target_host=${target%/*} target_port=${target##*/}
  if [ "$protocol" = udp ]; then try_udp; return; fi
  if has bash; then
    said=$(bash -c 'exec 3<>"/dev/tcp/$1/$2" || exit 1; read -r -t 2 line <&3; echo "up $line"' try "$target_host" "$target_port" 2>&1)
  elif has nc; then
    said=$(nc -w 3 "$target_host" "$target_port" </dev/null 2>&1) && said="up $said"
  else
    said=$(curl -sS --connect-timeout 3 --max-time 4 "telnet://$target_host:$target_port" </dev/null 2>&1)
    case $? in 0 | 28) case $said in *onnection\ timed\ out* | *onnect\ timeout*) ;; *) said="up $said" ;; esac ;; esac
  fi
  code=$?
  case $said in
    "up $token"*) how=open ;;
    up*) how=other ;;
    *efused*) how=refused ;;
    *"timed out"* | *timeout* | '') how=silent ;;
    *) how=failed ;;
  esac
  set -f
  set -- $said
  printf 'try %s/%s %s %s\n' "$target" "$protocol" "$how" "${*#up "$token"}"
}

# busybox may be built without.
can_datagrams() {
  case $(nc -h 2>&1 </dev/null) in *-*u*UDP* | *'-u'* | *'[v1.'* | *'-46'*u*) return 0 ;; *) return 1 ;; esac
}

try_udp() {
  if has bash; then
    said=$(bash -c 'exec 3<>"/dev/udp/$1/$2" || exit 1
      for n in 1 2 3; do printf "%s\n" "$3" >&3; read -r -t 1 line <&3 && { echo "up $line"; exit; }; done' try \
      "$target_host" "$target_port" "$token" 2>&1)
  elif has nc && can_datagrams; then
    said="up $(printf '%s\n' "$token" | nc -u -w 2 "$target_host" "$target_port" 2>/dev/null)"
    [ "$said" = "up " ] && said=
  else
    printf 'try %s/udp failed nothing here sends datagrams\n' "$target"
    return
  fi
  case $said in
    "up $token"*) printf 'try %s/udp open\n' "$target" ;;
    up*) printf 'try %s/udp other\n' "$target" ;;
    *efused*) printf 'try %s/udp refused\n' "$target" ;;
    *) printf 'try %s/udp silent no answer\n' "$target" ;;
  esac
}

# Nothing above runs before this line has arrived: a script cut short does nothing at all.
main "$@" </dev/null
