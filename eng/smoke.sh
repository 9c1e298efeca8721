#!/usr/bin/env bash
# A whole day with published programs, nothing of the SDK: set up, an entry added, a CSV imported, handed over, opened and confirmed, evidence made
# and verified, the vault exported to KeePass and read back from there. What trimming took away is missed here, and not by whoever installed it.
#   eng/smoke.sh FOLDER [EMULATOR…]   FOLDER holds baton and baton-server; EMULATOR runs them, where they are another processor's
set -Eeuo pipefail
[ $# -ge 1 ] || { sed -n '4s/^# *//p' "$0" >&2; exit 2; }
folder=$1
programs=$(realpath "$folder")
shift
emulator=("$@")
here=$(mktemp -d)
server=
end() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  wait
  rm -rf "$here"
}
trap end EXIT
exec 3>&2
trap 'echo "smoke: \`$BASH_COMMAND\` failed with the programs in $folder" >&3; tail -qn 20 "$here/out" "$here/log" >&3' ERR
export XDG_CONFIG_HOME="$here/config"
baton() { ${emulator[@]+"${emulator[@]}"} "$programs/baton" "$@"; }
mine() { baton "$@" --password-file "$here/master"; }

${emulator[@]+"${emulator[@]}"} "$programs/baton-server" --data "$here/data" --listen http://127.0.0.1:0 >"$here/said" 2>"$here/log" &
server=$!
until grep -q '^Set-up code: ' "$here/said"; do
  kill -0 "$server"
  sleep 0.1
done
address=$(sed -n 's/^Baton is at //p' "$here/said")
sed -nE 's/^Set-up code: ([a-z0-9-]+).*/\1/p' "$here/said" >"$here/code"
echo 'correct horse battery staple' >"$here/master"
echo 'hunter2 and more' >"$here/secret"
printf 'title,url,username,password,notes\nPanel,https://panel.example,ewa,pass-1,"two\nlines"\nŻuraw,https://zuraw.example,jan,pass-2,\n' >"$here/two.csv"

mine set-up "$address" --code-file "$here/code" --organization Studio --name Ewa --email ewa@studio.example >"$here/out"
mine vault add db1 --url ssh://db1.example --username root --secret "password=$here/secret" --tag aws >"$here/out"
mine vault import "$here/two.csv" --yes >"$here/out" 2>&1
[ "$(mine vault get db1 --field password)" = 'hunter2 and more' ]
mine hand-over --entry db1 Panel --to Jan --expires 3d >"$here/out"
link=$(grep -oE 'https?://[^ ]*/h#[^ ]+' "$here/out")
words=$(sed -nE 's/^Password +//p' "$here/out")
handover=$(sed -nE 's/^Handover +//p' "$here/out")
printf '%s\n%s\n' "$link" "$words" | baton open - --save "$here/opened.csv" --confirm works --name Jan --receipt "$here/receipt.html" >"$here/out" 2>&1
grep -q 'hunter2 and more' "$here/opened.csv"
grep -q 'pass-1' "$here/opened.csv"
mine history >"$here/out"
mine evidence "$handover" --out "$here/evidence.html" --language en >"$here/out" 2>&1
baton evidence verify "$here/evidence.html" >"$here/out"
baton evidence verify "$here/receipt.html" >"$here/out"
mine vault export "$here/all.kdbx" --export-password-file "$here/master" >"$here/out" 2>&1
mine vault groups add Back >"$here/out"
mine vault import "$here/all.kdbx" --into Back --source-password-file "$here/master" --yes >"$here/out" 2>&1
[ "$(mine vault get db1 --group Back --field password)" = 'hunter2 and more' ]
mine vault export "$here/all.baton" --export-password-file "$here/master" >"$here/out" 2>&1
baton sign-out >"$here/out" 2>&1
kill "$server"
wait "$server"
server=
${emulator[@]+"${emulator[@]}"} "$programs/baton-server" ledger check --data "$here/data" >"$here/out"
${emulator[@]+"${emulator[@]}"} "$programs/baton-server" backup "$here/backup" --data "$here/data" >"$here/out"
echo "smoke: a whole handover with the programs in $folder works"
