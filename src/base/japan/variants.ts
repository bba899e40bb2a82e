/** Sets of name kanji that are written one way and often typed another way. */
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
  .concat(['恵惠', '真眞', '関關', '滝瀧', '竜龍', '渕淵', '槙槇', '館舘', '峰峯', '柳栁'])
  .map((set) => [...set])

/** The most patterns that one search may become. */
const MOST = 24

/** All ways in which a typed name may be written, the typed one first: 高橋 and 髙橋. */
export function variantsOf(text: string): string[] {
  let ways = ['']
  for (const letter of text) {
    const set = SETS.find((each) => each.includes(letter)) ?? []
    const letters = ways.length * set.length > MOST ? [letter] : [letter, ...set.filter((one) => one !== letter)]
    ways = ways.flatMap((way) => letters.map((one) => way + one))
  }
  return ways
}
