#!/usr/bin/env bash
# Makes examples/handover.csv with KeePassXC itself: its XML is imported into a database, the database is exported as CSV.
# The entries are those of a made-up agency and a made-up client; times are fixed, so the file comes out the same each time.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v keepassxc-cli >/dev/null || { echo "error: keepassxc-cli is needed" >&2; echo "hint:  apt-get install keepassxc" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 TZ=UTC

n=0
times='<Times><CreationTime>2026-01-12T09:00:00Z</CreationTime><LastModificationTime>2026-03-27T15:30:00Z</LastModificationTime><LastAccessTime>2026-03-27T15:30:00Z</LastAccessTime><ExpiryTime>2026-01-12T09:00:00Z</ExpiryTime><Expires>False</Expires><UsageCount>0</UsageCount><LocationChanged>2026-01-12T09:00:00Z</LocationChanged></Times>'

uuid() { # 16 bytes, base64
  printf 'baton-example%03d' "$1" | base64
}

field() { # name value
  local value
  value=$(printf '%s' "$2" | sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g')
  printf '<String><Key>%s</Key><Value>%s</Value></String>' "$1" "$value"
}

entry() { # title username password url notes otp
  n=$((n + 1))
  printf '<Entry><UUID>%s</UUID><IconID>0</IconID>%s' "$(uuid $((100 + n)))" "$times"
  field Title "$1"; field UserName "$2"; field Password "$3"; field URL "$4"; field Notes "$5"
  [ -z "$6" ] || field otp "$6"
  printf '</Entry>\n'
}

group() { # name; entries on standard input
  n=$((n + 1))
  printf '<Group><UUID>%s</UUID><Name>%s</Name><IconID>48</IconID>%s\n' "$(uuid "$n")" "$1" "$times"
  cat
  printf '</Group>\n'
}

{
  echo '<?xml version="1.0" encoding="UTF-8"?><KeePassFile><Meta><Generator>KeePassXC</Generator><DatabaseName>Pracownia Żuraw</DatabaseName></Meta><Root>'
  {
    n=10
    {
      entry 'Panel sklepu – administrator' 'ewa.zak@pracownia-zuraw.example' 'Zażółć gęślą jaźń, 73 "kaczki" & <gęsi>' 'https://sklep.bukowe-meble.example/admin' \
        $'Konto właściciela sklepu.\nDrugi składnik jest na koncie „TOTP”.\n\nPo przejęciu: Ustawienia → Użytkownicy → usuń „pracownia”.' \
        'otpauth://totp/Sklep:ewa.zak?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Sklep&period=30&digits=6'
      entry 'CMS bloga' 'redakcja' $'t4!{Kq,9;`v\'R~w$2pLx' 'https://blog.bukowe-meble.example/wp-login.php' 'Hasła aplikacji: Profil → Hasła aplikacji' ''
      entry 'Analityka' 'analityka@bukowe-meble.example' 'correct horse battery staple' 'https://analytics.example/bukowe' '' ''
    } | group 'Strona'
    n=20
    {
      entry 'Serwer produkcyjny (SSH)' 'deploy' 'q8Zr-Vd3m-0OlI-1S5s-B8B8' 'ssh://deploy@prod.bukowe-meble.example:2222' $'Klucz: ED25519\nSHA256:9f2c…\nsudo bez hasła tylko dla systemctl' ''
      entry 'Serwer testowy (SSH)' 'deploy' '\\backslash\\ and "double ""quotes"""' 'ssh://deploy@test.bukowe-meble.example' '' ''
      entry 'Baza danych produkcyjna' 'sklep_app' 'nY2#kP8@wQ5^zL1%vB7&xC4*mH9(jG6)sD3+fT0=aR5_eU8-oI2' 'postgres://db.bukowe-meble.example:5432/sklep' 'Kopie: codziennie 03:15, 30 dni' ''
      entry 'Panel hostingu' 'BUKMEB-4471' 'Łódź,Gdańsk;Kraków	Tab' 'https://panel.hosting.example' $'Umowa 2023/4471\nPIN telefoniczny: 0912' \
        'otpauth://totp/Hosting:BUKMEB-4471?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Hosting&algorithm=SHA256&digits=8&period=60'
    } | group 'Serwery'
    n=30
    {
      entry 'Domena bukowe-meble.example' 'jkowalski' ' spacja na początku i końcu ' 'https://rejestrator.example' $'Kod AuthInfo: wX7-"quoted"-Zz\nOdnowienie: 14 maja' ''
      entry 'Skrzynka biuro@' 'biuro@bukowe-meble.example' 'Wróbel7Szpak3Zięba9' 'imaps://imap.bukowe-meble.example:993' 'SMTP: smtp.bukowe-meble.example:465' ''
      entry 'Skrzynka faktury@' 'faktury@bukowe-meble.example' '=cmd|calc' 'imaps://imap.bukowe-meble.example:993' '' ''
      entry 'System ERP' 'integracja-sklep' 'erp-live-51HxAAAABBBBccccDDDDeeeeFFFFggggHHHHiiiiJJJJkkkkLLLLmmmmNNNNooooPPPPqqqqRRRRssssTTTTuuuuVVVV' 'https://erp.bukowe-meble.example/api' $'Klucz API, nie login.\nNagłówek: Authorization: Bearer …' ''
      entry 'Wi-Fi magazyn' '' 'Buk&Dąb>Sosna<2019' '' 'SSID: BUKOWE-MAGAZYN, WPA2' ''
    } | group 'Firma'
  } | { n=1; group 'Bukowe Meble – przekazanie'; }
  echo '</Root></KeePassFile>'
} > "$work/example.xml"

printf 'example\nexample\n' | keepassxc-cli import -q -p -t 100 "$work/example.xml" "$work/example.kdbx" > "$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
printf 'example\n' | keepassxc-cli export -q -f csv "$work/example.kdbx" > examples/handover.csv
echo "examples/handover.csv: $(wc -c < examples/handover.csv) bytes"
