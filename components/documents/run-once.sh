# Runs the script once per lifecycle action, however often the document is sent.
#
# Set above this line: TRANSITION, TIMEOUT, GRACE, JOIN_FOR, STATE, MAX_WAIT, PORTS (hexadecimal), SESSION_MANAGER, the
# parameters INSTANCE, GROUP64, HOOK, ACTION, SENT, SINCE, SESSION_WAIT, print_script, and the functions of
# run-once.output.sh and run-once.sessions.sh. POSIX sh and the core utilities only. Two things that SSM does to this text:
# it replaces double braces, and it makes one dollar sign of two, so the process's own id is read from /proc.
set -u
umask 022
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
HOME=/root
export PATH HOME
cd / || exit 1

say() { printf 'graceful-asg: %s\n' "$*"; }

fail() {
  say "$*"
  exit 1
}

# Seconds since boot: no clock that somebody may set.
uptime() {
  read -r up rest < /proc/uptime
  up=${up%%.*}
}

# stat_of PID: sets state, parent and born of a process; fails if there is none.
stat_of() {
  { read -r line < "/proc/$1/stat"; } 2> /dev/null || return 1
  # shellcheck disable=SC2086 # the fields after the command's name, which may hold blanks
  set -- ${line##*) }
  state=$1 parent=$2
  shift 19
  born=$1
}

# is_alive PID BORN: the very process, not another that got its id.
is_alive() { stat_of "$1" && [ "$state" != Z ] && [ "$born" = "$2" ]; }

# nap: waits a moment, at first a short one, so that a script that ends quickly is not waited for longer than it runs.
nap() {
  if [ "$naps" -lt 10 ]; then
    naps=$((naps + 1))
    sleep 0.1 2> /dev/null || sleep 1
  else
    sleep 1
  fi
}

# Writes a file so that it is there whole or not at all, and survives a reboot.
put() { # put FILE, text from standard input
  cat > "$1.new" && mv "$1.new" "$1" && { sync "$1" 2> /dev/null || sync; }
}

# latest: sets run to the number of the latest run at this hook, 0 if there is none.
latest() {
  run=0
  while [ -e "$dir/$((run + 1)).run" ]; do run=$((run + 1)); done
}

# claim N: true if this process, of all that may try, is the one to make run N. A hard link is made once.
claim() {
  rm -f "$dir/$self.claim"
  printf '%s\n' "$ACTION" "$boot" "$self" "$self_born" "$SENT" "$SINCE" > "$dir/$self.claim" || fail "cannot write to $dir"
  if ln "$dir/$self.claim" "$dir/$1.run" 2> /dev/null; then claimed=yes; else claimed=; fi
  rm -f "$dir/$self.claim"
  [ -e "$dir/$1.run" ] || fail "cannot write to $dir"
  sync "$dir/$1.run" 2> /dev/null || sync
  [ "$claimed" ]
}

# read_run N: sets what the marker of run N says.
read_run() {
  {
    read -r its_action && read -r its_boot && read -r its_pid && read -r its_born && read -r its_sent
    read -r its_since
  } < "$dir/$1.run"
}

# find_run: sets run to the one that belongs to the lifecycle action of this command; fails if there is none. It is a
# run of the same action, or, where one of the two knows none, the latest: if it was sent since the action did, or, where
# one of the two does not know that, as a Spot warning does not, no longer than JOIN_FOR ago.
find_run() {
  latest
  newest=$run
  while [ "$ACTION" ] && [ "$run" -gt 0 ]; do
    read_run "$run"
    [ "$its_action" != "$ACTION" ] || return 0
    run=$((run - 1))
  done
  run=$newest
  [ "$run" -gt 0 ] || return 1
  read_run "$run"
  if [ "$its_action" ] && [ "$ACTION" ]; then return 1; fi
  if [ ! "$its_sent" ] || [ ! "$SENT" ]; then return 0; fi
  if [ "$its_since" ] && [ "$SINCE" ]; then
    [ "$its_sent" -ge "$SINCE" ]
  else
    [ "$((SENT - its_sent))" -le "$JOIN_FOR" ]
  fi
}

# join N: waits for run N and ends with its last words and its result. One that was cut off is a failure, never repeated.
join() {
  output=$dir/$1.output shown=0
  say "run $1 of this action is under way or over; this command returns its result"
  while [ ! -e "$dir/$1.result" ]; do
    if [ "$its_boot" != "$boot" ] || ! is_alive "$its_pid" "$its_born"; then
      if [ ! -e "$dir/$1.result" ]; then
        last_words
        say "run $1 was cut off by a reboot, a time-out or a lack of memory; it is not repeated"
        exit "$SCRIPT_FAILED"
      fi
    fi
    nap
  done
  last_words
  read -r code < "$dir/$1.result"
  finish "$code"
}

finish() { # finish CODE: 0 is success; other codes mean other things to SSM, so all of them become one
  say "the $TRANSITION script ended with exit code $1"
  [ "$1" -eq 0 ] || exit "$SCRIPT_FAILED"
  exit 0
}

# signal_below NAME PID: signals all descendants of a process.
signal_below() {
  below=" $2 "
  grown=yes
  while [ "$grown" ]; do
    grown=
    for entry in /proc/[0-9]*; do
      pid=${entry#/proc/}
      case $below in *" $pid "*) continue ;; esac
      stat_of "$pid" || continue
      case $below in *" $parent "*) below="$below$pid " grown=yes ;; esac
    done
  done
  for pid in $below; do
    [ "$pid" = "$2" ] || kill "-$1" "$pid" 2> /dev/null
  done
}

# interpreter FILE: sets program and argument as the kernel would read them from the first line, so that the script
# also runs where the disk is mounted noexec.
interpreter() {
  read -r first < "$1"
  program=/bin/sh argument=
  case $first in
    '#!'*) ;;
    *) return ;;
  esac
  first=${first#'#!'}
  first=${first#"${first%%[! 	]*}"}
  program=${first%%[ 	]*}
  argument=${first#"$program"}
  argument=${argument#"${argument%%[! 	]*}"}
  argument=${argument%"${argument##*[! 	]}"}
}

# perform N: runs the script, ends it when its time is over, records the result.
perform() {
  script=$dir/$1.script output=$dir/$1.output result=$dir/$1.result shown=0
  print_script > "$script" || fail "cannot write to $dir"
  : > "$output"
  interpreter "$script"
  await_sessions
  say "the $TRANSITION script starts and may take $TIMEOUT s"
  (
    trap : TERM # the script may be asked to end; its exit code is still ours to record
    if [ "$argument" ]; then "$program" "$argument" "$script"; else "$program" "$script"; fi > "$output" 2>&1 < /dev/null
    echo "$?" | put "$result"
  ) > /dev/null 2>&1 &
  child=$!
  stat_of "$child" && child_born=$born || child_born=
  uptime
  begin=$up
  asked=
  while [ ! -e "$result" ]; do
    nap
    relay
    is_alive "$child" "$child_born" || [ -e "$result" ] || echo 137 | put "$result"
    uptime
    left=$((TIMEOUT - 1 - (up - begin)))
    [ "$left" -gt "$((GRACE + 1))" ] || naps=0 # a long one would eat up the grace, or the end that comes in it
    if [ -z "$asked" ] && [ "$left" -le "$GRACE" ]; then
      asked=$up
      end_line
      say "the $TRANSITION script has $GRACE s left; it gets SIGTERM"
      signal_below TERM "$child"
    elif [ "$left" -le 0 ] && [ "$up" -gt "$asked" ]; then
      signal_below KILL "$child"
    fi
  done
  relay
  last_words
  read -r code < "$result"
  finish "$code"
}

[ "$INSTANCE" ] || INSTANCE=${AWS_SSM_INSTANCE_ID:-self}
GRACEFUL_INSTANCE_ID=$INSTANCE
GRACEFUL_GROUP=$(printf %s "$GROUP64" | base64 -d)
GRACEFUL_HOOK=$HOOK
GRACEFUL_TRANSITION=$TRANSITION
GRACEFUL_DEADLINE=
export GRACEFUL_INSTANCE_ID GRACEFUL_GROUP GRACEFUL_HOOK GRACEFUL_TRANSITION GRACEFUL_DEADLINE

dir=$STATE/$INSTANCE/$HOOK
(umask 077 && mkdir -p "$dir") || fail "cannot write to $STATE"
read -r boot < /proc/sys/kernel/random/boot_id
read -r self rest < /proc/self/stat
stat_of "$self" || fail "cannot read /proc"
self_born=$born
naps=0

while :; do
  if find_run; then join "$run"; fi
  if claim "$((newest + 1))"; then perform "$((newest + 1))"; fi
done
