#!/usr/bin/env bash
# Runs what `make build` built: C#, TypeScript, browser; the server's tests on each of STORES ("SQLite PostgreSQL"). The last line is the sum of the runners' own reports.
set -uo pipefail
configuration=$(echo "${1:-Release}" | tr '[:upper:]' '[:lower:]')
reports=$PWD/artifacts/test-reports
rm -rf "$reports"
mkdir -p "$reports"
failed=0
names=()

# run PROJECT REPORT DATABASE: what only the other database has is left out.
run() {
  local other=PostgreSQL
  [ "$3" = SQLite ] || other=SQLite
  names+=("$2.json")
  "artifacts/bin/$1/$configuration/$1" --results-directory "$reports" --report-ctrf --report-ctrf-filename "$2.json" \
    --no-progress --timeout 40m --xunit-diagnostics on --long-running 120 --filter-not-trait "store=$other" || failed=1
}

on_postgres() {
  local administrator room
  # In memory where there is room: a database of its own for each test is hundreds of small files.
  room=$(df --output=avail /dev/shm 2>/dev/null | tail -n 1)
  cluster=$(mktemp -d -p "$([ "${room:-0}" -gt 4000000 ] && echo /dev/shm || echo /tmp)")
  trap 'eng/postgres.sh stop "$cluster"' EXIT
  administrator=$(eng/postgres.sh start "$cluster") || failed=1
  BATON_TEST_DATABASE=$administrator run Baton.Server.Tests Baton.Server.Tests-PostgreSQL PostgreSQL
}

names+=(web.json)
(cd web && npx vitest run --reporter=default --reporter=json --outputFile.json="$reports/web.json") || failed=1
run Baton.Protocol.Tests Baton.Protocol.Tests SQLite
run Baton.Chaos.Tests Baton.Chaos.Tests SQLite
run Baton.Server.Tests Baton.Server.Tests SQLite
[[ ${STORES:-PostgreSQL} == *PostgreSQL* ]] && on_postgres
run Baton.EndToEnd.Tests Baton.EndToEnd.Tests SQLite

node eng/tally.mjs "$reports" "${names[@]}" || failed=1
exit $failed
