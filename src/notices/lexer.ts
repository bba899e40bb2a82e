import { carriedDay, fullDay, month, year } from './days.ts'
import { rule } from './rules.ts'
import { time } from './times.ts'
import type { Recogniser, Token } from './tokens.ts'
import { address, capacity, claim, format, prefecture, quiet, state } from './words.ts'

/** In this order: what is read earlier keeps its figures from what is read later. */
const RECOGNISERS: readonly Recogniser[] = [
  rule,
  claim,
  fullDay,
  quiet,
  month,
  year,
  time,
  capacity,
  carriedDay,
  format,
  state,
  prefecture,
  address,
]

/** The characters with which a notation can begin. */
const BEGINS =
  /[\dA-Za-z'(☎℡ 〃々○毎隔週第最奇偶月火水木金土日平いす全令昭西翌来本今同電受開入地各計合両あ会現対オ先定限約ウインホリラ集窓訪企個専派中延満時追決北青岩宮秋山福茨栃群埼千東神新富石長岐静愛三滋京大兵奈和鳥島岡広徳香高佐熊鹿沖正午夜検調取見順予申締]/

/** The notations of a folded line, from left to right. What lies between them stays unread. */
export function tokens(text: string): Token[] {
  const found: Token[] = []
  for (let at = 0; at < text.length; ) {
    const read = BEGINS.test(text[at] ?? '') ? recognised(text, at, found) : null
    if (read) found.push(read)
    at = read ? read.to : at + 1
  }
  return found
}

function recognised(text: string, at: number, before: readonly Token[]): Token | null {
  for (const recogniser of RECOGNISERS) {
    const read = recogniser(text, at, before)
    if (read && read.to > at) return { ...read.token, from: at, to: read.to }
  }
  return null
}
