// The recipient's page. The script stands first in the head: the lookup is on its way before the DOM exists, and the
// page's key pair is made meanwhile. spec/handover.md §5.
import "./style.css";
import { accessPasswordCost, normalPassword } from "../../protocol/accessPassword.ts";
import { argon2InWorker, loadArgon2 } from "../../api/argon2.ts";
import { toBase64url } from "../../protocol/base64url.ts";
import { empty, utf8, type Bytes } from "../../protocol/bytes.ts";
import { decodeCode, linkKind } from "../../protocol/code.ts";
import { locatorOf, passwordSalt } from "../../protocol/handoverKeys.ts";
import { generateReaderKey } from "../../protocol/signatures.ts";
import { copyButton, element, p, screen } from "./dom.ts";
import { insist, post } from "./network.ts";
import { reportButton } from "./report.ts";
import { claim, fetchFiles, type Ready } from "./open.ts";
import { show } from "./shown.ts";
import { say, speak, time } from "./words.ts";

/** From the claim on, leaving loses something. */
let guarded = false;

addEventListener("beforeunload", (event) => guarded && event.preventDefault());
addEventListener("pagehide", () => document.body.replaceChildren());
addEventListener("pageshow", (event) => event.persisted && location.reload());
addEventListener("hashchange", () => location.reload());

const dom = new Promise((resolve) => addEventListener("DOMContentLoaded", resolve));

/** Where the handover is found, base64url; empty without a link. */
let place = "";

const dead = (why: "deadWhy" | "locked" = "deadWhy"): void =>
  screen(
    say("dead"),
    p("", say(why)),
    element("ul", {}, ...say("deadHelp").split("|").map((line) => element("li", {}, line))),
    place && p("", reportButton("not-me", say("notMe"), place)),
  );

/** Shows the way in and waits for the deliberate opening: open gets what was typed, and gives what to say beside it. */
function gate(ready: Ready, open: (password: string, beside: HTMLElement) => Promise<string>): void {
  const { hasPassword } = ready;
  const digits = [...crypto.getRandomValues(new Uint8Array(3))].map((byte) => byte % 10).join(" ");
  const field = element("input", {
    id: "key",
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: false,
    inputMode: hasPassword ? "text" : "numeric",
  });
  const wrong = element("p", { role: "alert" });
  const submit = element("button", {}, say("open"));
  const beside = element("div");
  const link = element("code", {}, location.href);
  // Android says "wv", what Apple shows inside an app lacks "Safari".
  const inApp = /; wv\)|FBA[NV]|Instagram|Line\/|iP(hone|ad)(?!.*Safari)/.test(navigator.userAgent);
  screen(
    say("from", ready.organization),
    p("soft", ready.sender && say("by", ready.sender) + " · ", say("until", time(ready.expiresAt))),
    inApp && p("notice bad", say("inApp")),
    p("notice", element("strong", {}, say("once")), " " + say("onceMore")),
    element(
      "form",
      {
        onsubmit: async (event: Event) => {
          event.preventDefault();
          const typed = hasPassword ? normalPassword(field.value) : field.value.replace(/\D/g, "");
          const refused = !hasPassword && typed !== digits.replaceAll(" ", "") ? say("digits", digits) : "";
          wrong.textContent = refused;
          if (!refused && typed && !submit.disabled) {
            submit.disabled = field.readOnly = true;
            wrong.textContent = await open(hasPassword ? typed : "", beside);
            submit.disabled = field.readOnly = false;
            beside.replaceChildren();
          }
          field.select();
        },
      },
      element(
        "label",
        {},
        hasPassword ? say("password") : say("digits", digits),
        hasPassword && element("span", { className: "soft" }, say("passwordHint")),
        field,
      ),
      wrong,
      submit,
      beside,
    ),
    element("details", { open: inApp }, element("summary", {}, say("elsewhere")), link, copyButton(say("copy"), say("copied"), "", () => location.href, link)),
  );
}

/** A bar with its words; it hears fractions. */
const bar = (beside: HTMLElement, text: string): ((done: number) => void) => {
  const progress = element("progress", { ariaLabel: text });
  beside.replaceChildren(p("", text), progress);
  return (done) => (progress.value = done);
};

async function stretch(linkKey: Bytes, password: string, progress: (done: number) => void): Promise<Bytes> {
  const salt = await passwordSalt(linkKey);
  return insist(() => argon2InWorker({ password: utf8(password), salt, ...accessPasswordCost }, progress));
}

/** Claims, verifies, shows, acknowledges. Gives what to say beside the field when another try is possible. */
async function open(linkKey: Bytes, locator: Bytes, reader: CryptoKeyPair, password: string, beside: HTMLElement): Promise<string> {
  const passwordKey = password ? await stretch(linkKey, password, bar(beside, say("stretching"))) : empty;
  const progress = bar(beside, say("wait"));
  guarded = true;
  const opened = await claim(linkKey, passwordKey, locator, reader);
  if (opened && "status" in opened) {
    guarded = false;
    const left = opened.json.guessesLeft;
    if (left > 0) return say("wrong", left);
    dead(left === 0 ? "locked" : undefined);
    return "";
  }
  const files = opened && (await fetchFiles(opened, progress));
  guarded = !!files;
  if (files === null) dead();
  else if (!files) screen(say("bad"), p("", say("badWhy")));
  else {
    show(opened!, files, place, reader.privateKey);
    await post("displayed", { locator: place, displayedProof: toBase64url(opened!.displayedProof) });
    history.replaceState(null, "", location.pathname);
  }
  return "";
}

/** Where the page can't work it leaves the static text beneath. */
async function start(): Promise<void> {
  if (!isSecureContext) return;
  speak(navigator.languages);
  const fragment = location.hash.slice(1);
  const linkKey = await decodeCode(linkKind, fragment);
  const locator = linkKey && (await locatorOf(linkKey));
  const looking = locator && post("lookup", { locator: (place = toBase64url(locator)) });
  const reader = generateReaderKey();
  await dom;
  document.querySelector("footer")!.textContent = say("foot");
  if (!looking) return fragment ? screen(say("cut"), p("", say("cutWhy"))) : dead();
  screen(say("wait"));
  const answer = await looking;
  if (!answer.ok) return dead();
  const ready: Ready = answer.json;
  speak([ready.language]);
  document.querySelector("footer")!.textContent = say("foot");
  if (ready.hasPassword) void loadArgon2();
  gate(ready, async (password, beside) => open(linkKey, locator, await reader, password, beside));
}

void start();
