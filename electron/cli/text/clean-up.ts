/** Said when what a run began could not all be undone. */
export const NOT_UNDONE =
  'breakglass: Not everything that this run began could be removed. Look for new files, and for names that begin with ".breakglass-part-".\n';
