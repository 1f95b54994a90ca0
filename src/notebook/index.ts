/**
 * Charts, tables and progress in a notebook on the tslab kernel: `optimal-execution/notebook`.
 *
 * @module
 */
export { progressBar, show } from "./show";
