#!/usr/bin/env bash
# A PostgreSQL for the tests, of Debian's package: a cluster in a folder of its own on a free port, nobody else's business.
#   eng/postgres.sh start DIRECTORY [NAME=VALUE …]   makes it, starts it and prints the administrator's connection string
#   eng/postgres.sh stop DIRECTORY                   ends it at once and removes it
# It is reached without a password through a socket in a folder that only its user can enter; over TCP every role needs a password.
# Nothing is synced to the disk unless fsync=on is given: the machine does not lose its power in a test, and a killed process loses nothing.
# Text is sorted as people do it (ICU), the least like SQLite: a statement that counts on the order of bytes shows.
set -euo pipefail

usage() { sed -n '3,4s/^# *//p' "$0" >&2; exit 2; }
[ $# -ge 2 ] || usage
action=$1 folder=$2
shift 2
bin=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
[ -x "$bin/initdb" ] || { echo "error: no PostgreSQL here: apt-get install postgresql" >&2; exit 1; }

# PostgreSQL refuses to run as root.
as_owner() { if [ "$(id -u)" -eq 0 ]; then setpriv --reuid postgres --regid postgres --init-groups env -C / HOME="$folder" "$@"; else "$@"; fi; }

start() {
  mkdir -p "$folder"
  folder=$(realpath "$folder")
  chmod 700 "$folder"
  [ "$(id -u)" -ne 0 ] || chown postgres: "$folder"
  as_owner "$bin/initdb" --pgdata "$folder/data" --username postgres --auth-local trust --auth-host scram-sha-256 --no-sync --no-instructions \
    --encoding UTF8 --locale C.UTF-8 --locale-provider icu --icu-locale en-US >"$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; exit 1; }
  as_owner tee -a "$folder/data/postgresql.conf" >/dev/null <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$folder'
max_connections = 500
shared_buffers = 128MB
fsync = off
full_page_writes = off
CONF
  for setting in "$@"; do
    printf "%s = '%s'\n" "${setting%%=*}" "${setting#*=}" | as_owner tee -a "$folder/data/postgresql.conf" >/dev/null
  done

  # A port may be taken between a look and the start, so the start itself is the look.
  for _ in $(seq 20); do
    port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
    if as_owner "$bin/pg_ctl" start --silent --wait --timeout 60 --pgdata "$folder/data" --log "$folder/log" --options "-p $port" >/dev/null 2>&1 </dev/null; then
      echo "Host=$folder;Port=$port;Username=postgres;Database=postgres"
      return
    fi
  done
  cat "$folder/log" >&2
  exit 1
}

stop() {
  folder=$(realpath "$folder")
  as_owner "$bin/pg_ctl" stop --silent --mode immediate --pgdata "$folder/data" >/dev/null || true
  rm -rf "$folder"
}

case $action in
  start) start "$@" ;;
  stop) stop ;;
  *) usage ;;
esac
