#!/usr/bin/env bash
# Runs what `make build` built: C#, TypeScript, browser. The last line is the sum of the runners' own reports.
set -uo pipefail
configuration=$(echo "${1:-Release}" | tr '[:upper:]' '[:lower:]')
reports=$PWD/artifacts/test-reports
rm -rf "$reports"
mkdir -p "$reports"
failed=0

(cd web && npx vitest run --reporter=default --reporter=json --outputFile.json="$reports/web.json") || failed=1

for project in Baton.Protocol.Tests Baton.Chaos.Tests Baton.Server.Tests Baton.EndToEnd.Tests; do
  "artifacts/bin/$project/$configuration/$project" --results-directory "$reports" \
    --report-ctrf --report-ctrf-filename "$project.json" --no-progress --filter-not-trait store=PostgreSQL || failed=1
done

node eng/tally.mjs "$reports" web.json Baton.Protocol.Tests.json Baton.Chaos.Tests.json Baton.Server.Tests.json Baton.EndToEnd.Tests.json || failed=1
exit $failed
