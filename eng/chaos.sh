#!/usr/bin/env bash
# Torments a built server: CHAOS_SECONDS of load for each target (60), targets as arguments (all). As root everything runs in namespaces of its
# own: no port, mount or slow network of it touches the machine, and no process outlives the run.
set -euo pipefail
server=$1
shift
chaos=(artifacts/bin/Baton.Chaos/release/Baton.Chaos run "$server" "$@")
if [ "$(id -u)" -eq 0 ] && unshare --net --pid --fork --mount-proc --mount true 2>/dev/null; then
  exec unshare --net --pid --fork --kill-child --mount-proc --mount --propagation private env CHAOS_NETWORK=own sh -c 'ip link set lo mtu 1500 up && exec "$@"' chaos "${chaos[@]}"
fi
echo "not here: slow network, full and read-only disks: they need root"
exec "${chaos[@]}"
