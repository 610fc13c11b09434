/** Says to a person how much below the folders was not looked into, and how to have it looked into. */
export function passedOverSentence(count: number): string {
  const what = count === 1 ? '1 link or other thing' : `${count} links or other things`;
  return `${what} inside the folders, or too deep in them, ${count === 1 ? 'was' : 'were'} passed over. Name what is meant by itself.`;
}
