/**
 * The check of what a caller gives for seed A's parameters.
 *
 * @module
 */
import { anyFinite, checkInteger, checkKeys, checkNumber, positive } from "../support/checks";

const fields = ["X0", "T", "N", "eta", "gamma", "sigma", "lam"] as const;

/** More slices make a dense matrix that nobody waits for. */
const mostSlices = 2000;

/** The seed's record of parameters, all of them given. */
export function checkSeedA<Parameters extends object>(parameters: Parameters): Parameters {
  const given = checkKeys("parameters", parameters, fields);
  for (const field of fields) {
    const name = `parameters.${field}`;
    if (field === "N") checkInteger(name, given.N, 1, mostSlices);
    else checkNumber(name, given[field], field === "X0" || field === "T" ? positive : anyFinite, "");
  }
  return parameters;
}
