#!/bin/sh
# Publishes the server and the CLI for each runtime given, one program each: the runtime inside, compiled ahead, the framework trimmed to what
# is used, the pages embedded. Beside the server lies SQLite, its one native library, so that nothing is unpacked at start.
set -eu
cd "$(dirname "$0")/.."
for runtime in "$@"; do
    for project in Server Cli; do
        dotnet publish "src/Baton.$project" --configuration Release --runtime "$runtime" --self-contained -p:PublishSingleFile=true \
            --output "artifacts/publish/$runtime" --verbosity quiet --nologo
    done
    ls -l "artifacts/publish/$runtime" | awk -v runtime="$runtime" 'NR > 1 { printf "%s/%s  %.1f MB\n", runtime, $9, $5 / 1048576 }'
done
