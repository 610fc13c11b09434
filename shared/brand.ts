declare const brand: unique symbol;

/** A type that only its parser makes, so that two kinds of text or bytes can't be mixed up. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };
