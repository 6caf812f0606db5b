#!/bin/sh
# Waits for the right answer of the application. Set above this line: URL; SCHEME, HOST, PORT and TARGET, its parts; STATUS, the right
# status codes and ranges of them, with blanks between them; TIME, the seconds until this script gets SIGTERM.
set -uf

say() { printf 'graceful-asg: %s\n' "$*"; }

uptime() { read -r up rest < /proc/uptime; up=${up%%.*}; }

# request: prints the status code of the answer, by whatever tool there is, past any proxy, within 5 s; nothing if there is no answer.
# Nobody verifies the certificate: it is not made out to localhost.
request() {
  if command -v curl > /dev/null; then
    curl -q -s -k -o /dev/null --noproxy '*' -m 5 -w '%{http_code}' "$URL"
  elif command -v python3 > /dev/null; then
    python3 -c 'import http.client, ssl, sys
scheme, host, port, target = sys.argv[1:]
if scheme == "https":
    service = http.client.HTTPSConnection(host, int(port), timeout=5, context=ssl._create_unverified_context())
else:
    service = http.client.HTTPConnection(host, int(port), timeout=5)
service.request("GET", target)
print(service.getresponse().status)' "$SCHEME" "$HOST" "$PORT" "$TARGET"
  else
    # The two tools of this name agree on few options. Both name the status on standard error, the first one first.
    answer=$(timeout 5 wget -S -O /dev/null --no-proxy --no-check-certificate --max-redirect=0 -t 1 "$URL" 2>&1)
    case $answer in
      *HTTP/*) ;;
      *) answer=$(timeout 5 wget -S -O /dev/null -Y off --no-check-certificate "$URL" 2>&1) ;;
    esac
    printf '%s\n' "$answer" | sed -n 's/^.*HTTP\/[0-9.]* \([1-5][0-9][0-9]\).*/\1/p' | head -n 1
  fi
} 2> /dev/null

# is_right CODE: whether the status is one of those that mean ready.
is_right() {
  for range in $STATUS; do
    if [ "$1" -ge "${range%-*}" ] && [ "$1" -le "${range#*-}" ]; then return 0; fi
  done
  return 1
}

# told: says what the last answer was.
told() {
  case $code in
    '') say "$URL never answered, $tries requests" ;;
    *) say "the last answer of $URL was $code, not $STATUS, after $tries requests" ;;
  esac
}

give_up() {
  told
  exit 1
}

uptime
begin=$up code='' tries=0 said=none
trap give_up TERM
say "waiting until $URL answers $STATUS, for up to $TIME s"
while :; do
  answer=$(request)
  case $answer in
    [1-5][0-9][0-9]) code=$answer ;;
  esac
  tries=$((tries + 1))
  uptime
  if [ "$answer" ] && [ "$answer" = "$code" ] && is_right "$code"; then
    say "$URL answers $code after $((up - begin)) s"
    exit 0
  fi
  if [ "$code" != "$said" ] && [ "$code" ]; then
    say "$URL answers $code"
    said=$code
  fi
  [ "$((up - begin))" -lt "$((TIME - 2))" ] || give_up
  # Often at first; an application that takes minutes is asked less often.
  if [ "$((up - begin))" -lt 60 ]; then sleep 1; else sleep 5; fi
done
