# How the guard waits until nobody is connected any more. Set above this line: PORTS (hexadecimal), SESSION_MANAGER, MAX_WAIT
# and SESSION_WAIT; dir by run-once.sh.

# in_session: whether anybody is connected to one of the ports, or has a Session Manager session. The kernel's tables
# have local address and port, those of the other end, and the state, 01 for established; a listening socket is in
# another state, and a connection to somebody else's port has that port at its other end. A shell that reads line by line
# goes back in the table for each of them and so misses some while others come and go; a copy stands still.
in_session() {
  if [ "$PORTS" ]; then
    cat /proc/net/tcp /proc/net/tcp6 > "$dir/connections" 2> /dev/null
    while read -r entry here there link rest; do
      [ "$link" = 01 ] || continue
      case " $PORTS " in *" ${here##*:} "*) return 0 ;; esac
    done < "$dir/connections"
  fi
  [ "$SESSION_MANAGER" ] || return 1
  for entry in /proc/[0-9]*/comm; do
    { read -r name < "$entry"; } 2> /dev/null || continue
    [ "$name" != ssm-session-wor ] || return 0 # the kernel keeps 15 characters of ssm-session-worker
  done
  return 1
}

# await_sessions: waits until nobody is there any more, or for as long as that may take. It says so at growing intervals, as
# SSM keeps only so much of what a step prints.
await_sessions() {
  [ "$PORTS$SESSION_MANAGER" ] || return 0
  left=$MAX_WAIT
  if [ "$SESSION_WAIT" ] && [ "$SESSION_WAIT" -lt "$MAX_WAIT" ]; then left=$SESSION_WAIT; fi
  uptime
  wait_end=$((up + left)) tell_at=$up interval=60
  while in_session; do
    uptime
    if [ "$up" -ge "$wait_end" ]; then
      say "sessions are still open; the $TRANSITION script starts all the same"
      return 0
    fi
    if [ "$up" -ge "$tell_at" ]; then
      say "waiting for sessions to end, for up to $((wait_end - up)) s more"
      tell_at=$((up + interval)) interval=$((interval * 2))
    fi
    sleep 1
  done
}
