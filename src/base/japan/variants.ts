import { SHINJITAI } from './shinjitai.ts'

/** Sets of name kanji that are written one way and often typed another way; the first stands for all. */
const SETS = [
  '高髙',
  '崎﨑嵜碕',
  '吉𠮷',
  '辺邊邉',
  '斉齊斎齋',
  '浜濱濵',
  '沢澤',
  '島嶋嶌',
  '広廣',
  '国國',
  '桜櫻',
  '徳德',
  '富冨',
]
  .concat(['恵惠', '真眞', '関關', '滝瀧', '竜龍', '渕淵', '槙槇', '館舘', '峰峯', '柳栁', '藪薮籔', '曽曾', '祐佑'])
  .map((set) => [...set])

/** The kanji that stands for each variant. Names come first: 斎 and 斉 are one there. */
const PLAIN = new Map<string, string>()
const kanji = [...SHINJITAI]
for (let i = 0; i < kanji.length; i += 2) PLAIN.set(kanji[i + 1] ?? '', kanji[i] ?? '')
for (const [first = '', ...others] of SETS) for (const other of others) PLAIN.set(other, first)

/** A text with the kanji that stand for its variants: 髙橋 and 高橋 become the same. */
export function plainKanji(text: string): string {
  return Array.from(text, (letter) => PLAIN.get(letter) ?? letter).join('')
}
