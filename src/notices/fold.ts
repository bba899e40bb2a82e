/** A printed line as the grammar reads it: half width, one kind of dash. It knows the place of each character in print. */
export type Folded = {
  text: string
  /** For each character of `text`, and for its end, the place in `printed`. */
  at: number[]
  printed: string
}

/** What begins an item: ①, ⑴, ❶. Cut off before folding, which would make `②5月` to `25月`. */
const ENCLOSED = /[\u2460-\u24ff\u2776-\u2793\u3280-\u32b0\u32b1-\u32bf]/
/** Stands for an enclosed figure in the folded text. */
export const ITEM = '\u2022'
const VOICING = /[ﾞﾟ\u3099\u309a]/
const DASH = /[−‐‑‒–—―─]/
const WAVE = /[～〜∼˜]/
const SPACE = /[\s\u00a0\u3000]/

/** Folds one line. A tab becomes a space: the layout separates cells before. */
export function fold(printed: string): Folded {
  const text: string[] = []
  const at: number[] = []
  for (let i = 0; i < printed.length; ) {
    const character = String.fromCodePoint(printed.codePointAt(i) ?? 0)
    const voiced = printed[i + character.length] ?? ''
    const unit = VOICING.test(voiced) ? character + voiced : character
    for (const one of folded(unit)) {
      text.push(one)
      at.push(i)
    }
    i += unit.length
  }
  at.push(printed.length)
  return asOneWord(digitsOfKanji(dashesInNumbers({ text: text.join(''), at, printed })))
}

function folded(unit: string): string {
  if (ENCLOSED.test(unit)) return ITEM
  if (WAVE.test(unit)) return '~'
  if (DASH.test(unit)) return '-'
  if (SPACE.test(unit)) return ' '
  return unit
    .normalize('NFKC')
    .replace(/[’‘]/g, "'")
    .replace(/[〔［【]/g, (bracket) => (bracket === '【' ? '【' : '('))
    .replace(/[〕］]/g, ')')
}

/** The printed text from `from` to `to` of the folded one. */
export function printedPart(line: Folded, from: number, to: number): string {
  return line.printed.slice(line.at[from], line.at[to])
}

/** `ー` between figures is a hyphen. */
function dashesInNumbers(line: Folded): Folded {
  return { ...line, text: line.text.replace(/(?<=\d)ー(?=\d)/g, '-') }
}

const KANJI = '〇一二三四五六七八九'
/** Before or after these signs a kanji numeral is a number; elsewhere it may belong to a name (四日市, 三重). */
const NUMERALS = [
  /(?<=令和|平成|昭和)[一二三四五六七八九十]{1,3}(?=年)/g,
  /(?<=年)[一二三四五六七八九十]{1,2}(?=月)/g,
  /(?<=月)[一二三四五六七八九十]{1,3}(?=日)/g,
  /[一二三四五六七八九十]{1,2}(?=月[一二三四五六七八九十]{1,3}日)/g,
  /(?<=午前|午後)[〇一二三四五六七八九十]{1,3}(?=時)/g,
  /(?<=時)[一二三四五六七八九十]{1,3}(?=分)/g,
  /(?<=第)[一二三四五](?=[・、,~\-月火水木金土日回])/g,
  /(?<=[・、,]第?)[一二三四五](?=[月火水木金土日]曜)/g,
  /(?<=定員|各日|各回|先着|一日|毎回|定員は|定員各)[一二三四五六七八九十]{1,3}(?=名|人|社|組)/g,
]

function digitsOfKanji(line: Folded): Folded {
  if (!/[一二三四五六七八九十]/.test(line.text)) return line
  return NUMERALS.reduce((before, pattern) => replaced(before, pattern, (numeral) => String(numberOf(numeral))), line)
}

function numberOf(numeral: string): number {
  const [tens, ones] = numeral.includes('十') ? numeral.split('十') : ['0', numeral]
  const ten = tens === '' ? 1 : tens === '0' ? 0 : KANJI.indexOf(tens ?? '')
  return ten * 10 + (ones === '' ? 0 : KANJI.indexOf(ones ?? ''))
}

function replaced(line: Folded, pattern: RegExp, by: (found: string) => string): Folded {
  let text = ''
  const at: number[] = []
  let done = 0
  const keep = (to: number) => {
    text += line.text.slice(done, to)
    for (let i = done; i < to; i++) at.push(line.at[i] ?? 0)
    done = to
  }
  for (const found of line.text.matchAll(pattern)) {
    keep(found.index)
    const other = by(found[0])
    at.push(...Array.from(other, () => line.at[found.index] ?? 0))
    text += other
    done = found.index + found[0].length
  }
  keep(line.text.length)
  at.push(line.at[line.text.length] ?? line.printed.length)
  return { text, at, printed: line.printed }
}

/** Closes up letters that are set apart: `令 和 ９ 年` is `令和9年`. Two spaces and more stay one. */
function asOneWord(line: Folded): Folded {
  const words = line.text.trim().split(/ +/)
  const single = words.filter((word) => word.length === 1).length
  if (words.length < 5 || single < words.length * 0.8)
    return replaced(line, /(?<=[^ ]) (?=[月火水木金土日](?: [・,]|曜))/g, () => '')
  return replaced(line, /(?<=[^ ]) (?=[^ ])/g, () => '')
}
