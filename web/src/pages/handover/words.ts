// What the page says, in English, Polish and German. The handover's language goes before the browser's.
export const languages = ["en", "pl", "de"];

const texts = {
  wait: ["One moment …", "Chwileczkę …", "Einen Moment …"],
  offline: ["No answer. Trying again …", "Brak odpowiedzi. Próbuję dalej …", "Keine Antwort. Neuer Versuch …"],
  from: ["Access data from", "Dane dostępowe od", "Zugangsdaten von"],
  by: ["sent by", "wysyła", "gesendet von"],
  until: ["can be opened until", "do otwarcia do", "zu öffnen bis"],
  once: [
    "This opens once, on this device.",
    "To otworzy się raz, na tym urządzeniu.",
    "Das öffnet sich einmal, auf diesem Gerät.",
  ],
  onceMore: [
    "Then the link is dead. Take a few minutes to save everything, in a password manager for example.",
    "Potem link jest martwy. Miej kilka minut, by wszystko zapisać, na przykład w menedżerze haseł.",
    "Danach ist der Link tot. Nehmen Sie sich ein paar Minuten, um alles zu speichern, etwa in einem Passwortmanager.",
  ],
  inApp: [
    "Another app shows this page and may close it at any time. Better use your own browser.",
    "Tę stronę pokazuje inna aplikacja i może ją w każdej chwili zamknąć. Lepiej użyj własnej przeglądarki.",
    "Eine andere App zeigt diese Seite und kann sie jederzeit schließen. Besser im eigenen Browser öffnen.",
  ],
  elsewhere: ["Open it elsewhere", "Otwórz gdzie indziej", "Woanders öffnen"],
  password: ["Access password", "Hasło dostępu", "Zugangspasswort"],
  passwordHint: [
    "You got it another way, by phone for example.",
    "Podano je inną drogą, na przykład przez telefon.",
    "Sie haben es auf anderem Weg bekommen, etwa am Telefon.",
  ],
  digits: ["To open, type these digits:", "Aby otworzyć, wpisz te cyfry:", "Zum Öffnen diese Ziffern eingeben:"],
  open: ["Open", "Otwórz", "Öffnen"],
  stretching: [
    "Checking the password. This can take a while …",
    "Sprawdzam hasło. To może potrwać …",
    "Das Passwort wird geprüft. Das kann dauern …",
  ],
  wrong: [
    "This access password is wrong. Tries left:",
    "To hasło dostępu jest błędne. Pozostało prób:",
    "Dieses Zugangspasswort ist falsch. Verbleibende Versuche:",
  ],
  dead: ["This link can’t be opened", "Tego linku nie można otworzyć", "Dieser Link lässt sich nicht öffnen"],
  deadWhy: [
    "It was opened already, has expired, was withdrawn or never existed. Nobody is told which.",
    "Został już otwarty, wygasł, został wycofany albo nigdy nie istniał. Nikomu nie mówimy, co z tego.",
    "Er wurde schon geöffnet, ist abgelaufen, wurde zurückgezogen oder hat nie existiert. Was davon, erfährt niemand.",
  ],
  deadHelp: [
    "You opened it before? It was shown then, once. Look where you put it.|You did not? Tell the sender now: someone else may have.|Otherwise ask the sender for a new link.",
    "Otwarto go już u Ciebie? Pokazano to wtedy, jeden raz. Sprawdź, gdzie to zapisano.|Nie u Ciebie? Powiedz to od razu nadawcy: mógł to zrobić ktoś inny.|W innym razie poproś nadawcę o nowy link.",
    "Sie haben ihn schon geöffnet? Da wurde alles einmal gezeigt. Sehen Sie nach, wo Sie es abgelegt haben.|Sie waren es nicht? Sagen Sie es sofort dem Absender: Es könnte jemand anderes gewesen sein.|Sonst bitten Sie den Absender um einen neuen Link.",
  ],
  locked: [
    "Too many wrong passwords: everything behind this link was destroyed.",
    "Zbyt wiele błędnych haseł: wszystko za tym linkiem zniszczono.",
    "Zu viele falsche Passwörter: Alles dahinter wurde vernichtet.",
  ],
  cut: ["This link is not complete", "Ten link nie jest cały", "Dieser Link ist nicht vollständig"],
  cutWhy: [
    "A part got lost on the way, or a character is wrong. Nothing was opened. Copy the whole link out of the message.",
    "Część zginęła po drodze albo któryś znak jest błędny. Nic nie zostało otwarte. Skopiuj cały link z wiadomości.",
    "Ein Teil ging unterwegs verloren, oder ein Zeichen ist falsch. Nichts wurde geöffnet. Kopieren Sie den ganzen Link aus der Nachricht.",
  ],
  bad: ["Something is wrong here", "Coś się tu nie zgadza", "Hier stimmt etwas nicht"],
  badWhy: [
    "What arrived is not what the sender signed. Tell the sender.",
    "To, co dotarło, nie jest tym, co podpisał nadawca. Powiedz mu o tym.",
    "Was ankam, ist nicht, was der Absender unterschrieben hat. Sagen Sie es ihm.",
  ],
  now: ["Save everything now.", "Zapisz wszystko teraz.", "Speichern Sie jetzt alles."],
  nowMore: [
    "Once you close or reload this page, it is gone for good.",
    "Gdy zamkniesz lub odświeżysz tę stronę, zniknie to na zawsze.",
    "Wenn Sie diese Seite schließen oder neu laden, ist es für immer weg.",
  ],
  url: ["Address", "Adres", "Adresse"],
  username: ["User name", "Użytkownik", "Benutzername"],
  secret: ["Password", "Hasło", "Passwort"],
  code: ["One-time code", "Kod jednorazowy", "Einmalcode"],
  seed: ["Key for the codes", "Klucz kodów", "Schlüssel der Codes"],
  notes: ["Notes", "Uwagi", "Notizen"],
  show: ["Show", "Pokaż", "Zeigen"],
  hide: ["Hide", "Ukryj", "Verbergen"],
  copy: ["Copy", "Kopiuj", "Kopieren"],
  copied: ["Copied", "Gotowe", "Kopiert"],
  save: ["Save", "Zapisz", "Speichern"],
  status: ["How is it?", "Jak jest?", "Wie steht es damit?"],
  received: ["received", "dotarło", "erhalten"],
  works: ["works", "działa", "geht"],
  problem: ["problem", "problem", "Problem"],
  note: ["What is wrong?", "Co jest nie tak?", "Was stimmt nicht?"],
  confirming: ["Confirm to the sender", "Potwierdź nadawcy", "Dem Absender bestätigen"],
  confirmingMore: [
    "Proof for both sides, without your secrets.",
    "Dowód dla obu stron, bez Twoich sekretów.",
    "Ein Beweis für beide Seiten, ohne Ihre Geheimnisse.",
  ],
  all: ["The rest is received", "Reszta dotarła", "Der Rest ist erhalten"],
  name: ["Your name (as you like)", "Imię i nazwisko (jeśli chcesz)", "Ihr Name (wenn Sie mögen)"],
  confirm: ["Confirm", "Potwierdź", "Bestätigen"],
  missing: ["Not marked yet:", "Jeszcze nieoznaczone:", "Noch nicht markiert:"],
  notMe: ["This was not me", "To nie ja", "Das war ich nicht"],
  more: ["I expected more", "Miało być więcej", "Da fehlt etwas"],
  told: ["The sender will hear of it.", "Nadawca się dowie.", "Der Absender erfährt es."],
  foot: [
    "Encrypted: the server can’t read it.",
    "Zaszyfrowane: serwer nie może tego odczytać.",
    "Verschlüsselt: Der Server kann es nicht lesen.",
  ],
};

type Name = keyof typeof texts;

export let language = 0;

/** The text of this name in the language spoken, and the value it leads to. */
export const say = (name: Name, ...value: (string | number)[]): string => [texts[name][language], ...value].join(" ");

/** Takes the first of these languages that the page speaks; keeps what it has when it speaks none. */
export function speak(wanted: readonly string[]): void {
  const found = wanted.map((name) => languages.indexOf(name.slice(0, 2).toLowerCase())).find((index) => index >= 0);
  if (found === undefined) return;
  language = found;
  document.documentElement.lang = languages[found]!;
}

export const time = (ms: number): string => new Intl.DateTimeFormat(languages[language], { dateStyle: "full", timeStyle: "short" }).format(ms);
