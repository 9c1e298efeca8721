import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary } from "@zxcvbn-ts/language-common";
import type { Score } from "./strength.ts";

const zxcvbn = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, useLevenshteinDistance: true });

const cut = (password: string): string => password.slice(0, 100);

/** log2 of the guesses it takes, as a policy counts strength. */
export const bitsOf = (password: string, own: string[]): number => zxcvbn.check(cut(password), own.filter((word) => word.length > 2)).guessesLog10 * Math.log2(10);

/** Long texts are cut: estimating takes time that grows fast with the length, and the head already decides. */
export const estimate = (password: string, own: string[]): Score => zxcvbn.check(cut(password), own.filter((word) => word.length > 2)).score as Score;
