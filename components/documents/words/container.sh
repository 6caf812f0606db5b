#!/bin/sh
# Stops containers and waits for their end. Set above this line: NAMES, the containers, with blanks between them, or LABEL, a label of
# them; RUNTIME, docker or podman, empty for what is installed; TIME, the seconds until this script gets SIGTERM.
set -uf

say() { printf 'graceful-asg: %s\n' "$*"; }

uptime() { read -r up rest < /proc/uptime; up=${up%%.*}; }

# ask ID FORMAT: prints something of a container.
ask() { "$runtime" container inspect --format "$2" -- "$1"; }

# stop_one ID: stops a container; prints its exit code. A container that is removed at its end can be asked only beforehand.
stop_one() {
  uptime
  left=$((end > up ? end - up : 1))
  if [ "$(ask "$1" '{{ .HostConfig.AutoRemove }}')" = true ]; then
    { sleep 1 && "$runtime" stop -t "$left" "$1" > /dev/null; } &
    "$runtime" wait "$1"
    return
  fi
  "$runtime" stop -t "$left" "$1" > /dev/null || return 1
  ask "$1" '{{ .State.ExitCode }}'
}

# end_of ID: stops a container and tells how it has ended; fails if it was killed, or could not be stopped.
end_of() {
  name=$(ask "$1" '{{ .Name }}')
  name=${name#/}
  code=$(stop_one "$1")
  case $code in
    '' | *[!0-9]*) say "the container $name could not be stopped" && return 1 ;;
    137) say "the container $name was killed (exit code 137): it did not stop in time, or ran out of memory" && return 1 ;;
  esac
  if [ "$(ask "$1" '{{ .State.Running }}' 2> /dev/null)" = true ]; then
    say "the container $name runs again: something has started it"
    return 1
  fi
  say "the container $name has stopped with exit code $code"
}

runtime=$RUNTIME
if [ ! "$runtime" ]; then
  if command -v docker > /dev/null; then runtime=docker; else runtime=podman; fi
fi
if ! command -v "$runtime" > /dev/null; then
  say "this machine has no $runtime; nothing is stopped"
  exit 1
fi
uptime
# The runtime takes a moment to kill a container and to tell its exit code.
end=$((up + TIME - 2))

if [ "$LABEL" ]; then
  if ! found=$("$runtime" ps --all --quiet --no-trunc --filter "label=$LABEL"); then exit 1; fi
  if [ ! "$found" ]; then say "there is no container with the label $LABEL; nothing is stopped" && exit 1; fi
else
  found='' missing=''
  for name in $NAMES; do
    if id=$(ask "$name" '{{ .Id }}'); then found="$found $id"; else missing="$missing $name"; fi
  done
  if [ "$missing" ]; then say "there is no container${missing}; nothing is stopped" && exit 1; fi
fi

pids=''
for id in $found; do
  case $(ask "$id" '{{ .State.Status }}') in
    running | restarting | stopping) ;;
    paused)
      # A process that stands still cannot end cleanly.
      "$runtime" unpause "$id" > /dev/null
      ;;
    *)
      say "the container $(ask "$id" '{{ .Name }}') was not running; there is nothing to stop"
      continue
      ;;
  esac
  end_of "$id" &
  pids="$pids $!"
done
failed=0
for pid in $pids; do wait "$pid" || failed=1; done
exit "$failed"
