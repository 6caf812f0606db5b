# What the guard passes on of the output of a run: that of the script, and what the runner says. SSM keeps the beginning of what a step prints, so HEAD bytes are passed
# on while the script runs, and at its end TAIL bytes more. The output is a file, not our own output, so that a process that
# the script leaves in the background does not keep the step open, and so that all of it is there for whoever looks.
#
# Both are set above this line; output, the file, and shown, the bytes that are passed on, by run-once.sh.

# relay: passes on what the script has written since the last time, as far as HEAD goes. A character is not cut in two, so
# the last bytes wait until it is clear where one ends.
relay() {
  [ "$shown" -lt "$HEAD" ] && [ -e "$output" ] || return 0
  measure
  if [ "$size" -ge "$((HEAD + 3))" ]; then
    character "$HEAD"
    pass_on "$at"
  elif [ "$size" -ge "$HEAD" ]; then
    pass_on "$((HEAD - 1))"
  else
    pass_on "$size"
  fi
}

# last_words: passes on the rest of the output, TAIL bytes of it at most, and says what it leaves out.
last_words() {
  [ -e "$output" ] || return 0
  measure
  if [ "$((size - shown))" -gt "$TAIL" ]; then
    character "$((size - TAIL))"
    end_line
    say "... $((at - shown)) bytes left out, the whole output is in $output ..."
    shown=$at
  fi
  pass_on "$size"
  end_line
}

# pass_on END: prints the output from what was shown last up to byte END.
pass_on() {
  [ "$1" -gt "$shown" ] || return 0
  tail -c "+$((shown + 1))" "$output" | head -c "$(($1 - shown))"
  shown=$1
}

# end_line: ends the line that the script has left open, so that the guard's own begin on one of their own.
end_line() {
  [ "$shown" -gt 0 ] || return 0
  case $(bytes "$((shown - 1))" 1) in *' 10') ;; *) echo ;; esac
}

# own_line: begins a line in the output of a run, for words of the runner.
own_line() {
  [ "$output" ] || return 0
  measure
  shown=$size
  end_line
}

# character N: sets at to byte N, or to the next at which a character begins; in UTF-8 up to three of 128 to 191 follow a first.
character() {
  at=$1
  for byte in $(bytes "$1" 3); do
    case $byte in 12[89] | 1[3-8]? | 19[01]) at=$((at + 1)) ;; *) return 0 ;; esac
  done
}

# bytes N COUNT: prints some bytes of the output as numbers.
bytes() { tail -c "+$(($1 + 1))" "$output" | head -c "$2" | od -A n -t u1; }

# measure: sets size to that of the output.
measure() { size=$(($(wc -c < "$output"))); }
