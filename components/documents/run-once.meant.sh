# Whether the instance is meant to go, or to come. Its metadata service tells in which state Auto Scaling wants it to be; whoever
# can publish to the topic or run the document cannot change that. An answer that is not known must not keep an application from
# being stopped.

# ask_meant: ends the command if the script is not meant to run. Auto Scaling may tell a moment late, so it is asked again.
ask_meant() {
  [ ! "$MEANT" ] || return 0
  tries=0
  while [ "$tries" -lt 3 ]; do
    [ "$tries" -eq 0 ] || sleep 1
    tries=$((tries + 1))
    if ! target=$(ask autoscaling/target-lifecycle-state); then
      say 'the metadata service does not tell whether the instance is meant to stay; the script runs all the same'
      return 0
    fi
    case $TRANSITION/$target in
      launch/Terminated | launch/Warmed:Terminated | launch/Detached) ;;
      terminate/Terminated | terminate/Warmed:* | launch/*) return 0 ;;
      terminate/InService | terminate/Standby | terminate/Detached)
        # The end of a Spot instance is told before Auto Scaling has wanted it.
        if ask spot/instance-action > /dev/null; then return 0; fi
        ;;
      *)
        say "the metadata service tells an unknown state, $(printf %.40s "$target"); the script runs all the same"
        return 0
        ;;
    esac
  done
  say "the instance is meant to be $target, says its metadata service; the $TRANSITION script is not run"
  exit "$NOT_MEANT"
}

# ask ITEM: prints an item of the metadata service. Where there is no token, the service may answer without one.
ask() {
  if token=$(fetch PUT api/token X-aws-ec2-metadata-token-ttl-seconds 60) && [ "$token" ]; then
    fetch GET "meta-data/$1" X-aws-ec2-metadata-token "$token"
  else
    fetch GET "meta-data/$1" Accept '*/*'
  fi
}

# fetch METHOD PATH HEADER VALUE: asks the service, for 2 s at most, by whatever tool there is, and past any proxy.
fetch() {
  if command -v curl > /dev/null; then
    curl -q -sf --noproxy '*' -m 2 -X "$1" -H "$3: $4" "$METADATA/$2"
  elif command -v wget > /dev/null; then
    if [ "$1" = GET ]; then method=; else method=--method=$1; fi
    # Some have no such option and thus get no token. They do not agree on the options for a timeout either.
    timeout 2 wget -q -O - -Y off ${method:+"$method"} --header "$3: $4" "$METADATA/$2"
  else
    python3 -c 'import http.client, sys
method, url, name, value = sys.argv[1:]
host, path = url.split("//")[1].split("/", 1)
service = http.client.HTTPConnection(host, timeout=2)
service.request(method, "/" + path, headers={name: value})
answer = service.getresponse()
print(answer.read().decode())
sys.exit(answer.status != 200)' "$1" "$METADATA/$2" "$3" "$4"
  fi
} 2> /dev/null
