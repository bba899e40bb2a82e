const DASHES = /[−‐‑‒–—―ーｰ]/g

/**
 * The half-width form of a number-like field (phone, code, count, date, time): NFKC, every dash and the long-vowel
 * mark as `-`, no space around. Never for names or free text, where ー is a letter.
 */
export function narrow(text: string): string {
  return text.normalize('NFKC').replace(DASHES, '-').trim()
}
