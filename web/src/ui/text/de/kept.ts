// Was von einer Übergabe gelöscht wurde, und was davon bleibt.
import type { kept as en } from "../en/kept.ts";

export const kept: Readonly<Record<keyof typeof en, string>> = {
  "kept.title": "Gelöschte Übergabe",
  "kept.item": "Eintrag {n}",
  "kept.personal": "Was den Empfänger betraf, wurde gelöscht: Name, Notizen und Adressen. Die Aufzeichnung dessen, was geschah, bleibt.",
  "kept.all": "Namen und Einträge wurden gelöscht. Die Aufzeichnung dessen, was geschah, bleibt.",
  "kept.receipt": "Was der Empfänger schrieb, wurde gelöscht. Die Aufzeichnung behält den Hash; eine Kopie beim Empfänger lässt sich also weiter prüfen.",
  "kept.signature": "Die Signatur Ihrer Organisation stimmt. Was gelöscht wurde, lässt sich nicht mehr vergleichen.",
  "kept.stamp.unreachable": "sie antwortet nicht",
  "kept.stamp.refused": "sie hat abgelehnt",
  "kept.stamp.invalid": "ihr Zeitstempel gilt nicht dem, was gefragt wurde",
  "kept.stamp.untrusted": "ihr Zertifikat führt zu keinem der eingestellten Wurzelzertifikate",
  "kept.stamp.not-renewed": "ihr Zertifikat läuft bald ab, und niemand gab einen Stempel, der länger gilt",
};
