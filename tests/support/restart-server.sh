#!/bin/bash
# restart-server.sh MODE [SECONDS]: stops the server of with-server.sh in that mode of pg_ctl and starts
# it again, after so many seconds and meanwhile.
set -euo pipefail
. "$(dirname "$0")/servers.bash"
server_down "$1"
if [ $# -gt 1 ]; then
    (sleep "$2" && server_up) >/dev/null 2>&1 &
else
    server_up
fi
