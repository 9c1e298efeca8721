// What the page says once a receipt was given: it comes with the worker, so that the page stays small.
import type { EvidenceLanguage } from "../../protocol/evidence/file.ts";

const texts = {
  en: {
    confirmed: "✓ Confirmed. The sender sees it now.",
    proving: "Waiting for the ledger’s proof …",
    proven: "Entered in the ledger and checked. This is your proof, without your secrets; keep it.",
    unproven: "But the server’s proof is not in order. Keep what came and tell the sender.",
    save: "Save the receipt",
  },
  pl: {
    confirmed: "✓ Potwierdzono. Nadawca już to widzi.",
    proving: "Czekam na dowód z rejestru …",
    proven: "Wpisano do rejestru i sprawdzono. To Twój dowód, bez Twoich sekretów; zachowaj go.",
    unproven: "Ale dowód od serwera się nie zgadza. Zachowaj, co przyszło, i powiedz nadawcy.",
    save: "Zapisz potwierdzenie",
  },
  de: {
    confirmed: "✓ Bestätigt. Der Absender sieht es jetzt.",
    proving: "Warte auf den Beweis aus dem Verzeichnis …",
    proven: "Im Verzeichnis eingetragen und geprüft. Das ist Ihr Beweis, ohne Ihre Geheimnisse; bewahren Sie ihn auf.",
    unproven: "Doch der Beweis des Servers stimmt nicht. Bewahren Sie auf, was kam, und sagen Sie es dem Absender.",
    save: "Bestätigung speichern",
  },
};

export type ReceiptWords = (typeof texts)["en"];

export const receiptWords = (language: EvidenceLanguage): ReceiptWords => texts[language];
