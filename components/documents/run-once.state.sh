# Where runs are kept: in a folder of the instance and the hook, in the first of PLACES that can be written to. The first place
# outlives a reboot, the others are in memory. A run has a number, the same in all places, and these files: N.run, the marker;
# N.script; N.output; N.result. A marker or result counts only if its last line is there: a disk that fills up cuts files short.

# is_ours PLACE: whether nobody else can have made it; anybody may make folders in /dev/shm.
is_ours() { [ -d "$1" ] && [ ! -h "$1" ] && [ -O "$1" ]; }

# flush FILE...: writes files to the disk.
flush() { sync "$@" 2> /dev/null || sync 2> /dev/null || true; }

# prepare: makes dir, a folder of place, and a whole copy of the script in it; says why it cannot.
prepare() {
  (umask 077 && mkdir -p "$dir") || return 1
  is_ours "$place" || {
    echo 'it is not ours'
    return 1
  }
  print_script > "$dir/$self.script" || return 1
  [ "$(($(wc -c < "$dir/$self.script")))" -eq "$SCRIPT_SIZE" ] || {
    echo 'the copy of the script is not whole'
    return 1
  }
}

# print_script: prints the user's script.
print_script() { printf '%s\n' "$SCRIPT64" | decode; }

# claim: makes run number in dir this runner's; fails if it is another's or cannot be written. A hard link is made once. The
# marker is on the disk before the script runs. Another place may have got the same run at the same moment: then both step back.
claim() {
  uptime
  printf '%s\n' "$ACTION" "$boot" "$self" "$self_born" "$SENT" "$SINCE" "$up" end > "$dir/$self.claim" &&
    read_run "$dir/$self.claim" && flush "$dir/$self.claim" &&
    ln "$dir/$self.claim" "$dir/$number.run" && claimed=yes || claimed=
  rm -f "$dir/$self.claim"
  [ "$claimed" ] || return 1
  flush "$dir/$number.run" "$dir"
  for other in $PLACES; do
    if [ "$other/$INSTANCE/$HOOK" != "$dir" ] && is_ours "$other" && [ -e "$other/$INSTANCE/$HOOK/$number.run" ]; then
      rm -f "$dir/$number.run" "$copy"
      sleep "$((self % 3))"
      exit "$WITHDRAWN"
    fi
  done
}

# read_run FILE: sets what the marker of a run says; fails if it is not whole.
read_run() {
  its_end=
  {
    read -r its_action && read -r its_boot && read -r its_pid && read -r its_born && read -r its_sent &&
      read -r its_since && read -r its_up && read -r its_end
  } 2> /dev/null < "$1"
  [ "$its_end" = end ]
}

# find_run: sets run and dir to the run that belongs to the lifecycle action of this command, and what its marker says; fails if
# there is none. Sets newest to the greatest number, whether its marker is whole or not.
find_run() {
  newest=0 latest=0
  for place in $PLACES; do
    is_ours "$place" || continue
    for marker in "$place/$INSTANCE/$HOOK"/*.run; do
      [ -e "$marker" ] || continue
      run=${marker##*/}
      run=${run%.run}
      dir=${marker%/*}
      [ "$run" -le "$newest" ] || newest=$run
      read_run "$marker" || continue
      if [ "$ACTION" ] && [ "$its_action" = "$ACTION" ]; then return 0; fi
      [ "$run" -le "$latest" ] || latest=$run latest_dir=$dir
    done
  done
  [ "$latest" -gt 0 ] || return 1
  run=$latest dir=$latest_dir
  read_run "$dir/$run.run" && belongs
}

# belongs: whether the latest run, where it or this command knows no action, is of the action of this command: if its command was
# sent since the action began, or, where one of the two does not know that, as a Spot warning does not, no longer than
# JOIN_FOR ago. Times of AWS are compared with times of AWS. A command that somebody sends by hand has none and joins; a run of
# such a command is measured by the time since boot.
belongs() {
  if [ "$its_action" ] && [ "$ACTION" ]; then return 1; fi
  if [ ! "$SENT" ]; then return 0; fi
  if [ ! "$its_sent" ]; then
    uptime
    [ "$its_boot" = "$boot" ] && [ "$((up - its_up))" -le "$JOIN_FOR" ]
  elif [ "$its_since" ] && [ "$SINCE" ]; then
    [ "$its_sent" -ge "$SINCE" ]
  else
    [ "$((SENT - its_sent))" -le "$JOIN_FOR" ]
  fi
}

# record: records code as the result of the run, in its own folder or else in any place that can be written to.
record() {
  for folder in "$dir" $(for place in $PLACES; do echo "$place/$INSTANCE/$HOOK"; done); do
    file=$folder/$number.result
    if ! (umask 077 && mkdir -p "$folder") || ! is_ours "${folder%"/$INSTANCE/$HOOK"}"; then continue; fi
    printf '%s\n' "$code" "$self" "$self_born" "$lost" end > "$file.new" &&
      read_result "$file.new" "$self" "$self_born" && flush "$file.new" && mv "$file.new" "$file" && {
      flush "$folder"
      return 0
    }
    rm -f "$file.new"
  done
  return 1
} 2> /dev/null

# result N: sets code and lost to the result of the run that read_run has read; fails if there is none yet.
result() {
  for place in $PLACES; do
    if is_ours "$place" && read_result "$place/$INSTANCE/$HOOK/$1.result" "$its_pid" "$its_born"; then return 0; fi
  done
  return 1
}

# read_result FILE PID BORN: sets code and lost; fails if the file is not there, not whole, or not of that runner.
read_result() {
  whose='' since_when='' its_end=
  {
    read -r code && read -r whose && read -r since_when && read -r lost && read -r its_end
  } 2> /dev/null < "$1"
  [ "$its_end $whose $since_when" = "end $2 $3" ]
}
