/** Dashes that an input method writes for the hyphen. */
const HYPHENS = /[−‐‑‒–—―]/g

const DASHES = /[−‐‑‒–—―ーｰ]/g

/**
 * The half-width form of a field like a number (phone, code, count, date, time). NFKC, with every dash and the
 * long-vowel mark as `-`, and without spaces at the ends. Never for names or free text, in which ー is a letter.
 */
export function narrow(text: string): string {
  return text.normalize('NFKC').replace(DASHES, '-').trim()
}

/** The half-width form of an e-mail address. As `narrow`, but ー stays: in an address it is a letter. */
export function narrowAddress(text: string): string {
  return text.normalize('NFKC').replace(HYPHENS, '-').trim()
}
