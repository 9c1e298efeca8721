#!/bin/sh
# Publishes the server and the CLI for each runtime given, one program each: the runtime inside, compiled ahead, the framework trimmed to what
# is used, the pages embedded. Beside the server lies SQLite, its one native library, so that nothing is unpacked at start.
# Each is looked at before it counts as published: the right processor's, and on that processor a whole handover works with them.
#   eng/publish.sh RUNTIME…   linux-x64, linux-arm64
set -eu
cd "$(dirname "$0")/.."

# The processor of an ELF file, out of its header.
processor() { od --address-radix=n --format=u2 --skip-bytes=18 --read-bytes=2 "$1" | tr -d ' '; }

for runtime in "$@"; do
    case $runtime in
        linux-x64) processor=62 machine=x86_64 ;;
        linux-arm64) processor=183 machine=aarch64 ;;
        *) echo "error: $runtime is not published: linux-x64 or linux-arm64" >&2; exit 2 ;;
    esac
    began=$(date +%s)
    folder=artifacts/publish/$runtime
    for project in Server Cli; do
        dotnet publish "src/Baton.$project" --configuration Release --runtime "$runtime" --self-contained -p:PublishSingleFile=true -p:RunAnalyzers=false \
            --output "$folder" --verbosity quiet --nologo
    done
    for file in baton baton-server libe_sqlite3.so; do
        [ "$(processor "$folder/$file")" = "$processor" ] || { echo "error: $folder/$file is not for $machine" >&2; exit 1; }
    done
    ls -l "$folder" | awk -v runtime="$runtime" 'NR > 1 { printf "%s/%s  %.1f MB\n", runtime, $9, $5 / 1048576 }'
    echo "$runtime in $(($(date +%s) - began)) s"
    if [ "$(uname -m)" = "$machine" ]; then
        eng/smoke.sh "$folder"
    fi
done
