// Co z przekazania usunięto i co z niego zostało.
import type { kept as en } from "../en/kept.ts";

export const kept: Readonly<Record<keyof typeof en, string>> = {
  "kept.title": "Usunięte przekazanie",
  "kept.item": "Wpis {n}",
  "kept.personal": "Usunięto to, co dotyczyło odbiorcy: imię i nazwisko, notatki i adresy. Zapis zdarzeń pozostaje.",
  "kept.all": "Usunięto nazwy i wpisy. Zapis zdarzeń pozostaje.",
  "kept.receipt": "Usunięto to, co napisał odbiorca. W zapisie pozostaje skrót, więc kopię, którą zachował odbiorca, nadal można sprawdzić.",
  "kept.signature": "Podpis Twojej organizacji się zgadza. Tego, co usunięto, nie da się już porównać.",
  "kept.stamp.unreachable": "nie odpowiada",
  "kept.stamp.refused": "odmówiła",
  "kept.stamp.invalid": "jej znacznik nie dotyczy tego, o co pytano",
  "kept.stamp.untrusted": "jej certyfikat nie prowadzi do żadnego z ustawionych certyfikatów głównych",
  "kept.stamp.not-renewed": "jej certyfikat wkrótce wygasa, a nikt nie wydał znacznika ważnego dłużej",
};
