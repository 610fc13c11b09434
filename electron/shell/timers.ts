/** Does something once, after a while. @returns what calls it off */
export function after(work: () => void, delayMs: number): () => void {
  const timer = setTimeout(work, delayMs);
  return () => {
    clearTimeout(timer);
  };
}

/** Does something again and again. @returns what ends it */
export function every(work: () => void, intervalMs: number): () => void {
  const timer = setInterval(work, intervalMs);
  return () => {
    clearInterval(timer);
  };
}
