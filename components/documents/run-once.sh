# Runs the script once per lifecycle action, however often the document is sent.
#
# Set above this line: what linux.ts writes there and the functions of run-once.*.sh. POSIX sh, the core utilities and /proc.
# Two things that SSM does to this text: it replaces double braces, and it makes one dollar sign of two, so the process's own id
# is read from /proc. Nothing in it needs a temporary file, as a here-document of an old bash does: the disk may be full.
#
# A command that finds no run of its action starts a runner in a session of its own. The runner makes the run its own by a marker,
# runs the script, and records the result. The command that started it waits for that result like any later one. So neither
# a signal of the script to its own group nor the agent's SIGKILL to the group of the command reaches the runner.
set -u
umask 022
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
HOME=/root
export PATH HOME
case $0 in
  /*) document=$0 ;;
  *) document=$PWD/$0 ;;
esac
cd / || exit 1

# start: starts a runner for the next run in the first place that can keep it; returns once the run is somebody's. Where no place
# can keep it, this very process runs the script and ends with its result.
start() {
  number=$((newest + 1))
  for place in $PLACES; do
    dir=$place/$INSTANCE/$HOOK
    if why=$(prepare 2>&1); then
      detached "$document" run "$dir" "$number" "$dir/$self.script" > /dev/null 2>&1 < /dev/null &
      runner=$!
      stat_of "$runner" && runner_born=$born || runner_born=
      naps=0
      while [ ! -e "$dir/$number.run" ] && is_alive "$runner" "$runner_born"; do nap; done
      [ ! -e "$dir/$number.run" ] || return 0
      why='its marker cannot be written'
      wait "$runner"
      [ "$?" -ne "$WITHDRAWN" ] || why=
    fi
    rm -f "$dir/$self.script" 2> /dev/null
    [ "$why" ] || return 0
    say "cannot keep the run in $place: ${why%%"$newline"*}"
  done
  say 'no place can keep the run: it has no output file, and another command may run the script again'
  dir=
  perform
  finish
}

# join: waits for the run that find_run has found, passes its output on, and ends with its result. A run that was cut off is a
# failure, never repeated. Returns if the run turns out to be none.
join() {
  output=$dir/$run.output shown=0 naps=0
  [ "$runner" = "$its_pid" ] || say "run $run of this action is under way or over; this command returns its result"
  until result "$run"; do
    if [ "$its_boot" != "$boot" ] || ! is_alive "$its_pid" "$its_born"; then
      # It may have ended since the last look.
      ! result "$run" || break
      [ -e "$dir/$run.run" ] || return 0
      code=255
      if [ "$runner" = "$its_pid" ]; then
        wait "$runner" 2> /dev/null
        code=$?
      fi
      if [ "$code" -le 128 ]; then
        say 'the result of the run cannot be recorded anywhere'
        break
      fi
      relay
      last_words
      say "run $run was cut off by a reboot, a signal or a lack of memory; it is not repeated"
      exit "$SCRIPT_FAILED"
    fi
    relay
    # Near the step's own timeout a long one would be one too many.
    uptime
    [ "$((now - started))" -lt "$(((TIMEOUT + MAX_WAIT - 3) * 100))" ] || naps=0
    nap
  done
  relay
  last_words
  finish
}

# finish: ends with code, that of the script. All codes but 0 mean other things to SSM, so one stands for all of them.
finish() {
  [ ! "$lost" ] || say 'the rest of the output is lost: its file cannot be written'
  say "the $TRANSITION script ended with exit code $code"
  [ "$code" -eq 0 ] || exit "$SCRIPT_FAILED"
  exit 0
}

if [ "$INSTANCE" ] && [ "$INSTANCE" != "${AWS_SSM_INSTANCE_ID:-$INSTANCE}" ]; then
  say "this command is for $INSTANCE, not for this instance, $AWS_SSM_INSTANCE_ID; the script is not run"
  exit "$NOT_MEANT"
fi
[ "$INSTANCE" ] || INSTANCE=${AWS_SSM_INSTANCE_ID:-self}
choose_decoder
GRACEFUL_INSTANCE_ID=$INSTANCE
GRACEFUL_GROUP=$(printf '%s\n' "$GROUP64" | decode)
GRACEFUL_HOOK=$HOOK
GRACEFUL_TRANSITION=$TRANSITION
export GRACEFUL_INSTANCE_ID GRACEFUL_GROUP GRACEFUL_HOOK GRACEFUL_TRANSITION

newline='
'
read -r boot < /proc/sys/kernel/random/boot_id || exit 1
read -r self rest < /proc/self/stat || exit 1
stat_of "$self" || exit 1
self_born=$born
uptime
started=$now
naps=0 lost='' runner='' shown=0 output=''

if [ "${1-}" = run ]; then
  runner "$2" "$3" "$4"
fi
is_asked=
while :; do
  if find_run; then
    join
  else
    [ "$is_asked" ] || ask_meant
    is_asked=yes
    start
  fi
done
