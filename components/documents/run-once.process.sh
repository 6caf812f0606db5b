# Processes, time, and what the guard says.

say() { printf 'graceful-asg: %s\n' "$*"; }

# uptime: sets up to the seconds since boot, and now to hundredths of them: no clock that somebody may set.
uptime() {
  read -r up rest < /proc/uptime
  part=${up#*.}
  up=${up%%.*}
  now=$((up * 100 + 1$part - 100))
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

# is_alive PID BORN: the very process, not another that got its id, nor one that is dead and not collected.
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

# detached COMMAND...: becomes the command, in a session of its own.
detached() {
  if command -v setsid > /dev/null; then exec setsid "$@"; fi
  if command -v perl > /dev/null; then exec perl -e 'use POSIX; POSIX::setsid(); exec @ARGV' -- "$@"; fi
  if command -v python3 > /dev/null; then
    exec python3 -c 'import os, sys; os.setsid(); os.execvp(sys.argv[1], sys.argv[1:])' "$@"
  fi
  exec "$@"
}

# signal_below NAME PID: signals a process and all its descendants.
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
  # shellcheck disable=SC2086 # one argument a process
  kill "-$1" $below 2> /dev/null
}

# choose_decoder: sets decoder, by which decode makes text of base64.
choose_decoder() {
  decoder='base64 -d'
  [ "$(printf 'b2s=' | decode 2> /dev/null)" = ok ] || decoder=decode_slowly
}

decode() { $decoder; }

# decode_slowly: does so where no tool can, by what every shell has.
decode_slowly() {
  alphabet=ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/
  while read -r line; do
    text=
    while [ "$line" ]; do
      value=0 digits=0 missing=0
      while [ "$digits" -lt 4 ]; do
        rest=${line#?}
        before=${alphabet%%"${line%"$rest"}"*}
        value=$((value * 64 + ${#before} % 64)) missing=$((missing + ${#before} / 64)) digits=$((digits + 1))
        line=$rest
      done
      for shift in 65536 256 1; do
        byte=$((value / shift % 256))
        [ "$shift" = 256 ] && [ "$missing" -gt 1 ] || [ "$shift" = 1 ] && [ "$missing" -gt 0 ] ||
          text="$text\\$((byte / 64))$((byte / 8 % 8))$((byte % 8))"
      done
    done
    # shellcheck disable=SC2059 # the text is nothing but a format of octal numbers
    printf "$text"
  done
}
