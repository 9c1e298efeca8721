import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary } from "@zxcvbn-ts/language-common";
import type { Score } from "./strength.ts";

const zxcvbn = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, useLevenshteinDistance: true });

/** Long texts are cut: estimating takes time that grows fast with the length, and the head already decides. */
function check(password: string, own: string[]): { score: number; guessesLog10: number } {
  const { score, guessesLog10 } = zxcvbn.check(password.slice(0, 100), own.filter((word) => word.length > 2));
  // It holds on to what it was given last, and a lock must find nothing of that.
  zxcvbn.check("x", []);
  return { score, guessesLog10 };
}

/** log2 of the guesses it takes, as a policy counts strength. */
export const bitsOf = (password: string, own: string[]): number => check(password, own).guessesLog10 * Math.log2(10);

export const estimate = (password: string, own: string[]): Score => check(password, own).score as Score;
