# How the script is run. A process of its own session, of which this one is the parent: what the script does to its group does
# not reach the guard, and the parent learns the exit code whatever can be written.

# runner DIR NUMBER COPY: runs the script as a run that the state keeps.
runner() {
  dir=$1 number=$2 copy=$3 script=$dir/$2.script output=$dir/$2.output
  if ! claim; then
    rm -f "$copy"
    exit 1
  fi
  mv "$copy" "$script" || script=$copy
  # A redirection of exec that fails would end this process.
  if printf '' >> "$output"; then exec >> "$output" 2>&1; else output=''; fi
  perform
  if record; then exit 0; fi
  exit "$code"
}

# perform: waits for sessions, runs the script, ends it when its time is over, and sets code to its exit code. Without dir there is
# no file: the script comes through a pipe.
perform() {
  first=$(print_script 2> /dev/null | head -n 1)
  interpreter "$first"
  await_sessions
  say "the $TRANSITION script starts and may take $TIMEOUT s"
  GRACEFUL_DEADLINE=$(date -u -d "@$(($(date +%s) + TIMEOUT - 1))" +%Y-%m-%dT%H:%M:%S.000Z 2> /dev/null)
  export GRACEFUL_DEADLINE
  uptime
  begin=$now pump=
  if [ ! "$dir" ]; then
    print_script | interpret /proc/self/fd/3 3<&0 < /dev/null &
  elif [ "$output" ] && mkfifo "$dir/$number.pipe"; then
    # A file that cannot be written to any more is no reason for the script to fail.
    { cat >> "$output" || { cat > /dev/null && exit 3; }; } < "$dir/$number.pipe" 2> /dev/null &
    pump=$!
    interpret "$script" > "$dir/$number.pipe" 2>&1 < /dev/null &
  else
    interpret "$script" < /dev/null &
  fi
  child=$!
  watch "$child" &
  watcher=$!
  wait "$child" 2> /dev/null
  code=$?
  kill "$watcher" 2> /dev/null
  wait "$watcher" 2> /dev/null
  [ ! "$pump" ] || drain
}

# interpret FILE: becomes the interpreter of the script.
interpret() {
  if [ "$argument" ]; then detached "$program" "$argument" "$1"; else detached "$program" "$1"; fi
}

# interpreter LINE: sets program and argument as the kernel would read them from the first line of the script, so that it also
# runs where the disk is mounted noexec.
interpreter() {
  program=/bin/sh argument=
  case $1 in
    '#!'*) ;;
    *) return ;;
  esac
  first=${1#'#!'}
  first=${first#"${first%%[! 	]*}"}
  program=${first%%[ 	]*}
  argument=${first#"$program"}
  argument=${argument#"${argument%%[! 	]*}"}
  argument=${argument%"${argument##*[! 	]}"}
}

# watch PID: asks the script to end GRACE seconds and one before its time is over, and kills it a second before, or a second after
# it was asked if that is later.
watch() {
  stat_of "$1" || return 0
  script_born=$born
  naps=0 asked=
  while is_alive "$1" "$script_born"; do
    nap
    uptime
    left=$(((TIMEOUT - 1) * 100 - (now - begin)))
    # A long one would eat up the grace, or the end that comes in it.
    [ "$left" -gt "$((GRACE * 100 + 150))" ] || naps=0
    is_alive "$1" "$script_born" || return 0
    if [ -z "$asked" ] && [ "$left" -le "$((GRACE * 100))" ]; then
      asked=$now
      own_line
      say "the $TRANSITION script has $GRACE s left; it gets SIGTERM"
      signal_all TERM "$1"
    elif [ "$left" -le 0 ] && [ "$((now - asked))" -ge 100 ]; then
      signal_all KILL "$1"
    fi
  done
}

# signal_all NAME PID: signals all below, though the end of the first of them ends this watch.
signal_all() {
  trap '' TERM
  signal_below "$1" "$2"
  trap - TERM
}

# drain: waits until all that the script has written is in its file, but not for what the script has left in the background: the
# pump sleeps as soon as the pipe is empty.
drain() {
  stat_of "$pump" || born=
  pump_born=$born looks=0
  while [ "$looks" -lt 30 ] && is_alive "$pump" "$pump_born" && ! is_idle; do
    looks=$((looks + 1)) naps=0
    nap
  done
  rm -f "$dir/$number.pipe"
  is_alive "$pump" "$pump_born" || wait "$pump"
  [ "$?" -ne 3 ] || lost=lost
}

# is_idle: whether what the pump has started sleeps.
is_idle() {
  for entry in /proc/[0-9]*; do
    if stat_of "${entry#/proc/}" && [ "$parent" = "$pump" ] && [ "$state" = S ]; then return 0; fi
  done
  return 1
}
