#!/bin/sh
# Stops systemd services and waits for their end. Set above this line: UNITS, the services, with blanks between them; TIME, the
# seconds until this script gets SIGTERM; ADJUST, yes if a shorter TimeoutStopSec may be set for this stop.
set -uf
newline='
'
drop_in=zzz-graceful-asg.conf

say() { printf 'graceful-asg: %s\n' "$*"; }

uptime() { read -r up rest < /proc/uptime; up=${up%%.*}; }

# property NAME: sets value to a property of the unit that look has looked at; empty if systemd has no such property.
property() {
  value=$newline$shown$newline
  case $value in *"$newline$1="*) ;; *) value='' && return ;; esac
  value=${value#*"$newline$1="}
  value=${value%%"$newline"*}
}

# look UNIT: sets what systemd says of a unit.
look() {
  shown=$(systemctl show -p LoadState -p ActiveState -p SubState -p Result -p TimeoutStopUSec -p CollectMode -p ExecMainStatus \
    -p TriggeredBy -- "$1")
  property LoadState && load=$value
  property ActiveState && state=$value
  property SubState && sub=$value
  property Result && result=$value
  property CollectMode && collect=$value
  property ExecMainStatus && status=$value
  property TriggeredBy && triggers=$value
  property TimeoutStopUSec && limit=$value
  in_seconds "$limit"
}

# in_seconds DURATION: sets seconds to a duration as systemctl writes it, 1min 30s; empty for infinity.
in_seconds() {
  seconds=0
  for part in $1; do
    number=${part%%[!0-9]*}
    case $part in
      infinity) seconds='' && return ;;
      *us | *ms) factor=0 ;;
      *month) factor=2629800 ;;
      *min) factor=60 ;;
      *y) factor=31557600 ;;
      *w) factor=604800 ;;
      *d) factor=86400 ;;
      *h) factor=3600 ;;
      *) factor=1 ;;
    esac
    seconds=$((seconds + ${number:-0} * factor))
  done
}

# is_short: whether systemd would kill the unit before its time is over.
is_short() { [ "$seconds" ] && [ "$seconds" -lt "$TIME" ]; }

# has_ended: whether a unit does not run.
has_ended() { [ "$state" = inactive ] || [ "$state" = failed ]; }

# instances TEMPLATE: prints the instances of a template that systemd has loaded.
instances() {
  systemctl list-units --all --full --plain --no-legend --no-pager -- "${1%.service}*.service" | while read -r name rest; do
    printf '%s\n' "$name"
  done
}

# restore: takes the drop-ins away again.
restore() {
  [ "$adjusted" ] || return 0
  for unit in $adjusted; do
    rm -f "/run/systemd/system/$unit.d/$drop_in"
    rmdir "/run/systemd/system/$unit.d" 2> /dev/null
  done
  adjusted=''
  systemctl daemon-reload
}

# adjust UNIT SETTING...: gives a unit settings, which systemd reads with the next reload.
adjust() {
  folder=/run/systemd/system/$1.d
  adjusted="$adjusted $1"
  shift
  mkdir -p "$folder" && printf '%s\n' "$@" >> "$folder/$drop_in"
}

# judge UNIT: tells how a unit has ended; fails if it has not, or not cleanly.
judge() {
  look "$1"
  if ! has_ended; then
    if [ "$state" = deactivating ]; then
      say "$1 is still stopping ($sub), and its time is over"
    else
      say "$1 is $state ($sub) after it was stopped: something has started it again"
    fi
    open=yes
    return 1
  fi
  case " $waiting " in
    *" $1 "*) ;;
    *)
      case $result in
        success) ;;
        timeout)
          say "$1 did not stop in time: systemd killed it, or what it had to do to stop (Result=timeout)"
          return 1
          ;;
        exit-code)
          say "$1 ended with exit code $status (Result=exit-code); SuccessExitStatus= of the unit says which codes are clean"
          return 1
          ;;
        *)
          say "$1 did not end cleanly (Result=$result)"
          return 1
          ;;
      esac
      ;;
  esac
  say "$1 has stopped"
}

uptime
end=$((up + TIME - 1))
adjusted='' running='' starters='' waiting='' short='' forgotten='' missing='' open='' units=''

if ! command -v systemctl > /dev/null || [ ! -d /run/systemd/system ]; then
  say 'systemd does not run on this machine; nothing is stopped'
  exit 1
fi

for unit in $UNITS; do
  case $unit in
    *@.service)
      found=$(instances "$unit")
      if [ ! "$found" ] && ! systemctl list-unit-files --no-legend --no-pager -- "$unit" | grep -q .; then
        missing="$missing $unit"
      elif [ ! "$found" ]; then
        say "$unit has no instance; there is nothing to stop"
      fi
      units="$units $found"
      ;;
    *) units="$units $unit" ;;
  esac
done

for unit in $units; do
  look "$unit"
  for starter in $triggers; do
    case " $starters " in *" $starter "*) continue ;; esac
    if systemctl is-active --quiet -- "$starter"; then starters="$starters $starter"; fi
  done
  if has_ended; then
    case $load in
      loaded | masked) say "$unit was $state before; there is nothing to stop" ;;
      not-found) missing="$missing $unit" ;;
      *)
        say "$unit cannot be loaded (LoadState=$load); nothing is stopped"
        exit 1
        ;;
    esac
    continue
  fi
  running="$running $unit"
  # Such a unit has no process, and its Result is that of its last run.
  case $sub in auto-restart*) waiting="$waiting $unit" ;; esac
  if is_short; then
    short="$short $unit"
    if [ "$ADJUST" ]; then
      say "$unit: systemd would kill it after $limit, its TimeoutStopSec; it gets $TIME s this time"
    else
      say "$unit: systemd would kill it after $limit, its TimeoutStopSec, though it may take $TIME s"
    fi
  fi
  # Else nobody could tell that such a unit was killed: systemd forgets it as soon as it has failed.
  [ "$collect" != inactive-or-failed ] || forgotten="$forgotten $unit"
done

if [ "$missing" ]; then
  say "there is no unit${missing}; nothing is stopped"
  exit 1
fi
if [ "$short" ] && [ ! "$ADJUST" ]; then
  say 'nothing is stopped: raise TimeoutStopSec of the unit, or leave adjustTimeoutStop out'
  exit 1
fi
for unit in $short; do adjust "$unit" '[Service]' "TimeoutStopSec=$TIME"; done
for unit in $forgotten; do adjust "$unit" '[Unit]' CollectMode=inactive; done
if [ "$adjusted" ]; then
  systemctl daemon-reload
  for unit in $short; do
    look "$unit"
    if is_short; then
      say "$unit: its TimeoutStopSec stays at $limit, as another file or a mask decides; nothing is stopped"
      restore
      exit 1
    fi
  done
fi
if [ ! "$running$starters" ]; then exit 0; fi

say "stopping${starters}${running}"
uptime
# All in one transaction, as at a shutdown: while a unit has to stop, systemd lets its socket, timer or path start nothing.
# shellcheck disable=SC2086 # names of units have no blanks
timeout "$((end > up ? end - up : 1))" systemctl stop --no-ask-password -- $starters $running
code=$?
failed=''
for unit in $running; do judge "$unit" || failed=yes; done
# A unit that still stops would be killed at once if its old timeout came back.
[ "$open" ] || restore
if [ "$failed" ]; then exit 1; fi
if [ "$code" -ne 0 ]; then say "systemctl stop ended with exit code $code"; fi
exit "$code"
