/**
 * What only a notebook needs: charts, tables, prose and progress on the tslab kernel, and published figures beside a
 * reader's own: `optimal-execution/notebook`.
 *
 * @module
 */
export { confirmPublished, type PublishedRun, publishedRun, publishedTable } from "./published";
export { progressBar, say, show } from "./show";
