#!/bin/bash
# Waits until the application answers its health check; the handler ends it when its time is over.
# APPLICATION_PORT and HEALTH_PATH come from the stack's configuration.
until curl --silent --fail --max-time 2 --output /dev/null "http://localhost:$APPLICATION_PORT$HEALTH_PATH"; do
  sleep 2
done
