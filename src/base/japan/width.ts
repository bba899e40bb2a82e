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

/**
 * A text with its digits and signs in half width, and each dash beside a digit as `-`. Words and their ー stay: a telephone
 * has an extension, an address a postcode.
 */
export function narrowDigits(text: string): string {
  return text
    .replace(/[０-９（）＋＃．：]/g, (sign) => sign.normalize('NFKC'))
    .replaceAll('\u3000', ' ')
    .replace(/(?<=[0-9)])\s?[－−‐‑‒–—―ーｰ]\s?(?=[0-9(])/g, '-')
}

/** An address with its postcode in half width. The rest stays as typed, as it is on the map. */
export function postcodeNarrow(address: string): string {
  return address.replace(
    /^(〒?)\s*([0-9０-９]{3})\s?[-－−‐‑‒–—―ーｰ]\s?([0-9０-９]{4})(?![0-9０-９])/,
    (_, mark, area, rest) => `${mark}${narrow(area)}-${narrow(rest)}`,
  )
}
