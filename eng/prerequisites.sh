#!/usr/bin/env bash
# What the tests need beyond the .NET SDK and Node.js, as Debian packages: installed as root, else the exact command is said.
# With `chaos`: what make chaos needs, too.
set -euo pipefail

declare -A package_of=([chromium]=chromium [keepassxc-cli]=keepassxc [jq]=jq [openssl]=openssl [qrencode]=qrencode)
missing=()
for program in "${!package_of[@]}"; do
  command -v "$program" >/dev/null || missing+=("${package_of[$program]}")
done
[ -n "$(find /usr/lib /lib -name 'libsodium.so.23*' -print -quit 2>/dev/null)" ] || missing+=(libsodium23)
# KeePass files ask for a kind of Argon2 that libsodium hasn't.
[ -n "$(find /usr/lib /lib -name 'libargon2.so.1*' -print -quit 2>/dev/null)" ] || missing+=(libargon2-1)
# Their programs are in nobody's PATH.
[ -n "$(find /usr/lib/postgresql -path '*/bin/initdb' -print -quit 2>/dev/null)" ] || missing+=(postgresql)
[ -x /usr/sbin/nginx ] || missing+=(nginx-light)
# The pictures want a face for the text and one for the secrets.
[ -d /usr/share/fonts/truetype/dejavu ] || missing+=(fonts-dejavu-core)
if [ "${1:-}" = chaos ]; then
  [ -n "$(find /usr/lib -name 'libfaketimeMT.so.1' -print -quit 2>/dev/null)" ] || missing+=(libfaketime)
  command -v tc >/dev/null || missing+=(iproute2)
  command -v mkfs.ext4 >/dev/null || missing+=(e2fsprogs)
fi
[ ${#missing[@]} -eq 0 ] && exit 0

install="apt-get install -y --no-install-recommends ${missing[*]}"
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  echo "installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  if [[ " ${missing[*]} " == *" postgresql "* && ! -e /etc/postgresql-common/createcluster.conf ]]; then
    # The tests make their own cluster; Debian's package needn't make one and start it.
    mkdir -p /etc/postgresql-common
    echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
    export UCF_FORCE_CONFFOLD=1
  fi
  apt-get update -qq
  $install -qq >/dev/null
else
  echo "error: the tests need ${missing[*]}" >&2
  echo "hint:  sudo apt-get update && sudo $install" >&2
  exit 1
fi
