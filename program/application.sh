#!/bin/bash
# User data of the example: a tiny web application as systemd unit `application`, made of what Amazon Linux 2023 ships.
# systemd accepts connections and starts one process for each; on SIGTERM the application stops accepting and waits
# until all requests in flight are answered.
# APPLICATION_PORT comes from the stack's configuration.
set -euo pipefail

# Answers one request. /health says that the application is up; /work?5 takes five seconds.
cat > /usr/local/bin/application-request <<'REQUEST'
#!/bin/bash
read -r method target _
while IFS= read -r header && [ -n "${header%$'\r'}" ]; do :; done
case $target in
  /work\?*) sleep "${target#*\?}" ;;
esac
body="$method $target answered by $(hostname)"
printf 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %s\r\nConnection: close\r\n\r\n%s' "${#body}" "$body"
REQUEST

# The application itself: opens the socket, and closes it gracefully.
cat > /usr/local/bin/application <<'APPLICATION'
#!/bin/bash
in_flight() { systemctl list-units --no-legend --state=active,activating 'application@*.service' | grep -q .; }
finish() {
  systemctl stop application.socket
  while in_flight; do sleep 0.2; done
  exit 0
}
trap finish TERM
systemctl start application.socket
sleep infinity &
wait
APPLICATION
chmod +x /usr/local/bin/application /usr/local/bin/application-request

cat > /etc/systemd/system/application.service <<'UNIT'
[Unit]
Description=Example application
[Service]
ExecStart=/usr/local/bin/application
KillMode=mixed
TimeoutStopSec=90
[Install]
WantedBy=multi-user.target
UNIT

cat > /etc/systemd/system/application.socket <<UNIT
[Unit]
Description=Connections of the example application
[Socket]
ListenStream=$APPLICATION_PORT
Accept=yes
UNIT

cat > /etc/systemd/system/application@.service <<'UNIT'
[Unit]
Description=One request of the example application
[Service]
ExecStart=-/usr/local/bin/application-request
StandardInput=socket
StandardError=journal
UNIT

systemctl daemon-reload
systemctl enable --now application.service
