# How the guard waits until nobody is connected any more. Set above this line: PORTS (hexadecimal), SESSION_MANAGER, MAX_WAIT
# and SESSION_WAIT.

# in_session: whether anybody is connected to one of the ports, or has a Session Manager session. The kernel's tables have local
# address and port, those of the other end, and the state, 01 for established; a listening socket is in another state, and a
# connection to somebody else's port has that port at its other end. A shell that reads the table line by line goes back in it
# for each and so misses some while others come and go, so it is read as a whole first.
in_session() {
  if [ "$PORTS" ]; then
    tables=$(cat /proc/net/tcp /proc/net/tcp6 2> /dev/null)
    blanks=$IFS
    IFS=$newline
    for connection in $tables; do
      IFS=$blanks
      # shellcheck disable=SC2086 # number, local address, other address, state
      set -- $connection
      [ "${4-}" = 01 ] || continue
      case " $PORTS " in *" ${2##*:} "*) is_inner "${2%:*}" "${3%:*}" || return 0 ;; esac
    done
    IFS=$blanks
  fi
  [ "$SESSION_MANAGER" ] || return 1
  for entry in /proc/[0-9]*/comm; do
    { read -r name < "$entry"; } 2> /dev/null || continue
    [ "$name" != ssm-session-wor ] || return 0 # the kernel keeps 15 characters of ssm-session-worker
  done
  return 1
}

# is_inner LOCAL OTHER: whether both ends of a connection are this instance: a health check or a proxy on it is nobody's session.
# Either the same address at both ends, as always over the loopback of IPv6, or one of the loopback of IPv4, also mapped to IPv6.
is_inner() {
  [ "$1" != "$2" ] || return 0
  case ${1#0000000000000000FFFF0000} in
    ??????7F) return 0 ;;
  esac
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
