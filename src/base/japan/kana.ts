const VOICED = new Set(['\u3099', '\u309b', '\uff9e'])

/**
 * A reading in full-width katakana. Hiragana and half-width kana are converted; detached voicing marks are joined (ﾊﾞ,
 * か゛). Spaces become one half-width space; none remain at the ends. ー and all other characters stay, for `isKatakana`
 * to judge.
 */
export function toKatakana(text: string): string {
  return text
    .replace(/[\uff65-\uff9d]/g, (half) => half.normalize('NFKC'))
    .replace(/[\u3041-\u3096\u309d\u309e]/g, (hiragana) => String.fromCharCode(hiragana.charCodeAt(0) + 0x60))
    .replace(/([\u30a1-\u30fe])([\u3099-\u309c\uff9e\uff9f])/g, joined)
    .replace(/\s+/g, ' ')
    .trim()
}

/** Whether a reading contains only full-width katakana, ー, ・ and spaces, and not only spaces. */
export function isKatakana(text: string): boolean {
  return /^[ァ-ヺー・ヽヾ\s]+$/.test(text) && text.trim() !== ''
}

/**
 * The search key of a name, company or number: NFKC, lower case, katakana, without spaces and hyphens. For search only,
 * never stored as the name: NFKC alters some name kanji (U+FA10 塚, U+FA19 神). A ー after a kana is a letter and stays.
 * After a Latin letter or digit it is a hyphen and is dropped.
 */
export function searchKey(text: string): string {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\-−‐‑‒–—―]/g, '')
    .replace(/(?<=[0-9a-z])ー+/g, '')
  return toKatakana(plain)
}

function joined(pair: string, letter: string, mark: string): string {
  const one = (letter + (VOICED.has(mark) ? '\u3099' : '\u309a')).normalize('NFC')
  return one.length === 1 ? one : pair
}
