#!/bin/bash
# restart-server.sh MODE [SECONDS]: stops the server of with-server.sh in that mode of pg_ctl (fast or
# immediate) and starts it again, after so many seconds and meanwhile.
# restart-server.sh later MODE: both of it in half a second, and meanwhile.
set -euo pipefail
. "$(dirname "$0")/servers.bash"

if [ -n "${QUIRE_TEST_PRIVATE:-}" ]; then
    server_up() {
        "$QUIRE" -C "$QUIRE_TEST_PRIVATE" db start >/dev/null 2>&1
    }
    stopped() {
        ! kill -0 "$1" 2>/dev/null
    }
    server_down() {
        local pid
        pid=$("$QUIRE" -C "$QUIRE_TEST_PRIVATE" db status --json | jq .pid)
        [ "$1" != immediate ] || kill -QUIT "$pid"
        [ "$1" = immediate ] || "$QUIRE" -C "$QUIRE_TEST_PRIVATE" db stop 2>/dev/null
        within 20 stopped "$pid"
    }
fi

if [ "$1" = later ]; then
    (sleep 0.5 && server_down "$2" && server_up) >/dev/null 2>&1 &
    exit
fi
server_down "$1"
if [ $# -gt 1 ]; then
    (sleep "$2" && server_up) >/dev/null 2>&1 &
else
    server_up
fi
