# What the scripts share; read with `.`, not run. Needs only a POSIX shell.
# shellcheck shell=sh

root=$(cd "$(dirname "$0")/.." && pwd)

die() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

# Shows a command as a person would type it, then runs it.
show() {
    if [ -t 1 ]; then
        printf '\n\033[1m$ %s\033[0m\n' "$*"
    else
        printf '\n$ %s\n' "$*"
    fi
    "$@"
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo -- "$@"
    else
        die "need root for: $*
run it as root, or install sudo"
    fi
}

# The packages of those named that are not installed.
missing_packages() {
    for package in "$@"; do
        state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) || state=
        [ "$state" = installed ] || printf '%s ' "$package"
    done
}

apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 \
        -o Acquire::Retries=3 install --no-install-recommends "$@"
}

# Debian makes and starts a cluster when a server package is installed, unless this file says no.
# Quire starts servers of its own, so none is made; the file is then as it was before.
apt_install_server() {
    configuration=/etc/postgresql-common/createcluster.conf
    apt_install postgresql-common
    as_root cp -p "$configuration" "$configuration.before-quire"
    echo 'create_main_cluster = false' | as_root tee -a "$configuration" >/dev/null
    status=0
    apt_install "$1" || status=$?
    as_root mv "$configuration.before-quire" "$configuration"
    return "$status"
}
