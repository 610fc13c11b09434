let lastId = 0;

/** A number for a request, each its own. */
export function nextRequestId(): number {
  return ++lastId;
}
